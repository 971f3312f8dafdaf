/// Counts the documents that match a ``FlatQuery``, without scores: sets of bits over 65,536 documents at a time, or, where
/// one list is much shorter than the others, its documents looked up in those.
final class DocumentCounter {
  private let weight: QueryWeight
  private let query: FlatQuery
  private let deadline: ContinuousClock.Instant?
  private let known: MatchedDocuments?
  private let marks: Bool
  /// SAFETY: ``windowWords`` each, allocated when first asked for (``window(_:)``), freed in `deinit`.
  private var result: UnsafeMutablePointer<UInt64>?
  private var other: UnsafeMutablePointer<UInt64>?

  /// Where the documents of one form of a word come from.
  private enum Source {
    case list(PostingsCursor)
    case set(DenseSet)
  }

  private struct Word {
    var sources: [Source]
    /// Postings of all of them.
    var frequency: Int
    /// Postings of those that are no sets.
    var listed: Int
  }

  /// 65,536 documents: 8 KB, which stay in the nearest cache beside a block.
  static let windowWords = 1_024
  private static let windowLength = windowWords * 64
  /// A look-up costs this many times what a posting set as a bit does.
  private static let probeFactor = 12
  /// Of two lists: a look-up costs this many times what setting a bit and asking for one do, since nothing is counted out.
  private static let pairProbeFactor = 20

  /// `known`: documents that do not count; those counted are added when `marks`.
  init(
    _ weight: QueryWeight, _ query: FlatQuery, deadline: ContinuousClock.Instant?, known: MatchedDocuments? = nil,
    marks: Bool = false
  ) {
    self.weight = weight
    self.query = query
    self.deadline = deadline
    self.known = known
    self.marks = marks
  }

  deinit {
    result?.deallocate()
    other?.deallocate()
  }

  /// Room for the bits of a window.
  private func window(_ words: inout UnsafeMutablePointer<UInt64>?) -> UnsafeMutablePointer<UInt64> {
    if let words { return words }
    let made = UnsafeMutablePointer<UInt64>.allocate(capacity: Self.windowWords)
    made.initialize(repeating: 0, count: Self.windowWords)
    words = made
    return made
  }

  /// How many documents match, and whether all were looked at. Throws what reading the index throws.
  func count() throws(IndexError) -> (count: Int, isComplete: Bool) {
    var total = 0
    for (place, segment) in weight.segments.enumerated() where weight.isAsked[place] {
      if weight.meter.isOver { return (total, false) }
      let reserved = weight.meter.reserved
      defer { weight.meter.release(weight.meter.reserved - reserved) }
      let isAll = !query.required.isEmpty
      let places = isAll ? query.required : query.optional
      let forms = places.map { weight.terms[$0].forms[segment.ordinal] }
      if isAll ? forms.contains(where: \.isEmpty) : forms.allSatisfy(\.isEmpty) { continue }
      if forms.count == 1, forms[0].count == 1, segment.reader.live == nil, known == nil {
        total += Int(forms[0][0].info.documentFrequency)
        continue
      }
      if forms.count == 2, forms[0].count == 1, forms[1].count == 1, known == nil, segment.reader.live == nil {
        guard let both = try common(forms[0][0].info, forms[1][0].info, segment.reader) else { return (total, false) }
        // Of two words any of which will do: the sum less what both hold.
        let sum = Int(forms[0][0].info.documentFrequency) + Int(forms[1][0].info.documentFrequency)
        total += isAll ? both : sum - both
        continue
      }
      var words: [Word] = []
      for forms in forms where !forms.isEmpty {
        if words.count & 15 == 15, weight.meter.isOver { return (total, false) }
        words.append(try word(forms, segment.reader))
      }
      words.sort { $0.frequency < $1.frequency }
      let found: Int?
      if isAll, let (lead, rest) = Self.leading(words, segment.reader), known == nil {
        found = try lookUp(lead, rest, segment.reader)
      } else {
        found = try unite(words, isAll: isAll, segment)
      }
      guard let found else { return (total, false) }
      total += found
    }
    return (total, !weight.meter.wasOver)
  }

  private func word(_ forms: [TermForm], _ reader: SegmentReader) throws(IndexError) -> Word {
    var word = Word(sources: [], frequency: 0, listed: 0)
    for form in forms {
      let source = try source(form.info, reader)
      word.sources.append(source)
      word.frequency += Int(form.info.documentFrequency)
      if case .list = source { word.listed += Int(form.info.documentFrequency) }
    }
    return word
  }

  /// The shortest list and the others, when it is cheaper to look its documents up in those than to go through all.
  private static func leading(_ words: [Word], _ reader: SegmentReader) -> (PostingsCursor, [Source])? {
    guard words.count > 1, words.allSatisfy({ $0.sources.count == 1 }), case .list(let lead) = words[0].sources[0]
    else { return nil }
    let rest = words.dropFirst()
    let lists = rest.count { $0.listed > 0 }
    let bits = rest.reduce(0) { $0 + $1.listed } + rest.count * Int(reader.documentCount) / 64
    return lead.documentFrequency * (lists * probeFactor + rest.count) < bits ? (lead, rest.map { $0.sources[0] }) : nil
  }

  private func source(_ info: TermInfo, _ reader: SegmentReader) throws(IndexError) -> Source {
    try weight.meter.reserve(EvaluationMemory.cursor)
    if let set = try reader.denseSet(info) { return .set(set) }
    return .list(try reader.postings(info))
  }

  /// How many documents hold both of two words of one form each, none of which is deleted; nil when the time is up.
  private func common(_ first: TermInfo, _ second: TermInfo, _ reader: SegmentReader) throws(IndexError) -> Int? {
    let documentCount = reader.documentCount
    let isRising = first.documentFrequency <= second.documentFrequency
    let rarer = try source(isRising ? first : second, reader)
    let other = try source(isRising ? second : first, reader)
    switch (rarer, other) {
    case (.set(let one), .set(let other)):
      return CommonBits.count(one.words, other.words, DenseSet.wordCount(documentCount))
    case (.list(let list), .set(let set)), (.set(let set), .list(let list)):
      return try list.countBits(from: 0, to: documentCount, set.words)
    case (.list(let list), .list(let longer)):
      if list.documentFrequency * Self.pairProbeFactor < longer.documentFrequency {
        return try lookUp(list, [other], reader)
      }
      let result = window(&result)
      var total = 0
      var first: UInt32 = 0
      while first < documentCount {
        if let deadline, ContinuousClock.now >= deadline { return nil }
        let upper = first &+ min(UInt32(Self.windowLength), documentCount &- first)
        result.update(repeating: 0, count: Self.windowWords)
        try list.setBits(from: first, to: upper, result)
        total &+= try longer.countBits(from: first, to: upper, result)
        first = upper
      }
      return total
    }
  }

  private func lookUp(
    _ lead: PostingsCursor, _ rest: [Source], _ reader: SegmentReader
  ) throws(IndexError) -> Int? {
    var total = 0
    let live = reader.live
    // SAFETY: a block's documents; `kept` never passes the number that was read.
    let candidates = UnsafeMutablePointer<UInt32>.allocate(capacity: PostingsCursor.blockLength)
    defer { candidates.deallocate() }
    for block in 0..<lead.blockCount {
      if block & 15 == 15, let deadline, ContinuousClock.now >= deadline { return nil }
      var count = try lead.loadDocuments(block)
      // Rising order, which look-ups want.
      for rank in 0..<count { (candidates + rank).initialize(to: lead.documents[lead.slot(rank)]) }
      for source in rest where count > 0 {
        var kept = 0
        switch source {
        case .set(let set):
          for index in 0..<count {
            let document = candidates[index]
            candidates[kept] = document
            kept &+= set.contains(document) ? 1 : 0
          }
        case .list(let list):
          for index in 0..<count {
            let document = candidates[index]
            candidates[kept] = document
            kept &+= try list.probe(document) >= 0 ? 1 : 0
          }
        }
        count = kept
      }
      if let live {
        for index in 0..<count where live.contains(candidates[index]) { total &+= 1 }
      } else {
        total &+= count
      }
    }
    return total
  }

  private func unite(_ words: [Word], isAll: Bool, _ segment: SegmentContext) throws(IndexError) -> Int? {
    let documentCount = segment.reader.documentCount
    let wordCount = (Int(documentCount) + 63) / 64
    let result = window(&result)
    var total = 0
    for first in stride(from: 0, to: wordCount, by: Self.windowWords) {
      if let deadline, ContinuousClock.now >= deadline { return nil }
      let size = min(Self.windowWords, wordCount - first)
      let upper = UInt32(clamping: min(Int(documentCount), first * 64 + Self.windowLength))
      result.update(repeating: 0, count: size)
      for (place, word) in words.enumerated() {
        if place & 15 == 15, weight.meter.isOver { return nil }
        if place == 0 || !isAll {
          try add(word, first, size, upper, to: result)
          if place == 0, isAll, words.count > 1, isClear(result, size) { break }
        } else if case .set(let set) = word.sources[0], word.sources.count == 1 {
          for index in 0..<size { result[index] &= set.words[first &+ index] }
        } else {
          let other = window(&other)
          other.update(repeating: 0, count: size)
          try add(word, first, size, upper, to: other)
          for index in 0..<size { result[index] &= other[index] }
        }
      }
      if let live = segment.reader.live { for index in 0..<size { result[index] &= live.words[first &+ index] } }
      known?.exchange(result, first, size, segment, marks: marks)
      for index in 0..<size { total &+= result[index].nonzeroBitCount }
    }
    return total
  }

  private func isClear(_ words: UnsafeMutablePointer<UInt64>, _ size: Int) -> Bool {
    var any: UInt64 = 0
    for index in 0..<size { any |= words[index] }
    return any == 0
  }

  /// Adds the documents of a word to `words`. SAFETY: sets fill whole windows, `words` hold one.
  private func add(
    _ word: Word, _ first: Int, _ size: Int, _ upper: UInt32, to words: UnsafeMutablePointer<UInt64>
  ) throws(IndexError) {
    for source in word.sources {
      switch source {
      case .set(let set): for index in 0..<size { words[index] |= set.words[first &+ index] }
      case .list(let list): try list.setBits(from: UInt32(clamping: first * 64), to: upper, words)
      }
    }
  }
}
