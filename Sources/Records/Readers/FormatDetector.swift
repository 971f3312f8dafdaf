/// Tells formats by a file's name and by its first bytes.
enum FormatDetector {
  /// The format that an extension stands for, or nil; `.gz` is looked through.
  static func format(ofPath path: String) -> FileFormat? {
    switch FilePath.fileExtension(of: FilePath.unpacked(path)) {
    case "jsonl", "ndjson", "jsonlines": return .jsonLines
    case "json", "geojson": return .json
    case "csv": return .csv
    case "tsv", "tab": return .tsv
    case "md", "markdown", "mdown": return .markdown
    case "txt", "text", "log": return .text
    case "html", "htm", "xhtml", "shtml": return .html
    case "xml", "rss", "atom": return .xml
    case "docx": return .docx
    case "xlsx": return .xlsx
    default: return nil
    }
  }

  /// Files that are opened before their text is read.
  static let gzip: [UInt8] = [0x1F, 0x8B]
  static let zip: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
  static let pdf = Array("%PDF-".utf8)

  /// What kind of binary file this is, in words of a rejection; nil for text.
  static func binary(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    let signatures: [([UInt8], String)] = [
      ([0x7F, 0x45, 0x4C, 0x46], "a program"),
      ([0x89, 0x50, 0x4E, 0x47], "an image"), ([0xFF, 0xD8, 0xFF], "an image"), (Array("GIF8".utf8), "an image"),
      ([0x42, 0x5A, 0x68], "compressed by bzip2: unpack it first"),
      ([0x28, 0xB5, 0x2F, 0xFD], "compressed by Zstandard: unpack it first"),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "compressed by xz: unpack it first"),
      ([0xD0, 0xCF, 0x11, 0xE0], "an office document: export it as CSV or text first"),
      (Array("SQLite format 3".utf8), "a database: export its tables as CSV first"),
    ]
    for (signature, words) in signatures where bytes.starts(with: signature) { return "binary data: \(words)" }
    guard EncodingDetector.byteOrderMark(bytes) == nil, EncodingDetector.unmarkedUTF16(bytes) == nil else { return nil }
    let sample = bytes.prefix(8192)
    // Text has no controls but white space, escape and form feed; 1 in 20 is binary for sure.
    let controls = sample.count { $0 < 0x09 || ($0 > 0x0D && $0 < 0x20 && $0 != 0x1B) }
    return controls * 20 > sample.count ? "binary data: expected text" : nil
  }

  /// The format by content, `named` being what the file's name says.
  static func format(of bytes: UnsafeBufferPointer<UInt8>, isWhole: Bool, named: FileFormat?) -> FileFormat {
    let content = bytes.drop { HTMLTokenizer.isSpace($0) }
    guard let first = content.first else { return named ?? .text }
    let head = String(decoding: content.prefix(4096).map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self).lowercased()
    if first == 0x7B || first == 0x5B {
      let isJSON = looksLikeJSON(content)
      switch named {
      case .json, .jsonLines:
        guard isJSON else { break }
        return isLineOfObject(content) ?? (named == .jsonLines && first == 0x5B ? .json : named ?? .json)
      case .markdown, .text, .html:
        return isJSON && named != .markdown ? isLineOfObject(content) ?? .json : named ?? .text
      default: if isJSON { return isLineOfObject(content) ?? .json }
      }
    }
    if first == 0x3C {
      let isPage = ["<!doctype html", "<html", "<head", "<body"].contains { head.contains($0) }
      if isPage { return named == .markdown ? .markdown : .html }
      if head.hasPrefix("<?xml") { return .xml }
      switch named {
      case .html, .xml, .markdown: return named ?? .xml
      default:
        let tags = ["<p", "<div", "<table", "<span", "<br", "<h1", "<ul", "<a "]
        if tags.contains(where: { head.hasPrefix($0) }) { return .html }
        if head.dropFirst().first.map({ $0.isLetter }) ?? false, head.contains("</") || head.contains("/>") {
          return .xml
        }
      }
    }
    switch named {
    case .csv, .tsv, .markdown: return named ?? .csv
    case .html:
      return head.contains("<") && head.contains(">") ? .html : .text
    case .text: return isTable(bytes, isWhole: isWhole, strictly: true) ? .csv : .text
    case .json, .jsonLines, .xml:
      if first == 0x7B || first == 0x5B || first == 0x3C { return named ?? .json }
      return isTable(bytes, isWhole: isWhole, strictly: false) ? .csv : named ?? .json
    case .docx, .xlsx, nil:
      if head.hasPrefix("---\n") || head.hasPrefix("---\r") || head.hasPrefix("# ") { return .markdown }
      return isTable(bytes, isWhole: isWhole, strictly: true) ? .csv : .text
    }
  }

  private static func looksLikeJSON(_ content: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard let first = content.first else { return false }
    guard let second = content.dropFirst().first(where: { !HTMLTokenizer.isSpace($0) }) else { return true }
    if first == 0x7B { return second == 0x22 || second == 0x7D }
    return second == 0x7B || second == 0x5D || second == 0x5B || second == 0x22 || second == 0x2D
      || (second >= 0x30 && second <= 0x39)
  }

  /// JSON Lines when the first line closes the object that it opens and another object follows.
  private static func isLineOfObject(_ content: Slice<UnsafeBufferPointer<UInt8>>) -> FileFormat? {
    guard content.first == 0x7B, let end = content.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return nil }
    let line = UnsafeBufferPointer(rebasing: content[..<end])
    var extent = JSONExtent()
    guard let length = extent.scan(line, isLast: false), length > 0 else { return nil }
    let rest = content[end...].first { !HTMLTokenizer.isSpace($0) }
    return rest == nil ? nil : .jsonLines
  }

  /// Whether the lines fall into the same number of fields: two or more, or, where the name says otherwise, three or
  /// more short ones on nearly every line.
  private static func isTable(_ bytes: UnsafeBufferPointer<UInt8>, isWhole: Bool, strictly: Bool) -> Bool {
    let found = Dialect.detect(bytes, isWhole: isWhole, preferred: 0x2C)
    guard found.records >= (strictly ? 4 : 2), found.columns >= (strictly ? 3 : 2) else { return false }
    guard found.agreement >= (strictly ? 0.95 : 0.8) else { return false }
    return !strictly || bytes.count / (found.records * found.columns) < 40
  }
}
