/// The documents of a window, or of a part of one, that may still be hits, in order, and what they score so far.
struct WindowCandidates: ~Copyable {
  private let capacity: Int
  /// SAFETY: room for ``capacity`` each and one more, allocated in `init`, freed in `deinit`; the first ``count`` are set.
  let documents: UnsafeMutablePointer<UInt32>
  let scores: UnsafeMutablePointer<Double>
  private(set) var count = 0

  init(capacity: Int = WindowBits.length) {
    self.capacity = capacity
    // One more: where the next one would stand is written before it is known whether it stays.
    documents = .allocate(capacity: capacity + 1)
    scores = .allocate(capacity: capacity + 1)
  }

  deinit {
    documents.deallocate()
    scores.deallocate()
  }

  mutating func removeAll() { count = 0 }

  /// Adds a document unless `isHopeless`; without a branch.
  /// - Precondition: fewer documents are kept than there is room for.
  @inline(__always)
  mutating func append(_ document: UInt32, _ score: Double, unless isHopeless: Bool) {
    assert(count <= capacity)
    (documents + count).initialize(to: document)
    (scores + count).initialize(to: score)
    count &+= isHopeless ? 0 : 1
  }

  /// Says how many were written.
  mutating func set(_ count: Int) {
    precondition(count >= 0 && count <= capacity)
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
