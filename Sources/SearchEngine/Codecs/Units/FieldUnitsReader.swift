/// Reads where the fields of documents stand, of documents that are asked for in rising order: what tells whether a position
/// lies in one of some fields. Other units are passed over, and what a group of documents says of itself is read once.
///
/// Measured: a third less than ``UnitsReader/units(of:into:)`` for each of a hundred thousand documents, one after the other.
struct FieldUnitsReader {
  private let reader: UnitsReader
  /// The group that is read; -1 before the first.
  private var group = -1
  private var width = 0
  private var count = 0
  /// SAFETY: bytes of the file, which `reader` keeps open.
  private var lengths = UnsafeRawBufferPointer(start: nil, count: 0)
  /// Stands before the group's first unit.
  private var units: ByteReader?
  /// Bytes of units of the group's documents before `place`.
  private var place = 0
  private var skipped = 0

  init(_ reader: UnitsReader) { self.reader = reader }

  /// Puts the units of kind field of `document` into `fields`, in place of what is there, as far as the first one that begins
  /// behind position `last`: fields rise. Throws corruption, also when there is no such document. Cost: linear in the units read;
  /// a step for each document of its group passed over.
  mutating func fields(of document: UInt32, through last: UInt32 = .max, into fields: inout [Unit]) throws(IndexError) {
    fields.removeAll(keepingCapacity: true)
    try enter(document)
    let wanted = Int(document) % UnitsFormat.groupLength
    if wanted < place { (place, skipped) = (0, 0) }
    while place < wanted {
      skipped &+= UnitsReader.length(lengths, place, width)
      place &+= 1
    }
    guard var all = units else { return }
    try all.skip(skipped)
    var own = try all.part(UnitsReader.length(lengths, wanted, width))
    let bytes = try own.bytes(own.remaining)
    guard let start = bytes.baseAddress, !Self.read(BlockReader(start, count: bytes.count), last, into: &fields) else {
      return
    }
    // Damaged: the reader of all units says where.
    var units = DocumentUnits()
    try reader.units(of: document, into: &units)
    fields = units.units.filter { $0.kind == .field }
  }

  /// Decodes units as ``UnitsReader/unit(_:_:)`` does, in numbers of this loop's own; false when they cannot be right.
  private static func read(_ reader: BlockReader, _ last: UInt32, into fields: inout [Unit]) -> Bool {
    var reader = reader
    var kind: UInt8 = 0
    var (start, end): (UInt64, UInt64) = (0, 0)
    var isFirst = true
    var ordinal: UInt64 = 0
    var group: UInt8 = 0
    while !reader.isAtEnd {
      let head = reader.uint8()
      if head & UnitsFormat.sentenceFlag != 0 {
        var length = UInt64(head >> 1)
        if length == UInt64(UnitsFormat.lengthEscape) { length &+= min(reader.varint(), UInt64(UInt32.max)) }
        let sentence = UnitKind.sentence.rawValue
        if !(sentence > kind || isFirst) { start = end }
        end = start &+ length
        kind = sentence
      } else {
        let found = head >> 1 & 3
        guard head & UnitsFormat.spareBits == 0, UnitKind(rawValue: found) != nil else { return false }
        if !(found > kind || isFirst) { start = end }
        if head & UnitsFormat.startFlag != 0 {
          let coded = reader.varint()
          start = start &+ UInt64(bitPattern: Int64(bitPattern: coded >> 1) ^ -Int64(bitPattern: coded & 1))
        }
        var own = ordinal
        if head & UnitsFormat.ordinalFlag != 0 { own = reader.varint() }
        if head & UnitsFormat.groupFlag != 0 { group = reader.uint8() }
        end = start &+ min(reader.varint(), UInt64(UInt32.max))
        kind = found
        if found == UnitKind.field.rawValue {
          guard reader.isValid, start <= UInt64(UInt32.max), end <= UInt64(UInt32.max), own <= UInt64(UInt32.max) else {
            return false
          }
          if start > UInt64(last) { return true }
          ordinal = own &+ 1
          fields.append(
            Unit(
              kind: .field, ordinal: UInt32(truncatingIfNeeded: own), group: group,
              start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end)))
        }
      }
      guard start <= UInt64(UInt32.max), end <= UInt64(UInt32.max) else { return false }
      isFirst = false
    }
    return reader.isValid
  }

  private mutating func enter(_ document: UInt32) throws(IndexError) {
    let wanted = Int(document) / UnitsFormat.groupLength
    if wanted == group, units != nil, document < reader.documentCount { return }
    var opened = try reader.groupReader(of: document)
    width = try UnitsReader.width(&opened)
    count = min(UnitsFormat.groupLength, Int(reader.documentCount) &- wanted &* UnitsFormat.groupLength)
    lengths = try opened.bytes(count &* width)
    (units, group, place, skipped) = (opened, wanted, 0, 0)
  }
}
