/// All of the required nodes, none of the excluded. Optional nodes are evaluated for what they add to scores.
final class AllMatcher: Matcher {
  /// From the cheapest up, those that read positions last.
  private let required: [Matcher]
  private let optional: [Matcher]
  private let excluded: [Matcher]
  /// Set below an OR: there, documents that fail here may match all the same, and must get nothing from leaves here.
  private let restrictsLeaves: Bool
  private let scratch = WindowBuffer()

  /// - Precondition: `required` is not empty.
  init(required: [Matcher], optional: [Matcher], excluded: [Matcher], restrictsLeaves: Bool) {
    precondition(!required.isEmpty, "something has to lead")
    // A stable order: equal costs stay in the order of the query.
    self.required = required.enumerated()
      .sorted { left, right in
        (left.element.readsPositions ? 1 : 0, left.element.cost, left.offset)
          < (right.element.readsPositions ? 1 : 0, right.element.cost, right.offset)
      }
      .map(\.element)
    self.optional = optional
    self.excluded = excluded
    self.restrictsLeaves = restrictsLeaves
  }

  override var cost: Int { required.reduce(Int.max) { min($0, $1.cost) } }
  override var readsPositions: Bool { required.contains { $0.readsPositions } }

  /// With more nodes than this the clock is read before each: a window of one takes a microsecond or less.
  static let long = 16

  override func nextWindow(from window: Int) throws(IndexError) -> Int {
    var window = window
    while true {
      let before = window
      for node in required {
        window = try node.nextWindow(from: window)
        if window == Matcher.exhausted { return window }
      }
      if window == before { return window }
    }
  }

  override func fill(_ window: Int, _ candidates: WindowBits, _ result: WindowBits) throws(IndexError) {
    result.copy(candidates)
    let isLong = required.count + excluded.count > Self.long
    for node in required {
      if isLong, let meter, meter.isOver { return }
      if node.approximates {
        try node.approximate(window, result, scratch.bits)
      } else {
        try node.fill(window, result, scratch.bits)
      }
      result.copy(scratch.bits)
      if result.isEmpty { break }
    }
    // Places are read of what all the nodes leave.
    for node in required where node.approximates && !result.isEmpty {
      if isLong, let meter, meter.isOver { return }
      try node.confirm(window, result, scratch.bits)
      result.copy(scratch.bits)
    }
    for node in excluded where !result.isEmpty {
      if isLong, let meter, meter.isOver { return }
      guard try node.nextWindow(from: window) == window else { continue }
      try node.fill(window, result, scratch.bits)
      result.subtract(scratch.bits)
    }
    for node in optional where !result.isEmpty {
      guard try node.nextWindow(from: window) == window else { continue }
      try node.fill(window, result, scratch.bits)
    }
    if restrictsLeaves { restrict(window, result) }
  }

  override func restrict(_ window: Int, _ bits: WindowBits) {
    for node in required { node.restrict(window, bits) }
    for node in optional { node.restrict(window, bits) }
  }
}

/// At least `minimum` of the nodes.
///
/// Where one is enough, nodes that add nothing to scores look at those alone that no other has found, and those that read
/// places come last: of a product of 26 names most records are found by the cheapest of them.
final class AnyMatcher: Matcher {
  private let nodes: [Matcher]
  /// Whether the node at a place need not see what others have found.
  private let yields: [Bool]
  private let minimum: Int
  private let restrictsLeaves: Bool
  private let scratch = WindowBuffer()
  private let rest = WindowBuffer()
  private var nextWindows: [Int]
  /// Counters of the matching nodes, one bit a plane, so that 64 documents are counted at once.
  private let planes: [WindowBuffer]
  private var countedWindow = -1

  /// `counts`: whether ``count(_:_:)`` will be asked. `scores`: for each node, whether it notes for scores where it matches.
  init(_ nodes: [Matcher], scores: [Bool], minimum: Int, counts: Bool, restrictsLeaves: Bool) {
    let countsNodes = counts || minimum > 1
    // Those that yield behind those that do not, and those that read places behind all others.
    let order = nodes.indices.map { place -> (rank: Int, place: Int) in
      let yields = !countsNodes && !scores[place]
      return (!yields ? 0 : nodes[place].readsPositions ? 2 : 1, place)
    }.sorted { $0 < $1 }
    self.nodes = order.map { nodes[$0.place] }
    yields = order.map { $0.rank > 0 }
    self.minimum = max(1, minimum)
    self.restrictsLeaves = restrictsLeaves && minimum > 1
    nextWindows = Array(repeating: 0, count: nodes.count)
    var width = 0
    while 1 << width <= nodes.count { width += 1 }
    planes = countsNodes ? (0..<width).map { _ in WindowBuffer() } : []
  }

  override var cost: Int {
    nodes.reduce(0) { $0 + min($1.cost, Int(UInt32.max)) }
  }

  override var readsPositions: Bool { nodes.contains { $0.readsPositions } }

  /// Where no node has to see all.
  override var approximates: Bool { yields.allSatisfy { $0 } && nodes.contains { $0.approximates } }

  override func approximate(_ window: Int, _ candidates: WindowBits, _ result: WindowBits) throws(IndexError) {
    try unite(window, candidates, result) { node, rest, found throws(IndexError) in
      if node.approximates { try node.approximate(window, rest, found) } else { try node.fill(window, rest, found) }
    }
  }

  override func nextWindow(from window: Int) throws(IndexError) -> Int {
    var next = Matcher.exhausted
    for index in nodes.indices {
      if nextWindows[index] < window { nextWindows[index] = try nodes[index].nextWindow(from: window) }
      next = min(next, nextWindows[index])
    }
    return next
  }

  override func fill(_ window: Int, _ candidates: WindowBits, _ result: WindowBits) throws(IndexError) {
    for plane in planes { plane.bits.clear() }
    countedWindow = window
    try unite(window, candidates, result) { node, rest, found throws(IndexError) in try node.fill(window, rest, found) }
    if !planes.isEmpty { compare(into: result) }
    if restrictsLeaves { restrict(window, result) }
  }

  /// Unites what `find` says of each node, or counts it.
  @inline(__always)
  private func unite(
    _ window: Int, _ candidates: WindowBits, _ result: WindowBits,
    _ find: (Matcher, WindowBits, WindowBits) throws(IndexError) -> Void
  ) throws(IndexError) {
    result.clear()
    for index in nodes.indices {
      if nodes.count > AllMatcher.long, let meter, meter.isOver { return }
      if nextWindows[index] < window { nextWindows[index] = try nodes[index].nextWindow(from: window) }
      guard nextWindows[index] == window else { continue }
      if yields[index] {
        rest.bits.copy(candidates)
        rest.bits.subtract(result)
        if rest.bits.isEmpty { return }
        try find(nodes[index], rest.bits, scratch.bits)
      } else {
        try find(nodes[index], candidates, scratch.bits)
      }
      if planes.isEmpty { result.formUnion(scratch.bits) } else { add(scratch.bits) }
    }
  }

  private func add(_ bits: WindowBits) {
    for word in 0..<WindowBits.wordCount {
      var carry = bits.words[word]
      for plane in planes {
        if carry == 0 { break }
        let digit = plane.bits.words[word]
        plane.bits.words[word] = digit ^ carry
        carry &= digit
      }
    }
  }

  /// The documents whose counter is `minimum` or more: compared from the highest digit down.
  private func compare(into result: WindowBits) {
    if minimum > nodes.count { return }
    for word in 0..<WindowBits.wordCount {
      var greater: UInt64 = 0
      var equal = UInt64.max
      for digit in planes.indices.reversed() {
        let bits = planes[digit].bits.words[word]
        if minimum >> digit & 1 == 1 {
          equal &= bits
        } else {
          greater |= equal & bits
          equal &= ~bits
        }
      }
      result.words[word] = greater | equal
    }
  }

  /// How many of the nodes matched the document at `bit` of the window filled last.
  func count(_ window: Int, _ bit: Int) -> Int {
    guard window == countedWindow else { return 0 }
    var count = 0
    for (digit, plane) in planes.enumerated() where plane.bits.contains(bit) { count |= 1 << digit }
    return count
  }

  var nodeCount: Int { nodes.count }

  override func restrict(_ window: Int, _ bits: WindowBits) {
    for node in nodes { node.restrict(window, bits) }
  }
}
