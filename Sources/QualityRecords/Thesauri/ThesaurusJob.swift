import Records
import SearchEngine

/// The thesaurus, asked about.
enum ThesaurusJob {
  /// Names like an unknown one that are offered.
  static let nearest = 8

  /// Throws `thesaurus` with the line that is wrong.
  static func check(_ text: String) throws(QualityError) {
    guard let problem = Searcher.problem(inThesaurus: text) else { return }
    throw QualityError(
      "thesaurus", "thesaurus, line \(problem.line): \(problem.message)",
      hint:
        "one term a line, two spaces further in than the wider one; its names parted by ' = ', related terms behind ' ~ '"
    )
  }
}

extension QualityIndex {
  /// The places of a term in the thesaurus, wider, narrower and related terms, and how many records hold each name, as it is
  /// written, over all kinds that files may hold.
  ///
  /// - Throws: what reading the index throws.
  /// - Cost: a count for each name, kind by kind, and one for each term with others under it.
  public func thesaurus(of term: String) throws(QualityError) -> ThesaurusAnswer {
    let entries = searcher.thesaurusEntries(of: term)
    var counter = NameCounter(self)
    var answer = ThesaurusAnswer(
      term: term, entries: [], total: 0, nearest: [], version: thesaurusVersion, commit: commit)
    guard !entries.isEmpty else {
      answer.nearest = searcher.thesaurusNames(near: term, limit: ThesaurusJob.nearest)
      return answer
    }
    for entry in entries { answer.entries.append(try counter.counted(entry)) }
    var names: [String] = []
    for name in entries.flatMap(\.namesUnder) where !names.contains(name) { names.append(name) }
    answer.total = try counter.total(names)
    return answer
  }
}

/// Counts the records that hold names, each name once.
private struct NameCounter {
  private let index: QualityIndex
  private var known: [String: ThesaurusAnswer.Name] = [:]

  init(_ index: QualityIndex) { self.index = index }

  mutating func counted(_ entry: ThesaurusEntry) throws(QualityError) -> ThesaurusAnswer.Entry {
    var counted = ThesaurusAnswer.Entry(
      names: try names(entry.names), broader: try names(entry.broader), narrower: [], related: try names(entry.related),
      total: try total(entry.namesUnder))
    for narrower in entry.narrower { counted.narrower.append(try self.counted(narrower)) }
    return counted
  }

  func total(_ names: [String]) throws(QualityError) -> Int {
    let searcher = index.searcher
    return try index.searching { () throws(SearchError) in
      try searcher.count(ofAny: names, kinds: QualityIndex.searchedKinds)
    }
  }

  private mutating func names(_ names: [String]) throws(QualityError) -> [ThesaurusAnswer.Name] {
    var found: [ThesaurusAnswer.Name] = []
    for name in names { found.append(try self.name(name)) }
    return found
  }

  private mutating func name(_ name: String) throws(QualityError) -> ThesaurusAnswer.Name {
    if let counted = known[name] { return counted }
    var counted = ThesaurusAnswer.Name(name: name, count: 0, byKind: [])
    let searcher = index.searcher
    for schema in Schema.recordKinds {
      let count = try index.searching { () throws(SearchError) in
        try searcher.count(ofAny: [name], kinds: [schema.kind])
      }
      counted.count += count
      if count > 0 { counted.byKind.append((schema.kind, count)) }
    }
    known[name] = counted
    return counted
  }
}
