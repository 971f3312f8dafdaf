import Records

// What is said about words that were widened.
extension Searcher {
  /// A note for each widened span whose rung found anything: what else it stands for; with the last of a rung how many
  /// records that added, and how to leave them out.
  func notes(_ widening: Widening?, _ outcome: Outcome, _ request: SearchRequest) throws(IndexError) -> [SearchNote] {
    guard let widening else { return [] }
    var notes: [SearchNote] = []
    for rung in [Rung.thesaurus, .name, .pinyin] {
      guard let code = SearchNote.Code(rawValue: rung.name), let added = outcome.rungs[rung], added > 0 else {
        continue
      }
      let spans = widening.spans.filter { $0.rung == rung }
      for (place, span) in spans.enumerated() {
        var message = try self.message(span, widening, request)
        if place == spans.count - 1 {
          let weaker = Set(Rung.allCases.filter { $0 < rung }).intersection(request.rungs).sorted()
          message += ": \(spans.count > 1 ? "together " : "")\(added) more \(added == 1 ? "record" : "records")"
          if !weaker.isEmpty {
            message += "; --rungs \(weaker.map(\.name).joined(separator: ",")) leaves \(added == 1 ? "it" : "them") out"
          }
        }
        notes.append(SearchNote(code: code, message: message, range: span.range))
      }
    }
    return notes
  }

  private func message(
    _ span: Widening.Span, _ widening: Widening, _ request: SearchRequest
  ) throws(IndexError) -> String {
    var names = span.names
    var count = span.count
    var hub = ""
    if let number = span.join, widening.joins.indices.contains(number) {
      let join = widening.joins[number]
      hub = join.hub
      let evaluator = JoinEvaluator(searcher: self, parameters: request.parameters, budget: request.budget)
      for set in try evaluator.sets([join]) {
        count += set.words.reduce(0) { $0 + $1.nonzeroBitCount }
        names += try self.names(set, join.hub, limit: WideningLimits.shownNames)
      }
    }
    let list = names.joined(separator: ", ") + (count > names.count ? ", …" : "")
    switch span.rung {
    case .name: return "'\(span.text)' also as the name of \(list) (\(count) of kind \(hub))"
    case .pinyin: return "'\(span.text)' also as pinyin of \(list) (\(count) of kind \(hub))"
    default:
      let cut = span.isCut ? ", the first of more" : ""
      return "'\(span.text)' also as \(list) (\(count) \(count == 1 ? "name" : "names")\(cut))"
    }
  }

  /// What the first hub records of a set are called, in document order.
  private func names(_ set: JoinedSet, _ hub: String, limit: Int) throws(IndexError) -> [String] {
    var names: [String] = []
    for (number, snapshot) in snapshots.enumerated() {
      for (place, reader) in snapshot.segments.enumerated() {
        guard let base = set.links.bases[HubLinks.Place(snapshot: number, segment: place)],
          let field = reader.schema.ownNameFields.first,
          let column = try reader.ordinalColumn(reader.schema.fields[field].name)
        else { continue }
        var found: [UInt32] = []
        for document in 0..<reader.documentCount where set.contains(base &+ document) && reader.isLive(document) {
          if names.count >= limit { return names }
          try column.ordinals(of: document, into: &found)
          if let first = found.first { names.append(try column.value(first)) }
        }
      }
    }
    return names
  }
}
