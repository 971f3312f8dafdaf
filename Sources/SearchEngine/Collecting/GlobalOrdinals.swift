/// The distinct values of a keyword field over several segments, numbered in byte order: per segment columns number their
/// own values alone.
struct GlobalOrdinals: Sendable {
  /// In byte order, distinct.
  let values: [String]
  /// By segment ordinal: global number of each of the segment's ordinals; empty where the segment has no such column.
  let maps: [[UInt32]]

  private init(values: [String], maps: [[UInt32]]) {
    self.values = values
    self.maps = maps
  }

  /// Merges the value lists. Cost: all values of all segments, merged; the searcher keeps the outcome.
  init(field: String, segments: [SegmentContext]) throws(IndexError) {
    // What is never over is never cut.
    self = try Self.merged(field: field, segments: segments) { false } ?? GlobalOrdinals(values: [], maps: [])
  }

  /// The same; nil where time ran out: of a field that has its own value for each record it takes longer than most searches.
  static func merged(
    field: String, segments: [SegmentContext], isOver: () -> Bool
  ) throws(IndexError) -> GlobalOrdinals? {
    var lists: [[String]] = []
    for segment in segments {
      var list: [String] = []
      if let column = try segment.reader.ordinalColumn(field) {
        guard let values = try column.allValues(until: isOver) else { return nil }
        list = values
      }
      lists.append(list)
    }
    if lists.count == 1 {
      return GlobalOrdinals(values: lists[0], maps: [Array(0..<UInt32(clamping: lists[0].count))])
    }
    var merged: [String] = []
    merged.reserveCapacity(lists.map(\.count).max() ?? 0)
    var numbers = lists.map { [UInt32](repeating: 0, count: $0.count) }
    // Each list is in order: the lowest of their heads is next.
    var heads = [Int](repeating: 0, count: lists.count)
    while let next = Self.lowest(lists, heads) {
      if merged.count & (WorkMeter.grain - 1) == 0, isOver() { return nil }
      let value = lists[next][heads[next]]
      for segment in next..<lists.count where heads[segment] < lists[segment].count {
        // By bytes: equal strings of other bytes are other values.
        guard lists[segment][heads[segment]].utf8.elementsEqual(value.utf8) else { continue }
        numbers[segment][heads[segment]] = UInt32(clamping: merged.count)
        heads[segment] += 1
      }
      merged.append(value)
    }
    return GlobalOrdinals(values: merged, maps: numbers)
  }

  /// The first list whose head is none above the others'; nil at the end of all. Lists are few: one a segment.
  private static func lowest(_ lists: [[String]], _ heads: [Int]) -> Int? {
    var found: Int?
    for segment in lists.indices where heads[segment] < lists[segment].count {
      if let best = found,
        !lists[segment][heads[segment]].utf8.lexicographicallyPrecedes(lists[best][heads[best]].utf8)
      {
        continue
      }
      found = segment
    }
    return found
  }
}
