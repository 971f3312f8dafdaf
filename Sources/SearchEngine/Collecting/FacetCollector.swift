/// Counts the matching records for each value of a field, exactly. A record with several values counts once for each.
final class FacetCollector: Collector {
  enum Source {
    /// The record's kind.
    case kind
    /// A keyword column.
    case ordinals(GlobalOrdinals)
  }

  /// The field's name in the answer.
  let name: String
  private let column: String
  private let source: Source
  private var counts: [Int]
  private var kinds: [String: Int] = [:]
  private var segment = 0
  private var kind = ""
  private var ordinals: OrdinalColumn?
  private var found: [UInt32] = []

  init(name: String, column: String, _ source: Source) {
    self.name = name
    self.column = column
    self.source = source
    switch source {
    case .kind: counts = []
    case .ordinals(let global): counts = Array(repeating: 0, count: global.values.count)
    }
  }

  /// Values with their counts: the most frequent first, then in byte order. Values that do not occur are left out.
  var values: [(value: String, count: Int)] {
    var found: [(value: String, count: Int)] = []
    switch source {
    case .kind: found = kinds.map { ($0.key, $0.value) }
    case .ordinals(let global):
      for (number, count) in counts.enumerated() where count > 0 {
        found.append((global.values[number], count))
      }
    }
    return found.sorted {
      $0.count != $1.count ? $0.count > $1.count : $0.value.utf8.lexicographicallyPrecedes($1.value.utf8)
    }
  }

  override func begin(_ segment: SegmentContext) throws(IndexError) {
    self.segment = segment.ordinal
    kind = segment.reader.kind
    switch source {
    case .kind: break
    case .ordinals: ordinals = try segment.reader.ordinalColumn(column)
    }
  }

  override func collect(_ matches: WindowMatches) throws(IndexError) {
    switch source {
    case .kind:
      kinds[kind, default: 0] += matches.bits.count
    case .ordinals(let global):
      guard let ordinals else { return }
      let map = global.maps[segment]
      var bit = matches.bits.first(from: 0)
      while bit < WindowBits.length {
        try ordinals.ordinals(of: matches.base &+ UInt32(truncatingIfNeeded: bit), into: &found)
        for (place, ordinal) in found.enumerated() where Int(ordinal) < map.count {
          // A value given twice counts once.
          if found[..<place].contains(ordinal) { continue }
          counts[Int(map[Int(ordinal)])] += 1
        }
        bit = matches.bits.first(from: bit &+ 1)
      }
    }
  }
}
