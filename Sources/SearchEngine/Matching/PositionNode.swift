/// A node evaluated on the positions of one document after another.
class PositionNode {
  /// Reads the positions in `document`, which must not go back.
  func load(_ document: UInt32, _ units: DocumentUnits) throws(IndexError) {}

  /// Whether ``load(_:_:)`` looks at the units.
  var readsUnits: Bool { false }

  /// Whether the node holds within the positions `start ..< end` of the loaded document.
  func holds(_ start: UInt32, _ end: UInt32) -> Bool { false }

  /// Makes the node of a plan node. Columns and entries have no positions: the planner does not put them here, and they
  /// hold nowhere.
  static func make(
    _ node: PlanNode, _ weight: QueryWeight, _ segment: SegmentContext
  ) throws(IndexError) -> PositionNode {
    switch node {
    case .term(let term, let fields):
      return try SpanPositions(
        segment.reader, slots: [(weight.terms[term].forms[segment.ordinal], 0)], fields: fields)
    case .phrase(let slots, let fields):
      return try SpanPositions(
        segment.reader, slots: slots.map { (weight.terms[$0.term].forms[segment.ordinal], $0.offset) }, fields: fields)
    case .all(let required, _, let excluded):
      return BooleanPositions(
        try make(required, weight, segment), minimum: required.count, excluded: try make(excluded, weight, segment))
    case .any(let nodes, let minimum, _):
      return BooleanPositions(try make(nodes, weight, segment), minimum: max(1, minimum), excluded: [])
    case .near(let nodes, let distance, let ordered):
      var spans: [SpanPositions] = []
      for node in try make(nodes, weight, segment) {
        guard let span = node as? SpanPositions else { return PositionNode() }
        spans.append(span)
      }
      return NearPositions(spans, distance: distance, ordered: ordered)
    case .unscored(let inner): return try make(inner, weight, segment)
    case .same, .nothing, .everything, .entries, .entryPrefix, .integers, .days, .values, .joined:
      return PositionNode()
    }
  }

  private static func make(
    _ nodes: [PlanNode], _ weight: QueryWeight, _ segment: SegmentContext
  ) throws(IndexError) -> [PositionNode] {
    var made: [PositionNode] = []
    for node in nodes { made.append(try make(node, weight, segment)) }
    return made
  }
}

/// A word or a phrase: where it stands.
final class SpanPositions: PositionNode {
  /// First position of an occurrence, and the one after its last.
  struct Span {
    var start: UInt32
    var end: UInt32
  }

  private let slots: [(probe: PositionProbe, offset: UInt32)]
  private let fields: FieldSet?
  /// By rising start; of one length, so ends rise too.
  private(set) var spans: [Span] = []
  private var next: [UInt32] = []
  private var scratch: [UInt32] = []

  init(
    _ reader: SegmentReader, slots: [(forms: [TermForm], offset: UInt32)], fields: FieldSet?
  ) throws(IndexError) {
    var made: [(probe: PositionProbe, offset: UInt32)] = []
    for slot in slots { made.append((try PositionProbe(reader, forms: slot.forms), slot.offset)) }
    self.slots = made
    self.fields = fields
  }

  override var readsUnits: Bool { fields != nil }

  override func load(_ document: UInt32, _ units: DocumentUnits) throws(IndexError) {
    // In hand while they change: a stored property that is handed on is watched at each access.
    var (spans, next, scratch) = (self.spans, self.next, self.scratch)
    (self.spans, self.next, self.scratch) = ([], [], [])
    defer { (self.spans, self.next, self.scratch) = (spans, next, scratch) }
    spans.removeAll(keepingCapacity: true)
    var length: UInt32 = 1
    for slot in slots { length = max(length, slot.offset + 1) }
    for (index, slot) in slots.enumerated() {
      try slot.probe.positions(of: document, into: &next, scratch: &scratch)
      if index == 0 {
        for position in next where position >= slot.offset && position - slot.offset < .max - length {
          spans.append(Span(start: position - slot.offset, end: position - slot.offset + length))
        }
      } else {
        // Both rise.
        var (kept, place) = (0, 0)
        for index in spans.indices {
          let wanted = spans[index].start + slot.offset
          while place < next.count, next[place] < wanted { place += 1 }
          if place == next.count { break }
          if next[place] == wanted {
            spans[kept] = spans[index]
            kept += 1
          }
        }
        spans.removeLast(spans.count - kept)
      }
    }
    guard let fields else { return }
    spans.removeAll { span in
      !units.units.contains {
        $0.kind == .field && fields.contains($0.ordinal) && $0.start <= span.start && span.end <= $0.end
      }
    }
  }

  override func holds(_ start: UInt32, _ end: UInt32) -> Bool {
    spans.contains { $0.start >= start && $0.end <= end }
  }

  /// Whether it is one word, wherever it stands.
  var isWord: Bool { slots.count == 1 && fields == nil }

  /// Of one word: whether it stands in any of some items of a document. Without spans: some 60 ns for a word of one form.
  func stands(in document: UInt32, _ items: ItemTable, _ own: Range<Int>) throws(IndexError) -> Bool {
    var positions = next
    next = []
    defer { next = positions }
    return try slots[0].probe.stands(in: document, items, own, &positions)
  }
}

/// So many of the nodes, and none of the excluded.
final class BooleanPositions: PositionNode {
  private let nodes: [PositionNode]
  private let minimum: Int
  private let excluded: [PositionNode]

  init(_ nodes: [PositionNode], minimum: Int, excluded: [PositionNode]) {
    self.nodes = nodes
    self.minimum = minimum
    self.excluded = excluded
  }

  override var readsUnits: Bool { nodes.contains { $0.readsUnits } || excluded.contains { $0.readsUnits } }

  override func load(_ document: UInt32, _ units: DocumentUnits) throws(IndexError) {
    for node in nodes { try node.load(document, units) }
    for node in excluded { try node.load(document, units) }
  }

  override func holds(_ start: UInt32, _ end: UInt32) -> Bool {
    var count = 0
    for node in nodes where node.holds(start, end) { count += 1 }
    return count >= minimum && !excluded.contains { $0.holds(start, end) }
  }
}

/// Words and phrases, one of each, none overlapping, from each to the next in the text at most `distance` words: the
/// neighbour is at distance 1.
final class NearPositions: PositionNode {
  /// More members than this are refused by the planner: sets of them are kept as the bits of one word.
  static let maximumMembers = NearLimits.members

  private let members: [SpanPositions]
  private let distance: UInt64
  private let ordered: Bool

  init(_ members: [SpanPositions], distance: Int, ordered: Bool) {
    self.members = members
    self.distance = UInt64(max(1, distance))
    self.ordered = ordered
  }

  override var readsUnits: Bool { members.contains { $0.readsUnits } }

  override func load(_ document: UInt32, _ units: DocumentUnits) throws(IndexError) {
    for member in members { try member.load(document, units) }
  }

  /// Walks all occurrences by rising start and keeps, for each, which sets of members a chain that ends there can have
  /// used. Cost: occurrences times those within the distance before them.
  override func holds(_ start: UInt32, _ end: UInt32) -> Bool {
    guard members.count <= Self.maximumMembers else { return false }
    var all: [(span: SpanPositions.Span, member: Int)] = []
    for (index, member) in members.enumerated() {
      for span in member.spans where span.start >= start && span.end <= end { all.append((span, index)) }
    }
    all.sort { ($0.span.start, $0.member) < ($1.span.start, $1.member) }
    let complete = (1 << members.count) - 1
    var longest: UInt64 = 1
    for entry in all { longest = max(longest, UInt64(entry.span.end - entry.span.start)) }
    // Bit m of a state: the members of set m can have been used by a chain ending here.
    var states = [UInt64](repeating: 0, count: all.count)
    for index in all.indices {
      let (span, member) = all[index]
      let own = 1 << member
      if !ordered || member == 0 { states[index] |= 1 << UInt64(own) }
      var before = index - 1
      while before >= 0, UInt64(all[before].span.start) + longest + distance > UInt64(span.start) {
        let previous = all[before].span
        if previous.end <= span.start, UInt64(span.start - previous.end) < distance {
          var sets = states[before]
          while sets != 0 {
            let set = sets.trailingZeroBitCount
            sets &= sets - 1
            let follows = ordered ? set == own - 1 : set & own == 0
            if follows { states[index] |= 1 << UInt64(set | own) }
          }
        }
        before -= 1
      }
      if states[index] >> UInt64(complete) & 1 == 1 { return true }
    }
    return false
  }
}
