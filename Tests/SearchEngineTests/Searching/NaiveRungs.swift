import JSONText
import QueryLanguage
import Records
import TextAnalysis

@testable import SearchEngine

/// Why records match, record by record and rung by rung, from their texts alone. Of the forms of the query language it
/// knows words, quotes, `=`, groups, negations, `has()` and typed fuzzy words. Ids are unique over both kinds.
struct NaiveRungs {
  struct Item {
    var kind: String
    var id: String
    /// Words of each value; of an enterprise the values of its names first.
    var values: [[NaiveIndex.Word]]
    var nameCount = 0
    var enterprise: String?
  }

  /// A term of the tree: its names and the terms above it.
  struct Term {
    var names: [String]
    var above: [Int]
  }

  var items: [Item] = []
  var terms: [Term] = []

  /// The rung of each record whose rung is among those asked for.
  func answer(_ query: QuerySyntax, _ rungs: Set<Rung>) -> [String: Rung] {
    let spans = spans(query)
    let ways = rungs.union([.exact]).union(Self.hasFuzzy(query) ? [.fuzzy] : [])
    var found: [String: Rung] = [:]
    for item in items {
      let level = ways.sorted().first { level in
        matches(query, item, Ways(level: level, all: rungs.union([.exact]), spans: spans))
      }
      if let level, rungs.contains(level) || (level == .fuzzy && Self.hasFuzzy(query)) { found[item.id] = level }
    }
    return found
  }

  struct Ways {
    var level: Rung
    var all: Set<Rung>
    /// By place of the word in the query: other names of the span that it is part of.
    var spans: [Int: [String]]
    var isFixed = false

    func takes(_ rung: Rung) -> Bool { !isFixed && level >= rung && all.contains(rung) }
    var takesStems: Bool { all.contains(.stem) && (isFixed || level >= .stem) }
  }

  private static func hasFuzzy(_ query: QuerySyntax) -> Bool {
    switch query.kind {
    case .fuzzy: true
    case .not, .excluded, .has: false
    default: query.children.contains { hasFuzzy($0) }
    }
  }

  // MARK: Spans

  /// Analyses made so far: the vocabulary is small.
  private final class Known {
    var words: [String: [NaiveIndex.Word]] = [:]
    var stems: [[UInt8]: [UInt8]] = [:]
  }

  private let known = Known()

  private func words(_ text: String) -> [NaiveIndex.Word] {
    if let made = known.words[text] { return made }
    let made = NaiveIndex.words(text, mode: .query)
    known.words[text] = made
    return made
  }

  private func stem(_ term: [UInt8]) -> [UInt8] {
    if let made = known.stems[term] { return made }
    let made = NaiveIndex.stem(term)
    known.stems[term] = made
    return made
  }

  private func stems(_ text: String) -> [[UInt8]] { words(text).map { stem($0.term) } }

  private func namesUnder(_ text: String) -> [String] {
    let roots = terms.indices.filter { terms[$0].names.contains { stems($0) == stems(text) } }
    return terms.indices.filter { place in roots.contains { $0 == place || terms[place].above.contains($0) } }
      .flatMap { terms[$0].names }
  }

  private func spans(_ query: QuerySyntax) -> [Int: [String]] {
    var found: [Int: [String]] = [:]
    func widen(_ run: [(String, Int)]) {
      var taken: Set<Int> = []
      for length in stride(from: min(6, run.count), through: 1, by: -1) {
        for start in 0...(run.count - length) where taken.isDisjoint(with: start..<start + length) {
          let span = run[start..<start + length]
          let named = namesUnder(span.map(\.0).joined(separator: " "))
          if named.isEmpty { continue }
          // Names that hold all the words themselves are what stems find.
          let names = named.filter { name in !span.allSatisfy { stems(name).contains(stems($0.0)[0]) } }
          taken.formUnion(start..<start + length)
          for word in run[start..<start + length] { found[word.1] = names }
        }
      }
    }
    func visit(_ query: QuerySyntax) {
      switch query.kind {
      case .word(let text): widen([(text, query.range.lowerBound)])
      case .flat(let nodes), .and(let nodes):
        var run: [(String, Int)] = []
        for node in nodes {
          if case .word(let text) = node.kind {
            run.append((text, node.range.lowerBound))
          } else {
            widen(run)
            run = []
            visit(node)
          }
        }
        widen(run)
      case .or(let nodes): nodes.forEach(visit)
      case .required(let node), .boost(let node, _): visit(node)
      default: break
      }
    }
    visit(query)
    return found
  }

  // MARK: Matching

  private func matches(_ query: QuerySyntax, _ item: Item, _ ways: Ways) -> Bool {
    switch query.kind {
    case .flat(let nodes), .and(let nodes): return nodes.allSatisfy { matches($0, item, ways) }
    case .or(let nodes): return nodes.contains { matches($0, item, ways) }
    case .required(let node), .boost(let node, _): return matches(node, item, ways)
    case .not(let node), .excluded(let node):
      var fixed = ways
      fixed.isFixed = true
      // A join that records of this kind have no part in matches neither way.
      if case .has = node.kind, item.kind != "enterprise" { return false }
      return !matches(node, item, fixed)
    case .has(_, let inner):
      guard item.kind == "enterprise" else { return false }
      var fixed = ways
      fixed.isFixed = true
      return items.contains { other in
        other.enterprise == item.id && (inner.map { matches($0, other, fixed) } ?? true)
      }
    case .phrase(let text), .exact(let text): return stands(text, in: item.values, stems: false)
    case .word(let text): return word(text, query.range.lowerBound, item, ways)
    case .fuzzy(let text, let distance):
      if ways.isFixed || ways.level >= .fuzzy { return near(text, distance, item) }
      return stands(text, in: item.values, stems: false)
    default: return false
    }
  }

  private func word(_ text: String, _ place: Int, _ item: Item, _ ways: Ways) -> Bool {
    if stands(text, in: item.values, stems: ways.takesStems) { return true }
    if ways.takes(.thesaurus), (ways.spans[place] ?? []).contains(where: { stands($0, in: item.values, stems: true) }) {
      return true
    }
    if ways.takes(.name), let owner = items.first(where: { $0.id == item.enterprise }),
      stands(text, in: Array(owner.values[..<owner.nameCount]), stems: false)
    {
      return true
    }
    return ways.takes(.fuzzy) && near(text, 2, item)
  }

  private func stands(_ text: String, in values: [[NaiveIndex.Word]], stems: Bool) -> Bool {
    let wanted = words(text)
    func same(_ one: NaiveIndex.Word, _ other: NaiveIndex.Word) -> Bool {
      one.term == other.term || (stems && stem(one.term) == stem(other.term))
    }
    return values.contains { value in
      value.contains { first in
        wanted.allSatisfy { word in
          value.contains {
            same(word, $0) && $0.position - first.position == word.position - wanted[0].position
          }
        }
      }
    }
  }

  private func near(_ text: String, _ distance: Int, _ item: Item) -> Bool {
    let word = Array(text.utf8)
    if word.count < 3 { return stands(text, in: item.values, stems: false) }
    let most = word.count < 6 ? 1 : distance
    return item.values.contains { $0.contains { EditDistance.between(word, $0.term) <= most } }
  }
}
