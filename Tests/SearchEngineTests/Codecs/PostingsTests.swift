import BitPacking
import Storage
import Testing

@testable import SearchEngine

/// Postings and positions against the lists that they were written from.
@Suite("Postings") struct PostingsTests {
  struct Posting {
    var document: UInt32
    var frequency: UInt32
    var positions: [UInt32]
  }

  /// One list as it comes out of the writers.
  struct Fixture {
    let postings: CodecFixture
    let positions: CodecFixture
    let infos: [TermInfo]
    let documentCount: UInt32

    init(_ lists: [[Posting]], lengths: [UInt32]) throws {
      var infos: [TermInfo] = []
      var positionsFixture: CodecFixture?
      let count = lengths.count
      postings = try CodecFixture(.postings) { (fileSystem, name, identity) throws(IndexError) in
        let positionsSystem = InMemoryFileSystem()
        let positions = try PositionsWriter(positionsSystem, name: CodecFixture.name, identity: identity)
        var answer: Result<FileEntry, IndexError> = .failure(.writerFailed)
        lengths.withUnsafeBufferPointer { lengths in
          do throws(IndexError) {
            guard let start = lengths.baseAddress else { return }
            let writer = try PostingsWriter(
              fileSystem, name: name, identity: identity, lengths: start)
            for list in lists {
              writer.beginTerm()
              positions.beginTerm()
              for posting in list {
                var previous: UInt32 = 0
                for position in posting.positions {
                  positions.add(gap: position - previous)
                  previous = position
                }
                positions.endPosting(frequency: posting.frequency)
                if writer.add(document: posting.document, frequency: posting.frequency) { positions.endBlock() }
              }
              infos.append(try writer.endTerm(positionsOffset: try positions.endTerm()))
            }
            answer = .success(try writer.finish())
          } catch { answer = .failure(error) }
        }
        let entry = try positions.finish()
        do throws(StorageError) {
          positionsFixture = CodecFixture(
            .positions, bytes: try positionsSystem.read(CodecFixture.name, limit: .max), entry: entry)
        } catch { throw .storage(error) }
        return try answer.get()
      }
      self.positions = try #require(positionsFixture)
      self.infos = infos
      documentCount = UInt32(count)
    }

    func reader() throws(IndexError) -> PostingsReader {
      try PostingsReader(
        postings: try postings.open(), positions: try positions.open(), documentCount: documentCount)
    }
  }

  enum Shape: CaseIterable { case dense, sparse, clustered, huge }
  enum Counts: CaseIterable { case ones, small, differing, enormous }

  /// A list of `count` documents below `limit`.
  static func list(
    _ count: Int, _ shape: Shape, _ counts: Counts, limit: UInt32, _ random: inout SeededGenerator
  ) -> [Posting] {
    var documents: Set<UInt32> = []
    switch shape {
    case .dense:
      let first = UInt32.random(in: 0...(limit - UInt32(count)), using: &random)
      var next = first
      while documents.count < count, next < limit {
        if limit - next <= UInt32(count - documents.count) || Int.random(in: 0..<8, using: &random) > 0 {
          documents.insert(next)
        }
        next += 1
      }
    case .clustered:
      while documents.count < count {
        let start = UInt32.random(in: 0..<limit, using: &random)
        for step in 0..<UInt32(200) where documents.count < count && start + step < limit {
          documents.insert(start + step)
        }
      }
    case .sparse, .huge:
      while documents.count < count { documents.insert(UInt32.random(in: 0..<limit, using: &random)) }
    }
    return documents.sorted().map { document in
      let frequency: UInt32
      switch counts {
      case .ones: frequency = 1
      case .small, .differing: frequency = UInt32.random(in: 1...9, using: &random)
      case .enormous:
        frequency = Int.random(in: 0..<20, using: &random) == 0 ? UInt32.random(in: 1...1 << 30, using: &random) : 2
      }
      let number: UInt32
      switch counts {
      case .ones, .small: number = frequency
      case .differing: number = UInt32.random(in: 1...frequency, using: &random)
      case .enormous: number = 1
      }
      var position: UInt32 = 0
      var positions: [UInt32] = []
      for _ in 0..<number {
        let width = Int.random(in: 0..<30, using: &random) == 0 ? 20 : 6
        position += UInt32.random(in: 0..<(1 << UInt32(width)), using: &random)
        positions.append(position)
      }
      return Posting(document: document, frequency: frequency, positions: positions)
    }
  }

  static let seed: UInt64 = 20_260_301

  @Test(arguments: [1, 2, 3, 127, 128, 129, 255, 256, 257, 1000, 5000], Shape.allCases)
  func listsComeBackAsTheyWereWritten(count: Int, shape: Shape) throws {
    var random = SeededGenerator(Self.seed &+ UInt64(count))
    let documentCount = shape == .dense ? max(count * 3, 64) : shape == .huge ? 3_000_000 : max(count * 40, 64)
    let lengths = (0..<documentCount).map { UInt32(truncatingIfNeeded: $0 &* 2_654_435_761) % 5000 + 1 }
    let lists = Counts.allCases.map { Self.list(count, shape, $0, limit: UInt32(documentCount), &random) }
    let fixture = try Fixture(lists, lengths: lengths)
    let reader = try fixture.reader()
    for (list, info) in zip(lists, fixture.infos) {
      #expect(info.documentFrequency == UInt32(count))
      #expect(info.totalFrequency == list.reduce(0) { $0 + UInt64($1.frequency) })
      try Self.compare(list, reader, info, lengths, &random)
    }
  }

  @Test func aListOfFiftyThousandComesBack() throws {
    var random = SeededGenerator(Self.seed)
    let lengths = [UInt32](repeating: 7, count: 120_000)
    let list = Self.list(50_000, .clustered, .small, limit: 120_000, &random)
    let fixture = try Fixture([list], lengths: lengths)
    try Self.compare(list, try fixture.reader(), fixture.infos[0], lengths, &random)
  }

  static func compare(
    _ list: [Posting], _ reader: PostingsReader, _ info: TermInfo, _ lengths: [UInt32],
    _ random: inout SeededGenerator
  ) throws {
    // One at a time.
    var own: [UInt32] = []
    let cursor = try reader.cursor(info)
    for posting in list {
      let document = try cursor.next()
      guard document == posting.document else {
        Issue.record("expected document \(posting.document), found \(document), seed \(seed)")
        return
      }
      let isAsked = Int.random(in: 0..<3, using: &random) > 0
      if isAsked, try cursor.frequency() != posting.frequency { Issue.record("frequency of \(document)") }
      if isAsked || list.count < 300 {
        try cursor.positions(into: &own)
        if own != posting.positions { Issue.record("positions of \(document)") }
      }
    }
    #expect(try cursor.next() == PostingsCursor.exhausted)
    #expect(try cursor.next() == PostingsCursor.exhausted)
    #expect(try cursor.advance(to: 3) == PostingsCursor.exhausted)

    // Leaps.
    for _ in 0..<20 {
      let cursor = try reader.cursor(info)
      var target: UInt32 = 0
      var place = 0
      while place < list.count {
        target += UInt32.random(in: 0...(UInt32(lengths.count) / 20), using: &random)
        while place < list.count, list[place].document < target { place += 1 }
        let found = try cursor.advance(to: target)
        let expected = place < list.count ? list[place].document : PostingsCursor.exhausted
        guard found == expected else {
          Issue.record("advance to \(target): expected \(expected), found \(found), seed \(seed)")
          return
        }
        if place < list.count, Bool.random(using: &random) {
          if try cursor.frequency() != list[place].frequency { Issue.record("frequency of \(found)") }
          try cursor.positions(into: &own)
          if own != list[place].positions { Issue.record("positions of \(found)") }
        }
        if place < list.count, Bool.random(using: &random) {
          place += 1
          let next = try cursor.next()
          let expected = place < list.count ? list[place].document : PostingsCursor.exhausted
          if next != expected { Issue.record("next after \(found): expected \(expected), found \(next)") }
          if place == list.count { break }
          target = next
        }
        target += 1
      }
    }

    // Blocks.
    let blocks = try reader.cursor(info)
    var seen: [UInt32: UInt32] = [:]
    for block in (0..<blocks.blockCount).shuffled(using: &random) {
      let count = try blocks.loadDocuments(block)
      try blocks.loadFrequencies()
      let impacts = blocks.impacts(block)
      for slot in 0..<count {
        let (document, frequency) = (blocks.documents[slot], blocks.frequencies[slot])
        seen[document] = frequency
        let bounded = min(frequency, 255)
        let isBounded = (0..<Impacts.pairCount).contains {
          impacts.frequency($0) >= bounded && impacts.length($0) <= lengths[Int(document)]
        }
        if !isBounded { Issue.record("no impact bounds document \(document)") }
      }
    }
    #expect(seen == Dictionary(uniqueKeysWithValues: list.map { ($0.document, $0.frequency) }))
    for _ in 0..<50 where blocks.blockCount > 1 {
      let target = UInt32.random(in: 0..<UInt32(lengths.count), using: &random)
      let from = Int.random(in: 0..<blocks.blockCount, using: &random)
      let expected = (from..<blocks.blockCount).first { blocks.lastDocument(of: $0) >= target } ?? blocks.blockCount
      #expect(blocks.firstBlock(endingAtOrAfter: target, from: from) == expected)
    }

    // Windows, mostly forward.
    let sets = try reader.cursor(info)
    for _ in 0..<30 {
      let lower = UInt32.random(in: 0..<UInt32(lengths.count), using: &random)
      let upper = min(lower + UInt32.random(in: 0...4096, using: &random), UInt32(lengths.count))
      var words = [UInt64](repeating: 0, count: 65)
      try words.withUnsafeMutableBufferPointer { buffer in
        guard let start = buffer.baseAddress else { return }
        try sets.setBits(from: lower, to: upper, start)
      }
      var expected = [UInt64](repeating: 0, count: 65)
      for posting in list where posting.document >= lower && posting.document < upper {
        let bit = Int(posting.document - lower)
        expected[bit >> 6] |= 1 << UInt64(bit & 63)
      }
      if words != expected { Issue.record("bits from \(lower) to \(upper), seed \(seed)") }
    }
  }

  @Test func lengthCodesRoundDownAndRise() {
    var previous: UInt8 = 0
    for exponent in UInt32(0)..<32 {
      for step in UInt32(0)..<64 {
        let length = (UInt32(1) << exponent) | (step << (exponent > 6 ? exponent - 6 : 0))
        let code = LengthCode.code(length)
        let back = LengthCode.length(code)
        #expect(back <= length && Double(length - back) <= Double(length) * 0.125)
        if exponent >= 6 || step == 0 { #expect(code >= previous) }
        if exponent >= 6 { previous = code }
      }
    }
  }

  /// Damage with right checksums: every list is read in every way; nothing may trap, and documents that come out rise and
  /// are below the count.
  @Test func hostileListsAreRefusedOrHarmless() throws {
    var random = SeededGenerator(Self.seed)
    let lists = Shape.allCases.filter { $0 != .huge }.flatMap { shape in
      [1, 2, 100, 300, 1500].map { Self.list($0, shape, .differing, limit: 20_000, &random) }
    }
    let fixture = try Fixture(lists, lengths: [UInt32](repeating: 3, count: 20_000))
    let cases = Full.isOn ? 20_000 : 400
    var outOfOrder = 0
    func use(_ postings: IndexFile, _ positions: IndexFile) throws(IndexError) {
      let reader = try PostingsReader(postings: postings, positions: positions, documentCount: 20_000)
      var failure: IndexError?
      for info in fixture.infos {
        do throws(IndexError) {
          let cursor = try reader.cursor(info)
          var own: [UInt32] = []
          var previous: UInt32?
          var document = try cursor.next()
          while document != PostingsCursor.exhausted {
            if document >= 20_000 || previous.map({ $0 >= document }) ?? false { outOfOrder += 1 }
            previous = document
            try cursor.positions(into: &own)
            if zip(own, own.dropFirst()).contains(where: { $0 > $1 }) { outOfOrder += 1 }
            document = try cursor.next()
          }
          let leaping = try reader.cursor(info)
          for target in stride(from: UInt32(0), to: 20_000, by: 777) { _ = try leaping.advance(to: target) }
          var words = [UInt64](repeating: 0, count: 65)
          try words.withBits { (start) throws(IndexError) in
            for lower in stride(from: UInt32(0), to: 20_000, by: 4096) {
              try leaping.setBits(from: lower, to: lower + 4096, start)
            }
          }
        } catch { failure = error }
      }
      if let failure { throw failure }
    }
    let refused = fixture.postings.mutate(cases: cases, seed: Self.seed) { (file) throws(IndexError) in
      try use(file, try fixture.positions.open())
    }
    let positionsRefused = fixture.positions.mutate(cases: cases, seed: Self.seed) { (file) throws(IndexError) in
      try use(try fixture.postings.open(), file)
    }
    #expect(outOfOrder == 0)
    print(
      "hostile postings: \(cases) changed files, \(refused) refused; positions: \(cases), \(positionsRefused) refused")
  }
}

extension Array where Element == UInt64 {
  mutating func withBits(
    _ body: (UnsafeMutablePointer<UInt64>) throws(IndexError) -> Void
  ) throws(IndexError) {
    var failure: IndexError?
    withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      do throws(IndexError) { try body(start) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}
