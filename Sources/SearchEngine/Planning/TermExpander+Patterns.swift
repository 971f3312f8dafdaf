// Open words: patterns, words within an edit distance, values that pass a test.
extension TermExpander {
  /// How many entries a fuzzy word stands for at most, the best ones: Lucene's `maxExpansions`.
  static let fuzzyLimit = 50

  /// Walks all segments at once, so that an entry of several counts once. The first `limit` in byte order are taken, all
  /// are counted.
  static func expand(
    _ automaton: LazyAutomaton, under prefix: [UInt8], _ segments: [SegmentContext], limit: Int, _ meter: WorkMeter?
  ) throws(IndexError) -> Expansion {
    var forms = [[TermForm]](repeating: [], count: segments.count)
    var walks: [AutomatonWalk<LazyAutomaton>] = []
    var heads: [[UInt8]?] = []
    for segment in segments {
      var walk = AutomatonWalk(segment.reader.dictionary, automaton, under: prefix, meter: meter)
      heads.append(try walk.next() ? walk.bytes : nil)
      walks.append(walk)
    }
    var count = 0
    while true {
      var least: [UInt8]?
      for case .some(let head) in heads {
        if let known = least, !head.lexicographicallyPrecedes(known) { continue }
        least = head
      }
      guard let entry = least else { break }
      count += 1
      for index in walks.indices where heads[index] == entry {
        if count <= limit {
          forms[index].append(TermForm(bytes: entry, info: try walks[index].info(), isExact: false))
        }
        heads[index] = try walks[index].next() ? walks[index].bytes : nil
      }
    }
    let wasCut = walks.contains { $0.wasCut }
    let isCut = automaton.failure != nil || wasCut
    var expansion = try counted(forms, segments, isTruncated: count > limit || isCut, meter: meter)
    expansion.wasCut = wasCut
    if count > limit, !isCut { expansion.available = count }
    return expansion
  }

  /// How many different entries begin with `prefix`; nil, and `wasCut` set, when `meter` ended the count.
  static func countEntries(
    _ prefix: [UInt8], _ segments: [SegmentContext], _ meter: WorkMeter?, _ wasCut: inout Bool
  ) throws(IndexError) -> Int? {
    var cursors: [(cursor: TermCursor, entry: [UInt8]?)] = []
    func entry(_ cursor: TermCursor, _ isOn: Bool) -> [UInt8]? {
      isOn && cursor.term.starts(with: prefix) ? cursor.currentBytes : nil
    }
    for segment in segments {
      let cursor = segment.reader.dictionary.cursor()
      cursors.append((cursor, entry(cursor, try cursor.seek(atLeastBytes: prefix))))
    }
    var count = 0
    while let least = cursors.compactMap(\.entry).min(by: { $0.lexicographicallyPrecedes($1) }) {
      count += 1
      if count % WorkMeter.grain == 0, let meter, !meter.walk(WorkMeter.grain) {
        wasCut = true
        return nil
      }
      for index in cursors.indices where cursors[index].entry == least {
        let cursor = cursors[index].cursor
        cursors[index].entry = entry(cursor, try cursor.next())
      }
    }
    return count
  }

  /// An entry near a word.
  struct SimilarTerm: Sendable {
    var bytes: [UInt8]
    var distance: Int
    /// Documents that hold it, over all segments, deleted ones included.
    var documentFrequency: UInt64
  }

  /// The `limit` entries within an edit distance of `word`: by distance, then the most frequent, then in byte order. No
  /// entries with digits when `wordsOnly`: numbers and codes that look alike are not the same.
  static func neighbours(
    of word: [UInt8], under prefix: [UInt8] = [], distance: Int, wordsOnly: Bool, in segments: [SegmentContext],
    limit: Int, meter: WorkMeter? = nil
  ) throws(IndexError) -> [SimilarTerm] {
    try allNeighbours(of: word, under: prefix, distance: distance, wordsOnly: wordsOnly, in: segments, meter: meter)
      .first(limit)
  }

  /// All of them, in that order, and whether `meter` ended the walk before its end.
  struct Neighbours {
    var terms: [SimilarTerm] = []
    var wasCut = false

    func first(_ limit: Int) -> [SimilarTerm] { Array(terms.prefix(limit)) }
  }

  /// All entries within an edit distance of `word`, below `prefix` where one is given, which their bytes are without.
  static func allNeighbours(
    of word: [UInt8], under prefix: [UInt8] = [], distance: Int, wordsOnly: Bool, in segments: [SegmentContext],
    meter: WorkMeter? = nil
  ) throws(IndexError) -> Neighbours {
    guard let automaton = LevenshteinAutomaton(word, distance: distance) else { return Neighbours() }
    var frequencies: [[UInt8]: UInt64] = [:]
    var neighbours = Neighbours()
    for segment in segments {
      var walk = AutomatonWalk(segment.reader.dictionary, automaton, under: prefix, meter: meter)
      defer { neighbours.wasCut = neighbours.wasCut || walk.wasCut }
      while try walk.next() {
        let bytes = Array(walk.bytes.dropFirst(prefix.count))
        if wordsOnly, bytes.contains(where: { $0 >= 0x30 && $0 <= 0x39 }) { continue }
        frequencies[bytes, default: 0] += UInt64(try walk.info().documentFrequency)
      }
    }
    let found = frequencies.map { entry in
      SimilarTerm(
        bytes: entry.key, distance: EditDistance.between(word, entry.key), documentFrequency: entry.value)
    }
    neighbours.terms = found.sorted { left, right in
      if left.distance != right.distance { return left.distance < right.distance }
      if left.documentFrequency != right.documentFrequency { return left.documentFrequency > right.documentFrequency }
      return left.bytes.lexicographicallyPrecedes(right.bytes)
    }
    return neighbours
  }

  static func expand(
    fuzzy word: [UInt8], distance: Int, wordsOnly: Bool, _ segments: [SegmentContext], limit: Int, _ meter: WorkMeter?
  ) throws(IndexError) -> Expansion {
    let all = try allNeighbours(of: word, distance: distance, wordsOnly: wordsOnly, in: segments, meter: meter)
    let taken = all.first(min(fuzzyLimit, limit)).map(\.bytes).sorted { $0.lexicographicallyPrecedes($1) }
    let isTruncated = taken.count < all.terms.count
    var forms: [[TermForm]] = []
    for segment in segments { forms.append(try find(taken, exact: word, in: segment.reader)) }
    var expansion = try counted(forms, segments, isTruncated: isTruncated || all.wasCut, meter: meter)
    expansion.wasCut = all.wasCut
    if isTruncated, !all.wasCut { expansion.available = all.terms.count }
    return expansion
  }

  /// All values that pass: a filter is exact or it is none.
  static func expand(
    values test: ValueTest, under prefix: [UInt8], _ segments: [SegmentContext], _ meter: WorkMeter?
  ) throws(IndexError) -> Expansion {
    var forms: [[TermForm]] = []
    var wasCut = false
    for segment in segments {
      forms.append(
        try scan(prefix, in: segment.reader, limit: .max, meter, &wasCut).filter {
          test.passes(Array($0.bytes.dropFirst(prefix.count)))
        })
    }
    var expansion = try counted(forms, segments, isTruncated: wasCut, meter: meter)
    expansion.wasCut = wasCut
    return expansion
  }
}
