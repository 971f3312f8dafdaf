import JSONText
import Records

/// What an ``IndexJob`` did.
public struct IndexAnswer: Answer, Hashable {
  public static var schemaName: String { "index" }

  /// One file that was read.
  public struct File: Hashable, Sendable {
    public var path: String
    public var bytes = 0
    /// Names of ``FileFormat`` and ``TextEncoding``; nil where the file could not be opened.
    public var format: String?
    public var encoding: String?
    public var records = 0
    public var rejected = 0
    /// Not read: it stands in the index as it is.
    public var isUnchanged = false
  }

  public struct UnknownField: Hashable, Sendable {
    /// `kind.member`
    public var field: String
    /// Records that have it.
    public var count: Int
  }

  /// Directory of the index.
  public var index: String
  public var isDryRun = false
  public var indexed = 0
  public var replaced = 0
  public var unchanged = 0
  public var rejected = 0
  /// Commits that were made.
  public var commits: [UInt64] = []
  public var unknownFields: [UnknownField] = []
  public var files: [File] = []
  /// The first rejects, ``shownRejects`` at most; the rejects file has all, or ``RejectsWriter/mostOfOneCause`` of a cause.
  public var rejects: [Reject] = []
  public var rejectsFile: String?
  /// Whether the job was stopped: the index is as the last commit left it.
  public var isInterrupted = false
  public var notes: [String] = []

  /// Rejects that an answer shows: enough to see what is wrong, short enough to read.
  public static let shownRejects = 20

  public var records: Int { indexed + replaced + unchanged }

  public var exitCode: QualityError.ExitCode {
    if isInterrupted { return .interrupted }
    return rejected > 0 || records == 0 ? .partial : .done
  }

  /// The last line of talk.
  public var summary: String {
    "indexed \(indexed), replaced \(replaced), unchanged \(unchanged), rejected \(rejected)"
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("index", index)
    writer.member("dryRun", isDryRun)
    writer.member("indexed", indexed)
    writer.member("replaced", replaced)
    writer.member("unchanged", unchanged)
    writer.member("rejected", rejected)
    writer.name("commits")
    writer.beginArray()
    for commit in commits { writer.int(commit) }
    writer.endArray()
    writer.member("interrupted", isInterrupted)
    writer.name("unknownFields")
    writer.beginArray()
    for field in unknownFields {
      writer.beginObject()
      writer.member("field", field.field)
      writer.member("count", field.count)
      writer.endObject()
    }
    writer.endArray()
    writer.name("files")
    writer.beginArray()
    for file in files { write(file, to: &writer) }
    writer.endArray()
    writer.name("rejects")
    writer.beginArray()
    for reject in rejects {
      writer.beginObject()
      writer.member("file", reject.file)
      writer.member("line", reject.line)
      writer.member("column", reject.column)
      writer.member("reason", reject.reason)
      writer.endObject()
    }
    writer.endArray()
    writer.member("rejectsFile", orNull: rejectsFile)
    writer.member("notes", notes)
    writer.endObject()
  }

  private func write(_ file: File, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("path", file.path)
    writer.member("bytes", file.bytes)
    writer.member("format", orNull: file.format)
    writer.member("encoding", orNull: file.encoding)
    writer.member("records", file.records)
    writer.member("rejected", file.rejected)
    writer.member("unchanged", file.isUnchanged)
    writer.endObject()
  }
}
