/// What a document of one segment has to beat to be among the hits kept: the score of the last of them, and its place.
struct ScoreFloor {
  /// Below every score while there is room.
  private(set) var score = -Double.infinity
  /// Of documents with that score, only those before this one are better.
  private(set) var document = UInt32.max

  /// No floor: everything is kept.
  static let none = ScoreFloor()

  private init() {}

  /// Hits are full, the last of them with this score, in an earlier segment.
  init(_ score: Double) {
    self.score = score
    document = 0
  }

  /// The floor that `top` sets for documents of the segment with this ordinal. In line: `top` is not copied.
  @inline(__always)
  init(_ top: borrowing TopHits, segment: Int) {
    guard let last = top.lastKept else { return }
    score = last.score
    document = last.address.segment < segment ? 0 : last.address.segment > segment ? .max : last.address.document
  }

  /// Whether no document at or after `first` with a score of `bound` or less is kept.
  @inline(__always)
  func isHopeless(_ bound: Double, from first: UInt32) -> Bool {
    bound < score || (bound == score && first >= document)
  }
}
