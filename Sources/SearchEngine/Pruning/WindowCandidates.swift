/// The documents of a window that may still be hits, in order, and what they score so far.
struct WindowCandidates: ~Copyable {
  /// SAFETY: room for a window's documents each, allocated in `init`, freed in `deinit`; the first ``count`` are set.
  let documents: UnsafeMutablePointer<UInt32>
  let scores: UnsafeMutablePointer<Double>
  private(set) var count = 0

  init() {
    // One more: where the next one would stand is written before it is known whether it stays.
    documents = .allocate(capacity: WindowBits.length + 1)
    scores = .allocate(capacity: WindowBits.length + 1)
  }

  deinit {
    documents.deallocate()
    scores.deallocate()
  }

  mutating func removeAll() { count = 0 }

  /// Adds a document unless `isHopeless`; without a branch.
  /// - Precondition: fewer documents are kept than a window has.
  @inline(__always)
  mutating func append(_ document: UInt32, _ score: Double, unless isHopeless: Bool) {
    assert(count <= WindowBits.length)
    (documents + count).initialize(to: document)
    (scores + count).initialize(to: score)
    count &+= isHopeless ? 0 : 1
  }

  /// Says how many were written.
  mutating func set(_ count: Int) {
    precondition(count >= 0 && count <= WindowBits.length)
    self.count = count
  }

  /// Keeps the first `kept`.
  /// - Precondition: there are as many.
  @inline(__always)
  mutating func keep(_ kept: Int) {
    assert(kept <= count)
    count = kept
  }
}
