/// How the words of a quotation stand against those of a passage: the cheapest way from a stretch of the passage to the
/// quotation, each word left out, put in or replaced counting one. What the passage has before and behind the stretch is free.
struct WordAlignment: Hashable, Sendable {
  enum Kind: String, Sendable {
    case same
    /// Another word in its place.
    case replaced
    /// The quotation has words that the passage has not.
    case added
    /// The passage has words that the quotation has not.
    case removed
  }

  /// A run of words; places in the quotation and in the passage.
  struct Run: Hashable, Sendable {
    var kind: Kind
    var quoted: Range<Int>
    var written: Range<Int>
  }

  /// Words that differ.
  var cost: Int
  /// In order, together the whole quotation and the whole stretch.
  var runs: [Run]
  /// The stretch of the passage.
  var stretch: Range<Int>

  /// Cells of a table at most: one byte each.
  static let largestTable = 16 << 20

  /// Aligns words given as numbers. Words of the passage behind word `i` of the quotation, counted from 1, are free for `i`
  /// in `ellipses`: something was left out there, and said to be.
  ///
  /// Nil where the table would have more than ``largestTable`` cells. Cost: the product of the lengths.
  static func align(_ quoted: [Int32], _ written: [Int32], ellipses: Set<Int> = []) -> WordAlignment? {
    let (rows, columns) = (quoted.count, written.count)
    let (cells, overflow) = (rows + 1).multipliedReportingOverflow(by: columns + 1)
    guard !overflow, cells <= largestTable else { return nil }
    // How the best way to a cell ends: 0 at its beginning, 1 with both words, 2 with a word of the quotation, 3 of the passage.
    var ways = [UInt8](repeating: 0, count: cells)
    var last = [Int32](repeating: 0, count: columns + 1)
    var current = last
    for row in 1..<(rows + 1) {
      let base = row * (columns + 1)
      let word = quoted[row - 1]
      let skip: Int32 = ellipses.contains(row) ? 0 : 1
      current[0] = Int32(row)
      ways[base] = 2
      for column in 1..<(columns + 1) {
        let both = last[column - 1] + (word == written[column - 1] ? 0 : 1)
        let put = last[column] + 1
        let left = current[column - 1] + skip
        var best = both
        var way: UInt8 = 1
        // A word of the passage that stands behind the last of the quotation is no part of the stretch.
        if left < best, row < rows { (best, way) = (left, 3) }
        if put < best { (best, way) = (put, 2) }
        current[column] = best
        ways[base + column] = way
      }
      swap(&last, &current)
    }
    if rows == 0 { return WordAlignment(cost: 0, runs: [], stretch: 0..<0) }
    var end = 0
    for column in 1..<(columns + 1) where last[column] <= last[end] {
      // Of ends that cost the same, the first at which a word stands for the last of the quotation.
      let base = rows * (columns + 1)
      if last[column] < last[end] || (ways[base + end] != 1 && ways[base + column] == 1) { end = column }
    }
    return traced(ways, quoted, written, end: end, cost: Int(last[end]), ellipses)
  }

  private static func traced(
    _ ways: [UInt8], _ quoted: [Int32], _ written: [Int32], end: Int, cost: Int, _ ellipses: Set<Int>
  ) -> WordAlignment {
    var (row, column) = (quoted.count, end)
    var runs: [Run] = []
    func add(_ kind: Kind, _ quotedRange: Range<Int>, _ writtenRange: Range<Int>) {
      if let first = runs.last, first.kind == kind {
        runs[runs.count - 1] = Run(
          kind: kind, quoted: quotedRange.lowerBound..<first.quoted.upperBound,
          written: writtenRange.lowerBound..<first.written.upperBound)
      } else {
        runs.append(Run(kind: kind, quoted: quotedRange, written: writtenRange))
      }
    }
    while row > 0 {
      switch ways[row * (written.count + 1) + column] {
      case 1:
        let kind: Kind = quoted[row - 1] == written[column - 1] ? .same : .replaced
        add(kind, row - 1..<row, column - 1..<column)
        row -= 1
        column -= 1
      case 3:
        // What an ellipsis stands for is no difference.
        add(ellipses.contains(row) ? .same : .removed, row..<row, column - 1..<column)
        column -= 1
      default:
        add(.added, row - 1..<row, column..<column)
        row -= 1
      }
    }
    return WordAlignment(cost: cost, runs: runs.reversed(), stretch: column..<end)
  }

  /// Runs that differ, neighbours put together: what is to be marked.
  var differences: [Run] {
    var found: [Run] = []
    var isOpen = false
    for run in runs {
      guard run.kind != .same else {
        isOpen = false
        continue
      }
      if isOpen, let last = found.last {
        let quoted = last.quoted.lowerBound..<run.quoted.upperBound
        let written = last.written.lowerBound..<run.written.upperBound
        found[found.count - 1] = Run(
          kind: quoted.isEmpty ? .removed : written.isEmpty ? .added : .replaced, quoted: quoted, written: written)
      } else {
        found.append(run)
        isOpen = true
      }
    }
    return found
  }
}
