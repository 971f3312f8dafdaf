import QueryLanguage

/// SplitMix64 (Steele, Lea, Flood 2014): small, seeded, the same everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Random trees of every form, within the invariants that ``QuerySyntax`` states.
struct RandomTrees {
  var random: SeededGenerator

  /// Texts that are awkward on purpose: operators, signs, quotes, marks, codes, scripts.
  static let texts = [
    "lead", "toys", "formaldehyde", "furniture", "a", "Z", "AND", "OR", "NOT", "NEAR", "NEAR/5", "near/3", "SAME",
    "PARA",
    "TO", "w/5", "/s", "/p", "&&", "||", "|", "ADJ4", "ONEAR10", "XK16-204-00123", "GB/T", "5296.5-2006", "GB",
    "6675-2014",
    "23-1732", "No.", "№", "100%", "100%s", "%lead", "lead%", "%", "50%off", "第3段", "¶3", "具", "毛绒玩具", "GB标准", "ＧＢ６６７５",
    "a:b", "10:30", "http://a.b/c", "EN71-3:2013", "name:", ":x", "has", "by", "violation", "product", "since:2007",
    "date",
    "+a", "-a", "=a", "!a", "~a", "^a", "a^2", "a~1", "a~", "a*", "*", "?", "a?b", "(a)", "a)b", "\"", "a\"b", "“a”",
    "‘a’",
    "'a b'", "it's", "「a」", "《法》", "a b", "a\u{A0}b", "a\u{3000}b", "a，b", "a,", "a;", "a,b", "（a）", "：", "a：b",
    "2007-Q3",
    "2007..2008", "a..b", "...", "\\", "a\\", "\\a", "/re/", "/", "[a", "{b}", "<c", "a>=b", "a<b", "≥5", "C++", "A&B",
    "ＡＮＤ",
    "é", "e\u{301}", "🧸", "\u{200B}x", "\u{FEFF}", "𠮷野", "last:9d", "fox-it", "--x", "SAME PARA", "~~", "^", "a^b",
    "2^2^2",
  ]

  mutating func text() -> String { Self.texts.randomElement(using: &random) ?? "a" }

  mutating func phrase() -> String {
    let words = (0..<Int.random(in: 1...4, using: &random)).map { _ in text() }
    // White space in a phrase is single spaces between words.
    return words.joined(separator: " ").split(whereSeparator: {
      $0.isWhitespace || $0 == "\u{200B}" || $0 == "\u{FEFF}"
    })
    .joined(separator: " ")
  }

  static let names = ["province", "text", "severity", "产品", "legal-form", "x.y", "a_b", "batch2"]
  static let kinds = ["inspection", "enterprise", "directive", "inspektion"]

  mutating func name() -> QuerySyntax.Name { .init(Self.names.randomElement(using: &random) ?? "text") }

  mutating func date() -> QueryDate {
    let year = Int.random(in: 1...9999, using: &random)
    let month = Int.random(in: 1...12, using: &random)
    let spelled = String(repeating: "0", count: 4 - String(year).count) + String(year)
    let choices = [spelled, "\(spelled)-Q\((month - 1) / 3 + 1)", "\(spelled)-\(month)", "\(spelled)-\(month)-28"]
    let text = choices.randomElement(using: &random) ?? "2007"
    guard let date = try? QueryDate.parse(text) else { preconditionFailure("\(text) is a date") }
    return date
  }

  mutating func bound() -> QuerySyntax.Bound {
    let choices = ["5", "2.50", "serious", "a b", "TO", "to", "x]y", "2007-03", "a\"b", "10:30", "广东", ">", "a\\"]
    return .init(choices.randomElement(using: &random) ?? "5", isInclusive: Bool.random(using: &random))
  }

  mutating func pattern() -> String {
    let parts = ["a", "lead", "*", "?", "\\*", "\\?", "\\\\", "-", "玩", ":"]
    while true {
      var result = ""
      for _ in 0..<Int.random(in: 2...6, using: &random) {
        let part = parts.randomElement(using: &random) ?? "a"
        if !(part == "*" && result.hasSuffix("*")) { result += part }
      }
      // A pattern that is nothing but stars, or a text and one star, has a form of its own; so has a plain word.
      let marks = operators(in: result)
      if marks.isEmpty || (marks == ["*"] && result.hasSuffix("*")) { continue }
      return result
    }
  }

  /// The operators of a pattern in order.
  private func operators(in pattern: String) -> [Character] {
    var marks: [Character] = []
    var isEscaped = false
    for character in pattern {
      if isEscaped {
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if "*?".contains(character) {
        marks.append(character)
      }
    }
    return marks
  }

  mutating func leaf() -> QuerySyntax {
    switch Int.random(in: 0..<12, using: &random) {
    case 0...3: return QuerySyntax(.word(text()))
    case 4: return QuerySyntax(.exact(text()))
    case 5:
      let phrase = phrase()
      return QuerySyntax(phrase.isEmpty ? .everything : .phrase(phrase))
    case 6: return QuerySyntax(.prefix(text()))
    case 7: return QuerySyntax(.wildcard(pattern()))
    case 8:
      let patterns = ["le?ad", "a/b", "(x|y)+", "[a-z]{2,3}", "\\d+", "a b", "\\\\", "\\\"", "^x$", "\\."]
      return QuerySyntax(.regularExpression(patterns.randomElement(using: &random) ?? "a"))
    case 9: return QuerySyntax(.fuzzy(text(), distance: Int.random(in: 1...2, using: &random)))
    case 10:
      var (lower, upper) = (Optional(bound()), Optional(bound()))
      if Bool.random(using: &random) { if Bool.random(using: &random) { lower = nil } else { upper = nil } }
      if let from = lower.flatMap({ Double($0.value) }), let to = upper.flatMap({ Double($0.value) }), from > to {
        upper = nil
      }
      return QuerySyntax(.range(name(), lower: lower, upper: upper))
    default:
      var (from, to) = (Optional(date()), Optional(date()))
      if let first = from, let last = to, first.firstDay > last.lastDay { (from, to) = (last, first) }
      switch Int.random(in: 0..<4, using: &random) {
      case 0: from = nil
      case 1: to = nil
      case 2: to = from
      default: break
      }
      return QuerySyntax(.date(DateSpan(from: from, to: to)))
    }
  }

  mutating func children(_ depth: Int) -> [QuerySyntax] {
    (0..<Int.random(in: 2...4, using: &random)).map { _ in tree(depth - 1) }
  }

  mutating func tree(_ depth: Int) -> QuerySyntax {
    guard depth > 0, Int.random(in: 0..<5, using: &random) > 0 else { return leaf() }
    let factors = [0.01, 0.5, 1, 2, 2.5, 10, 100, 0.1 + 0.2, 33.333]
    switch Int.random(in: 0..<14, using: &random) {
    case 0...2: return QuerySyntax(.flat(children(depth)))
    case 3: return QuerySyntax(.and(children(depth)))
    case 4: return QuerySyntax(.or(children(depth)))
    case 5: return QuerySyntax(.not(tree(depth - 1)))
    case 6: return QuerySyntax(.required(tree(depth - 1)))
    case 7: return QuerySyntax(.excluded(tree(depth - 1)))
    case 8: return QuerySyntax(.boost(tree(depth - 1), factor: factors.randomElement(using: &random) ?? 2))
    case 9:
      let distance = Int.random(in: 1...1000, using: &random)
      return QuerySyntax(.near(children(depth), distance: distance, ordered: Bool.random(using: &random)))
    case 10: return QuerySyntax(.same(Bool.random(using: &random) ? .sentence : .paragraph, tree(depth - 1)))
    case 11: return QuerySyntax(.unit(Bool.random(using: &random) ? "violation" : "product", tree(depth - 1)))
    case 12: return QuerySyntax(.field(name(), tree(depth - 1)))
    default:
      let inner = Bool.random(using: &random) ? tree(depth - 1) : nil
      let kind = QuerySyntax.Name(Self.kinds.randomElement(using: &random) ?? "inspection")
      return QuerySyntax(Bool.random(using: &random) ? .has(kind, inner) : .by(kind, inner))
    }
  }
}
