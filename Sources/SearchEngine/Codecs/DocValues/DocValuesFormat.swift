/// The doc values of a segment: columns of numbers and of sorted values, for sort, facet, range, collapse and join.
///
/// ```
/// ┌──────────────────────────┬──────────────────────────────────┬─────────────────────────────┐
/// │ META: documents, columns │ DATA: the columns' windows, zone │ COLS: name, type and places │
/// │                          │ maps, values                     │ in DATA of each column      │
/// └──────────────────────────┴──────────────────────────────────┴─────────────────────────────┘
/// ```
/// All columns are made of ``PackedArray``s: windows of 4,096 numbers, each with its least and greatest, packed to the
/// width of their difference. An ordinal column numbers its distinct values in byte order and packs those numbers.
enum DocValuesFormat {
  static let meta = SectionTag("META")
  static let data = SectionTag("DATA")
  static let columns = SectionTag("COLS")
  /// META: number of documents (8), number of columns (8).
  static let metaLength = 16
  /// Numbers a window: the window of matching, so that zone maps line up with it.
  static let windowLength = 4096
  /// A zone entry: least (8), greatest (8), offset in DATA (8), number present (4), width (4).
  static let zoneLength = 32
  /// The zone of a window of a multi-valued column: least ordinal (4), greatest (4), documents with a value (4), zero (4).
  static let multiZoneLength = 16
  /// Bits of a packed number that an unaligned load of eight bytes can hold whatever bit it begins at; wider ones take 64.
  static let widestPacked = 56
  /// Bytes that follow the packed numbers, so that the load of the last one ends inside the window.
  static let padding = 7
  /// Columns of a segment at most; more is damage.
  static let maximumColumns = 4096
  /// Values a block of the value dictionary: 4 bytes of offset are shared by so many.
  static let valueBlockLength = 16
  /// A longer value is refused when written, and is damage when read.
  static let maximumValueLength = 32_767
  /// Ordinals that one window of a multi-valued column may decode to: 64 MB of them.
  static let maximumWindowOrdinals = 1 << 24

  /// What a column is. The raw value stands in COLS.
  enum ColumnType: UInt8 {
    case integer = 1
    case ordinal = 2
    case multiOrdinal = 3
  }

  static func windowCount(_ count: Int) -> Int { count / windowLength + (count % windowLength == 0 ? 0 : 1) }

  /// Bits in which a difference of `span` and all smaller ones fit.
  static func width(span: UInt64) -> Int {
    let width = 64 - span.leadingZeroBitCount
    return width > widestPacked ? 64 : width
  }

  /// Bytes of `count` numbers of `width` bits with their padding, a multiple of 8.
  static func packedLength(count: Int, width: Int) -> Int {
    guard width > 0 else { return 0 }
    return ((count &* width &+ 7) / 8 &+ padding &+ 7) & ~7
  }

  /// Bytes of the presence bits of `count` numbers.
  static func presenceLength(count: Int) -> Int { (count &+ 63) / 64 &* 8 }
}

/// Where a packed array lies in DATA.
struct PackedArrayPlace: Hashable, Sendable {
  /// Numbers in it, missing ones included.
  var count: Int
  /// Offset of its zone entries.
  var zones: Int
}

/// Where the values of an ordinal column lie in DATA.
struct ValueDictionaryPlace: Hashable, Sendable {
  var count: Int
  /// Offset and length of the front-coded blocks, and offset of the 32-bit offsets of these.
  var values: Int
  var length: Int
  var offsets: Int
}

/// What is known of a window without decoding it. When nothing is present, `minimum` is the greatest number and
/// `maximum` the least, so that no range overlaps it.
struct Zone: Hashable, Sendable {
  var minimum: Int64
  var maximum: Int64
  /// Documents of the window that have a value.
  var present: Int
}
