import Storage
import Testing

@testable import SearchEngine

/// Bounds by ranges of documents, against every posting.
@Suite struct RangeBoundTests {
  /// The greatest share of the factor in each range, posting by posting.
  private static func naive(
    _ reader: SegmentReader, _ info: TermInfo, _ saturation: RangeMaxima.Saturation
  ) throws -> [Double] {
    var best = Array(repeating: 0.0, count: (Int(reader.documentCount) + 255) / 256)
    let cursor = try reader.postings(info)
    while try cursor.next() != PostingsCursor.exhausted {
      let f = Double(try cursor.frequency())
      let length = Double(try reader.lengths[cursor.document])
      let range = Int(cursor.document / 256)
      best[range] = max(best[range], f / (f + (saturation.base + saturation.slope * length)))
    }
    return best
  }

  @Test(arguments: [(UInt64(171), 21_000), (172, 300)])
  func noPostingIsAboveItsRange(seed: UInt64, documents: Int) throws {
    print("seed \(seed)")
    let snapshot = try Snapshot.open(try PrunedSearchTests.index(seed, documents: documents, commits: 1))
    let reader = try #require(snapshot.segments.first)
    let saturation = RangeMaxima.Saturation(base: 0.3, slope: 0.9 / 14)
    var tables = 0
    for place in stride(from: 0, to: 400, by: 3) {
      guard let info = try reader.dictionary.find(bytes: Array("w\(place)".utf8)) else { continue }
      let expected = try Self.naive(reader, info, saturation)
      let exact = try RangeMaxima(exactly: try reader.postings(info), reader.lengths, saturation)
      #expect(exact.count == expected.count)
      for (range, share) in expected.enumerated() {
        let steps = Double(exact.values[range])
        #expect(share == 0 ? steps == 0 : steps >= share * 254 && steps <= share * 254 + 1, "w\(place), \(range)")
      }
      let cursor = try reader.postings(info)
      if cursor.blockCount > 1 {
        tables += 1
        let loose = RangeMaxima(byBlocks: cursor, documentCount: reader.documentCount, saturation)
        for range in expected.indices {
          #expect(loose.values[range] >= exact.values[range], "w\(place), \(range), by blocks")
        }
      }
      // Asked for again and again: from the pairs, then made, then kept.
      for _ in 0..<3 {
        let kept = try reader.maxima(info, cursor, base: saturation.base, slope: saturation.slope)
        #expect(expected.indices.allSatisfy { kept.values[$0] >= exact.values[$0] })
      }
      let other = try reader.maxima(info, cursor, base: 0.01, slope: 0)
      #expect(expected.indices.allSatisfy { other.values[$0] >= exact.values[$0] }, "of another saturation")
    }
    #expect(documents < 1_000 || tables > 20)
  }

  /// More lists than there is room for: those kept stay within it, and what is answered stays right.
  @Test func roomIsKept() throws {
    let seed: UInt64 = 173
    print("seed \(seed)")
    let snapshot = try Snapshot.open(try PrunedSearchTests.index(seed, documents: 9_000, commits: 1))
    let reader = try #require(snapshot.segments.first)
    let saturation = RangeMaxima.Saturation(base: 0.3, slope: 0.9 / 14)
    let kept = KeptMaxima(reader.lengths, room: 5)
    var random = RandomCollection(seed: seed)
    for _ in 0..<2_000 {
      let place = Int.random(in: 0..<60, using: &random)
      guard let info = try reader.dictionary.find(bytes: Array("w\(place)".utf8)) else { continue }
      let maxima = try kept.maxima(info, try reader.postings(info), saturation)
      let expected = try Self.naive(reader, info, saturation)
      #expect(expected.indices.allSatisfy { Double(maxima.values[$0]) >= expected[$0] * 254 }, "w\(place)")
      #expect(kept.count <= 5)
    }
    #expect(kept.count > 0)
  }

  /// The highest ranges are those of a sort, and the sums are above the parts that `Double` adds up.
  @Test func highestAndSums() throws {
    let seed: UInt64 = 174
    print("seed \(seed)")
    var random = RandomCollection(seed: seed)
    let snapshot = try Snapshot.open(try PrunedSearchTests.index(seed, documents: 30_000, commits: 1))
    let reader = try #require(snapshot.segments.first)
    for _ in 0..<60 {
      var maxima: [RangeMaxima] = []
      var formulas: [PartFormula] = []
      let weight = try QueryWeight(
        QueryPlan(terms: [], roots: [:]), segments: [], parameters: .plain, budget: QueryBudget())
      for _ in 0..<Int.random(in: 1...5, using: &random) {
        let word = "w\(Int.random(in: 0..<200, using: &random))"
        guard let info = try reader.dictionary.find(bytes: Array(word.utf8)) else { continue }
        let formula = PartFormula(weight, factor: Double.random(in: 0.01...9, using: &random), averageLength: 14)
        maxima.append(
          try RangeMaxima(
            exactly: try reader.postings(info), reader.lengths,
            RangeMaxima.Saturation(base: formula.base, slope: formula.slope)))
        formulas.append(formula)
      }
      guard !maxima.isEmpty else { continue }
      let isAll = Bool.random(using: &random)
      let bounds = RangeBounds(sumOf: maxima, formulas, isAll: isAll)
      var expected: [(range: Int, sum: Double)] = []
      for range in 0..<bounds.count {
        let steps = maxima.map { $0.values[range] }
        let matches = isAll ? steps.allSatisfy { $0 > 0 } : steps.contains { $0 > 0 }
        #expect(matches == (bounds[range] > -.infinity), "range \(range)")
        if !matches { continue }
        let sum = zip(steps, formulas).reduce(0.0) { $0 + Double($1.0) / 254 * $1.1.factor }
        #expect(Double(bounds[range]) >= sum && Double(bounds[range]) <= sum * 1.0001)
        expected.append((range, Double(bounds[range])))
      }
      let hits = [1, 10, 100][Int.random(in: 0..<3, using: &random)]
      let highest = bounds.highest(hits: hits)
      expected.sort { $0.sum != $1.sum ? $0.sum > $1.sum : $0.range < $1.range }
      #expect(highest == expected.prefix(highest.count).map(\.range).sorted())
      #expect(!highest.isEmpty || expected.isEmpty)
    }
  }
}
