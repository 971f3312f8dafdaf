import JSONText
import QualityRecords
import TextAnalysis

extension Command {
  static let analyze = Command(
    "analyze", group: .records, "show the tokens that a text is indexed as",
    words: Words("TEXT…", count: 1...Int.max, mayBeginWithDash: true), takesIndex: false,
    details: [
      "Each token has its position in the text, its term, its kind, and the bytes of the text that it stands for, from and to. Tokens at one position are forms of the same word."
    ],
    examples: [
      Example("dossier analyze 'GB 6675-2014 for toys'", "a standard is kept whole and in parts"),
      Example("dossier analyze 家具甲醛释放量", "text without spaces"),
    ],
    exitCodes: [.done]
  ) { invocation in
    let text = invocation.arguments.line
    let buffer = TokenBuffer()
    Analyzer().analyze(text, mode: .index, into: buffer)
    var rows: [TokenRow] = []
    var position = -1
    for index in 0..<buffer.count {
      let token = buffer.tokens[index]
      position += Int(token.positionStep)
      rows.append(TokenRow(buffer, token, position: position))
    }
    if invocation.wantsJSON {
      var writer = JSONWriter()
      writer.beginObject()
      writer.name("tokens")
      writer.beginArray()
      for row in rows { row.write(to: &writer) }
      writer.endArray()
      writer.endObject()
      invocation.output.write(writer.bytes)
      invocation.output.write("\n")
      return .done
    }
    var table = TextTable([
      .init("position", isNumber: true), .init("term"), .init("kind"), .init("from", isNumber: true),
      .init("to", isNumber: true),
    ])
    for row in rows { table.append([String(row.position), row.term, row.kind, String(row.from), String(row.to)]) }
    for line in table.lines(invocation.screen) { invocation.output.writeLine(line) }
    return .done
  }
}

/// One token as it is shown.
private struct TokenRow {
  let position: Int
  let term: String
  let kind: String
  let from: Int
  let to: Int

  init(_ buffer: TokenBuffer, _ token: Token, position: Int) {
    self.position = position
    // A code's term begins with two bytes that keep it apart from words.
    let bytes = buffer.term(token)
    let prefix = token.kind == .code ? CodeForm.termPrefix.count : 0
    term = String(decoding: bytes.dropFirst(prefix), as: UTF8.self)
    kind =
      switch token.kind {
      case .word: "word"
      case .number: "number"
      case .cjkBigram: "pair"
      case .cjkLast: "last"
      case .codePart: "part"
      case .code: "code"
      case .longWord: "long"
      }
    from = Int(token.from)
    to = Int(token.to)
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("position", position)
    writer.member("term", term)
    writer.member("kind", kind)
    writer.member("from", from)
    writer.member("to", to)
    writer.endObject()
  }
}
