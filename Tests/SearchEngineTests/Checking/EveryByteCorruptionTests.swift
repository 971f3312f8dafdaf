import Storage
import Testing

@testable import SearchEngine

/// An index of 200 kB that holds every feature (a small one in the short form), each byte of each file changed: every bit
/// turned over, and the values 0x00 and 0xFF.
///
/// What a change cannot reach is not read again each time. For every change the file is opened and checked as a check does
/// it, and whoever reads its segment without checking gets an error or the right answer; the whole check and the opening
/// of the whole commit are done for one value of every byte.
@Suite struct EveryByteCorruptionTests {
  /// Where a file stands in a commit.
  private struct Place {
    var kind: FileKind
    var entry: FileEntry
    /// 0: the whole index.
    var segment: UInt64
  }

  private struct Figures {
    var bytes = 0
    var changes = 0
    var checks = 0
    var refused = 0
    var identical = 0
    /// Changes of files that only the commit before names: a reader of the newest never opens them.
    var unread = 0
  }

  /// In full and in parts (``Full/part``) the parts together change every byte.
  ///
  /// Cost in full: two million changes, some 0.6 ms of a processor each, optimised.
  @Test func everyBitOfEveryByteIsNoticed() throws {
    let sample = try Full.isOn ? SampleIndex(records: 35, commits: 6) : SampleIndex()
    #expect(sample.byteCount >= 200_000 || !Full.isOn)
    let whole = InMemoryFileSystem(sample.files)
    let snapshot = try Snapshot.open(whole)
    let expected = try snapshot.segments.map { try IndexContent($0) }
    var places: [String: Place] = [:]
    let store = CommitStore(fileSystem: whole)
    for generation in try store.generations() {
      let manifest = try store.manifest(generation)
      for (kind, entry) in manifest.files { places[entry.name] = Place(kind: kind, entry: entry, segment: 0) }
      for segment in manifest.segments {
        for (kind, entry) in segment.files {
          places[entry.name] = Place(kind: kind, entry: entry, segment: segment.id)
        }
      }
    }
    // Sampled, all residues of the step are met in turn from file to file.
    let part = Full.part
    let step = Full.isOn ? part.of : 1_511
    var figures = Figures()
    for (number, (name, bytes)) in sample.files.sorted(by: { $0.key < $1.key }).enumerated() {
      let fileSystem = InMemoryFileSystem(sample.files)
      for offset in stride(from: (number + part.number) % step, to: bytes.count, by: step) {
        figures.bytes += 1
        let values = Set((0..<8).map { bytes[offset] ^ 1 << UInt8($0) } + [0, 0xff]).subtracting([bytes[offset]])
        for (place, value) in values.enumerated() {
          var changed = bytes
          changed[offset] = value
          try fileSystem.overwrite(name, with: changed)
          figures.changes += 1
          let what = "\(name) at \(offset) = \(value)"
          if let place = places[name] { Self.expectNoticed(fileSystem, place, sample.manifest.index, what) }
          if place == 0 || places[name] == nil {
            figures.checks += 1
            if IndexCheck.run(fileSystem, deep: false).isClean { Issue.record("check: \(what)") }
            if let opened = try? Snapshot.open(fileSystem), opened.generation != snapshot.generation {
              Issue.record("another commit is opened: \(what)")
            }
          }
          try Self.read(fileSystem, name, places[name], sample, snapshot, expected, what, &figures)
        }
      }
    }
    print(
      "\(sample.byteCount) bytes in \(sample.files.count) files: \(figures.bytes) changed in \(figures.changes) ways, "
        + "all found; \(figures.checks) whole checks; read without a check \(figures.refused) were refused, "
        + "\(figures.identical) read as they were, \(figures.unread) are of files that the newest commit does not name")
    #expect(figures.changes > 100)
  }

  /// What a check does with one file.
  private static func expectNoticed(_ fileSystem: InMemoryFileSystem, _ place: Place, _ index: UInt64, _ what: String) {
    do throws(IndexError) {
      let identity = FileIdentity(index: index, segment: place.segment)
      try IndexFile(fileSystem, place.entry, kind: place.kind, identity: identity).verifyAll()
      Issue.record("the file passes: \(what)")
    } catch {
      switch error {
      case .corruption, .tooNew: break
      default: Issue.record("\(what): \(error)")
      }
    }
  }

  /// Reads what the changed file is part of, without a check.
  private static func read(
    _ fileSystem: InMemoryFileSystem, _ name: String, _ place: Place?, _ sample: SampleIndex, _ snapshot: Snapshot,
    _ expected: [IndexContent], _ what: String, _ figures: inout Figures
  ) throws {
    guard let place else {
      switch CorruptionTests.answer(sample, fileSystem) {
      case .refused: figures.refused += 1
      case .identical: figures.identical += 1
      case .wrong(let message): Issue.record("\(what): \(message)")
      }
      return
    }
    let manifest = snapshot.manifest
    do throws(IndexError) {
      if let number = manifest.segments.firstIndex(where: { $0.id == place.segment }),
        manifest.segments[number].files[place.kind] == place.entry
      {
        let entry = manifest.segments[number]
        guard let schema = manifest.schema(of: entry.kind) else { return }
        let reader = try SegmentReader(fileSystem, entry, schema: schema, index: manifest.index)
        if let difference = try IndexContent(reader).difference(expected[number]) {
          Issue.record("\(what): \(difference)")
        }
      } else if manifest.files[place.kind] == place.entry {
        let read = try Snapshot.attachment(fileSystem, place.entry, kind: place.kind, index: manifest.index)
        if read != sample.content.attachments[place.kind] { Issue.record("\(what): another attachment") }
      } else {
        figures.unread += 1
        return
      }
      figures.identical += 1
    } catch {
      switch error {
      case .corruption, .tooNew: figures.refused += 1
      default: Issue.record("\(what): \(error)")
      }
    }
  }
}
