import JSONText
import QueryLanguage
import Records
import SearchEngine

extension QualityIndex {
  /// Bounds of one question for references.
  enum RefsLimits {
    /// Records that are read to see whether they cite by number, and as many by wording.
    static let candidates = 1_000
    /// Runs of words that are looked for: of a paragraph of more than 600 words, the first 600.
    static let runs = 120
    /// Bytes shown of a text that cites.
    static let shown = 240
  }

  /// Who cites a paragraph, by number or by wording, and what it cites.
  ///
  /// - Parameters:
  ///   - text: `ID#pN`, a link, or a place as `ID 第十二条`.
  ///   - limit: how many of those that cite it are listed; all are counted.
  /// - Throws: as ``cite(_:)``. Cost: two searches, and reading at most ``RefsLimits/candidates`` records of each.
  public func refs(_ text: String, limit: Int = 20) throws(QualityError) -> RefsAnswer {
    guard let found = try passage(called: text) else {
      throw QualityError("no-such-id", "'\(text)' names no paragraph of a directive", hint: "refs ID#pN")
    }
    var search = ReferenceSearch(self, found)
    try search.byNumber()
    try search.byWording()
    let cited = try cites(of: found)
    let all = search.citing.values.sorted { left, right in
      (left.way == .number ? 0 : 1, -left.weight, left.kind, left.id)
        < (right.way == .number ? 0 : 1, -right.weight, right.kind, right.id)
    }
    var answer = RefsAnswer(
      id: found.record.id, title: found.members["title"]?.stringValue ?? found.outline.id, text: found.entry.text,
      cites: cited, citedBy: Array(all.prefix(max(0, limit))), byNumber: all.filter { $0.way == .number }.count,
      byWording: all.filter { $0.way == .wording }.count, documentOnly: search.documentOnly.count,
      isPartial: search.isPartial, outcome: found.outcome, commit: commit, receipt: "")
    answer.receipt = Receipt.code(
      ["refs", answer.id, identity, TextTokens.version, "\(answer.byNumber)", "\(answer.byWording)"]
        + answer.citedBy.map { "\($0.kind)/\($0.id)" } + cited.map { $0.id ?? $0.text })
    return answer
  }

  /// What the paragraph's text names, resolved where that can be done.
  private func cites(of found: FoundPassage) throws(QualityError) -> [RefsAnswer.Cited] {
    let text = found.entry.text
    let bytes = Array(text.utf8)
    var cited: [RefsAnswer.Cited] = []
    for citation in CitationScanner.citations(in: text) {
      let written = String(decoding: bytes[citation.range], as: UTF8.self)
      func add(_ kind: String, _ id: String?) {
        cited.append(RefsAnswer.Cited(kind: kind, text: written, at: citation.range, id: id))
      }
      if let code = citation.code {
        if let kind = StandardCode.kind(of: code, written: written) { add(kind, nil) }
        continue
      }
      var outline: DirectiveOutline?
      switch citation.document {
      case .own, nil:
        // A place alone at the paragraph's very beginning is its own number.
        if citation.document == nil, citation.range.lowerBound == 0 { continue }
        outline = found.outline
      case .link(let link):
        if let target = try? passage(called: link) {
          add("passage", target.record.id)
        } else {
          add("title", nil)
        }
        continue
      case .id(let id):
        guard let members = try reading({ () throws(IndexError) in try members(kind: Schema.directive.kind, id: id) })
        else { continue }
        outline = DirectiveOutline(id: id, members)
      case .title(let title):
        if let (id, members) = try? directive(titledAs: title) { outline = DirectiveOutline(id: id, members) }
      }
      guard let outline else {
        // What stands in plain quotes and is no title here is a quotation of something else.
        if written.hasPrefix("《") { add("title", nil) }
        continue
      }
      guard let place = citation.place else {
        add("directive", outline.id)
        continue
      }
      let entries = outline.entries(at: place)
      if entries.isEmpty {
        add("directive", outline.id)
      } else {
        // Of an article or a chapter, where it begins; of several numbers, each.
        var seen: Set<Int> = []
        for entry in entries where seen.insert(entry.article ?? -entry.number).inserted {
          add("passage", DirectivePassages.id(of: entry.number, in: outline.id))
        }
      }
    }
    return cited
  }

  /// The directive of that title, with or without the name of the state before it.
  private func directive(titledAs title: String) throws(QualityError) -> (id: String, members: JSONObject)? {
    if let found = try directive(called: title) { return found }
    let state = ReferenceSearch.state
    guard !title.hasPrefix(state) else { return nil }
    return try directive(called: state + title)
  }
}

/// Looks for the records that cite one paragraph.
struct ReferenceSearch {
  private let index: QualityIndex
  private let found: FoundPassage
  private let titles: [String]
  private(set) var citing: [String: RefsAnswer.Citing] = [:]
  private(set) var documentOnly: Set<String> = []
  private(set) var isPartial = false
  private var names: EnterpriseNames

  /// What titles of laws begin with, and citations leave out.
  static let state = "中华人民共和国"

  init(_ index: QualityIndex, _ found: FoundPassage) {
    self.index = index
    self.found = found
    names = EnterpriseNames(index.snapshots)
    let title = found.members["title"]?.stringValue ?? ""
    var titles = title.isEmpty ? [] : [title]
    if title.hasPrefix(Self.state), title.count > Self.state.count {
      titles.append(String(title.dropFirst(Self.state.count)))
    }
    self.titles = titles
  }

  private static let kinds: Set<String> = [Schema.inspection.kind, Schema.passage.kind]

  // MARK: By number

  /// Records that name the document and this paragraph or its article; paragraphs of the same document by place alone.
  mutating func byNumber() throws(QualityError) {
    var clauses: [QuerySyntax] = []
    for name in titles + [found.outline.id] where name.utf8.count <= 600 {
      for field: QuerySyntax.Name in ["text", "violations.text"] {
        clauses.append(QuerySyntax(.field(field, QuerySyntax(.phrase(name)))))
      }
    }
    try forEachRecord(QuerySyntax(.or(clauses))) { search, kind, id, members throws(QualityError) in
      guard members["directive"]?.stringValue != search.found.outline.id else { return }
      search.look(at: kind, id, members, isOwn: false)
    }
    for entry in found.outline.entries where entry.number != found.entry.number {
      var members = JSONObject()
      members.append("text", .string(entry.text))
      if let title = found.members["title"] { members.append("title", title) }
      if let date = found.members["date"] { members.append("date", date) }
      look(
        at: Schema.passage.kind, DirectivePassages.id(of: entry.number, in: found.outline.id), members, isOwn: true)
    }
  }

  private mutating func look(at kind: String, _ id: String, _ members: JSONObject, isOwn: Bool) {
    for text in Self.texts(members) {
      for citation in CitationScanner.citations(in: text, titles: titles, ids: [found.outline.id], takesCodes: false)
      where names(citation, isOwn, id) {
        if let place = citation.place {
          guard means(place, citation) else { continue }
          add(kind, id, members, .number, Self.around(citation.range, in: text), words: 0, weight: 0)
          return
        }
        if case .link(let link)? = citation.document {
          guard let number = DirectivePassages.parts(of: link)?.number, number == found.entry.number else { continue }
          add(kind, id, members, .number, Self.around(citation.range, in: text), words: 0, weight: 0)
          return
        }
        if !isOwn { documentOnly.insert("\(kind)/\(id)") }
      }
    }
  }

  /// Whether a citation is of this document.
  private func names(_ citation: CitationScanner.Citation, _ isOwn: Bool, _ id: String) -> Bool {
    switch citation.document {
    case nil: isOwn && citation.code == nil && !(citation.range.lowerBound == 0 && citation.place?.kind == .article)
    case .own: isOwn
    case .id(let id): id == found.outline.id
    case .link(let link): DirectivePassages.parts(of: link)?.directive == found.outline.id
    case .title(let title):
      titles.contains { QualityIndex.bareTitle($0) == QualityIndex.bareTitle(title) }
    }
  }

  /// Whether a place is this paragraph, or an article that it belongs to.
  private func means(_ place: PlaceReference, _ citation: CitationScanner.Citation) -> Bool {
    guard place.kind == .paragraph || place.kind == .article else { return false }
    return found.outline.entries(at: place).contains { $0.number == found.entry.number }
  }

  // MARK: By wording

  /// Records that share a run of ``SharedWords/quotation`` with the paragraph. Every such run holds one of the short runs
  /// that are looked for: of four words at every fifth place, of six characters at every seventh.
  mutating func byWording() throws(QualityError) {
    let words = TextWord.all(in: found.entry.text)
    let bytes = Array(found.entry.text.utf8)
    var clauses: [QuerySyntax] = []
    var place = 0
    while place < words.count {
      let length = words[place].isIdeograph ? 6 : 4
      guard place + length <= words.count else { break }
      if clauses.count == QualityIndex.RefsLimits.runs {
        isPartial = true
        break
      }
      let range = words[place].range.lowerBound..<words[place + length - 1].range.upperBound
      clauses.append(QuerySyntax(.phrase(String(decoding: bytes[range], as: UTF8.self))))
      place += length + 1
    }
    guard !clauses.isEmpty else { return }
    let own = found.record.id
    let places = SharedWords.Places(words)
    try forEachRecord(QuerySyntax(.or(clauses))) { search, kind, id, members throws(QualityError) in
      guard id != own, search.citing["\(kind)/\(id)"] == nil else { return }
      for text in Self.texts(members) {
        let others = TextWord.all(in: text)
        guard let run = places.longest(others), run.weight >= SharedWords.quotation,
          let first = others[run.second].first, let last = others[run.second].last
        else { continue }
        let quoted = first.range.lowerBound..<last.range.upperBound
        search.add(
          kind, id, members, .wording, String(decoding: Array(text.utf8)[quoted], as: UTF8.self),
          words: run.second.count, weight: run.weight)
        return
      }
    }
  }

  // MARK: Records

  private mutating func forEachRecord(
    _ syntax: QuerySyntax,
    _ body: (inout ReferenceSearch, String, String, JSONObject) throws(QualityError) -> Void
  ) throws(QualityError) {
    var request = SearchRequest(syntax)
    request.kinds = Self.kinds
    request.limit = QualityIndex.RefsLimits.candidates
    request.relaxes = false
    request.tellsRungs = false
    let index = index
    let result = try index.searching { () throws(SearchError) in try index.searcher.search(request) }
    if result.total > result.hits.count { isPartial = true }
    for hit in result.hits {
      let record = try index.searching { () throws(SearchError) in try index.searcher.record(hit, of: result) }
      guard let members = record.objectValue, let id = members["id"]?.stringValue else { continue }
      try body(&self, hit.kind, id, members)
    }
  }

  /// The running texts of a record.
  private static func texts(_ members: JSONObject) -> [String] {
    var texts = [members["text"]?.stringValue].compactMap { $0 }
    for violation in members["violations"]?.arrayValue ?? [] {
      if let text = violation["text"]?.stringValue { texts.append(text) }
    }
    return texts
  }

  private mutating func add(
    _ kind: String, _ id: String, _ members: JSONObject, _ way: RefsAnswer.Way, _ text: String, words: Int, weight: Int
  ) {
    var enterprise: String?
    if let reference = members["enterprise"]?.stringValue {
      enterprise = reference
      if case .one(_, let name)? = try? names.meaning(of: reference) { enterprise = name ?? reference }
    }
    citing["\(kind)/\(id)"] = RefsAnswer.Citing(
      id: id, kind: kind, title: RecordTitle.of(kind: kind, id: id, members, enterprise: enterprise),
      date: members["date"]?.stringValue, way: way, text: text, words: words, weight: weight)
  }

  /// The sentence that holds a range of bytes, cut to some length.
  private static func around(_ range: Range<Int>, in text: String) -> String {
    let sentence = TextSentences.ranges(of: text).first { $0.overlaps(range) } ?? 0..<text.utf8.count
    let bytes = Array(text.utf8)
    var shown = min(sentence.lowerBound, range.lowerBound)..<max(sentence.upperBound, range.upperBound)
    if shown.count > QualityIndex.RefsLimits.shown {
      var from = max(shown.lowerBound, range.lowerBound - QualityIndex.RefsLimits.shown / 3)
      while from < range.lowerBound, bytes[from] & 0xC0 == 0x80 { from += 1 }
      var to = min(shown.upperBound, max(range.upperBound, from + QualityIndex.RefsLimits.shown))
      while to < bytes.count, bytes[to] & 0xC0 == 0x80 { to += 1 }
      shown = from..<to
    }
    return String(decoding: bytes[shown], as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
