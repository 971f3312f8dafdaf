/// Runs a weighted query over its segments, window by window, and feeds the collectors.
enum SegmentSearch {
  /// Returns whether all was looked at: false when the deadline passed, or the weight's own work was cut. Stops early,
  /// window by window, once `isDone`. Documents of `known` are left out, and all that match are added to it when `marks`.
  /// Throws what reading the index throws.
  static func run(
    _ weight: QueryWeight, into collectors: [Collector], deadline: ContinuousClock.Instant?,
    known: MatchedDocuments? = nil, marks: Bool = false, until isDone: () -> Bool = { false }
  ) throws(IndexError) -> Bool {
    let needsScores = collectors.contains { $0.needsScores }
    let candidates = WindowBuffer()
    let matches = WindowBuffer()
    for segment in weight.segments {
      guard let root = weight.plan.roots[segment.reader.kind] else { continue }
      if weight.meter.isOver { return false }
      let reserved = weight.meter.reserved
      defer { weight.meter.release(weight.meter.reserved - reserved) }
      for collector in collectors { try collector.begin(segment) }
      var builder = MatcherBuilder(weight, segment)
      let matcher = try builder.build(root)
      let scorer = needsScores ? try SegmentScorer(weight, segment, builder.leaves) : nil
      let documentCount = Int(segment.reader.documentCount)
      var window = try matcher.nextWindow(from: 0)
      while window != Matcher.exhausted, window * WindowBits.length < documentCount {
        if let deadline, ContinuousClock.now >= deadline || weight.meter.isCancelled { return false }
        candidates.bits.fillLive(segment.reader, window)
        known?.subtract(from: candidates.bits, segment, window)
        try matcher.fill(window, candidates.bits, matches.bits)
        if weight.meter.wasOver { return false }
        if !matches.bits.isEmpty {
          let scorer = scorer?.isConstant == true ? nil : scorer
          if marks { known?.insert(matches.bits, segment, window) }
          if let scorer {
            try scorer.score(window, matches.bits, floor: collectors.count == 1 ? collectors[0].scoreFloor : nil)
            if weight.meter.wasOver { return false }
          }
          let found = WindowMatches(
            window: window, bits: matches.bits, scores: scorer?.scores, coordinator: builder.coordinator)
          for collector in collectors { try collector.collect(found) }
        }
        if isDone() { return true }
        window = try matcher.nextWindow(from: window + 1)
      }
    }
    // A walk inside a matcher may have been cut and left nothing to look at.
    return !weight.meter.wasOver
  }

  /// Those of the documents that match. Each segment's plan is opened once, however many of its documents are asked for.
  static func matching(
    _ weight: QueryWeight, _ documents: some Sequence<DocumentAddress>
  ) throws(IndexError) -> Set<DocumentAddress> {
    var found: Set<DocumentAddress> = []
    let reserved = weight.meter.reserved
    defer { weight.meter.release(weight.meter.reserved - reserved) }
    let candidates = WindowBuffer()
    let matches = WindowBuffer()
    var matcher: Matcher?
    var segment = -1
    var window = -1
    func fill() throws(IndexError) {
      guard let matcher, window >= 0, try matcher.nextWindow(from: window) == window else { return }
      try matcher.fill(window, candidates.bits, matches.bits)
      var bit = matches.bits.first(from: 0)
      while bit < WindowBits.length {
        found.insert(
          DocumentAddress(
            segment: segment, document: UInt32(truncatingIfNeeded: window * WindowBits.length + bit)))
        bit = matches.bits.first(from: bit + 1)
      }
    }
    for address in documents.sorted() where weight.segments.indices.contains(address.segment) {
      let own = Int(address.document >> WindowBits.shift)
      if address.segment != segment || own != window {
        try fill()
        candidates.bits.clear()
        window = own
      }
      if address.segment != segment {
        segment = address.segment
        var builder = MatcherBuilder(weight, weight.segments[segment])
        matcher = try weight.plan.roots[weight.segments[segment].reader.kind].map { root throws(IndexError) in
          try builder.build(root)
        }
      }
      candidates.bits.insert(Int(address.document) & (WindowBits.length - 1))
    }
    try fill()
    return found
  }

  /// The leaves of the plan that matched one document, with the leaf's words. Empty when the document does not match.
  static func leaves(_ weight: QueryWeight, of address: DocumentAddress) throws(IndexError) -> [MatchedLeaf] {
    guard weight.segments.indices.contains(address.segment) else { return [] }
    let segment = weight.segments[address.segment]
    guard let root = weight.plan.roots[segment.reader.kind], address.document < segment.reader.documentCount
    else { return [] }
    // Asked hit by hit: what one hit needs is free again before the next.
    let reserved = weight.meter.reserved
    defer { weight.meter.release(weight.meter.reserved - reserved) }
    var builder = MatcherBuilder(weight, segment)
    let matcher = try builder.build(root)
    let window = Int(address.document >> WindowBits.shift)
    let bit = Int(address.document) & (WindowBits.length - 1)
    let candidates = WindowBuffer()
    let matches = WindowBuffer()
    candidates.bits.insert(bit)
    guard try matcher.nextWindow(from: window) == window else { return [] }
    try matcher.fill(window, candidates.bits, matches.bits)
    guard matches.bits.contains(bit) else { return [] }
    return builder.leaves.filter { $0.window == window && $0.bits.contains(bit) }
  }
}

extension WindowBits {
  /// The live documents of a window.
  func fillLive(_ reader: SegmentReader, _ window: Int) {
    let first = window * WindowBits.length
    fill(first: Int(reader.documentCount) - first)
    guard let live = reader.live else { return }
    let firstWord = window * WindowBits.wordCount
    let wordCount = min(WindowBits.wordCount, (Int(reader.documentCount) + 63) / 64 - firstWord)
    for index in 0..<max(0, wordCount) { words[index] &= live.words[firstWord + index] }
  }
}
