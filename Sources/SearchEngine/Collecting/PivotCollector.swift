/// Counts the matching records by two groupings at once. A record in several groups counts in each; one in none counts
/// under none.
final class PivotCollector: Collector {
  let rows: RecordGroups
  let columns: RecordGroups
  /// Records by row set and column set: sets are few where groups may be many. As a table where it is small enough,
  /// `row set · columnSets + column set`; else by pair.
  private var table: [Int]
  private var pairs: [UInt64: Int] = [:]
  private let columnSets: Int
  private(set) var count = 0
  private var segment = 0

  /// Cells of the table at most, 8 MB: two groupings of a thousand sets each.
  private static let mostCells = 1 << 20

  init(rows: RecordGroups, columns: RecordGroups) {
    self.rows = rows
    self.columns = columns
    columnSets = columns.setCount
    let (cells, overflow) = rows.setCount.multipliedReportingOverflow(by: columns.setCount)
    table = overflow || cells > Self.mostCells ? [] : Array(repeating: 0, count: cells)
  }

  override func begin(_ segment: SegmentContext) throws(IndexError) { self.segment = segment.ordinal }

  /// Cost: about 2 ns a match with the table, a look-up in a dictionary without.
  override func collect(_ matches: WindowMatches) throws(IndexError) {
    count &+= matches.bits.count
    if table.isEmpty { return addSparsely(matches) }
    rows.withSets(segment) { rows in
      columns.withSets(segment) { columns in
        table.withUnsafeMutableBufferPointer { table in
          for word in 0..<WindowBits.wordCount {
            var rest = matches.bits.words[word]
            let first = Int(matches.base) &+ word &* 64
            while rest != 0 {
              let document = first &+ rest.trailingZeroBitCount
              rest &= rest &- 1
              // Documents beyond a grouping's sets are in its set 0, that of no group.
              let row = document < rows.count ? Int(rows[document]) : 0
              let column = document < columns.count ? Int(columns[document]) : 0
              table[row &* columnSets &+ column] &+= 1
            }
          }
        }
      }
    }
  }

  private func addSparsely(_ matches: WindowMatches) {
    var bit = matches.bits.first(from: 0)
    while bit < WindowBits.length {
      let document = matches.base &+ UInt32(truncatingIfNeeded: bit)
      pairs[UInt64(rows.set(segment, document)) << 32 | UInt64(columns.set(segment, document)), default: 0] += 1
      bit = matches.bits.first(from: bit &+ 1)
    }
  }

  /// A cell of the table: a group of each side, nil for none.
  struct Cell: Hashable {
    var row: UInt32?
    var column: UInt32?
  }

  /// Records by cell, row and column.
  func sums() -> (cells: [Cell: Int], rows: [UInt32?: Int], columns: [UInt32?: Int]) {
    var pairs = pairs
    var cells: [Cell: Int] = [:]
    var rowSums: [UInt32?: Int] = [:]
    var columnSums: [UInt32?: Int] = [:]
    func groups(_ grouping: RecordGroups, _ set: UInt64) -> [UInt32?] {
      let found = grouping.groups(ofSet: UInt32(truncatingIfNeeded: set))
      return found.isEmpty ? [nil] : found.map { Optional($0) }
    }
    for (place, count) in table.enumerated() where count > 0 {
      pairs[UInt64(place / columnSets) << 32 | UInt64(place % columnSets)] = count
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
