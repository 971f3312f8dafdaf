import JSONText

/// One document a file: plain text, Markdown or HTML, taken apart into title, dates, paragraphs and furniture.
///
/// Members: `title` `issuer` `date` `dateNote` `pageDate` `place` `documentNumber` where found; the body as `paragraphs`
/// (a list of strings), or as one `text` for enterprises and inspections; `furniture`, what stood around the body.
/// Malformed characters reject the document with their place.
struct DocumentReader: DetectingReader {
  /// The longest document, as for every other record: hundreds of times a law book's chapter.
  static let largestDocument = 16 << 20

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
      return .rejected(line: 1, column: 1, reason: "document longer than 16 MB", raw: nil)
    }
    if let fault = input.withWindow({ Self.fault($0) }) { return fault }
    if detectedFormat != .html, input.withWindow({ Self.hasManyLines($0) }) {
      let reason = "document of more than \(RecordLimits.maximumLines) lines"
      return .rejected(line: 1, column: 1, reason: reason, raw: nil)
    }
    let text = input.withWindow { String(decoding: $0, as: UTF8.self) }
    input.advance(input.available)
    guard let members = members(of: text) else {
      let reason = "document of more than \(RecordLimits.maximumParagraphs) paragraphs"
      return .rejected(line: 1, column: 1, reason: reason, raw: nil)
    }
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

  private static func hasManyLines(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var lines = 0
    for byte in bytes where byte == 0x0A || byte == 0x0D { lines += 1 }
    return lines > RecordLimits.maximumLines
  }

  private func object(_ document: PageDocument) -> JSONObject { Self.members(of: document, kind: kind) }

  /// Nil when there are too many paragraphs.
  private func members(of text: String) -> JSONObject? {
    switch detectedFormat {
    case .html:
      let page = HTMLPage(parsing: text)
      guard page.blocks.count <= RecordLimits.maximumParagraphs else { return nil }
      var document = PageLayout.document(of: page.blocks, titleHint: page.title)
      document.issuer = page.issuer ?? document.issuer
      document.pageDate = document.pageDate ?? page.pageDate
      return object(document)
    case .markdown:
      let parsed = MarkdownText.parse(text)
      guard parsed.blocks.count <= RecordLimits.maximumParagraphs else { return nil }
      var members = parsed.frontMatter
      for member in object(PageLayout.document(of: parsed.blocks)).members where members[member.name] == nil {
        members.append(member.name, member.value)
      }
      return members
    default:
      let blocks = PlainTextBlocks.blocks(text)
      guard blocks.count <= RecordLimits.maximumParagraphs else { return nil }
      return object(PageLayout.document(of: blocks))
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
