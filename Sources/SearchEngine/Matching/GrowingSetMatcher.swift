/// The documents of a node that costs much, of which a set grows (``GrowingSet``): known windows are read from it, others are
/// looked at whole, and kept, as long as the search has work left for that, else only the candidates are looked at.
final class GrowingSetMatcher: Matcher {
  /// What all such matchers of one search and segment may still look at beyond what it needs: documents.
  final class Work {
    var left: Int

    init(_ left: Int) { self.left = left }
  }

  private let inner: Matcher
  private let growing: GrowingSet
  private let work: Work
  private let leaf: MatchedLeaf?
  private let documentCount: Int
  private let buffer = WindowBuffer()

  /// `inner`: the node's own matcher, without a leaf. `leaf`: where matches are noted.
  init(_ inner: Matcher, _ growing: GrowingSet, _ work: Work, leaf: MatchedLeaf?, documentCount: UInt32) {
    self.inner = inner
    self.growing = growing
    self.work = work
    self.leaf = leaf
    self.documentCount = Int(documentCount)
  }

  override var meter: WorkMeter? { didSet { inner.meter = meter } }
  override var cost: Int { inner.cost }
  override var readsPositions: Bool { inner.readsPositions }

  override func nextWindow(from window: Int) throws(IndexError) -> Int {
    var window = window
    while window < growing.windowCount {
      switch growing.window(window) {
      case .holdsDocuments: return window
      case .empty: window += 1
      case .unknown:
        let next = try inner.nextWindow(from: window)
        if next == window { return window }
        growing.keepEmpty(window..<min(next, growing.windowCount))
        window = next
      }
    }
    return Matcher.exhausted
  }

  override func fill(_ window: Int, _ candidates: WindowBits, _ result: WindowBits) throws(IndexError) {
    if growing.copy(window, to: result.words) {
      result.formIntersection(candidates)
    } else if work.left > 0 {
      buffer.bits.fill(first: documentCount - window * WindowBits.length)
      try inner.fill(window, buffer.bits, result)
      work.left -= max(1, inner.cost / max(1, growing.windowCount))
      // What a clock has ended is not whole.
      if !(meter?.isOver ?? false) { growing.keep(window, result.words) }
      result.formIntersection(candidates)
    } else {
      try inner.fill(window, candidates, result)
    }
    leaf?.record(window, result)
  }

  override func restrict(_ window: Int, _ bits: WindowBits) { leaf?.restrict(window, bits) }
}
