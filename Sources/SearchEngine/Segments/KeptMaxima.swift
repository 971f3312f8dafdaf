import Synchronization

/// The bounds by ranges of the lists that are asked for more than once (``RangeMaxima``), kept as long as the segment is open.
///
/// Memory: ``bytesPerDocument`` for each document of the segment and ``leastBytes`` at most.
final class KeptMaxima: Sendable {
  private struct Entry {
    var maxima: RangeMaxima
    /// Since the last time that room was looked for.
    var wasUsed = true
  }

  private struct State {
    /// By the offset of the list.
    var kept: [UInt64: Entry] = [:]
    /// Lists asked for once.
    var asked: Set<UInt64> = []
    /// Lists that would have been kept, had there been room.
    var missed = 0
  }

  private let lengths: FieldLengthsReader
  /// Lists whose bounds are kept at most.
  private let room: Int
  private let state = Mutex(State())

  static let bytesPerDocument = 2
  /// So that a small segment keeps those of some thousand words.
  static let leastBytes = 1 << 20
  /// Bytes that an entry takes beside its values.
  private static let entryBytes = 96
  /// Lists of no more blocks are read each time: that takes a microsecond.
  private static let fewBlocks = 2
  /// Lists remembered as asked for once; then they are forgotten.
  private static let mostAsked = 4_096
  /// Without room, one in this many lists takes the place of one that was not used: queries for ever new words then pay
  /// a quarter of what reading their lists costs, at most.
  private static let grain = 4

  init(_ lengths: FieldLengthsReader, room: Int? = nil) {
    self.lengths = lengths
    let bytes = Self.leastBytes + Int(lengths.documentCount) * Self.bytesPerDocument
    self.room = room ?? bytes / (RangeMaxima.count(lengths.documentCount) + Self.entryBytes)
  }

  /// How many lists' bounds are kept.
  var count: Int { state.withLock { $0.kept.count } }

  /// The bounds of a list, of which `cursor` is free to move through blocks: from its postings when they are few or it was
  /// asked for before, else from the pairs beside its blocks. Throws corruption of the list.
  func maxima(
    _ info: TermInfo, _ cursor: PostingsCursor, _ saturation: RangeMaxima.Saturation
  ) throws(IndexError) -> RangeMaxima {
    if cursor.blockCount <= Self.fewBlocks { return try RangeMaxima(exactly: cursor, lengths, saturation) }
    let list = info.postingsOffset
    let (found, isKept) = state.withLock { Self.find(list, saturation, room: room, &$0) }
    if let found { return found }
    guard isKept else {
      return RangeMaxima(byBlocks: cursor, documentCount: lengths.documentCount, saturation)
    }
    let made = try RangeMaxima(exactly: cursor, lengths, saturation)
    state.withLock { state in
      if state.kept.count < room || state.kept[list] != nil { state.kept[list] = Entry(maxima: made) }
    }
    return made
  }

  /// The bounds that are kept, or whether they are to be made and kept now.
  private static func find(
    _ list: UInt64, _ saturation: RangeMaxima.Saturation, room: Int, _ state: inout State
  ) -> (RangeMaxima?, Bool) {
    if let entry = state.kept[list] {
      if entry.maxima.saturation == saturation {
        if !entry.wasUsed { state.kept[list]?.wasUsed = true }
        return (entry.maxima, false)
      }
      return (nil, true)
    }
    guard state.asked.contains(list) else {
      if state.asked.count >= mostAsked { state.asked.removeAll(keepingCapacity: true) }
      state.asked.insert(list)
      return (nil, false)
    }
    guard state.kept.count >= room else { return (nil, true) }
    state.missed &+= 1
    guard room > 0, state.missed % grain == 0 else { return (nil, false) }
    // All that were not used since the last time go; the others have to be used again to stay.
    state.kept = state.kept.filter { $0.value.wasUsed }
    if state.kept.count >= room { state.kept.removeAll(keepingCapacity: true) }
    for key in state.kept.keys { state.kept[key]?.wasUsed = false }
    return (nil, true)
  }
}
