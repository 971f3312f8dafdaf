import JSONText
import Records
import Storage
import Testing

@testable import SearchEngine

/// An index that somebody wrote to do harm: every checksum is right and the rest is not. Reading, checking and merging it
/// may refuse or answer anything; they may not trap, nor run long.
@Suite struct HostileIndexTests {
  /// Opens, reads, checks and merges the segments of a manifest.
  private static func use(
    _ fileSystem: InMemoryFileSystem, _ manifest: Manifest, _ only: UInt64?
  ) -> (isRefused: Bool, problems: Int) {
    var isRefused = false
    var problems = 0
    for entry in manifest.segments where only == nil || entry.id == only {
      guard let schema = manifest.schema(of: entry.kind) else { continue }
      var log = CheckLog(isDeep: true)
      SegmentCheck(
        fileSystem: fileSystem, entry: entry, schema: schema, index: manifest.index, manifestName: "m", mapped: true
      ).run(&log)
      problems += log.report.structures.reduce(0) { $0 + $1.problemCount }
      do throws(IndexError) {
        var alone = manifest
        alone.segments = [entry]
        alone.files = [:]
        let snapshot = try Snapshot.open(alone, fileSystem, pin: nil)
        _ = try IndexContent(snapshot)
      } catch { isRefused = true }
      do throws(IndexError) {
        let reader = try SegmentReader(fileSystem, entry, schema: schema, index: manifest.index)
        let sources = [
          SegmentMerger.Source(reader: reader, live: reader.live.map { LiveDocsBuilder($0) }),
          SegmentMerger.Source(reader: reader, live: nil),
        ]
        _ = try SegmentMerger(InMemoryFileSystem(), index: 1, segment: 9, sources: sources).merge()
      } catch { isRefused = true }
    }
    return (isRefused, problems)
  }

  @Test func nothingTrapsOnFilesWithRightChecksums() throws {
    let sample = try SampleIndex(records: 3)
    let seed: UInt64 = 2026
    var random = SeededGenerator(seed)
    let cases = Full.isOn ? 20_000 : 300
    var refused = 0
    var found = 0
    var slowest = Duration.zero
    let clock = ContinuousClock()
    for number in 0..<cases {
      let place = Int.random(in: sample.manifest.segments.indices, using: &random)
      var manifest = sample.manifest
      var segment = manifest.segments[place]
      let (kind, entry) = try #require(
        segment.files.sorted { $0.key.rawValue < $1.key.rawValue }.randomElement(using: &random))
      let bytes = try #require(sample.files[entry.name])
      let changed = SealedFile.change(bytes, entry) { SealedFile.mutate(&$0, $1, &random) }
      segment.files[kind] = changed.entry
      manifest.segments[place] = segment
      var files: [String: [UInt8]] = [:]
      for file in segment.files.values { files[file.name] = sample.files[file.name] }
      files[entry.name] = changed.bytes
      let start = clock.now
      let answer = Self.use(InMemoryFileSystem(files), manifest, segment.id)
      let time = clock.now - start
      if answer.isRefused { refused += 1 }
      if answer.problems > 0 { found += 1 }
      slowest = max(slowest, time)
      #expect(time < .seconds(Full.isOn ? 1 : 5), "case \(number) of seed \(seed), \(entry.name): \(time)")
    }
    print(
      "hostile segments: \(cases), \(refused) refused, \(found) found by the check, slowest \(slowest), seed \(seed)")
  }

  /// Ordinals of one document that do not rise trapped the writer of the merged column.
  @Test func mergingRefusesOrdinalsThatDoNotRise() throws {
    let schema = Schema(kind: "file", fields: [FieldDefinition(name: "tags", type: .keyword, isList: true)])
    let fileSystem = InMemoryFileSystem()
    do {
      let writer = try IndexWriter(fileSystem, schemas: [schema])
      let tags = JSONValue.array(["a", "b"].map { .string($0) })
      _ = try writer.add(Record(kind: "file", id: "1", body: JSONObject([.init(name: "tags", value: tags)])))
      _ = try writer.commit()
    }
    let manifest = try Snapshot.open(fileSystem).manifest
    var entry = try #require(manifest.segments.first)
    let file = try #require(entry.files[.docValues])
    let bytes = try fileSystem.read(file.name, limit: .max)
    var range = 0..<0
    _ = SealedFile.change(bytes, file) { range = $1 }
    var seen = false
    for place in range {
      for bit in UInt8(0)..<2 {
        let changed = SealedFile.change(bytes, file) { bytes, _ in bytes[place] ^= 1 << bit }
        try fileSystem.overwrite(file.name, with: changed.bytes)
        entry.files[.docValues] = changed.entry
        do throws(IndexError) {
          let reader = try SegmentReader(fileSystem, entry, schema: schema, index: manifest.index)
          let source = SegmentMerger.Source(reader: reader, live: nil)
          _ = try SegmentMerger(InMemoryFileSystem(), index: 1, segment: 9, sources: [source]).merge()
        } catch { seen = seen || "\(error)".contains("rising ordinals") }
      }
    }
    #expect(seen)
  }

  @Test func nothingTrapsOnManifestsWithRightChecksums() throws {
    let sample = try SampleIndex(records: 3)
    let name = Manifest.fileName(sample.manifest.generation)
    let bytes = try #require(sample.files[name])
    let seed: UInt64 = 2027
    var random = SeededGenerator(seed)
    let digits = Array("0123456789".utf8)
    var opened = 0
    let cases = Full.isOn ? 20_000 : 400
    for number in 0..<cases {
      let entry = FileEntry(name: name, length: bytes.count, checksum: 0)
      let changed = SealedFile.change(bytes, entry) { bytes, range in
        guard number % 4 > 0 else { return SealedFile.mutate(&bytes, range, &random) }
        // Another digit: most such manifests are JSON still.
        for _ in 0..<Int.random(in: 1...3, using: &random) {
          let places = range.filter { digits.contains(bytes[$0]) }
          guard let place = places.randomElement(using: &random) else { return }
          bytes[place] = digits.randomElement(using: &random) ?? 0x39
        }
      }
      var files = sample.files
      files[name] = changed.bytes
      let fileSystem = InMemoryFileSystem(files)
      _ = IndexCheck.run(fileSystem, deep: number % 10 == 0)
      if let snapshot = try? Snapshot.open(fileSystem) {
        opened += 1
        _ = try? IndexContent(snapshot)
      }
      // The writer believes what it reads: it must refuse or go on.
      if let writer = try? IndexWriter(fileSystem, schemas: [], options: CommitScript.options) {
        _ = try? writer.mergeFully()
        _ = try? writer.commit()
      }
    }
    print("hostile manifests: \(cases), \(opened) opened, seed \(seed)")
  }

  /// Numbers at their limits in a manifest: sums that would overflow are refused when it is read.
  @Test func manifestsAtTheLimitsAreRefused() throws {
    let sample = try SampleIndex(records: 2)
    let last = UInt64.max
    var broken: [Manifest] = []
    for body: (inout Manifest) -> Void in [
      { $0.nextSegment = last }, { $0.generation = last }, { $0.segments += $0.segments },
      {
        $0.segments = (0..<3).map {
          SegmentEntry(id: UInt64($0), kind: "file", documentCount: 0, totalLength: last / 2, liveCount: 0, files: [:])
        }
      },
    ] {
      var manifest = sample.manifest
      body(&manifest)
      broken.append(manifest)
    }
    for manifest in broken {
      #expect(throws: IndexError.self) { try ManifestDecoder(file: "m").decode(.object(manifest.json)) }
    }
    #expect(try ManifestDecoder(file: "m").decode(.object(sample.manifest.json)) == sample.manifest)
  }
}
