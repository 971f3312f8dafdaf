import JSONText
import Records
import SearchEngine

/// A record or a paragraph, or those that an id may mean.
public enum ShowAnswer: Answer, Hashable {
  case record(id: String, kind: String, JSONObject)
  /// A paragraph; the record is the paragraph's own.
  case passage(id: String, text: String, JSONObject)
  /// A paragraph that was asked for by a link with a fingerprint, where it is now.
  case linked(id: String, text: String, JSONObject, PassageLink.Outcome)
  case candidates([Candidate])

  public struct Candidate: Hashable, Sendable {
    public var id: String
    public var kind: String
    public var title: String
  }

  public static var schemaName: String { "show" }
  public var exitCode: QualityError.ExitCode { .done }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    switch self {
    case .record(let id, let kind, let record):
      writer.member("id", id)
      writer.member("kind", kind)
      writer.member("record", .object(record))
    case .passage(let id, let text, let record):
      writer.member("id", id)
      writer.member("kind", Schema.passage.kind)
      writer.member("text", text)
      writer.member("record", .object(record))
    case .linked(let id, let text, let record, let outcome):
      writer.member("id", id)
      writer.member("kind", Schema.passage.kind)
      writer.member("text", text)
      writer.member("record", .object(record))
      writer.name("link")
      outcome.write(to: &writer)
    case .candidates(let candidates):
      writer.name("candidates")
      writer.beginArray()
      for candidate in candidates {
        writer.beginObject()
        writer.member("id", candidate.id)
        writer.member("kind", candidate.kind)
        writer.member("title", candidate.title)
        writer.endObject()
      }
      writer.endArray()
    }
    writer.endObject()
  }
}

extension QualityIndex {
  /// The record that an id means: `ID`, `KIND/ID`, or `ID#pN` for a paragraph of a directive. Of several indexes, the first
  /// one that has a record of that kind and id gives it.
  ///
  /// - Throws: `no-such-id`; what reading the index throws.
  public func show(_ text: String) throws(QualityError) -> ShowAnswer {
    let found = try reading { () throws(IndexError) in try records(called: text) }
    if found.count == 1 { return .record(id: found[0].id, kind: found[0].kind, found[0].members) }
    if found.count > 1 {
      return .candidates(
        found.map {
          ShowAnswer.Candidate(
            id: $0.id, kind: $0.kind, title: RecordTitle.of(kind: $0.kind, id: $0.id, $0.members, enterprise: nil))
        })
    }
    if DirectivePassages.parts(of: text) != nil || !PlaceScanner.mentions(in: text).isEmpty,
      let found = try passage(called: text)
    {
      let passage = found.record
      let shown = passage.body["text"]?.stringValue ?? ""
      guard let outcome = found.outcome else { return .passage(id: passage.id, text: shown, passage.json) }
      return .linked(id: passage.id, text: shown, passage.json, outcome)
    }
    throw QualityError("no-such-id", "no record has the id '\(text)'", hint: "search for it: dossier search \(text)")
  }

  struct Found {
    var kind: String
    var id: String
    var members: JSONObject
  }

  /// The records that `ID` or `KIND/ID` may mean, one a kind.
  func records(called text: String) throws(IndexError) -> [Found] {
    var found: [Found] = []
    for kind in Schema.recordKinds.map(\.kind) {
      if let members = try members(kind: kind, id: text) { found.append(Found(kind: kind, id: text, members: members)) }
      guard text.hasPrefix("\(kind)/") else { continue }
      let id = String(text.dropFirst(kind.count + 1))
      if let members = try members(kind: kind, id: id) { found.append(Found(kind: kind, id: id, members: members)) }
    }
    return found
  }

  func members(kind: String, id: String) throws(IndexError) -> JSONObject? {
    for snapshot in snapshots {
      guard let bytes = try snapshot.record(kind: kind, id: id) else { continue }
      guard let members = StoredRecord.members(bytes) else {
        throw .corruption(
          IndexCorruption(file: "stored records", offset: 0, expected: "a JSON object", found: "something else"))
      }
      return members
    }
    return nil
  }
}
