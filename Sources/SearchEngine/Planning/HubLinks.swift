import Records

/// Which record of a hub kind each record of other kinds belongs to, by the values of the field named after the hub: the
/// hub record's id, or, where no id is so, its name, alias or former name when exactly one live record has it. Resolved
/// within each snapshot, from dictionaries alone: no record is read.
///
/// Hub records are numbered through the hub segments of all snapshots.
struct HubLinks: Sendable {
  struct Place: Hashable, Sendable {
    var snapshot: Int
    var segment: Int
  }

  static let none = UInt32.max

  private struct Hub {
    let reader: SegmentReader
    let base: UInt32
    let nameFields: [Int]
  }

  /// Hub records, deleted ones included.
  private(set) var count = 0
  /// By hub segment: the number of its first record.
  private(set) var bases: [Place: UInt32] = [:]
  /// By segment of another kind: the hub record's number for each ordinal of the field, or ``none``.
  private(set) var numbers: [Place: [UInt32]] = [:]
  /// By segment of another kind whose records have one value at most: the hub record's number for each document, or
  /// ``none``. 4 bytes a document, so that a join takes one look a record.
  private(set) var documents: [Place: [UInt32]] = [:]
  /// Values that name several live hub records, and that name none, in byte order, the first ``reported`` of each.
  private(set) var ambiguous: Set<String> = []
  private(set) var unknown: Set<String> = []

  /// Values kept for reports: more are not read by anybody.
  private static let reported = 1_000

  /// Cost: one merge of the values with the ids, some 50 ns a value; some 0.5 µs and field for each value that is no id.
  init(_ hub: String, _ snapshots: [Snapshot]) throws(IndexError) {
    for (number, snapshot) in snapshots.enumerated() {
      var hubs: [Hub] = []
      for (place, reader) in snapshot.segments.enumerated() where reader.kind == hub {
        let base = UInt32(clamping: count)
        bases[Place(snapshot: number, segment: place)] = base
        hubs.append(Hub(reader: reader, base: base, nameFields: Self.nameFields(of: reader.schema)))
        count += Int(reader.documentCount)
      }
      for (place, reader) in snapshot.segments.enumerated() where reader.kind != hub {
        guard let column = try reader.ordinalColumn(hub) else { continue }
        let resolved = try resolve(column, hubs)
        let here = Place(snapshot: number, segment: place)
        numbers[here] = resolved
        if !column.isMultiValued { documents[here] = try Self.byDocument(column, resolved) }
      }
    }
  }

  private mutating func resolve(
    _ column: OrdinalColumn, _ hubs: [Hub]
  ) throws(IndexError) -> [UInt32] {
    var found = [UInt32](repeating: Self.none, count: column.valueCount)
    for hub in hubs { try Self.matchIds(column, hub.reader, hub.base, &found) }
    for ordinal in found.indices where found[ordinal] == Self.none {
      let value = try column.value(UInt32(truncatingIfNeeded: ordinal))
      let named = try Self.named(FoldedValue.bytes(value), hubs)
      if named.count == 1 {
        found[ordinal] = named[0]
      } else if named.isEmpty {
        if unknown.count < Self.reported { unknown.insert(value) }
      } else if ambiguous.count < Self.reported {
        ambiguous.insert(value)
      }
    }
    return found
  }

  private static func byDocument(
    _ column: OrdinalColumn, _ numbers: [UInt32]
  ) throws(IndexError) -> [UInt32] {
    var found = [UInt32](repeating: none, count: column.documentCount)
    // SAFETY: room for what a window is decoded into.
    let ordinals = UnsafeMutablePointer<UInt32>.allocate(capacity: DocValuesFormat.windowLength)
    let presence = UnsafeMutablePointer<UInt64>.allocate(capacity: DocValuesFormat.windowLength / 64)
    defer {
      ordinals.deallocate()
      presence.deallocate()
    }
    presence.initialize(repeating: 0, count: DocValuesFormat.windowLength / 64)
    for window in 0..<column.windowCount {
      let count = try column.decode(window: window, into: ordinals, presence: presence)
      let first = window * DocValuesFormat.windowLength
      for place in 0..<count where presence[place >> 6] >> UInt64(place & 63) & 1 == 1 {
        found[first + place] = numbers[Int(ordinals[place])]
      }
    }
    return found
  }

  /// Merges the values with the ids of a segment's live records, both in byte order.
  private static func matchIds(
    _ column: OrdinalColumn, _ hub: SegmentReader, _ base: UInt32, _ found: inout [UInt32]
  ) throws(IndexError) {
    guard let ids = try hub.ordinalColumn("#id") else { return }
    var documents = [UInt32](repeating: none, count: ids.valueCount)
    for document in 0..<hub.documentCount where hub.isLive(document) {
      if let ordinal = try ids.ordinal(of: document) { documents[Int(ordinal)] = document }
    }
    var left = column.values.cursor()
    var right = ids.values.cursor()
    var hasLeft = try left.next()
    var hasRight = try right.next()
    while hasLeft, hasRight {
      if left.value == right.value {
        let document = documents[right.ordinal]
        if document != none { found[left.ordinal] = base &+ document }
        hasLeft = try left.next()
      } else if left.value.lexicographicallyPrecedes(right.value) {
        hasLeft = try left.next()
      } else {
        hasRight = try right.next()
      }
    }
  }

  /// The live hub records with that name; two at most.
  private static func named(
    _ folded: [UInt8], _ hubs: [Hub]
  ) throws(IndexError) -> [UInt32] {
    var found: [UInt32] = []
    for hub in hubs {
      let reader = hub.reader
      let base = hub.base
      for field in hub.nameFields {
        guard let info = try reader.dictionary.find(bytes: TermKey.keyword(field: field, folded)) else { continue }
        let cursor = try reader.postings(info)
        var document = try cursor.next()
        while document != PostingsCursor.exhausted {
          let number = base &+ document
          if reader.isLive(document), !found.contains(number) { found.append(number) }
          if found.count > 1 { return found }
          document = try cursor.next()
        }
      }
    }
    return found
  }

  /// The fields whose values name the record as a whole: names of its own, and those of lists of names (`formerNames`);
  /// not the names of its products.
  private static func nameFields(of schema: Schema) -> [Int] {
    schema.fields.indices.filter { index in
      guard schema.fields[index].type == .name else { return false }
      return schema.fields[index].group.map { $0.lowercased().hasSuffix("names") } ?? true
    }
  }
}

/// The hub records that a join's records belong to.
struct JoinedSet: Sendable {
  let links: HubLinks
  /// Bit `n`: hub record `n` is in the set.
  var words: [UInt64]
  /// False when the deadline cut it short.
  var isComplete = true
  /// What is to be said of the words inside.
  var notes: [PlanNote] = []

  init(_ links: HubLinks) {
    self.links = links
    words = Array(repeating: 0, count: (links.count + 63) / 64)
  }

  @inline(__always)
  func contains(_ number: UInt32) -> Bool {
    let index = Int(number >> 6)
    return index < words.count && words[index] >> UInt64(number & 63) & 1 == 1
  }

  @inline(__always)
  mutating func insert(_ number: UInt32) {
    let index = Int(number >> 6)
    if index < words.count { words[index] |= 1 << UInt64(number & 63) }
  }
}
