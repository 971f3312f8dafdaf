/// Counts the matching records by two groupings at once. A record in several groups counts in each; one in none counts
/// under none.
final class PivotCollector: Collector {
  let rows: RecordGroups
  let columns: RecordGroups
  /// Records by row set and column set: sets are few where groups may be many.
  private var pairs: [UInt64: Int] = [:]
  private(set) var count = 0
  private var segment = 0
  /// The last pair met: neighbours are often alike.
  private var lastPair = UInt64.max
  private var lastCount = 0

  init(rows: RecordGroups, columns: RecordGroups) {
    self.rows = rows
    self.columns = columns
  }

  override func begin(_ segment: SegmentContext) throws(IndexError) { self.segment = segment.ordinal }

  override func collect(_ matches: WindowMatches) throws(IndexError) {
    count &+= matches.bits.count
    var bit = matches.bits.first(from: 0)
    while bit < WindowBits.length {
      let document = matches.base &+ UInt32(truncatingIfNeeded: bit)
      let pair = UInt64(rows.set(segment, document)) << 32 | UInt64(columns.set(segment, document))
      if pair == lastPair {
        lastCount += 1
      } else {
        flush()
        lastPair = pair
        lastCount = 1
      }
      bit = matches.bits.first(from: bit &+ 1)
    }
    flush()
  }

  private func flush() {
    if lastCount > 0 { pairs[lastPair, default: 0] += lastCount }
    lastCount = 0
  }

  /// A cell of the table: a group of each side, nil for none.
  struct Cell: Hashable {
    var row: UInt32?
    var column: UInt32?
  }

  /// Records by cell, row and column.
  func sums() -> (cells: [Cell: Int], rows: [UInt32?: Int], columns: [UInt32?: Int]) {
    var cells: [Cell: Int] = [:]
    var rowSums: [UInt32?: Int] = [:]
    var columnSums: [UInt32?: Int] = [:]
    func groups(_ grouping: RecordGroups, _ set: UInt64) -> [UInt32?] {
      let found = grouping.groups(ofSet: UInt32(truncatingIfNeeded: set))
      return found.isEmpty ? [nil] : found.map { Optional($0) }
    }
    for (pair, count) in pairs {
      let (own, other) = (groups(rows, pair >> 32), groups(columns, pair & 0xffff_ffff))
      for row in own {
        rowSums[row, default: 0] += count
        for column in other { cells[Cell(row: row, column: column), default: 0] += count }
      }
      for column in other { columnSums[column, default: 0] += count }
    }
    return (cells, rowSums, columnSums)
  }
}
