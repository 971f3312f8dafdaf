/// Writes the terms of a segment with their postings and positions: term by term into the files, or by a crew, which codes
/// runs of terms in memory while the caller puts those that are ready into the files, in order. The files are the same.
struct TermsWriter {
  let dictionary: TermDictionaryWriter
  let postings: PostingsWriter
  let positions: PositionsWriter

  /// Runs of terms that each thread may be ahead of what is written: each takes about a megabyte.
  private static let runsAhead = 2

  /// - Parameters:
  ///   - lengths: of the segment's documents; valid until the call returns.
  ///   - crew: nil: the caller's thread does it all.
  func write(_ terms: InvertedTerms, lengths: UnsafePointer<UInt32>, crew: WriterCrew?) throws(IndexError) {
    guard let crew else {
      for index in 0..<terms.count { try dictionary.add(terms.term(index), terms.write(index, postings, positions)) }
      return
    }
    let chunks = terms.chunks()
    let window = crew.count * Self.runsAhead + 1
    let coded = (0..<window).map { _ in CodedTerms(lengths: lengths) }
    try crew.inOrder(chunks.count, window: window) { _, number in
      coded[number % window].code(chunks[number], of: terms)
    } take: { (number) throws(IndexError) in
      try take(coded[number % window], chunks[number], terms)
    }
  }

  private func take(_ coded: CodedTerms, _ chunk: Range<Int>, _ terms: InvertedTerms) throws(IndexError) {
    if let failure = coded.failure { throw failure }
    let postingsOffset = try postings.append(coded.postings)
    let positionsOffset = try positions.append(coded.positions)
    for (index, info) in zip(chunk, coded.infos) {
      var info = info
      // A term of one document has no postings.
      if info.documentFrequency > 1 { info.postingsOffset += postingsOffset }
      info.positionsOffset += positionsOffset
      try dictionary.add(terms.term(index), info)
    }
  }
}

/// A run of terms, coded in memory.
///
/// SAFETY: of the thread that codes it, and then of the one that takes it; the line of the crew orders them.
private final class CodedTerms: @unchecked Sendable {
  let postings: PostingsWriter
  let positions = PositionsWriter()
  /// With offsets in the two above.
  private(set) var infos: [TermInfo] = []
  private(set) var failure: IndexError?

  init(lengths: UnsafePointer<UInt32>) { postings = PostingsWriter(lengths: lengths) }

  func code(_ chunk: Range<Int>, of terms: InvertedTerms) {
    postings.removeAll()
    positions.removeAll()
    infos.removeAll(keepingCapacity: true)
    do throws(IndexError) {
      for index in chunk { infos.append(try terms.write(index, postings, positions)) }
    } catch { failure = error }
  }
}
