/// The blocks of an HTML page in reading order, and what its head says about it.
///
/// A block is furniture when it stands in an element for navigation, headers, footers, asides or forms, in one whose role,
/// class or id is called so, or when it is short and most of it is links. Should that leave no body at all, only the
/// elements count, not the names.
struct HTMLPage {
  private(set) var blocks: [PageBlock] = []
  private(set) var title: String?
  /// What `<meta>` names as the source, as official sites do.
  private(set) var issuer: String?
  private(set) var pageDate: String?

  init(parsing text: String) {
    var builder = HTMLBlockBuilder(Array(text.utf8))
    builder.run()
    title = builder.title.isEmpty ? nil : TextLines.collapsed(builder.title.prefix(1_000))
    issuer = builder.issuer
    pageDate = builder.pageDate
    let marked = builder.blocks.contains { $0.isInMain && $0.outside == .none }
    var strict: [PageBlock] = []
    var loose: [PageBlock] = []
    for block in builder.blocks {
      var isLinks = block.linkWeight * 2 > block.weight && block.weight < 250 && block.level == 0
      // A list of links is furniture however it is called; a link in running text is not.
      if block.linkWeight * 10 > block.weight * 9, block.level == 0 { isLinks = true }
      let isAside = marked && !block.isInMain && block.level != 1
      strict.append(
        PageBlock(text: block.text, level: block.level, isFurniture: isLinks || block.outside != .none || isAside))
      loose.append(PageBlock(text: block.text, level: block.level, isFurniture: block.outside == .element))
    }
    let weight: ([PageBlock]) -> Int = { $0.reduce(0) { $0 + ($1.isFurniture ? 0 : TextLines.weight($1.text)) } }
    let kept = weight(strict)
    // Less than a sentence is left, and much more was there: the names misled.
    blocks = kept < 80 && weight(loose) > 4 * kept ? loose : strict
  }
}

/// Walks the tokens of a page and cuts its text into blocks.
struct HTMLBlockBuilder {
  /// Why a block lies outside the body.
  enum Outside { case none, name, element }

  struct Block {
    var text: String
    var level: Int
    var weight: Int
    var linkWeight: Int
    var outside: Outside
    var isInMain: Bool
  }

  /// Open elements that are told apart; deeper ones are read as if they were their parent.
  static let deepest = 512

  private(set) var blocks: [Block] = []
  private(set) var title = ""
  private(set) var issuer: String?
  private(set) var pageDate: String?

  private struct Element {
    var name: String
    var outside: Outside
    var isHidden: Bool
    var isInMain: Bool
  }

  private var tokenizer: HTMLTokenizer
  private var stack: [Element] = []
  private var text = ""
  private var linkWeight = 0
  private var linkDepth = 0
  private var level = 0
  private var isPreformatted = false
  private var isInTitle = false
  private var lastWasBreak = 0

  init(_ bytes: [UInt8]) { tokenizer = HTMLTokenizer(bytes) }

  mutating func run() {
    var skipsText = false
    while let token = tokenizer.next() {
      switch token {
      case .start(let name, let attributes, let isSelfClosing):
        skipsText = Self.unread.contains(name)
        start(name, attributes, isSelfClosing)
      case .end(let name):
        skipsText = false
        end(name)
      case .text(let bytes):
        if !skipsText { append(bytes) }
      }
    }
    flush()
  }

  private static let unread: Set<String> = [
    "script", "style", "noscript", "iframe", "noembed", "noframes", "textarea", "xmp",
  ]
  private static let void: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
  ]
  private static let block: Set<String> = [
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header",
    "hgroup",
    "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "section", "select", "summary",
    "table", "tbody", "tfoot", "thead", "tr", "ul", "caption", "title",
  ]
  private static let outsideElements: Set<String> = [
    "nav", "footer", "aside", "menu", "form", "button", "select", "dialog", "template", "svg", "object", "canvas",
    "video", "audio", "map", "dir",
  ]
  private static let outsideRoles: Set<String> = [
    "navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "toolbar", "dialog", "alert",
    "tablist",
  ]
  private static let outsideNames: Set<String> = [
    "nav", "navbar", "navigation", "menu", "submenu", "topmenu", "mainmenu", "sidebar", "sidenav", "breadcrumb",
    "breadcrumbs", "crumb", "crumbs", "footer", "foot", "toolbar", "share", "sharing", "social", "related", "comment",
    "comments", "advert", "adverts", "advertisement", "ads", "ad", "banner", "cookie", "cookies", "pagination", "pager",
    "copyright", "login", "signin", "search", "searchbox", "subscribe", "newsletter", "widget", "promo", "popup",
    "modal",
    "skip", "topbar", "bottombar", "slogan", "tagline", "masthead", "logo", "location", "position", "friendlink",
    "links", "recommend", "hotnews", "print", "header", "top", "qrcode", "daohang", "sitemap", "tags",
  ]

  private mutating func start(_ name: String, _ attributes: [(name: String, value: String)], _ isSelfClosing: Bool) {
    if name == "br" {
      lineBreak()
      return
    }
    if name == "meta" { return meta(attributes) }
    if name == "time", pageDate == nil, let value = attributes.first(where: { $0.name == "datetime" })?.value {
      pageDate = Self.date(in: value)
    }
    if Self.block.contains(name) { flush() }
    if name == "td" || name == "th" { cell() }
    if name == "title", title.isEmpty, !stack.contains(where: { $0.name == "svg" }) { isInTitle = true }
    if Self.void.contains(name) || isSelfClosing && !Self.block.contains(name) { return }
    closeImplied(by: name)
    if name == "a" { linkDepth += 1 }
    if name == "pre" { isPreformatted = true }
    level = Self.headingLevel(name) ?? level
    guard stack.count < Self.deepest else { return }
    let parent = stack.last
    var outside = parent?.outside ?? .none
    let own = Self.outside(name, attributes, isInMain: parent?.isInMain ?? false)
    if own == .element || outside == .none { outside = own == .none ? outside : own }
    let isHidden = (parent?.isHidden ?? false) || Self.isHidden(name, attributes)
    let role = attributes.first { $0.name == "role" }?.value
    let isMain = name == "main" || name == "article" || role == "main" || role == "article"
    stack.append(
      Element(name: name, outside: outside, isHidden: isHidden, isInMain: isMain || (parent?.isInMain ?? false)))
  }

  private mutating func end(_ name: String) {
    if name == "br" || name == "p" && !stack.contains(where: { $0.name == "p" }) { return flush() }
    if Self.block.contains(name) { flush() }
    if name == "td" || name == "th" { text += "\u{2}" }
    if name == "title" { isInTitle = false }
    if name == "a", linkDepth > 0 { linkDepth -= 1 }
    if name == "pre" { isPreformatted = false }
    if Self.headingLevel(name) != nil { level = 0 }
    // An end tag closes its element wherever it is open, but an inline one never closes a block around it.
    let isBlock = Self.block.contains(name) || name == "td" || name == "th"
    for index in stack.indices.reversed().prefix(isBlock ? Self.deepest : 32) {
      if stack[index].name == name {
        stack.removeLast(stack.count - index)
        return
      }
      if !isBlock, Self.block.contains(stack[index].name) { return }
    }
  }

  /// End tags that authors leave out.
  private mutating func closeImplied(by name: String) {
    guard let last = stack.last?.name else { return }
    let closes: Bool
    switch name {
    case "li": closes = last == "li" || last == "p"
    case "dt", "dd": closes = last == "dt" || last == "dd" || last == "p"
    case "tr": closes = last == "tr" || last == "td" || last == "th"
    case "td", "th": closes = last == "td" || last == "th"
    case "option": closes = last == "option"
    case "body": closes = last == "head"
    default: closes = last == "p" && Self.block.contains(name)
    }
    if closes {
      stack.removeLast()
      if name == "tr", let next = stack.last?.name, next == "tr" { stack.removeLast() }
    }
  }

  private mutating func append(_ bytes: [UInt8]) {
    let string = String(decoding: bytes, as: UTF8.self)
    if isInTitle {
      title += string
      return
    }
    if stack.last?.isHidden ?? false { return }
    if isPreformatted {
      text += string
    } else {
      text += String(String.UnicodeScalarView(string.unicodeScalars.map { $0 == "\n" || $0 == "\r" ? " " : $0 }))
    }
    if linkDepth > 0 { linkWeight += TextLines.weight(TextLines.collapsed(string)) }
  }

  private mutating func lineBreak() {
    if level > 0 { text += " " } else { text += "\n" }
  }

  /// A cell goes on the line of its row, unless it is a piece of running text.
  private mutating func cell() {
    if TextLines.weight(text) > PageLayout.longWeight || text.contains("\n") { flush() }
  }

  private mutating func flush() {
    defer {
      text = ""
      linkWeight = 0
    }
    guard !text.isEmpty else { return }
    let links = linkWeight
    let inLink = linkDepth > 0
    // One more than a document may have shows that there are too many.
    for paragraph in Self.paragraphs(text) where blocks.count <= RecordLimits.maximumParagraphs {
      let weight = TextLines.weight(paragraph)
      let element = stack.last
      blocks.append(
        Block(
          text: paragraph, level: level, weight: weight, linkWeight: min(links, inLink ? weight : links),
          outside: element?.outside ?? .none, isInMain: element?.isInMain ?? false))
    }
  }

  /// Text between block tags, cut at line breaks: at each that ends a sentence, follows a short line or stands before an
  /// indented line; the others merely wrapped the line.
  private static func paragraphs(_ text: String) -> [String] {
    guard text.contains("\n") else {
      let whole = TextLines.collapsed(text.split(separator: "\u{2}").joined(separator: " "))
      return whole.isEmpty ? [] : [whole]
    }
    return PlainTextBlocks.blocks(text.split(separator: "\u{2}").joined(separator: " ")).map(\.text)
  }

  private static func headingLevel(_ name: String) -> Int? {
    guard name.utf8.count == 2, name.first == "h", let digit = name.last?.wholeNumberValue, (1...6).contains(digit)
    else { return nil }
    return digit
  }

  private static func outside(
    _ name: String, _ attributes: [(name: String, value: String)], isInMain: Bool
  ) -> Outside {
    if outsideElements.contains(name) { return .element }
    if name == "header" { return isInMain ? .none : .element }
    if ["html", "body", "main", "article", "p", "h1", "h2", "font", "b", "strong", "em"].contains(name) {
      return .none
    }
    for attribute in attributes {
      if attribute.name == "role", outsideRoles.contains(attribute.value.lowercased()) { return .element }
      guard attribute.name == "class" || attribute.name == "id" else { continue }
      if words(attribute.value).contains(where: { outsideNames.contains($0) }) { return .name }
    }
    return .none
  }

  private static func isHidden(_ name: String, _ attributes: [(name: String, value: String)]) -> Bool {
    if name == "template" || name == "svg" || name == "object" || name == "canvas" { return true }
    return attributes.contains { attribute in
      if attribute.name == "hidden" { return true }
      guard attribute.name == "style" else { return false }
      let style = attribute.value.lowercased().filter { $0 != " " }
      return style.contains("display:none") || style.contains("visibility:hidden")
    }
  }

  /// Words of class names: cut at all but letters and before capitals. Names such as `has-sidebar` say nothing.
  private static func words(_ names: String) -> [String] {
    var result: [String] = []
    for name in names.prefix(500).split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\n" }) {
      var parts: [String] = []
      var current = ""
      var wasLower = false
      for scalar in name.unicodeScalars {
        let isUpper = scalar.value >= 0x41 && scalar.value <= 0x5A
        if !DateText.isLetter(scalar) || isUpper && wasLower {
          if !current.isEmpty { parts.append(current) }
          current = ""
        }
        if DateText.isLetter(scalar) { current.unicodeScalars.append(scalar) }
        wasLower = !isUpper
      }
      if !current.isEmpty { parts.append(current) }
      parts = parts.map { $0.lowercased() }
      if let first = parts.first,
        ["has", "no", "with", "without", "is", "page", "main", "content", "article"].contains(first)
      {
        continue
      }
      result += parts
    }
    return result
  }

  private mutating func meta(_ attributes: [(name: String, value: String)]) {
    var name = ""
    var content = ""
    for attribute in attributes {
      if attribute.name == "name" || attribute.name == "property" { name = attribute.value.lowercased() }
      if attribute.name == "content" { content = TextLines.trimmed(attribute.value) }
    }
    guard !content.isEmpty else { return }
    switch name {
    case "contentsource", "dc.publisher", "dcterms.publisher", "article:publisher", "issuer": issuer = issuer ?? content
    case "pubdate", "publishdate", "article:published_time", "dc.date", "dcterms.date", "date", "og:release_date":
      pageDate = pageDate ?? Self.date(in: content)
    default: break
    }
  }

  private static func date(in text: String) -> String? {
    guard let date = DateText.first(in: Array(text.unicodeScalars.prefix(100))), date.year != nil else { return nil }
    return date.canonical
  }

  /// The character encoding that a page declares in its first kilobyte (`<meta charset>`, `http-equiv`), or nil.
  static func declaredEncoding(_ bytes: UnsafeBufferPointer<UInt8>) -> TextEncoding? {
    let head = String(decoding: bytes.prefix(2048).map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self).lowercased()
    var rest = head[...]
    while let start = rest.firstIndex(of: "c") {
      rest = rest[start...]
      guard rest.hasPrefix("charset") else {
        rest = rest.dropFirst()
        continue
      }
      rest = rest.dropFirst(7)
      let value = rest.drop { $0 == " " || $0 == "=" || $0 == "\"" || $0 == "'" }
      let label = value.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
      if let encoding = TextEncoding(label: String(label)) { return encoding }
    }
    return nil
  }
}
