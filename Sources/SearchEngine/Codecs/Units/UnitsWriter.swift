import Storage

/// Writes the units of a segment's documents, in document order. Memory: a group of 128 documents, and 8 bytes for each
/// group written.
final class UnitsWriter {
  private let file: IndexFileWriter
  private var count: UInt64 = 0
  private var lengths: [UInt32] = []
  private var units = ByteBuffer(capacity: 8192)
  private var offsets: [UInt64] = []

  /// Makes the file `name`, which must not exist.
  init(_ fileSystem: any FileSystem, name: String, identity: FileIdentity) throws(IndexError) {
    file = try IndexFileWriter(fileSystem, name: name, kind: .units, identity: identity)
    lengths.reserveCapacity(UnitsFormat.groupLength)
    try file.beginSection(UnitsFormat.data)
  }

  /// The units of the next document.
  /// - Precondition: each unit's start is not after its end.
  func add(_ document: DocumentUnits) throws(IndexError) { try add(document.units[...]) }

  /// The same.
  func add(_ own: ArraySlice<Unit>) throws(IndexError) {
    let before = units.count
    var expected = UnitExpectation()
    for unit in own {
      append(unit, expected)
      expected.advance(unit)
    }
    guard let length = UInt32(exactly: units.count - before) else {
      throw .limit(what: "bytes of one document's units", limit: Int(UInt32.max))
    }
    lengths.append(length)
    count += 1
    if lengths.count == UnitsFormat.groupLength { try flush() }
  }

  private func append(_ unit: Unit, _ expected: UnitExpectation) {
    precondition(unit.start <= unit.end, "a unit ends at or after its start")
    let start = expected.start(unit.kind)
    let ordinal = expected.ordinal(unit.kind)
    let length = unit.end - unit.start
    if unit.kind == .sentence, unit.start == start, unit.ordinal == ordinal, unit.group == expected.group {
      let code = min(length, UnitsFormat.lengthEscape)
      units.append(UnitsFormat.sentenceFlag | UInt8(code) << 1)
      if code == UnitsFormat.lengthEscape { units.appendVarint(length - UnitsFormat.lengthEscape) }
      return
    }
    var head = unit.kind.rawValue << 1
    if unit.start != start { head |= UnitsFormat.startFlag }
    if unit.ordinal != ordinal { head |= UnitsFormat.ordinalFlag }
    if unit.group != expected.group { head |= UnitsFormat.groupFlag }
    units.append(head)
    if unit.start != start {
      // Zigzag of the step from the expected start, which is small after a gap between values.
      let step = Int64(unit.start) - Int64(start)
      units.appendVarint(UInt64(bitPattern: step << 1 ^ step >> 63))
    }
    if unit.ordinal != ordinal { units.appendVarint(unit.ordinal) }
    if unit.group != expected.group { units.append(unit.group) }
    units.appendVarint(length)
  }

  private func flush() throws(IndexError) {
    guard !lengths.isEmpty else { return }
    offsets.append(UInt64(file.position))
    let largest = lengths.max() ?? 0
    let width = largest == 0 ? 0 : FieldLengthsFormat.width(maximum: largest)
    try file.write(uint8: UInt8(width))
    for length in lengths {
      for byte in 0..<width { try file.write(uint8: UInt8(truncatingIfNeeded: length >> UInt32(byte * 8))) }
    }
    try file.write(units.bytes)
    units.removeAll()
    lengths.removeAll(keepingCapacity: true)
  }

  /// Writes the last group and the offsets, and closes the file. Returns what the manifest says of it.
  func finish() throws(IndexError) -> FileEntry {
    try flush()
    offsets.append(UInt64(file.position))
    file.endSection()
    try file.beginSection(UnitsFormat.offsets)
    for offset in offsets { try file.write(uint64: offset) }
    file.endSection()
    try file.beginSection(UnitsFormat.meta)
    try file.write(uint64: count)
    file.endSection()
    return try file.finish()
  }
}
