/// Reads the units of a segment's documents in place.
final class UnitsReader: Sendable {
  let documentCount: UInt32
  private let data: ByteSlice
  private let offsets: ByteSlice

  /// Cost: constant. Throws corruption when the sections do not fit each other.
  init(file: IndexFile) throws(IndexError) {
    let meta = try file.section(UnitsFormat.meta)
    data = try file.section(UnitsFormat.data)
    offsets = try file.section(UnitsFormat.offsets)
    guard meta.count == UnitsFormat.metaLength else {
      throw meta.damaged(at: 0, expected: "\(UnitsFormat.metaLength) bytes", found: "\(meta.count)")
    }
    var reader = try meta.reader()
    let count = try reader.uint64()
    guard count < UInt64(UInt32.max),
      offsets.count == ((Int(truncatingIfNeeded: count) + UnitsFormat.groupLength - 1) / UnitsFormat.groupLength + 1)
        * 8
    else {
      throw meta.damaged(at: 0, expected: "documents that \(offsets.count) bytes of offsets serve", found: "\(count)")
    }
    documentCount = UInt32(truncatingIfNeeded: count)
  }

  /// Puts the units of `document` into `units`, in place of what is there. Throws corruption, also when there is no such
  /// document. Cost: up to 127 lengths, then linear in the units.
  func units(of document: UInt32, into units: inout DocumentUnits) throws(IndexError) {
    units.units.removeAll(keepingCapacity: true)
    var reader = try reader(of: document)
    var expected = UnitExpectation()
    while !reader.isAtEnd {
      let unit = try Self.unit(&reader, expected)
      expected.advance(unit)
      units.units.append(unit)
    }
  }

  /// Hands the units of every document to `body`, in document order. Throws corruption and what `body` throws. Cost: linear
  /// in the units: unlike asking for one document after the other, no lengths are summed up.
  func forEachDocument(
    _ body: (UInt32, [Unit]) throws(IndexError) -> Void
  ) throws(IndexError) {
    var units: [Unit] = []
    for first in stride(from: 0, to: Int(documentCount), by: UnitsFormat.groupLength) {
      let count = min(UnitsFormat.groupLength, Int(documentCount) &- first)
      var reader = try groupReader(first / UnitsFormat.groupLength)
      let width = try Self.width(&reader)
      let lengths = try reader.bytes(count &* width)
      for place in 0..<count {
        let length = Self.length(lengths, place, width)
        guard length <= reader.remaining else {
          throw reader.damaged(expected: "at most \(reader.remaining) bytes of units", found: "\(length)")
        }
        let end = reader.position &+ length
        units.removeAll(keepingCapacity: true)
        var expected = UnitExpectation()
        while reader.position < end {
          let unit = try Self.unit(&reader, expected)
          expected.advance(unit)
          units.append(unit)
        }
        guard reader.position == end else {
          throw reader.damaged(expected: "units that end at \(end)", found: "\(reader.position)")
        }
        try body(UInt32(truncatingIfNeeded: first &+ place), units)
      }
    }
  }

  static func width(_ reader: inout ByteReader) throws(IndexError) -> Int {
    let width = Int(try reader.uint8())
    guard width == 0 || width == 1 || width == 2 || width == 4 else {
      throw reader.damaged(expected: "lengths of 0, 1, 2 or 4 bytes", found: "\(width)")
    }
    return width
  }

  /// The bytes of the group in which a document stands, verified. Throws corruption, also when there is no such document.
  func groupReader(of document: UInt32) throws(IndexError) -> ByteReader {
    guard document < documentCount else {
      throw data.damaged(at: 0, expected: "a document below \(documentCount)", found: "\(document)")
    }
    return try groupReader(Int(document) / UnitsFormat.groupLength)
  }

  /// The bytes of one document's units, verified.
  private func reader(of document: UInt32) throws(IndexError) -> ByteReader {
    var reader = try groupReader(of: document)
    let group = Int(document) / UnitsFormat.groupLength
    let place = Int(document) % UnitsFormat.groupLength
    let count = min(UnitsFormat.groupLength, Int(documentCount) &- group &* UnitsFormat.groupLength)
    let width = try Self.width(&reader)
    // Sums of up to 127 numbers of 32 bits fit in 64.
    let lengths = try reader.bytes(count &* width)
    var skipped = 0
    for index in 0..<place { skipped &+= Self.length(lengths, index, width) }
    try reader.skip(skipped)
    return try reader.part(Self.length(lengths, place, width))
  }

  private func groupReader(_ group: Int) throws(IndexError) -> ByteReader {
    var bounds = try offsets.reader(group &* 8, 16)
    let start = try bounds.uint64()
    let end = try bounds.uint64()
    guard start < end, end <= UInt64(data.count) else {
      throw offsets.damaged(at: group &* 8, expected: "a group inside \(data.count) bytes", found: "\(start) to \(end)")
    }
    return try data.reader(Int(truncatingIfNeeded: start), Int(truncatingIfNeeded: end &- start))
  }

  /// Number `index` of the lengths, each of `width` bytes; those are `bytes`.
  @inline(__always)
  static func length(_ bytes: UnsafeRawBufferPointer, _ index: Int, _ width: Int) -> Int {
    switch width {
    case 0: 0
    case 1: Int(bytes[index])
    case 2: Int(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: index &* 2, as: UInt16.self)))
    default: Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: index &* 4, as: UInt32.self)))
    }
  }

  @inline(__always)
  static func unit(
    _ reader: inout ByteReader, _ expected: UnitExpectation
  ) throws(IndexError) -> Unit {
    let head = try reader.uint8()
    var kind = UnitKind.sentence
    var group = expected.group
    var start = UInt64(expected.start(kind))
    var ordinal = expected.ordinal(kind)
    var length = UInt64(head >> 1)
    if head & UnitsFormat.sentenceFlag != 0 {
      if length == UInt64(UnitsFormat.lengthEscape) { length &+= UInt64(try reader.uint32Varint()) }
    } else {
      guard head & UnitsFormat.spareBits == 0, let found = UnitKind(rawValue: head >> 1 & 3) else {
        throw reader.damaged(expected: "a unit", found: "first byte \(head)")
      }
      kind = found
      start = UInt64(expected.start(kind))
      if head & UnitsFormat.startFlag != 0 {
        let coded = try reader.varint()
        start = start &+ UInt64(bitPattern: Int64(bitPattern: coded >> 1) ^ -Int64(bitPattern: coded & 1))
      }
      ordinal = head & UnitsFormat.ordinalFlag != 0 ? try reader.uint32Varint() : expected.ordinal(kind)
      if head & UnitsFormat.groupFlag != 0 { group = try reader.uint8() }
      length = UInt64(try reader.uint32Varint())
    }
    guard start <= UInt64(UInt32.max), start &+ length <= UInt64(UInt32.max) else {
      throw reader.damaged(expected: "positions of 32 bits", found: "\(start) and \(length) more")
    }
    return Unit(
      kind: kind, ordinal: ordinal, group: group, start: UInt32(truncatingIfNeeded: start),
      end: UInt32(truncatingIfNeeded: start &+ length))
  }

  /// Decodes every document and checks that groups follow each other and are filled. Cost: linear. Throws corruption.
  func verifyStructure() throws(IndexError) {
    var units = DocumentUnits()
    var expectedStart: UInt64 = 0
    var group = 0
    for first in stride(from: 0, to: Int(documentCount), by: UnitsFormat.groupLength) {
      var bounds = try offsets.reader(group &* 8, 16)
      let start = try bounds.uint64()
      let end = try bounds.uint64()
      guard start == expectedStart else {
        throw offsets.damaged(at: group &* 8, expected: "offset \(expectedStart)", found: "\(start)")
      }
      let count = min(UnitsFormat.groupLength, Int(documentCount) - first)
      for place in 0..<count { try self.units(of: UInt32(truncatingIfNeeded: first + place), into: &units) }
      let last = try reader(of: UInt32(truncatingIfNeeded: first + count - 1))
      guard UInt64(last.end) == end else {
        throw data.damaged(at: last.end, expected: "the end of the group at \(end)", found: "\(last.end)")
      }
      expectedStart = end
      group += 1
    }
    guard expectedStart == UInt64(data.count) else {
      throw data.damaged(at: 0, expected: "groups that fill \(data.count) bytes", found: "\(expectedStart)")
    }
  }
}
