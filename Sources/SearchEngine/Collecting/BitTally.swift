/// Counts, bit by bit, in how many rows it is set.
///
/// Rows are added sixteen at a time by carry-save adders, as bits that stand for 1, 2, 4 and 8 rows; what stands for 16 is
/// counted out (Klarqvist, Muła and Lemire, "Efficient Computation of Positional Population Counts Using SIMD Instructions",
/// 2021, section 4). Cost: some five operations on a row, and one for each bit that is set in a sixteenth of them.
struct BitTally<Row: SIMD> where Row.Scalar == UInt64 {
  private var ones = Row.zero
  private var twos = Row.zero
  private var fours = Row.zero
  private var eights = Row.zero
  /// Waiting for another of their weight; which of them do are the low bits of ``rows``.
  private var one = Row.zero
  private var two = Row.zero
  private var four = Row.zero
  private var eight = Row.zero
  private var rows = 0
  /// By bit: rows counted out.
  private var sums = [Int](repeating: 0, count: Row.scalarCount * 64)

  init() {}

  @inline(__always)
  mutating func add(_ row: Row) {
    let before = rows
    rows &+= 1
    if before & 1 == 0 { return one = row }
    var carry = Self.add(one, row, to: &ones)
    if before & 2 == 0 { return two = carry }
    carry = Self.add(two, carry, to: &twos)
    if before & 4 == 0 { return four = carry }
    carry = Self.add(four, carry, to: &fours)
    if before & 8 == 0 { return eight = carry }
    count(Self.add(eight, carry, to: &eights), 16)
  }

  /// By bit, in how many of the rows added it is set.
  var counts: [Int] {
    var whole = self
    for (row, weight) in [(ones, 1), (twos, 2), (fours, 4), (eights, 8)] { whole.count(row, weight) }
    for (row, weight) in [(one, 1), (two, 2), (four, 4), (eight, 8)] where rows & weight != 0 {
      whole.count(row, weight)
    }
    return whole.sums
  }

  /// Adds two rows to a third; returns what is carried over.
  @inline(__always)
  private static func add(_ first: Row, _ second: Row, to sum: inout Row) -> Row {
    let half = sum ^ first
    let carry = (sum & first) | (half & second)
    sum = half ^ second
    return carry
  }

  @inline(never)
  private mutating func count(_ row: Row, _ weight: Int) {
    for index in 0..<Row.scalarCount {
      var word = row[index]
      while word != 0 {
        sums[index &* 64 &+ word.trailingZeroBitCount] &+= weight
        word &= word &- 1
      }
    }
  }
}
