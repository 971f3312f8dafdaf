/// Which segments to merge. Only neighbours are merged, so the documents of an index keep the order in which they were
/// added, whatever was merged when: equal scores then come in the same order before and after.
///
/// Segments of about one size form a tier; a tier of ``factor`` neighbours becomes one segment of the next. A record is
/// then written once at each of log8(n) tiers (O'Neil and others 1996; Lucene's LogMergePolicy).
struct MergePolicy: Sendable {
  /// Neighbours merged at once: at 8 a record of a million-record index is rewritten some three times.
  var factor = 8
  /// Segments below this many bytes count as one tier: flushing small commits would otherwise make many small tiers.
  var floorBytes = 4 << 20
  /// A segment in which more than this share is deleted is rewritten by itself.
  var deletedShare = 0.35

  struct Candidate {
    let kind: String
    let bytes: Int
    let documentCount: UInt32
    let liveCount: UInt32
    /// Taking part in a merge already.
    let isBusy: Bool
  }

  /// The next merge: a range of neighbours of one kind, or nil when there is nothing to do.
  func next(_ candidates: [Candidate]) -> [Int]? {
    for (index, candidate) in candidates.enumerated() where !candidate.isBusy && candidate.documentCount > 0 {
      let deleted = candidate.documentCount - candidate.liveCount
      if Double(deleted) > deletedShare * Double(candidate.documentCount) { return [index] }
    }
    for kind in Set(candidates.map(\.kind)).sorted() {
      var run: [Int] = []
      var runTier = -1
      for (index, candidate) in candidates.enumerated() where candidate.kind == kind {
        let tier = self.tier(candidate.bytes)
        if candidate.isBusy || tier != runTier { run = [] }
        runTier = tier
        if candidate.isBusy { continue }
        run.append(index)
        if run.count == factor { return run }
      }
    }
    return nil
  }

  private func tier(_ bytes: Int) -> Int {
    var tier = 0
    var limit = floorBytes
    while bytes > limit, tier < 32 {
      tier += 1
      limit *= factor
    }
    return tier
  }
}
