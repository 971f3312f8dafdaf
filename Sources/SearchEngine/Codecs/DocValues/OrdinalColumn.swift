/// A column of values, as ordinals: the place of a value among the segment's distinct ones in byte order.
final class OrdinalColumn: Sendable {
  /// The distinct values.
  let values: ValueDictionary
  private let data: ByteSlice
  /// Where each document's ordinals begin in `ordinals`, and the end of the last; nil when documents have one at most.
  private let starts: PackedArray?
  private let ordinals: PackedArray
  private let zones: Int

  init(_ data: ByteSlice, _ values: ValueDictionary, starts: PackedArray?, _ ordinals: PackedArray, zones: Int) {
    self.data = data
    self.values = values
    self.starts = starts
    self.ordinals = ordinals
    self.zones = zones
  }

  /// Distinct values; ordinals are below it.
  var valueCount: Int { values.count }
  /// Whether a document may have several.
  var isMultiValued: Bool { starts != nil }
  var documentCount: Int { starts.map { $0.count - 1 } ?? ordinals.count }
  /// Windows of 4,096 documents; the last may be shorter.
  var windowCount: Int { DocValuesFormat.windowCount(documentCount) }

  // MARK: Values

  /// The text of a value. Throws corruption, also when there is no such ordinal or it is not UTF-8.
  func value(_ ordinal: UInt32) throws(IndexError) -> String {
    var bytes: [UInt8] = []
    try values.bytes(of: ordinal, into: &bytes)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw data.damaged(at: 0, expected: "UTF-8 text", found: "other bytes in value \(ordinal)")
    }
    return text
  }

  /// All values in their order, one pass over the dictionary rather than a block for each of them; nil where `isOver`, asked
  /// once every 1,024 values, some 50 µs. Throws corruption, also where one is not UTF-8.
  func allValues(until isOver: () -> Bool) throws(IndexError) -> [String]? {
    var found: [String] = []
    found.reserveCapacity(valueCount)
    var cursor = values.cursor()
    while try cursor.next() {
      if found.count & 1_023 == 0, isOver() { return nil }
      guard let text = String(validating: cursor.value, as: UTF8.self) else {
        throw data.damaged(at: 0, expected: "UTF-8 text", found: "other bytes in value \(cursor.ordinal)")
      }
      found.append(text)
    }
    return found
  }

  /// The ordinal of a value; nil when no document of the segment has it. Throws corruption.
  func ordinal(of value: UnsafeRawBufferPointer) throws(IndexError) -> UInt32? {
    let (ordinal, isEqual) = try values.firstOrdinal(atLeast: value)
    return isEqual ? ordinal : nil
  }

  func ordinal(of value: String) throws(IndexError) -> UInt32? {
    let (ordinal, isEqual) = try first(atLeast: value)
    return isEqual ? ordinal : nil
  }

  /// The first ordinal whose value is not before `value`; `valueCount` when there is none. Throws corruption.
  func firstOrdinal(atLeast value: UnsafeRawBufferPointer) throws(IndexError) -> UInt32 {
    try values.firstOrdinal(atLeast: value).ordinal
  }

  func firstOrdinal(atLeast value: String) throws(IndexError) -> UInt32 { try first(atLeast: value).ordinal }

  private func first(atLeast value: String) throws(IndexError) -> (ordinal: UInt32, isEqual: Bool) {
    var value = value
    var answer: Result<(ordinal: UInt32, isEqual: Bool), IndexError> = .success((0, false))
    value.withUTF8 { text in
      do throws(IndexError) {
        answer = .success(try values.firstOrdinal(atLeast: UnsafeRawBufferPointer(text)))
      } catch { answer = .failure(error) }
    }
    return try answer.get()
  }

  // MARK: Documents

  /// The first (least) ordinal of a document; nil when it has none. Throws corruption, also when there is no such
  /// document or the ordinal is not below `valueCount`.
  func ordinal(of document: UInt32) throws(IndexError) -> UInt32? {
    guard let starts else {
      guard let found = try ordinals.value(Int(document)) else { return nil }
      return try checked(found)
    }
    let (start, end) = try range(starts, document)
    guard start < end, let found = try ordinals.value(start) else { return nil }
    return try checked(found)
  }

  /// Puts the ordinals of a document, rising, into `own`, in place of what is there. Throws corruption.
  func ordinals(of document: UInt32, into own: inout [UInt32]) throws(IndexError) {
    own.removeAll(keepingCapacity: true)
    guard let starts else {
      if let found = try ordinal(of: document) { own.append(found) }
      return
    }
    let (start, end) = try range(starts, document)
    // Ordinals of a document are distinct.
    guard end - start <= valueCount else {
      throw data.damaged(at: zones, expected: "at most \(valueCount) ordinals", found: "\(end - start)")
    }
    for index in start..<end {
      guard let found = try ordinals.value(index) else {
        throw data.damaged(at: zones, expected: "an ordinal", found: "none at \(index)")
      }
      own.append(try checked(found))
    }
  }

  @inline(__always)
  private func checked(_ value: Int64) throws(IndexError) -> UInt32 {
    guard value >= 0, value < Int64(valueCount) else {
      throw data.damaged(at: zones, expected: "an ordinal below \(valueCount)", found: "\(value)")
    }
    return UInt32(truncatingIfNeeded: value)
  }

  /// The range of a document's ordinals in `ordinals`, checked to lie inside.
  private func range(_ starts: PackedArray, _ document: UInt32) throws(IndexError) -> (Int, Int) {
    let index = Int(document)
    guard index < documentCount, let start = try starts.value(index), let end = try starts.value(index &+ 1),
      start >= 0, start <= end, end <= Int64(ordinals.count)
    else {
      throw data.damaged(
        at: zones, expected: "rising starts up to \(ordinals.count) of \(documentCount) documents",
        found: "others at document \(document)")
    }
    return (Int(start), Int(end))
  }

  /// Least and greatest ordinal of a window and how many documents have one. Throws corruption.
  func zone(_ window: Int) throws(IndexError) -> Zone {
    guard isMultiValued else { return try ordinals.zone(window) }
    guard window >= 0, window < windowCount else {
      throw data.damaged(at: zones, expected: "a window below \(windowCount)", found: "\(window)")
    }
    let place = zones &+ window &* DocValuesFormat.multiZoneLength
    var reader = try data.reader(place, DocValuesFormat.multiZoneLength)
    let minimum = try reader.uint32()
    let maximum = try reader.uint32()
    let present = try reader.uint32()
    guard minimum <= maximum, present <= UInt32(DocValuesFormat.windowLength) else {
      throw data.damaged(at: place, expected: "a zone", found: "\(present) from \(minimum) to \(maximum)")
    }
    guard present > 0 else { return Zone(minimum: .max, maximum: .min, present: 0) }
    return Zone(minimum: Int64(minimum), maximum: Int64(maximum), present: Int(present))
  }

  /// Decodes a window: the first (least) ordinal of each document, of no meaning where the bit of `presence` is clear.
  /// Where a bit is set the ordinal is below `valueCount`. Returns how many documents the window has; bits from there on
  /// are clear. Throws corruption. Cost: about 1 ns a document of a single-valued column.
  ///
  /// SAFETY (caller's proof): `own` has room for 4,096 numbers, `presence` for 64 words.
  @discardableResult
  func decode(
    window number: Int, into own: UnsafeMutablePointer<UInt32>, presence: UnsafeMutablePointer<UInt64>
  ) throws(IndexError) -> Int {
    guard let starts else { return try decodeSingle(number, into: own, presence: presence) }
    let window = try starts.window(number)
    let first = number &* DocValuesFormat.windowLength
    let count = min(window.count, documentCount &- first)
    presence.update(repeating: 0, count: DocValuesFormat.windowLength / 64)
    for place in 0..<max(count, 0) {
      let found = try ordinal(of: UInt32(truncatingIfNeeded: first &+ place))
      own[place] = found ?? 0
      if found != nil { presence[place &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: place & 63) }
    }
    return max(count, 0)
  }

  private func decodeSingle(
    _ number: Int, into own: UnsafeMutablePointer<UInt32>, presence: UnsafeMutablePointer<UInt64>
  ) throws(IndexError) -> Int {
    let window = try ordinals.window(number)
    PackedArray.copyPresence(window, into: presence)
    guard window.present > 0 else {
      own.update(repeating: 0, count: window.count)
      return window.count
    }
    // Differences are of `width` bits, so this bounds every number before the loop; a zone may be narrower than that.
    _ = try checked(window.minimum)
    _ = try checked(window.maximum)
    var greatest: UInt32 = 0
    for place in 0..<window.count {
      let ordinal = UInt32(truncatingIfNeeded: window.value(place))
      own[place] = ordinal
      greatest = max(greatest, ordinal)
    }
    guard Int(greatest) < valueCount else {
      throw data.damaged(at: zones, expected: "ordinals below \(valueCount)", found: "\(greatest)")
    }
    return window.count
  }

  /// Decodes a window with all ordinals of its documents: those of document `i` of the window are
  /// `own[starts[i] ..< starts[i + 1]]`, rising and below `valueCount`. Returns how many documents the window has.
  /// Throws corruption, and a limit when the window has more than ``DocValuesFormat/maximumWindowOrdinals``: it is then
  /// to be read document by document.
  ///
  /// SAFETY (caller's proof): `bounds` has room for 4,097 numbers.
  func decode(
    window number: Int, starts bounds: UnsafeMutablePointer<UInt32>, ordinals own: inout [UInt32]
  ) throws(IndexError) -> Int {
    own.removeAll(keepingCapacity: true)
    guard number >= 0, number < windowCount else {
      throw data.damaged(at: zones, expected: "a window below \(windowCount)", found: "\(number)")
    }
    let first = number &* DocValuesFormat.windowLength
    let count = min(DocValuesFormat.windowLength, documentCount &- first)
    bounds[0] = 0
    guard let starts else {
      for place in 0..<count {
        if let found = try ordinal(of: UInt32(truncatingIfNeeded: first &+ place)) { own.append(found) }
        bounds[place &+ 1] = UInt32(truncatingIfNeeded: own.count)
      }
      return count
    }
    let begin = try range(starts, UInt32(truncatingIfNeeded: first)).0
    let end = try range(starts, UInt32(truncatingIfNeeded: first &+ count &- 1)).1
    guard begin <= end else {
      throw data.damaged(at: zones, expected: "rising starts", found: "\(begin) to \(end)")
    }
    guard end &- begin <= DocValuesFormat.maximumWindowOrdinals else {
      throw .limit(what: "values in a window of documents", limit: DocValuesFormat.maximumWindowOrdinals)
    }
    var previous = begin
    for place in 0..<count {
      let (from, to) = try range(starts, UInt32(truncatingIfNeeded: first &+ place))
      guard from == previous, to <= end else {
        throw data.damaged(at: zones, expected: "starts that meet", found: "\(from) after \(previous)")
      }
      previous = to
      bounds[place &+ 1] = UInt32(truncatingIfNeeded: to &- begin)
    }
    own.reserveCapacity(end &- begin)
    var index = begin
    while index < end {
      let window = try ordinals.window(index / DocValuesFormat.windowLength)
      var place = index % DocValuesFormat.windowLength
      while place < window.count, index < end {
        own.append(try checked(window.value(place)))
        place &+= 1
        index &+= 1
      }
    }
    return count
  }

  /// Decodes everything and checks zones, orders and bounds. Cost: linear. Throws corruption.
  func verifyStructure() throws(IndexError) {
    try values.verifyStructure()
    try ordinals.verifyStructure()
    try starts?.verifyStructure()
    var own: [UInt32] = []
    var expected = 0
    for window in 0..<windowCount {
      let first = window * DocValuesFormat.windowLength
      var zone = Zone(minimum: .max, maximum: .min, present: 0)
      for document in first..<min(first + DocValuesFormat.windowLength, documentCount) {
        try ordinals(of: UInt32(truncatingIfNeeded: document), into: &own)
        if let starts {
          let (start, end) = try range(starts, UInt32(truncatingIfNeeded: document))
          guard start == expected else {
            throw data.damaged(at: zones, expected: "a start at \(expected)", found: "\(start)")
          }
          expected = end
        }
        for index in own.indices.dropFirst() where own[index - 1] >= own[index] {
          throw data.damaged(at: zones, expected: "rising ordinals", found: "others at document \(document)")
        }
        guard let least = own.first, let greatest = own.last else { continue }
        zone.minimum = min(zone.minimum, Int64(least))
        zone.maximum = max(zone.maximum, Int64(greatest))
        zone.present += 1
      }
      let found = try self.zone(window)
      guard found == zone else {
        throw data.damaged(at: zones, expected: "zone \(zone)", found: "\(found)")
      }
    }
    guard !isMultiValued || expected == ordinals.count else {
      throw data.damaged(at: zones, expected: "\(ordinals.count) ordinals", found: "\(expected)")
    }
  }
}
