import QueryLanguage
import Records
import TextAnalysis

// Values of fields that no record has: what was meant, perhaps.
extension Searcher {
  private enum ValueLimits {
    /// Field clauses looked at.
    static let clauses = 8
    /// Values tried for each; each costs a count.
    static let tried = 5
    /// Values given for each.
    static let given = 3
    /// Fields with no more values than this are answered by all of them.
    static let listed = 12
    /// Names of the thesaurus that are compared.
    static let names = 20_000
  }

  private struct FieldValueClause {
    var path: [Int]
    var field: QuerySyntax.Name
    var text: String
    var range: Range<Int>
    /// The kinds of which the clause is asked.
    var kinds: Set<String>
  }

  /// Clauses `field:value` outside negations whose value no record of the kinds asked has, with the nearest values that
  /// make the query find something, and their counts. Cost: for each clause a count, a walk over the field's values and at
  /// most ``ValueLimits/tried`` counts.
  func unknownValues(_ request: SearchRequest) throws(SearchError) -> [SearchHelp.UnknownValue] {
    var clauses: [FieldValueClause] = []
    collect(request.query, [], request.kinds ?? Set(schemas.map(\.kind)), &clauses)
    var found: [SearchHelp.UnknownValue] = []
    for clause in clauses.prefix(ValueLimits.clauses) {
      var alone = request
      alone.kinds = clause.kinds
      let query = QuerySyntax(.field(clause.field, QuerySyntax(.word(clause.text))))
      guard let count = try count(query, alone), count == 0 else { continue }
      guard let unknown = try nearest(clause, request) else { continue }
      found.append(unknown)
    }
    return found
  }

  private func collect(
    _ syntax: QuerySyntax, _ path: [Int], _ kinds: Set<String>, _ clauses: inout [FieldValueClause]
  ) {
    switch syntax.kind {
    case .not, .excluded: return
    case .field(let name, let value):
      guard name.text != QueryPlanner.kindField, name.text != QueryPlanner.idField else { return }
      switch value.kind {
      case .word(let text), .exact(let text), .phrase(let text):
        clauses.append(
          FieldValueClause(path: path + [0], field: name, text: text, range: value.range, kinds: kinds))
      default:
        for (place, child) in syntax.children.enumerated() { collect(child, path + [place], kinds, &clauses) }
      }
    case .has(let name, _), .by(let name, _):
      for (place, child) in syntax.children.enumerated() { collect(child, path + [place], [name.text], &clauses) }
    default:
      for (place, child) in syntax.children.enumerated() { collect(child, path + [place], kinds, &clauses) }
    }
  }

  /// The values near a clause's; nil for fields of running text, codes, dates and numbers.
  private func nearest(
    _ clause: FieldValueClause, _ request: SearchRequest
  ) throws(SearchError) -> SearchHelp.UnknownValue? {
    let typed = FoldedValue.bytes(clause.text)
    var candidates: [[UInt8]: Int] = [:]
    var all: Set<[UInt8]> = []
    var isWhole = false
    let meter = WorkMeter(request.budget)
    do throws(IndexError) {
      for schema in schemas where clause.kinds.contains(schema.kind) {
        let context = PlanContext(schema: schema, fields: nil, scope: nil, boost: 1)
        let segments = SegmentContext.segments(of: snapshots, kinds: [schema.kind])
        for field in QueryPlanner.fields(named: clause.field.text, in: context) {
          switch schema.fields[field].type {
          case .keyword, .ordered, .boolean, .name: isWhole = true
          case .text, .code, .date, .number: continue
          }
          let key = TermKey.keyword(field: field, [])
          if let distance = Self.distance(for: typed) {
            let near = try TermExpander.allNeighbours(
              of: typed, under: key, distance: distance, wordsOnly: false, in: segments, meter: meter)
            for term in near.terms where candidates[term.bytes] ?? .max > term.distance {
              candidates[term.bytes] = term.distance
            }
          }
          var wasCut = false
          for segment in segments where all.count <= ValueLimits.listed {
            for form in try TermExpander.scan(
              key, in: segment.reader, limit: ValueLimits.listed + 1, meter, &wasCut)
            {
              all.insert(Array(form.bytes.dropFirst(key.count)))
            }
          }
        }
      }
    } catch {
      throw SearchError(error)
    }
    guard isWhole else { return nil }
    addNames(near: clause, typed, to: &candidates)
    let ordered = candidates.sorted { left, right in
      left.value != right.value ? left.value < right.value : left.key.lexicographicallyPrecedes(right.key)
    }
    var unknown = SearchHelp.UnknownValue(field: clause.field.text, value: clause.text, range: clause.range)
    for candidate in ordered.prefix(ValueLimits.tried) where unknown.nearest.count < ValueLimits.given {
      let text = String(decoding: candidate.key, as: UTF8.self)
      let query = request.query.replacingValue(at: clause.path[...], by: text)
      guard let count = try count(query, request), count > 0 else { continue }
      unknown.nearest.append(SearchHelp.Nearest(value: text, query: query, count: count))
    }
    if unknown.nearest.isEmpty, all.count <= ValueLimits.listed {
      unknown.values = all.map { String(decoding: $0, as: UTF8.self) }.sorted()
    }
    return unknown
  }

  /// Names of the product tree, which finds records by what lies under them.
  private func addNames(near clause: FieldValueClause, _ typed: [UInt8], to candidates: inout [[UInt8]: Int]) {
    let last = clause.field.text.split(separator: ".").last
    guard clause.field.text == QueryPlanner.treeField || last == "category", let thesaurus,
      let distance = Self.distance(for: typed)
    else { return }
    var compared = 0
    for term in thesaurus.terms {
      for name in term.names {
        compared += 1
        if compared > ValueLimits.names { return }
        let folded = FoldedValue.bytes(name)
        guard abs(folded.count - typed.count) <= distance * 4 else { continue }
        let found = EditDistance.between(typed, folded)
        if found > 0, found <= distance, candidates[folded] ?? .max > found { candidates[folded] = found }
      }
    }
  }

  /// How far a value may be from the one meant: a value of a list is looked for among few, so two letters suffice.
  private static func distance(for value: [UInt8]) -> Int? {
    let length = String(decoding: value, as: UTF8.self).unicodeScalars.count
    guard length >= 2, length <= LevenshteinAutomaton.longestWord else { return nil }
    return length < FuzzyBounds.shortestForTwo ? 1 : 2
  }
}

extension QuerySyntax {
  /// The same query with another value at the end of `path`; one of several words is written in quotes.
  func replacingValue(at path: ArraySlice<Int>, by text: String) -> QuerySyntax {
    var changed = self
    guard let place = path.first else {
      changed.kind = text.contains(" ") ? .phrase(text) : .word(text)
      return changed
    }
    guard children.indices.contains(place) else { return self }
    return replacingChild(at: place, by: children[place].replacingValue(at: path.dropFirst(), by: text))
  }
}
