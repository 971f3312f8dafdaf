import JSONText
import Records

/// The paragraphs of a directive as records of their own: kind `passage`, id `ID#pN`. They rank by the statistics of
/// paragraphs, and go when their directive goes.
enum DirectivePassages {
  /// One record for each paragraph that has a text; none for records of other kinds.
  /// They are made one by one, as they are asked for.
  static func of(_ record: Record) -> some Sequence<Record> {
    let isDirective = record.kind == Schema.directive.kind
    let paragraphs = isDirective ? record.body["paragraphs"]?.arrayValue ?? [] : []
    // Places are found as the paragraphs go by: those of a directive of the longest kind would be 10 MB beside it.
    var outline = OutlineBuilder(title: record.body["title"]?.stringValue ?? "")
    var rest = paragraphs.makeIterator()
    return sequence(state: ()) { _ -> Record? in
      while let paragraph = rest.next() {
        if let passage = passage(paragraph, of: record, count: paragraphs.count, &outline) { return passage }
      }
      return nil
    }
  }

  private static func passage(
    _ paragraph: JSONValue, of record: Record, count: Int, _ outline: inout OutlineBuilder
  ) -> Record? {
    guard let number = paragraph["n"], let n = number.intValue, let text = paragraph["text"] else { return nil }
    var body = JSONObject()
    if let title = record.body["title"] { body.append("title", title) }
    body.append("text", text)
    for name in ["issuer", "date"] { if let value = record.body[name] { body.append(name, value) } }
    body.append("directive", .string(record.id))
    body.append("n", number)
    guard let place = text.stringValue.map({ outline.entry(n, $0) }) else {
      return Record(kind: Schema.passage.kind, id: id(of: n, in: record.id), body: body)
    }
    if let chapter = place.chapter { body.append("chapter", .number(String(chapter))) }
    if let section = place.section { body.append("section", .number(String(section))) }
    if let article = place.article { body.append("article", .number(String(article))) }
    // Kept and shown, not searched.
    body.append("of", .number(String(count)))
    if !place.path.isEmpty { body.append("path", .array(place.path.map { .string($0) })) }
    for name in ["dateNote", "pageDate"] { if let value = record.body[name] { body.append(name, value) } }
    return Record(kind: Schema.passage.kind, id: id(of: n, in: record.id), body: body)
  }

  static func id(of number: Int, in directive: String) -> String { "\(directive)#p\(number)" }

  /// `dir-0001` and 3 of `dir-0001#p3`, with the fingerprint of `dir-0001#p3~K7Q2M`; nil for any other text.
  static func parts(of id: String) -> (directive: String, number: Int, fingerprint: String?)? {
    guard let mark = id.lastIndex(of: "#"), mark > id.startIndex else { return nil }
    var rest = id[id.index(after: mark)...]
    var fingerprint: String?
    if let tilde = rest.firstIndex(of: "~") {
      fingerprint = String(rest[rest.index(after: tilde)...])
      rest = rest[..<tilde]
    }
    guard rest.first == "p", let number = Int(rest.dropFirst()), number > 0 else { return nil }
    return (String(id[..<mark]), number, fingerprint)
  }
}
