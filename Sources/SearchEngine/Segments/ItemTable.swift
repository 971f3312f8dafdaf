/// Where the items of one list stand in every document of a segment: the products of enterprises, the violations of notes.
///
/// Items are numbered through the segment, by document, then as they stand in the list.
struct ItemTable: Sendable {
  /// The number of the first item of each document, and behind them that of all items: one more than there are documents.
  private let firsts: [UInt32]
  /// By item: the positions that it takes.
  private let starts: [UInt32]
  private let ends: [UInt32]
  /// By item: its place in the list, from 0.
  private let places: [UInt32]

  /// Items of the segment.
  var count: Int { starts.count }
  var documentCount: Int { firsts.count - 1 }

  /// Reads the units of all documents. `group` is the list's number (``RecordInverter/groups(of:)``). Cost: some 0.1 µs a
  /// document of 25 units. Throws corruption.
  init(_ units: UnitsReader?, documentCount: UInt32, group: UInt8) throws(IndexError) {
    var firsts: [UInt32] = [0]
    var starts: [UInt32] = []
    var ends: [UInt32] = []
    var places: [UInt32] = []
    firsts.reserveCapacity(Int(documentCount) + 1)
    if let units {
      try units.forEachDocument { (_, own) throws(IndexError) in
        for unit in own where unit.kind == .item && unit.group == group {
          starts.append(unit.start)
          ends.append(unit.end)
          places.append(unit.ordinal)
        }
        firsts.append(UInt32(clamping: starts.count))
      }
    } else {
      firsts += [UInt32](repeating: 0, count: Int(documentCount))
    }
    self.firsts = firsts
    self.starts = starts
    self.ends = ends
    self.places = places
  }

  /// The items of a document.
  @inline(__always)
  func items(of document: Int) -> Range<Int> {
    guard document >= 0, document < documentCount else { return 0..<0 }
    return Int(firsts[document])..<Int(firsts[document &+ 1])
  }

  /// Which of some items of one document holds a position; nil when none does. Cost: logarithmic.
  @inline(__always)
  func item(at position: UInt32, in items: Range<Int>) -> Int? {
    var low = items.lowerBound
    var high = items.upperBound
    while low < high {
      let middle = (low &+ high) / 2
      if ends[middle] <= position { low = middle &+ 1 } else { high = middle }
    }
    return low < items.upperBound && starts[low] <= position ? low : nil
  }

  func range(of item: Int) -> (start: UInt32, end: UInt32) { (starts[item], ends[item]) }

  /// The place of an item in its list, from 0.
  func place(of item: Int) -> Int { Int(places[item]) }

  /// How many items a document has.
  @inline(__always)
  func count(of document: Int) -> Int { items(of: document).count }

  /// The documents that have any of the items. Linear in documents.
  func documents(of items: BitSet) -> BitSet {
    var found = BitSet(bound: documentCount)
    for document in 0..<documentCount where items.containsAny(of: self.items(of: document)) { found.insert(document) }
    return found
  }

  /// All items of the documents. Linear in their items.
  func items(of documents: BitSet) -> BitSet {
    var found = BitSet(bound: count)
    documents.forEach { found.insert(self.items(of: $0)) }
    return found
  }

  /// Hands each of the items with its document to `body`, rising.
  func forEach<Failure: Error>(
    _ items: BitSet, _ body: (_ item: Int, _ document: UInt32) throws(Failure) -> Void
  ) throws(Failure) {
    var document = 0
    try items.forEach { (item) throws(Failure) in
      while document < documentCount, Int(firsts[document &+ 1]) <= item { document &+= 1 }
      try body(item, UInt32(clamping: document))
    }
  }
}
