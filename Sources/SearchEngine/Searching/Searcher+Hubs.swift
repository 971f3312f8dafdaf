public import JSONText
import Records
import TextAnalysis

// Answers of hub records: who they are, what is kept about them.
extension Searcher {
  func hubDocuments(_ hub: String) throws(IndexError) -> HubDocuments {
    try hubCaches.documents(hub) { () throws(IndexError) in try HubDocuments(hub, try links(hub), snapshots) }
  }

  func recordGroups(_ source: GroupSource, _ segments: [SegmentContext]) throws(IndexError) -> RecordGroups {
    let key = HubCaches.GroupKey(source: source, kinds: Set(segments.map(\.reader.kind)).sorted())
    return try hubCaches.groups(key) { () throws(IndexError) in
      try RecordGroups(source, segments, thesaurus: thesaurus)
    }
  }

  /// The collector of an answer of hub records.
  func hubCollector(
    _ request: HubRequest, _ segments: [SegmentContext], limit: Int, isFirstPage: Bool
  ) throws(IndexError) -> HubCollapseCollector {
    let documents = try hubDocuments(request.hub)
    var groups: [RecordGroups] = []
    var sources: [GroupSource] = []
    var bits = 0
    for facet in request.facets {
      let source: GroupSource =
        switch facet.source {
        case .values: .foldedValues(facet.field)
        case .presence: .presence(facet.field)
        case .tree: .tree(facet.field)
        }
      groups.append(try recordGroups(source, segments))
      sources.append(source)
    }
    // As many as fit a row; what is wider counts by itself.
    var combined: [(source: GroupSource, groups: RecordGroups)] = []
    for (source, grouping) in zip(sources, groups) {
      let own = GroupCombinations.bits(of: grouping)
      if bits + own > GroupCombinations.mostBits || combined.contains(where: { $0.source == source }) { continue }
      combined.append((source, grouping))
      bits += own
    }
    let combinations = hubCombinations(combined, documents, segments)
    // Groupings are kept for a while, combinations for another: the latter's own are counted by.
    if let combinations {
      for (place, source) in sources.enumerated() {
        guard let own = combined.firstIndex(where: { $0.source == source }) else { continue }
        groups[place] = combinations.groups[own]
      }
    }
    return HubCollapseCollector(
      documents, combinations: combinations, groups: groups,
      keepsLog: request.matches > 1 && limit > 0,
      // Pages behind the first are counted from a place that is not known before all scores are.
      wanted: request.order == .score && isFirstPage ? limit + 1 : nil)
  }

  /// Groupings as one, made once for the life of the snapshots; nil where they are too varied, or none.
  private func hubCombinations(
    _ groups: [(source: GroupSource, groups: RecordGroups)], _ documents: HubDocuments, _ segments: [SegmentContext]
  ) -> HubCombinations? {
    if groups.isEmpty { return nil }
    let key = HubCaches.CombinationKey(
      hub: documents.hub, sources: groups.map(\.source), kinds: Set(segments.map(\.reader.kind)).sorted())
    return hubCaches.combinations(key) {
      GroupCombinations(groups.map(\.groups), documentCounts: segments.map { Int($0.reader.documentCount) })
        .map { HubCombinations($0, documents, segments) }
    }
  }

  /// What hub records are sorted by, one number each; nil for sorting by score.
  func hubValues(_ request: HubRequest) throws(IndexError) -> [Int64?]? {
    if request.order == .score { return nil }
    let key = HubCaches.ValueKey(
      hub: request.hub, order: request.order, measures: request.measures, nameField: request.nameField)
    return try hubCaches.values(key) { () throws(IndexError) in
      request.order == .name ? try names(request) : try figures(request)
    }
  }

  private func names(_ request: HubRequest) throws(IndexError) -> [Int64?] {
    let documents = try hubDocuments(request.hub)
    var values = [Int64?](repeating: nil, count: documents.links.count)
    let segments = SegmentContext.segments(of: snapshots, kinds: [request.hub])
    let global = try ordinals(of: request.nameField, segments)
    for segment in segments {
      let place = HubLinks.Place(snapshot: segment.snapshot, segment: segment.segment)
      guard let base = documents.links.bases[place],
        let column = try segment.reader.ordinalColumn(request.nameField)
      else { continue }
      let map = global.maps[segment.ordinal]
      for document in 0..<segment.reader.documentCount {
        guard let ordinal = try column.ordinal(of: document), Int(ordinal) < map.count else { continue }
        values[Int(base) + Int(document)] = Int64(map[Int(ordinal)])
      }
    }
    return values
  }

  private func figures(_ request: HubRequest) throws(IndexError) -> [Int64?] {
    let documents = try hubDocuments(request.hub)
    var reader = try HubFigureReader(request.measures, documents, snapshots)
    var values: [Int64?] = []
    values.reserveCapacity(documents.links.count)
    for number in 0..<UInt32(clamping: documents.links.count) {
      let figures = try reader.figures(of: number, countsItems: request.order != .recency)
      let worst = Int64(figures.worst.map { $0 + 1 } ?? 0)
      let items = Int64(min(figures.items, Int(Int32.max)))
      switch request.order {
      case .items: values.append(items > 0 ? -(items << 16 + worst) : nil)
      case .severity: values.append(items > 0 || worst > 0 ? -(worst << 32 + items) : nil)
      case .recency, .score, .name: values.append(figures.latest.map { -Int64($0.first) })
      }
    }
    return values
  }

  /// The rows and facets of an answer.
  func hubResult(
    _ collector: HubCollapseCollector, _ request: HubRequest, _ found: [(hub: UInt32, key: HitKey)],
    hit: (HitKey) throws(IndexError) -> SearchHit
  ) throws(IndexError) -> HubResult {
    let best = collector.bestMatches(of: found.map(\.hub), limit: request.matches)
    var rows: [HubResult.Row] = []
    for entry in found {
      var matches: [SearchHit] = []
      for key in best[entry.hub] ?? [] { matches.append(try hit(key)) }
      rows.append(
        HubResult.Row(number: entry.hub, records: collector.matchCount(of: entry.hub), matches: matches))
    }
    let facets = zip(request.facets, collector.facetCounts()).map { facet, counter in
      let groups = counter.groups
      var values: [SearchFacet.Value] = []
      for group in groups.names.indices where counter.counts[group] > 0 {
        values.append(SearchFacet.Value(value: groups.names[group], count: counter.counts[group]))
      }
      if !groups.isOrdered {
        values.sort {
          $0.count != $1.count ? $0.count > $1.count : $0.value.utf8.lexicographicallyPrecedes($1.value.utf8)
        }
      }
      return HubResult.Facet(
        field: facet.field, values: values, tree: tree(groups, counter.counts),
        without: collector.count - counter.anyCount)
    }
    return HubResult(rows: rows, facets: facets, unassigned: collector.unassignedCount)
  }

  /// The terms with a count, from the top down.
  private func tree(_ groups: RecordGroups, _ counts: [Int]) -> [HubResult.TreeNode] {
    guard let thesaurus, groups.terms.contains(where: { $0 != nil }) else { return [] }
    var byTerm: [Int: Int] = [:]
    for (group, term) in groups.terms.enumerated() {
      if let term, counts[group] > 0 { byTerm[term] = counts[group] }
    }
    // Places of terms rise from the top down: a term comes before those under it.
    var nodes: [HubResult.TreeNode] = []
    for place in byTerm.keys.sorted() {
      let term = thesaurus.terms[place]
      var depth = 0
      var above = term.broader
      while let current = above {
        depth += 1
        above = thesaurus.terms[current].broader
      }
      nodes.append(
        HubResult.TreeNode(
          name: term.names.first ?? "", names: term.names, depth: depth, count: byTerm[place] ?? 0,
          ownName: term.names.first { thesaurus.places(of: $0) == [place] },
          isLeaf: !term.narrower.contains { byTerm[$0] != nil }))
    }
    return nodes
  }

  /// The stored record of a hub record. Throws what reading it throws.
  public func hubRecord(_ number: UInt32, of hub: String) throws(SearchError) -> JSONObject {
    do throws(IndexError) {
      guard let found = try hubDocuments(hub).place(of: number) else { return JSONObject() }
      let reader = snapshots[found.place.snapshot].segments[found.place.segment]
      let bytes = try reader.record(found.document)
      return (try? JSONValue(parsing: bytes))?.objectValue ?? JSONObject()
    } catch {
      throw SearchError(error)
    }
  }

  /// The number of the live hub record with that id in any snapshot, the first; nil where there is none.
  public func hubNumber(id: String, of hub: String) throws(SearchError) -> UInt32? {
    do throws(IndexError) {
      let documents = try hubDocuments(hub)
      for (number, snapshot) in snapshots.enumerated() {
        for (index, reader) in snapshot.segments.enumerated() where reader.kind == hub {
          guard let base = documents.links.bases[HubLinks.Place(snapshot: number, segment: index)],
            let keys = reader.keys
          else { continue }
          for entry in try keys.entries(keyHash: IndexWriter.keyHash(id)) where reader.isLive(entry.document) {
            if let column = try reader.ordinalColumn("#id"), let ordinal = try column.ordinal(of: entry.document),
              try column.value(ordinal) != id
            {
              continue
            }
            return base &+ entry.document
          }
        }
      }
      return nil
    } catch {
      throw SearchError(error)
    }
  }

  /// The figures of hub records, in the order given, over all their live records. Throws what reading them throws.
  public func hubFigures(
    _ numbers: [UInt32], of hub: String, _ measures: HubMeasures
  ) throws(SearchError) -> [HubFigures] {
    do throws(IndexError) {
      var reader = try HubFigureReader(measures, try hubDocuments(hub), snapshots)
      var found: [HubFigures] = []
      for number in numbers { found.append(try reader.figures(of: number)) }
      return found
    } catch {
      throw SearchError(error)
    }
  }
}
