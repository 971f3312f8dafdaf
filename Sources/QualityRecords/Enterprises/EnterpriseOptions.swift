import QueryLanguage
import Records
import SearchEngine

/// What the answer of enterprises is asked for.
public struct EnterpriseOptions: Hashable, Sendable {
  /// Query, page, cursor, rungs and the like; its kinds are set, its `sort`, `facets` and `collapse` are not looked at.
  public var search: SearchOptions
  /// `score`, `violations`, `severity`, `recency` or `name`.
  public var sort = "score"
  /// What is counted beside the rows; empty: ``defaultFacets``.
  public var facets: [String] = []
  /// Count the enterprises by this field, those without a value among them.
  public var by: String?
  /// Passages shown of each enterprise.
  public var per = 1

  public init(_ query: String) { search = SearchOptions(query) }

  public static let sorts = ["score", "violations", "severity", "recency", "name"]
  public static let defaultFacets = ["province", "bureau", "category", "licence", "export", "severity"]
  /// Passages of one enterprise at most: more are read with `search`.
  public static let mostPassages = 100
  /// The kinds whose records are enterprises or belong to one.
  static let kinds = [Schema.enterprise.kind, Schema.inspection.kind]

  /// What is kept about the notes of an enterprise.
  static let measures = HubMeasures(
    kind: Schema.inspection.kind, items: "violations", severity: "violations.severity", date: "date")

  var order: HubRequest.Order {
    get throws(QualityError) {
      switch sort {
      case "score": return .score
      case "violations": return .items
      case "severity": return .severity
      case "recency": return .recency
      case "name": return .name
      default:
        throw QualityError(
          "usage", "enterprises are not sorted by '\(sort)'", hint: "sort is: \(Self.sorts.joined(separator: ", "))")
      }
    }
  }

  /// The fields that are counted, each once.
  var countedFields: [String] {
    var fields = facets.isEmpty ? Self.defaultFacets : facets
    if let by, !fields.contains(by) { fields.append(by) }
    return fields.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}

/// A field that enterprises are counted by, and the clause of a query that takes those of one value.
struct EnterpriseFacet {
  let field: String
  let source: HubRequest.Facet.Source
  /// Whether a clause takes exactly the records that are counted: not for names and codes, which a query matches in part.
  let hasClauses: Bool

  /// - Throws: `bad-field-use` for fields that enterprises cannot be counted by.
  init(_ field: String) throws(QualityError) {
    self.field = field
    switch field {
    case "licence":
      source = .presence
      hasClauses = true
    case "category":
      source = .tree
      hasClauses = true
    default:
      source = .values
      let types = Self.fields(named: field).map(\.type)
      guard !types.isEmpty, types.allSatisfy(Self.isCountable) else {
        throw QualityError(
          "bad-field-use", "enterprises cannot be counted by '\(field)'",
          hint: "fields are: \(Self.names.joined(separator: ", "))")
      }
      hasClauses = types.allSatisfy { type in
        switch type {
        case .keyword, .ordered, .boolean: true
        default: false
        }
      }
    }
  }

  /// The names that make sense most often, those of the schemas among them.
  static let names: [String] = {
    var names: [String] = []
    for schema in [Schema.enterprise, Schema.inspection] {
      for field in schema.fields where isCountable(field.type) && field.group == nil && !names.contains(field.name) {
        names.append(field.name)
      }
    }
    return names + ["severity"]
  }()

  private static func isCountable(_ type: FieldType) -> Bool {
    switch type {
    case .keyword, .name, .code, .ordered, .boolean: true
    case .text, .date, .number: false
    }
  }

  /// As a query finds them: by the full name, else by its last part.
  private static func fields(named name: String) -> [FieldDefinition] {
    [Schema.enterprise, Schema.inspection].flatMap { schema in
      if let exact = schema.index(of: name) { return [schema.fields[exact]] }
      return schema.fields.filter { $0.name.hasSuffix("." + name) }
    }
  }

  /// What a value is called in answers.
  func name(_ value: String) -> String {
    guard source == .presence else { return value }
    return value == "yes" ? "licensed" : "none"
  }

  /// The clause that, added to the query, leaves exactly the enterprises counted; nil where there is none.
  func clause(_ value: String) -> String? {
    guard hasClauses else { return nil }
    if source == .presence {
      return value == "yes" ? "\(field):*" : "kind:\(Schema.enterprise.kind) NOT \(field):*"
    }
    let isOneWord = !value.isEmpty && !value.contains { $0.isWhitespace }
    let inner = QuerySyntax(isOneWord ? .word(value) : .phrase(value))
    return QuerySyntax(.field(QuerySyntax.Name(field), inner)).description
  }
}
