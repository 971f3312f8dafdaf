/// Documents in which words stand at fixed distances, in one of some fields when given. One word with fields is a phrase of
/// one slot.
///
/// The sets of documents are intersected first, the rarest word leading; positions are read of the survivors alone, from
/// the rarest word out. Fields lie apart on a record's line of positions, so no phrase crosses from one to the next.
final class PhraseMatcher: Matcher {
  private let slots: [(matcher: TermMatcher, probe: PositionProbe, offset: UInt32)]
  private let span: UInt32
  private let fields: FieldSet?
  private let units: UnitsReader?
  private let leaf: MatchedLeaf?
  private let buffers = [WindowBuffer(), WindowBuffer()]
  private var starts: [UInt32] = []
  private var next: [UInt32] = []
  private var scratch: [UInt32] = []
  private var documentUnits = DocumentUnits()

  /// - Precondition: at least one slot.
  init(
    _ reader: SegmentReader, slots: [(forms: [TermForm], offset: UInt32)], fields: FieldSet?, leaf: MatchedLeaf?
  ) throws(IndexError) {
    precondition(!slots.isEmpty, "a phrase has words")
    var made: [(matcher: TermMatcher, probe: PositionProbe, offset: UInt32)] = []
    for slot in slots {
      made.append(
        (
          try TermMatcher(reader, forms: slot.forms, leaf: nil), try PositionProbe(reader, forms: slot.forms),
          slot.offset
        ))
    }
    self.slots = made.sorted { ($0.matcher.cost, $0.offset) < ($1.matcher.cost, $1.offset) }
    span = slots.reduce(0) { max($0, $1.offset) }
    self.fields = fields
    units = fields == nil ? nil : reader.units
    self.leaf = leaf
  }

  override var cost: Int { slots[0].matcher.cost }

  override func nextWindow(from window: Int) throws(IndexError) -> Int {
    var window = window
    while true {
      let before = window
      for slot in slots {
        window = try slot.matcher.nextWindow(from: window)
        if window == Matcher.exhausted { return window }
      }
      if window == before { return window }
    }
  }

  override func fill(_ window: Int, _ candidates: WindowBits, _ result: WindowBits) throws(IndexError) {
    result.copy(candidates)
    let other = buffers[0].bits
    for slot in slots {
      try slot.matcher.fill(window, result, other)
      if other.isEmpty {
        result.clear()
        return
      }
      result.copy(other)
    }
    let base = UInt32(truncatingIfNeeded: window * WindowBits.length)
    var bit = result.first(from: 0)
    while bit < WindowBits.length {
      if try !matches(base &+ UInt32(truncatingIfNeeded: bit)) { result.remove(bit) }
      bit = result.first(from: bit + 1)
    }
    leaf?.record(window, result)
  }

  override func restrict(_ window: Int, _ bits: WindowBits) { leaf?.restrict(window, bits) }

  private func matches(_ document: UInt32) throws(IndexError) -> Bool {
    try findStarts(in: document)
    if starts.isEmpty { return false }
    guard let fields else { return true }
    guard let units else { return false }
    try units.units(of: document, into: &documentUnits)
    for start in starts {
      let end = UInt64(start) + UInt64(span)
      for unit in documentUnits.units where unit.kind == .field && fields.contains(unit.ordinal) {
        if unit.start <= start, end < UInt64(unit.end) { return true }
      }
    }
    return false
  }

  /// Sets `starts` to the positions at which the phrase begins.
  private func findStarts(in document: UInt32) throws(IndexError) {
    starts.removeAll(keepingCapacity: true)
    for (index, slot) in slots.enumerated() {
      try slot.probe.positions(of: document, into: &next, scratch: &scratch)
      if index == 0 {
        for position in next where position >= slot.offset { starts.append(position - slot.offset) }
      } else {
        intersectStarts(offset: slot.offset)
      }
      if starts.isEmpty { return }
    }
  }

  /// Keeps the starts at whose `offset` a position of `next` stands. Both rise.
  private func intersectStarts(offset: UInt32) {
    var kept = 0
    var place = 0
    for start in starts {
      let wanted = UInt64(start) + UInt64(offset)
      while place < next.count, UInt64(next[place]) < wanted { place += 1 }
      if place == next.count { break }
      if UInt64(next[place]) == wanted {
        starts[kept] = start
        kept += 1
      }
    }
    starts.removeLast(starts.count - kept)
  }
}
