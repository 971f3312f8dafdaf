/// Documents whose number lies in a closed range.
final class IntegerRangeMatcher: Matcher {
  private let column: IntegerColumn
  private let range: ClosedRange<Int64>
  private let documentCount: Int

  init(_ column: IntegerColumn, _ range: ClosedRange<Int64>, documentCount: UInt32) {
    self.column = column
    self.range = range
    self.documentCount = Int(documentCount)
  }

  override var cost: Int { documentCount }

  override func nextWindow(from window: Int) throws(IndexError) -> Int {
    window * WindowBits.length < documentCount ? window : Matcher.exhausted
  }

  override func fill(_ window: Int, _ candidates: WindowBits, _ result: WindowBits) throws(IndexError) {
    result.clear()
    let zone = try column.zone(window)
    guard zone.present > 0, zone.minimum <= range.upperBound, zone.maximum >= range.lowerBound
    else { return }
    let base = UInt32(truncatingIfNeeded: window * WindowBits.length)
    var bit = candidates.first(from: 0)
    while bit < WindowBits.length {
      if let value = try column.value(of: base &+ UInt32(truncatingIfNeeded: bit)), range.contains(value) {
        result.insert(bit)
      }
      bit = candidates.first(from: bit + 1)
    }
  }
}

/// Documents with a value of an ordinal column between two bounds in byte order.
final class ValueRangeMatcher: Matcher {
  private let column: OrdinalColumn
  private let ordinals: Range<UInt32>
  private let documentCount: Int
  private var found: [UInt32] = []

  init(
    _ column: OrdinalColumn, lower: ValueBound?, upper: ValueBound?, documentCount: UInt32
  ) throws(IndexError) {
    self.column = column
    self.documentCount = Int(documentCount)
    var from: UInt32 = 0
    var to = UInt32(clamping: column.valueCount)
    if let lower { from = try column.firstOrdinal(lower.bytes, orEqual: lower.isInclusive) }
    if let upper { to = try column.firstOrdinal(upper.bytes, orEqual: !upper.isInclusive) }
    ordinals = from..<max(from, to)
  }

  override var cost: Int { documentCount }

  override func nextWindow(from window: Int) throws(IndexError) -> Int {
    !ordinals.isEmpty && window * WindowBits.length < documentCount ? window : Matcher.exhausted
  }

  override func fill(_ window: Int, _ candidates: WindowBits, _ result: WindowBits) throws(IndexError) {
    result.clear()
    guard !ordinals.isEmpty else { return }
    let base = UInt32(truncatingIfNeeded: window * WindowBits.length)
    var bit = candidates.first(from: 0)
    while bit < WindowBits.length {
      try column.ordinals(of: base &+ UInt32(truncatingIfNeeded: bit), into: &found)
      for ordinal in found where ordinals.contains(ordinal) { result.insert(bit) }
      bit = candidates.first(from: bit + 1)
    }
  }
}

extension OrdinalColumn {
  /// The first ordinal whose value is at or after `bytes` (`orEqual`), or after it.
  func firstOrdinal(_ bytes: [UInt8], orEqual: Bool) throws(IndexError) -> UInt32 {
    var found: Result<(UInt32, UInt32?), IndexError> = .success((0, nil))
    bytes.withUnsafeBytes { buffer in
      do throws(IndexError) {
        found = .success((try firstOrdinal(atLeast: buffer), try ordinal(of: buffer)))
      } catch { found = .failure(error) }
    }
    let (first, equal) = try found.get()
    return equal != nil && !orEqual ? first + 1 : first
  }
}
