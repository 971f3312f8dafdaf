import JSONText
import Records
import Synchronization

/// Reads the files of a job, counts bytes, and notes what each file was taken for.
struct RecordReader {
  /// What is known when all is read.
  struct Report: Sendable {
    var unknownMembers: [String: Int] = [:]
    /// By path.
    var files: [String: FileNotes] = [:]
  }

  struct FileNotes: Sendable {
    var bytes = 0
    var format: String?
    var encoding: String?
  }

  /// Records of a batch at most: a queue operation costs a few microseconds, a record some tens.
  static let batchCount = 128
  /// Bytes of memory after which a batch ends early. Counted on what was read rather than in the file, which may be packed.
  static let batchBytes = 512 << 10
  /// A batch of more holds a record that is indexed before anything else is read.
  static let largeBatch = 1 << 20

  private var source: RecordSource
  private let log: ReadingLog

  /// - Parameter given: what `-` stands for; nil: standard input.
  init(_ inputs: [RecordInput], given: [UInt8]? = nil, bytesRead: SharedCount) {
    let log = ReadingLog(bytesRead)
    self.log = log
    source = RecordSource(
      inputs: inputs,
      openBytes: { (path) throws(RecordError) -> any ByteSource in
        if path == "-", let given { return CountedBytes(MemoryByteSource(given), log.counter(path)) }
        return CountedBytes(try RecordSource.openFile(path), log.counter(path))
      },
      openRows: { (path, bytes, format, kind) throws(RecordError) -> any RowReader in
        let reader = try Records.openRows(path: path, source: bytes, format: format, kind: kind, encoding: nil)
        log.opened(path, reader)
        return reader
      })
  }

  /// Records and rejects that are handed over at once.
  struct Batch: Sendable {
    var results: [RecordResult] = []
    /// Bytes that they take in memory, about.
    var memory = 0
    var isLarge: Bool { memory > RecordReader.largeBatch }
  }

  /// The next records and rejects; empty at the end.
  mutating func nextBatch() -> Batch {
    var batch = Batch()
    while batch.results.count < Self.batchCount, batch.memory < Self.batchBytes {
      guard let result = source.next() else { break }
      batch.results.append(result)
      batch.memory += Self.memory(of: result)
    }
    return batch
  }

  private static func memory(of result: RecordResult) -> Int {
    switch result {
    case .record(let record, _): memory(of: record.body)
    case .rejected(let reject): (reject.row.map { memory(of: $0) } ?? 0) + (reject.raw?.utf8.count ?? 0)
    }
  }

  /// Strings, and the places where values stand.
  private static func memory(of object: JSONObject) -> Int {
    object.members.reduce(64) { $0 + 40 + $1.name.utf8.count + memory(of: $1.value) }
  }

  private static func memory(of value: JSONValue) -> Int {
    switch value {
    case .null, .bool: 0
    case .number(let text), .string(let text): text.utf8.count
    case .array(let values): values.reduce(64) { $0 + 24 + memory(of: $1) }
    case .object(let object): memory(of: object)
    }
  }

  func report() -> Report { Report(unknownMembers: source.unknownMembers, files: log.finished()) }
}

/// A count that one thread raises and others look at.
final class SharedCount: Sendable {
  private let count = Atomic<Int>(0)

  var value: Int { count.load(ordering: .relaxed) }
  func add(_ more: Int) { count.wrappingAdd(more, ordering: .relaxed) }
}

/// What the reading thread has opened. Of one thread alone.
private final class ReadingLog {
  let bytesRead: SharedCount
  private var counters: [String: ByteCounter] = [:]
  private var notes: [String: RecordReader.FileNotes] = [:]
  private var open: [(path: String, reader: any DetectingReader)] = []

  /// Readers asked for their encoding when later ones are opened. A file and those folded into it are open together.
  private static let openLimit = 8

  init(_ bytesRead: SharedCount) { self.bytesRead = bytesRead }

  func counter(_ path: String) -> ByteCounter {
    let counter = ByteCounter(bytesRead)
    counters[path] = counter
    return counter
  }

  func opened(_ path: String, _ reader: any DetectingReader) {
    open.append((path, reader))
    if open.count > Self.openLimit { close(open.removeFirst()) }
  }

  private func close(_ file: (path: String, reader: any DetectingReader)) {
    notes[file.path] = RecordReader.FileNotes(
      bytes: counters[file.path]?.count ?? 0, format: file.reader.detectedFormat.rawValue,
      encoding: file.reader.detectedEncoding?.rawValue ?? "US-ASCII")
  }

  func finished() -> [String: RecordReader.FileNotes] {
    for file in open { close(file) }
    open = []
    return notes
  }
}

private final class ByteCounter {
  private let all: SharedCount
  private(set) var count = 0

  init(_ all: SharedCount) { self.all = all }

  func add(_ more: Int) {
    count += more
    all.add(more)
  }
}

private struct CountedBytes: ByteSource {
  private var source: any ByteSource
  private let counter: ByteCounter

  init(_ source: any ByteSource, _ counter: ByteCounter) {
    self.source = source
    self.counter = counter
  }

  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(RecordError) -> Int {
    let count = try source.read(into: buffer)
    counter.add(max(0, count))
    return count
  }
}
