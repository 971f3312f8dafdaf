/// Decides, window by window, which documents of one segment match one node of a plan. One virtual call per node and
/// window; everything per document is inside.
///
/// Windows are asked for in rising order. Not sendable: cursors inside move.
class Matcher {
  /// What ``nextWindow(from:)`` returns when nothing more matches.
  static let exhausted = Int.max

  /// What ends long loops inside a window; what they leave behind is not to be used then.
  var meter: WorkMeter?

  /// About how many documents match: AND evaluates its nodes from the cheapest up.
  var cost: Int { 0 }

  /// Whether places or units are read of each candidate: such nodes are evaluated after the others, whatever they cost.
  var readsPositions: Bool { false }

  /// Whether ``approximate(_:_:_:)`` costs much less than ``fill(_:_:_:)`` (Lucene's two-phase iteration).
  var approximates: Bool { false }

  /// The first window, at or after `window`, that may hold a match, or ``exhausted``.
  func nextWindow(from window: Int) throws(IndexError) -> Int { window }

  /// Sets `result` to the documents among `candidates` that match. `result` is other memory than `candidates`.
  func fill(_ window: Int, _ candidates: WindowBits, _ result: WindowBits) throws(IndexError) { result.clear() }

  /// Sets `result` to candidates among which all are that match, without reading places or units. Where ``approximates`` is set.
  func approximate(_ window: Int, _ candidates: WindowBits, _ result: WindowBits) throws(IndexError) {
    result.copy(candidates)
  }

  /// ``fill(_:_:_:)`` of candidates that ``approximate(_:_:_:)`` has left.
  func confirm(_ window: Int, _ candidates: WindowBits, _ result: WindowBits) throws(IndexError) {
    try fill(window, candidates, result)
  }

  /// Takes out of the leaves below all documents that are not in `bits`: a leaf adds to a score only where the nodes above
  /// it match too.
  func restrict(_ window: Int, _ bits: WindowBits) {}
}

/// A leaf of the plan that adds to scores: the documents of the current window at which it matched.
final class MatchedLeaf {
  /// Places in ``QueryPlan/terms``, in query order.
  let terms: [Int]
  /// The part of the plan that it stands for.
  let node: PlanNode
  private let buffer = WindowBuffer()
  private(set) var window = -1

  init(terms: [Int], node: PlanNode) {
    self.terms = terms
    self.node = node
  }

  /// Valid for ``window`` alone.
  var bits: WindowBits { buffer.bits }

  func record(_ window: Int, _ bits: WindowBits) {
    self.window = window
    buffer.bits.copy(bits)
  }

  func restrict(_ window: Int, _ bits: WindowBits) {
    if window == self.window { buffer.bits.formIntersection(bits) }
  }
}

/// Matches nothing.
final class EmptyMatcher: Matcher {
  override func nextWindow(from window: Int) throws(IndexError) -> Int { Matcher.exhausted }
}

/// Matches every document of the segment.
final class EveryMatcher: Matcher {
  private let documentCount: Int

  init(documentCount: UInt32) { self.documentCount = Int(documentCount) }

  override var cost: Int { documentCount }

  override func nextWindow(from window: Int) throws(IndexError) -> Int {
    window * WindowBits.length < documentCount ? window : Matcher.exhausted
  }

  override func fill(_ window: Int, _ candidates: WindowBits, _ result: WindowBits) throws(IndexError) {
    result.fill(first: documentCount - window * WindowBits.length)
    result.formIntersection(candidates)
  }
}
