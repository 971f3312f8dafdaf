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

  /// From whole columns, 64 documents at a time without a branch: some 30 ns each time.
  private func select(
    _ firsts: [Int32], _ lasts: [Int32], _ first: Int, _ candidates: WindowBits, _ result: WindowBits
  ) {
    // Certain: first >= lower and last <= upper. Possible: last >= lower and first <= upper. What is missing is below all.
    let least = IntegerColumn.missing + 1
    let lower = max(least, Int32(clamping: range.lowerBound))
    let upper = Int32(clamping: range.upperBound)
    let (low, high) = isCertain ? (firsts, lasts) : (lasts, firsts)
    let length = max(0, min(WindowBits.length, min(firsts.count, lasts.count) - first))
    low.withUnsafeBufferPointer { low in
      high.withUnsafeBufferPointer { high in
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64) { flags in
          for word in 0..<WindowBits.wordCount {
            let start = word &* 64
            if candidates.words[word] == 0 { continue }
            if start >= length { break }
            let count = min(64, length &- start)
            for lane in 0..<count {
              let (from, to) = (low[first &+ start &+ lane], high[first &+ start &+ lane])
              flags[lane] = from >= lower && to <= upper && to >= least ? 1 : 0
            }
            for lane in count..<64 { flags[lane] = 0 }
            result.words[word] = Self.bits(flags) & candidates.words[word]
          }
        }
      }
    }
  }

  /// The bits of 64 bytes that are 0 or 1: the product moves byte `i` of eight to bit `i` of the highest byte.
  @inline(__always)
  private static func bits(_ flags: UnsafeMutableBufferPointer<UInt8>) -> UInt64 {
    let bytes = UnsafeRawBufferPointer(flags)
    var bits: UInt64 = 0
    for place in 0..<8 {
      let eight = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place &* 8, as: UInt64.self))
      bits |= ((eight &* 0x0102_0408_1020_4080) &>> 56) &<< UInt64(place &* 8)
    }
    return bits
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
