import Storage
import Testing

@testable import SearchEngine

@Suite struct CommonBitsTests {
  @Test("Common bits are counted as one counts them one by one", arguments: [0, 16, 32, 48, 1_024, 4_096])
  func likeOneByOne(count: Int) {
    var random = SeededGenerator(UInt64(count) &+ 31)
    for density in 0..<4 {
      // From empty words by sparse and dense ones to full ones.
      func word() -> UInt64 {
        switch density {
        case 0: random.next() & random.next() & random.next()
        case 1: random.next()
        case 2: random.next() | random.next() | random.next()
        default: .max
        }
      }
      let first = (0..<count).map { _ in word() }
      let second = (0..<count).map { _ in word() }
      let expected = zip(first, second).reduce(0) { $0 + ($1.0 & $1.1).nonzeroBitCount }
      let found = first.withUnsafeBufferPointer { first in
        second.withUnsafeBufferPointer { second in
          guard let one = first.baseAddress, let other = second.baseAddress else { return 0 }
          return CommonBits.count(one, other, count)
        }
      }
      #expect(found == expected, "\(count) words, density \(density)")
    }
  }

  /// Words of lists and of sets, in a segment of more than one window of 65,536 documents.
  @Test func countsOfTwoWordsOverWindows() throws {
    let documents = 70_000
    let steps = [2, 3, 37, 41, 43, 1_009, 20_011]
    let files = InMemoryFileSystem()
    var options = IndexWriter.Options()
    options.segments = .plain
    let writer = try IndexWriter(files, schemas: [PrunedSearchTests.schema], options: options)
    for number in 0..<documents {
      let text = Array(steps.filter { number % $0 == 0 }.map { "w\($0)" }.joined(separator: " ").utf8)
      try text.withUnsafeBufferPointer { try writer.add(text: $0, kind: "text") }
    }
    _ = try writer.commit()
    let search = PlainSearch(try Snapshot.open(files))
    for first in steps {
      for second in steps {
        let words = [first, second].map { Array("w\($0)".utf8) }
        let all = (0..<documents).count { $0 % first == 0 && $0 % second == 0 }
        let any = (0..<documents).count { $0 % first == 0 || $0 % second == 0 }
        #expect(try search.count(.and, words) == all, "\(first) and \(second)")
        #expect(try search.count(.or, words) == any, "\(first) or \(second)")
      }
    }
  }
}
