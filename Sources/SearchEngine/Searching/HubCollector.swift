/// Gathers the hub records that matching records are, or belong to.
///
/// One byte a hub record while it collects: a store a match, where a bit would be a load, an OR and a store that wait for
/// each other.
final class HubCollector: Collector {
  private let links: HubLinks
  private let hub: String
  /// By hub record: 1 where it has a match; one more for records that belong to none.
  private var flags: [UInt8]
  private var base: UInt32?
  private var column: OrdinalColumn?
  private var numbers: [UInt32] = []
  private var documents: [UInt32]?
  private var found: [UInt32] = []

  /// With more of 64 documents than this all 64 are gone through, without a branch.
  private static let dense = 40

  init(_ links: HubLinks, hub: String) {
    self.links = links
    self.hub = hub
    flags = Array(repeating: 0, count: links.count + 1)
  }

  /// What was found.
  var set: JoinedSet {
    var set = JoinedSet(links)
    flags.withUnsafeBytes { flags in
      for index in set.words.indices {
        var word: UInt64 = 0
        let first = index &* 64
        for bit in 0..<min(64, links.count &- first) { word |= UInt64(flags[first &+ bit]) &<< UInt64(bit) }
        set.words[index] = word
      }
    }
    return set
  }

  override func begin(_ segment: SegmentContext) throws(IndexError) {
    let place = HubLinks.Place(snapshot: segment.snapshot, segment: segment.segment)
    base = links.bases[place]
    numbers = links.numbers[place] ?? []
    documents = links.documents[place]
    column = base == nil ? try segment.reader.ordinalColumn(hub) : nil
  }

  override func collect(_ matches: WindowMatches) throws(IndexError) {
    if let documents { return insert(documents, from: Int(matches.base), matches.bits) }
    var bit = matches.bits.first(from: 0)
    while bit < WindowBits.length {
      let document = matches.base &+ UInt32(truncatingIfNeeded: bit)
      if let base {
        insert(base &+ document)
      } else if let column {
        try column.ordinals(of: document, into: &found)
        for ordinal in found where Int(ordinal) < numbers.count { insert(numbers[Int(ordinal)]) }
      }
      bit = matches.bits.first(from: bit &+ 1)
    }
  }

  private func insert(_ number: UInt32) { flags[min(Int(number), links.count)] = 1 }

  /// The hub records that the documents of a window, which begins at document `first`, belong to. Cost: about 1 ns a
  /// document.
  private func insert(_ numbers: [UInt32], from first: Int, _ documents: WindowBits) {
    let none = links.count
    flags.withUnsafeMutableBufferPointer { flags in
      numbers.withUnsafeBufferPointer { numbers in
        for word in 0..<WindowBits.wordCount {
          var rest = documents.words[word]
          let start = first &+ word &* 64
          if rest.nonzeroBitCount > Self.dense, start &+ 64 <= numbers.count {
            for lane in 0..<64 {
              // `HubLinks.none` is beyond the last.
              let number = min(Int(numbers[start &+ lane]), none)
              flags[number] |= UInt8(truncatingIfNeeded: rest & 1)
              rest &>>= 1
            }
            continue
          }
          while rest != 0 {
            let document = start &+ rest.trailingZeroBitCount
            rest &= rest &- 1
            if document < numbers.count { flags[min(Int(numbers[document]), none)] = 1 }
          }
        }
      }
    }
  }
}
