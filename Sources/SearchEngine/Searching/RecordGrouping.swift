import Records
import Synchronization

/// The values by which the members of a ``RecordSet`` are told apart: a field of their records, or of the items themselves.
public struct RecordGrouping: Sendable {
  /// Distinct values; groups are named by their place here.
  public let values: [String]
  let kind: String
  let list: String?
  /// By segment.
  fileprivate let parts: [Part]
  /// Whether parts go by item, rather than by document.
  fileprivate let isByItem: Bool

  /// The places of the values of each document or item of a segment: `places[starts[i] ..< starts[i + 1]]`.
  fileprivate struct Part: Sendable {
    var starts: [UInt32]
    var places: [UInt32]

    @inline(__always)
    func range(_ number: Int) -> Range<Int> {
      number + 1 < starts.count ? Int(starts[number])..<Int(starts[number + 1]) : 0..<0
    }
  }
}

/// What a population and those missing of it come to by group: the last one is that of members without a value.
public struct RecordSetGroups: Sendable {
  public var population: [Int]
  public var missing: [Int]
  /// By group: the first of those missing, by id, then by item.
  public var members: [[RecordSetMember]]
}

extension Searcher {
  /// The grouping of a kind's records, or of the items of a list in them, by a field. Of items, a field of theirs goes
  /// before one of their records.
  ///
  /// - Returns: nil when the kind has no keyword-like field of that name.
  /// - Throws: what reading the index throws.
  public func grouping(by field: String, kind: String, list: String?) throws(SearchError) -> RecordGrouping? {
    let key = [field, kind, list ?? ""].joined(separator: "\u{0}")
    if let known = groupingCache.withLock({ $0[key] }) { return known }
    guard let made = try madeGrouping(by: field, kind: kind, list: list) else { return nil }
    groupingCache.withLock { kept in
      if kept.count >= Self.keptGroupings { kept.removeAll(keepingCapacity: true) }
      kept[key] = made
    }
    return made
  }

  /// Groupings kept for the life of the snapshots: a coverage is split by three or four fields.
  private static let keptGroupings = 16

  private func madeGrouping(
    by field: String, kind: String, list: String?
  ) throws(SearchError) -> RecordGrouping? {
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
      return try columnGrouping(schema.fields[chosen].name, kind, segments, list: list)
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

  private func columnGrouping(
    _ name: String, _ kind: String, _ segments: [SegmentContext], list: String?
  ) throws(IndexError) -> RecordGrouping {
    let ordinals = try ordinals(of: name, segments)
    var parts: [RecordGrouping.Part] = []
    for segment in segments {
      var part = RecordGrouping.Part(starts: [0], places: [])
      if let column = try segment.reader.ordinalColumn(name) {
        let map = ordinals.maps[segment.ordinal]
        var window = ColumnWindow(column)
        for number in 0..<column.windowCount {
          try window.load(number)
          for place in 0..<window.count {
            for value in window.range(place) {
              let ordinal = Int(window.ordinals[value])
              if ordinal < map.count { part.places.append(map[ordinal]) }
            }
            part.starts.append(UInt32(clamping: part.places.count))
          }
        }
      }
      parts.append(part)
    }
    return RecordGrouping(values: ordinals.values, kind: kind, list: list, parts: parts, isByItem: false)
  }

  /// Each value's list is read once, its positions say which items have it.
  private func itemGrouping(
    _ field: Int, _ schema: Schema, _ group: UInt8, _ segments: [SegmentContext], list: String?
  ) throws(IndexError) -> RecordGrouping {
    var values: [String] = []
    var places: [[UInt8]: UInt32] = [:]
    var parts: [RecordGrouping.Part] = []
    for segment in segments {
      /// Item · 2^32 + place.
      var pairs: [UInt64] = []
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
          try forEachItem(of: term, segment, table) { pairs.append(UInt64($0) << 32 | UInt64(place)) }
        }
      }
      pairs.sort()
      var part = RecordGrouping.Part(starts: [0], places: [])
      part.places.reserveCapacity(pairs.count)
      for pair in pairs {
        let item = Int(pair >> 32)
        while part.starts.count <= item { part.starts.append(UInt32(clamping: part.places.count)) }
        part.places.append(UInt32(truncatingIfNeeded: pair))
      }
      while part.starts.count <= table.count { part.starts.append(UInt32(clamping: part.places.count)) }
      parts.append(part)
    }
    return RecordGrouping(values: values, kind: schema.kind, list: list, parts: parts, isByItem: true)
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

  /// A population, and those missing of it, by group; of each group the first `limit` that are missing, by id. Linear in the
  /// members; ids are read of those alone that are listed. Throws what reading the index throws.
  ///
  /// - Precondition: sets and grouping are of one kind and list, and of this searcher.
  public func groups(
    of population: RecordSet, missing: RecordSet, _ grouping: RecordGrouping, limit: Int
  ) throws(SearchError) -> RecordSetGroups {
    precondition(
      population.kind == grouping.kind && population.list == grouping.list && missing.kind == grouping.kind
        && missing.list == grouping.list, "a grouping of the sets' own members")
    let groupCount = grouping.values.count + 1
    var result = RecordSetGroups(
      population: Array(repeating: 0, count: groupCount), missing: Array(repeating: 0, count: groupCount), members: [])
    do throws(IndexError) {
      let segments = SegmentContext.segments(of: snapshots, kinds: [population.kind])
      let group = try listNumber(population)
      var firsts = [FirstMembers](repeating: FirstMembers(limit: limit), count: groupCount)
      for segment in segments where segment.ordinal < grouping.parts.count {
        let part = grouping.parts[segment.ordinal]
        let table = try group.map { (group) throws(IndexError) in try segment.reader.items(group: group) }
        func places(_ number: Int, _ document: UInt32, _ body: (Int) -> Void) {
          let range = part.range(grouping.isByItem ? number : Int(document))
          if range.isEmpty { return body(groupCount - 1) }
          for place in range { body(Int(part.places[place])) }
        }
        func forEach(_ set: RecordSet, _ body: (Int, UInt32) throws(IndexError) -> Void) throws(IndexError) {
          guard segment.ordinal < set.parts.count else { return }
          if let table {
            try table.forEach(set.parts[segment.ordinal]) { (item, document) throws(IndexError) in
              try body(item, document)
            }
          } else {
            try set.parts[segment.ordinal].forEach { (number) throws(IndexError) in
              try body(number, UInt32(truncatingIfNeeded: number))
            }
          }
        }
        try forEach(population) { (number, document) throws(IndexError) in
          places(number, document) { result.population[$0] += 1 }
        }
        let ids = try segment.reader.ordinalColumn("#id")
        try forEach(missing) { (number, document) throws(IndexError) in
          let id = limit > 0 ? try ids?.ordinal(of: document) ?? document : 0
          let item = UInt32(clamping: table?.place(of: number) ?? 0)
          places(number, document) {
            result.missing[$0] += 1
            if limit > 0 { firsts[$0].add(id, item) }
          }
        }
        for place in firsts.indices { try firsts[place].close(ids, hasItems: group != nil) }
      }
      result.members = firsts.map(\.members)
      return result
    } catch {
      throw SearchError(error)
    }
  }

  /// The first `limit` members of a set by id, in byte order, then by item. Ids are read of those alone. Throws what reading
  /// the index throws.
  public func firstMembers(of set: RecordSet, limit: Int) throws(SearchError) -> [RecordSetMember] {
    do throws(IndexError) {
      let group = try listNumber(set)
      var first = FirstMembers(limit: limit)
      for segment in SegmentContext.segments(of: snapshots, kinds: [set.kind]) where segment.ordinal < set.parts.count {
        let ids = try segment.reader.ordinalColumn("#id")
        if let group {
          let table = try segment.reader.items(group: group)
          try table.forEach(set.parts[segment.ordinal]) { (item, document) throws(IndexError) in
            first.add(try ids?.ordinal(of: document) ?? document, UInt32(clamping: table.place(of: item)))
          }
        } else {
          try set.parts[segment.ordinal].forEach { (number) throws(IndexError) in
            let document = UInt32(truncatingIfNeeded: number)
            first.add(try ids?.ordinal(of: document) ?? document, 0)
          }
        }
        try first.close(ids, hasItems: group != nil)
      }
      return first.members
    } catch {
      throw SearchError(error)
    }
  }

  private func listNumber(_ set: RecordSet) throws(IndexError) -> UInt8? {
    guard let list = set.list, let schema = schemas.first(where: { $0.kind == set.kind }) else { return nil }
    return QueryPlanner.group(named: list, in: schema)?.number
  }
}

/// The first members by id, gathered segment by segment: within one, ordinals of ids are in the order of the ids.
private struct FirstMembers {
  private let limit: Int
  /// Of the segment under way: ordinal of the id · 2^32 + item.
  private var pending: [UInt64] = []
  private(set) var members: [RecordSetMember] = []

  init(limit: Int) { self.limit = max(0, limit) }

  @inline(__always)
  mutating func add(_ id: UInt32, _ item: UInt32) {
    pending.append(UInt64(id) << 32 | UInt64(item))
    // Now and then what cannot be among the first is let go.
    if limit < 1_024, pending.count >= 8 * 1_024 {
      pending.sort()
      pending.removeLast(pending.count - limit)
    }
  }

  /// Ends a segment. Throws corruption.
  mutating func close(_ ids: OrdinalColumn?, hasItems: Bool) throws(IndexError) {
    if pending.isEmpty { return }
    pending.sort()
    let wasEmpty = members.isEmpty
    for entry in pending.prefix(limit) {
      let ordinal = UInt32(truncatingIfNeeded: entry >> 32)
      let id = try ids.map { (ids) throws(IndexError) in try ids.value(ordinal) } ?? "\(ordinal)"
      let item = hasItems ? Int(entry & 0xFFFF_FFFF) + 1 : nil
      members.append(RecordSetMember(id: id, item: item))
    }
    pending.removeAll(keepingCapacity: true)
    if wasEmpty { return }
    members.sort {
      $0.id == $1.id ? ($0.item ?? 0) < ($1.item ?? 0) : $0.id.utf8.lexicographicallyPrecedes($1.id.utf8)
    }
    members.removeLast(max(0, members.count - limit))
  }
}
