import Synchronization

/// The bounds by ranges of the lists that are asked for more than once (``RangeMaxima``), kept as long as the segment is open.
///
/// Memory: ``bytesPerDocument`` for each document of the segment, and ``sharedBytes`` for all open segments of the process together, at
/// most.
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
    /// Lists for which room was taken of what all segments share; given back when the segment is closed.
    var borrowed = 0
  }

  private let lengths: FieldLengthsReader
  /// Lists whose bounds are kept at most, beside those for which shared room is taken.
  private let room: Int
  private let entrySize: Int
  private let borrows: Bool
  private let state = Mutex(State())

  static let bytesPerDocument = 2
  /// So that small segments keep those of some thousand words. A process that serves queries may take 30 MB and 8 bytes a record in all.
  static let sharedBytes = 16 << 20
  private static let sharedLeft = Atomic<Int>(sharedBytes)
  /// Bytes that an entry takes beside its values.
  private static let entryBytes = 96
  /// Lists of no more blocks are read each time: that takes a microsecond.
  private static let fewBlocks = 2
  /// Lists remembered as asked for once; then they are forgotten.
  private static let mostAsked = 4_096
  /// Without room, one in this many lists takes the place of one that was not used: queries for ever new words then pay
  /// a quarter of what reading their lists costs, at most.
  private static let grain = 4

  /// `room`: lists kept at most; nil for what ``KeptMaxima`` says of memory.
  init(_ lengths: FieldLengthsReader, room: Int? = nil) {
    self.lengths = lengths
    entrySize = RangeMaxima.byteCount(lengths.documentCount) + Self.entryBytes
    borrows = room == nil
    self.room = room ?? Int(lengths.documentCount) * Self.bytesPerDocument / entrySize
  }

  deinit {
    let borrowed = state.withLock { $0.borrowed }
    Self.sharedLeft.add(borrowed * entrySize, ordering: .relaxed)
  }

  /// Takes shared room for one list more; false when there is none.
  private func borrow(_ state: inout State) -> Bool {
    guard borrows else { return false }
    let left = Self.sharedLeft.subtract(entrySize, ordering: .relaxed).newValue
    if left < 0 {
      Self.sharedLeft.add(entrySize, ordering: .relaxed)
      return false
    }
    state.borrowed += 1
    return true
  }

  /// How many lists' bounds are kept.
  var count: Int { state.withLock { $0.kept.count } }

  /// The bounds of a list, of which `cursor` is free to move through blocks: made when its postings are few or it was asked for
  /// before; nil the first time, and where there is no room. Throws corruption of the list.
  func maxima(
    _ info: TermInfo, _ cursor: PostingsCursor, _ saturation: RangeMaxima.Saturation
  ) throws(IndexError) -> RangeMaxima? {
    if cursor.blockCount <= Self.fewBlocks { return try RangeMaxima(exactly: cursor, lengths, saturation) }
    let list = info.postingsOffset
    let (found, isKept) = state.withLock { find(list, saturation, &$0) }
    if let found { return found }
    guard isKept else { return nil }
    let made = try RangeMaxima(exactly: cursor, lengths, saturation)
    state.withLock { state in
      if state.kept.count < room + state.borrowed || state.kept[list] != nil { state.kept[list] = Entry(maxima: made) }
    }
    return made
  }

  /// The bounds that are kept, or whether they are to be made and kept now.
  private func find(
    _ list: UInt64, _ saturation: RangeMaxima.Saturation, _ state: inout State
  ) -> (RangeMaxima?, Bool) {
    if let entry = state.kept[list] {
      if entry.maxima.saturation == saturation {
        if !entry.wasUsed { state.kept[list]?.wasUsed = true }
        return (entry.maxima, false)
      }
      return (nil, true)
    }
    guard state.asked.contains(list) else {
      if state.asked.count >= Self.mostAsked { state.asked.removeAll(keepingCapacity: true) }
      state.asked.insert(list)
      return (nil, false)
    }
    if state.kept.count < room + state.borrowed || borrow(&state) { return (nil, true) }
    state.missed &+= 1
    guard room + state.borrowed > 0, state.missed % Self.grain == 0 else { return (nil, false) }
    // All that were not used since the last time go; the others have to be used again to stay.
    state.kept = state.kept.filter { $0.value.wasUsed }
    if state.kept.count >= room + state.borrowed { state.kept.removeAll(keepingCapacity: true) }
    for key in state.kept.keys { state.kept[key]?.wasUsed = false }
    return (nil, true)
  }
}
