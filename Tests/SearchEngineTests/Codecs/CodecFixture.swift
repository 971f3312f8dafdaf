import Storage
import Testing

@testable import SearchEngine

/// A file of one codec in memory: written, opened, damaged and sealed again.
struct CodecFixture {
  static let identity = FileIdentity(index: 0x1122_3344_5566_7788, segment: 7)
  static let name = "s7.test"
  let kind: FileKind
  let bytes: [UInt8]
  let entry: FileEntry

  /// Runs a writer.
  init(
    _ kind: FileKind, _ write: (any FileSystem, String, FileIdentity) throws(IndexError) -> FileEntry
  ) throws {
    let fileSystem = InMemoryFileSystem()
    self.kind = kind
    entry = try write(fileSystem, Self.name, Self.identity)
    bytes = try fileSystem.read(Self.name, limit: .max)
  }

  /// A file that was written elsewhere.
  init(_ kind: FileKind, bytes: [UInt8], entry: FileEntry) {
    self.kind = kind
    self.bytes = bytes
    self.entry = entry
  }

  /// Opens the file as it was written, or `bytes` in its place under the entry given.
  func open(_ changed: [UInt8]? = nil, _ entry: FileEntry? = nil) throws(IndexError) -> IndexFile {
    let fileSystem = InMemoryFileSystem([Self.name: changed ?? bytes])
    return try IndexFile(fileSystem, entry ?? self.entry, kind: kind, identity: Self.identity)
  }

  /// Length of everything that the block checksums cover.
  var contentLength: Int { number(bytes.count - IndexFileFormat.footerLength + 8) }
  /// Where the section table begins, and with it the frame's own bytes.
  var tableOffset: Int { number(bytes.count - IndexFileFormat.footerLength) }

  private func number(_ offset: Int) -> Int {
    (0..<8).reduce(0) { $0 | Int(bytes[offset + $1]) << ($1 * 8) }
  }

  /// Bytes of a section.
  func section(_ tag: SectionTag) throws -> [UInt8] {
    let slice = try open().section(tag)
    return Array(UnsafeRawBufferPointer(start: slice.base, count: slice.count))
  }

  /// Opens changed content with all its checksums computed anew, as one who means harm would write it.
  func openSealed(_ changed: [UInt8]) throws(IndexError) -> IndexFile {
    var changed = changed
    var checksums: [UInt8] = []
    for start in stride(from: 0, to: contentLength, by: IndexFileFormat.blockLength) {
      let block = Array(changed[start..<min(start + IndexFileFormat.blockLength, contentLength)])
      Self.append(CRC32C.checksum(block), to: &checksums)
    }
    changed.replaceSubrange(contentLength..<contentLength + checksums.count, with: checksums)
    let all = CRC32C.checksum(checksums)
    let footer = changed.count - IndexFileFormat.footerLength
    var sealed: [UInt8] = []
    Self.append(all, to: &sealed)
    changed.replaceSubrange(footer + 16..<footer + 20, with: sealed)
    let own = CRC32C.checksum(Array(changed[footer..<footer + 24]))
    sealed = []
    Self.append(own, to: &sealed)
    changed.replaceSubrange(footer + 28..<footer + 32, with: sealed)
    return try open(changed, FileEntry(name: Self.name, length: changed.count, checksum: all))
  }

  private static func append(_ value: UInt32, to bytes: inout [UInt8]) {
    for shift in stride(from: UInt32(0), to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
  }

  /// Changes each byte of the file in turn and demands that opening, or `use` of what was opened, notices.
  func expectEveryByteIsGuarded(
    _ use: (IndexFile) throws(IndexError) -> Void, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for offset in bytes.indices {
      var changed = bytes
      changed[offset] ^= 0x41
      var isNoticed = false
      do throws(IndexError) {
        let file = try open(changed)
        try file.verifyAll()
        try use(file)
      } catch { isNoticed = true }
      #expect(isNoticed, "byte \(offset) changed unnoticed", sourceLocation: sourceLocation)
    }
  }

  /// Gives every byte of the sections every value in turn, seals the file again and uses it: lengths that are wrong by one
  /// are among them. For small files: 256 uses a byte. Returns how many of the files were refused.
  func changeEveryByte(_ use: (IndexFile) throws(IndexError) -> Void) -> Int {
    var refused = 0
    var changed = bytes
    for offset in IndexFileFormat.headerLength..<tableOffset {
      for value in UInt8.min...UInt8.max where value != bytes[offset] {
        changed[offset] = value
        do throws(IndexError) { try use(try openSealed(changed)) } catch { refused += 1 }
      }
      changed[offset] = bytes[offset]
    }
    return refused
  }

  /// Changes bytes of the sections at random, seals the file again and uses it: whatever is found, nothing may trap or
  /// run long. Returns how many of the files were refused.
  func mutate(
    cases: Int, seed: UInt64, _ use: (IndexFile) throws(IndexError) -> Void
  ) -> Int {
    var random = SeededGenerator(seed)
    var refused = 0
    let numbers: [UInt64] = [
      0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 1 << 32, 1 << 62,
      0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000, 0xffff_ffff_ffff_ffff,
    ]
    for _ in 0..<cases {
      var changed = bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let offset = Int.random(in: IndexFileFormat.headerLength..<tableOffset, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: changed[offset] = UInt8.random(in: 0...255, using: &random)
        case 1: changed[offset] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 2:
          let value = numbers[Int.random(in: 0..<numbers.count, using: &random)]
          let width = [1, 2, 4, 8][Int.random(in: 0..<4, using: &random)]
          for place in 0..<min(width, tableOffset - offset) {
            changed[offset + place] = UInt8(truncatingIfNeeded: value >> UInt64(place * 8))
          }
        case 3:
          let from = Int.random(in: IndexFileFormat.headerLength..<tableOffset, using: &random)
          for place in 0..<min(8, tableOffset - max(from, offset)) { changed[offset + place] = bytes[from + place] }
        default: changed[offset] = changed[offset] &+ (Bool.random(using: &random) ? 1 : 255)
        }
      }
      do throws(IndexError) { try use(try openSealed(changed)) } catch { refused += 1 }
    }
    return refused
  }
}

/// Repeatable random numbers: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }
}

extension Array where Element == UInt8 {
  /// The bytes, handed to a function that throws index errors.
  func withBytes<Answer>(
    _ body: (UnsafeRawBufferPointer) throws(IndexError) -> Answer
  ) throws(IndexError) -> Answer {
    var answer: Result<Answer, IndexError>?
    withUnsafeBytes { bytes in
      do throws(IndexError) { answer = .success(try body(bytes)) } catch { answer = .failure(error) }
    }
    guard let answer else { throw .limit(what: "answers", limit: 1) }
    return try answer.get()
  }

  /// As two hexadecimal digits each.
  var hexadecimal: String {
    map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
  }
}

extension String {
  var bytes: [UInt8] { Array<UInt8>(utf8) }
}
