import Synchronization

/// Reads the columns of a segment in place.
final class DocValuesReader: Sendable {
  let documentCount: UInt32
  private let integers: [String: IntegerColumn]
  private let ordinals: [String: OrdinalColumn]

  /// Cost: linear in the number of columns. Throws corruption when their places do not fit DATA.
  init(file: IndexFile) throws(IndexError) {
    let meta = try file.section(DocValuesFormat.meta)
    let data = try file.section(DocValuesFormat.data)
    let columns = try file.section(DocValuesFormat.columns)
    guard meta.count == DocValuesFormat.metaLength else {
      throw meta.damaged(at: 0, expected: "\(DocValuesFormat.metaLength) bytes", found: "\(meta.count)")
    }
    var metaReader = try meta.reader()
    let documents = try metaReader.uint64()
    let count = try metaReader.uint64()
    guard documents <= UInt64(UInt32.max), count <= UInt64(DocValuesFormat.maximumColumns) else {
      throw meta.damaged(
        at: 0, expected: "at most \(DocValuesFormat.maximumColumns) columns",
        found: "\(count) of \(documents) documents")
    }
    documentCount = UInt32(truncatingIfNeeded: documents)
    let documentCount = Int(documents)
    var integers: [String: IntegerColumn] = [:]
    var ordinals: [String: OrdinalColumn] = [:]
    var reader = try columns.reader()
    for _ in 0..<count {
      let name = try reader.string()
      let type = try reader.uint8()
      switch DocValuesFormat.ColumnType(rawValue: type) {
      case .integer:
        let array = try PackedArray(data, Self.arrayPlace(&reader, data))
        guard array.count == documentCount, integers[name] == nil else {
          throw reader.damaged(expected: "\(documentCount) numbers, once", found: "\(array.count) of '\(name)'")
        }
        integers[name] = IntegerColumn(array)
      case .ordinal:
        let values = try ValueDictionary(data, Self.valuesPlace(&reader, data))
        let array = try PackedArray(data, Self.arrayPlace(&reader, data))
        guard array.count == documentCount, ordinals[name] == nil else {
          throw reader.damaged(expected: "\(documentCount) ordinals, once", found: "\(array.count) of '\(name)'")
        }
        ordinals[name] = OrdinalColumn(data, values, starts: nil, array, zones: 0)
      case .multiOrdinal:
        let values = try ValueDictionary(data, Self.valuesPlace(&reader, data))
        let starts = try PackedArray(data, Self.arrayPlace(&reader, data))
        let array = try PackedArray(data, Self.arrayPlace(&reader, data))
        let zones = try reader.count(atMost: data.count)
        guard starts.count == documentCount + 1, ordinals[name] == nil,
          DocValuesFormat.windowCount(documentCount) <= (data.count - zones) / DocValuesFormat.multiZoneLength
        else {
          throw reader.damaged(expected: "\(documentCount) starts, once", found: "\(starts.count) of '\(name)'")
        }
        ordinals[name] = OrdinalColumn(data, values, starts: starts, array, zones: zones)
      case nil: throw reader.damaged(expected: "a column's type", found: "\(type)")
      }
    }
    guard reader.isAtEnd else {
      throw reader.damaged(expected: "\(count) columns", found: "\(reader.remaining) bytes more")
    }
    self.integers = integers
    self.ordinals = ordinals
  }

  private static func arrayPlace(
    _ reader: inout ByteReader, _ data: ByteSlice
  ) throws(IndexError) -> PackedArrayPlace {
    // A zone entry stands for one window, so DATA bounds the count.
    let (limit, overflow) = data.count.multipliedReportingOverflow(by: DocValuesFormat.windowLength)
    return PackedArrayPlace(
      count: try reader.count(atMost: overflow ? .max : limit), zones: try reader.count(atMost: data.count))
  }

  private static func valuesPlace(
    _ reader: inout ByteReader, _ data: ByteSlice
  ) throws(IndexError) -> ValueDictionaryPlace {
    ValueDictionaryPlace(
      count: try reader.count(atMost: min(data.count, Int(UInt32.max) - 1)),
      values: try reader.count(atMost: data.count), length: try reader.count(atMost: data.count),
      offsets: try reader.count(atMost: data.count))
  }

  /// The column of numbers of that name; nil when there is none.
  func integerColumn(_ name: String) -> IntegerColumn? { integers[name] }

  /// The column of values of that name; nil when there is none.
  func ordinalColumn(_ name: String) -> OrdinalColumn? { ordinals[name] }

  /// Names of the columns of numbers and of values, sorted by their bytes.
  var integerColumnNames: [String] { Self.sorted(integers.keys) }
  var ordinalColumnNames: [String] { Self.sorted(ordinals.keys) }

  private static func sorted(_ names: some Sequence<String>) -> [String] {
    names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Decodes all columns and checks zones, orders and bounds. Cost: linear. Throws corruption.
  func verifyStructure() throws(IndexError) {
    for name in integerColumnNames { try integers[name]?.verifyStructure() }
    for name in ordinalColumnNames { try ordinals[name]?.verifyStructure() }
  }
}

/// One number a document, or none.
final class IntegerColumn: Sendable {
  private let array: PackedArray
  /// What ``days()`` made; nil until it was asked.
  private let kept = Mutex<[Int32]?>(nil)

  init(_ array: PackedArray) { self.array = array }

  /// Stands for a missing number in ``days()``.
  static let missing = Int32.min

  /// The numbers by document, of a column of days, decoded once and kept as long as the column: for those that ask again
  /// and again, as joins do. Days further away than 5 million years, as ends of open intervals, are taken as that far.
  /// Throws corruption. Cost: 4 bytes a document, and the first time 2 ns.
  func days() throws(IndexError) -> [Int32] {
    if let known = kept.withLock({ $0 }) { return known }
    var made = [Int32](repeating: Self.missing, count: array.count)
    // SAFETY: room for what a window is decoded into.
    let values = UnsafeMutablePointer<Int64>.allocate(capacity: DocValuesFormat.windowLength)
    let presence = UnsafeMutablePointer<UInt64>.allocate(capacity: DocValuesFormat.windowLength / 64)
    defer {
      values.deallocate()
      presence.deallocate()
    }
    for window in 0..<windowCount {
      let count = try array.decode(window, into: values, presence: presence)
      let first = window * DocValuesFormat.windowLength
      for place in 0..<count where presence[place >> 6] >> UInt64(place & 63) & 1 == 1 {
        made[first + place] = max(Self.missing + 1, Int32(clamping: values[place]))
      }
    }
    let result = made
    kept.withLock { $0 = result }
    return result
  }

  /// Windows of 4,096 documents; the last may be shorter.
  var windowCount: Int { array.windowCount }

  /// The number of `document`; nil when it has none. Throws corruption, also when there is no such document.
  @inline(__always)
  func value(of document: UInt32) throws(IndexError) -> Int64? { try array.value(Int(document)) }

  /// Least and greatest number of a window and how many documents have one. Throws corruption.
  func zone(_ window: Int) throws(IndexError) -> Zone { try array.zone(window) }

  /// Decodes a window: a number for each document (of no meaning where the bit of `presence` is clear). Returns how many
  /// documents the window has; bits from there on are clear. Throws corruption. Cost: about 1 ns a document.
  ///
  /// SAFETY (caller's proof): `values` has room for 4,096 numbers, `presence` for 64 words.
  @discardableResult
  func decode(
    window: Int, into values: UnsafeMutablePointer<Int64>, presence: UnsafeMutablePointer<UInt64>
  ) throws(IndexError) -> Int { try array.decode(window, into: values, presence: presence) }

  func verifyStructure() throws(IndexError) { try array.verifyStructure() }
}
