import Testing

@testable import SearchEngine

/// A walk over a dictionary gives what a filter over all its terms gives.
@Suite struct AutomatonWalkTests {
  private static func terms(_ count: Int, _ random: inout SeededGenerator) -> [[UInt8]] {
    let letters = ["a", "b", "c", "d", "é", "铅", "𐀀"]
    var terms: Set<[UInt8]> = [[0x01, 0x63, 0x61], [0x01, 0x6b, 0x30, 0x61, 0x62], [0x01, 0x6b, 0x30, 0x62]]
    while terms.count < count {
      let text = (0..<Int.random(in: 1...7, using: &random)).map { _ in letters.randomElement(using: &random) ?? "" }
      terms.insert(Array(text.joined().utf8))
    }
    return terms.sorted { $0.lexicographicallyPrecedes($1) }
  }

  private static func dictionary(_ terms: [[UInt8]]) throws -> TermDictionaryReader {
    let infos = terms.enumerated().map { number, term in
      (
        term: term,
        info: TermInfo(inlineDocument: UInt32(number), inlineFrequency: 1, positionsOffset: UInt64(number))
      )
    }
    return try TermDictionaryReader(file: TermDictionaryTests.fixture(infos).open())
  }

  private static func walked<A: ByteAutomaton>(
    _ dictionary: TermDictionaryReader, _ automaton: A, under prefix: [UInt8] = []
  ) throws -> [[UInt8]] {
    var walk = AutomatonWalk(dictionary, automaton, under: prefix)
    var found: [[UInt8]] = []
    while try walk.next() { found.append(walk.bytes) }
    return found
  }

  @Test(arguments: [1, 2] as [UInt64])
  func givesWhatAFilterGives(seed: UInt64) throws {
    var random = SeededGenerator(seed)
    let terms = Self.terms(4_000, &random)
    let dictionary = try Self.dictionary(terms)
    let words = terms.filter { $0[0] >= 0x20 }
    let patterns = [
      "a.*", ".*a", "a.b", "(ab|ba)+", "[cd]{3}.?", "d铅.*", ".", "..", "a*b*c*d*", "(a|铅)(b|𐀀).*d", "[^a]*", "x.*", "",
      "dddddddd.*", ".*𐀀",
    ]
    for pattern in patterns {
      let program = try ByteProgram(RegularExpression.parse(pattern))
      let filter = LazyAutomaton(program)
      var expected: [[UInt8]] = []
      for word in words where try filter.matches(word) { expected.append(word) }
      #expect(try Self.walked(dictionary, LazyAutomaton(program)) == expected, "/\(pattern)/ seed \(seed)")
    }
    for _ in 0..<60 {
      let word = words.randomElement(using: &random) ?? []
      for distance in 1...2 {
        let automaton = try #require(LevenshteinAutomaton(word, distance: distance))
        let expected = words.filter { EditDistance.between($0, word) <= distance }
        #expect(try Self.walked(dictionary, automaton) == expected, "\(word) within \(distance), seed \(seed)")
      }
    }
  }

  @Test func staysUnderItsPrefix() throws {
    var random = SeededGenerator(3)
    let dictionary = try Self.dictionary(Self.terms(500, &random))
    let any = LazyAutomaton(try ByteProgram(RegularExpression.parse("a.*")))
    #expect(try Self.walked(dictionary, any, under: [0x01, 0x6b, 0x30]) == [[0x01, 0x6b, 0x30, 0x61, 0x62]])
  }
}
