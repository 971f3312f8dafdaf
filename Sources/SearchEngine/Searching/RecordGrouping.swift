import Records

/// The values by which the members of a ``RecordSet`` are told apart: a field of their records, or of the items themselves.
public struct RecordGrouping: Sendable {
  /// Distinct values; groups are named by their place here.
  public let values: [String]
  let kind: String
  let list: String?
  fileprivate let source: Source

  fileprivate enum Source: Sendable {
    /// A column of the records.
    case column(String, GlobalOrdinals)
    /// By segment and item: the places of its values.
    case items([[UInt32: [UInt32]]])
  }
}

extension Searcher {
  /// The grouping of a kind's records, or of the items of a list in them, by a field. Of items, a field of theirs goes
  /// before one of their records.
  ///
  /// - Returns: nil when the kind has no keyword-like field of that name.
  /// - Throws: what reading the index throws.
  public func grouping(by field: String, kind: String, list: String?) throws(SearchError) -> RecordGrouping? {
    guard let schema = schemas.first(where: { $0.kind == kind }) else { return nil }
    let group = try group(list, schema)
    let segments = SegmentContext.segments(of: snapshots, kinds: [kind])
    let fields = QueryPlanner.fields(named: field, in: schema).filter { Self.isGrouped(schema.fields[$0].type) }
    // Of several, the items' own; else the record's.
    let own = fields.first { group != nil && QueryPlanner.groupNumber(of: $0, in: schema) == group }
    guard let chosen = own ?? fields.first else { return nil }
    do throws(IndexError) {
      if let group, own != nil {
        return try itemGrouping(chosen, schema, group, segments, list: list)
      }
      let name = schema.fields[chosen].name
      let ordinals = try ordinals(of: name, segments)
      return RecordGrouping(values: ordinals.values, kind: kind, list: list, source: .column(name, ordinals))
    } catch {
      throw SearchError(error)
    }
  }

  private static func isGrouped(_ type: FieldType) -> Bool {
    switch type {
    case .keyword, .ordered, .name, .code, .boolean: true
    case .text, .date, .number: false
    }
  }

  /// Each value's list is read once, its positions say which items have it.
  private func itemGrouping(
    _ field: Int, _ schema: Schema, _ group: UInt8, _ segments: [SegmentContext], list: String?
  ) throws(IndexError) -> RecordGrouping {
    var values: [String] = []
    var places: [[UInt8]: UInt32] = [:]
    var items: [[UInt32: [UInt32]]] = []
    for segment in segments {
      var own: [UInt32: [UInt32]] = [:]
      let table = try segment.reader.items(group: group)
      if let column = try segment.reader.ordinalColumn(schema.fields[field].name) {
        var seen: Set<[UInt8]> = []
        for ordinal in 0..<UInt32(clamping: column.valueCount) {
          let value = try column.value(ordinal)
          let term = TermKey.keyword(field: field, FoldedValue.bytes(value))
          // Spellings that fold alike are one value.
          guard seen.insert(term).inserted else { continue }
          if places[term] == nil {
            places[term] = UInt32(clamping: values.count)
            values.append(value)
          }
          guard let place = places[term] else { continue }
          try forEachItem(of: term, segment, table) { own[$0, default: []].append(place) }
        }
      }
      items.append(own)
    }
    return RecordGrouping(values: values, kind: schema.kind, list: list, source: .items(items))
  }

  private func forEachItem(
    of term: [UInt8], _ segment: SegmentContext, _ table: ItemTable, _ body: (UInt32) -> Void
  ) throws(IndexError) {
    guard let info = try segment.reader.dictionary.find(bytes: term) else { return }
    let cursor = try segment.reader.postings(info)
    var positions: [UInt32] = []
    var document = try cursor.next()
    while document != PostingsCursor.exhausted {
      try cursor.positions(into: &positions)
      let own = table.items(of: Int(document))
      var last: Int?
      for position in positions {
        guard let item = table.item(at: position, in: own), item != last else { continue }
        body(UInt32(truncatingIfNeeded: item))
        last = item
      }
      document = try cursor.next()
    }
  }

  /// Hands each member of a set to `body` with the places of its values in ``RecordGrouping/values``, in document order;
  /// none where it has no value. Linear in the members.
  ///
  /// - Precondition: set and grouping are of one kind and list, and of this searcher.
  public func forEachGroup(
    of set: RecordSet, _ grouping: RecordGrouping,
    _ body: ([UInt32], () throws(SearchError) -> RecordSetMember)
      throws(SearchError) -> Void
  ) throws(SearchError) {
    precondition(set.kind == grouping.kind && set.list == grouping.list, "a grouping of the set's own members")
    var failure: SearchError?
    do throws(IndexError) {
      var found: [UInt32] = []
      var column: OrdinalColumn?
      let segments = SegmentContext.segments(of: snapshots, kinds: [set.kind])
      let schema = schemas.first { $0.kind == set.kind }
      let group = schema.flatMap { schema in set.list.flatMap { QueryPlanner.group(named: $0, in: schema)?.number } }
      for (segment, bits) in zip(segments, set.parts) where failure == nil {
        if case .column(let name, _) = grouping.source { column = try segment.reader.ordinalColumn(name) }
        func visit(_ document: UInt32, _ item: Int?, _ place: Int?) throws(IndexError) {
          guard failure == nil else { return }
          found.removeAll(keepingCapacity: true)
          switch grouping.source {
          case .column(_, let ordinals):
            try column?.ordinals(of: document, into: &found)
            let map = ordinals.maps[segment.ordinal]
            found = found.filter { Int($0) < map.count }.map { UInt32(truncatingIfNeeded: map[Int($0)]) }
          case .items(let items):
            if let item { found = items[segment.ordinal][UInt32(truncatingIfNeeded: item)] ?? [] }
          }
          do throws(SearchError) {
            try body(found) { () throws(SearchError) in
              do throws(IndexError) {
                return RecordSetMember(id: try id(of: document, segment), item: place.map { $0 + 1 })
              } catch { throw SearchError(error) }
            }
          } catch { failure = error }
        }
        if let group {
          let table = try segment.reader.items(group: group)
          try table.forEach(bits) { (item, document) throws(IndexError) in
            try visit(document, item, table.place(of: item))
          }
        } else {
          try bits.forEach { (document) throws(IndexError) in
            try visit(UInt32(truncatingIfNeeded: document), nil, nil)
          }
        }
      }
    } catch {
      throw SearchError(error)
    }
    if let failure { throw failure }
  }
}
