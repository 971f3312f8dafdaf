import Records
import SearchEngine
import Storage

/// `dossier-bench index`: builds an index of plain words from a JSONL file, as the peers of the side-by-side benchmark do.
struct BenchIndex {
  private var jsonl = ""
  private var out = ""
  private var threads = 1
  private var memory = 256

  /// One text field, no stored records.
  static let schema = Schema(
    kind: "text", fields: [FieldDefinition(name: "text", type: .text)], keepsUnknownFields: false)

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    while let flag = rest.popFirst() {
      guard let value = rest.popFirst() else { throw BenchError("\(flag) wants a value") }
      switch flag {
      case "--jsonl": jsonl = value
      case "--out": out = value
      case "--threads": threads = Int(value) ?? 1
      case "--memory": memory = Int(value) ?? 256
      default: throw BenchError("unknown flag \(flag)")
      }
    }
    guard !jsonl.isEmpty, !out.isEmpty else { throw BenchError("--jsonl and --out are wanted") }
  }

  func run() throws {
    let fileSystem = try PosixFileSystem(path: out, create: true)
    let clock = ContinuousClock()
    let start = clock.now
    var options = IndexWriter.Options()
    options.memory = memory << 20
    options.threads = threads
    options.segments = .plain
    let writer = try IndexWriter(fileSystem, schemas: [Self.schema], options: options)
    let slash = jsonl.lastIndex(of: "/")
    let folder = slash.map { String(jsonl[..<$0]) } ?? "."
    let name = slash.map { String(jsonl[jsonl.index(after: $0)...]) } ?? jsonl
    let source = try PosixFileSystem(path: folder.isEmpty ? "/" : folder, create: false)
    var lines = TextLines(try source.open(name))
    var count = 0
    while try lines.next({ try writer.add(text: $0, kind: Self.schema.kind) }) { count += 1 }
    let inverted = clock.now
    _ = try writer.commit()
    let done = clock.now
    print(
      "{\"docs\":\(count),\"version\":\"dossier\",\"stages\":{\"invert_s\":\(Self.seconds(inverted - start)),"
        + "\"commit_s\":\(Self.seconds(done - inverted))},\"flushes\":\(writer.statistics.flushes),"
        + "\"merges\":\(writer.statistics.merges)}")
  }

  static func seconds(_ duration: Duration) -> Double {
    let parts = duration.components
    return Double(parts.seconds) + (Double(parts.attoseconds) / 1e15).rounded() / 1000
  }
}
