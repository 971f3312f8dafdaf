import JSONText
import QueryLanguage
import Records
import SearchEngine

// Fields, dates and joins.
extension ClauseExplainer {
  /// Values that are shown at most.
  private static let shownValues = 3

  /// The record's values of a field, as written; `violations.code` goes into lists.
  private func values(_ name: String) -> [String] {
    var values: [JSONValue] = [.object(members)]
    for part in name.split(separator: ".") {
      values = values.flatMap { value -> [JSONValue] in
        let items = value.arrayValue ?? [value]
        return items.compactMap { $0[String(part)] }
      }
    }
    return values.flatMap { $0.arrayValue ?? [$0] }.compactMap { value in
      switch value {
      case .string(let text), .number(let text): text
      case .bool(let flag): flag ? "true" : "false"
      default: nil
      }
    }
  }

  /// The full names that a name in a query may mean: `severity` is `violations.severity`.
  private func names(_ name: String) -> [String] {
    guard let schema = Schema.recordKind(probe.kind) ?? (probe.kind == Schema.passage.kind ? .passage : nil) else {
      return [name]
    }
    let full = schema.fields.map(\.name).filter { $0 == name || $0.hasSuffix(".\(name)") || $0.hasPrefix("\(name).") }
    return full.isEmpty ? [name] : full
  }

  private func shown(_ values: [String]) -> String {
    let some = values.prefix(Self.shownValues).map { $0.count > 60 ? "\($0.prefix(60))…" : $0 }.joined(separator: ", ")
    return values.count > Self.shownValues ? "\(some), … (\(values.count))" : some
  }

  func field(_ clause: QuerySyntax, _ name: String, _ inner: QuerySyntax) throws(QualityError) -> Reason {
    let own = names(name).flatMap(values)
    if own.isEmpty {
      let elsewhere = try holds(inner)
      return Reason(
        clause, "the record has no \(name)" + (elsewhere ? ", but '\(inner.description)' stands elsewhere in it" : ""),
        nearest: elsewhere ? inner.description : nil, relation: elsewhere ? "in another field" : nil,
        needed: elsewhere ? inner.description : nil)
    }
    let value = own.first
    if try holds(inner) {
      return Reason(
        clause, "'\(inner.description)' stands in the record, but not in \(name), which is: \(shown(own))",
        nearest: value, relation: "in another field", needed: inner.description)
    }
    if let span = Self.days(inner), let value, let distance = Self.distance(value, span) {
      return Reason(
        clause, "\(name) is \(value), \(distance)", nearest: value, relation: distance, needed: "\(name):\(value)")
    }
    return Reason(
      clause, "\(name) is \(shown(own)), not \(inner.description)", nearest: value, relation: "other value",
      needed: value.map { "\(name):\(QuerySyntax(.phrase($0)).description)" })
  }

  func range(
    _ clause: QuerySyntax, _ name: String, _ lower: QuerySyntax.Bound?, _ upper: QuerySyntax.Bound?
  ) -> Reason {
    let own = names(name).flatMap(values)
    guard let value = own.first else { return Reason(clause, "the record has no \(name)") }
    let from = lower.flatMap { try? PartialDate(parsing: $0.value) }?.interval
    let to = upper.flatMap { try? PartialDate(parsing: $0.value) }?.interval
    if from != nil || to != nil {
      let span = (first: from?.first ?? Int32.min, last: to?.last ?? Int32.max)
      if let distance = Self.distance(value, span) {
        return Reason(clause, "\(name) is \(value), \(distance)", nearest: value, relation: distance)
      }
    }
    return Reason(
      clause, "\(name) is \(shown(own)), which is outside what was asked", nearest: value, relation: "outside the range"
    )
  }

  func date(_ clause: QuerySyntax, _ span: DateSpan) -> Reason {
    guard let value = values("date").first else {
      return Reason(clause, "the record is undated", relation: "undated")
    }
    func number(_ day: QueryDate.Day) -> Int32 { CalendarDay.number(year: day.year, month: day.month, day: day.day) }
    let days = (first: span.firstDay.map(number) ?? Int32.min, last: span.lastDay.map(number) ?? Int32.max)
    guard let distance = Self.distance(value, days) else {
      return Reason(
        clause, "dated \(value): the year is not known", nearest: value, relation: "year not stated")
    }
    return Reason(
      clause, "dated \(value), asked \(clause.description): \(distance)", nearest: value, relation: distance,
      needed: "date:\(value)")
  }

  /// The days of a date that a field was asked for.
  private static func days(_ inner: QuerySyntax) -> (first: Int32, last: Int32)? {
    guard case .word(let text) = inner.kind, let interval = (try? PartialDate(parsing: text))?.interval else {
      return nil
    }
    return (interval.first, interval.last)
  }

  /// `12 days before`, `3 days after`, `not wholly inside`; nil for what is no date or has no year.
  private static func distance(_ value: String, _ span: (first: Int32, last: Int32)) -> String? {
    guard let own = (try? PartialDate(parsing: value))?.interval else { return nil }
    func days(_ count: Int64) -> String { count == 1 ? "1 day" : "\(count) days" }
    if own.last < span.first { return "\(days(Int64(span.first) - Int64(own.last))) too early" }
    if own.first > span.last { return "\(days(Int64(own.first) - Int64(span.last))) too late" }
    return "not wholly inside what was asked"
  }

  // MARK: Joins

  /// Records of a kind that belong to this record's enterprise and match a query.
  func joined(
    _ name: QuerySyntax.Name, _ inner: QuerySyntax?, limit: Int
  ) throws(QualityError) -> (total: Int, ids: [String]) {
    let enterprise = probe.kind == Schema.enterprise.kind ? probe.id : members["enterprise"]?.stringValue ?? ""
    guard !enterprise.isEmpty, Schema.recordKind(name.text) != nil else { return (0, []) }
    let own =
      name.text == Schema.enterprise.kind
      ? QuerySyntax(.field("id", QuerySyntax(.phrase(enterprise))))
      : QuerySyntax(
        .by(QuerySyntax.Name(Schema.enterprise.kind), QuerySyntax(.field("id", QuerySyntax(.phrase(enterprise))))))
    var request = SearchRequest(inner.map { QuerySyntax(.and([$0, own])) } ?? own)
    request.kinds = [name.text]
    request.limit = limit
    request.relaxes = false
    request.tellsRungs = false
    let searcher = index.searcher
    let result = try index.searching { () throws(SearchError) in try searcher.search(request) }
    var ids: [String] = []
    for hit in result.hits {
      ids.append(try index.searching { () throws(SearchError) in try searcher.id(hit, of: result) })
    }
    return (result.total, ids)
  }

  func has(_ clause: QuerySyntax, _ name: QuerySyntax.Name, _ inner: QuerySyntax?) throws(QualityError) -> Reason {
    let all = try joined(name, nil, limit: 1)
    guard all.total > 0, let inner else { return Reason(clause, "it has no \(name.text)", relation: "none at all") }
    let plural = all.total == 1 ? name.text : "\(name.text)s"
    guard let id = all.ids.first,
      let other = try index.searching({ () throws(SearchError) in try index.searcher.probe(kind: name.text, id: id) }),
      let members = StoredRecord.members(other.bytes)
    else { return Reason(clause, "it has \(all.total) \(plural), none of which matches '\(inner.description)'") }
    let explainer = ClauseExplainer(index: index, probe: other, members: members, kinds: [name.text])
    let why = try explainer.holds(inner) ? nil : try explainer.reason(inner)
    return Reason(
      clause,
      "it has \(all.total) \(plural), none of which matches '\(inner.description)'"
        + (why.map { "; of \(id): \($0.text)" } ?? ""),
      nearest: id, relation: "a record that does not match", needed: why?.needed)
  }

  func by(_ clause: QuerySyntax, _ name: String, _ inner: QuerySyntax?) -> Reason {
    guard let reference = members[name]?.stringValue ?? members["enterprise"]?.stringValue else {
      return Reason(clause, "the record belongs to no \(name)")
    }
    return Reason(
      clause, "it belongs to \(reference), which does not match '\(inner?.description ?? "")'", nearest: reference,
      relation: "the \(name) that decides")
  }
}
