/// A clause over positions, as it is to be marked in a text: of `NEAR` and `SAME` only the occurrences that make it hold.
indirect enum HighlightNode {
  case span(HighlightTerm)
  /// Words or phrases, from one to the next at most `distance` words apart.
  case near([HighlightTerm], distance: Int, ordered: Bool)
  case all([HighlightNode], excluded: [HighlightNode])
  case any([HighlightNode], minimum: Int)
  /// Something that marks nothing and holds nowhere.
  case nothing
}

/// A clause over positions and the unit of text that must hold all of it.
struct HighlightClause {
  enum Scope { case text, sentence, paragraph }
  var node: HighlightNode
  var scope: Scope
}

/// Where the parts of a ``HighlightClause`` stand in one text.
struct ProximityMarks {
  /// An occurrence of a word or a phrase: positions `start ..< end`, and its bytes.
  struct Occurrence: Hashable {
    var start: UInt32
    var end: UInt32
    var bytes: Range<Int>
  }

  private let occurrences: (HighlightTerm) -> [Occurrence]

  /// `occurrences` finds a word or a phrase in the text, by rising position.
  init(_ occurrences: @escaping (HighlightTerm) -> [Occurrence]) { self.occurrences = occurrences }

  /// The byte ranges that make the clause hold; `borders` are the positions at which units begin, 0 left out.
  func ranges(_ clause: HighlightClause, borders: [UInt32]) -> [Range<Int>] {
    var found: Set<Occurrence> = []
    var start: UInt32 = 0
    for end in borders + [.max] where end > start {
      if let marked = marked(clause.node, start..<end) { found.formUnion(marked) }
      start = end
    }
    return found.map(\.bytes).sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
  }

  /// What makes the node hold within the positions; nil where it does not hold.
  private func marked(_ node: HighlightNode, _ range: Range<UInt32>) -> [Occurrence]? {
    switch node {
    case .span(let term):
      let found = inside(term, range)
      return found.isEmpty ? nil : found
    case .near(let terms, let distance, let ordered):
      let found = near(terms.map { inside($0, range) }, distance: UInt64(max(1, distance)), ordered: ordered)
      return found.isEmpty ? nil : found
    case .all(let nodes, let excluded):
      var found: [Occurrence] = []
      for node in nodes {
        guard let part = marked(node, range) else { return nil }
        found += part
      }
      return excluded.contains { marked($0, range) != nil } ? nil : found
    case .any(let nodes, let minimum):
      let parts = nodes.compactMap { marked($0, range) }
      return parts.count >= max(1, minimum) ? parts.flatMap { $0 } : nil
    case .nothing: return nil
    }
  }

  private func inside(_ term: HighlightTerm, _ range: Range<UInt32>) -> [Occurrence] {
    occurrences(term).filter { $0.start >= range.lowerBound && $0.end <= range.upperBound }
  }

  /// The occurrences that are part of some whole chain: one of each member, none overlapping, neighbours at most `distance`
  /// apart. An occurrence is when the members used before it and those used behind it make up all of them.
  /// Cost: occurrences times those within the distance of each, in both directions.
  private func near(_ members: [[Occurrence]], distance: UInt64, ordered: Bool) -> [Occurrence] {
    guard !members.isEmpty, members.count <= NearLimits.members else { return [] }
    var all: [(span: Occurrence, member: Int)] = []
    for (number, spans) in members.enumerated() { all += spans.map { ($0, number) } }
    all.sort { ($0.span.start, $0.member) < ($1.span.start, $1.member) }
    let complete = (1 << members.count) - 1
    // Bit s of an entry: the members of set s can be used by a chain that ends (begins) there.
    let ending = states(all, distance, isForward: true) { ordered ? $1 == (1 << $0) - 1 : $1 & (1 << $0) == 0 }
    let beginning = states(all, distance, isForward: false) {
      ordered ? $1 == complete & ~((1 << ($0 + 1)) - 1) : $1 & (1 << $0) == 0
    }
    var found: [Occurrence] = []
    for (index, entry) in all.enumerated() {
      let own = 1 << entry.member
      var sets = ending[index]
      var isPart = false
      while sets != 0, !isPart {
        let set = sets.trailingZeroBitCount
        sets &= sets - 1
        isPart = beginning[index] >> UInt64((complete & ~set) | own) & 1 == 1
      }
      if isPart { found.append(entry.span) }
    }
    return found
  }

  private func states(
    _ all: [(span: Occurrence, member: Int)], _ distance: UInt64, isForward: Bool,
    _ follows: (_ member: Int, _ set: Int) -> Bool
  ) -> [UInt64] {
    var longest: UInt64 = 1
    for entry in all { longest = max(longest, UInt64(entry.span.end - entry.span.start)) }
    var states = [UInt64](repeating: 0, count: all.count)
    let order = isForward ? Array(all.indices) : all.indices.reversed()
    let step = isForward ? -1 : 1
    for index in order {
      let (span, member) = all[index]
      let own = 1 << member
      if follows(member, 0) { states[index] |= 1 << UInt64(own) }
      var other = index + step
      while all.indices.contains(other) {
        let before = isForward ? all[other].span : span
        let behind = isForward ? span : all[other].span
        guard UInt64(before.start) + longest + distance > UInt64(behind.start) else { break }
        if before.end <= behind.start, UInt64(behind.start - before.end) < distance {
          var sets = states[other]
          while sets != 0 {
            let set = sets.trailingZeroBitCount
            sets &= sets - 1
            if follows(member, set) { states[index] |= 1 << UInt64(set | own) }
          }
        }
        other += step
      }
    }
    return states
  }
}
