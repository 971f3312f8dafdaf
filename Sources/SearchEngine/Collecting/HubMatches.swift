/// Which records matched, hub record by hub record: one bit a record. Counted when all are in, so that a hub record's groups
/// and matches are found by reading its records side by side, not by touching its row for each match.
final class HubMatches {
  private let documents: HubDocuments
  /// By place in ``HubDocuments/places``: bits of its documents, whole windows; nil where nothing has matched.
  /// SAFETY: as many words as windows of the segment hold; allocated in ``room(_:documentCount:)``, freed in `deinit`.
  private var members: [UnsafeMutablePointer<UInt64>?]
  private var wordCounts: [Int]
  /// Hub records that match themselves.
  private var own: BitSet

  init(_ documents: HubDocuments) {
    self.documents = documents
    members = Array(repeating: nil, count: documents.places.count)
    wordCounts = Array(repeating: 0, count: documents.places.count)
    own = BitSet(bound: documents.links.count)
  }

  deinit { for words in members { words?.deallocate() } }

  /// The place of a segment whose records belong to hub records, made ready to take its matches; nil for other segments.
  func room(_ place: HubLinks.Place, documentCount: Int) -> Int? {
    guard let index = documents.places.firstIndex(of: place) else { return nil }
    if members[index] == nil {
      let count = max(1, (documentCount + WindowBits.length - 1) / WindowBits.length) * WindowBits.wordCount
      let words = UnsafeMutablePointer<UInt64>.allocate(capacity: count)
      words.initialize(repeating: 0, count: count)
      members[index] = words
      wordCounts[index] = count
    }
    return index
  }

  func insert(_ bits: WindowBits, window: Int, place: Int) {
    let first = window &* WindowBits.wordCount
    guard let words = members[place], first >= 0, first &+ WindowBits.wordCount <= wordCounts[place] else { return }
    for index in 0..<WindowBits.wordCount { words[first &+ index] |= bits.words[index] }
  }

  @inline(__always)
  func insert(hub: Int) { own.insert(hub) }

  /// Hands each matching record of a hub record to `body`: its place in ``HubDocuments/members``; nil for the hub record
  /// itself, which comes first.
  @inline(__always)
  private func forEach(_ hub: Int, _ body: (Int?) -> Void) {
    if own.contains(hub) { body(nil) }
    guard hub >= 0, hub + 1 < documents.starts.count else { return }
    for index in Int(documents.starts[hub])..<Int(documents.starts[hub + 1]) {
      let member = documents.members[index]
      guard let words = members[Int(member.place)], Int(member.document) < wordCounts[Int(member.place)] * 64 else {
        continue
      }
      if words[Int(member.document &>> 6)] &>> UInt64(member.document & 63) & 1 == 1 { body(index) }
    }
  }

  /// How many records of a hub record match.
  func count(of hub: Int) -> Int {
    var count = 0
    forEach(hub) { _ in count += 1 }
    return count
  }

  /// By bit of the combinations: hub records of `hubs` with a matching record that has it. Cost: linear in the records that
  /// belong to them, some 2 ns each, without a branch on whether one matches.
  func counts(_ combinations: HubCombinations, of hubs: BitSet) -> [Int] {
    for index in members.indices where members[index] == nil {
      _ = room(documents.places[index], documentCount: documents.numbers[documents.places[index]]?.count ?? 0)
    }
    let words = members.compactMap { $0.map { UnsafePointer($0) } }
    // Combination 0 has no bit: a record that does not match counts as one of it.
    return combinations.width == 4
      ? counts(combinations, hubs, words, SIMD4<UInt64>.self) : counts(combinations, hubs, words, SIMD8<UInt64>.self)
  }

  /// SAFETY: of each place as many words as its segment has documents, those of members among them (``HubDocuments``); a
  /// combination's number is below that of masks.
  @inline(__always)
  private func counts<Row: SIMD>(
    _ combinations: HubCombinations, _ hubs: BitSet, _ words: [UnsafePointer<UInt64>], _: Row.Type
  ) -> [Int] where Row.Scalar == UInt64 {
    var tally = BitTally<Row>()
    let (starts, own) = (documents.starts, own)
    words.withUnsafeBufferPointer { words in
      combinations.masks.withUnsafeBytes { masks in
        combinations.members.withUnsafeBufferPointer { numbers in
          documents.members.withUnsafeBufferPointer { members in
            hubs.forEach { hub in
              guard hub + 1 < starts.count else { return }
              var row = Row.zero
              if own.contains(hub) {
                row = masks.loadUnaligned(
                  fromByteOffset: Int(combinations.own[hub]) &* MemoryLayout<Row>.size, as: Row.self)
              }
              for index in Int(starts[hub])..<Int(starts[hub + 1]) {
                let member = members[index]
                let word = words[Int(member.place)][Int(member.document &>> 6)]
                let isMatch = UInt32(truncatingIfNeeded: word &>> UInt64(member.document & 63)) & 1
                let number = numbers[index] & (0 &- isMatch)
                row |= masks.loadUnaligned(fromByteOffset: Int(number) &* MemoryLayout<Row>.size, as: Row.self)
              }
              tally.add(row)
            }
          }
        }
      }
    }
    return tally.counts
  }
}
