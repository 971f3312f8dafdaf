import JSONText
import QueryLanguage
import Records
import SearchEngine

extension QualityIndex {
  /// Bounds of one check.
  private enum QuoteLimits {
    /// Passages that the index is asked for, by the words and runs of words of the quotation.
    static let candidates = 24
    /// Of these, how many are aligned: those that share most words.
    static let aligned = 6
    /// Words asked for: the longest, which are the rarest.
    static let words = 32
    /// Runs of words asked for, evenly spread.
    static let runs = 12
    /// Paragraphs as near that are named.
    static let also = 10
  }

  /// The passage that is closest to a quotation, and the words that differ.
  ///
  /// A passage is near when at most half of the quotation's words differ. An ellipsis in the quotation stands for any words.
  ///
  /// - Throws: `limit` for a text of more than ``QuotationText/longest`` bytes; `usage` for one without words; what reading
  ///   the index throws. Cost: one search, and six tables of quotation by passage.
  public func quoteCheck(_ text: String) throws(QualityError) -> QuoteCheckAnswer {
    let quotation = try QuotationText(text)
    let near = try nearest(quotation)
    var answer = QuoteCheckAnswer(
      quotation: text, verdict: .none, words: quotation.words.count, wordsDiffer: quotation.words.count,
      closest: nil, differences: [], also: [], commit: commit, receipt: "")
    if let best = near.first {
      answer.wordsDiffer = best.alignment.cost
      answer.verdict = best.verdict(quotation)
      answer.closest = best.closest
      answer.differences = best.differences(quotation)
      answer.also = near.dropFirst().filter { $0.alignment.cost == best.alignment.cost }.prefix(QuoteLimits.also)
        .map(\.id)
    }
    answer.receipt = Receipt.code([
      "quote-check", text, identity, TextTokens.version, answer.verdict.rawValue, answer.closest?.link ?? "",
    ])
    return answer
  }

  /// Near passages, the nearest first; of equals, the one the search puts first.
  private func nearest(_ quotation: QuotationText) throws(QualityError) -> [NearPassage] {
    var request = SearchRequest(QuerySyntax(.or(Self.clauses(quotation))))
    request.kinds = [Schema.passage.kind]
    request.limit = QuoteLimits.candidates
    request.relaxes = false
    request.tellsRungs = false
    let result = try searching { () throws(SearchError) in try searcher.search(request) }
    var numbers: [String: Int32] = [:]
    func number(_ word: TextWord) -> Int32 {
      if let known = numbers[word.folded] { return known }
      let made = Int32(truncatingIfNeeded: numbers.count)
      numbers[word.folded] = made
      return made
    }
    let quoted = quotation.words.map(number)
    var wanted: [Int32: Int] = [:]
    for word in quoted { wanted[word, default: 0] += 1 }
    var candidates: [(passage: NearPassage, words: [Int32], shared: Int)] = []
    for hit in result.hits {
      let record = try searching { () throws(SearchError) in try searcher.record(hit, of: result) }
      guard let passage = NearPassage(record) else { continue }
      let words = passage.words.map(number)
      var left = wanted
      var shared = 0
      for word in words {
        guard let count = left[word], count > 0 else { continue }
        left[word] = count - 1
        shared += 1
      }
      candidates.append((passage, words, shared))
    }
    // Stable: of equals the better hit stays first.
    let ordered = candidates.enumerated().sorted { ($1.element.shared, $0.offset) < ($0.element.shared, $1.offset) }
    var near: [NearPassage] = []
    for candidate in ordered.prefix(max(QuoteLimits.aligned, QuoteLimits.also)).map(\.element) {
      if near.count >= QuoteLimits.aligned, let best = near.map(\.alignment.cost).min(),
        quoted.count - candidate.shared > best
      {
        break
      }
      var passage = candidate.passage
      let part = PassageWindow.range(quoted: wanted, count: quoted.count, candidate.words)
      guard
        let alignment = WordAlignment.align(
          quoted, Array(candidate.words[part]), ellipses: quotation.ellipses), alignment.cost * 2 <= quoted.count
      else { continue }
      passage.alignment = alignment
      passage.firstWord = part.lowerBound
      near.append(passage)
    }
    return near.enumerated().sorted { ($0.element.alignment.cost, $0.offset) < ($1.element.alignment.cost, $1.offset) }
      .map(\.element)
  }

  /// What the index is asked for: words of the quotation as they stand, and short runs of them.
  private static func clauses(_ quotation: QuotationText) -> [QuerySyntax] {
    let bytes = Array(quotation.text.utf8)
    let words = quotation.words
    func text(_ range: Range<Int>) -> String {
      guard let first = words[range].first, let last = words[range].last else { return "" }
      return String(decoding: bytes[first.range.lowerBound..<last.range.upperBound], as: UTF8.self)
    }
    var seen: Set<String> = []
    var single: [(length: Int, place: Int, text: String)] = []
    for place in words.indices {
      // Characters say too little alone: pairs of them are the words.
      let isPair = words[place].isIdeograph
      if isPair, place + 1 == words.count || !words[place + 1].isIdeograph { continue }
      let part = text(place..<place + (isPair ? 2 : 1))
      if seen.insert(part.lowercased()).inserted { single.append((part.utf8.count, place, part)) }
    }
    single.sort { ($1.length, $0.place) < ($0.length, $1.place) }
    if single.count > QuoteLimits.words, single.first?.length == single[QuoteLimits.words].length {
      // Pairs of characters are all as long: take them evenly.
      let step = Double(single.count) / Double(QuoteLimits.words)
      single = (0..<QuoteLimits.words).map { single[Int(Double($0) * step)] }
    }
    var clauses = single.prefix(QuoteLimits.words).map { QuerySyntax(.exact($0.text)) }
    let length = words.first?.isIdeograph == true ? 5 : 3
    if words.count > length {
      let places = words.count - length + 1
      let count = min(QuoteLimits.runs, places)
      for number in 0..<count {
        let start = number * places / count
        clauses.append(QuerySyntax(.phrase(text(start..<start + length))))
      }
    }
    return clauses
  }
}

/// The part of a long passage that is aligned.
enum PassageWindow {
  /// Words of a passage that are aligned whole: few paragraphs have more.
  static let whole = 4_000

  /// All of a passage that is not too long; of a longer one, the stretch of twice the quotation's length and some that
  /// shares most words with it. Linear.
  static func range(quoted: [Int32: Int], count: Int, _ words: [Int32]) -> Range<Int> {
    let fitting = max(1, WordAlignment.largestTable / (count + 1) - 1)
    let length = min(max(count * 2 + 64, 256), fitting)
    guard words.count > min(whole, fitting), length < words.count else { return words.indices }
    var left = quoted
    var shared = 0
    var best = 0
    var bestShared = -1
    for end in words.indices {
      if let wanted = left[words[end]] {
        if wanted > 0 { shared += 1 }
        left[words[end]] = wanted - 1
      }
      let start = end - length
      if start >= 0, let wanted = left[words[start]] {
        if wanted >= 0 { shared -= 1 }
        left[words[start]] = wanted + 1
      }
      if shared > bestShared { (best, bestShared) = (max(0, start + 1), shared) }
    }
    return best..<min(best + length, words.count)
  }
}

/// A passage as a quotation is held against it.
private struct NearPassage {
  let record: JSONValue
  let id: String
  let text: String
  let words: [TextWord]
  var alignment = WordAlignment(cost: 0, runs: [], stretch: 0..<0)
  /// The word that the alignment counts from.
  var firstWord = 0

  init?(_ record: JSONValue) {
    guard let id = record["id"]?.stringValue, let text = record["text"]?.stringValue else { return nil }
    self.record = record
    self.id = id
    self.text = text
    words = TextWord.all(in: text)
  }

  /// Bytes of the text from a word to the one before another; an empty range stands behind the word before it.
  private func bytes(_ range: Range<Int>, _ words: [TextWord], from first: Int = 0) -> Range<Int> {
    let range = range.lowerBound + first..<range.upperBound + first
    guard !range.isEmpty else {
      let place = range.lowerBound > 0 ? words[range.lowerBound - 1].range.upperBound : 0
      return place..<place
    }
    return words[range.lowerBound].range.lowerBound..<words[range.upperBound - 1].range.upperBound
  }

  var stretch: Range<Int> { bytes(alignment.stretch, words, from: firstWord) }

  func verdict(_ quotation: QuotationText) -> QuoteCheckAnswer.Verdict {
    guard alignment.cost == 0 else { return .altered }
    return quotation.core == QuotationText.plain(Array(text.utf8)[stretch]) ? .verbatim : .sameWords
  }

  var closest: QuoteCheckAnswer.Closest {
    let number = record["n"]?.intValue ?? 1
    return QuoteCheckAnswer.Closest(
      id: id, link: "\(id)~\(PassageLink(number: number, text: text).text)",
      title: record["title"]?.stringValue ?? id, paragraph: number, of: record["of"]?.intValue ?? number,
      path: (record["path"]?.arrayValue ?? []).compactMap { $0.stringValue }, text: text, stretch: stretch)
  }

  func differences(_ quotation: QuotationText) -> [QuoteCheckAnswer.Difference] {
    let quoted = Array(quotation.text.utf8)
    let written = Array(text.utf8)
    return alignment.differences.map { run in
      let (from, to) = (bytes(run.quoted, quotation.words), bytes(run.written, words, from: firstWord))
      return QuoteCheckAnswer.Difference(
        kind: run.kind.rawValue, quoted: String(decoding: quoted[from], as: UTF8.self),
        written: String(decoding: written[to], as: UTF8.self), quotedAt: from, writtenAt: to)
    }
  }
}
