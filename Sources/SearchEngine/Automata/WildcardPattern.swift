import TextAnalysis

/// Reads patterns in which `?` is one character and `*` any number of them.
enum WildcardPattern {
  /// The tree of `text`; `\` takes the next character as it is. Characters are folded as those of terms are.
  /// Throws `patternTooLong`; `syntax` for a pattern that begins with `*`, unless that is allowed: it reads the whole
  /// dictionary.
  static func parse(_ text: String, allowsLeadingStar: Bool) throws(AutomatonError) -> PatternSyntax {
    guard text.unicodeScalars.count <= AutomatonLimits.patternCharacters else {
      throw AutomatonError(
        .patternTooLong,
        "a pattern has at most \(AutomatonLimits.patternCharacters) characters, found \(text.unicodeScalars.count)")
    }
    var parts: [PatternSyntax] = []
    var isEscaped = false
    var hasLiteral = false
    for (offset, scalar) in text.unicodeScalars.enumerated() {
      if !isEscaped, scalar == "\\" {
        isEscaped = true
        continue
      }
      switch scalar {
      case "*" where !isEscaped:
        guard hasLiteral || allowsLeadingStar else {
          throw AutomatonError(
            .syntax, "a pattern that begins with * reads every word of the index, and is off by default", at: offset,
            hint: "begin with a letter, or allow leading stars")
        }
        let star = PatternSyntax.repeated(.scalars(.any), minimum: 0, maximum: nil)
        if parts.last != star { parts.append(star) }
      case "?" where !isEscaped: parts.append(.scalars(.any))
      default:
        parts.append(.literal(Folding.folded(String(scalar))))
        hasLiteral = true
      }
      isEscaped = false
    }
    if isEscaped { parts.append(.literal([UInt8(ascii: "\\")])) }
    return .sequence(parts)
  }
}
