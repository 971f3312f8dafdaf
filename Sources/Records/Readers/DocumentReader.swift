import JSONText

/// One document a file: plain text, Markdown or HTML, taken apart into title, dates, paragraphs and furniture.
///
/// Members: `title` `issuer` `date` `dateNote` `pageDate` `place` `documentNumber` where found; the body as `paragraphs`
/// (a list of strings), or as one `text` for enterprises and inspections; `furniture`, what stood around the body.
/// Malformed characters reject the document with their place.
struct DocumentReader: DetectingReader {
  /// The longest document that is held in memory: thousands of times a law book's chapter.
  static let largestDocument = 64 << 20

  let detectedFormat: FileFormat
  private let input: TextInput
  private let kind: String?
  private var isDone = false

  init(input: TextInput, format: FileFormat, kind: String?) {
    self.input = input
    self.detectedFormat = format
    self.kind = kind
  }

  var detectedEncoding: TextEncoding? { input.encoding }

  mutating func next() throws(RecordError) -> RowResult? {
    if isDone { return nil }
    isDone = true
    try input.fill(Self.largestDocument + 1)
    if input.available > Self.largestDocument {
      return .rejected(line: 1, column: 1, reason: "document longer than 64 MB", raw: nil)
    }
    if let fault = input.withWindow({ Self.fault($0) }) { return fault }
    let text = input.withWindow { String(decoding: $0, as: UTF8.self) }
    input.advance(input.available)
    let members = members(of: text)
    if members.isEmpty {
      return .rejected(line: 1, column: 1, reason: "no text in the document", raw: nil)
    }
    return .row(SourceRow(members: members, line: 1, column: 1))
  }

  private static func fault(_ bytes: UnsafeBufferPointer<UInt8>) -> RowResult? {
    if let invalid = UTF8Text.firstInvalid(bytes) {
      let place = UTF8Text.place(of: invalid, in: bytes)
      return .rejected(line: place.line, column: place.column, reason: "malformed characters", raw: nil)
    }
    if let zero = bytes.firstIndex(of: 0) {
      let place = UTF8Text.place(of: zero, in: bytes)
      return .rejected(line: place.line, column: place.column, reason: "NUL byte: is this text?", raw: nil)
    }
    return nil
  }

  private func object(_ document: PageDocument) -> JSONObject { Self.members(of: document, kind: kind) }

  private func members(of text: String) -> JSONObject {
    switch detectedFormat {
    case .html:
      let page = HTMLPage(parsing: text)
      var document = PageLayout.document(of: page.blocks, titleHint: page.title)
      document.issuer = page.issuer ?? document.issuer
      document.pageDate = document.pageDate ?? page.pageDate
      return object(document)
    case .markdown:
      let parsed = MarkdownText.parse(text)
      var members = parsed.frontMatter
      for member in object(PageLayout.document(of: parsed.blocks)).members where members[member.name] == nil {
        members.append(member.name, member.value)
      }
      return members
    default:
      return object(PageLayout.document(of: PlainTextBlocks.blocks(text)))
    }
  }

  /// The members of a document that is taken apart.
  static func members(of document: PageDocument, kind: String?) -> JSONObject {
    var object = JSONObject()
    let plain: [(String, String?)] = [
      ("title", document.title), ("issuer", document.issuer), ("date", document.date), ("dateNote", document.dateNote),
      ("pageDate", document.pageDate), ("place", document.place), ("documentNumber", document.number),
    ]
    for (name, value) in plain {
      if let value { object.append(name, .string(value)) }
    }
    if !document.paragraphs.isEmpty {
      if kind == "enterprise" || kind == "inspection" {
        object.append("text", .string(document.paragraphs.joined(separator: "\n\n")))
      } else {
        object.append("paragraphs", .array(document.paragraphs.map { .string($0) }))
      }
    }
    if !document.furniture.isEmpty { object.append("furniture", .array(document.furniture.map { .string($0) })) }
    return object
  }
}

/// One rejection and nothing else: for files that no reader reads.
struct RefusingReader: DetectingReader {
  let detectedFormat: FileFormat
  let reason: String
  private var isDone = false

  init(format: FileFormat, reason: String) {
    detectedFormat = format
    self.reason = reason
  }

  var detectedEncoding: TextEncoding? { nil }

  mutating func next() throws(RecordError) -> RowResult? {
    if isDone { return nil }
    isDone = true
    return .rejected(line: 1, column: 1, reason: reason, raw: nil)
  }
}
