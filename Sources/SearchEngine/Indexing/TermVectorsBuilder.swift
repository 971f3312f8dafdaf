import Records
import Storage
import TextAnalysis

/// Makes the term vectors of a segment from its postings, once they are written: the same way after a flush and after a
/// merge. Goes over the dictionary once for each range of documents.
enum TermVectorsBuilder {
  /// Words of a range at most: an entry takes 16 bytes while a range is turned about, so 64 MB.
  private static let rangeWords: UInt64 = 4 << 20
  /// Documents of a range at most: their numbers in it take 16 bits.
  private static let rangeDocuments: UInt32 = 1 << 16

  private struct Term {
    let hash: UInt32
    let info: TermInfo
    /// Function words count for the lengths alone.
    let isFunctionWord: Bool
  }

  static func build(
    _ fileSystem: any FileSystem, _ entry: SegmentEntry, schema: Schema, index: UInt64
  ) throws(IndexError) -> FileEntry {
    let reader = try SegmentReader(fileSystem, entry, schema: schema, index: index)
    let terms = try terms(reader.dictionary)
    var hashes: [UInt32] = []
    for term in terms where !term.isFunctionWord && hashes.last != term.hash { hashes.append(term.hash) }
    var frequencies = [UInt32](repeating: 0, count: hashes.count)
    let writer = try TermVectorsWriter(
      fileSystem, name: SegmentEntry.fileName(entry.id, .termVectors),
      identity: FileIdentity(index: index, segment: entry.id))
    let counter = OccurrenceCounter(schema)
    var first: UInt32 = 0
    while first < reader.documentCount {
      var last = first
      var words: UInt64 = 0
      while last < reader.documentCount, last - first < rangeDocuments, words < rangeWords {
        words += UInt64(try reader.lengths[last])
        last += 1
      }
      try write(first..<last, terms, reader, counter, writer, &frequencies)
      first = last
    }
    return try writer.finish(hashes: hashes, documentFrequencies: frequencies)
  }

  /// The plain terms of the dictionary by the hash of their stems.
  private static func terms(_ dictionary: TermDictionaryReader) throws(IndexError) -> [Term] {
    let stemmer = Porter2()
    var found: [Term] = []
    let cursor = dictionary.cursor()
    var isOn = try cursor.next()
    while isOn {
      var term = Array(cursor.term)
      if let first = term.first, first >= 0x20 {
        let isFunctionWord = term.withUnsafeBufferPointer { QueryWordClass.of($0) } == .function
        if !isFunctionWord, Porter2.stems(term) {
          let length = term.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.map { stemmer.stem($0, count: buffer.count) } ?? 0
          }
          term.removeSubrange(length...)
        }
        let hash = term.withUnsafeBytes { Token.hash($0) }
        found.append(Term(hash: hash, info: try cursor.info(), isFunctionWord: isFunctionWord))
      }
      isOn = try cursor.next()
    }
    // Function words last: they take no ordinal.
    found.sort { left, right in
      left.isFunctionWord == right.isFunctionWord ? left.hash < right.hash : !left.isFunctionWord
    }
    return found
  }

  private static func write(
    _ range: Range<UInt32>, _ terms: [Term], _ reader: SegmentReader, _ counter: OccurrenceCounter,
    _ writer: TermVectorsWriter, _ frequencies: inout [UInt32]
  ) throws(IndexError) {
    var lengths = [UInt32](repeating: 0, count: range.count)
    var starts = [Int](repeating: 0, count: range.count + 1)
    // Number of the document in the range (16), ordinal (32), frequency (16).
    var entries: [UInt64] = []
    var ordinal = -1
    var previous: UInt32?
    for term in terms {
      if !term.isFunctionWord, previous != term.hash {
        ordinal += 1
        previous = term.hash
      }
      if term.info.documentFrequency == 1, !range.contains(term.info.inlineDocument) { continue }
      let cursor = try reader.postings(term.info)
      var document = try cursor.advance(to: range.lowerBound)
      while document < range.upperBound {
        let count = try counter.count(cursor)
        let place = Int(document - range.lowerBound)
        lengths[place] &+= count
        if !term.isFunctionWord {
          starts[place + 1] += 1
          let kept = UInt64(min(max(count, 1), TermVectorsFormat.maximumFrequency))
          entries.append(UInt64(place) << 48 | UInt64(ordinal) << 16 | kept)
        }
        document = try cursor.next()
      }
    }
    for place in lengths.indices { starts[place + 1] += starts[place] }
    var next = starts
    var sorted = [UInt64](repeating: 0, count: entries.count)
    for entry in entries {
      let place = Int(entry >> 48)
      sorted[next[place]] = entry
      next[place] += 1
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
      cut(&vector)
      try writer.add(vector)
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
