import Storage

@testable import SearchEngine

/// An index file whose content is changed at will and whose checksums are then right again: what a writer who means harm
/// would leave.
enum SealedFile {
  /// Changes the bytes between the header and the section table, then seals the file. Returns it with its new entry.
  static func change(
    _ bytes: [UInt8], _ entry: FileEntry, _ body: (inout [UInt8], Range<Int>) -> Void
  ) -> (bytes: [UInt8], entry: FileEntry) {
    let footer = bytes.count - IndexFileFormat.footerLength
    let content = number(bytes, footer + 8)
    var changed = bytes
    body(&changed, IndexFileFormat.headerLength..<number(bytes, footer))
    var checksums: [UInt8] = []
    for start in stride(from: 0, to: content, by: IndexFileFormat.blockLength) {
      append(CRC32C.checksum(Array(changed[start..<min(start + IndexFileFormat.blockLength, content)])), to: &checksums)
    }
    changed.replaceSubrange(content..<footer, with: checksums)
    let all = CRC32C.checksum(checksums)
    var sealed: [UInt8] = []
    append(all, to: &sealed)
    changed.replaceSubrange(footer + 16..<footer + 20, with: sealed)
    sealed = []
    append(CRC32C.checksum(Array(changed[footer..<footer + 24])), to: &sealed)
    changed.replaceSubrange(footer + 28..<footer + 32, with: sealed)
    return (changed, FileEntry(name: entry.name, length: changed.count, checksum: all))
  }

  private static func number(_ bytes: [UInt8], _ offset: Int) -> Int {
    (0..<8).reduce(0) { $0 | Int(bytes[offset + $1]) << ($1 * 8) }
  }

  private static func append(_ value: UInt32, to bytes: inout [UInt8]) {
    for shift in stride(from: UInt32(0), to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
  }

  private static let numbers: [UInt64] = [
    0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 1 << 32, 1 << 62,
    0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000, 0xffff_ffff_ffff_ffff,
  ]

  /// One to four random changes: a byte, a bit, a number at its limits, bytes copied from elsewhere.
  static func mutate(_ bytes: inout [UInt8], _ range: Range<Int>, _ random: inout SeededGenerator) {
    guard !range.isEmpty else { return }
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let offset = Int.random(in: range, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes[offset] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes[offset] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 2:
        let value = numbers[Int.random(in: 0..<numbers.count, using: &random)]
        let width = [1, 2, 4, 8][Int.random(in: 0..<4, using: &random)]
        for place in 0..<min(width, range.upperBound - offset) {
          bytes[offset + place] = UInt8(truncatingIfNeeded: value >> UInt64(place * 8))
        }
      case 3:
        let from = Int.random(in: range, using: &random)
        for place in 0..<min(8, range.upperBound - max(from, offset)) { bytes[offset + place] = bytes[from + place] }
      default: bytes[offset] = bytes[offset] &+ (Bool.random(using: &random) ? 1 : 255)
      }
    }
  }
}

/// A small index of two kinds with everything in it: several segments, deletions, units, columns, stems, an attachment, and
/// the commit before beside the last.
struct SampleIndex {
  let files: [String: [UInt8]]
  let manifest: Manifest
  let content: IndexContent

  /// - Parameters:
  ///   - records: in the first commit.
  ///   - commits: in all; each of those between makes segments of as many records, which stay unmerged.
  init(records: Int = 4, commits: Int = 2) throws {
    let fileSystem = InMemoryFileSystem()
    var source = RandomRecords(seed: 3)
    var options = CommitScript.options
    options.mergesAsItGoes = commits == 2
    let writer = try IndexWriter(fileSystem, schemas: source.schemas, options: options)
    for commit in 1..<commits {
      for number in (commit - 1) * records..<commit * records {
        _ = try writer.add(source.record("r\(number)"), derived: source.pieces("r\(number)"))
      }
      if commit == 1 { try writer.attach(.targets, Array(0..<40)) }
      _ = try writer.commit()
    }
    _ = try writer.delete(kind: "file", id: "r0")
    _ = try writer.add(source.record("r1"), derived: source.pieces("r1"))
    _ = try writer.commit()
    var files = fileSystem.files
    files[CommitStore.lockName] = nil
    self.files = files
    let snapshot = try Snapshot.open(fileSystem)
    manifest = snapshot.manifest
    content = try IndexContent(snapshot)
  }

  var byteCount: Int { files.values.reduce(0) { $0 + $1.count } }
}
