import Records
import Storage
import Testing

@testable import SearchEngine

/// Plain search against a scan of the words, over documents enough for several windows and blocks.
@Suite struct PlainSearchTests {
  @Test func agreesWithAScan() throws {
    var random = RandomCollection(seed: 31)
    let files = InMemoryFileSystem()
    var options = IndexWriter.Options()
    options.segments = .plain
    options.mergesAsItGoes = false
    let schema = Schema(kind: "text", fields: [FieldDefinition(name: "text", type: .text)], keepsUnknownFields: false)
    let writer = try IndexWriter(files, schemas: [schema], options: options)
    var texts: [[String]] = []
    for number in 0..<9_000 {
      let words = (0..<Int.random(in: 1...12, using: &random)).map { _ in
        "w\(min(Int.random(in: 0..<400, using: &random), Int.random(in: 0..<400, using: &random)))"
      }
      texts.append(words)
      let text = Array(words.joined(separator: " ").utf8)
      try text.withUnsafeBufferPointer { try writer.add(text: $0, kind: "text") }
      if number == 6_000 { _ = try writer.commit() }
    }
    _ = try writer.commit()
    let plain = PlainSearch(try Snapshot.open(files))
    let average = Double(texts.reduce(0) { $0 + $1.count }) / Double(texts.count)
    for query in [["w1"], ["w1", "w2"], ["w3", "w300"], ["w5", "w6", "w7"], ["w0", "w0"], ["nothing", "w1"]] {
      let words = query.map { Array($0.utf8) }
      func idf(_ word: String) -> Double {
        let holding = Double(texts.count { $0.contains(word) })
        return holding == 0 ? 0 : naturalLogarithm(1 + (Double(texts.count) - holding + 0.5) / (holding + 0.5))
      }
      let weights = query.map { idf($0) }
      for operation in [PlainSearch.Operation.and, .or, .phrase] {
        var expected: [(document: UInt64, score: Double)] = []
        for (number, text) in texts.enumerated() {
          let k = 1.2 * (0.25 + 0.75 * Double(text.count) / average)
          let held = query.map { word in Double(text.count { $0 == word }) }
          var score = 0.0
          if operation == .phrase {
            let places = text.indices.count { Array(text[$0...].prefix(query.count)) == query }
            if places == 0 { continue }
            let f = Double(places)
            score = weights.reduce(0, +) * f / (f + k)
          } else {
            let matching = held.count { $0 > 0 }
            if matching == 0 || (operation == .and && matching < query.count) { continue }
            for (weight, f) in zip(weights, held) where f > 0 { score += weight * f / (f + k) }
          }
          expected.append((UInt64(number), score))
        }
        #expect(try plain.count(operation, words) == expected.count, "\(operation) \(query)")
        expected.sort { $0.score != $1.score ? $0.score > $1.score : $0.document < $1.document }
        let found = try plain.top(operation, words)
        #expect(found.count == min(10, expected.count))
        for (hit, wanted) in zip(found, expected) {
          #expect(abs(hit.score - wanted.score) < 1e-9, "\(operation) \(query)")
          #expect(hit.document == wanted.document || abs(hit.score - wanted.score) < 1e-12)
        }
      }
    }
    // Words of a letter and digits: one edit from w12 are w1, w2, w1x, wx2, w12x, w21 ...
    let near = Set(texts.joined()).filter { EditDistance.between(Array($0.utf8), Array("w12".utf8)) <= 1 }
    let best = near.sorted { left, right in
      func key(_ word: String) -> (Int, Int) {
        (EditDistance.between(Array(word.utf8), Array("w12".utf8)), -texts.count { $0.contains(word) })
      }
      return key(left) != key(right) ? key(left) < key(right) : left < right
    }.prefix(50)
    #expect(near.count > 30)
    #expect(
      try plain.count(.fuzzy, [Array("w12".utf8)])
        == texts.count { text in best.contains { text.contains($0) } })
    #expect(try plain.top(.fuzzy, [Array("w12".utf8)]).count == 10)
    let prefixed = texts.indices.filter { texts[$0].contains { $0.hasPrefix("w39") } }
    #expect(try plain.count(.prefix, [Array("w39".utf8)]) == prefixed.count)
    #expect(try plain.top(.prefix, [Array("w39".utf8)]).map(\.document) == prefixed.prefix(10).map { UInt64($0) })
  }
}
