/// Writes texts so that the parser reads them back as they are: `\` before a character takes its meaning away.
enum QueryEscaping {
  /// A word, prefix or fuzzy text. `isWhole` is false when an operator follows in the same token.
  static func word(_ text: String, isWhole: Bool = true) -> String {
    escaped(text.unicodeScalars.map { ($0, false) }, isWhole: isWhole)
  }

  /// A wildcard pattern: `*` and `?` stay, what `\` protects stays protected.
  static func pattern(_ pattern: String) -> String {
    var scalars: [(scalar: Unicode.Scalar, isOperator: Bool)] = []
    var isEscaped = false
    for scalar in pattern.unicodeScalars {
      if isEscaped {
        scalars.append((scalar, false))
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else {
        scalars.append((scalar, scalar == "*" || scalar == "?"))
      }
    }
    if isEscaped { scalars.append(("\\", false)) }
    // `*:*` is what other tools write for every record.
    return pattern == "*:*" ? "*\\:*" : escaped(scalars, isWhole: true)
  }

  /// A regular expression between slashes; a slash or space inside is escaped, other escapes are its own.
  static func regularExpression(_ pattern: String) -> String {
    var result = String.UnicodeScalarView("/".unicodeScalars)
    var isEscaped = false
    for scalar in pattern.unicodeScalars {
      if isEscaped {
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else if scalar == "/" || QueryCharacters.isSpace(scalar) {
        result.append("\\")
      }
      result.append(scalar)
    }
    result.append("/")
    return String(result)
  }

  /// A text between double quotes.
  static func quoted(_ text: String) -> String {
    var result = String.UnicodeScalarView("\"".unicodeScalars)
    for scalar in text.unicodeScalars {
      if scalar == "\\" || QueryCharacters.isDoubleQuote(scalar) { result.append("\\") }
      result.append(scalar)
    }
    result.append("\"")
    return String(result)
  }

  /// A bound of a range: plain when nothing in it could be mistaken, else quoted.
  static func bound(_ value: String) -> String {
    let isPlain = value.unicodeScalars.allSatisfy { scalar in
      scalar == "-" || scalar == "." || scalar == "_" || scalar == "/" || scalar == "+" || scalar == "%"
        || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }
    let isKeyword = QueryCharacters.lowercasedASCII(value) == "to"
    return isPlain && !isKeyword && !value.isEmpty ? value : quoted(value)
  }

  private static func escaped(
    _ scalars: [(scalar: Unicode.Scalar, isOperator: Bool)], isWhole: Bool
  ) -> String {
    var result = String.UnicodeScalarView()
    var couldBeName = true
    for (index, (scalar, isOperator)) in scalars.enumerated() {
      let isFirst = index == 0
      let isLast = index == scalars.count - 1
      var needsEscape = false
      switch QueryCharacters.plain(scalar) {
      case _ where QueryCharacters.isDelimiter(scalar): needsEscape = true
      case "\\", "(", ")", "*", "?", "~", "^", "<", ">", "≥", "≤": needsEscape = true
      case ":":
        let before = scalars[..<index].map(\.scalar)
        let after = scalars[(index + 1)...].prefix(2).map(\.scalar)
        needsEscape = isFirst || couldBeName && QueryCharacters.isFieldName(before, beforeColonAnd: after)
      case "+", "-", "=", "/", "!", "[", "{": needsEscape = isFirst
      case ",", ";": needsEscape = isLast
      case "%": needsEscape = isFirst || (isLast && !QueryCharacters.isDigit(scalars[index - 1].scalar))
      case ".": needsEscape = !isFirst && scalars[index - 1].scalar == "."
      default:
        needsEscape =
          QueryCharacters.isDoubleQuote(scalar)
          || QueryCharacters.closingBracketQuote(scalar) != nil || QueryCharacters.isClosingBracketQuote(scalar)
          || (isFirst && QueryCharacters.isSingleQuote(scalar))
      }
      couldBeName = couldBeName && !needsEscape && !isOperator && QueryCharacters.isNamePart(scalar)
      if needsEscape && !isOperator { result.append("\\") }
      result.append(scalar)
    }
    if isWhole && isReserved(scalars.map(\.scalar)) { return "\\" + String(result) }
    return String(result)
  }

  /// Whether a bare token of these characters would be read as an operator or a date.
  private static func isReserved(_ scalars: [Unicode.Scalar]) -> Bool {
    guard let first = scalars.first else { return false }
    // A first character that is escaped anyway takes the meaning of the whole token away.
    switch QueryCharacters.plain(first) {
    case "/", "\\", "(", ")", "*", "?", "~", "^": return false
    default: break
    }
    if scalars.count <= QueryOperator.longest, QueryOperator.recognise(scalars) != nil { return true }
    return scalars == Array("SAME".unicodeScalars) || QueryParser.isBareQuarter(scalars)
  }
}
