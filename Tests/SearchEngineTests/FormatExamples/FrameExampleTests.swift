import Storage
import Testing

@testable import SearchEngine

/// The example of `Frame.md`: a thesaurus of one line.
struct FrameExampleTests {
  static let identity = FileIdentity(index: 0x0123_4567_89ab_cdef, segment: 0)
  static let name = "thesaurus-4.thesaurus"

  private func write() throws -> (bytes: [UInt8], entry: FileEntry) {
    let fileSystem = InMemoryFileSystem()
    let file = try IndexFileWriter(fileSystem, name: Self.name, kind: .thesaurus, identity: Self.identity)
    try file.beginSection(Snapshot.attachmentSection)
    for byte in "toys\n".utf8 { try file.write(uint8: byte) }
    file.endSection()
    let entry = try file.finish()
    return (try fileSystem.read(Self.name, limit: .max), entry)
  }

  @Test func pageShowsWhatIsWritten() throws {
    let (bytes, entry) = try write()
    try DocumentedExample("Frame").expect(0, bytes)
    #expect(entry.length == bytes.count)
  }

  @Test func whatThePageShowsCanBeRead() throws {
    let shown = try #require(try DocumentedExample("Frame").blocks.first)
    let fileSystem = InMemoryFileSystem([Self.name: shown])
    let entry = FileEntry(name: Self.name, length: shown.count, checksum: try write().entry.checksum)
    let file = try IndexFile(fileSystem, entry, kind: .thesaurus, identity: Self.identity)
    var reader = try file.section(Snapshot.attachmentSection).reader()
    #expect(Array(try reader.bytes(reader.remaining)) == Array("toys\n".utf8))
  }

  /// The frame of the example is guarded byte by byte, as the page says.
  @Test func everyByteIsGuarded() throws {
    let (bytes, entry) = try write()
    for offset in bytes.indices {
      for change in [UInt8(0x01), 0x80, 0xff] {
        var changed = bytes
        changed[offset] ^= change
        #expect(throws: IndexError.self, "byte \(offset) xor \(change)") {
          let fileSystem = InMemoryFileSystem([Self.name: changed])
          let file = try IndexFile(fileSystem, entry, kind: .thesaurus, identity: Self.identity)
          try file.verifyAll()
        }
      }
    }
    for length in bytes.indices {
      #expect(throws: IndexError.self, "cut to \(length) bytes") {
        let cut = InMemoryFileSystem([Self.name: Array(bytes.prefix(length))])
        _ = try IndexFile(cut, entry, kind: .thesaurus, identity: Self.identity)
      }
    }
  }
}
