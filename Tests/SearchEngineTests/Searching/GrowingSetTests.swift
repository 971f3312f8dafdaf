import Testing

@testable import SearchEngine

/// A set that grows says at any time what the matcher behind it says.
@Suite struct GrowingSetTests {
  /// Matches the documents of a set, and counts how many candidates it was asked about.
  private final class SetMatcher: Matcher {
    private let kept: KeptSet
    private(set) var asked = 0

    init(_ set: BitSet) { kept = KeptSet(set) }

    override var cost: Int { kept.count }

    override func nextWindow(from window: Int) throws(IndexError) -> Int { kept.nextWindow(from: window) }

    override func fill(_ window: Int, _ candidates: WindowBits, _ result: WindowBits) throws(IndexError) {
      asked += candidates.count
      kept.set.copy(window, to: result)
      result.formIntersection(candidates)
    }
  }

  private static func matches(
    _ matcher: Matcher, among candidates: BitSet
  ) throws -> BitSet {
    var found = BitSet(bound: candidates.bound)
    let (asked, matched) = (WindowBuffer(), WindowBuffer())
    var window = try matcher.nextWindow(from: 0)
    while window != Matcher.exhausted {
      candidates.copy(window, to: asked.bits)
      // As a search does: windows without a candidate are not filled.
      if !asked.bits.isEmpty {
        try matcher.fill(window, asked.bits, matched.bits)
        found.insert(window, matched.bits)
      }
      window = try matcher.nextWindow(from: window + 1)
    }
    return found
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func agreesWithItsMatcher(seed: UInt64) throws {
    var random = SeededGenerator(seed)
    for count in [1, 63, 4_096, 4_097, 30_011] {
      var set = BitSet(bound: count)
      // Whole windows without a document among them.
      for number in 0..<count where number / 4_096 % 3 != 1 && Int.random(in: 0..<9, using: &random) == 0 {
        set.insert(number)
      }
      let growing = GrowingSet(documentCount: UInt32(count))
      for round in 0..<40 {
        var candidates = BitSet(bound: count)
        let part = Int.random(in: 1...20, using: &random)
        for number in 0..<count where Int.random(in: 0..<part, using: &random) == 0 { candidates.insert(number) }
        let work = GrowingSetMatcher.Work([0, 1, 500, .max].randomElement(using: &random) ?? 0)
        let inner = SetMatcher(set)
        let matcher = GrowingSetMatcher(inner, growing, work, leaf: nil, documentCount: UInt32(count))
        var expected = set
        for word in expected.words.indices { expected.words[word] &= candidates.words[word] }
        #expect(try Self.matches(matcher, among: candidates) == expected, "seed \(seed), \(count), round \(round)")
        if growing.whole != nil { #expect(inner.asked == 0 || round == 0 || growing.whole == set) }
      }
      var all = BitSet(allBelow: count)
      let last = GrowingSetMatcher(
        SetMatcher(set), growing, .init(.max), leaf: nil, documentCount: UInt32(count))
      #expect(try Self.matches(last, among: all) == set)
      let whole = try #require(growing.whole, "seed \(seed), \(count)")
      #expect(whole == set)
      // What is whole is only read.
      all = BitSet(allBelow: count)
      let reading = SetMatcher(set)
      _ = try Self.matches(
        GrowingSetMatcher(reading, growing, .init(0), leaf: nil, documentCount: UInt32(count)), among: all)
      #expect(reading.asked == 0)
    }
  }

  @Test func isHandedOutUntilItIsWhole() throws {
    let sets = KeptSets()
    guard case .first = sets.answer([1], documentCount: 5_000) else { Issue.record("asked once"); return }
    guard case .growing(let growing) = sets.answer([1], documentCount: 5_000) else {
      Issue.record("asked again")
      return
    }
    guard case .growing(let shared) = sets.answer([2], documentCount: 5_000, isShared: true) else {
      Issue.record("shared")
      return
    }
    #expect(shared !== growing)
    growing.keepEmpty(0..<1)
    guard case .growing(let same) = sets.answer([1], documentCount: 5_000) else { Issue.record("half"); return }
    #expect(same === growing)
    var words = [UInt64](repeating: 0, count: 64)
    words[0] = 5
    growing.keep(1, words)
    guard case .set(let whole) = sets.answer([1], documentCount: 5_000) else { Issue.record("whole"); return }
    #expect(whole.count == 2 && whole.set.contains(4_096) && whole.set.contains(4_098))
  }
}
