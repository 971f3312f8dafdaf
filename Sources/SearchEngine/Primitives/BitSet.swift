/// A set of numbers below a bound, one bit each: the records of a segment, or the items of a list in them.
///
/// Set operations are over sets of one bound. Cost: one step for 64 numbers.
struct BitSet: Hashable, Sendable {
  /// Numbers are below it.
  let bound: Int
  /// Bit `n & 63` of word `n / 64`; bits from the bound on are 0.
  var words: [UInt64]

  /// The empty set.
  init(bound: Int) {
    self.bound = max(0, bound)
    words = Array(repeating: 0, count: (max(0, bound) + 63) / 64)
  }

  /// All numbers below the bound.
  init(allBelow bound: Int) {
    self.init(bound: bound)
    for index in words.indices { words[index] = .max }
    let rest = self.bound & 63
    if rest != 0, let last = words.indices.last { words[last] = (1 << UInt64(rest)) - 1 }
  }

  var count: Int { words.reduce(0) { $0 &+ $1.nonzeroBitCount } }
  var isEmpty: Bool { !words.contains { $0 != 0 } }

  @inline(__always)
  func contains(_ number: Int) -> Bool {
    number >= 0 && number < bound && words[number &>> 6] &>> UInt64(number & 63) & 1 == 1
  }

  /// Whether any number of the range is in the set. Linear in the words that it spans.
  @inline(__always)
  func containsAny(of range: Range<Int>) -> Bool {
    var number = range.lowerBound
    while number < range.upperBound {
      if number & 63 == 0, number &+ 64 <= range.upperBound {
        if words[number &>> 6] != 0 { return true }
        number &+= 64
      } else {
        if contains(number) { return true }
        number &+= 1
      }
    }
    return false
  }

  @inline(__always)
  mutating func insert(_ number: Int) {
    if number >= 0, number < bound { words[number &>> 6] |= 1 &<< UInt64(number & 63) }
  }

  mutating func insert(_ range: Range<Int>) { for number in range { insert(number) } }

  mutating func formUnion(_ other: BitSet) {
    for index in words.indices where index < other.words.count { words[index] |= other.words[index] }
  }

  mutating func formIntersection(_ other: BitSet) {
    for index in words.indices { words[index] &= index < other.words.count ? other.words[index] : 0 }
  }

  mutating func subtract(_ other: BitSet) {
    for index in words.indices where index < other.words.count { words[index] &= ~other.words[index] }
  }

  /// Hands each number to `body`, rising.
  @inline(__always)
  func forEach<Failure: Error>(_ body: (Int) throws(Failure) -> Void) throws(Failure) {
    for index in words.indices {
      var word = words[index]
      while word != 0 {
        try body(index &<< 6 | word.trailingZeroBitCount)
        word &= word &- 1
      }
    }
  }
}
