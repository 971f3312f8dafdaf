public import QueryLanguage
import Records
import Synchronization

/// Records of one kind, or items of one list in them, as a set: what coverage is counted by.
public struct RecordSet: Sendable, Hashable {
  public let kind: String
  /// The list whose items are the members (`products`); nil: the records are.
  public let list: String?
  /// By segment of the kind, in document order.
  var parts: [BitSet]

  public var count: Int { parts.reduce(0) { $0 + $1.count } }
  public var isEmpty: Bool { parts.allSatisfy(\.isEmpty) }

  /// Members of both. Both are of one kind, list and searcher; so for the other operations.
  public func intersection(_ other: RecordSet) -> RecordSet { combined(other) { $0.formIntersection($1) } }
  public func subtracting(_ other: RecordSet) -> RecordSet { combined(other) { $0.subtract($1) } }
  public func union(_ other: RecordSet) -> RecordSet { combined(other) { $0.formUnion($1) } }

  private func combined(_ other: RecordSet, _ operation: (inout BitSet, BitSet) -> Void) -> RecordSet {
    precondition(kind == other.kind && list == other.list && parts.count == other.parts.count, "sets of one searcher")
    var result = self
    for index in parts.indices { operation(&result.parts[index], other.parts[index]) }
    return result
  }
}

/// One member of a ``RecordSet``.
public struct RecordSetMember: Sendable, Hashable {
  /// The record's id.
  public let id: String
  /// The item's number in its list, from 1; nil where the records are the members.
  public let item: Int?
}

/// What is asked for a ``RecordSet``.
public struct SetRequest: Sendable {
  public var query: QuerySyntax
  public var kind: String
  /// Items of this list rather than records: a clause about one item (`product(…)`) is asked of the item itself, any other
  /// of its record.
  public var list: String?
  /// Whether dates that only overlap what was asked match too.
  public var takesPossibleDates = false
  /// Dates that records hold after this day, counted from 1970-01-01, are as if they were not there; nil: all are.
  public var lastDay: Int32?

  public init(_ query: QuerySyntax, kind: String, list: String? = nil) {
    self.query = query
    self.kind = kind
    self.list = list
  }
}

extension Searcher {
  /// Entries that one pattern may stand for in a set: sets are exact or an error, so far more than a ranked search takes.
  private static let setExpansions = 1 << 20

  /// The records, or items, that match, by the words' own forms and those of their stems; nothing is relaxed.
  ///
  /// - Returns: the set, and whether any clause asks for dates.
  /// - Throws: ``SearchError`` with the place in the query; when a pattern stands for more entries than are taken; of the
  ///   index.
  /// - Cost: a look-up for what was asked before; else that of reading the clauses' lists and columns once; the units of a segment once in the searcher's life when
  ///   items are asked for.
  public func set(_ request: SetRequest) throws(SearchError) -> (set: RecordSet, usesDates: Bool) {
    let key = KeptSetKey(
      query: request.query.description, kind: request.kind, list: request.list,
      takesPossibleDates: request.takesPossibleDates, lastDay: request.lastDay)
    if let known = setCache.withLock({ $0[key] }) { return (known.set, known.usesDates) }
    let found = try evaluated(request)
    setCache.withLock { kept in
      if kept.count >= Self.keptSets { kept.removeAll(keepingCapacity: true) }
      kept[key] = KeptSet(set: found.set, usesDates: found.usesDates)
    }
    return found
  }

  /// Sets kept for the life of the snapshots: one bit a record or item each.
  private static let keptSets = 128

  struct KeptSetKey: Hashable {
    var query: String
    var kind: String
    var list: String?
    var takesPossibleDates: Bool
    var lastDay: Int32?
  }

  struct KeptSet: Sendable {
    var set: RecordSet
    var usesDates: Bool
  }

  private func evaluated(_ request: SetRequest) throws(SearchError) -> (set: RecordSet, usesDates: Bool) {
    guard let schema = schemas.first(where: { $0.kind == request.kind }) else {
      return (RecordSet(kind: request.kind, list: request.list, parts: []), false)
    }
    var options = QueryPlanner.Options()
    options.takesPossibleDates = request.takesPossibleDates
    options.joinable = schemas
    options.thesaurus = thesaurus
    var plan = try QueryPlanner.plan(request.query, schemas: [schema], options: options)
    let group = try group(request.list, schema)
    if let day = request.lastDay {
      plan.cutOff(after: Int64(day), isCertain: !request.takesPossibleDates, schemas: schemas)
    }
    var budget = QueryBudget()
    budget.expansions = Self.setExpansions
    let segments = SegmentContext.segments(of: snapshots, kinds: [request.kind])
    do throws(IndexError) {
      let parameters = RankingParameters()
      let joined = try JoinEvaluator(searcher: self, parameters: parameters, budget: budget).sets(plan.joins)
      let weight = try QueryWeight(
        plan, segments: segments, parameters: parameters, budget: budget, joined: joined, keepsColumns: true,
        keepsSets: true)
      for (term, numbers) in zip(plan.terms, weight.terms) where numbers.isTruncated {
        throw .limit(what: "the number of entries that '\(term.text)' stands for", limit: Self.setExpansions)
      }
      var parts: [BitSet] = []
      for segment in segments {
        let evaluator = SetEvaluator(searcher: self, weight: weight, segment: segment)
        let root = plan.roots[request.kind] ?? .nothing
        if let group {
          let table = try segment.reader.items(group: group)
          parts.append(
            try evaluator.items(root, group: group, table, within: table.items(of: evaluator.live)))
        } else {
          parts.append(try evaluator.documents(root, within: evaluator.live))
        }
      }
      return (RecordSet(kind: request.kind, list: request.list, parts: parts), plan.usesDates)
    } catch {
      throw SearchError(error)
    }
  }

  /// The number of a list of a schema; nil for none.
  func group(_ list: String?, _ schema: Schema) throws(SearchError) -> UInt8? {
    guard let list else { return nil }
    guard let found = QueryPlanner.group(named: list, in: schema) else {
      throw SearchError(.unknownUnit, "no list '\(list)' in records of kind '\(schema.kind)'")
    }
    return found.number
  }

  /// The members of a set in document order, at most `limit`. Ids are read from their column, no record is.
  public func members(of set: RecordSet, limit: Int = .max) throws(SearchError) -> [RecordSetMember] {
    do throws(IndexError) {
      var found: [RecordSetMember] = []
      try forEachMember(of: set) { (segment, document, item) throws(IndexError) in
        guard found.count < limit else { return false }
        found.append(RecordSetMember(id: try id(of: document, segment), item: item.map { $0 + 1 }))
        return true
      }
      return found
    } catch {
      throw SearchError(error)
    }
  }

  func id(of document: UInt32, _ segment: SegmentContext) throws(IndexError) -> String {
    guard let column = try segment.reader.ordinalColumn("#id"), let ordinal = try column.ordinal(of: document) else {
      return "\(document)"
    }
    return try column.value(ordinal)
  }

  /// Hands each member to `body`, in document order, until it answers false: its document, and the place of the item in its
  /// list.
  func forEachMember(
    of set: RecordSet, _ body: (SegmentContext, UInt32, Int?) throws(IndexError) -> Bool
  ) throws(IndexError) {
    let segments = SegmentContext.segments(of: snapshots, kinds: [set.kind])
    let schema = schemas.first { $0.kind == set.kind }
    let group = schema.flatMap { schema in set.list.flatMap { QueryPlanner.group(named: $0, in: schema)?.number } }
    var goesOn = true
    for (segment, bits) in zip(segments, set.parts) where goesOn {
      if let group {
        let table = try segment.reader.items(group: group)
        try table.forEach(bits) { (item, document) throws(IndexError) in
          if goesOn { goesOn = try body(segment, document, table.place(of: item)) }
        }
      } else {
        try bits.forEach { (document) throws(IndexError) in
          if goesOn { goesOn = try body(segment, UInt32(truncatingIfNeeded: document), nil) }
        }
      }
    }
  }
}
