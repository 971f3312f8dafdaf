import Storage
import Testing

@testable import SearchEngine

@Suite("Term dictionary") struct TermDictionaryTests {
  typealias Terms = [(term: [UInt8], info: TermInfo)]

  static func fixture(_ terms: Terms) throws -> CodecFixture {
    try CodecFixture(.termDictionary) { (fileSystem, name, identity) throws(IndexError) in
      let writer = try TermDictionaryWriter(fileSystem, name: name, identity: identity)
      for (term, info) in terms {
        try term.withBytes { (bytes) throws(IndexError) in try writer.add(bytes, info) }
      }
      return try writer.finish()
    }
  }

  /// Terms of few letters, so that they share much, with infos of all sizes.
  static func random(_ count: Int, seed: UInt64, longest: Int = 12) -> Terms {
    var random = SeededGenerator(seed)
    var terms = Set<[UInt8]>()
    while terms.count < count {
      let length = Int.random(in: 0...longest, using: &random)
      terms.insert((0..<length).map { _ in UInt8.random(in: 97...100, using: &random) })
    }
    var postings: UInt64 = 0
    var positions: UInt64 = 0
    return terms.sorted { $0.lexicographicallyPrecedes($1) }.map { term in
      positions += UInt64.random(in: 0...5, using: &random) << UInt64.random(in: 0...20, using: &random)
      if Bool.random(using: &random) {
        let info = TermInfo(
          inlineDocument: UInt32.random(in: 0...(.max), using: &random),
          inlineFrequency: UInt32.random(in: 1...100, using: &random), positionsOffset: positions)
        return (term, info)
      }
      postings += UInt64.random(in: 0...5, using: &random) << UInt64.random(in: 0...20, using: &random)
      let frequency = UInt32.random(in: 2...(.max), using: &random) >> UInt32.random(in: 0...29, using: &random)
      let info = TermInfo(
        documentFrequency: max(frequency, 2),
        totalFrequency: UInt64(max(frequency, 2)) + UInt64.random(in: 0...1000, using: &random),
        postingsOffset: postings, positionsOffset: positions)
      return (term, info)
    }
  }

  static func find(_ reader: TermDictionaryReader, _ term: [UInt8]) throws(IndexError) -> TermInfo? {
    try term.withBytes { (bytes) throws(IndexError) in try reader.find(bytes) }
  }

  @Test(arguments: [0, 1, 2, 31, 32, 33, 64, 65, 1000, 5000])
  func givesBackWhatWasWritten(count: Int) throws {
    let terms = Self.random(count, seed: UInt64(count) + 1)
    let fixture = try Self.fixture(terms)
    let reader = try TermDictionaryReader(file: fixture.open())
    #expect(reader.termCount == UInt64(count))
    try reader.verifyStructure()
    for (term, info) in terms { #expect(try Self.find(reader, term) == info) }
    let cursor = reader.cursor()
    for (term, info) in terms {
      #expect(try cursor.next())
      #expect(Array(cursor.term) == term)
      #expect(try cursor.info() == info)
    }
    #expect(try cursor.next() == false)
    #expect(try cursor.next() == false)
    #expect(cursor.term.isEmpty)
  }

  @Test func findsNothingElse() throws {
    let seed: UInt64 = 11
    let terms = Self.random(3000, seed: seed, longest: 10)
    let known = Dictionary(uniqueKeysWithValues: terms.map { ($0.term, $0.info) })
    let reader = try TermDictionaryReader(file: Self.fixture(terms).open())
    var random = SeededGenerator(seed + 1)
    for _ in 0..<20_000 {
      let length = Int.random(in: 0...11, using: &random)
      let term = (0..<length).map { _ in UInt8.random(in: 96...101, using: &random) }
      #expect(try Self.find(reader, term) == known[term], "seed \(seed), \(term)")
    }
  }

  @Test func seeksTheFirstTermNotBefore() throws {
    let seed: UInt64 = 21
    let terms = Self.random(2000, seed: seed, longest: 9).map(\.term)
    let reader = try TermDictionaryReader(
      file: Self.fixture(Self.random(2000, seed: seed, longest: 9)).open())
    var random = SeededGenerator(seed + 1)
    let cursor = reader.cursor()
    for _ in 0..<5000 {
      let length = Int.random(in: 0...10, using: &random)
      let wanted = (0..<length).map { _ in UInt8.random(in: 96...101, using: &random) }
      let expected = terms.first { !$0.lexicographicallyPrecedes(wanted) }
      let isFound = try wanted.withBytes { (bytes) throws(IndexError) in try cursor.seek(atLeast: bytes) }
      #expect(isFound == (expected != nil), "seed \(seed), \(wanted)")
      if let expected { #expect(Array(cursor.term) == expected) }
    }
  }

  @Test func walksPrefixRanges() throws {
    let terms = Self.random(2000, seed: 31, longest: 7)
    let reader = try TermDictionaryReader(file: Self.fixture(terms).open())
    for prefix in ["", "a", "ab", "abc", "dd", "e", "`", "abcdabcdabcd"].map(\.bytes) {
      let cursor = reader.cursor()
      var found: [[UInt8]] = []
      try prefix.withBytes { (bytes) throws(IndexError) in
        guard try cursor.seek(atLeast: bytes) else { return }
        while cursor.hasPrefix(bytes) {
          found.append(Array(cursor.term))
          guard try cursor.next() else { return }
        }
      }
      #expect(found == terms.map(\.term).filter { $0.starts(with: prefix) })
    }
  }

  @Test func keepsLongTermsAndManyBlocksWithEqualKeys() throws {
    // Thousands of terms that share 30 bytes: all keys of the index are equal.
    let prefix = [UInt8](repeating: 0x78, count: 30)
    var terms = (0..<4000).map { number in
      (prefix + String(100_000 + number).bytes, TermInfo(inlineDocument: 1, inlineFrequency: 1, positionsOffset: 0))
    }
    terms.insert(("x".bytes, terms[0].1), at: 0)
    terms.append(([UInt8](repeating: 0x79, count: TermDictionaryFormat.maximumTermLength), terms[0].1))
    let reader = try TermDictionaryReader(file: Self.fixture(terms.map { (term: $0.0, info: $0.1) }).open())
    try reader.verifyStructure()
    for (term, info) in terms { #expect(try Self.find(reader, term) == info) }
    #expect(try Self.find(reader, prefix) == nil)
    #expect(try Self.find(reader, prefix + "099999".bytes) == nil)
    #expect(try Self.find(reader, prefix + "2".bytes) == nil)
  }

  @Test func refusesTermsThatAreTooLong() throws {
    let term = [UInt8](repeating: 1, count: TermDictionaryFormat.maximumTermLength + 1)
    #expect(throws: IndexError.self) {
      try Self.fixture([(term: term, info: TermInfo(inlineDocument: 0, inlineFrequency: 1, positionsOffset: 0))])
    }
  }

  /// The worked example of the file-format page.
  @Test func isWrittenAsTheFormatPageSays() throws {
    let fixture = try Self.fixture([
      ("lead".bytes, TermInfo(documentFrequency: 3, totalFrequency: 5, postingsOffset: 0, positionsOffset: 0)),
      ("leaded".bytes, TermInfo(inlineDocument: 300, inlineFrequency: 2, positionsOffset: 5)),
      ("toy".bytes, TermInfo(documentFrequency: 200, totalFrequency: 200, postingsOffset: 9, positionsOffset: 7)),
    ])
    #expect(
      try fixture.section(TermDictionaryFormat.data).hexadecimal
        == "04 6c 65 61 64 03 07 00 00 42 65 64 03 74 6f 79 06 02 00 00 0f 02 ac 02 90 03 00 09 02")
    #expect(try fixture.section(TermDictionaryFormat.keys).hexadecimal == "00 00 00 00 64 61 65 6c")
    #expect(try fixture.section(TermDictionaryFormat.offsets).hexadecimal == "00 00 00 00")
    #expect(
      try fixture.section(TermDictionaryFormat.meta).hexadecimal
        == "03 00 00 00 00 00 00 00 01 00 00 00 00 00 00 00")
  }

  static func use(_ file: IndexFile, _ terms: [[UInt8]]) throws(IndexError) {
    let reader = try TermDictionaryReader(file: file)
    for term in terms { _ = try? find(reader, term) }
    let cursor = reader.cursor()
    for term in terms {
      _ = try? term.withBytes { (bytes) throws(IndexError) in
        if try cursor.seek(atLeast: bytes) { _ = try cursor.info() }
      }
    }
    try reader.verifyStructure()
  }

  @Test func noticesEveryChangedByte() throws {
    let fixture = try Self.fixture(Self.random(80, seed: 41))
    fixture.expectEveryByteIsGuarded { (file) throws(IndexError) in try Self.use(file, []) }
  }

  @Test func survivesWhatIsSealedAfterDamage() throws {
    let terms = Self.random(150, seed: 51)
    let probes = terms.enumerated().filter { $0.offset % 9 == 0 }.map(\.element.term) + ["".bytes, "bzz".bytes]
    let refused = try Self.fixture(terms).mutate(cases: 7000, seed: 52) { (file) throws(IndexError) in
      try Self.use(file, probes)
    }
    #expect(refused > 1000)
  }
}
