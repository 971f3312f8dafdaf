public import JSONText
import QueryLanguage
import Records
import TextAnalysis

/// An entry of the dictionary that goes on from what is typed.
public struct SuggestedEntry: Sendable {
  /// As it is folded in the index.
  public var text: String
  /// Live records that hold it.
  public var count: Int
  /// `exact` where it begins as typed, `pinyin` where its reading does.
  public var rung: Rung
  /// Of a value of a field: the first record that has it.
  public var record: JSONValue?
}

/// Entries, the most frequent first, then in byte order.
public struct SuggestedEntries: Sendable {
  public var entries: [SuggestedEntry] = []
  /// Whether all that begin so were looked at: otherwise the first ``Searcher/suggestionScan`` in byte order, or those
  /// before the deadline.
  public var isWhole = true
}

// Type-ahead: what the dictionaries hold that begins as typed. No record is searched; cost depends on what is typed, not on
// how many records there are.
extension Searcher {
  /// Entries looked at for one suggestion: a letter alone begins tens of thousands. Some hundred microseconds.
  public static let suggestionScan = 2_048

  /// Words of the records of some kinds (nil: all) that begin with `prefix`.
  public func words(
    beginningWith prefix: String, kinds: Set<String>?, limit: Int, budget: QueryBudget = QueryBudget()
  ) throws(SearchError) -> SuggestedEntries {
    let folded = FoldedValue.bytes(prefix)
    guard !folded.isEmpty else { return SuggestedEntries() }
    let segments = SegmentContext.segments(of: snapshots, kinds: kinds ?? Set(schemas.map(\.kind)))
    return try entries([Lookup(segments: segments, key: [], typed: folded)], limit: limit, budget, readsRecords: false)
  }

  /// Codes, in their normal form, that begin with `prefix` in any spelling.
  public func codes(
    beginningWith prefix: String, kinds: Set<String>?, limit: Int, budget: QueryBudget = QueryBudget()
  ) throws(SearchError) -> SuggestedEntries {
    guard let form = FoldedValue.codes(prefix).first, !form.isEmpty else { return SuggestedEntries() }
    var lookups: [Lookup] = []
    for schema in schemas where kinds?.contains(schema.kind) ?? true {
      let segments = SegmentContext.segments(of: snapshots, kinds: [schema.kind])
      lookups.append(Lookup(segments: segments, key: TermKey.code([]), typed: form))
      for (index, field) in schema.fields.enumerated() where field.type == .code && field.weight == 0 {
        lookups.append(Lookup(segments: segments, key: TermKey.keyword(field: index, []), typed: form))
      }
    }
    return try entries(lookups, limit: limit, budget, readsRecords: false)
  }

  /// Whole values of some keyword-like fields of a kind that begin with `prefix`, and with `pinyin` those whose reading does;
  /// each with the first record that has it.
  public func values(
    of fields: [String], kind: String, beginningWith prefix: String, pinyin: Bool, limit: Int,
    budget: QueryBudget = QueryBudget()
  ) throws(SearchError) -> SuggestedEntries {
    let folded = FoldedValue.bytes(prefix)
    guard !folded.isEmpty, let schema = schemas.first(where: { $0.kind == kind }) else { return SuggestedEntries() }
    let segments = SegmentContext.segments(of: snapshots, kinds: [kind])
    let keys = fields.compactMap { schema.index(of: $0) }.map { TermKey.keyword(field: $0, []) }
    var found = try entries(
      keys.map { Lookup(segments: segments, key: $0, typed: folded) }, limit: limit, budget, readsRecords: true)
    if pinyin, found.entries.count < limit, let automaton = PinyinAutomaton(prefix) {
      let more = try entries(
        keys.map { Lookup(segments: segments, key: $0, typed: folded, automaton: automaton) }, limit: limit, budget,
        readsRecords: true)
      let known = Set(found.entries.map(\.text))
      found.entries += more.entries.filter { !known.contains($0.text) }.prefix(limit - found.entries.count)
      found.isWhole = found.isWhole && more.isWhole
    }
    return found
  }

  /// Names of the thesaurus that begin with `prefix`, then those a later word of which does, then, with `pinyin`, those whose
  /// reading does; each in the order of the tree. Linear in the names.
  public func productNames(goingOnFrom prefix: String, pinyin: Bool) -> [(name: String, rung: Rung)] {
    let typed = FoldedValue.bytes(prefix)
    guard !typed.isEmpty, let thesaurus else { return [] }
    let key = Array(Pinyin.key(of: prefix).utf8)
    let isLatin = !key.isEmpty && key.allSatisfy { $0 &- 0x61 < 26 }
    var groups: [[(name: String, rung: Rung)]] = [[], [], []]
    var seen: Set<String> = []
    for name in thesaurus.terms.lazy.flatMap(\.names) where seen.insert(name).inserted {
      let folded = FoldedValue.bytes(name)
      if folded.starts(with: typed) {
        groups[0].append((name, .exact))
      } else if folded.split(separator: 0x20).dropFirst().contains(where: { $0.starts(with: typed) }) {
        groups[1].append((name, .exact))
      } else if pinyin, isLatin, folded.contains(where: { $0 >= 0x80 }), Pinyin.key(of: name).utf8.starts(with: key) {
        groups[2].append((name, .pinyin))
      }
    }
    return groups.flatMap { $0 }
  }

  /// The first records, in document order, that a query finds: no scores, and no more work than that takes.
  public func firstRecords(
    _ query: QuerySyntax, kinds: Set<String>, limit: Int, budget: QueryBudget = QueryBudget()
  ) throws(SearchError) -> (records: [JSONValue], isWhole: Bool) {
    let searched = schemas.filter { kinds.contains($0.kind) }
    guard !searched.isEmpty, limit > 0 else { return ([], true) }
    var options = QueryPlanner.Options()
    options.joinable = schemas
    options.thesaurus = thesaurus
    let plan = try QueryPlanner.plan(query, schemas: searched, options: options)
    let segments = SegmentContext.segments(of: snapshots, kinds: kinds)
    do throws(IndexError) {
      let weight = try QueryWeight(plan, segments: segments, parameters: .plain, budget: budget)
      let collector = FirstCollector(limit: limit)
      let isWhole = try SegmentSearch.run(weight, into: [collector], deadline: budget.deadline) { collector.isFull }
      var records: [JSONValue] = []
      for address in collector.found.prefix(limit) {
        let bytes = try segments[address.segment].reader.record(address.document)
        if let record = try? JSONValue(parsing: bytes) { records.append(record) }
      }
      return (records, isWhole)
    } catch { throw SearchError(error) }
  }

  // MARK: Entries

  private struct Lookup {
    var segments: [SegmentContext]
    /// What the entries begin with before what is typed.
    var key: [UInt8]
    var typed: [UInt8]
    var automaton: PinyinAutomaton?
  }

  private struct Place {
    var segment: SegmentContext
    var info: TermInfo
  }

  private func entries(
    _ lookups: [Lookup], limit: Int, _ budget: QueryBudget, readsRecords: Bool
  ) throws(SearchError) -> SuggestedEntries {
    let meter = WorkMeter(budget)
    var places: [[UInt8]: [Place]] = [:]
    var isWhole = true
    do throws(IndexError) {
      for lookup in lookups {
        for segment in lookup.segments {
          let found = try scan(lookup, segment, meter)
          isWhole = isWhole && found.isWhole
          for (bytes, info) in found.entries { places[bytes, default: []].append(Place(segment: segment, info: info)) }
        }
      }
      let rung: Rung = lookups.contains { $0.automaton != nil } ? .pinyin : .exact
      let ordered = places.map {
        (bytes: $0.key, places: $0.value, sum: $0.value.reduce(0) { $0 + $1.info.documentFrequency })
      }
      .sorted { left, right in
        left.sum != right.sum ? left.sum > right.sum : left.bytes.lexicographicallyPrecedes(right.bytes)
      }
      var answer = SuggestedEntries(isWhole: isWhole)
      for entry in ordered where answer.entries.count < limit {
        let (count, first) = try live(entry.places)
        guard count > 0 else { continue }
        var suggested = SuggestedEntry(
          text: String(decoding: entry.bytes, as: UTF8.self), count: count, rung: rung, record: nil)
        if readsRecords, let first {
          suggested.record = try? JSONValue(parsing: try first.segment.reader.record(first.document))
        }
        answer.entries.append(suggested)
      }
      return answer
    } catch { throw SearchError(error) }
  }

  private func scan(
    _ lookup: Lookup, _ segment: SegmentContext, _ meter: WorkMeter
  ) throws(IndexError) -> (entries: [(bytes: [UInt8], info: TermInfo)], isWhole: Bool) {
    var entries: [(bytes: [UInt8], info: TermInfo)] = []
    if let automaton = lookup.automaton {
      var walk = AutomatonWalk(segment.reader.dictionary, automaton, under: lookup.key, meter: meter)
      while entries.count < Self.suggestionScan {
        guard try walk.next() else { return (entries, !walk.wasCut) }
        entries.append((Array(walk.bytes.dropFirst(lookup.key.count)), try walk.info()))
      }
      return (entries, false)
    }
    var wasCut = false
    let forms = try TermExpander.scan(
      lookup.key + lookup.typed, in: segment.reader, limit: Self.suggestionScan + 1, meter, &wasCut)
    entries = forms.prefix(Self.suggestionScan).map { (Array($0.bytes.dropFirst(lookup.key.count)), $0.info) }
    return (entries, forms.count <= Self.suggestionScan && !wasCut)
  }

  /// Live records that hold an entry, and the first of them.
  private func live(
    _ places: [Place]
  ) throws(IndexError) -> (count: Int, first: (segment: SegmentContext, document: UInt32)?) {
    var count = 0
    var first: (segment: SegmentContext, document: UInt32)?
    for place in places {
      let reader = place.segment.reader
      let cursor = try reader.postings(place.info)
      if reader.live == nil {
        count += Int(place.info.documentFrequency)
        if first == nil { first = (place.segment, try cursor.next()) }
        continue
      }
      while true {
        let document = try cursor.next()
        if document == PostingsCursor.exhausted { break }
        guard reader.isLive(document) else { continue }
        count += 1
        if first == nil { first = (place.segment, document) }
      }
    }
    return (count, first)
  }
}
