import Storage
import Testing

@testable import SearchEngine

/// Files of another version are told apart from damage: the remedy is another.
@Suite struct VersionTests {
  private static func opening(_ version: UInt32) throws -> IndexError? {
    let sample = try SampleIndex(records: 2)
    let name = Manifest.fileName(sample.manifest.generation)
    let bytes = try #require(sample.files[name])
    let changed = SealedFile.change(bytes, FileEntry(name: name, length: bytes.count, checksum: 0)) { bytes, _ in
      for place in 0..<4 { bytes[8 + place] = UInt8(truncatingIfNeeded: version >> UInt32(place * 8)) }
    }
    var files = sample.files
    files[name] = changed.bytes
    do throws(IndexError) {
      _ = try Snapshot.open(InMemoryFileSystem(files))
      return nil
    } catch { return error }
  }

  @Test func aLaterVersionIsTooNew() throws {
    for version in [IndexFileFormat.version + 1, 99, .max] {
      guard case .tooNew(_, version, IndexFileFormat.version)? = try Self.opening(version) else {
        Issue.record("version \(version) is not too new")
        continue
      }
    }
    let own = try Self.opening(IndexFileFormat.version)
    #expect(own == nil)
  }

  /// Fault 1: a version of 0, which no writer ever wrote, was called too new, and the advice was to get a newer program.
  @Test func aVersionOfZeroIsDamage() throws {
    guard case .corruption? = try Self.opening(0) else {
      Issue.record("version 0 is not damage")
      return
    }
  }
}
