import JSONText

/// What is wrong around an index, most urgent first, each with the command that mends it or shows where to.
public struct DoctorAnswer: Answer, Hashable {
  public struct Finding: Hashable, Sendable {
    public enum Weight: String, Sendable {
      /// Answers are missing or wrong, or the next change will fail.
      case error
      /// It will be, if it goes on so; or answers lack what is not in the index.
      case warning
      /// Gaps in the records themselves.
      case note
    }

    /// Stable: `disk-space`, `odd-dates`, ….
    public let code: String
    public let weight: Weight
    /// What it is about: a path, an index.
    public let subject: String
    public let message: String
    /// A line for the shell.
    public let command: String
  }

  public internal(set) var findings: [Finding] = []
  /// What was looked at.
  public internal(set) var looked: [String] = []

  public static var schemaName: String { "doctor" }

  /// 4 for an index that is damaged or missing, 1 when anything else is found that is more than a gap in the records.
  public var exitCode: QualityError.ExitCode {
    if findings.contains(where: { DoctorJob.indexCodes.contains($0.code) }) { return .index }
    return findings.contains { $0.weight != .note } ? .nothingFound : .done
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.name("findings")
    writer.beginArray()
    for finding in findings {
      writer.beginObject()
      writer.member("code", finding.code)
      writer.member("weight", finding.weight.rawValue)
      writer.member("subject", finding.subject)
      writer.member("message", finding.message)
      writer.member("command", finding.command)
      writer.endObject()
    }
    writer.endArray()
    writer.member("looked", looked)
    writer.endObject()
  }
}
