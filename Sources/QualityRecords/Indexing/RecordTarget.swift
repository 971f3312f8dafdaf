import JSONText
import Records
import SearchEngine

/// Where the records of an ``IndexJob`` go.
protocol RecordTarget: AnyObject {
  /// Properties of the commit that is there.
  var properties: JSONObject { get }
  func add(_ record: Record) throws(IndexError) -> IndexWriter.Outcome
  func attach(_ kind: FileKind, _ bytes: [UInt8]) throws(IndexError)
  /// The number of the commit that was made; nil where nothing had changed.
  func commit(_ properties: JSONObject) throws(IndexError) -> UInt64?
}

/// An index being written.
final class WriterTarget: RecordTarget {
  private let writer: IndexWriter
  let properties: JSONObject
  private var hasChanges = false

  /// Takes the writer's lock before it looks at what is there.
  init(path: String, memory: Int?, threads: Int = 1, mapped: Bool = true) throws(IndexError) {
    writer = try IndexDirectory.writer(
      path: path, schemas: IndexJob.schemas, options: IndexJob.writerOptions(memory: memory, threads: threads),
      create: true, mapped: mapped)
    properties =
      writer.generation > 0 ? try IndexDirectory.open(path: path, mapped: mapped).manifest.properties : JSONObject()
  }

  func add(_ record: Record) throws(IndexError) -> IndexWriter.Outcome {
    let outcome = try writer.add(record, derived: DirectivePassages.of(record))
    switch outcome {
    case .added, .replaced: hasChanges = true
    case .unchanged, .refused: break
    }
    return outcome
  }

  func attach(_ kind: FileKind, _ bytes: [UInt8]) throws(IndexError) { try writer.attach(kind, bytes) }

  func commit(_ properties: JSONObject) throws(IndexError) -> UInt64? {
    // What is known of files is no reason for a commit of its own: answers and cursors hold for one commit.
    let before = writer.generation
    let after = try writer.commit(properties: hasChanges || before == 0 ? properties : nil)
    hasChanges = false
    return after == before ? nil : after
  }
}

/// Tells what a run would do, without the lock and without writing.
final class DryRunTarget: RecordTarget {
  private let snapshot: Snapshot?
  private var seen: Set<Key> = []

  private struct Key: Hashable {
    var kind: String
    var id: String
  }

  var properties: JSONObject { JSONObject() }

  init(path: String, mapped: Bool = true) throws(IndexError) {
    do throws(IndexError) {
      snapshot = try IndexDirectory.open(path: path, mapped: mapped)
    } catch {
      guard case .missing = error else { throw error }
      snapshot = nil
    }
  }

  func add(_ record: Record) throws(IndexError) -> IndexWriter.Outcome {
    var writer = JSONWriter()
    writer.object(record.json)
    if let reason = LargeRecord.refusal(of: record, length: writer.bytes.count) { return .refused(reason) }
    let isFirst = seen.insert(Key(kind: record.kind, id: record.id)).inserted
    guard let stored = try snapshot?.record(kind: record.kind, id: record.id) else {
      return isFirst ? .added : .replaced
    }
    return stored == writer.bytes ? .unchanged : .replaced
  }

  func attach(_ kind: FileKind, _ bytes: [UInt8]) throws(IndexError) {}

  func commit(_ properties: JSONObject) throws(IndexError) -> UInt64? { nil }
}

/// A small file, read whole.
enum SmallFile {
  /// Bytes of a thesaurus or of targets: a hundred times the national product catalogue.
  static let maximumLength = 16 << 20

  static func read(_ path: String) throws(RecordError) -> [UInt8] {
    let source = try FileByteSource(path: path)
    var bytes: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 1)
    defer { buffer.deallocate() }
    while true {
      let count = try source.read(into: buffer)
      guard count > 0 else { return bytes }
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<min(count, buffer.count)]))
      guard bytes.count <= maximumLength else {
        throw RecordError(.tooLarge, file: path, message: "expected at most \(maximumLength >> 20) MB")
      }
    }
  }
}
