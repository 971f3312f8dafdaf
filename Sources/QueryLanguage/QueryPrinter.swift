extension QuerySyntax: CustomStringConvertible {
  /// The canonical text: one spelling for each tree. Parsing it gives an equal tree with no repair.
  /// Cost: linear in the tree.
  public var description: String {
    // A question mark that ends a query of bare words is read as punctuation; parentheses say it is a wildcard.
    if case .flat(let nodes) = kind, let last = nodes.last, last.endsInSoleQuestionMark,
      nodes.dropLast().allSatisfy(\.isBareWord)
    {
      return QueryPrinter.joined(nodes.dropLast().map(\.description) + ["(" + last.description + ")"])
    }
    return QueryPrinter.text(of: self)
  }

  var endsInSoleQuestionMark: Bool {
    guard case .wildcard(let pattern) = kind, pattern.hasSuffix("?") else { return false }
    var marks = 0
    var isEscaped = false
    for scalar in pattern.unicodeScalars {
      if isEscaped {
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else if scalar == "*" {
        return false
      } else if scalar == "?" {
        marks += 1
      }
    }
    return marks == 1
  }
}

/// Writes trees as canonical text.
enum QueryPrinter {
  /// How tightly a node's text holds together: a looser node inside a tighter place is put in parentheses.
  private enum Binding: Int { case or, conjunction, clause, near, primary }

  private static func binding(of kind: QuerySyntax.Kind) -> Binding {
    switch kind {
    case .or: return .or
    case .and, .flat: return .conjunction
    case .not, .required, .excluded: return .clause
    case .near: return .near
    default: return .primary
    }
  }

  private static func text(of node: QuerySyntax, atLeast needed: Binding) -> String {
    let text = text(of: node)
    return binding(of: node.kind).rawValue < needed.rawValue ? "(" + text + ")" : text
  }

  static func text(of node: QuerySyntax) -> String {
    switch node.kind {
    case .empty: return ""
    case .everything: return "*"
    case .word(let text): return QueryEscaping.word(text)
    case .exact(let text): return "=" + QueryEscaping.word(text)
    case .phrase(let text): return QueryEscaping.quoted(text)
    case .prefix(let text): return QueryEscaping.word(text, isWhole: false) + "*"
    case .wildcard(let pattern): return QueryEscaping.pattern(pattern)
    case .regularExpression(let pattern): return QueryEscaping.regularExpression(pattern)
    case .fuzzy(let text, let distance): return QueryEscaping.word(text, isWhole: false) + "~" + String(distance)
    case .flat(let nodes): return joined(nodes.map { text(of: $0, atLeast: .clause) })
    case .and(let nodes): return nodes.map { text(of: $0, atLeast: .clause) }.joined(separator: " AND ")
    case .or(let nodes): return nodes.map { text(of: $0, atLeast: .clause) }.joined(separator: " OR ")
    case .not(let inner): return "NOT " + text(of: inner, atLeast: .clause)
    case .required(let inner): return "+" + text(of: inner, atLeast: .near)
    case .excluded(let inner): return "-" + text(of: inner, atLeast: .near)
    case .boost(let inner, let factor):
      let text = text(of: inner, atLeast: .primary)
      if case .boost = inner.kind { return "(" + text + ")^" + number(factor) }
      return text + "^" + number(factor)
    case .near(let nodes, let distance, let ordered):
      let word = QueryOperator.near(distance: distance, ordered: ordered).text
      return nodes.map { text(of: $0, atLeast: .primary) }.joined(separator: " " + word + " ")
    case .same(let unit, let inner): return "SAME " + unit.rawValue + " (" + text(of: inner) + ")"
    case .unit(let name, let inner): return name.text + "(" + text(of: inner) + ")"
    case .field(let name, let inner): return name.text + ":" + value(inner, of: name)
    case .range(let name, let lower, let upper): return name.text + ":" + range(lower, upper)
    case .date(let span): return date(span)
    case .has(let name, let inner): return join("has", name, inner)
    case .by(let name, let inner): return join("by", name, inner)
    }
  }

  /// How deep the canonical text nests, counted as the parser counts it: parentheses and NOT.
  static func nesting(of node: QuerySyntax) -> Int {
    func below(_ node: QuerySyntax, _ needed: Binding) -> Int {
      nesting(of: node) + (binding(of: node.kind).rawValue < needed.rawValue ? 1 : 0)
    }
    switch node.kind {
    case .empty, .everything, .word, .exact, .phrase, .prefix, .wildcard, .regularExpression, .fuzzy, .range, .date:
      return 0
    case .flat(let nodes), .and(let nodes), .or(let nodes): return nodes.map { below($0, .clause) }.max() ?? 0
    case .near(let nodes, _, _): return nodes.map { below($0, .primary) }.max() ?? 0
    case .not(let inner): return below(inner, .clause) + 1
    case .required(let inner), .excluded(let inner): return below(inner, .near)
    case .boost(let inner, _):
      if case .boost = inner.kind { return nesting(of: inner) + 1 }
      return below(inner, .primary)
    case .same(_, let inner), .unit(_, let inner): return nesting(of: inner) + 1
    case .has(_, let inner), .by(_, let inner): return (inner.map { nesting(of: $0) } ?? 0) + 1
    case .field(_, let inner): return nesting(of: inner) + (isValue(inner) ? 0 : 1)
    }
  }

  /// Clauses side by side. A number mark (`No.`) that would be taken with the number after it is escaped.
  static func joined(_ texts: [String]) -> String {
    var result = ""
    for (index, text) in texts.enumerated() {
      if index > 0 { result += " " }
      if index + 1 < texts.count, QueryParser.isNumberMark(text),
        texts[index + 1].unicodeScalars.first.map(
          QueryCharacters.isDigit) == true
      {
        result += "\\"
      }
      if index + 1 < texts.count, QueryParser.beginsWithKind(texts[index + 1]), let word = lastJoinWord(text) {
        result += text.dropLast(word) + "\\" + text.suffix(word)
      } else {
        result += text
      }
    }
    return result
  }

  /// The letters of a bare `has` or `by` at the end of a clause's text: before a group it would be read as a join.
  private static func lastJoinWord(_ text: String) -> Int? {
    let lowered = QueryCharacters.lowercasedASCII(text)
    for word in ["has", "by"] where lowered.hasSuffix(word) {
      guard let before = lowered.dropLast(word.count).last else { return word.count }
      if before == " " || before == "+" || before == "-" { return word.count }
    }
    return nil
  }

  private static func value(_ node: QuerySyntax, of name: QuerySyntax.Name) -> String {
    guard isValue(node) else { return "(" + text(of: node) + ")" }
    let text = text(of: node)
    // `EN71:2013` would be a word: a digit after a name with digits is escaped.
    let isField = QueryCharacters.isFieldName(
      Array(name.text.unicodeScalars), beforeColonAnd: text.unicodeScalars.prefix(2))
    return isField ? text : "\\" + text
  }

  /// Whether a node may follow `field:` without parentheses.
  private static func isValue(_ node: QuerySyntax) -> Bool {
    switch node.kind {
    case .word, .exact, .phrase, .prefix, .wildcard, .regularExpression, .fuzzy, .everything: return true
    default: return false
    }
  }

  private static func range(_ lower: QuerySyntax.Bound?, _ upper: QuerySyntax.Bound?) -> String {
    switch (lower, upper) {
    case (let lower?, let upper?):
      return (lower.isInclusive ? "[" : "{") + QueryEscaping.bound(lower.value) + " TO "
        + QueryEscaping.bound(upper.value) + (upper.isInclusive ? "]" : "}")
    case (let lower?, nil): return (lower.isInclusive ? ">=" : ">") + QueryEscaping.bound(lower.value)
    case (nil, let upper?): return (upper.isInclusive ? "<=" : "<") + QueryEscaping.bound(upper.value)
    case (nil, nil): return "*"
    }
  }

  private static func date(_ span: DateSpan) -> String {
    switch (span.from, span.to) {
    case (let from?, let to?):
      return from == to ? "date:" + from.description : "date:" + from.description + ".." + to.description
    case (let from?, nil): return "since:" + from.description
    case (nil, let to?): return "until:" + to.description
    case (nil, nil): return "date:*"
    }
  }

  private static func join(_ word: String, _ name: QuerySyntax.Name, _ inner: QuerySyntax?) -> String {
    guard let inner else { return word + "(" + name.text + ")" }
    return word + "(" + name.text + ": " + text(of: inner) + ")"
  }

  /// `2`, `2.5`: the shortest decimal that reads back the same. Factors are at least 0.01, so no exponent appears.
  private static func number(_ factor: Double) -> String {
    let text = factor.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
