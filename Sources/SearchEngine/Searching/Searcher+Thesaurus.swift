import QueryLanguage
import TextAnalysis

/// A term of the thesaurus in its place of the tree.
public struct ThesaurusEntry: Hashable, Sendable {
  /// The first is the one to show.
  public var names: [String]
  /// First names of the wider terms, the nearest first.
  public var broader: [String]
  /// The terms under it, each with its own.
  public var narrower: [ThesaurusEntry]
  /// Names of related terms.
  public var related: [String]

  /// All names of it and of what lies under it, each once, in the order of the tree.
  public var namesUnder: [String] {
    var found: [String] = []
    for name in names + narrower.flatMap(\.namesUnder) where !found.contains(name) { found.append(name) }
    return found
  }
}

extension Searcher {
  /// What is wrong with the text of a thesaurus, and on which line, counted from 1; nil where nothing is.
  public static func problem(inThesaurus text: String) -> (line: Int, message: String)? {
    do throws(ThesaurusError) {
      _ = try Thesaurus(parsing: text)
      return nil
    } catch { return (error.line, error.message) }
  }

  /// The places of a term in the thesaurus that this searcher asks by, with all that lies under each; empty where the
  /// thesaurus does not know it, or there is none. Linear in what is found.
  public func thesaurusEntries(of name: String) -> [ThesaurusEntry] {
    guard let thesaurus else { return [] }
    return thesaurus.places(of: name).map { Self.entry($0, thesaurus) }
  }

  private static func entry(_ place: Int, _ thesaurus: Thesaurus) -> ThesaurusEntry {
    let term = thesaurus.terms[place]
    var broader: [String] = []
    var above = term.broader
    while let next = above {
      broader.append(thesaurus.terms[next].names.first ?? "")
      above = thesaurus.terms[next].broader
    }
    return ThesaurusEntry(
      names: term.names, broader: broader, narrower: term.narrower.map { entry($0, thesaurus) },
      related: thesaurus.related(to: place))
  }

  /// Names of the thesaurus like one that it does not know: those that begin or end with it or within it, then those
  /// within two edits. Cost: a comparison with each name.
  public func thesaurusNames(near name: String, limit: Int) -> [String] {
    guard let thesaurus else { return [] }
    let typed = FoldedValue.bytes(name)
    guard !typed.isEmpty else { return [] }
    let length = String(decoding: typed, as: UTF8.self).count
    var found: [(name: String, rank: Int)] = []
    var seen: Set<[UInt8]> = []
    for other in thesaurus.names {
      let folded = FoldedValue.bytes(other)
      guard seen.insert(folded).inserted else { continue }
      if Self.holds(folded, typed) || folded.count > 3 && Self.holds(typed, folded) {
        found.append((other, 0))
      } else if length >= 3, abs(folded.count - typed.count) <= 6 {
        let distance = EditDistance.between(typed, folded)
        if distance <= (length >= 5 ? 2 : 1) { found.append((other, distance)) }
      }
    }
    return found.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
      .prefix(limit).map(\.element.name)
  }

  private static func holds(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    guard part.count <= text.count else { return false }
    return (0...(text.count - part.count)).contains { text[$0...].starts(with: part) }
  }

  /// How many records of some kinds hold a name as it is written, and how many any of several. Exact.
  public func count(ofAny names: [String], kinds: Set<String>) throws(SearchError) -> Int {
    let phrases = names.map { QuerySyntax(.phrase($0)) }
    var request = SearchRequest(phrases.count == 1 ? phrases[0] : QuerySyntax(.or(phrases)))
    request.kinds = kinds
    request.countsOnly = true
    request.relaxes = false
    return try search(request).total
  }
}
