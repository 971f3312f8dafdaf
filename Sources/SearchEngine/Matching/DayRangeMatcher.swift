/// Documents whose date, an interval of days, lies in a range of days: wholly (certain) or in part (possible).
final class DayRangeMatcher: Matcher {
  private let first: IntegerColumn
  private let last: IntegerColumn
  private let range: ClosedRange<Int64>
  private let isCertain: Bool
  private let documentCount: Int
  private let presence = WindowBuffer()
  /// SAFETY: 4,096 each, allocated in `init`, freed in `deinit`.
  private let firsts: UnsafeMutablePointer<Int64>
  private let lasts: UnsafeMutablePointer<Int64>
  /// The whole columns, where they are kept.
  private let kept: (firsts: [Int32], lasts: [Int32])?

  /// A date looked up by itself costs as much as this many decoded with their window.
  private static let probeFactor = 8

  /// `keepsColumns`: whether the columns are decoded as wholes and kept. Throws corruption then.
  init(
    first: IntegerColumn, last: IntegerColumn, _ range: ClosedRange<Int64>, isCertain: Bool, documentCount: UInt32,
    keepsColumns: Bool = false
  ) throws(IndexError) {
    kept = keepsColumns ? (try first.days(), try last.days()) : nil
    self.first = first
    self.last = last
    self.range = range
    self.isCertain = isCertain
    self.documentCount = Int(documentCount)
    firsts = .allocate(capacity: WindowBits.length)
    lasts = .allocate(capacity: WindowBits.length)
    firsts.initialize(repeating: 0, count: WindowBits.length)
    lasts.initialize(repeating: 0, count: WindowBits.length)
  }

  deinit {
    firsts.deallocate()
    lasts.deallocate()
  }

  override var cost: Int { documentCount }

  override func nextWindow(from window: Int) throws(IndexError) -> Int {
    window * WindowBits.length < documentCount ? window : Matcher.exhausted
  }

  /// What the least and greatest dates of a window say of all its documents with a date.
  private enum Verdict { case none, all, some }

  private func verdict(_ firsts: Zone, _ lasts: Zone) -> Verdict {
    guard firsts.present > 0, lasts.present > 0 else { return .none }
    if firsts.minimum > range.upperBound || lasts.maximum < range.lowerBound { return .none }
    if isCertain, firsts.maximum < range.lowerBound || lasts.minimum > range.upperBound { return .none }
    let isAll =
      isCertain
      ? firsts.minimum >= range.lowerBound && lasts.maximum <= range.upperBound
      : firsts.maximum <= range.upperBound && lasts.minimum >= range.lowerBound
    return isAll ? .all : .some
  }

  override func fill(_ window: Int, _ candidates: WindowBits, _ result: WindowBits) throws(IndexError) {
    result.clear()
    let firstZone = try first.zone(window)
    let lastZone = try last.zone(window)
    let verdict = verdict(firstZone, lastZone)
    if verdict == .none { return }
    let length = min(WindowBits.length, documentCount - window * WindowBits.length)
    if verdict == .all, firstZone.present == length, lastZone.present == length {
      result.copy(candidates)
      return
    }
    if let kept {
      select(kept.firsts, kept.lasts, window * WindowBits.length, candidates, result)
    } else if candidates.count * Self.probeFactor < length {
      try probe(window, candidates, result)
    } else {
      try decode(window, candidates, result)
    }
  }

  @inline(__always)
  private func isInside(_ from: Int64, _ to: Int64) -> Bool {
    isCertain
      ? from >= range.lowerBound && to <= range.upperBound : from <= range.upperBound && to >= range.lowerBound
  }

  private func probe(_ window: Int, _ candidates: WindowBits, _ result: WindowBits) throws(IndexError) {
    let base = UInt32(truncatingIfNeeded: window * WindowBits.length)
    var bit = candidates.first(from: 0)
    while bit < WindowBits.length {
      let document = base &+ UInt32(truncatingIfNeeded: bit)
      if let from = try first.value(of: document), let to = try last.value(of: document), isInside(from, to) {
        result.insert(bit)
      }
      bit = candidates.first(from: bit + 1)
    }
  }

  /// From whole columns: about 1 ns a candidate.
  private func select(
    _ firsts: [Int32], _ lasts: [Int32], _ first: Int, _ candidates: WindowBits, _ result: WindowBits
  ) {
    let lower = Int32(clamping: range.lowerBound)
    let upper = Int32(clamping: range.upperBound)
    // Certain: first >= lower and last <= upper. Possible: last >= lower and first <= upper.
    let (low, high) = isCertain ? (firsts, lasts) : (lasts, firsts)
    let length = max(0, min(WindowBits.length, min(firsts.count, lasts.count) - first))
    low.withUnsafeBufferPointer { low in
      high.withUnsafeBufferPointer { high in
        for word in 0..<WindowBits.wordCount {
          var rest = candidates.words[word]
          if rest == 0 { continue }
          let start = word &* 64
          if start >= length { break }
          var inside: UInt64 = 0
          while rest != 0 {
            let bit = rest.trailingZeroBitCount
            rest &= rest &- 1
            if start &+ bit >= length { break }
            let from = low[first &+ start &+ bit]
            let to = high[first &+ start &+ bit]
            let matches = from >= lower && to <= upper && from != IntegerColumn.missing && to != IntegerColumn.missing
            inside |= (matches ? 1 : 0) &<< UInt64(bit)
          }
          result.words[word] = inside
        }
      }
    }
  }

  private func decode(_ window: Int, _ candidates: WindowBits, _ result: WindowBits) throws(IndexError) {
    result.copy(candidates)
    let count = try first.decode(window: window, into: firsts, presence: presence.bits.words)
    result.formIntersection(presence.bits)
    let other = try last.decode(window: window, into: lasts, presence: presence.bits.words)
    result.formIntersection(presence.bits)
    let length = min(count, other)
    for word in 0..<WindowBits.wordCount where result.words[word] != 0 {
      var inside: UInt64 = 0
      let start = word &* 64
      for bit in 0..<max(0, min(64, length &- start)) where isInside(firsts[start &+ bit], lasts[start &+ bit]) {
        inside |= 1 &<< UInt64(bit)
      }
      result.words[word] &= inside
    }
  }
}
