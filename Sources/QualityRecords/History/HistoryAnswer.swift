import JSONText
import Records
import SearchEngine

/// The history of one enterprise, or those that a name may mean.
public enum HistoryAnswer: Answer {
  case history(EnterpriseHistory)
  case candidates(HistoryCandidates)

  public static var schemaName: String { "history" }

  public var exitCode: QualityError.ExitCode {
    switch self {
    case .history: .done
    case .candidates(let answer): answer.candidates.isEmpty ? .nothingFound : .done
    }
  }

  public var notes: [SearchAnswer.Note] {
    switch self {
    case .history(let history): history.notes
    case .candidates(let answer): answer.notes
    }
  }

  public func write(to writer: inout JSONWriter) {
    switch self {
    case .history(let history): history.write(to: &writer)
    case .candidates(let answer): answer.write(to: &writer)
    }
  }
}

/// Enterprises that a name may mean, the likeliest first.
public struct HistoryCandidates: Sendable {
  public struct Candidate: Hashable, Sendable {
    public var id: String
    public var name: String?
    /// Why it is one: `exact`, `name`, `pinyin`, `fuzzy`.
    public var rung: String
    /// The name of the enterprise that fits.
    public var matched: String?
    /// Where that is a former name, until when it was used.
    public var until: String?
    public var province: String?
    /// Events of its history.
    public var events: Int
  }

  public var asked: String
  public var candidates: [Candidate]
  public var commit: UInt64
  public var notes: [SearchAnswer.Note]
  public var receipt: String

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.name("candidates")
    writer.beginArray()
    for candidate in candidates {
      writer.beginObject()
      writer.member("id", candidate.id)
      writer.member("name", orNull: candidate.name)
      writer.member("rung", candidate.rung)
      writer.member("matched", orNull: candidate.matched)
      writer.member("until", orNull: candidate.until)
      writer.member("province", orNull: candidate.province)
      writer.member("events", candidate.events)
      writer.endObject()
    }
    writer.endArray()
    writer.member("commit", commit)
    writer.name("notes")
    SearchAnswer.Note.write(notes, to: &writer)
    writer.member("receipt", receipt)
    writer.endObject()
  }
}

/// The history of one enterprise.
public struct EnterpriseHistory: Sendable {
  public var file: EnterpriseFile
  /// Licences and certificates of all products.
  public var licences: [LicenceFacts]
  /// The day that was asked for as the last, and what the records tell of it; nil where none was.
  public var asOf: String?
  public var state: StateOnDay?
  /// Dated ones in order, then the undated.
  public var events: [HistoryEvent]
  public var timeline: HistoryTimeline
  public var within: TimeSpan
  public var repeats: [RepeatedViolation]
  /// Pairs that are repeats for some of the days that their dates may mean.
  public var possibleRepeats: [RepeatedViolation]
  public var commit: UInt64
  public var notes: [SearchAnswer.Note]
  public var receipt: String

  public var undated: Int { events.count { $0.days == nil } }
  /// Notes by their worst violation.
  public var severities: [String: Int] {
    events.reduce(into: [:]) { counts, event in
      if let severity = event.severity { counts[severity, default: 0] += 1 }
    }
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.name("enterprise")
    writeHeader(to: &writer)
    writer.name("counts")
    writer.beginObject()
    writer.member("events", events.count)
    writer.member("inspections", events.count { $0.kind == Schema.inspection.kind })
    writer.member("undated", undated)
    writer.name("severity")
    SeverityLadder.write(severities, to: &writer)
    writer.endObject()
    writer.name("events")
    writer.beginArray()
    for event in events { event.write(to: &writer) }
    writer.endArray()
    writer.member("grain", timeline.grain.rawValue)
    writer.name("timeline")
    timeline.write(to: &writer)
    writer.member("outsideTimeline", timeline.outside.count)
    writer.member("within", within.description)
    for (name, pairs) in [("repeats", repeats), ("possibleRepeats", possibleRepeats)] {
      writer.name(name)
      writer.beginArray()
      for pair in pairs { pair.write(to: &writer) }
      writer.endArray()
    }
    writer.member("asOf", orNull: asOf)
    writer.member("commit", commit)
    writer.name("notes")
    SearchAnswer.Note.write(notes, to: &writer)
    writer.member("receipt", receipt)
    writer.endObject()
  }

  private func writeHeader(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("id", file.id)
    writer.member("name", orNull: file.name)
    writer.member("aliases", file.aliases)
    writer.name("formerNames")
    writer.beginArray()
    for former in file.formerNames {
      writer.beginObject()
      writer.member("name", former.name)
      writer.member("until", orNull: former.until?.description)
      writer.endObject()
    }
    writer.endArray()
    for (name, text) in [
      ("province", file.province), ("city", file.city), ("bureau", file.bureau), ("status", file.status),
    ] { writer.member(name, orNull: text) }
    writer.name("export")
    if let export = file.export { writer.bool(export) } else { writer.null() }
    writer.name("licences")
    writer.beginArray()
    for licence in licences {
      writer.beginObject()
      writer.member("code", licence.code)
      writer.member("type", licence.type)
      writer.member("products", licence.products)
      writer.member("issued", orNull: licence.issued?.description)
      writer.name("suspended")
      writer.beginArray()
      for suspension in licence.suspensions {
        writer.beginObject()
        writer.member("from", suspension.from.description)
        writer.member("until", orNull: suspension.until?.description)
        writer.endObject()
      }
      writer.endArray()
      writer.endObject()
    }
    writer.endArray()
    writer.name("products")
    writer.beginArray()
    for product in file.products {
      writer.beginObject()
      writer.member("id", product.id)
      writer.member("name", orNull: product.name)
      writer.member("category", orNull: product.category)
      writer.endObject()
    }
    writer.endArray()
    writer.name("state")
    if let state { state.write(to: &writer) } else { writer.null() }
    writer.endObject()
  }
}

extension SearchAnswer.Note {
  /// Notes as every answer gives them.
  static func write(_ notes: [SearchAnswer.Note], to writer: inout JSONWriter) {
    writer.beginArray()
    for note in notes {
      writer.beginObject()
      writer.member("code", note.code)
      writer.member("message", note.message)
      writer.member("at", note.at)
      writer.member("hint", note.hint)
      writer.endObject()
    }
    writer.endArray()
  }
}
