import Evaluation
import JSONText
import Records

/// Reads the documents of a test collection into records of ``EvaluationCollection/schema``: id, title and all other text.
///
/// JSON: objects with an id under a usual name; `title` in any case, else `headline`, is the title, and every other member
/// counts as text. SMART: section T is the title, A, B, K and W are text. TREC's tagged form: `DOCNO` is the id, the first
/// of `TITLE`, `HEADLINE`, `HEAD`, `TI`, `HL` the title, every other element but ids and dates text. Tab-separated: id,
/// text, or id, title, text; a first line of column names is passed over.
enum EvaluationDocuments {
  static func records(_ path: String) throws(QualityError) -> [Record] {
    let bytes = try EvaluationFile.bytes(path)
    if bytes.allSatisfy({ $0 <= 0x20 }) { throw QualityError("bad-file", "\(path): expected documents, found none") }
    if EvaluationFile.isJSON(bytes) { return try json(bytes, path) }
    let text = EvaluationFile.text(bytes)
    if SmartEntry.isForm(text) { return try smart(text, path) }
    if TaggedEntry.isForm(text) { return try tagged(text, path) }
    return try tabs(text, path)
  }

  private static func json(_ bytes: [UInt8], _ path: String) throws(QualityError) -> [Record] {
    var records: [Record] = []
    for (number, object) in try EvaluationFile.objects(bytes, path) {
      guard let name = EvaluationFile.idName(of: object), let id = EvaluationFile.id(of: object) else {
        throw EvaluationFile.bad(path, number, "{\"id\",\"title\",\"text\"}", object)
      }
      var body = object
      body[name] = nil
      let titles = ["title", "headline"].compactMap { wanted in
        body.members.first { $0.name.lowercased() == wanted && $0.value.stringValue != nil }?.name
      }
      if let title = titles.first, title != "title", let value = body[title] {
        body[title] = nil
        body["title"] = value
      }
      records.append(Record(kind: EvaluationCollection.schema.kind, id: id, body: body))
    }
    return records
  }

  private static func smart(_ text: String, _ path: String) throws(QualityError) -> [Record] {
    let entries = try EvaluationFile.reading(path) { () throws(EvaluationError) in try SmartEntry.read(text) }
    return entries.map { record($0.id, title: $0.text("T"), text: $0.text("ABKW")) }
  }

  private static let titleElements = ["title", "headline", "head", "ti", "hl"]
  private static let passedOver: Set<String> = [
    "docno", "docid", "fileid", "id", "date", "date1", "length", "parent", "url", "dochdr",
  ]

  private static func tagged(_ text: String, _ path: String) throws(QualityError) -> [Record] {
    let entries = try EvaluationFile.reading(path) { () throws(EvaluationError) in
      try TaggedEntry.read(text, names: ["doc", "document"])
    }
    var records: [Record] = []
    for (number, entry) in entries.enumerated() {
      guard let id = entry.first(["docno", "docid", "id"]) else {
        throw QualityError("bad-file", "\(path): expected <DOCNO> in document \(number + 1), found none")
      }
      let title = titleElements.first { name in entry.parts.contains { $0.name == name } }
      let rest = entry.parts.filter { $0.name != title && !passedOver.contains($0.name) }
      records.append(
        record(
          id, title: entry.parts.filter { $0.name == title }.map(\.text).joined(separator: " "),
          text: rest.map(\.text).joined(separator: " ")))
    }
    return records
  }

  private static func tabs(_ text: String, _ path: String) throws(QualityError) -> [Record] {
    var records: [Record] = []
    var number = 0
    for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      if line.allSatisfy({ $0 <= 0x20 }) { continue }
      let columns = line.split(separator: UInt8(ascii: "\t"), maxSplits: 2, omittingEmptySubsequences: false)
        .map { column in
          String(decoding: column.last == UInt8(ascii: "\r") ? column.dropLast() : column, as: UTF8.self)
        }
      guard columns.count >= 2, let id = columns.first, !id.isEmpty else {
        throw QualityError(
          "bad-file",
          "\(path), line \(number): expected id, tab, text, found \"\(String(Substring(line)).prefix(60))\"",
          hint: "documents are JSON, JSON Lines, tab-separated, or in SMART's (.I) or TREC's (<DOC>) form")
      }
      if number == 1, Topic.idNames.contains(id.lowercased()),
        columns.dropFirst().allSatisfy({ columnNames.contains($0.lowercased()) })
      {
        continue
      }
      records.append(record(id, title: columns.count == 3 ? columns[1] : "", text: columns[columns.count - 1]))
    }
    guard !records.isEmpty else {
      throw QualityError(
        "bad-file", "\(path), line 1: expected documents, found none",
        hint: "documents are JSON, JSON Lines, tab-separated, or in SMART's (.I) or TREC's (<DOC>) form")
    }
    return records
  }

  private static let columnNames: Set<String> = ["title", "text", "contents", "content", "body", "abstract", "passage"]

  private static func record(_ id: String, title: String, text: String) -> Record {
    var body = JSONObject()
    if !title.isEmpty { body["title"] = .string(title) }
    body["text"] = .string(text)
    return Record(kind: EvaluationCollection.schema.kind, id: id, body: body)
  }
}
