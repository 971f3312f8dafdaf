import Foundation
import JSONText
import Records
import Storage
import Testing

@testable import SearchEngine

/// The example of `Manifest.md`: the first commit of an index with one segment of two records.
struct ManifestExampleTests {
  static let manifest: Manifest = {
    var manifest = Manifest(index: 0x0123_4567_89ab_cdef, analysis: "1-0badcafe")
    manifest.generation = 1
    manifest.nextSegment = 2
    manifest.schemas = [
      Schema(
        kind: "note",
        fields: [
          FieldDefinition(name: "title", type: .text, weight: 2),
          FieldDefinition(name: "violations.severity", type: .ordered(["minor", "serious"]), isList: true),
        ])
    ]
    manifest.segments = [
      SegmentEntry(
        id: 1, kind: "note", documentCount: 2, totalLength: 14, liveCount: 2,
        files: [.termDictionary: FileEntry(name: "seg-000001.terms", length: 300, checksum: 12345)])
    ]
    return manifest
  }()

  private func publish() throws -> (fileSystem: InMemoryFileSystem, bytes: [UInt8]) {
    let fileSystem = InMemoryFileSystem()
    try CommitStore(fileSystem: fileSystem).publish(Self.manifest)
    return (fileSystem, try fileSystem.read("manifest-000001", limit: .max))
  }

  /// The page shows the JSON on several lines; the file has it without white space.
  @Test func pageShowsTheText() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(
      contentsOf: root.appendingPathComponent("Sources/SearchEngine/SearchEngine.docc/FileFormat/Manifest.md"),
      encoding: .utf8)
    let block = try #require(page.components(separatedBy: "```json\n").dropFirst().first)
    let shown = try #require(block.components(separatedBy: "\n```").first)
    let written = Self.manifest.json.text()
    #expect(shown.filter { !$0.isWhitespace } == written.filter { !$0.isWhitespace }, "the file says\n\(written)")
  }

  @Test func pageShowsTheBytes() throws {
    let bytes = try publish().bytes
    let page = try DocumentedExample("Manifest")
    page.expect(0, bytes.prefix(80))
    page.expect(1, bytes.suffix(68))
  }

  @Test func whatIsWrittenReadsBack() throws {
    let fileSystem = try publish().fileSystem
    let store = CommitStore(fileSystem: fileSystem)
    #expect(try store.generations() == [1])
    #expect(try store.newest() == Self.manifest)
  }
}
