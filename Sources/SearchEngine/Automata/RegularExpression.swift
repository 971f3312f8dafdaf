import TextAnalysis

/// Reads regular expressions: literals, `.`, classes, groups, `|`, `*` `+` `?` `{m,n}`. An expression stands for whole
/// terms, so `^` in front and `$` at the end say nothing new. What is written is folded as terms are. No back-references,
/// no look-around: what is left runs in linear time.
struct RegularExpression {
  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var depth = 0

  /// The tree of `pattern`. Throws what is wrong with it and where. Cost: linear.
  static func parse(_ pattern: String) throws(AutomatonError) -> PatternSyntax {
    let scalars = Array(pattern.unicodeScalars)
    guard scalars.count <= AutomatonLimits.patternCharacters else {
      throw AutomatonError(
        .patternTooLong, "a pattern has at most \(AutomatonLimits.patternCharacters) characters, found \(scalars.count)"
      )
    }
    var parser = RegularExpression(scalars)
    if parser.current == "^" { parser.position += 1 }
    let syntax = try parser.alternatives()
    if parser.current == "$", parser.position + 1 == scalars.count { parser.position += 1 }
    guard parser.position == scalars.count else {
      if parser.current == ")" { throw parser.error("a ) that closes nothing", hint: "write \\) for the character") }
      throw parser.error("'\(parser.scalars[parser.position])' where a pattern goes on")
    }
    return syntax
  }

  private init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

  private var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private func error(
    _ found: String, _ code: AutomatonError.Code = .syntax, at offset: Int? = nil, hint: String = ""
  ) -> AutomatonError {
    AutomatonError(code, "the regular expression has \(found)", at: offset ?? position, hint: hint)
  }

  private mutating func alternatives() throws(AutomatonError) -> PatternSyntax {
    var parts = [try sequence()]
    while current == "|" {
      position += 1
      parts.append(try sequence())
    }
    return parts.count == 1 ? parts[0] : .alternatives(parts)
  }

  private mutating func sequence() throws(AutomatonError) -> PatternSyntax {
    var parts: [PatternSyntax] = []
    while let scalar = current, scalar != "|", scalar != ")" {
      if scalar == "$", position + 1 == scalars.count, depth == 0 { break }
      parts.append(try repeats(of: try atom(scalar)))
    }
    return parts.isEmpty ? .empty : .sequence(parts)
  }

  private mutating func repeats(of part: PatternSyntax) throws(AutomatonError) -> PatternSyntax {
    let bounds: (Int, Int?)
    switch current {
    case "*": bounds = (0, nil)
    case "+": bounds = (1, nil)
    case "?": bounds = (0, 1)
    case "{":
      bounds = try braces()
      position -= 1
    default: return part
    }
    position += 1
    // Whole terms are matched: taking little or much makes no difference.
    if current == "?" { position += 1 }
    switch current {
    case "*", "+", "?", "{": throw error("a repetition of a repetition", hint: "put the inner one in parentheses")
    default: break
    }
    if part == .empty || bounds.1 == 0 { return .empty }
    return .repeated(part, minimum: bounds.0, maximum: bounds.1)
  }

  /// `{m}`, `{m,}`, `{,n}` or `{m,n}`; afterwards the position is behind the brace.
  private mutating func braces() throws(AutomatonError) -> (Int, Int?) {
    let from = position
    position += 1
    let minimum = try number()
    var maximum = minimum
    if current == "," {
      position += 1
      maximum = try number()
      if minimum == nil, maximum == nil { throw error("braces without a number", at: from, hint: "write {2,5}") }
    } else if minimum == nil {
      throw error("braces without a number", at: from, hint: "write {2}, {2,} or {2,5}, or \\{ for the character")
    }
    guard current == "}" else { throw error("an open brace", at: from, hint: "write {2,5}, or \\{ for the character") }
    position += 1
    if let minimum, let maximum, maximum < minimum { throw error("braces whose end is before their start", at: from) }
    return (minimum ?? 0, maximum)
  }

  private mutating func number() throws(AutomatonError) -> Int? {
    var value: Int?
    while let digit = current, digit.value >= 0x30, digit.value <= 0x39 {
      let next = (value ?? 0) * 10 + Int(digit.value - 0x30)
      guard next <= AutomatonLimits.repeats else {
        throw error("a repetition of more than \(AutomatonLimits.repeats)", .repeatTooLarge)
      }
      value = next
      position += 1
    }
    return value
  }

  private mutating func atom(_ scalar: Unicode.Scalar) throws(AutomatonError) -> PatternSyntax {
    switch scalar {
    case "(": return try group()
    case "[":
      var reader = CharacterClassReader(scalars, at: position)
      let set = try reader.read()
      position = reader.position
      return .scalars(set)
    case ".":
      position += 1
      return .scalars(.any)
    case "*", "+", "?", "{":
      throw error("a repetition of nothing", hint: "write \\\(scalar) for the character")
    case "^", "$":
      throw error("'\(scalar)' inside: words are matched whole", hint: "write \\\(scalar) for the character")
    case "\\":
      let escape = try CharacterClassReader.escape(scalars, &position)
      if let set = escape.set { return .scalars(set) }
      return .literal(Folding.folded(String(escape.scalar)))
    default:
      position += 1
      return .literal(Folding.folded(String(scalar)))
    }
  }

  private mutating func group() throws(AutomatonError) -> PatternSyntax {
    let from = position
    position += 1
    if current == "?" {
      guard position + 1 < scalars.count, scalars[position + 1] == ":" else {
        throw error("a group with ?", .notSupported, hint: "only (…) and (?:…) are known")
      }
      position += 2
    }
    depth += 1
    guard depth <= AutomatonLimits.nesting else {
      throw error("groups nested more than \(AutomatonLimits.nesting) deep", .nestingTooDeep)
    }
    let inner = try alternatives()
    depth -= 1
    guard current == ")" else {
      throw error("an open group", at: from, hint: "close it, or write \\( for the character")
    }
    position += 1
    return inner
  }
}
