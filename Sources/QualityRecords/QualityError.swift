import JSONText
import QueryLanguage
import Records
import SearchEngine

/// Why a job has no answer: a stable code, what was expected and found, where in the query text, and what to do.
///
/// Its JSON is that of all faces: `{"error":{"code","message","at":[from,to],"hint"}}`.
public struct QualityError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What a process ends with; the numbers are the command line's contract.
  public enum ExitCode: Int32, Sendable {
    case done = 0
    case nothingFound = 1
    /// Usage or query error, no such id or path, expired cursor.
    case usage = 2
    /// Some rows rejected, or cut by the deadline.
    case partial = 3
    /// The index is damaged, missing or too new.
    case index = 4
    /// Input or output failed, or another writer has the lock.
    case inputOutput = 5
    /// A watched search has new hits.
    case newHits = 10
    case interrupted = 130
  }

  public let code: String
  public let message: String
  /// Byte range of the query's UTF-8; nil when it is not about the query's text.
  public let at: Range<Int>?
  public let hint: String
  public let exitCode: ExitCode

  public init(_ code: String, _ message: String, at: Range<Int>? = nil, hint: String = "", exitCode: ExitCode = .usage)
  {
    self.code = code
    self.message = message
    self.at = at
    self.hint = hint
    self.exitCode = exitCode
  }

  public init(_ error: QuerySyntaxError) {
    self.init(error.code.text, error.message, at: error.range, hint: error.hint)
  }

  public init(_ error: SearchError) {
    if let index = error.index {
      self.init(index)
    } else {
      self.init(error.code.rawValue, error.message, at: error.range, hint: error.hint)
    }
  }

  public init(_ error: IndexError) {
    let (code, exitCode, hint): (String, ExitCode, String) =
      switch error.remedy {
      case .build: ("index-missing", .index, "dossier index PATH")
      case .restore: ("index-damaged", .index, "dossier check --deep; restore a backup, or index the records again")
      case .upgrade: ("index-too-new", .index, "use the newer program")
      case .rebuild: ("index-outdated", .index, "index the records again into a new directory")
      case .wait: ("index-locked", .inputOutput, "wait until the other writer has ended; readers are not kept waiting")
      case .system: ("input-output", .inputOutput, "")
      case .reduce: ("limit", .usage, "")
      case .correct: ("unknown-kind", .usage, "")
      }
    self.init(code, "\(error)", hint: hint, exitCode: exitCode)
  }

  public init(_ error: RecordError) {
    switch error.kind {
    case .inputOutput: self.init("input-output", "\(error)", exitCode: .inputOutput)
    case .unreadable: self.init("unreadable", "\(error)")
    case .tooLarge: self.init("limit", "\(error)")
    case .configuration: self.init("configuration", "\(error)")
    }
  }

  public var description: String { hint.isEmpty ? message : "\(message); \(hint)" }

  /// The error as every face gives it.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.name("error")
    writer.beginObject()
    writer.member("code", code)
    writer.member("message", message)
    writer.name("at")
    if let at {
      writer.beginArray()
      writer.int(at.lowerBound)
      writer.int(at.upperBound)
      writer.endArray()
    } else {
      writer.null()
    }
    writer.member("hint", hint)
    writer.endObject()
    writer.endObject()
  }
}

extension QualityError: Answer {
  public static var schemaName: String { "error" }
}
