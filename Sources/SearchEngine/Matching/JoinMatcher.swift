/// Documents of one segment that are, or belong to, the hub records of a set.
final class JoinMatcher: Matcher {
  private let set: JoinedSet
  private let base: UInt32?
  private let column: OrdinalColumn?
  private let numbers: [UInt32]
  private let documentCount: Int
  private var found: [UInt32] = []
  private let reader: SegmentReader
  private let hub: String

  /// Values up to which the lists of their entries lead: the column then is looked at where these hold, 15 ns a record,
  /// instead of everywhere.
  private static let fewValues = 128
  /// Longer values are cut in the column, and may be others as entries.
  private static let longestValue = 128

  init(_ set: JoinedSet, hub: String, _ segment: SegmentContext) throws(IndexError) {
    self.set = set
    let place = HubLinks.Place(snapshot: segment.snapshot, segment: segment.segment)
    reader = segment.reader
    self.hub = hub
    base = set.links.bases[place]
    numbers = set.links.numbers[place] ?? []
    column = base == nil ? try segment.reader.ordinalColumn(hub) : nil
    documentCount = Int(segment.reader.documentCount)
  }

  /// The entries of the values that belong to the set, where they are few; they may hold other records too, whose values
  /// look alike when folded. Nil for the hub's own records, and where there are many.
  func entries() throws(IndexError) -> [[UInt8]]? {
    guard base == nil, let column, let field = reader.schema.index(of: hub) else { return nil }
    var entries: Set<[UInt8]> = []
    for (ordinal, number) in numbers.enumerated() where number != HubLinks.none && set.contains(number) {
      let value = try column.value(UInt32(truncatingIfNeeded: ordinal))
      guard entries.count < Self.fewValues, value.utf8.count <= Self.longestValue else { return nil }
      entries.insert(TermKey.keyword(field: field, FoldedValue.bytes(value)))
    }
    return entries.sorted { $0.lexicographicallyPrecedes($1) }
  }

  override var cost: Int { documentCount }

  override func nextWindow(from window: Int) throws(IndexError) -> Int {
    (base != nil || column != nil) && window * WindowBits.length < documentCount ? window : Matcher.exhausted
  }

  override func fill(_ window: Int, _ candidates: WindowBits, _ result: WindowBits) throws(IndexError) {
    result.clear()
    let first = UInt32(truncatingIfNeeded: window * WindowBits.length)
    var bit = candidates.first(from: 0)
    while bit < WindowBits.length {
      let document = first &+ UInt32(truncatingIfNeeded: bit)
      if let base {
        if set.contains(base &+ document) { result.insert(bit) }
      } else if let column {
        try column.ordinals(of: document, into: &found)
        for ordinal in found where Int(ordinal) < numbers.count && set.contains(numbers[Int(ordinal)]) {
          result.insert(bit)
        }
      }
      bit = candidates.first(from: bit + 1)
    }
  }
}
