/// Documents in which words stand at fixed distances, in one of some fields when given. One word with fields is a phrase of
/// one slot.
///
/// The sets of documents are intersected first, the rarest word leading; positions are read of the survivors alone, from
/// the rarest word out. Fields lie apart on a record's line of positions, so no phrase crosses from one to the next.
final class PhraseMatcher: Matcher {
  private let matchers: [TermMatcher]
  private let counter: PhraseCounter
  private let span: UInt32
  private let fields: FieldSet?
  /// Nil where no field is asked for, or the segment has no units.
  private var units: FieldUnitsReader?
  private let leaf: MatchedLeaf?
  private let buffer = WindowBuffer()
  private var fieldUnits: [Unit] = []

  /// - Precondition: at least one slot.
  init(
    _ reader: SegmentReader, slots: [(forms: [TermForm], offset: UInt32)], fields: FieldSet?, leaf: MatchedLeaf?
  ) throws(IndexError) {
    precondition(!slots.isEmpty, "a phrase has words")
    var made: [TermMatcher] = []
    for slot in slots { made.append(try TermMatcher(reader, forms: slot.forms, leaf: nil)) }
    matchers = made.sorted { $0.cost < $1.cost }
    counter = try PhraseCounter(reader, slots: slots)
    span = slots.reduce(0) { max($0, $1.offset) }
    self.fields = fields
    units = fields == nil ? nil : reader.units.map { FieldUnitsReader($0) }
    self.leaf = leaf
  }

  override var cost: Int { matchers[0].cost }

  override func nextWindow(from window: Int) throws(IndexError) -> Int {
    var window = window
    while true {
      let before = window
      for matcher in matchers {
        window = try matcher.nextWindow(from: window)
        if window == Matcher.exhausted { return window }
      }
      if window == before { return window }
    }
  }

  override var readsPositions: Bool { true }
  override var approximates: Bool { true }

  override func fill(_ window: Int, _ candidates: WindowBits, _ result: WindowBits) throws(IndexError) {
    try approximate(window, candidates, result)
    try verify(window, result)
  }

  /// Documents that hold all the words.
  override func approximate(_ window: Int, _ candidates: WindowBits, _ result: WindowBits) throws(IndexError) {
    result.copy(candidates)
    let other = buffer.bits
    for (place, matcher) in matchers.enumerated() {
      if place & 15 == 15, let meter, meter.isOver { return }
      try matcher.fill(window, result, other)
      result.copy(other)
      if other.isEmpty { return }
    }
  }

  override func confirm(_ window: Int, _ candidates: WindowBits, _ result: WindowBits) throws(IndexError) {
    result.copy(candidates)
    try verify(window, result)
  }

  /// Takes out the documents in which the words do not stand so.
  private func verify(_ window: Int, _ result: WindowBits) throws(IndexError) {
    let base = UInt32(truncatingIfNeeded: window * WindowBits.length)
    var bit = result.first(from: 0)
    var count = 0
    while bit < WindowBits.length {
      count &+= 1
      if count & 15 == 0 || matchers.count > 32, let meter, meter.isOver { return }
      if try !matches(base &+ UInt32(truncatingIfNeeded: bit)) { result.remove(bit) }
      bit = result.first(from: bit + 1)
    }
    leaf?.record(window, result)
  }

  override func restrict(_ window: Int, _ bits: WindowBits) { leaf?.restrict(window, bits) }

  private func matches(_ document: UInt32) throws(IndexError) -> Bool {
    if try counter.count(in: document) == 0 { return false }
    guard let fields else { return true }
    guard units != nil, let last = counter.starts.last else { return false }
    try units?.fields(of: document, through: last, into: &fieldUnits)
    for start in counter.starts {
      let end = UInt64(start) + UInt64(span)
      for unit in fieldUnits where fields.contains(unit.ordinal) {
        if unit.start <= start, end < UInt64(unit.end) { return true }
      }
    }
    return false
  }
}
