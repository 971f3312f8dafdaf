import Records
import TextAnalysis

/// The groups of each record by one ``GroupSource``, as one number a record: which set of groups it is in. Made once for
/// the snapshots and kinds, so that counting is one look-up a match, whatever the columns are like.
final class RecordGroups: Sendable {
  /// The groups' names, in byte order but for those of dates and ordered values, which have an order of their own.
  let names: [String]
  /// By group: the term of the thesaurus; nil for others. Empty when no group is a term.
  let terms: [Int?]
  /// Whether ``names`` are in an order that is worth showing.
  let isOrdered: Bool
  /// By ordinal of the segment: the set of each document; empty where the segment has none of the fields. Set 0 is that of
  /// no group.
  let sets: [[UInt32]]
  /// Groups of set `s`: `members[starts[s] ..< starts[s + 1]]`, rising.
  let starts: [UInt32]
  let members: [UInt32]

  /// Cost: some 5 ns a record and column of one value, 50 ns of several; four bytes a record.
  init(_ source: GroupSource, _ segments: [SegmentContext], thesaurus: Thesaurus?) throws(IndexError) {
    var builder = GroupBuilder(source, segments, thesaurus: thesaurus)
    try builder.build()
    names = builder.names
    terms = builder.terms
    isOrdered = builder.isOrdered
    sets = builder.sets
    starts = builder.starts
    members = builder.members
  }

  var count: Int { names.count }

  func groups(ofSet set: UInt32) -> ArraySlice<UInt32> {
    let index = Int(set)
    guard index + 1 < starts.count else { return [] }
    return members[Int(starts[index])..<Int(starts[index + 1])]
  }

  /// Sets, that of no group among them; the numbers in ``sets`` are below it.
  var setCount: Int { max(1, starts.count - 1) }

  /// Hands the sets of a segment's documents to `body`; none where the segment has none of the fields.
  @inline(__always)
  func withSets(_ segment: Int, _ body: (UnsafeBufferPointer<UInt32>) -> Void) {
    guard segment < sets.count else { return body(UnsafeBufferPointer(start: nil, count: 0)) }
    sets[segment].withUnsafeBufferPointer(body)
  }

  /// The set of a document of the segment of that ordinal.
  @inline(__always)
  func set(_ segment: Int, _ document: UInt32) -> UInt32 {
    guard segment < sets.count, Int(document) < sets[segment].count else { return 0 }
    return sets[segment][Int(document)]
  }
}

/// Makes ``RecordGroups``: names first, then the set of each record.
private struct GroupBuilder {
  private let source: GroupSource
  private let segments: [SegmentContext]
  private let thesaurus: Thesaurus?
  private(set) var names: [String] = []
  private(set) var terms: [Int?] = []
  private(set) var isOrdered = false
  private(set) var sets: [[UInt32]]
  private(set) var starts: [UInt32] = [0, 0]
  private(set) var members: [UInt32] = []
  /// Sets met, by their groups; of few groups, by one bit a group.
  private var known: [[UInt32]: UInt32] = [[]: 0]
  private var knownBits: [UInt64: UInt32] = [0: 0]

  init(_ source: GroupSource, _ segments: [SegmentContext], thesaurus: Thesaurus?) {
    self.source = source
    self.segments = segments
    self.thesaurus = thesaurus
    sets = Array(repeating: [], count: segments.count)
  }

  mutating func build() throws(IndexError) {
    switch source {
    case .kind: buildKinds()
    case .values(let name):
      let isFullName = segments.contains { $0.reader.schema.index(of: name) != nil }
      try buildValues { schema in
        isFullName
          ? schema.index(of: name).map { [schema.fields[$0].name] } ?? []
          : QueryPlanner.fields(named: name, in: schema).map { schema.fields[$0].name }
      }
    case .foldedValues(let name), .tree(let name):
      try buildValues { schema in QueryPlanner.fields(named: name, in: schema).map { schema.fields[$0].name } }
    case .presence(let name): try buildPresence(name)
    case .dates(let name, let grain): try buildDates(name, grain)
    }
  }

  // MARK: Sets

  /// The number of a set of groups, which rise.
  private mutating func set(_ groups: [UInt32]) -> UInt32 {
    if names.count <= 64 {
      var bits: UInt64 = 0
      for group in groups { bits |= 1 &<< UInt64(group & 63) }
      if let number = knownBits[bits] { return number }
      let number = append(groups)
      knownBits[bits] = number
      return number
    }
    if let number = known[groups] { return number }
    let number = append(groups)
    known[groups] = number
    return number
  }

  private mutating func append(_ groups: [UInt32]) -> UInt32 {
    members += groups
    starts.append(UInt32(clamping: members.count))
    return UInt32(clamping: starts.count - 2)
  }

  // MARK: Sources

  private mutating func buildKinds() {
    names = Set(segments.map(\.reader.kind)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for (index, segment) in segments.enumerated() {
      let group = UInt32(clamping: names.firstIndex(of: segment.reader.kind) ?? 0)
      sets[index] = Array(repeating: set([group]), count: Int(segment.reader.documentCount))
    }
  }

  private mutating func buildPresence(_ name: String) throws(IndexError) {
    names = ["yes", "no"]
    let (yes, no) = (set([0]), set([1]))
    for (index, segment) in segments.enumerated() {
      let schema = segment.reader.schema
      let fields = QueryPlanner.fields(named: name, in: schema)
      guard !fields.isEmpty else { continue }
      var own = [UInt32](repeating: no, count: Int(segment.reader.documentCount))
      for field in fields {
        guard let column = try segment.reader.ordinalColumn(schema.fields[field].name) else { continue }
        var values = ColumnWindow(column)
        for window in 0..<column.windowCount {
          try values.load(window)
          let first = window * DocValuesFormat.windowLength
          for place in 0..<min(values.count, own.count - first) where !values.range(place).isEmpty {
            own[first + place] = yes
          }
        }
      }
      sets[index] = own
    }
  }

  /// Each pair of first and last day met gets a number, each number a span: two looks a record.
  private mutating func buildDates(_ name: String, _ grain: DateGrain) throws(IndexError) {
    isOrdered = true
    var intervals = NumberTable()
    /// By interval.
    var spans: [String?] = []
    /// By segment and document: its interval and one more; 0 of records without a date.
    var numbers: [[UInt32]] = []
    for segment in segments {
      var own: [UInt32] = []
      if let lower = try segment.reader.integerColumn(name),
        let upper = try segment.reader.integerColumn(name + "#upper")
      {
        let (firsts, lasts) = (try lower.days(), try upper.days())
        own = Array(repeating: 0, count: Int(segment.reader.documentCount))
        for document in 0..<min(own.count, firsts.count, lasts.count) {
          let (first, last) = (firsts[document], lasts[document])
          guard first != IntegerColumn.missing, last != IntegerColumn.missing else { continue }
          let pair = UInt64(UInt32(bitPattern: first)) << 32 | UInt64(UInt32(bitPattern: last))
          let (number, isNew) = intervals.number(of: pair)
          // What lies at the end of all days is open, and in no span.
          if isNew { spans.append(Self.isOpen(first, last) ? nil : grain.span(Int64(first), Int64(last))) }
          own[document] = number &+ 1
        }
      }
      numbers.append(own)
    }
    names = Set(spans.compactMap { $0 }).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, UInt32(clamping: $0)) })
    var setsOfIntervals: [UInt32] = [0]
    for span in spans { setsOfIntervals.append(span.flatMap { places[$0] }.map { set([$0]) } ?? 0) }
    for (index, own) in numbers.enumerated() { sets[index] = own.map { setsOfIntervals[Int($0)] } }
  }

  private static func isOpen(_ first: Int32, _ last: Int32) -> Bool {
    first <= IntegerColumn.missing + 1 || last == Int32.max
  }

  // MARK: Values

  /// A column with the groups of each of its values.
  private struct Grouped {
    var column: OrdinalColumn
    var groups: [[UInt32]]
  }

  private mutating func buildValues(_ fields: (Schema) -> [String]) throws(IndexError) {
    var columns: [[(column: OrdinalColumn, keys: [[GroupKey]])]] = []
    /// The least spelling of each group.
    var spellings: [GroupKey: String] = [:]
    for segment in segments {
      var own: [(column: OrdinalColumn, keys: [[GroupKey]])] = []
      for name in fields(segment.reader.schema) {
        guard let column = try segment.reader.ordinalColumn(name) else { continue }
        var keys: [[GroupKey]] = []
        keys.reserveCapacity(column.valueCount)
        for ordinal in 0..<UInt32(clamping: column.valueCount) {
          let value = try column.value(ordinal)
          let found = self.keys(of: value)
          keys.append(found)
          for key in found {
            let spelling = key.term.flatMap { thesaurus?.terms[$0].names.first } ?? value
            if let known = spellings[key], !spelling.utf8.lexicographicallyPrecedes(known.utf8) { continue }
            spellings[key] = spelling
          }
        }
        own.append((column, keys))
      }
      columns.append(own)
    }
    let numbers = number(spellings, order: orderedValues(fields))
    for (index, segment) in segments.enumerated() where !columns[index].isEmpty {
      let grouped = columns[index].map { entry in
        Grouped(
          column: entry.column, groups: entry.keys.map { keys in Set(keys.compactMap { numbers[$0] }).sorted() })
      }
      sets[index] = try setsOfDocuments(grouped, count: Int(segment.reader.documentCount))
    }
  }

  /// What makes values one group: their bytes, raw or folded, or a term of the thesaurus.
  private struct GroupKey: Hashable {
    var bytes: [UInt8] = []
    var term: Int?
  }

  private func keys(of value: String) -> [GroupKey] {
    switch source {
    case .values: return [GroupKey(bytes: Array(value.utf8))]
    case .tree:
      let folded = FoldedValue.bytes(value)
      guard let thesaurus else { return [GroupKey(bytes: folded)] }
      let places = thesaurus.places(of: String(decoding: folded, as: UTF8.self))
      if places.isEmpty { return [GroupKey(bytes: folded)] }
      var found: [GroupKey] = []
      for place in places {
        var term: Int? = place
        while let current = term {
          found.append(GroupKey(term: current))
          term = thesaurus.terms[current].broader
        }
      }
      return found
    default: return [GroupKey(bytes: FoldedValue.bytes(value))]
    }
  }

  /// The values of ordered fields in their order.
  private func orderedValues(_ fields: (Schema) -> [String]) -> [String] {
    for segment in segments {
      let schema = segment.reader.schema
      for name in fields(schema) {
        if let index = schema.index(of: name), case .ordered(let values) = schema.fields[index].type { return values }
      }
    }
    return []
  }

  private mutating func number(_ spellings: [GroupKey: String], order: [String]) -> [GroupKey: UInt32] {
    isOrdered = !order.isEmpty
    func rank(_ name: String) -> Int { order.firstIndex(of: name) ?? order.count }
    let entries = spellings.sorted { left, right in
      let (a, b) = (rank(left.value), rank(right.value))
      if a != b { return a < b }
      if left.key.term != right.key.term { return left.key.term ?? .max < right.key.term ?? .max }
      return left.value.utf8.lexicographicallyPrecedes(right.value.utf8)
    }
    names = entries.map(\.value)
    if case .tree = source { terms = entries.map(\.key.term) }
    return Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.key, UInt32(clamping: $0)) })
  }

  private mutating func setsOfDocuments(_ grouped: [Grouped], count: Int) throws(IndexError) -> [UInt32] {
    var own = [UInt32](repeating: 0, count: count)
    // Most records have one value: its set is known beforehand.
    let alone = grouped.map { entry in entry.groups.map { set($0) } }
    var windows = grouped.map { ColumnWindow($0.column) }
    var groups: [UInt32] = []
    for window in 0..<DocValuesFormat.windowCount(count) {
      for index in windows.indices { try windows[index].load(window) }
      let first = window * DocValuesFormat.windowLength
      for place in 0..<min(DocValuesFormat.windowLength, count - first) {
        var values = 0
        for index in windows.indices {
          for value in windows[index].range(place) {
            let ordinal = Int(windows[index].ordinals[value])
            guard ordinal < alone[index].count else { continue }
            values += 1
            if values == 1 { own[first + place] = alone[index][ordinal] }
          }
        }
        guard values > 1 else { continue }
        groups.removeAll(keepingCapacity: true)
        for (index, entry) in grouped.enumerated() {
          for value in windows[index].range(place) {
            let ordinal = Int(windows[index].ordinals[value])
            if ordinal < entry.groups.count { groups += entry.groups[ordinal] }
          }
        }
        own[first + place] = set(Self.distinct(&groups))
      }
    }
    return own
  }

  /// The groups, rising, each once. Sorted in place.
  private static func distinct(_ groups: inout [UInt32]) -> [UInt32] {
    guard groups.count > 1 else { return groups }
    groups.sort()
    var last = 0
    for place in groups.indices.dropFirst() where groups[place] != groups[last] {
      last += 1
      groups[last] = groups[place]
    }
    groups.removeLast(groups.count - 1 - last)
    return groups
  }
}
