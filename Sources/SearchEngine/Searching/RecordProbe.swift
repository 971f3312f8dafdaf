public import QueryLanguage
import Records
import TextAnalysis

/// One live record of the snapshots, to be asked single clauses: what `search` would find of it, and why not.
public struct RecordProbe: Sendable {
  public let kind: String
  public let id: String
  /// The record's canonical JSON.
  public let bytes: [UInt8]
  let searcher: Searcher
  let snapshot: Int
  let segment: Int
  let document: UInt32

  /// Whether the record matches `syntax` when the given kinds are searched, nothing relaxed. Joins are evaluated over the
  /// snapshots. Throws what ``Searcher/search(_:)`` throws. Cost: the look-up of the words, and of their postings one place.
  public func holds(_ syntax: QuerySyntax, kinds: Set<String>? = nil) throws(SearchError) -> Bool {
    let searched = searcher.schemas.filter { kinds?.contains($0.kind) ?? true }
    var options = QueryPlanner.Options()
    options.joinable = searcher.schemas
    options.thesaurus = searcher.thesaurus
    options.ways = SearchRequest.usualRungs
    options.level = .pinyin
    let segments = SegmentContext.segments(of: searcher.snapshots, kinds: Set(searched.map(\.kind)))
    do throws(IndexError) {
      options.widening = try WideningBuilder.widening(SearchRequest(syntax), searched, segments, searcher)
    } catch {
      throw SearchError(error)
    }
    var plan = try QueryPlanner.plan(syntax, schemas: searched, options: options)
    if plan.hasFuzzyWords {
      // Fuzzy words that were typed are taken as such, and no others.
      options.level = .fuzzy
      plan = try QueryPlanner.plan(syntax, schemas: searched, options: options)
    }
    guard let place = segments.firstIndex(where: { $0.snapshot == snapshot && $0.segment == segment }),
      let root = plan.roots[kind]
    else { return false }
    do throws(IndexError) {
      let budget = QueryBudget()
      let joined = try JoinEvaluator(searcher: searcher, parameters: options.parameters, budget: budget)
        .sets(plan.joins)
      let weight = try QueryWeight(
        plan, segments: segments, parameters: options.parameters, budget: budget, joined: joined)
      var builder = MatcherBuilder(weight, segments[place])
      let matcher = try builder.build(root)
      let window = Int(document >> WindowBits.shift)
      let bit = Int(document) & (WindowBits.length - 1)
      let candidates = WindowBuffer()
      let matches = WindowBuffer()
      candidates.bits.insert(bit)
      guard try matcher.nextWindow(from: window) == window else { return false }
      try matcher.fill(window, candidates.bits, matches.bits)
      return matches.bits.contains(bit)
    } catch {
      throw SearchError(error)
    }
  }

  /// Whether a bare word asks for nothing that a record must hold: function words, words that only ask, punctuation.
  public static func isOptional(_ word: String) -> Bool {
    let analyzer = QueryAnalyzer()
    let tokens = analyzer.tokens(word)
    guard let first = tokens.first else { return true }
    return tokens.count == 1 && first.kind != .code && analyzer.wordClass(first.term) != .content
  }
}

extension Searcher {
  /// The live record of that kind and id; nil where there is none. Of several snapshots, the first that has it.
  public func probe(kind: String, id: String) throws(SearchError) -> RecordProbe? {
    // Records that are derived from another, as `ID#p3` is, stand under its key.
    let owner = id.lastIndex(of: "#").map { String(id[..<$0]) }
    let hashes = Set([id, owner ?? id].map { IndexWriter.keyHash($0) })
    do throws(IndexError) {
      for (number, snapshot) in snapshots.enumerated() {
        for (place, segment) in snapshot.segments.enumerated() where segment.kind == kind {
          guard let keys = segment.keys else { continue }
          var entries: [RecordKey] = []
          for hash in hashes { entries += try keys.entries(keyHash: hash) }
          for entry in entries where segment.isLive(entry.document) {
            if let column = try segment.ordinalColumn("#id"), let ordinal = try column.ordinal(of: entry.document),
              try column.value(ordinal) != id
            {
              continue
            }
            return RecordProbe(
              kind: kind, id: id, bytes: try segment.record(entry.document), searcher: self, snapshot: number,
              segment: place, document: entry.document)
          }
        }
      }
      return nil
    } catch {
      throw SearchError(error)
    }
  }
}
