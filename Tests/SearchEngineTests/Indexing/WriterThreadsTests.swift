import JSONText
import Records
import Storage
import Testing

@testable import SearchEngine

/// Whatever number of threads an index was written by, it is the same index.
@Suite struct WriterThreadsTests {
  private static func options(_ memory: Int, _ threads: Int) -> IndexWriter.Options {
    var options = IndexWriterPropertyTests.options(memory: memory, merges: false)
    options.threads = threads
    return options
  }

  /// Every file of an index by its name.
  private static func files(_ fileSystem: InMemoryFileSystem) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in try fileSystem.list() {
      let contents = try fileSystem.open(name)
      files[name] = withExtendedLifetime(contents) { Array(contents.bytes) }
    }
    return files
  }

  /// Adds, replaces and deletes at random, the same for one seed.
  private static func write(
    _ source: inout RandomRecords, _ steps: Int, into fileSystem: InMemoryFileSystem, _ options: IndexWriter.Options
  ) throws -> (model: IndexModel, flushes: Int) {
    let writer = try IndexWriter(fileSystem, schemas: source.schemas, options: options)
    var model = IndexModel()
    for step in 0..<steps {
      let id = "r\(Int.random(in: 0..<steps / 2, using: &source.random))"
      if step % 9 == 8 {
        let expected = model.delete(id)
        #expect(try writer.delete(kind: "file", id: id) == expected)
        continue
      }
      let (record, pieces) = (source.record(id), source.pieces(id))
      let expected = model.put(record, pieces)
      #expect(try writer.add(record, derived: pieces) == expected)
    }
    _ = try writer.commit()
    return (model, writer.statistics.flushes)
  }

  /// Where everything fits one segment, every byte of it is that of one thread. Duplicates stand in runs of other threads:
  /// the last in the order of the input lives.
  @Test(arguments: 0..<(Full.isOn ? 40 : 6)) func oneSegmentIsTheSameBytes(number: Int) throws {
    let seed = 31_000 + UInt64(number)
    print("seed \(seed)")
    var content: IndexContent?
    var bytes: [String: [UInt8]]?
    for threads in [1, 2, 3] {
      var source = RandomRecords(seed: seed)
      let fileSystem = InMemoryFileSystem()
      // A budget of 24 MB makes runs of 48 KB, some dozens for each thread.
      let (model, flushes) = try Self.write(&source, 1_500, into: fileSystem, Self.options(24 << 20, threads))
      #expect(flushes == 2, "the test is about one segment of each kind")
      let found = try IndexContent(Snapshot.open(fileSystem))
      #expect(found.records == model.records, "seed \(seed), \(threads) threads")
      if let content { #expect(found.difference(content) == nil, "seed \(seed), \(threads) threads") }
      content = found
      // The index's number, which is random, stands in every file.
      var files = try Self.files(fileSystem).filter { !$0.key.hasPrefix("commit") && !$0.key.hasPrefix("manifest") }
      files = files.mapValues { Self.withoutIdentity($0) }
      if let bytes { #expect(Set(bytes.keys) == Set(files.keys)) }
      if let bytes {
        for (name, own) in files {
          let isSame = bytes[name] == own
          #expect(isSame, "\(name), seed \(seed), \(threads) threads")
        }
      }
      bytes = files
    }
  }

  /// The bytes between header and checksums.
  private static func withoutIdentity(_ file: [UInt8]) -> [UInt8] {
    guard file.count > IndexFileFormat.headerLength + IndexFileFormat.footerLength else { return file }
    let start = file.count - IndexFileFormat.footerLength
    let content = file.withUnsafeBytes {
      Int(UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: start + 8, as: UInt64.self)))
    }
    return Array(file[IndexFileFormat.headerLength..<min(content, start)])
  }

  /// With many segments, borders lie elsewhere; what they hold is the same, and the same each time.
  @Test(arguments: 0..<(Full.isOn ? 20 : 3)) func manySegmentsHoldTheSame(number: Int) throws {
    let seed = 32_000 + UInt64(number)
    print("seed \(seed)")
    var content: IndexContent?
    var borders: [Int: [UInt32]] = [:]
    for threads in [1, 2, 2, 4] {
      var source = RandomRecords(seed: seed)
      let fileSystem = InMemoryFileSystem()
      let (model, flushes) = try Self.write(&source, 1_200, into: fileSystem, Self.options(1_500_000, threads))
      #expect(flushes > 4, "the test is about many segments")
      let snapshot = try Snapshot.open(fileSystem)
      let found = try IndexContent(snapshot)
      #expect(found.records == model.records, "seed \(seed), \(threads) threads")
      if let content { #expect(found.difference(content) == nil, "seed \(seed), \(threads) threads") }
      content = found
      let counts = snapshot.segments.map(\.documentCount)
      if let known = borders[threads] { #expect(known == counts, "seed \(seed), \(threads) threads") }
      borders[threads] = counts
      IndexWriterPropertyTests.expectClean(fileSystem, "seed \(seed), \(threads) threads")
    }
  }

  /// Texts without keys, as the benchmark of plain words adds them.
  @Test func textsAreTheSame() throws {
    let schema = Schema(kind: "text", fields: [FieldDefinition(name: "text", type: .text)], keepsUnknownFields: false)
    var contents: [IndexContent] = []
    for threads in [1, 2, 5] {
      var random = SeededGenerator(33_000)
      let fileSystem = InMemoryFileSystem()
      var options = Self.options(16 << 20, threads)
      options.segments = .plain
      let writer = try IndexWriter(fileSystem, schemas: [schema], options: options)
      for _ in 0..<3_000 {
        var text = (0..<Int.random(in: 0..<40, using: &random)).map { _ in
          "word\(Int.random(in: 0..<Int.random(in: 1..<3_000, using: &random), using: &random))"
        }.joined(separator: " ")
        try text.withUTF8 { try writer.add(text: $0, kind: "text") }
      }
      _ = try writer.commit()
      contents.append(try IndexContent(Snapshot.open(fileSystem)))
    }
    #expect(contents[0].kinds["text"]?.lengths.count == 3_000)
    for other in contents.dropFirst() { #expect(other.difference(contents[0]) == nil) }
  }

  // MARK: Failing

  /// A record that a thread cannot take ends the writer with the thread's error: nothing is published, nothing waits for ever,
  /// and the next writer finds the last commit.
  @Test(arguments: [1, 2, 4]) func aThreadsFailureIsTheWriters(threads: Int) throws {
    let schema = Schema(kind: "note", fields: [FieldDefinition(name: "text", type: .text)])
    let fileSystem = InMemoryFileSystem()
    var options = Self.options(8 << 20, threads)
    let record = { (id: Int, words: Int) in
      let text = (0..<words).map { "w\($0)x\(id % 7)" }.joined(separator: " ")
      return Record(kind: "note", id: "n\(id)", body: JSONObject([.init(name: "text", value: .string(text))]))
    }
    try Self.writeFirst(fileSystem, schema, options, record(0, 3))
    // The arena of each thread has room for a fraction of what the large record takes.
    options.segments.headroom = 64 << 10
    options.memory = 1 << 20
    try Self.fail(fileSystem, schema, options, record)
    let snapshot = try Snapshot.open(fileSystem)
    #expect(snapshot.generation == 1)
    #expect(snapshot.recordCount() == 1)
    try Self.writeFirst(fileSystem, schema, Self.options(8 << 20, threads), record(1, 3))
    #expect(try Snapshot.open(fileSystem).recordCount() == 2)
  }

  /// A writer and its lock for one record.
  private static func writeFirst(
    _ fileSystem: InMemoryFileSystem, _ schema: Schema, _ options: IndexWriter.Options, _ record: Record
  ) throws {
    let writer = try IndexWriter(fileSystem, schemas: [schema], options: options)
    _ = try writer.add(record)
    _ = try writer.commit()
  }

  private static func fail(
    _ fileSystem: InMemoryFileSystem, _ schema: Schema, _ options: IndexWriter.Options, _ record: (Int, Int) -> Record
  ) throws {
    let writer = try IndexWriter(fileSystem, schemas: [schema], options: options)
    var failure: IndexError?
    do throws(IndexError) {
      for id in 1..<4_000 { _ = try writer.add(record(id, id == 700 ? 90_000 : 5)) }
      _ = try writer.commit()
    } catch { failure = error }
    guard case .limit? = failure else {
      Issue.record("\(String(describing: failure)), \(options.threads) threads")
      return
    }
    do throws(IndexError) {
      _ = try writer.commit()
      Issue.record("a failed writer went on")
    } catch { if case .writerFailed = error {} else { Issue.record("\(error)") } }
  }

  /// Each call to the file system fails once, while threads code lists: the last commit stands, and the error comes out.
  @Test func faultsOfFilesComeOut() throws {
    var source = RandomRecords(seed: 34_000)
    let records = (0..<300).map { source.record("r\($0)") }
    var call = 1
    var failures = 0
    while true {
      let base = InMemoryFileSystem()
      let faulty = FaultInjectingFileSystem(
        base, fault: Fault(call: call, errno: 28, effect: .refused, persists: false))
      var failure: IndexError?
      do throws(IndexError) {
        let writer = try IndexWriter(faulty, schemas: source.schemas, options: Self.options(2 << 20, 3))
        for record in records { _ = try writer.add(record) }
        _ = try writer.commit()
      } catch { failure = error }
      guard faulty.fired else { break }
      if failure != nil { failures += 1 }
      let report = IndexCheck.run(base, deep: false)
      if failure == nil { #expect(report.isClean, "call \(call): \(report.problems.prefix(2))") }
      do throws(IndexError) {
        let count = try Snapshot.open(base).recordCount(kind: "file")
        var mayStand = failure == nil
        if case .commitOutcomeUnknown? = failure { mayStand = true }
        #expect(mayStand && count == records.count, "call \(call): \(count) records, \(String(describing: failure))")
      } catch { #expect(failure != nil, "call \(call): \(error)") }
      call += Full.isOn ? 1 : 5
    }
    print("\(failures) failed runs, \(call) calls")
    #expect(failures > 10)
  }
}
