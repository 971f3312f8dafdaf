import JSONText
import Records

/// The paragraphs of a directive as records of their own: kind `passage`, id `ID#pN`. They rank by the statistics of
/// paragraphs, and go when their directive goes.
enum DirectivePassages {
  /// One record for each paragraph that has a text; none for records of other kinds.
  static func of(_ record: Record) -> [Record] {
    guard record.kind == Schema.directive.kind, let paragraphs = record.body["paragraphs"]?.arrayValue else {
      return []
    }
    return paragraphs.compactMap { paragraph in
      guard let number = paragraph["n"], let n = number.intValue, let text = paragraph["text"] else { return nil }
      var body = JSONObject()
      if let title = record.body["title"] { body.append("title", title) }
      body.append("text", text)
      for name in ["issuer", "date"] { if let value = record.body[name] { body.append(name, value) } }
      body.append("directive", .string(record.id))
      body.append("n", number)
      return Record(kind: Schema.passage.kind, id: id(of: n, in: record.id), body: body)
    }
  }

  static func id(of number: Int, in directive: String) -> String { "\(directive)#p\(number)" }

  /// `dir-0001` and 3 of `dir-0001#p3`; nil for any other text.
  static func parts(of id: String) -> (directive: String, number: Int)? {
    guard let mark = id.lastIndex(of: "#") else { return nil }
    let rest = id[id.index(after: mark)...]
    guard rest.first == "p", let number = Int(rest.dropFirst()), number > 0, mark > id.startIndex else { return nil }
    return (String(id[..<mark]), number)
  }
}
