import JSONText

/// A `.docx` file as one document: its paragraphs in reading order, tables a row a line, title and dates found as in plain
/// text. Deleted text, field codes, comments, notes and the copies for older programs are left out.
struct WordDocumentReader: DetectingReader {
  static let documentPart = "word/document.xml"
  private static let propertiesPart = "docProps/core.xml"
  /// Bytes of text that are held in memory: as for any document.
  static let largestText = DocumentReader.largestDocument

  private let archive: ZipArchive
  private let kind: String?
  private var isDone = false

  init(archive: ZipArchive, kind: String?) {
    self.archive = archive
    self.kind = kind
  }

  var detectedFormat: FileFormat { .docx }
  var detectedEncoding: TextEncoding? { .utf8 }

  mutating func next() throws(RecordError) -> RowResult? {
    if isDone { return nil }
    isDone = true
    guard let scanner = try OfficeFile.scanner(archive, Self.documentPart) else { return nil }
    var blocks = WordBlocks()
    while let event = try scanner.next() {
      guard try blocks.take(event) else {
        return .rejected(line: 1, column: 1, reason: "document longer than \(Self.largestText >> 20) MB", raw: nil)
      }
    }
    blocks.finish()
    let document = PageLayout.document(of: blocks.blocks, titleHint: try title())
    let members = DocumentReader.members(of: document, kind: kind)
    guard !document.paragraphs.isEmpty || document.title != nil else {
      return .rejected(line: 1, column: 1, reason: "no text in the document", raw: nil)
    }
    return .row(SourceRow(members: members, line: 1, column: 1))
  }

  /// What the file's properties call it.
  private func title() throws(RecordError) -> String? {
    guard let scanner = try OfficeFile.scanner(archive, Self.propertiesPart) else { return nil }
    var isTitle = false
    var text: [UInt8] = []
    while let event = try scanner.next() {
      switch event {
      case .start("title", _, let isEmpty): isTitle = !isEmpty
      case .end("title"): isTitle = false
      case .text(let bytes) where isTitle: text += bytes
      default: break
      }
    }
    let title = TextLines.trimmed(String(decoding: text, as: UTF8.self))
    return title.isEmpty ? nil : title
  }
}

/// Gathers blocks from the pieces of `word/document.xml`.
struct WordBlocks {
  private(set) var blocks: [PageBlock] = []
  private var text: [UInt8] = []
  private var level = 0
  private var isInText = false
  /// Names of the elements inside which nothing is taken, of which one is open, and how deep.
  private static let passedOver: Set<String> = [
    "Fallback", "del", "moveFrom", "delText", "instrText", "sectPr", "rubyPr", "rt", "pPrChange", "rPrChange",
  ]
  private var skipped = 0
  /// Elements open since one was passed over: elements of that name may hold others of it.
  private var skippedName = ""
  private var isInProperties = false
  private var tableDepth = 0
  private var cells: [String] = []
  private var cell: [String] = []
  private var length = 0

  /// False when the text grows too long.
  mutating func take(_ event: XMLScanner.Event) throws(RecordError) -> Bool {
    switch event {
    case .tooLong: return false
    case .text(let bytes):
      guard isInText, skipped == 0 else { return true }
      text += bytes
      length += bytes.count
      return length <= WordDocumentReader.largestText
    case .start(let name, let attributes, let isEmpty):
      if skipped > 0 {
        if name == skippedName, !isEmpty { skipped += 1 }
      } else if Self.passedOver.contains(name) {
        if !isEmpty {
          skipped = 1
          skippedName = name
        }
      } else {
        start(name, attributes, isEmpty: isEmpty)
      }
    case .end(let name):
      if skipped > 0 {
        if name == skippedName { skipped -= 1 }
      } else {
        end(name)
      }
    }
    return true
  }

  mutating func finish() {
    endParagraph()
    while tableDepth > 0 { end("tbl") }
  }

  private mutating func start(_ name: String, _ attributes: [(name: String, value: String)], isEmpty: Bool) {
    switch name {
    case "pPr": isInProperties = !isEmpty
    case "pStyle", "outlineLvl":
      if let value = attributes.first(where: { $0.name == "val" })?.value {
        level = Self.level(name, value) ?? level
      }
    case "t": isInText = !isEmpty
    case "tab" where !isInProperties: text.append(0x20)
    case "br", "cr": text.append(0x0A)
    case "noBreakHyphen": text.append(0x2D)
    case "p" where isEmpty: endParagraph()
    case "tbl" where !isEmpty:
      endParagraph()
      tableDepth += 1
    default: break
    }
  }

  private mutating func end(_ name: String) {
    switch name {
    case "pPr": isInProperties = false
    case "t": isInText = false
    case "p": endParagraph()
    case "tc" where tableDepth > 0:
      cells.append(cell.joined(separator: " "))
      cell = []
    case "tr" where tableDepth == 1: endRow()
    case "tbl" where tableDepth > 0:
      tableDepth -= 1
      if tableDepth == 0 { endRow() }
    default: break
    }
  }

  private mutating func endParagraph() {
    defer {
      text.removeAll(keepingCapacity: true)
      level = 0
    }
    let paragraph = TextLines.trimmed(String(decoding: text, as: UTF8.self))
    guard !paragraph.isEmpty else { return }
    if tableDepth > 0 {
      cell.append(paragraph)
      return
    }
    for line in paragraph.split(separator: "\n") {
      let line = TextLines.trimmed(String(line))
      if !line.isEmpty { blocks.append(PageBlock(text: line, level: level)) }
    }
  }

  private mutating func endRow() {
    if !cell.isEmpty { cells.append(cell.joined(separator: " ")) }
    let line = cells.filter { !$0.isEmpty }.joined(separator: " | ")
    if !line.isEmpty { blocks.append(PageBlock(text: line)) }
    cells = []
    cell = []
  }

  /// `Title` and `Heading1` to `Heading6` in English; other languages' names have the outline level beside them.
  private static func level(_ name: String, _ value: String) -> Int? {
    if name == "outlineLvl" { return Int(value).flatMap { (0...5).contains($0) ? $0 + 1 : nil } }
    let style = value.lowercased()
    if style == "title" { return 1 }
    guard style.hasPrefix("heading"), let number = Int(style.dropFirst(7)), (1...6).contains(number) else { return nil }
    return number
  }
}
