import Records
import Storage
import TextAnalysis

/// Makes the term vectors of a segment from its postings, once they are written: the same way after a flush and after a
/// merge. Goes over the dictionary once for each range of documents.
enum TermVectorsBuilder {
  /// Words of a range for a budget: an entry takes 16 bytes while a range is turned about, so a quarter of the budget, and
  /// no more than 64 MB. Threads share it.
  private static func rangeWords(memory: Int) -> Int { min(4 << 20, max(1 << 18, memory / 64)) }
  /// Documents of a range at most: their numbers in it take 16 bits.
  private static let rangeDocuments: UInt32 = 1 << 16

  /// The plain terms of a dictionary, in its order, as what their postings become.
  fileprivate struct Terms {
    /// Number of the term's stem, by rising hash; for other terms one of the two below.
    var ordinals: [UInt32] = []
    /// Rising.
    var hashes: [UInt32] = []

    /// Function words count for the lengths alone.
    static let functionWord = UInt32.max
    /// No words: names, codes, whole values.
    static let passedOver = UInt32.max - 1
  }

  /// `memory` is the writer's budget: what bounds the ranges that are turned about at once, one for each thread of the crew.
  /// Beside them, 8 bytes a term.
  static func build(
    _ fileSystem: any FileSystem, _ entry: SegmentEntry, schema: Schema, index: UInt64, memory: Int,
    crew: WriterCrew? = nil
  ) throws(IndexError) -> FileEntry {
    let reader = try SegmentReader(fileSystem, entry, schema: schema, index: index)
    let terms = try terms(reader.dictionary)
    var frequencies = [UInt32](repeating: 0, count: terms.hashes.count)
    let threads = crew?.count ?? 1
    let words = max(1 << 16, rangeWords(memory: memory) / threads)
    let ranges = try ranges(reader, words: UInt64(words))
    let writer = try TermVectorsWriter(
      fileSystem, name: SegmentEntry.fileName(entry.id, .termVectors),
      identity: FileIdentity(index: index, segment: entry.id))
    let turned = (0..<min(threads, ranges.count)).map { _ in
      VectorRange(reader, ordinals: terms.ordinals, stems: terms.hashes.count, words: words, schema)
    }
    let take = { (number: Int) throws(IndexError) in
      let range = turned[number % turned.count]
      if let failure = range.failure { throw failure }
      try writer.add(range.coded)
      for (stem, count) in range.frequencies.enumerated() { frequencies[stem] += count }
    }
    if let crew {
      try crew.inOrder(ranges.count, window: turned.count) { _, number in
        turned[number % turned.count].turn(ranges[number])
      } take: { (number) throws(IndexError) in
        try take(number)
      }
    } else {
      for number in ranges.indices {
        turned[0].turn(ranges[number])
        try take(number)
      }
    }
    return try writer.finish(hashes: terms.hashes, documentFrequencies: frequencies)
  }

  /// Documents whose words are that many, one document's more at most.
  private static func ranges(_ reader: SegmentReader, words: UInt64) throws(IndexError) -> [Range<UInt32>] {
    var ranges: [Range<UInt32>] = []
    var first: UInt32 = 0
    while first < reader.documentCount {
      var last = first
      var sum: UInt64 = 0
      while last < reader.documentCount, last - first < rangeDocuments, sum < words {
        sum += UInt64(try reader.lengths[last])
        last += 1
      }
      ranges.append(first..<last)
      first = last
    }
    return ranges
  }

  private static func terms(_ dictionary: TermDictionaryReader) throws(IndexError) -> Terms {
    let stemmer = Porter2()
    var found = Terms()
    // Hash of the stem and, behind it, place in the dictionary.
    var keyed: [UInt64] = []
    let cursor = dictionary.cursor()
    var isOn = try cursor.next()
    var term: [UInt8] = []
    while isOn {
      var ordinal = Terms.passedOver
      term.removeAll(keepingCapacity: true)
      term.append(contentsOf: cursor.term)
      if let first = term.first, first >= 0x20 {
        if term.withUnsafeBufferPointer({ QueryWordClass.of($0) }) == .function {
          ordinal = Terms.functionWord
        } else {
          if Porter2.stems(term) {
            let length = term.withUnsafeMutableBufferPointer { buffer in
              buffer.baseAddress.map { stemmer.stem($0, count: buffer.count) } ?? 0
            }
            term.removeSubrange(length...)
          }
          keyed.append(UInt64(term.withUnsafeBytes { Token.hash($0) }) << 32 | UInt64(found.ordinals.count))
        }
      }
      found.ordinals.append(ordinal)
      isOn = try cursor.next()
    }
    keyed.sort()
    for key in keyed {
      let hash = UInt32(key >> 32)
      if found.hashes.last != hash { found.hashes.append(hash) }
      found.ordinals[Int(UInt32(truncatingIfNeeded: key))] = UInt32(found.hashes.count - 1)
    }
    return found
  }
}

/// The vectors of one range of documents after another, turned about in memory that is taken once: pages that nothing touches
/// cost nothing, and growing would hold two of each.
///
/// SAFETY: of the thread that turns a range, and then of the one that takes it; the line of the crew orders them.
private final class VectorRange: @unchecked Sendable {
  private let reader: SegmentReader
  /// Of each term of the dictionary, ``TermVectorsBuilder/Terms``.
  private let ordinals: [UInt32]
  private let counter: OccurrenceCounter
  /// Number of the document in the range (16), ordinal (32), frequency (16).
  private var entries: [UInt64] = []
  private var sorted: [UInt64] = []

  // The answer.
  private(set) var coded = CodedVectors()
  /// In how many documents of the range each stem stands.
  private(set) var frequencies: [UInt32]
  private(set) var failure: IndexError?

  init(_ reader: SegmentReader, ordinals: [UInt32], stems: Int, words: Int, _ schema: Schema) {
    self.reader = reader
    self.ordinals = ordinals
    counter = OccurrenceCounter(schema)
    frequencies = [UInt32](repeating: 0, count: stems)
    entries.reserveCapacity(words)
    sorted.reserveCapacity(words)
  }

  func turn(_ range: Range<UInt32>) {
    coded.removeAll()
    for stem in frequencies.indices { frequencies[stem] = 0 }
    do throws(IndexError) { try write(range) } catch { failure = error }
  }

  private func write(_ range: Range<UInt32>) throws(IndexError) {
    var lengths = [UInt32](repeating: 0, count: range.count)
    var starts = [Int](repeating: 0, count: range.count + 1)
    entries.removeAll(keepingCapacity: true)
    let words = reader.dictionary.cursor()
    for ordinal in ordinals {
      guard try words.next() else { break }
      if ordinal == TermVectorsBuilder.Terms.passedOver { continue }
      let isFunctionWord = ordinal == TermVectorsBuilder.Terms.functionWord
      let info = try words.info()
      if info.documentFrequency == 1, !range.contains(info.inlineDocument) { continue }
      let cursor = try reader.postings(info)
      var document = try cursor.advance(to: range.lowerBound)
      while document < range.upperBound {
        let count = try counter.count(cursor)
        let place = Int(document - range.lowerBound)
        lengths[place] &+= count
        if !isFunctionWord {
          starts[place + 1] += 1
          let kept = UInt64(min(max(count, 1), TermVectorsFormat.maximumFrequency))
          entries.append(UInt64(place) << 48 | UInt64(ordinal) << 16 | kept)
        }
        document = try cursor.next()
      }
    }
    for place in lengths.indices { starts[place + 1] += starts[place] }
    var next = starts
    sorted.removeAll(keepingCapacity: true)
    sorted.append(contentsOf: repeatElement(0, count: entries.count))
    for entry in entries {
      let place = Int(entry >> 48)
      sorted[next[place]] = entry
      next[place] += 1
    }
    // Terms came in byte order; the entries of a document stand by rising ordinal.
    for place in lengths.indices where starts[place + 1] - starts[place] > 1 {
      sorted[starts[place]..<starts[place + 1]].sort()
    }
    var vector = TermVector()
    for place in lengths.indices {
      vector.length = lengths[place]
      vector.ordinals.removeAll(keepingCapacity: true)
      vector.frequencies.removeAll(keepingCapacity: true)
      for entry in sorted[starts[place]..<starts[place + 1]] {
        let own = UInt32(truncatingIfNeeded: entry >> 16)
        let count = UInt32(entry & 0xffff)
        if let last = vector.ordinals.last, last == own {
          let sum = vector.frequencies[vector.frequencies.count - 1] + count
          vector.frequencies[vector.frequencies.count - 1] = min(sum, TermVectorsFormat.maximumFrequency)
        } else {
          vector.ordinals.append(own)
          vector.frequencies.append(count)
          frequencies[Int(own)] += 1
        }
      }
      Self.cut(&vector)
      coded.append(vector)
    }
  }

  /// Keeps the most frequent stems of a long document, ties by hash.
  private static func cut(_ vector: inout TermVector) {
    guard vector.ordinals.count > TermVectorsFormat.maximumTerms else { return }
    let frequencies = vector.frequencies
    let kept = vector.ordinals.indices.sorted { (frequencies[$1], $0) < (frequencies[$0], $1) }
      .prefix(TermVectorsFormat.maximumTerms).sorted()
    vector.ordinals = kept.map { vector.ordinals[$0] }
    vector.frequencies = kept.map { frequencies[$0] }
  }
}

/// How often a term stands in a document, every field counted once, from its weighted frequency where that tells, else by
/// its positions.
private final class OccurrenceCounter {
  private let certainBelow: UInt32
  private var positions: [UInt32] = []

  init(_ schema: Schema) {
    let distinct = Set(schema.fields.map(\.weight).filter { $0 > 0 } + (schema.keepsUnknownFields ? [1] : []))
    let weights = distinct.sorted()
    // Below the second weight, a sum of weights is a count of ones.
    if weights.first != 1 { certainBelow = 0 } else { certainBelow = weights.count > 1 ? UInt32(weights[1]) : .max }
  }

  func count(_ cursor: PostingsCursor) throws(IndexError) -> UInt32 {
    let frequency = try cursor.frequency()
    if frequency < certainBelow { return frequency }
    try cursor.positions(into: &positions)
    return UInt32(clamping: positions.count)
  }
}

extension Porter2 {
  /// Whether a folded term is one that stems are made of: letters a to z, not too long.
  static func stems(_ term: some Collection<UInt8>) -> Bool {
    guard let first = term.first, first >= UInt8(ascii: "a"), first <= UInt8(ascii: "z"), term.count <= 64 else {
      return false
    }
    return term.allSatisfy { $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z") || $0 == UInt8(ascii: "'") }
  }
}
