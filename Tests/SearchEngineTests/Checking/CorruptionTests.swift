import Storage
import Testing

@testable import SearchEngine

/// Any byte of any file changed, any file cut, missing, empty or in the place of another: the check finds it, and whoever
/// reads without checking gets a typed error or the right answer.
@Suite struct CorruptionTests {
  enum Answer: Equatable { case refused, identical, wrong(String) }

  static func answer(_ sample: SampleIndex, _ fileSystem: InMemoryFileSystem) -> Answer {
    do throws(IndexError) {
      let snapshot = try Snapshot.open(fileSystem)
      if snapshot.generation != sample.manifest.generation { return .wrong("commit \(snapshot.generation)") }
      return try IndexContent(snapshot).difference(sample.content).map { .wrong($0) } ?? .identical
    } catch {
      switch error {
      case .corruption, .tooNew, .missing: return .refused
      default: return .wrong("\(error)")
      }
    }
  }

  @Test func aByteChangedIsNoticed() throws {
    let sample = try SampleIndex()
    // Sampled, all residues of the step are met in turn from file to file.
    let step = Full.isOn ? 1 : 151
    var changed = 0
    var refused = 0
    for (place, (name, bytes)) in sample.files.sorted(by: { $0.key < $1.key }).enumerated() {
      for offset in stride(from: place % step, to: bytes.count, by: step) {
        for value in Set([bytes[offset] ^ 0xff, 0, bytes[offset] &+ 1]) where value != bytes[offset] {
          var files = sample.files
          files[name]?[offset] = value
          let fileSystem = InMemoryFileSystem(files)
          changed += 1
          if IndexCheck.run(fileSystem, deep: false).isClean { Issue.record("check: \(name) at \(offset) = \(value)") }
          switch Self.answer(sample, fileSystem) {
          case .refused: refused += 1
          case .identical: break
          case .wrong(let message): Issue.record("\(name) at \(offset) = \(value): \(message)")
          }
        }
      }
    }
    print("\(sample.byteCount) bytes in \(sample.files.count) files: \(changed) changes, \(refused) refused unchecked")
    #expect(changed > 100)
  }

  /// In full over an index of 200 kB.
  private static func sampleOfLengths() throws -> SampleIndex {
    try Full.isOn ? SampleIndex(records: 35, commits: 6) : SampleIndex()
  }

  @Test func aFileCutOrLongerIsNoticed() throws {
    let sample = try Self.sampleOfLengths()
    // In full every length: those of one part (``Full/part``) here, the parts together all.
    let part = Full.part
    let step = Full.isOn ? part.of : 229
    var cut = 0
    for (place, (name, bytes)) in sample.files.sorted(by: { $0.key < $1.key }).enumerated() {
      var lengths = Array(stride(from: (place + part.number) % step, to: bytes.count, by: step))
      if step > 1 { lengths += [0, 1, bytes.count - 1] }
      var versions = lengths.map { Array(bytes.prefix($0)) }
      versions += [bytes + [0], bytes + bytes, [UInt8](repeating: 0, count: bytes.count)]
      for version in versions {
        var files = sample.files
        files[name] = version
        try Self.expectNoticed(sample, files, "\(name) of \(version.count) bytes")
        cut += 1
      }
    }
    print("\(sample.byteCount) bytes in \(sample.files.count) files: \(cut) files of another length")
  }

  @Test func aFileMissingOrOfAnotherPlaceIsNoticed() throws {
    let sample = try Self.sampleOfLengths()
    let names = sample.files.keys.sorted()
    var changes = 0
    var random = SeededGenerator(11)
    for name in names {
      var files = sample.files
      files[name] = nil
      // Without its newest manifest an index is the commit before.
      if name != Manifest.fileName(sample.manifest.generation),
        name != Manifest.fileName(sample.manifest.generation - 1)
      {
        try Self.expectNoticed(sample, files, "\(name) missing")
      }
      // All pairs in full, else a sample of them that meets every file.
      let others = Full.isOn ? names : names.shuffled(using: &random).prefix(6).map { $0 }
      for other in others where other != name && sample.files[other] != sample.files[name] {
        var files = sample.files
        files[name] = sample.files[other]
        try Self.expectNoticed(sample, files, "\(other) in the place of \(name)")
        changes += 1
      }
    }
    // The same index again, with its own random number: its files fit nothing here.
    let stranger = try Self.sampleOfLengths()
    for name in names {
      var files = sample.files
      files[name] = stranger.files[name]
      if files[name] != sample.files[name] { try Self.expectNoticed(sample, files, "\(name) of another index") }
    }
    print("\(changes) files in the place of another")
  }

  private static func expectNoticed(_ sample: SampleIndex, _ files: [String: [UInt8]?], _ what: String) throws {
    let fileSystem = InMemoryFileSystem(files.compactMapValues { $0 })
    #expect(!IndexCheck.run(fileSystem, deep: false).isClean, "check: \(what)")
    if case .wrong(let message) = answer(sample, fileSystem) { Issue.record("\(what): \(message)") }
  }
}
