import Synchronization

/// The columns of all records of a kind as whole arrays, record by record: for jobs that go through all of them. Each is
/// decoded the first time it is asked for and kept as long as the searcher, 4 bytes a record.
///
/// Records are numbered through the segments of the kind, deleted ones included.
public final class RecordColumns: Sendable {
  private let segments: [SegmentContext]
  /// By segment: the number of its first record.
  private let bases: [Int]
  /// Records of the kind, deleted ones included.
  public let count: Int
  /// By record: whether it is not deleted.
  public let live: [Bool]
  private let keptDays = Mutex<[String: Days]>([:])
  private let keptValues = Mutex<[String: Values]>([:])
  private let keptLinks = Mutex<[String: [Link]]>([:])

  /// A date of each record: the first and last day that it may be.
  public struct Days: Sendable {
    public let firsts: [Int32]
    public let lasts: [Int32]

    /// What stands where a record has no date, or one of unknown year: neither is any day.
    public static func isNone(_ first: Int32) -> Bool { first <= IntegerColumn.missing + 1 }
  }

  /// A value of each record, of several the least in byte order.
  public struct Values: Sendable {
    /// By record: the place of its value in ``values``, or ``none``.
    public let ordinals: [UInt32]
    /// Distinct, in byte order.
    public let values: [String]

    public static let none = UInt32.max

    /// By place: whether the value is `value`, folded.
    public func matching(_ value: String) -> [Bool] {
      let wanted = FoldedValue.bytes(value)
      return values.map { FoldedValue.bytes($0) == wanted }
    }
  }

  /// One live record that names another by its id.
  public struct Link: Sendable, Hashable {
    public let source: UInt32
    public let target: UInt32
  }

  init(_ kind: String, _ snapshots: [Snapshot]) {
    segments = SegmentContext.segments(of: snapshots, kinds: [kind])
    var bases: [Int] = []
    var live: [Bool] = []
    for segment in segments {
      bases.append(live.count)
      for document in 0..<segment.reader.documentCount { live.append(segment.reader.isLive(document)) }
    }
    self.bases = bases
    self.live = live
    count = live.count
  }

  /// The record of that number; nil where there is none.
  public func place(_ number: UInt32) -> RecordPlace? {
    let number = Int(number)
    guard number < count, let index = bases.lastIndex(where: { $0 <= number }) else { return nil }
    return RecordPlace(segment: segments[index].reader, document: UInt32(clamping: number - bases[index]))
  }

  /// A date field. Cost: 2 ns a record the first time. Throws corruption.
  public func days(of field: String) throws(IndexError) -> Days {
    if let known = keptDays.withLock({ $0[field] }) { return known }
    var firsts: [[Int32]] = []
    var lasts: [[Int32]] = []
    for segment in segments {
      let none = [Int32](repeating: IntegerColumn.missing, count: Int(segment.reader.documentCount))
      firsts.append(try segment.reader.integerColumn(field)?.days() ?? none)
      lasts.append(try segment.reader.integerColumn(field + "#upper")?.days() ?? none)
    }
    // One segment's arrays are those that its columns keep.
    let days =
      segments.count == 1
      ? Days(firsts: firsts[0], lasts: lasts[0])
      : Days(firsts: Array(firsts.joined()), lasts: Array(lasts.joined()))
    keptDays.withLock { $0[field] = days }
    return days
  }

  /// A keyword-like field. Cost: 3 ns a record the first time, and the merging of the values. Throws corruption.
  public func values(of field: String) throws(IndexError) -> Values {
    if let known = keptValues.withLock({ $0[field] }) { return known }
    let global = try GlobalOrdinals(field: field, segments: segments)
    var ordinals = [UInt32](repeating: Values.none, count: count)
    for segment in segments {
      guard let column = try segment.reader.ordinalColumn(field) else { continue }
      let map = global.maps[segment.ordinal]
      var window = ColumnWindow(column)
      for number in 0..<column.windowCount {
        try window.load(number)
        let first = bases[segment.ordinal] + number * DocValuesFormat.windowLength
        for place in 0..<min(window.count, count - first) {
          guard let value = window.range(place).first else { continue }
          let ordinal = Int(window.ordinals[value])
          if ordinal < map.count { ordinals[first + place] = map[ordinal] }
        }
      }
    }
    let values = Values(ordinals: ordinals, values: global.values)
    keptValues.withLock { $0[field] = values }
    return values
  }

  /// Which live records name which by `field`, a field of ids of the same kind (`followUpOf`); in the order of the sources.
  /// Cost: a merge of its values with the ids of each segment, some 50 ns a value. Throws corruption.
  public func links(by field: String) throws(IndexError) -> [Link] {
    if let known = keptLinks.withLock({ $0[field] }) { return known }
    var links: [Link] = []
    for source in segments {
      guard let column = try source.reader.ordinalColumn(field) else { continue }
      var targets: [[UInt32]] = []
      for target in segments { targets.append(try Self.documents(of: column, in: target.reader)) }
      var window = ColumnWindow(column)
      for number in 0..<column.windowCount {
        try window.load(number)
        let first = number * DocValuesFormat.windowLength
        for place in 0..<window.count {
          guard let value = window.range(place).first else { continue }
          let record = bases[source.ordinal] + first + place
          guard record < count, live[record] else { continue }
          let ordinal = Int(window.ordinals[value])
          for (index, documents) in targets.enumerated()
          where ordinal < documents.count && documents[ordinal] != .max {
            links.append(
              Link(
                source: UInt32(clamping: record), target: UInt32(clamping: bases[index] + Int(documents[ordinal]))))
          }
        }
      }
    }
    keptLinks.withLock { $0[field] = links }
    return links
  }

  /// By ordinal of the column: the live document whose id it is; `UInt32.max` where there is none.
  private static func documents(of column: OrdinalColumn, in reader: SegmentReader) throws(IndexError) -> [UInt32] {
    var found = [UInt32](repeating: .max, count: column.valueCount)
    guard let ids = try reader.ordinalColumn("#id") else { return found }
    var byID = [UInt32](repeating: .max, count: ids.valueCount)
    var window = ColumnWindow(ids)
    for number in 0..<ids.windowCount {
      try window.load(number)
      for place in 0..<window.count {
        let document = UInt32(clamping: number * DocValuesFormat.windowLength + place)
        guard let value = window.range(place).first, reader.isLive(document) else { continue }
        byID[Int(window.ordinals[value])] = document
      }
    }
    var left = column.values.cursor()
    var right = ids.values.cursor()
    var hasLeft = try left.next()
    var hasRight = try right.next()
    while hasLeft, hasRight {
      if left.value == right.value {
        found[left.ordinal] = byID[right.ordinal]
        hasLeft = try left.next()
      } else if left.value.lexicographicallyPrecedes(right.value) {
        hasLeft = try left.next()
      } else {
        hasRight = try right.next()
      }
    }
    return found
  }
}

extension Searcher {
  /// The columns of a kind's records, for the life of the snapshots.
  public func columns(of kind: String) -> RecordColumns {
    if let known = columnsCache.withLock({ $0[kind] }) { return known }
    let made = RecordColumns(kind, snapshots)
    columnsCache.withLock { $0[kind] = made }
    return made
  }
}
