import JSONText
import QueryLanguage
import Records
import TextAnalysis

@testable import SearchEngine

/// The ranking once more, from its formulas alone: plain arrays, every pair of records compared.
struct RankingReference {
  struct Document {
    let id: String
    let title: [String]
    let text: [String]

    /// Words by place: the text begins behind a gap.
    var line: [(place: Int, word: String)] {
      title.enumerated().map { ($0.offset, $0.element) }
        + text.enumerated().map { (title.count + Int(RecordInverter.gap) + $0.offset, $0.element) }
    }
    var length: Double { Double(title.count + text.count) }
    var weightedLength: Double { Double(3 * title.count + text.count) }
    func weighted(_ word: String) -> Double {
      Double(3 * title.count { $0 == word } + text.count { $0 == word })
    }
    func plain(_ word: String) -> Double { Double((title + text).count { $0 == word }) }
    func places(_ word: String) -> [Int] { line.filter { $0.word == word }.map(\.place) }
  }

  static let k1 = 2.0
  static let b = 0.6

  let documents: [Document]
  /// How many records hold each word, counted once: asked for again and again, the count took most of the tests' time.
  private let holding: [String: Double]
  private let meanLength: Double
  private let meanWeightedLength: Double

  init(documents: [Document]) {
    self.documents = documents
    var holding: [String: Double] = [:]
    for document in documents { for word in Set(document.title + document.text) { holding[word, default: 0] += 1 } }
    self.holding = holding
    func mean(_ value: (Document) -> Double) -> Double {
      documents.reduce(0) { $0 + value($1) } / Double(documents.count)
    }
    meanLength = mean(\.length)
    meanWeightedLength = mean(\.weightedLength)
  }

  func holders(_ word: String) -> Double { holding[word] ?? 0 }

  func idf(_ word: String) -> Double {
    let n = holders(word)
    return n == 0 ? 0 : naturalLogarithm(1 + (Double(documents.count) - n + 0.5) / (n + 0.5))
  }

  func saturation(_ document: Document, weighted: Bool) -> Double {
    let length = weighted ? document.weightedLength : document.length
    let mean = weighted ? meanWeightedLength : meanLength
    return Self.k1 * (1 - Self.b + Self.b * length / mean)
  }

  func ownScore(_ document: Document, _ query: [String]) -> Double {
    query.reduce(0) { sum, word in
      let f = document.weighted(word)
      return sum + idf(word) * 3 * f / (f + saturation(document, weighted: true))
    }
  }

  static func pairs(_ query: [String]) -> [(String, String)] {
    var found: [(String, String)] = []
    for (first, second) in zip(query, query.dropFirst()) where first != second {
      if !found.contains(where: { $0 == first && $1 == second }) { found.append((first, second)) }
    }
    return found
  }

  /// Occurrences of a pair: in order, and of either within 7 of the other's last.
  static func counts(_ first: [Int], _ second: [Int]) -> (ordered: Int, near: Int) {
    let ordered = second.count { first.contains($0 - 1) }
    var near = 0
    for place in first { if let last = second.filter({ $0 < place }).max(), place - last <= 7 { near += 1 } }
    for place in second { if let last = first.filter({ $0 < place }).max(), place - last <= 7 { near += 1 } }
    return (ordered, near)
  }

  func bonus(_ document: Document, _ query: [String]) -> Double {
    Self.pairs(query).reduce(0) { sum, pair in
      let count = Self.counts(document.places(pair.0), document.places(pair.1))
      return sum + min(idf(pair.0), idf(pair.1)) * ((count.ordered > 0 ? 0.4 : 0) + (count.near > 0 ? 0.2 : 0))
    }
  }

  /// The order of a query in which any word counts: the first `candidates` ranked anew.
  func ranking(_ query: [String], candidates: Int) -> [(id: String, score: Double)] {
    var scored: [(document: Document, score: Double)] = []
    for document in documents {
      let score = ownScore(document, query)
      if score > 0 { scored.append((document, score)) }
    }
    let order = scored.indices.sorted {
      (scored[$1].score, $0) < (scored[$0].score, $1)
    }.map { scored[$0] }
    let first = Array(order.prefix(candidates))
    guard first.count >= 3 else { return order.map { ($0.document.id, $0.score) } }
    var own = first.map(\.score)
    for pair in Self.pairs(query) {
      let counts = first.map { Self.counts($0.document.places(pair.0), $0.document.places(pair.1)) }
      let weight = naturalLogarithm(1 + Double(first.count) / (1 + Double(counts.count { $0.near > 0 })))
      for (index, count) in counts.enumerated() {
        let k = saturation(first[index].document, weighted: false)
        func gain(_ x: Int) -> Double { Double(x) * 3 / (Double(x) + k) }
        own[index] += weight * (0.3 * gain(count.ordered) + 0.15 * gain(count.near))
      }
    }
    let vectors = first.map { vector($0.document) }
    let largest = own.max() ?? 1
    var final: [(id: String, score: Double)] = []
    for index in first.indices {
      var near: [(other: Int, similarity: Double)] = []
      for other in first.indices where other != index {
        let similarity = vectors[index].reduce(0) { $0 + $1.value * (vectors[other][$1.key] ?? 0) }
        if similarity > 0 { near.append((other, similarity)) }
      }
      near = Array(near.sorted { ($1.similarity, $0.other) < ($0.similarity, $1.other) }.prefix(10))
      let s = own[index] / largest
      let sum = near.reduce(0) { $0 + $1.similarity }
      let squares = near.reduce(0) { $0 + $1.similarity * (own[$1.other] / largest) * (own[$1.other] / largest) }
      let m = sum > 0 ? (squares / sum).squareRoot() : s
      final.append((first[index].document.id, largest * (0.6 * s + 0.4 * m)))
    }
    let ranked = final.enumerated().sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }
    return ranked.map(\.element) + order.dropFirst(candidates).map { ($0.document.id, $0.score) }
  }

  private func vector(_ document: Document) -> [String: Double] {
    var found: [String: Double] = [:]
    let k = saturation(document, weighted: false)
    for word in Set(document.title + document.text) {
      let n = holders(word)
      guard n >= 2, n <= 0.1 * Double(documents.count) else { continue }
      let f = document.plain(word)
      found[word] = idf(word) * f * 3 / (f + k)
    }
    let kept = found.sorted { $0.value > $1.value }.prefix(64)
    let norm = kept.reduce(0) { $0 + $1.value * $1.value }.squareRoot()
    return Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value / norm) })
  }
}
