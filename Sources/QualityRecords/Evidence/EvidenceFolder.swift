import Digests
import JSONText
import SearchEngine

/// The files of an evidence folder.
enum EvidenceFolder {
  static let hits = "hits.jsonl"
  static let table = "hits.csv"
  static let records = "records.jsonl"
  static let page = "answer.html"
  static let request = "request.json"
  static let manifest = "manifest.json"
  /// Digests of all files but itself, as `sha256sum -c` reads them.
  static let sums = "SHA256SUMS"

  /// Those that every folder has beside ``sums``, in byte order.
  static let required = [page, table, hits, manifest, records, request]
  static let version = 1

  /// A file written piece by piece, with its digest.
  final class Output {
    private let name: String
    private let file: PlainFile
    private var digest = SHA256()
    private var pending: [UInt8] = []

    private static let capacity = 256 << 10

    init(_ name: String, _ folder: PlainFolder) throws(QualityError) {
      self.name = name
      file = try EvidenceFolder.storing { () throws(IndexError) in try folder.create(name) }
    }

    func write(_ text: String) throws(QualityError) { try write(Array(text.utf8)) }

    func write(_ bytes: [UInt8]) throws(QualityError) {
      pending.append(contentsOf: bytes)
      if pending.count >= Self.capacity { try flush() }
    }

    private func flush() throws(QualityError) {
      digest.update(pending)
      try EvidenceFolder.storing { () throws(IndexError) in try file.write(pending) }
      pending.removeAll(keepingCapacity: true)
    }

    func finish() throws(QualityError) -> PackAnswer.File {
      try flush()
      let count = file.count
      try EvidenceFolder.storing { () throws(IndexError) in try file.finish() }
      return PackAnswer.File(name: name, bytes: count, digest: digest.finalized().hexadecimal)
    }
  }

  static func storing<Result>(_ body: () throws(IndexError) -> Result) throws(QualityError) -> Result {
    do throws(IndexError) { return try body() } catch {
      throw QualityError("input-output", "\(error)", exitCode: .inputOutput)
    }
  }

  /// The text of ``sums``: a line a file, in byte order of names.
  static func sums(_ files: [(name: String, digest: String)]) -> String {
    files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }.map { "\($0.digest)  \($0.name)\n" }.joined()
  }
}

/// What was written into an evidence folder.
public struct PackAnswer: Answer, Hashable {
  public struct File: Hashable, Sendable {
    public var name: String
    public var bytes: Int
    /// SHA-256, in hexadecimal.
    public var digest: String
  }

  public var folder: String
  public var query: String
  public var total: Int
  public var commit: UInt64
  public var receipt: String
  public var files: [File]

  public static var schemaName: String { "pack" }
  public var exitCode: QualityError.ExitCode { total == 0 ? .nothingFound : .done }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("folder", folder)
    writer.member("query", query)
    writer.member("total", total)
    writer.member("commit", commit)
    writer.member("receipt", receipt)
    writer.name("files")
    writer.beginArray()
    for file in files {
      writer.beginObject()
      writer.member("name", file.name)
      writer.member("bytes", file.bytes)
      writer.member("sha256", file.digest)
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
  }
}
