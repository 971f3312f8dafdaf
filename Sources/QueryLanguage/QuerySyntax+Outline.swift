extension QuerySyntax {
  /// The tree in neutral form. Ranges are left out.
  public var outline: QueryOutline {
    let children = children.map(\.outline)
    switch kind {
    case .empty: return QueryOutline("empty")
    case .everything: return QueryOutline("everything")
    case .word(let text): return QueryOutline("word", [("text", .text(text))])
    case .exact(let text): return QueryOutline("exact", [("text", .text(text))])
    case .phrase(let text): return QueryOutline("phrase", [("text", .text(text))])
    case .prefix(let text): return QueryOutline("prefix", [("text", .text(text))])
    case .wildcard(let text): return QueryOutline("wildcard", [("text", .text(text))])
    case .regularExpression(let text): return QueryOutline("regular-expression", [("text", .text(text))])
    case .fuzzy(let text, let distance):
      return QueryOutline("fuzzy", [("text", .text(text)), ("distance", .integer(distance))])
    case .flat: return QueryOutline("flat", [], children)
    case .and: return QueryOutline("and", [], children)
    case .or: return QueryOutline("or", [], children)
    case .not: return QueryOutline("not", [], children)
    case .required: return QueryOutline("required", [], children)
    case .excluded: return QueryOutline("excluded", [], children)
    case .boost(_, let factor): return QueryOutline("boost", [("factor", .number(factor))], children)
    case .near(_, let distance, let ordered):
      return QueryOutline("near", [("distance", .integer(distance)), ("ordered", .flag(ordered))], children)
    case .same(let unit, _):
      return QueryOutline("same", [("unit", .text(unit == .sentence ? "sentence" : "paragraph"))], children)
    case .unit(let name, _): return QueryOutline("unit", [("name", .text(name.text))], children)
    case .field(let name, _): return QueryOutline("field", [("name", .text(name.text))], children)
    case .range(let name, let lower, let upper):
      var properties: [(name: String, value: QueryOutline.Value)] = [("name", .text(name.text))]
      if let lower { properties += [("lower", .text(lower.value)), ("includesLower", .flag(lower.isInclusive))] }
      if let upper { properties += [("upper", .text(upper.value)), ("includesUpper", .flag(upper.isInclusive))] }
      return QueryOutline("range", properties)
    case .date(let span):
      var properties: [(name: String, value: QueryOutline.Value)] = []
      if let from = span.from { properties.append(("from", .text(from.description))) }
      if let to = span.to { properties.append(("to", .text(to.description))) }
      return QueryOutline("date", properties)
    case .has(let name, _): return QueryOutline("has", [("kind", .text(name.text))], children)
    case .by(let name, _): return QueryOutline("by", [("kind", .text(name.text))], children)
    }
  }

  /// Reads an outline back and checks it by the rules that hold for typed queries.
  ///
  /// - Returns: the tree; nil when a label is unknown, a property is missing or out of bounds, the number of children
  ///   is wrong, or a limit of ``QueryLimits`` is passed: exactly when the tree could not have been typed.
  public init?(_ outline: QueryOutline) {
    guard let tree = Self.read(outline, depth: 0), tree.leafCount <= QueryLimits.clauses,
      QueryPrinter.nesting(of: tree) <= QueryLimits.nesting
    else { return nil }
    // What cannot be printed and read back the same could not have been typed.
    let text = tree.description
    guard let parsed = try? QueryParser.parse(text, strict: text.isEmpty ? false : true), parsed.syntax == tree else {
      return nil
    }
    self = tree
  }

  /// Each level of nesting prints at most a group, a sign, a boost and a field around its nodes.
  private static let deepestOutline = QueryLimits.nesting * 5

  private static func read(_ outline: QueryOutline, depth: Int) -> QuerySyntax? {
    guard depth <= deepestOutline else { return nil }
    var children: [QuerySyntax] = []
    for child in outline.children {
      guard let node = read(child, depth: depth + 1) else { return nil }
      children.append(node)
    }
    guard let kind = kind(of: outline, children) else { return nil }
    return QuerySyntax(kind)
  }

  private static func kind(of outline: QueryOutline, _ children: [QuerySyntax]) -> Kind? {
    if let leaf = leaf(outline) { return children.isEmpty ? leaf : nil }
    switch outline.label {
    case "flat" where children.count > 1: return .flat(children)
    case "and" where children.count > 1: return .and(children)
    case "or" where children.count > 1: return .or(children)
    case "near" where children.count > 1:
      guard let distance = outline.integer("distance"), (1...QueryLimits.nearDistance).contains(distance) else {
        return nil
      }
      return .near(children, distance: distance, ordered: outline.flag("ordered") ?? false)
    case "has" where children.count <= 1: return outline.text("kind").map { .has(Name($0), children.first) }
    case "by" where children.count <= 1: return outline.text("kind").map { .by(Name($0), children.first) }
    default: break
    }
    guard children.count == 1, let inner = children.first else { return nil }
    switch outline.label {
    case "not": return .not(inner)
    case "required": return .required(inner)
    case "excluded": return .excluded(inner)
    case "boost":
      guard let factor = outline.number("factor"), QueryLimits.boosts.contains(factor) else { return nil }
      return .boost(inner, factor: factor)
    case "same":
      guard let unit = outline.text("unit"), unit == "sentence" || unit == "paragraph" else { return nil }
      return .same(unit == "sentence" ? .sentence : .paragraph, inner)
    case "unit": return outline.text("name").map { .unit(Name($0), inner) }
    case "field": return outline.text("name").map { .field(Name($0), inner) }
    default: return nil
    }
  }

  private static func leaf(_ outline: QueryOutline) -> Kind? {
    let text = outline.text("text")
    switch outline.label {
    case "empty": return .empty
    case "everything": return .everything
    case "word": return text.map { .word($0) }
    case "exact": return text.map { .exact($0) }
    case "phrase": return text.map { .phrase($0) }
    case "prefix": return text.map { .prefix($0) }
    case "wildcard": return text.map { .wildcard($0) }
    case "regular-expression": return text.map { .regularExpression($0) }
    case "fuzzy":
      guard let text, let distance = outline.integer("distance"), QueryLimits.fuzzyDistances.contains(distance) else {
        return nil
      }
      return .fuzzy(text, distance: distance)
    case "range":
      guard let name = outline.text("name") else { return nil }
      let lower = outline.text("lower").map { Bound($0, isInclusive: outline.flag("includesLower") ?? true) }
      let upper = outline.text("upper").map { Bound($0, isInclusive: outline.flag("includesUpper") ?? true) }
      return lower == nil && upper == nil ? nil : .range(Name(name), lower: lower, upper: upper)
    case "date":
      let from = outline.text("from").flatMap { try? QueryDate.parse($0) }
      let to = outline.text("to").flatMap { try? QueryDate.parse($0) }
      return from == nil && to == nil ? nil : .date(DateSpan(from: from, to: to))
    default: return nil
    }
  }
}
