import Testing

@testable import SearchEngine

@Suite struct AutomatonTests {
  private static let letters = Array("abcé中".unicodeScalars)

  private static func text(_ longest: Int, _ random: inout SeededGenerator) -> String {
    var view = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...longest, using: &random) {
      view.append(letters.randomElement(using: &random) ?? "a")
    }
    return String(view)
  }

  /// A random pattern of folded characters.
  private static func pattern(_ depth: Int, _ random: inout SeededGenerator) -> String {
    let repeats = ["", "", "", "*", "+", "?", "{2}", "{1,3}", "{0,2}", "{1,}"]
    return (0..<Int.random(in: 1...3, using: &random)).map { _ -> String in
      let atom: String
      switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &random) {
      case 0, 1, 2: atom = String(letters.randomElement(using: &random) ?? "a")
      case 3: atom = "."
      case 4: atom = ["[ab]", "[a-c]", "[b-d]", "[a中]"].randomElement(using: &random) ?? ""
      case 5: atom = ["[^a]", "[^b-d]", "[^中c]"].randomElement(using: &random) ?? ""
      default: atom = "(" + pattern(depth - 1, &random) + "|" + pattern(depth - 1, &random) + ")"
      }
      return atom + (repeats.randomElement(using: &random) ?? "")
    }.joined()
  }

  private static func automaton(_ pattern: String) throws -> LazyAutomaton {
    LazyAutomaton(try ByteProgram(RegularExpression.parse(pattern)))
  }

  /// Folding takes marks off, so the tree is made without it: letters of the patterns stand as they are in the classes.
  @Test(arguments: [1, 2, 3] as [UInt64])
  func regularExpressionsAgreeWithBacktracking(seed: UInt64) throws {
    var random = SeededGenerator(seed)
    var accepted = 0
    for _ in 0..<300 {
      let pattern = Self.pattern(2, &random).replacing("é", with: "ф")
      let automaton = try Self.automaton(pattern)
      let reference = BacktrackingMatcher(pattern)
      for _ in 0..<30 {
        let text = Self.text(6, &random).replacing("é", with: "ф")
        let expected = reference.matches(text)
        accepted += expected ? 1 : 0
        #expect(try automaton.matches(Array(text.utf8)) == expected, "/\(pattern)/ on '\(text)', seed \(seed)")
      }
    }
    #expect(accepted > 500)
  }

  @Test(
    arguments: [
      ("lead", "lead", true), ("LEAD", "lead", true), ("[A-Z]+", "lead", true), ("l.*d", "ld", true),
      ("^lead$", "lead", true),
      ("le", "lead", false), ("(lead|zinc)s?", "zincs", true), ("\\d{4}", "2007", true), ("\\d{4}", "207", false),
      ("\\w+", "铅", true), ("a\\.b", "a.b", true), ("a\\.b", "axb", false), ("[^铅]", "铅", false), ("Ａ+", "aaa", true),
      ("É", "e", true), ("[]a]", "]", true), ("[a-]", "-", true), ("a*?b", "aab", true), ("", "", true),
      ("()", "", true),
      ("[^\\d]", "5", false), ("鉛", "铅", true),
    ] as [(String, String, Bool)])
  func regularExpressionCases(_ pattern: String, _ text: String, _ expected: Bool) throws {
    #expect(try Self.automaton(pattern).matches(Array(text.utf8)) == expected)
  }

  @Test(arguments: [
    ("(a", AutomatonError.Code.syntax), ("a)", .syntax), ("*a", .syntax), ("a**", .syntax), ("[a", .syntax),
    ("a{", .syntax),
    ("a{3,2}", .syntax), ("[b-a]", .syntax), ("a\\", .syntax), ("a$b", .syntax), ("\\1", .notSupported),
    ("(?=a)", .notSupported), ("a{101}", .repeatTooLarge), ("[ab]{1000}{1000}", .repeatTooLarge),
    (String(repeating: "(", count: 33) + "a" + String(repeating: ")", count: 33), .nestingTooDeep),
    (String(repeating: "a", count: 257), .patternTooLong), ("((a{100}){100}){100}", .tooManyStates),
    ("(((((|){100}){100}){100}){100}){100}", .tooManyStates), ("(.{90}|.{91}|.{92}){100}", .tooManyStates),
  ])
  func refusesWithTypedErrors(_ pattern: String, _ code: AutomatonError.Code) {
    let error = #expect(throws: AutomatonError.self) { try Self.automaton(pattern) }
    #expect(error?.code == code)
  }

  @Test func patternsThatBlowUpStopAtTheLimit() throws {
    // The classic: the deterministic form has two to the power of 41 states.
    let automaton = try Self.automaton(".*a.{40}b")
    var random = SeededGenerator(5)
    let text = (0..<200_000).map { _ in UInt8.random(in: 97...98, using: &random) }
    let error = #expect(throws: AutomatonError.self) { try automaton.matches(text) }
    #expect(error?.code == .tooManyStates)
  }

  @Test func wildcardsAgreeWithBacktracking() throws {
    let seed: UInt64 = 7
    var random = SeededGenerator(seed)
    for _ in 0..<500 {
      var wildcard = ""
      var pattern = ""
      for _ in 0..<Int.random(in: 1...5, using: &random) {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: (wildcard, pattern) = (wildcard + "*", pattern + ".*")
        case 1: (wildcard, pattern) = (wildcard + "?", pattern + ".")
        default:
          let letter = String(["a", "b", "中"].randomElement(using: &random) ?? "a")
          (wildcard, pattern) = (wildcard + letter, pattern + letter)
        }
      }
      let automaton = LazyAutomaton(
        try ByteProgram(WildcardPattern.parse(wildcard, allowsLeadingStar: true)))
      for _ in 0..<20 {
        let text = Self.text(6, &random)
        #expect(
          try automaton.matches(Array(text.utf8)) == BacktrackingMatcher(pattern).matches(text),
          "\(wildcard) on '\(text)', seed \(seed)")
      }
    }
  }

  @Test func wildcardsEscapeAndRefuse() throws {
    let star = LazyAutomaton(try ByteProgram(WildcardPattern.parse("a\\*", allowsLeadingStar: false)))
    #expect(try star.matches("a*".utf8))
    #expect(try !star.matches("ab".utf8))
    for text in ["*ing", "?*ing", "*"] {
      #expect(throws: AutomatonError.self) { try WildcardPattern.parse(text, allowsLeadingStar: false) }
    }
    #expect(throws: AutomatonError.self) {
      try WildcardPattern.parse(String(repeating: "?", count: 1_000), allowsLeadingStar: true)
    }
  }

  /// All texts that one edit makes of a text; two edits by doing it twice. Exchanged neighbours are not edited again.
  private static func bruteDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
    var best = bruteDistance(Array(left.dropLast()), Array(right.dropLast())) + (left.last == right.last ? 0 : 1)
    best = min(best, bruteDistance(Array(left.dropLast()), right) + 1)
    best = min(best, bruteDistance(left, Array(right.dropLast())) + 1)
    if left.count > 1, right.count > 1, left.last == right[right.count - 2], right.last == left[left.count - 2] {
      best = min(best, bruteDistance(Array(left.dropLast(2)), Array(right.dropLast(2))) + 1)
    }
    return best
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func levenshteinAgreesWithBruteForce(seed: UInt64) throws {
    var random = SeededGenerator(seed)
    var accepted = 0
    for _ in 0..<1_500 {
      let word = Self.text(5, &random)
      let text = Self.text(5, &random)
      let distance = Self.bruteDistance(Array(word.unicodeScalars), Array(text.unicodeScalars))
      #expect(EditDistance.between(Array(word.utf8), Array(text.utf8)) == distance)
      for allowed in 1...2 where !word.isEmpty {
        let automaton = try #require(LevenshteinAutomaton(word.utf8, distance: allowed))
        var state: LevenshteinAutomaton.State? = automaton.start
        for byte in text.utf8 { state = state.flatMap { automaton.next($0, byte) } }
        let isAccepted = state.map { automaton.isAccepting($0) } ?? false
        accepted += isAccepted ? 1 : 0
        #expect(isAccepted == (distance <= allowed), "'\(word)' to '\(text)' within \(allowed), seed \(seed)")
      }
    }
    #expect(accepted > 200)
  }

  @Test func levenshteinTakesWordsOfUpTo63Characters() throws {
    let long = String(repeating: "ab", count: 31) + "c"
    let automaton = try #require(LevenshteinAutomaton(long.utf8, distance: 2))
    var state: LevenshteinAutomaton.State? = automaton.start
    for byte in (long + "xy").utf8 { state = state.flatMap { automaton.next($0, byte) } }
    #expect(state.map { automaton.isAccepting($0) } == true)
    #expect(LevenshteinAutomaton((long + "d").utf8, distance: 2) == nil)
    #expect(LevenshteinAutomaton("".utf8, distance: 1) == nil)
    #expect(LevenshteinAutomaton("abc".utf8, distance: 3) == nil)
  }
}
