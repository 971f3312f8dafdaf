import JSONText

/// The paragraphs of a directive with the places that its text gives them: articles, and the headings they stand under.
///
///     ¶7   第二章 犯罪                 a heading
///     ¶8   第十三条 一切危害…          chapter 2, article 13
///     ¶9   前款所称…                   chapter 2, article 13, its second paragraph
struct DirectiveOutline: Sendable {
  struct Entry: Hashable, Sendable {
    /// The paragraph's number, from 1.
    var number: Int
    var text: String
    /// From the outermost on: `第二章 犯罪`, `第一节 犯罪和刑事责任`.
    var headings: [String] = []
    var isHeading = false
    var part: Int?
    var chapter: Int?
    var section: Int?
    /// The article that it is, or belongs to.
    var article: Int?
    var insertion: Int?
    /// Its place among the paragraphs of its article, from 1.
    var subparagraph: Int?
  }

  let id: String
  let entries: [Entry]

  /// The outline of a directive's record. Linear in its text.
  init(id: String, _ members: JSONObject) {
    self.id = id
    var entries: [Entry] = []
    var builder = OutlineBuilder(title: members["title"]?.stringValue ?? "")
    for paragraph in members["paragraphs"]?.arrayValue ?? [] {
      guard let number = paragraph["n"]?.intValue, let text = paragraph["text"]?.stringValue else { continue }
      entries.append(builder.entry(number, text))
    }
    self.entries = entries
  }

  /// The paragraph of that number.
  func entry(_ number: Int) -> Entry? { entries.first { $0.number == number } }

  /// The paragraphs that a place means, in order; headings only where a part, chapter or section is asked for.
  func entries(at place: PlaceReference) -> [Entry] {
    entries.filter { entry in
      switch place.kind {
      case .paragraph: return place.numbers.contains(entry.number)
      case .article:
        guard let article = entry.article, place.numbers.contains(article) else { return false }
        if place.numbers.count == 1, entry.insertion != place.insertion { return false }
        return place.subparagraph == nil || entry.subparagraph == place.subparagraph
      case .chapter: return entry.chapter.map(place.numbers.contains) ?? false
      case .section: return entry.section.map(place.numbers.contains) ?? false
      case .part: return entry.part.map(place.numbers.contains) ?? false
      }
    }
  }

  /// How many different numbers of a kind of place there are.
  func count(of kind: PlaceReference.Kind) -> Int {
    func distinct(_ numbers: [Int?]) -> Int { Set(numbers.compactMap { $0 }).count }
    return switch kind {
    case .paragraph: entries.count
    case .article: distinct(entries.map(\.article))
    case .chapter: distinct(entries.map(\.chapter))
    case .section: distinct(entries.map(\.section))
    case .part: distinct(entries.map(\.part))
    }
  }
}

extension DirectiveOutline.Entry {
  /// `第十二条`, `第十二条之一`, `Article 12`, by the language of the paragraph; nil outside articles.
  var articleName: String? {
    guard let article else { return nil }
    let isChinese = isHan || headings.contains { $0.unicodeScalars.contains { $0 == "章" } }
    if isChinese {
      let tail = insertion.map { "之\(ChineseNumber.text($0))" } ?? ""
      let behind = (subparagraph ?? 1) > 1 ? "第\(ChineseNumber.text(subparagraph ?? 1))款" : ""
      return "第\(ChineseNumber.text(article))条\(tail)\(behind)"
    }
    return "Article \(article)" + ((subparagraph ?? 1) > 1 ? ", paragraph \(subparagraph ?? 1)" : "")
  }

  /// Headings, then the article.
  var path: [String] { headings + [isHeading ? nil : articleName].compactMap { $0 } }

  private var isHan: Bool { text.unicodeScalars.prefix(200).contains { (0x4E00...0x9FFF).contains($0.value) } }
}

/// Walks over paragraphs and keeps the headings that stand above.
struct OutlineBuilder {
  private let title: String
  private var open: [(level: Int, text: String)] = []
  private var current = DirectiveOutline.Entry(number: 0, text: "")

  /// A heading is a line: longer paragraphs only begin like one.
  private static let longestHeading = 60

  init(title: String) { self.title = title }

  /// The place of the next paragraph.
  mutating func entry(_ number: Int, _ text: String) -> DirectiveOutline.Entry {
    current.number = number
    current.text = text
    current.isHeading = false
    let (hashes, line) = Self.withoutHashes(text)
    if let level = level(line, hashes) {
      heading(line, level)
    } else if let mark = Self.article(line, after: current.article) {
      current.article = mark.numbers.first
      current.insertion = mark.insertion
      current.subparagraph = 1
    } else if let subparagraph = current.subparagraph {
      current.subparagraph = subparagraph + 1
    }
    current.headings = open.map(\.text)
    return current
  }

  private mutating func heading(_ line: String, _ level: Int) {
    open.removeAll { $0.level >= level }
    // The title of the document is above everything: it says nothing more.
    if line != title { open.append((level, line)) }
    current.isHeading = true
    current.article = nil
    current.insertion = nil
    current.subparagraph = nil
    let number = PlaceScanner.mentions(in: line).first.flatMap {
      $0.range.lowerBound == 0 ? $0.place.numbers.first : nil
    }
    if level <= 1 { current.part = level == 1 ? number : nil }
    if level <= 2 { current.chapter = level == 2 ? number : nil }
    current.section = level == 3 ? number : nil
  }

  /// Marks of Markdown before a heading, and the line without them.
  private static func withoutHashes(_ text: String) -> (count: Int, line: String) {
    let rest = text.drop { $0 == "#" }
    return (text.count - rest.count, String(rest.drop { $0 == " " || $0 == "\u{3000}" }))
  }

  /// 1 for a part, 2 for a chapter, 3 for a section; nil for what is no heading.
  private func level(_ line: String, _ hashes: Int) -> Int? {
    guard !line.isEmpty, line.count <= Self.longestHeading, !line.contains(where: \.isNewline) else { return nil }
    if let last = line.last, "。；;.:：".contains(last) { return nil }
    if let first = PlaceScanner.mentions(in: line).first, first.range.lowerBound == 0 {
      let behind = line.utf8.dropFirst(first.range.upperBound).first
      // 第二章规定的… goes on; a heading has a space behind its number, or nothing.
      let isApart = behind == nil || behind == 0x20 || behind == 0xE3 || hashes > 0
      switch first.place.kind {
      case .part where isApart: return 1
      case .chapter where isApart: return 2
      case .section where isApart: return 3
      default: break
      }
    }
    return hashes > 0 ? min(hashes, 6) : nil
  }

  /// The number of an article whose text begins here: `第十二条 …`, `Article 12. …`; not `第十二条规定的…`, which only names it.
  private static func article(_ line: String, after last: Int?) -> PlaceReference? {
    guard let first = line.unicodeScalars.first, first == "第" || first == "A" || first == "C" || first == "a" else {
      return nil
    }
    let opening = String(line.prefix(24))
    guard let mention = PlaceScanner.mentions(in: opening).first, mention.range.lowerBound == 0,
      mention.place.kind == .article, mention.place.numbers.count == 1, mention.place.subparagraph == nil
    else { return nil }
    let rest = String(decoding: line.utf8.dropFirst(mention.range.upperBound), as: UTF8.self).unicodeScalars
    guard let next = rest.first else { return mention.place }
    if ".:：。—-–【（(\n\u{3000}".unicodeScalars.contains(next) { return mention.place }
    if next == " " || next == "\u{A0}" || next == "\t" {
      guard first != "第" else { return mention.place }
      // `Article 12 of the law` names it; `Article 12 Producers shall …` is it.
      let word = rest.dropFirst().first
      return word.map { !$0.properties.isLowercase } ?? true ? mention.place : nil
    }
    // Written without a space: only where it is the next number, and not a mention of it.
    guard first == "第", let last, mention.place.numbers.first == last + 1 else { return nil }
    return "规規的第、，所至和".unicodeScalars.contains(next) ? nil : mention.place
  }
}
