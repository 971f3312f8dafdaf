import JSONText

/// Whether an answer is still what its receipt says, or what changed.
public struct VerifyAnswer: Answer, Hashable {
  /// One thing that is not as it was. `then` is nil where it is not known.
  public struct Change: Hashable, Sendable {
    /// `commit`, `query`, `analysis`, `thesaurus`, `total`, `ids`, `receipt`.
    public var what: String
    public var then: String?
    public var now: String
  }

  public var isSame: Bool
  /// The receipt that was given, in its one spelling.
  public var code: String
  /// The receipt of the answer now.
  public var receipt: String
  public var canonical: String
  public var commit: UInt64
  public var total: Int
  public var changes: [Change]
  /// Ids of the page that were not on it, and that are no longer; nil where it is not known what was.
  public var added: [String]?
  public var gone: [String]?

  public static var schemaName: String { "verify" }
  public var exitCode: QualityError.ExitCode { isSame ? .done : .nothingFound }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("result", isSame ? "same" : "changed")
    writer.member("code", code)
    writer.member("receipt", receipt)
    writer.member("canonical", canonical)
    writer.member("commit", commit)
    writer.member("total", total)
    writer.name("changes")
    writer.beginArray()
    for change in changes {
      writer.beginObject()
      writer.member("what", change.what)
      writer.member("then", orNull: change.then)
      writer.member("now", change.now)
      writer.endObject()
    }
    writer.endArray()
    for (name, ids) in [("added", added), ("gone", gone)] {
      if let ids {
        writer.member(name, ids)
      } else {
        writer.name(name)
        writer.null()
      }
    }
    writer.endObject()
  }
}
