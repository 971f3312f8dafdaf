/// Documents in which a node holds by its positions: within one unit (`SAME`, one item of a list) or near each other.
/// A node that looks at documents alone goes first; units and positions are read of what it leaves.
final class PositionMatcher: Matcher {
  private let documents: Matcher
  private let node: PositionNode
  private let scope: UnitScope?
  private let units: UnitsReader?
  /// Where the items of the list stand, if that is known already: then no units are read.
  private let items: ItemTable?
  /// The node, where it is one word.
  private let word: SpanPositions?
  private let leaf: MatchedLeaf?
  private var documentUnits = DocumentUnits()

  /// `scope` nil: the whole record. `items`: those of the scope's list, for nodes that need no units themselves.
  init(
    _ reader: SegmentReader, _ documents: Matcher, _ node: PositionNode, scope: UnitScope?, leaf: MatchedLeaf?,
    items: ItemTable? = nil
  ) {
    self.items = items
    word = (node as? SpanPositions).flatMap { $0.isWord ? $0 : nil }
    self.documents = documents
    self.node = node
    self.scope = scope
    units = reader.units
    self.leaf = leaf
  }

  override var cost: Int { documents.cost }
  override var readsPositions: Bool { true }

  override func nextWindow(from window: Int) throws(IndexError) -> Int { try documents.nextWindow(from: window) }

  override var approximates: Bool { true }

  override func fill(_ window: Int, _ candidates: WindowBits, _ result: WindowBits) throws(IndexError) {
    try documents.fill(window, candidates, result)
    try verify(window, result)
  }

  override func approximate(_ window: Int, _ candidates: WindowBits, _ result: WindowBits) throws(IndexError) {
    try documents.fill(window, candidates, result)
  }

  override func confirm(_ window: Int, _ candidates: WindowBits, _ result: WindowBits) throws(IndexError) {
    result.copy(candidates)
    try verify(window, result)
  }

  /// Takes out the documents in which the node does not hold.
  private func verify(_ window: Int, _ result: WindowBits) throws(IndexError) {
    let base = UInt32(truncatingIfNeeded: window * WindowBits.length)
    var bit = result.first(from: 0)
    var count = 0
    while bit < WindowBits.length {
      count &+= 1
      if count & 15 == 0, let meter, meter.isOver { return }
      if try !matches(base &+ UInt32(truncatingIfNeeded: bit)) { result.remove(bit) }
      bit = result.first(from: bit + 1)
    }
    leaf?.record(window, result)
  }

  override func restrict(_ window: Int, _ bits: WindowBits) { leaf?.restrict(window, bits) }

  private func matches(_ document: UInt32) throws(IndexError) -> Bool {
    if let items {
      let own = items.items(of: Int(document))
      if own.isEmpty { return false }
      if let word { return try word.stands(in: document, items, own) }
      try node.load(document, documentUnits)
      for item in own {
        let range = items.range(of: item)
        if node.holds(range.start, range.end) { return true }
      }
      return false
    }
    documentUnits.units.removeAll(keepingCapacity: true)
    if let units { try units.units(of: document, into: &documentUnits) }
    try node.load(document, documentUnits)
    guard let scope else { return node.holds(0, .max) }
    let all = documentUnits.units
    for (index, unit) in all.enumerated() {
      let isOfScope: Bool
      switch scope {
      case .sentence: isOfScope = unit.kind == .sentence
      case .paragraph:
        // A value of one paragraph has no unit for it: the field's own is it.
        let isSplit = unit.kind == .field && index + 1 < all.count && all[index + 1].kind == .paragraph
        isOfScope = unit.kind == .paragraph || (unit.kind == .field && !isSplit)
      case .item(let group): isOfScope = unit.kind == .item && unit.group == group
      }
      if isOfScope && node.holds(unit.start, unit.end) { return true }
    }
    return false
  }
}
