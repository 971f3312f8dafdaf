/// Tags and text of a page, in the spirit of the tokenizer of the HTML standard (section 13.2.5): nothing is an error,
/// every byte goes into some token, each is looked at once or twice.
struct HTMLTokenizer {
  enum Token: Equatable {
    case start(name: String, attributes: [(name: String, value: String)], isSelfClosing: Bool)
    case end(name: String)
    /// References resolved.
    case text([UInt8])

    static func == (one: Token, other: Token) -> Bool {
      switch (one, other) {
      case (.start(let a, let b, let c), .start(let d, let e, let f)):
        a == d && c == f && b.count == e.count && zip(b, e).allSatisfy { $0 == $1 }
      case (.end(let a), .end(let b)): a == b
      case (.text(let a), .text(let b)): a == b
      default: false
      }
    }
  }

  /// Elements whose content is text up to their own end tag; the second group has references in it.
  private static let rawText: Set<String> = ["script", "style", "xmp", "iframe", "noembed", "noframes", "noscript"]
  private static let escapableRawText: Set<String> = ["title", "textarea"]
  /// More attributes than that on one tag are passed over.
  private static let mostAttributes = 64

  private let bytes: [UInt8]
  private var index = 0
  private var rawElement: String?

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> Token? {
    while index < bytes.count {
      if let name = rawElement {
        rawElement = nil
        let end = endOfRawText(name)
        let content = bytes[index..<end]
        index = end
        if !content.isEmpty {
          return .text(Self.escapableRawText.contains(name) ? HTMLEntities.resolved(content) : Array(content))
        }
        continue
      }
      if bytes[index] == 0x3C, let token = markup() {
        switch token {
        case .tag(let tag): return tag
        case .nothing: continue
        }
      }
      let start = index
      index += 1
      while index < bytes.count, bytes[index] != 0x3C { index += 1 }
      return .text(HTMLEntities.resolved(bytes[start..<index]))
    }
    return nil
  }

  private enum Markup {
    case tag(Token)
    case nothing
  }

  /// What begins with `<`; nil when it is a mere less-than sign, with `index` unmoved.
  private mutating func markup() -> Markup? {
    guard index + 1 < bytes.count else { return nil }
    let next = bytes[index + 1]
    if next == 0x21 {
      comment()
      return .nothing
    }
    if next == 0x3F {
      index = (bytes[index...].firstIndex(of: 0x3E) ?? bytes.count - 1) + 1
      return .nothing
    }
    if next == 0x2F {
      guard index + 2 < bytes.count else { return nil }
      guard Self.isLetter(bytes[index + 2]) else {
        index = (bytes[index...].firstIndex(of: 0x3E) ?? bytes.count - 1) + 1
        return .nothing
      }
      index += 2
      let name = tagName()
      _ = attributes()
      return .tag(.end(name: name))
    }
    guard Self.isLetter(next) else { return nil }
    index += 1
    let name = tagName()
    let (list, isSelfClosing) = attributes()
    if Self.rawText.contains(name) || Self.escapableRawText.contains(name) { rawElement = name }
    return .tag(.start(name: name, attributes: list, isSelfClosing: isSelfClosing))
  }

  /// Comments, declarations and CDATA sections (whose text outside foreign content is a comment).
  private mutating func comment() {
    let isComment = index + 3 < bytes.count && bytes[index + 2] == 0x2D && bytes[index + 3] == 0x2D
    guard isComment else {
      index = (bytes[index...].firstIndex(of: 0x3E) ?? bytes.count - 1) + 1
      return
    }
    // `<!-->` and `<!--->` are whole comments.
    index += 2
    while index < bytes.count {
      if bytes[index] == 0x3E, bytes[index - 1] == 0x2D, bytes[index - 2] == 0x2D {
        index += 1
        return
      }
      if bytes[index] == 0x3E, bytes[index - 1] == 0x21, bytes[index - 2] == 0x2D, bytes[index - 3] == 0x2D {
        index += 1
        return
      }
      index += 1
    }
  }

  private mutating func tagName() -> String {
    let start = index
    while index < bytes.count, !Self.isSpace(bytes[index]), bytes[index] != 0x2F, bytes[index] != 0x3E { index += 1 }
    return Self.lowered(bytes[start..<index])
  }

  private mutating func attributes() -> (list: [(name: String, value: String)], isSelfClosing: Bool) {
    var list: [(name: String, value: String)] = []
    var isSelfClosing = false
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x3E {
        index += 1
        return (list, isSelfClosing)
      }
      if Self.isSpace(byte) || byte == 0x2F {
        isSelfClosing = byte == 0x2F
        index += 1
        continue
      }
      isSelfClosing = false
      let start = index
      index += 1
      while index < bytes.count, !Self.isSpace(bytes[index]), ![0x2F, 0x3E, 0x3D].contains(bytes[index]) { index += 1 }
      let name = bytes[start..<index]
      let value = attributeValue()
      if list.count < Self.mostAttributes {
        list.append(
          (Self.lowered(name), String(decoding: HTMLEntities.resolved(value, isAttribute: true), as: UTF8.self)))
      }
    }
    return (list, isSelfClosing)
  }

  private mutating func attributeValue() -> ArraySlice<UInt8> {
    var place = index
    while place < bytes.count, Self.isSpace(bytes[place]) { place += 1 }
    guard place < bytes.count, bytes[place] == 0x3D else { return [] }
    place += 1
    while place < bytes.count, Self.isSpace(bytes[place]) { place += 1 }
    index = place
    guard place < bytes.count else { return [] }
    if bytes[place] == 0x22 || bytes[place] == 0x27 {
      let end = bytes[(place + 1)...].firstIndex(of: bytes[place]) ?? bytes.count
      index = min(end + 1, bytes.count)
      return bytes[(place + 1)..<end]
    }
    while index < bytes.count, !Self.isSpace(bytes[index]), bytes[index] != 0x3E { index += 1 }
    return bytes[place..<index]
  }

  /// Where `</name` begins, or the end of the page.
  private func endOfRawText(_ name: String) -> Int {
    let wanted = Array(name.utf8)
    var place = index
    while place < bytes.count {
      if bytes[place] == 0x3C, place + 2 + wanted.count <= bytes.count, bytes[place + 1] == 0x2F {
        let found = bytes[(place + 2)..<(place + 2 + wanted.count)]
        let next = place + 2 + wanted.count
        let closes = next == bytes.count || Self.isSpace(bytes[next]) || bytes[next] == 0x3E || bytes[next] == 0x2F
        if closes, zip(found, wanted).allSatisfy({ $0 | 0x20 == $1 }) { return place }
      }
      place += 1
    }
    return bytes.count
  }

  private static func lowered(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }, as: UTF8.self)
  }

  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }
  private static func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }
}
