import Storage
import Testing

@testable import SearchEngine

/// Bounds by ranges of documents, against every posting.
@Suite struct RangeBoundTests {
  /// The greatest share of the factor in each range, posting by posting.
  private static func naive(
    _ reader: SegmentReader, _ info: TermInfo, _ saturation: RangeMaxima.Saturation
  ) throws -> [Double] {
    var best = Array(repeating: 0.0, count: (Int(reader.documentCount) + 63) / 64)
    let cursor = try reader.postings(info)
    while try cursor.next() != PostingsCursor.exhausted {
      let f = Double(try cursor.frequency())
      let length = Double(try reader.lengths[cursor.document])
      let range = Int(cursor.document / 64)
      best[range] = max(best[range], f / (f + (saturation.base + saturation.slope * length)))
    }
    return best
  }

  private static func documents(_ reader: SegmentReader, _ info: TermInfo) throws -> Set<UInt32> {
    var found: Set<UInt32> = []
    let cursor = try reader.postings(info)
    while try cursor.next() != PostingsCursor.exhausted { found.insert(cursor.document) }
    return found
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
      let held = try Self.documents(reader, info)
      for document in 0..<reader.documentCount / 8 * 8 where document % 8 == 0 {
        let isThere = (document..<document + 8).contains { held.contains($0) }
        let bit = exact.eighths[Int(document / 64)] >> UInt8(document / 8 % 8) & 1
        #expect(bit == (isThere ? 1 : 0), "w\(place), eighth of \(document)")
      }
      let cursor = try reader.postings(info)
      if cursor.blockCount > 2 { tables += 1 }
      // Asked for again and again: nothing, unless the list is short; then made, then kept.
      for time in 0..<3 {
        let kept = try reader.maxima(info, cursor, base: saturation.base, slope: saturation.slope)
        #expect((kept == nil) == (time == 0 && cursor.blockCount > 2), "w\(place), time \(time)")
        guard let kept else { continue }
        #expect(expected.indices.allSatisfy { kept.values[$0] == exact.values[$0] })
      }
      let flat = RangeMaxima.Saturation(base: 0.01, slope: 0)
      let other = try #require(try reader.maxima(info, cursor, base: flat.base, slope: flat.slope))
      let shares = try Self.naive(reader, info, flat)
      #expect(shares.indices.allSatisfy { Double(other.values[$0]) >= shares[$0] * 254 }, "of another saturation")
    }
    #expect(documents < 1_000 || tables > 20)
  }

  /// Frequencies by the rank that a set of bits gives, with no document decoded, against the postings one by one.
  @Test(arguments: [UInt64(175), 176])
  func frequenciesByBits(seed: UInt64) throws {
    print("seed \(seed)")
    var random = RandomCollection(seed: seed)
    let snapshot = try Snapshot.open(try PrunedSearchTests.index(seed, documents: 9_000, commits: 1))
    let reader = try #require(snapshot.segments.first)
    let weight = try QueryWeight(
      QueryPlan(terms: [], roots: [:]), segments: [], parameters: .plain, budget: QueryBudget())
    let formula = PartFormula(weight, factor: 2, averageLength: 14)
    var asked = 0
    for place in 0..<60 {
      guard let info = try reader.dictionary.find(bytes: Array("w\(place)".utf8)) else { continue }
      let list = try RankedList(reader, info, formula)
      guard let bits = list.set?.words else { continue }
      let maxima = try RangeMaxima(
        exactly: list.cursor, reader.lengths, RangeMaxima.Saturation(base: formula.base, slope: formula.slope))
      var word = RangeWord(list, maxima)
      for _ in 0..<2 {
        let cursor = try reader.postings(info)
        let grain = [1, 3, 40, 400].randomElement(using: &random) ?? 1
        while try cursor.next() != PostingsCursor.exhausted {
          if Int.random(in: 0..<grain, using: &random) > 0 { continue }
          #expect(
            try word.frequency(in: cursor.document, bits) == cursor.frequency(), "w\(place) in \(cursor.document)")
          asked += 1
        }
        word.rewind()
      }
    }
    #expect(asked > 500)
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
      guard let maxima = try kept.maxima(info, try reader.postings(info), saturation) else { continue }
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
      var expected: [(range: Int, steps: Int)] = []
      var sums: [Double?] = []
      for range in 0..<bounds.count {
        let steps = maxima.map { $0.values[range] }
        let parts = zip(steps, formulas).map { Double($0) / 254 * $1.factor }
        // The most that words of one eighth bring, of all words where documents hold all.
        var most: Double?
        for eighth in 0..<8 {
          let there = maxima.indices.filter { maxima[$0].eighths[range] >> UInt8(eighth) & 1 == 1 }
          if there.isEmpty || (isAll && there.count < maxima.count) { continue }
          most = max(most ?? 0, there.reduce(0) { $0 + parts[$1] })
        }
        sums.append(most)
        #expect((most != nil) == (bounds[range] != nil), "range \(range)")
        guard let most, let score = bounds.score(range), let found = bounds[range] else { continue }
        let total = formulas.reduce(0) { $0 + $1.factor }
        #expect(score >= most && score <= parts.reduce(0, +) + total * 0.012, "range \(range)")
        expected.append((range, found))
      }
      let hits = [1, 10, 100][Int.random(in: 0..<3, using: &random)]
      let highest = bounds.highest(hits: hits)
      expected.sort { $0.steps != $1.steps ? $0.steps > $1.steps : $0.range < $1.range }
      #expect(highest == expected.prefix(highest.count).map(\.range).sorted())
      #expect(!highest.isEmpty || expected.isEmpty)
      // Whatever the floor, no range is passed over in which a document may reach it.
      for _ in 0..<20 {
        let score = Double.random(in: 0...(sums.compactMap { $0 }.max() ?? 1) * 1.01, using: &random)
        let limit = bounds.limit(ScoreFloor(score))
        var range = bounds.next(from: 0, limit: limit)
        var passed = 0
        while range < bounds.count {
          for skipped in passed..<range { #expect((sums[skipped] ?? -1) < score, "range \(skipped), floor \(score)") }
          passed = range + 1
          range = bounds.next(from: passed, limit: limit)
        }
        for skipped in passed..<bounds.count {
          #expect((sums[skipped] ?? -1) < score, "range \(skipped), floor \(score)")
        }
      }
    }
  }
}
