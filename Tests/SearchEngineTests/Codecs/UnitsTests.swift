import Storage
import Testing

@testable import SearchEngine

@Suite("Units") struct UnitsTests {
  static func fixture(_ documents: [DocumentUnits]) throws -> CodecFixture {
    try CodecFixture(.units) { (fileSystem, name, identity) throws(IndexError) in
      let writer = try UnitsWriter(fileSystem, name: name, identity: identity)
      for document in documents { try writer.add(document) }
      return try writer.finish()
    }
  }

  static func random(_ count: Int, seed: UInt64) -> [DocumentUnits] {
    var random = SeededGenerator(seed)
    return (0..<count).map { _ in
      let units = (0..<Int.random(in: 0...12, using: &random)).map { _ in
        let start = UInt32.random(in: 0...(.max), using: &random) >> UInt32.random(in: 0...31, using: &random)
        let room = UInt32.max - start
        let size = UInt32.random(in: 0...(.max), using: &random) >> UInt32.random(in: 0...31, using: &random)
        let length = min(room, size)
        return Unit(
          kind: UnitKind.allCases[Int.random(in: 0..<4, using: &random)],
          ordinal: UInt32.random(in: 0...(.max), using: &random) >> UInt32.random(in: 0...31, using: &random),
          group: UInt8.random(in: 0...2, using: &random), start: start, end: start + length)
      }
      return DocumentUnits(units)
    }
  }

  @Test(arguments: [0, 1, 127, 128, 129, 1000])
  func givesBackWhatWasWritten(count: Int) throws {
    let documents = Self.random(count, seed: UInt64(count) + 5)
    let reader = try UnitsReader(file: Self.fixture(documents).open())
    #expect(reader.documentCount == UInt32(count))
    try reader.verifyStructure()
    var units = DocumentUnits()
    for (document, expected) in documents.enumerated() {
      try reader.units(of: UInt32(document), into: &units)
      #expect(units == expected)
    }
    #expect(throws: IndexError.self) { try reader.units(of: UInt32(count), into: &units) }
  }

  @Test("Fields alone, of documents in rising order and back again", arguments: [1, 127, 129, 1000])
  func givesTheFieldsAlone(count: Int) throws {
    let documents = Self.random(count, seed: UInt64(count) + 77)
    var random = SeededGenerator(UInt64(count))
    var reader = FieldUnitsReader(try UnitsReader(file: Self.fixture(documents).open()))
    var fields: [Unit] = []
    for _ in 0..<3 {
      for document in documents.indices where Int.random(in: 0..<3, using: &random) > 0 {
        try reader.fields(of: UInt32(document), into: &fields)
        #expect(fields == documents[document].units.filter { $0.kind == .field }, "\(count), \(document)")
      }
    }
    #expect(throws: IndexError.self) { try reader.fields(of: UInt32(count), into: &fields) }
  }

  @Test func keepsTheLargestNumbers() throws {
    let documents = [
      DocumentUnits([
        Unit(kind: .field, ordinal: .max, group: .max, start: 0, end: .max),
        Unit(kind: .sentence, ordinal: .max, start: .max, end: .max),
        Unit(kind: .sentence, ordinal: 0, start: 0, end: .max),
        Unit(kind: .sentence, ordinal: 1, start: .max, end: .max),
      ])
    ]
    var units = DocumentUnits()
    try UnitsReader(file: Self.fixture(documents).open()).units(of: 0, into: &units)
    #expect(units == documents[0])
  }

  /// A text of paragraphs and sentences as the inverter gives it costs about one byte a sentence.
  @Test func costsAByteASentence() throws {
    var random = SeededGenerator(9)
    var sentences = 0
    let documents = (0..<500).map { _ in
      var units = [Unit(kind: .field, ordinal: 0, start: 0, end: 0)]
      var position: UInt32 = 0
      var sentence: UInt32 = 0
      for paragraph in 1...4 as ClosedRange<UInt32> {
        let place = units.count
        units.append(Unit(kind: .paragraph, ordinal: paragraph, start: position, end: position))
        for _ in 0..<10 {
          let length = UInt32.random(in: 5...60, using: &random)
          units.append(Unit(kind: .sentence, ordinal: sentence, start: position, end: position + length))
          sentence += 1
          sentences += 1
          position += length
        }
        units[place].end = position
      }
      units[0].end = position
      return DocumentUnits(units)
    }
    let fixture = try Self.fixture(documents)
    let size = try fixture.section(UnitsFormat.data).count
    #expect(Double(size) / Double(sentences) < 1.5)
    var units = DocumentUnits()
    let reader = try UnitsReader(file: fixture.open())
    for document in documents.indices {
      try reader.units(of: UInt32(document), into: &units)
      #expect(units == documents[document])
    }
  }

  static func use(_ file: IndexFile) throws(IndexError) {
    let reader = try UnitsReader(file: file)
    var units = DocumentUnits()
    for document: UInt32 in [0, 1, 77, 128, 139, .max] { _ = try? reader.units(of: document, into: &units) }
    try reader.verifyStructure()
  }

  @Test func noticesEveryChangedByte() throws {
    try Self.fixture(Self.random(20, seed: 3)).expectEveryByteIsGuarded { (file) throws(IndexError) in
      try Self.use(file)
    }
  }

  @Test func survivesWhatIsSealedAfterDamage() throws {
    let refused = try Self.fixture(Self.random(140, seed: 4)).mutate(cases: 6000, seed: 81) {
      (file) throws(IndexError) in try Self.use(file)
    }
    #expect(refused > 500)
  }
}
