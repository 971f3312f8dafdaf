import QueryLanguage
import Records
import TextAnalysis

// Field clauses: names, values, ranges, dates, items of lists.
extension QueryPlanner {
  /// Names that every kind has.
  static let kindField = "kind"
  static let idField = "id"

  /// `product:toys` asks for a category and everything under it: of the fields of these names, wherever they stand.
  static let treeField = "product"
  static let categoryField = "category"
  private static let treeFields = ["product", "category", "products.name", "products.category"]

  /// Refuses names that no searched schema has: they are mistakes, not fields that hold nothing.
  func checkNames(_ syntax: QuerySyntax) throws(SearchError) {
    switch syntax.kind {
    case .field(let name, _), .range(let name, _, _):
      if name.text != Self.kindField, name.text != Self.idField,
        !schemas.contains(where: { Self.hasField(name.text, $0) })
      {
        let known = Set(schemas.flatMap { $0.fields.map(\.name) }).sorted()
        let short = known + known.compactMap { $0.split(separator: ".").last.map(String.init) }
        throw SearchError(
          .unknownField, "no field '\(name.text)' in the kinds searched", range: name.range,
          hint: NearestName.question(name.text, among: short)
            + "fields are: \(known.joined(separator: ", ")); put the word in quotes to search for the text itself")
      }
    case .unit(let name, _):
      if !schemas.contains(where: { Self.group(named: name.text, in: $0) != nil }) {
        let known = Set(schemas.flatMap { RecordInverter.groups(of: $0) }).sorted()
        throw SearchError(
          .unknownUnit, "no list '\(name.text)' in the kinds searched", range: name.range,
          hint: known.isEmpty ? "" : "lists are: \(known.joined(separator: ", "))")
      }
    // Inside, the fields are those of another kind.
    case .has, .by: return
    default: break
    }
    for child in syntax.children { try checkNames(child) }
  }

  private static func hasField(_ name: String, _ schema: Schema) -> Bool {
    !fields(named: name, in: schema).isEmpty
      || name == treeField && treeFields.contains { schema.index(of: $0) != nil }
  }

  /// The fields of a name: the full name, else all whose last part it is, else all of the list of that name.
  static func fields(named name: String, in schema: Schema) -> [Int] {
    if let exact = schema.index(of: name) { return [exact] }
    let byLastPart = schema.fields.indices.filter { schema.fields[$0].name.hasSuffix("." + name) }
    if !byLastPart.isEmpty { return byLastPart }
    return schema.fields.indices.filter { schema.fields[$0].group == name }
  }

  /// The fields of a name where it stands: inside an item, those of its list alone.
  static func fields(named name: String, in context: PlanContext) -> [Int] {
    let schema = context.schema
    guard case .item(let number) = context.scope else {
      let tree = name == treeField ? treeFields.compactMap { schema.index(of: $0) } : []
      return tree.isEmpty ? fields(named: name, in: schema) : tree
    }
    let own = schema.fields.indices.filter { groupNumber(of: $0, in: schema) == number }
    let group = own.first.flatMap { schema.fields[$0].group } ?? ""
    return own.filter { schema.fields[$0].name == name || schema.fields[$0].name == group + "." + name }
  }

  /// The number of a list of groups, counted from 1 in schema order: `violation` finds `violations`.
  static func group(named name: String, in schema: Schema) -> (number: UInt8, fields: [Int])? {
    let seen = RecordInverter.groups(of: schema)
    guard let place = seen.firstIndex(where: { $0 == name || $0 == name + "s" }) else { return nil }
    let fields = schema.fields.indices.filter { schema.fields[$0].group == seen[place] }
    return (UInt8(clamping: place + 1), fields)
  }

  mutating func field(
    _ name: QuerySyntax.Name, _ inner: QuerySyntax, _ context: PlanContext
  ) throws(SearchError) -> PlanNode {
    if name.text == Self.kindField { return try kind(inner, context) }
    let fields = Self.fields(named: name.text, in: context)
    // Items have ids of their own.
    if name.text == Self.idField, context.scope == nil || fields.isEmpty { return try identifier(inner, context) }
    guard !fields.isEmpty else { return .nothing }
    var inside = context
    inside.fields = fields
    inside.climbsDown = name.text == Self.treeField || name.text.split(separator: ".").last == "category"
    return try node(inner, inside)
  }

  static func groupNumber(of field: Int, in schema: Schema) -> UInt8 {
    schema.fields[field].group.flatMap { group(named: $0, in: schema)?.number } ?? 0
  }

  private func kind(_ inner: QuerySyntax, _ context: PlanContext) throws(SearchError) -> PlanNode {
    switch inner.kind {
    case .everything: return .everything
    case .word(let text), .exact(let text), .phrase(let text):
      return text.lowercased() == context.schema.kind.lowercased() ? .everything : .nothing
    case .or(let nodes):
      for node in nodes {
        if case .everything = try kind(node, context) { return .everything }
      }
      return .nothing
    default: throw notSupported("anything but names after kind:", inner.range)
    }
  }

  private func identifier(_ inner: QuerySyntax, _ context: PlanContext) throws(SearchError) -> PlanNode {
    let bytes: [UInt8]
    switch inner.kind {
    case .everything: return .everything
    case .word(let text), .exact(let text), .phrase(let text):
      bytes = Array(text.utf8)
      let bound = ValueBound(bytes: bytes, isInclusive: true)
      return .values(column: "#id", lower: bound, upper: bound)
    case .prefix(let text):
      bytes = Array(text.utf8)
      // 0xFF stands in no UTF-8 text: all that begin so lie before it.
      return .values(
        column: "#id", lower: ValueBound(bytes: bytes, isInclusive: true),
        upper: ValueBound(bytes: bytes + [0xff], isInclusive: false))
    default: throw notSupported("anything but an id after id:", inner.range)
    }
  }

  /// A value asked of fields: each by its type; records where any of them has it.
  mutating func fieldValue(
    _ text: String, _ range: Range<Int>, exact: Bool, _ fields: [Int], _ context: PlanContext
  ) throws(SearchError) -> PlanNode {
    var nodes: [PlanNode] = []
    var textFields: [Int] = []
    let under = narrowerNames(text, context)
    for field in fields {
      switch context.schema.fields[field].type {
      case .text, .name: textFields.append(field)
      case .keyword, .ordered:
        if case .ordered(let values) = context.schema.fields[field].type { _ = try grade(text, of: values, range) }
        nodes.append(
          entries(([text] + under).map { TermKey.keyword(field: field, analyzer.foldedValue($0)) }, context))
      case .boolean:
        nodes.append(entries([TermKey.keyword(field: field, try boolean(text, range))], context))
      case .code: nodes.append(code(text, range, field, context))
      case .number: nodes.append(try number(text, range, field, context))
      case .date: nodes.append(try days(text, range, field, context))
      }
    }
    if context.scope == nil, namesGroup(text, context) {
      textFields.removeAll { field in
        guard let node = uncategorised([text] + under, field, range, context) else { return false }
        nodes.append(node)
        return true
      }
    }
    if !textFields.isEmpty {
      var inside = context
      inside.fields = textFields
      nodes.append(exact ? phrase(text, range, inside) : word(text, range, weight: 1, inside))
      // Other names find, and do not score: records with the name that was typed come first.
      for name in under { nodes.append(word(name, range, weight: 0, inside)) }
    }
    return nodes.count == 1 ? nodes[0] : .any(nodes, minimum: 1, isCoordinated: false)
  }

  /// The other names of what `text` names, and the names of all that lies under it.
  private func narrowerNames(_ text: String, _ context: PlanContext) -> [String] {
    guard context.climbsDown, let thesaurus = options.thesaurus else { return [] }
    let typed = analyzer.foldedValue(text)
    return thesaurus.namesUnder(text).filter { analyzer.foldedValue($0) != typed }
  }

  /// Whether `text` names a group of products rather than one: a term of the tree that has others under it.
  private func namesGroup(_ text: String, _ context: PlanContext) -> Bool {
    guard context.climbsDown, let thesaurus = options.thesaurus else { return false }
    return thesaurus.places(of: text).contains { !thesaurus.terms[$0].narrower.isEmpty }
  }

  /// Names of products in a field, where no category beside it says what the product is: a paint for toys whose category is
  /// paint is no toy. Nil when the field has no category beside it.
  private mutating func uncategorised(
    _ names: [String], _ field: Int, _ range: Range<Int>, _ context: PlanContext
  ) -> PlanNode? {
    let schema = context.schema
    let prefix = schema.fields[field].group.map { $0 + "." } ?? ""
    guard let category = schema.index(of: prefix + Self.categoryField) else { return nil }
    let group = Self.groupNumber(of: field, in: schema)
    var inside = context
    inside.fields = [field]
    if group > 0 { inside.scope = .item(group: group) }
    var words: [PlanNode] = []
    // The name that was typed scores, the others find.
    for (place, name) in names.enumerated() { words.append(word(name, range, weight: place == 0 ? 1 : 0, inside)) }
    let node = PlanNode.all(
      required: [.any(words, minimum: 1, isCoordinated: false)], optional: [],
      excluded: [entries([TermKey.presence(field: category)], inside)])
    return group > 0 ? .same(.item(group: group), node) : node
  }

  private func boolean(_ text: String, _ range: Range<Int>) throws(SearchError) -> [UInt8] {
    switch text.lowercased() {
    case "true", "yes", "1", "是": return Array("true".utf8)
    case "false", "no", "0", "否": return Array("false".utf8)
    default:
      throw SearchError(
        .badValue, "expected yes or no, found '\(text)'", range: range,
        hint: NearestName.question(text, among: ["true", "yes", "false", "no"]) + "write true or false")
    }
  }

  /// The place of a value among all that an ordered field may have: records with others are not taken.
  private func grade(_ text: String, of values: [String], _ range: Range<Int>) throws(SearchError) -> Int {
    let wanted = analyzer.foldedValue(text)
    if let place = values.firstIndex(where: { analyzer.foldedValue($0) == wanted }) { return place }
    throw SearchError(
      .badValue, "expected one of \(values.joined(separator: ", ")), found '\(text)'", range: range,
      hint: NearestName.of(text, among: values).map { "did you mean '\($0)'?" }
        ?? "write one of them, or >=\(values.first ?? "") for any")
  }

  /// A code in every spelling, on the field's own words.
  private mutating func code(
    _ text: String, _ range: Range<Int>, _ field: Int, _ context: PlanContext
  ) -> PlanNode {
    var nodes: [PlanNode] = []
    let forms = analyzer.codeForms(text)
    nodes.append(entries(forms.map { TermKey.keyword(field: field, $0) }, context))
    var inside = context
    inside.fields = [field]
    if context.schema.fields[field].weight > 0 { nodes.append(phrase(text, range, inside)) }
    return nodes.count == 1 ? nodes[0] : .any(nodes, minimum: 1, isCoordinated: false)
  }

  /// Records that hold any of the entries; inside a unit, one of them in it.
  mutating func entries(_ entries: [[UInt8]], _ context: PlanContext) -> PlanNode {
    context.scope == nil ? .entries(entries) : .term(place(PlanTerm(.anyOf(entries), weight: 0)), fields: nil)
  }

  /// Values of a field, inside a unit, that pass a test.
  mutating func values(_ test: ValueTest, _ field: Int) -> PlanNode {
    .term(place(PlanTerm(.values(under: TermKey.keyword(field: field, []), test), weight: 0)), fields: nil)
  }

  private mutating func number(
    _ text: String, _ range: Range<Int>, _ field: Int, _ context: PlanContext
  ) throws(SearchError) -> PlanNode {
    let value = try orderedNumber(text, range)
    if context.scope != nil { return values(.numbers(value...value), field) }
    return .integers(column: context.schema.fields[field].name, value...value)
  }

  private func orderedNumber(_ text: String, _ range: Range<Int>) throws(SearchError) -> Int64 {
    guard let value = Double(text), value.isFinite else {
      throw SearchError(.badValue, "expected a number, found '\(text)'", range: range)
    }
    return FoldedValue.sortable(value)
  }

  /// A prefix of whole values; nil when the fields hold words.
  mutating func valuePrefix(
    _ text: String, _ fields: [Int], _ range: Range<Int>, _ context: PlanContext
  ) throws(SearchError) -> PlanNode? {
    var nodes: [PlanNode] = []
    for field in fields {
      switch context.schema.fields[field].type {
      case .keyword, .ordered, .code:
        let entries = TermKey.keyword(field: field, analyzer.foldedValue(text))
        nodes.append(
          context.scope == nil
            ? .entryPrefix(entries) : .term(place(PlanTerm(.prefix(entries), weight: 0, text: text)), fields: nil))
      case .text, .name: return nil
      case .date, .number, .boolean: throw notSupported("a prefix of a number or a date", range)
      }
    }
    return nodes.count == 1 ? nodes[0] : .any(nodes, minimum: 1, isCoordinated: false)
  }

  mutating func valueRange(
    _ name: QuerySyntax.Name, _ lower: QuerySyntax.Bound?, _ upper: QuerySyntax.Bound?, _ range: Range<Int>,
    _ context: PlanContext
  ) throws(SearchError) -> PlanNode {
    var nodes: [PlanNode] = []
    for field in Self.fields(named: name.text, in: context) {
      let definition = context.schema.fields[field]
      if case .ordered(let values) = definition.type {
        nodes.append(try orderedRange(values, field, lower, upper, context))
        continue
      }
      switch definition.type {
      case .number: nodes.append(try numberRange(field, lower, upper, context))
      case .date: nodes.append(try dayRange(field, lower, upper, context))
      case .keyword, .code, .name:
        if context.scope == nil {
          nodes.append(.values(column: definition.name, lower: bound(lower), upper: bound(upper)))
        } else {
          nodes.append(values(.texts(lower: foldedBound(lower), upper: foldedBound(upper)), field))
        }
      case .text, .boolean, .ordered:
        throw SearchError(.badValue, "'\(definition.name)' has no order to take a range of", range: range)
      }
    }
    if nodes.isEmpty { return .nothing }
    return nodes.count == 1 ? nodes[0] : .any(nodes, minimum: 1, isCoordinated: false)
  }

  private func bound(_ bound: QuerySyntax.Bound?) -> ValueBound? {
    bound.map { ValueBound(bytes: Array($0.value.utf8), isInclusive: $0.isInclusive) }
  }

  private func foldedBound(_ bound: QuerySyntax.Bound?) -> ValueBound? {
    bound.map { ValueBound(bytes: analyzer.foldedValue($0.value), isInclusive: $0.isInclusive) }
  }

  private mutating func numberRange(
    _ field: Int, _ lower: QuerySyntax.Bound?, _ upper: QuerySyntax.Bound?, _ context: PlanContext
  ) throws(SearchError) -> PlanNode {
    var from = Int64.min
    var to = Int64.max
    if let lower { from = try orderedNumber(lower.value, lower.range) &+ (lower.isInclusive ? 0 : 1) }
    if let upper { to = try orderedNumber(upper.value, upper.range) &- (upper.isInclusive ? 0 : 1) }
    guard from <= to else { return .nothing }
    if context.scope != nil { return values(.numbers(from...to), field) }
    return .integers(column: context.schema.fields[field].name, from...to)
  }

  /// `severity:>=serious`: the values from there on.
  private mutating func orderedRange(
    _ values: [String], _ field: Int, _ lower: QuerySyntax.Bound?, _ upper: QuerySyntax.Bound?, _ context: PlanContext
  ) throws(SearchError) -> PlanNode {
    var from = 0
    var to = values.count
    if let lower { from = try grade(lower.value, of: values, lower.range) + (lower.isInclusive ? 0 : 1) }
    if let upper { to = try grade(upper.value, of: values, upper.range) + (upper.isInclusive ? 1 : 0) }
    guard from < to else { return .nothing }
    return entries(values[from..<to].map { TermKey.keyword(field: field, analyzer.foldedValue($0)) }, context)
  }

  mutating func item(
    _ name: QuerySyntax.Name, _ inner: QuerySyntax, _ context: PlanContext
  ) throws(SearchError) -> PlanNode {
    guard let group = Self.group(named: name.text, in: context.schema) else { return .nothing }
    var inside = context
    inside.scope = .item(group: group.number)
    return .same(.item(group: group.number), try node(inner, inside))
  }
}
