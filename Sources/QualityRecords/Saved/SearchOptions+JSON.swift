import JSONText

// Requests as they are kept in state files and evidence: a member for each flag that was given.
extension SearchOptions {
  /// The request as JSON; cursors and what only bears on how an answer looks are left out.
  public var json: JSONObject {
    var object = JSONObject()
    object.append("query", .string(query))
    func list(_ name: String, _ values: [String]) {
      if !values.isEmpty { object.append(name, .array(values.map { .string($0) })) }
    }
    func text(_ name: String, _ value: String?) { if let value { object.append(name, .string(value)) } }
    func flag(_ name: String, _ value: Bool) { if value { object.append(name, .bool(true)) } }
    list("kinds", kinds)
    object.append("limit", .number(String(limit)))
    text("sort", sort)
    list("facets", facets)
    text("collapse", collapse)
    list("rungs", rungs)
    if !transliterates { object.append("transliterates", .bool(false)) }
    flag("any", any)
    flag("strict", strict)
    if total != "exact" { text("total", total) }
    list("fields", fields)
    return object
  }

  /// The request of ``json``. Nil when it is none.
  public init?(json: JSONValue) {
    guard let query = json["query"]?.stringValue else { return nil }
    self.init(query)
    func list(_ name: String) -> [String] { json[name]?.arrayValue?.compactMap(\.stringValue) ?? [] }
    kinds = list("kinds")
    limit = json["limit"]?.intValue ?? limit
    sort = json["sort"]?.stringValue
    facets = list("facets")
    collapse = json["collapse"]?.stringValue
    rungs = list("rungs")
    transliterates = json["transliterates"]?.boolValue ?? true
    any = json["any"]?.boolValue ?? false
    strict = json["strict"]?.boolValue ?? false
    total = json["total"]?.stringValue ?? total
    fields = list("fields")
  }
}
