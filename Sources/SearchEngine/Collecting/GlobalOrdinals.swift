/// The distinct values of a keyword field over several segments, numbered in byte order: per segment columns number their
/// own values alone.
struct GlobalOrdinals: Sendable {
  /// In byte order, distinct.
  let values: [String]
  /// By segment ordinal: global number of each of the segment's ordinals; empty where the segment has no such column.
  let maps: [[UInt32]]

  /// Merges the value lists. Cost: all values of all segments, sorted; the searcher keeps the outcome.
  init(field: String, segments: [SegmentContext]) throws(IndexError) {
    var lists: [[String]] = []
    for segment in segments {
      var list: [String] = []
      if let column = try segment.reader.ordinalColumn(field) {
        list.reserveCapacity(column.valueCount)
        for ordinal in 0..<column.valueCount { list.append(try column.value(UInt32(truncatingIfNeeded: ordinal))) }
      }
      lists.append(list)
    }
    if lists.count == 1 {
      values = lists[0]
      maps = [Array(0..<UInt32(clamping: lists[0].count))]
      return
    }
    var entries: [(segment: Int, ordinal: Int)] = []
    for (segment, list) in lists.enumerated() {
      for ordinal in list.indices { entries.append((segment, ordinal)) }
    }
    entries.sort { lists[$0.segment][$0.ordinal].utf8.lexicographicallyPrecedes(lists[$1.segment][$1.ordinal].utf8) }
    var merged: [String] = []
    var numbers = lists.map { [UInt32](repeating: 0, count: $0.count) }
    for entry in entries {
      let value = lists[entry.segment][entry.ordinal]
      // By bytes: equal strings of other bytes are other values.
      if !(merged.last.map { $0.utf8.elementsEqual(value.utf8) } ?? false) { merged.append(value) }
      numbers[entry.segment][entry.ordinal] = UInt32(clamping: merged.count - 1)
    }
    values = merged
    maps = numbers
  }
}
