/// Flat queries over already folded terms of one snapshot, without syntax, plan or records: what measurements against
/// other engines ask. BM25 with k1 1.2, b 0.75 and no factor k1 + 1; document numbers count through the segments.
public struct PlainSearch {
  public enum Operation: String, Sendable {
    case term = "TERM"
    case and = "AND"
    case or = "OR"
    /// Scored by the phrase's own frequency with the sum of its words' idf.
    case phrase = "PHRASE"
    /// Any documents that match, in document order, at a score of 1.
    case prefix = "PREFIX"
    /// The 50 best words within one edit of the first word, by edits, then by frequency, scored together as one word.
    case fuzzy = "FUZZY"
  }

  public struct Hit: Sendable, Hashable {
    public let document: UInt64
    public let score: Double
  }

  private let segments: [SegmentContext]
  /// Whether hits are found by bounds where that is possible: the answers are the same, tests hold them against each other.
  var prunes = true
  private let bases: [UInt64]

  /// All segments of the snapshot are searched.
  public init(_ snapshot: Snapshot) {
    segments = SegmentContext.segments(of: [snapshot], kinds: Set(snapshot.segments.map(\.kind)))
    var starts: [UInt64] = []
    var next: UInt64 = 0
    for segment in segments {
      starts.append(next)
      next += UInt64(segment.reader.documentCount)
    }
    bases = starts
  }

  /// The ten (or `limit`) best documents. Throws what reading the index throws.
  public func top(_ operation: Operation, _ words: [[UInt8]], limit: Int = 10) throws(IndexError) -> [Hit] {
    let weight = try weight(operation, words)
    if operation == .prefix {
      if prunes, let prefix = words.first, !prefix.isEmpty {
        return try PrefixDocuments.first(limit, prefix, segments).map { hit($0, 1) }
      }
      let collector = FirstCollector(limit: limit)
      _ = try SegmentSearch.run(weight, into: [collector], deadline: nil) { collector.isFull }
      return collector.found.map { hit($0, 1) }
    }
    if operation == .phrase {
      if prunes, let search = PhraseSearch(weight) {
        return try search.top(capacity: limit).map { hit($0.address, $0.score) }
      }
      let collector = PhraseCollector(weight, limit: limit)
      _ = try SegmentSearch.run(weight, into: [collector], deadline: nil)
      return collector.hits.map { hit($0.address, $0.score) }
    }
    if prunes, let query = FlatQuery(weight), query.canBePruned(weight) {
      return try PrunedSearch(weight: weight, query: query, deadline: nil).top(capacity: limit, after: nil).hits
        .map { hit($0.address, $0.score) }
    }
    let collector = HitCollector(.score, capacity: limit, after: nil)
    _ = try SegmentSearch.run(weight, into: [collector], deadline: nil)
    return collector.hits.map { hit($0.address, $0.score) }
  }

  /// The exact number of matching documents.
  public func count(_ operation: Operation, _ words: [[UInt8]]) throws(IndexError) -> Int {
    if prunes, operation == .prefix, let prefix = words.first, !prefix.isEmpty {
      return try PrefixDocuments.count(prefix, segments)
    }
    let weight = try weight(operation, words)
    if prunes, let search = PhraseSearch(weight) { return try search.count() }
    if prunes, let query = FlatQuery(weight) { return try DocumentCounter(weight, query, deadline: nil).count().count }
    let collector = CountCollector()
    _ = try SegmentSearch.run(weight, into: [collector], deadline: nil)
    return collector.count
  }

  private func hit(_ address: DocumentAddress, _ score: Double) -> Hit {
    Hit(document: bases[address.segment] + UInt64(address.document), score: score)
  }

  private func weight(_ operation: Operation, _ words: [[UInt8]]) throws(IndexError) -> QueryWeight {
    var terms: [PlanTerm] = []
    let node: PlanNode
    if operation == .prefix {
      node = words.first.map { .entryPrefix($0) } ?? .nothing
    } else {
      // Without their text, which only explanations want.
      terms = words.map { word in
        PlanTerm(operation == .fuzzy ? .fuzzy(word, distance: 1, wordsOnly: false) : .exact(word))
      }
      let leaves = terms.indices.map { PlanNode.term($0, fields: nil) }
      if leaves.isEmpty {
        node = .nothing
      } else if leaves.count == 1 {
        node = leaves[0]
      } else {
        switch operation {
        case .or: node = .any(leaves, minimum: 1, isCoordinated: false)
        case .phrase:
          node = .phrase(terms.indices.map { PhraseSlot(term: $0, offset: UInt32($0)) }, fields: nil)
        case .and, .term, .prefix, .fuzzy: node = .all(required: leaves, optional: [], excluded: [])
        }
      }
    }
    var roots: [String: PlanNode] = [:]
    for segment in segments { roots[segment.reader.kind] = node }
    return try QueryWeight(
      QueryPlan(terms: terms, roots: roots), segments: segments, parameters: .plain, budget: QueryBudget())
  }
}
