import Storage
import Testing

@testable import SearchEngine

@Suite("Field lengths") struct FieldLengthsTests {
  static func fixture(_ lengths: [UInt32], maximum: UInt32? = nil) throws -> CodecFixture {
    try CodecFixture(.fieldLengths) { (fileSystem, name, identity) throws(IndexError) in
      let writer = try FieldLengthsWriter(
        fileSystem, name: name, identity: identity, maximum: maximum ?? lengths.max() ?? 0)
      for length in lengths { try writer.add(length) }
      return try writer.finish()
    }
  }

  @Test(arguments: [
    (0, 0, 1), (1, 0, 1), (1, 255, 1), (4095, 255, 1), (4096, 256, 2), (4097, 65_535, 2), (10_000, 65_536, 4),
    (9000, Int(UInt32.max), 4),
  ])
  func givesBackWhatWasWritten(count: Int, maximum: Int, width: Int) throws {
    var random = SeededGenerator(UInt64(count))
    var lengths = (0..<count).map { _ in UInt32.random(in: 0...UInt32(maximum), using: &random) }
    if count > 0 { lengths[count - 1] = UInt32(maximum) }
    let reader = try FieldLengthsReader(file: Self.fixture(lengths).open())
    #expect(reader.width == width)
    #expect(reader.documentCount == UInt32(count))
    #expect(reader.totalLength == lengths.reduce(0) { $0 + UInt64($1) })
    #expect(reader.maximumLength == lengths.max() ?? 0)
    try reader.verifyStructure()
    for (document, length) in lengths.enumerated() { #expect(try reader[UInt32(document)] == length) }
    #expect(throws: IndexError.self) { try reader[UInt32(count)] }
    var read: [UInt32] = []
    for window in 0..<(count + 4095) / 4096 {
      let (base, number) = try reader.lengths(window)
      for place in 0..<number {
        let bytes = (0..<width).map { base.load(fromByteOffset: place * width + $0, as: UInt8.self) }
        read.append(bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) })
      }
    }
    #expect(read == lengths)
    #expect(throws: IndexError.self) { try reader.lengths(count / 4096 + 1) }
    #expect(throws: IndexError.self) { try reader.lengths(-1) }
  }

  /// The worked example of the file-format page.
  @Test func isWrittenAsTheFormatPageSays() throws {
    let fixture = try Self.fixture([3, 0, 300])
    #expect(try fixture.section(FieldLengthsFormat.data).hexadecimal == "03 00 00 00 2c 01")
    #expect(
      try fixture.section(FieldLengthsFormat.meta).hexadecimal
        == "03 00 00 00 02 00 00 00 2f 01 00 00 00 00 00 00 2c 01 00 00 00 00 00 00")
  }

  static func use(_ file: IndexFile) throws(IndexError) {
    let reader = try FieldLengthsReader(file: file)
    for document: UInt32 in [0, 1, 99, 4096, .max] { _ = try? reader[document] }
    for window in 0..<3 { _ = try? reader.lengths(window) }
    try reader.verifyStructure()
  }

  @Test func noticesEveryChangedByte() throws {
    try Self.fixture([1, 2, 3, 500, 7]).expectEveryByteIsGuarded { (file) throws(IndexError) in try Self.use(file) }
  }

  @Test func survivesWhatIsSealedAfterDamage() throws {
    let refused = try Self.fixture((0..<40).map { $0 * 11 }).mutate(cases: 6000, seed: 61) {
      (file) throws(IndexError) in try Self.use(file)
    }
    #expect(refused > 1000)
  }
}
