import Records

/// Documents of one segment that are, or belong to, the hub records of a set.
final class JoinMatcher: Matcher {
  private let set: JoinedSet
  private let base: UInt32?
  private let column: OrdinalColumn?
  private let numbers: [UInt32]
  private let documents: [UInt32]?
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
    documents = set.links.documents[place]
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
    if let base {
      set.copy(from: Int(base) + Int(first), to: result)
      result.formIntersection(candidates)
      return
    }
    if let documents {
      set.select(documents, from: Int(first), candidates, into: result)
      return
    }
    var bit = candidates.first(from: 0)
    while bit < WindowBits.length {
      let document = first &+ UInt32(truncatingIfNeeded: bit)
      if let column {
        try column.ordinals(of: document, into: &found)
        for ordinal in found where Int(ordinal) < numbers.count && set.contains(numbers[Int(ordinal)]) {
          result.insert(bit)
        }
      }
      bit = candidates.first(from: bit + 1)
    }
  }
}

extension JoinedSet {
  /// The bits of the hub records from number `first` on, as those of a window.
  func copy(from first: Int, to result: WindowBits) {
    let shift = UInt64(first & 63)
    let start = first >> 6
    for index in 0..<WindowBits.wordCount {
      let place = start + index
      guard place < words.count else {
        result.words[index] = 0
        continue
      }
      var word = words[place] &>> shift
      if shift > 0, place + 1 < words.count { word |= words[place + 1] &<< (64 - shift) }
      result.words[index] = word
    }
  }

  /// Sets those of `candidates` in `result` that belong to hub records of the set. `numbers` are those of all documents of
  /// the segment, `first` the first of the window. Cost: about 1 ns a candidate.
  func select(_ numbers: [UInt32], from first: Int, _ candidates: WindowBits, into result: WindowBits) {
    let length = max(0, min(WindowBits.length, numbers.count - first))
    words.withUnsafeBufferPointer { words in
      numbers.withUnsafeBufferPointer { numbers in
        var bit = candidates.first(from: 0)
        while bit < length {
          let number = numbers[first &+ bit]
          let index = Int(number &>> 6)
          if index < words.count, words[index] &>> UInt64(number & 63) & 1 == 1 { result.insert(bit) }
          bit = candidates.first(from: bit &+ 1)
        }
      }
    }
  }

  /// Inserts the hub records that documents of a window belong to; arguments as those of ``select(_:from:_:into:)``.
  mutating func insert(_ numbers: [UInt32], from first: Int, _ documents: WindowBits) {
    let length = max(0, min(WindowBits.length, numbers.count - first))
    words.withUnsafeMutableBufferPointer { words in
      numbers.withUnsafeBufferPointer { numbers in
        var bit = documents.first(from: 0)
        while bit < length {
          let number = numbers[first &+ bit]
          let index = Int(number &>> 6)
          // `HubLinks.none` is beyond the last.
          if index < words.count { words[index] |= 1 &<< UInt64(number & 63) }
          bit = documents.first(from: bit &+ 1)
        }
      }
    }
  }
}
