/// What a document of each range of 256 may score at most, as `Float`, rounded up; minus infinity where none can match.
struct RangeBounds: ~Copyable {
  /// SAFETY: ``count`` of them, allocated and written in the initialisers, freed in `deinit`.
  private let bounds: UnsafeMutablePointer<Float>
  let count: Int

  /// What roundings of `Float` in a sum of ``mostWords`` cannot eat up: 2^-24 of the sum each.
  private static let slack = 1 + 0x1p-18
  static let mostWords = 32
  /// Sums of factors that `Float` holds with all its digits, parts of 1/254 of them included.
  private static let factors = 1e-20...1e20

  /// Ranges looked at before the others: hits kept, by this many a range, and a few more.
  private static let hitsPerRange = 16
  private static let fewest = 8
  private static let most = 64

  /// Whether the bounds of these words can be added up here.
  static func holds(_ formulas: some Sequence<PartFormula>) -> Bool {
    var count = 0
    var sum = 0.0
    for formula in formulas {
      count += 1
      sum += formula.factor
    }
    return count <= mostWords && factors.contains(sum)
  }

  /// The sums over the words. `isAll`: documents hold all of them.
  /// - Precondition: there are words, their maxima are of one segment, and ``holds(_:)``.
  init(sumOf maxima: [RangeMaxima], _ formulas: [PartFormula], isAll: Bool) {
    precondition(!maxima.isEmpty && maxima.count == formulas.count)
    count = maxima.map(\.count).min() ?? 0
    bounds = .allocate(capacity: max(1, count))
    // Parts are rounded to a grid, upwards by half a step at most.
    bounds.initialize(repeating: Float(formulas[0].grid.step) * Float(maxima.count), count: max(1, count))
    for (maxima, formula) in zip(maxima, formulas) {
      let step = Float(formula.factor / RangeMaxima.steps * Self.slack)
      let values = maxima.values
      if isAll {
        for range in 0..<count {
          let steps = values[range]
          let sum = bounds[range] + Float(steps) * step
          bounds[range] = steps == 0 ? -.infinity : sum
        }
      } else {
        for range in 0..<count { bounds[range] += Float(values[range]) * step }
      }
    }
    if !isAll {
      // Less than one step of any word: none stands there.
      let least = formulas.reduce(Float.infinity) { min($0, Float($1.factor / RangeMaxima.steps)) }
      for range in 0..<count where bounds[range] < least { bounds[range] = -.infinity }
    }
  }

  /// Nothing is known of `count` ranges.
  init(unknown count: Int) {
    precondition(count >= 0)
    self.count = count
    bounds = .allocate(capacity: max(1, count))
    bounds.initialize(repeating: .infinity, count: max(1, count))
  }

  deinit { bounds.deallocate() }

  /// The bound of the range that a document lies in.
  /// - Precondition: the document is one of the segment's; decoded blocks hold no others.
  @inline(__always)
  func bound(of document: UInt32) -> Float {
    let range = Int(document &>> RangeMaxima.shift)
    // SAFETY: documents are below the segment's number of documents, so their ranges are below ``count``.
    assert(range < count)
    return bounds[range]
  }

  /// The greatest number that no bound worth looking at is below.
  static func limit(_ floor: ScoreFloor) -> Float {
    let near = Float(floor.score)
    return max(-.greatestFiniteMagnitude, Double(near) > floor.score ? near.nextDown : near)
  }

  /// The first range at or after `range` whose bound is not below `limit`; ``count`` when there is none.
  @inline(__always)
  func next(from range: Int, limit: Float) -> Int {
    var range = range
    while range < count, bounds[range] < limit { range &+= 1 }
    return range
  }

  /// - Precondition: `range` is below ``count``.
  subscript(range: Int) -> Float {
    precondition(range >= 0 && range < count)
    return bounds[range]
  }

  /// A range has been looked at.
  mutating func remove(_ range: Int) {
    precondition(range >= 0 && range < count)
    bounds[range] = -.infinity
  }

  /// The ranges with the highest bounds, rising, for so many hits. Cost: linear, and in the number chosen.
  func highest(hits: Int) -> [Int] {
    let wanted = min(Self.most, Self.fewest + hits / Self.hitsPerRange, count)
    guard wanted > 0 else { return [] }
    var kept: [Int] = []
    kept.reserveCapacity(wanted + 1)
    var range = next(from: 0, limit: -.greatestFiniteMagnitude)
    while range < count {
      if kept.count == wanted { kept.removeLast() }
      var place = kept.count
      while place > 0, bounds[kept[place - 1]] < bounds[range] { place -= 1 }
      kept.insert(range, at: place)
      let least = kept.count == wanted ? bounds[kept[wanted - 1]].nextUp : -.greatestFiniteMagnitude
      range = next(from: range + 1, limit: least)
    }
    return kept.sorted()
  }
}
