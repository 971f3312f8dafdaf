/// Counts, in single documents of one segment, how often pairs of query words stand together. Documents rise.
final class PairCounter {
  /// Occurrences of one pair in one document.
  struct Count: Sendable, Hashable {
    /// Places where the second word directly follows the first.
    var ordered = 0
    /// Places of either where the last place of the other is at most ``RankingParameters/pairWindow`` before.
    var near = 0
  }

  private struct Word {
    let place: Int
    let cursors: [PostingsCursor]
    var positions: [UInt32] = []
  }

  private let pairs: [TermPair]
  private var words: [Word] = []
  /// By place in the plan: index into ``words``.
  private var indices: [Int: Int] = [:]
  private var scratch: [UInt32] = []
  /// By pair, of the document counted last.
  private(set) var counts: [Count]

  init(_ weight: QueryWeight, _ segment: SegmentContext, _ pairs: [TermPair]) throws(IndexError) {
    self.pairs = pairs
    counts = Array(repeating: Count(), count: pairs.count)
    for place in pairs.flatMap({ [$0.first, $0.second] }) where indices[place] == nil {
      var cursors: [PostingsCursor] = []
      for form in weight.terms[place].forms[segment.ordinal] { cursors.append(try segment.reader.postings(form.info)) }
      indices[place] = words.count
      words.append(Word(place: place, cursors: cursors))
    }
  }

  /// Sets ``counts`` to those of `document`. Cost: linear in the places of the words there.
  func count(in document: UInt32) throws(IndexError) {
    for index in words.indices { try load(index, document) }
    for (index, pair) in pairs.enumerated() {
      guard let first = indices[pair.first], let second = indices[pair.second] else { continue }
      counts[index] = Self.count(words[first].positions, words[second].positions)
    }
  }

  private func load(_ index: Int, _ document: UInt32) throws(IndexError) {
    words[index].positions.removeAll(keepingCapacity: true)
    var lists = 0
    for cursor in words[index].cursors where try cursor.advance(to: document) == document {
      try cursor.positions(into: &scratch)
      words[index].positions += scratch
      lists += 1
    }
    if lists > 1 { words[index].positions.sort() }
  }

  /// Counts over two rising lists of places.
  static func count(_ first: [UInt32], _ second: [UInt32]) -> Count {
    var count = Count()
    var a = 0
    var b = 0
    while a < first.count || b < second.count {
      let isFirst = b == second.count || (a < first.count && first[a] <= second[b])
      if isFirst {
        if b > 0, first[a] &- second[b - 1] <= RankingParameters.pairWindow { count.near += 1 }
        a += 1
      } else {
        if a > 0 {
          let distance = second[b] &- first[a - 1]
          if distance <= RankingParameters.pairWindow { count.near += 1 }
          // The places of the first word at or before this one are behind; one directly before it may be the last but
          // one, where both words stand at one place.
          if distance == 1 || (a > 1 && second[b] &- first[a - 2] == 1) { count.ordered += 1 }
        }
        b += 1
      }
    }
    return count
  }
}
