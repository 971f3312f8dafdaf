/// Reads the term vectors of a segment in place.
final class TermVectorsReader: Sendable {
  let documentCount: UInt32
  let termCount: UInt32
  /// Sum of the documents' lengths in words, every field counted once.
  let totalLength: UInt64
  private let data: ByteSlice
  private let offsets: ByteSlice
  private let terms: ByteSlice

  /// Cost: constant. Throws corruption when the sections do not fit each other.
  init(file: IndexFile) throws(IndexError) {
    let meta = try file.section(TermVectorsFormat.meta)
    data = try file.section(TermVectorsFormat.data)
    offsets = try file.section(TermVectorsFormat.offsets)
    terms = try file.section(TermVectorsFormat.terms)
    guard meta.count == TermVectorsFormat.metaLength else {
      throw meta.damaged(at: 0, expected: "\(TermVectorsFormat.metaLength) bytes", found: "\(meta.count)")
    }
    var reader = try meta.reader()
    documentCount = try reader.uint32()
    termCount = try reader.uint32()
    totalLength = try reader.uint64()
    guard offsets.count == (Int(documentCount) + 1) * TermVectorsFormat.offsetLength,
      terms.count == Int(termCount) * TermVectorsFormat.termLength
    else {
      throw meta.damaged(
        at: 0, expected: "\(documentCount) documents and \(termCount) stems",
        found: "sections of \(offsets.count) and \(terms.count) bytes")
    }
  }

  /// Reads the words of a document. Throws corruption, also when there is no such document.
  func vector(of document: UInt32, into vector: inout TermVector) throws(IndexError) {
    vector.ordinals.removeAll(keepingCapacity: true)
    vector.frequencies.removeAll(keepingCapacity: true)
    guard document < documentCount else {
      throw data.damaged(at: 0, expected: "a document below \(documentCount)", found: "\(document)")
    }
    var place = try offsets.reader(Int(document) * TermVectorsFormat.offsetLength, 2 * TermVectorsFormat.offsetLength)
    let start = try place.uint64()
    let end = try place.uint64()
    guard start <= end, end <= UInt64(data.count) else {
      throw offsets.damaged(
        at: Int(document) * TermVectorsFormat.offsetLength, expected: "rising offsets up to \(data.count)",
        found: "\(start) and \(end)")
    }
    var reader = try data.reader(Int(start), Int(end - start))
    vector.length = try reader.uint32Varint()
    let count = try reader.count(atMost: TermVectorsFormat.maximumTerms)
    var previous: UInt64 = 0
    for _ in 0..<count {
      let step = try reader.varint()
      // Ordinals are counted from 1 here, so that the first gap is one as well.
      let next = previous &+ step >> 1
      guard step > 1, next > previous, next <= UInt64(termCount) else {
        throw reader.damaged(expected: "a rising ordinal up to \(termCount)", found: "a step of \(step >> 1)")
      }
      previous = next
      vector.ordinals.append(UInt32(truncatingIfNeeded: next - 1))
      let more = step & 1 == 1 ? try reader.uint32Varint() : 0
      guard more <= TermVectorsFormat.maximumFrequency else {
        throw reader.damaged(expected: "a frequency up to \(TermVectorsFormat.maximumFrequency)", found: "\(more)")
      }
      vector.frequencies.append(step & 1 == 1 ? more + 2 : 1)
    }
    guard reader.isAtEnd else { throw reader.damaged(expected: "\(count) stems", found: "more bytes") }
  }

  /// The hash of a stem and how many documents of the segment hold it. Throws corruption.
  func term(_ ordinal: UInt32) throws(IndexError) -> (hash: UInt32, documentFrequency: UInt32) {
    let offset = Int(ordinal) * TermVectorsFormat.termLength
    var reader = try terms.reader(offset, TermVectorsFormat.termLength)
    return (try reader.uint32(), try reader.uint32())
  }

  /// How many documents of the segment hold the stem of that hash. Hashes are spread evenly, so the place is guessed from
  /// the hash and the ends of what is left; every third step halves, which bounds the cost whatever stands there. Throws
  /// corruption.
  func documentFrequency(ofHash hash: UInt32) throws(IndexError) -> UInt32 {
    var lower: UInt32 = 0
    var upper = termCount
    var least: UInt64 = 0
    var most: UInt64 = 1 << 32
    var step = 0
    while lower < upper {
      step += 1
      let width = UInt64(upper &- lower)
      let guess = step % 3 == 0 ? width / 2 : (UInt64(hash) &- least) &* width / max(1, most &- least)
      let middle = lower &+ UInt32(truncatingIfNeeded: min(guess, width &- 1))
      let found = try term(middle)
      if found.hash == hash { return found.documentFrequency }
      if found.hash < hash {
        lower = middle &+ 1
        least = UInt64(found.hash) &+ 1
      } else {
        upper = middle
        most = UInt64(found.hash)
      }
    }
    return 0
  }

  /// Walks everything: order of hashes, lists, counts, total. Cost: linear; memory: 4 bytes a stem. Throws corruption.
  func verifyStructure() throws(IndexError) {
    var previous: UInt32?
    var expected: [UInt32] = []
    for ordinal in 0..<termCount {
      let term = try term(ordinal)
      if let previous, previous >= term.hash {
        throw terms.damaged(
          at: Int(ordinal) * TermVectorsFormat.termLength, expected: "rising hashes", found: "one out of order")
      }
      previous = term.hash
      expected.append(term.documentFrequency)
    }
    var found = [UInt32](repeating: 0, count: expected.count)
    var total: UInt64 = 0
    var vector = TermVector()
    for document in 0..<documentCount {
      try self.vector(of: document, into: &vector)
      total += UInt64(vector.length)
      for ordinal in vector.ordinals { found[Int(ordinal)] += 1 }
    }
    // Long documents keep a part of their stems: a list may name fewer documents than hold the stem, never more.
    guard total == totalLength, zip(found, expected).allSatisfy({ $0 <= $1 && $1 <= documentCount }) else {
      throw data.damaged(
        at: 0, expected: "lists that fit their counts and a total of \(totalLength)", found: "\(total)")
    }
  }
}
