import Records
import Storage
import Testing

@testable import SearchEngine

/// The pruned search against the exhaustive one: same documents, same order, same bits of every score.
@Suite struct PrunedSearchTests {
  static let schema = Schema(
    kind: "text", fields: [FieldDefinition(name: "text", type: .text)], keepsUnknownFields: false)

  /// Texts of words of all frequencies, some of which come in runs of documents, so that blocks differ in their bounds.
  static func text(_ number: Int, _ random: inout RandomCollection) -> [String] {
    let length = Int.random(in: 0..<6, using: &random) == 0 ? 120 : 14
    return (0..<Int.random(in: 1...length, using: &random)).map { _ in
      let place = (0..<3).reduce(400) { least, _ in min(least, Int.random(in: 0..<400, using: &random)) }
      if place % 7 == 3, number % 5_000 > 1_500 { return "w\(place % 5)" }
      return "w\(place)"
    }
  }

  static func index(_ seed: UInt64, documents: Int, commits: Int) throws -> InMemoryFileSystem {
    var random = RandomCollection(seed: seed)
    let files = InMemoryFileSystem()
    var options = IndexWriter.Options()
    options.segments = .plain
    options.mergesAsItGoes = false
    let writer = try IndexWriter(files, schemas: [schema], options: options)
    for number in 0..<documents {
      let text = Array(text(number, &random).joined(separator: " ").utf8)
      try text.withUnsafeBufferPointer { try writer.add(text: $0, kind: "text") }
      if number % (documents / commits + 1) == documents / commits { _ = try writer.commit() }
    }
    _ = try writer.commit()
    return files
  }

  static func queries(_ random: inout RandomCollection, count: Int) -> [(PlainSearch.Operation, [String])] {
    (0..<count).map { number in
      let words = (0..<[1, 1, 2, 2, 2, 3, 3, 5, 9][number % 9]).map { _ in
        "w\(Int.random(in: 0..<(Bool.random(using: &random) ? 20 : 420), using: &random))"
      }
      let operations: [PlainSearch.Operation] =
        words.count == 1 ? [.term, .fuzzy] : [.and, .or, .phrase]
      return (operations[number / 9 % operations.count], words)
    }
  }

  @Test(arguments: [(UInt64(71), 30_000, 3), (72, 9_000, 1), (73, 2_000, 4), (74, 300, 2)])
  func equalsTheExhaustiveSearch(seed: UInt64, documents: Int, commits: Int) throws {
    print("seed \(seed)")
    let pruned = PlainSearch(try Snapshot.open(try Self.index(seed, documents: documents, commits: commits)))
    var exhaustive = pruned
    exhaustive.prunes = false
    var random = RandomCollection(seed: seed &+ 1)
    for (operation, query) in Self.queries(&random, count: 300) {
      let words = query.map { Array($0.utf8) }
      let limit = [1, 3, 10, 10, 100, 1_000][Int.random(in: 0..<6, using: &random)]
      let found = try pruned.top(operation, words, limit: limit)
      let expected = try exhaustive.top(operation, words, limit: limit)
      #expect(found == expected, "seed \(seed): \(operation.rawValue) \(query), the first \(limit)")
      #expect(try pruned.count(operation, words) == exhaustive.count(operation, words), "\(operation) \(query)")
    }
  }
}
