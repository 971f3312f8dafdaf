import SearchEngine

/// What a text cites: documents by title or id, places in them, standards.
struct CitationScanner {
  /// A document as a text names it.
  enum Document: Hashable {
    /// `《…》`, `“…”`: as written between the marks.
    case title(String)
    /// Something that looks like an id: `dir-0001`.
    case id(String)
    /// A whole link, `dir-0001#p3`, that may hold a fingerprint.
    case link(String)
    /// `本法`, `this notice`: the document that the text belongs to.
    case own
  }

  struct Citation: Hashable {
    var document: Document?
    var place: PlaceReference?
    /// A standard's or licence's code, in its normal form.
    var code: String?
    /// Bytes of the text's UTF-8.
    var range: Range<Int>
  }

  private let bytes: [UInt8]
  private let text: String

  /// All that `text` cites, in order. `titles` are known titles to look for where no marks
  /// stand around them, `ids` known ids that may look like words.
  static func citations(
    in text: String, titles: [String] = [], ids: [String] = [], takesCodes: Bool = true
  ) -> [Citation] {
    CitationScanner(text).citations(titles, ids, takesCodes)
  }

  private init(_ text: String) {
    self.text = text
    bytes = Array(text.utf8)
  }

  /// Bytes between a document and its place: `, ` or `（2007年）`.
  private static let gap = 24
  /// Bytes of a title that is looked for without marks around it: shorter ones are words of the language.
  private static let shortestTitle = 12
  /// Bytes of a title at most.
  private static let longestTitle = 600

  private func citations(_ titles: [String], _ known: [String], _ takesCodes: Bool) -> [Citation] {
    var documents = marked() + ids() + own()
    for title in titles where title.utf8.count >= Self.shortestTitle { documents += plain(title) { .title($0) } }
    for id in known { documents += plain(id) { .id($0) } }
    documents.sort { ($0.range.lowerBound, $1.range.upperBound) < ($1.range.lowerBound, $0.range.upperBound) }
    // A title between marks is one citation, whatever stands inside it.
    var kept: [(document: Document, range: Range<Int>)] = []
    for document in documents where !(kept.last.map { $0.range.overlaps(document.range) } ?? false) {
      kept.append(document)
    }
    var found: [Citation] = []
    var used: Set<Int> = []
    var last: (document: Document?, end: Int)?
    for mention in PlaceScanner.mentions(in: text) {
      if kept.contains(where: { $0.range.overlaps(mention.range) }) { continue }
      var document: Document?
      var range = mention.range
      if let before = kept.lastIndex(where: { $0.range.upperBound <= range.lowerBound }),
        joins(kept[before].range.upperBound..<range.lowerBound)
      {
        document = kept[before].document
        used.insert(before)
        range = kept[before].range.lowerBound..<range.upperBound
      } else if let behind = kept.firstIndex(where: { $0.range.lowerBound >= range.upperBound }),
        belongs(range.upperBound..<kept[behind].range.lowerBound)
      {
        document = kept[behind].document
        used.insert(behind)
        range = range.lowerBound..<kept[behind].range.upperBound
      } else if let last, joins(last.end..<range.lowerBound) {
        // 《X》第三条、第五条
        document = last.document
      }
      last = (document, mention.range.upperBound)
      found.append(Citation(document: document, place: mention.place, code: nil, range: range))
    }
    for (number, document) in kept.enumerated() where !used.contains(number) {
      if document.document == .own { continue }
      found.append(Citation(document: document.document, place: nil, code: nil, range: document.range))
    }
    guard takesCodes else { return found.inOrder }
    for token in TextTokens.of(text) where token.kind == "code" {
      if found.contains(where: { $0.range.overlaps(token.range) }) { continue }
      found.append(Citation(document: nil, place: nil, code: token.term, range: token.range))
    }
    return found.inOrder
  }

  // MARK: Documents

  private func marked() -> [(document: Document, range: Range<Int>)] {
    var found: [(document: Document, range: Range<Int>)] = []
    for (open, close) in [("《", "》"), ("“", "”"), ("\"", "\"")] {
      let (open, close) = (Array(open.utf8), Array(close.utf8))
      var place = 0
      while let start = first(open, from: place) {
        let inside = start + open.count
        guard let end = first(close, from: inside) else { break }
        if end - inside <= Self.longestTitle, end > inside {
          let title = String(decoding: bytes[inside..<end], as: UTF8.self)
          found.append((.title(title), start..<end + close.count))
        }
        place = end + close.count
      }
    }
    return found
  }

  /// Runs of letters, figures and `-_./` with a figure and a letter in them, a link where `#pN` follows.
  private func ids() -> [(document: Document, range: Range<Int>)] {
    var found: [(document: Document, range: Range<Int>)] = []
    var place = 0
    while place < bytes.count {
      let start = place
      var hasDigit = false
      var hasLetter = false
      var hasDash = false
      while place < bytes.count, let kind = Self.idKind(bytes[place]) {
        hasDigit = hasDigit || kind == 1
        hasLetter = hasLetter || kind == 2
        hasDash = hasDash || kind == 3
        place += 1
      }
      guard place > start else {
        place += 1
        continue
      }
      var end = place
      while end > start, let kind = Self.idKind(bytes[end - 1]), kind == 3 { end -= 1 }
      guard end > start, end - start <= 120 else { continue }
      if let link = link(from: start, end) {
        found.append((.link(String(decoding: bytes[start..<link], as: UTF8.self)), start..<link))
        place = max(place, link)
      } else if hasDigit, hasLetter, hasDash {
        found.append((.id(String(decoding: bytes[start..<end], as: UTF8.self)), start..<end))
      }
    }
    return found
  }

  /// Where the link ends that `#p` and figures behind an id make.
  private func link(from start: Int, _ end: Int) -> Int? {
    guard end + 2 < bytes.count, bytes[end] == UInt8(ascii: "#"), bytes[end + 1] == UInt8(ascii: "p") else {
      return nil
    }
    var place = end + 2
    while place < bytes.count, Self.idKind(bytes[place]) == 1 { place += 1 }
    guard place > end + 2 else { return nil }
    guard place < bytes.count, bytes[place] == UInt8(ascii: "~") else { return place }
    var tail = place + 1
    while tail < bytes.count, let kind = Self.idKind(bytes[tail]), kind != 3 || bytes[tail] == UInt8(ascii: "-") {
      tail += 1
    }
    return tail
  }

  /// 1 a figure, 2 a letter, 3 a mark inside ids.
  private static func idKind(_ byte: UInt8) -> Int? {
    switch byte {
    case 0x30...0x39: 1
    case 0x41...0x5A, 0x61...0x7A: 2
    case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "/"): 3
    default: nil
    }
  }

  private func own() -> [(document: Document, range: Range<Int>)] {
    var found: [(document: Document, range: Range<Int>)] = []
    for word in ["本法", "本条例", "本办法", "本规定", "本通知", "本细则", "本意见", "this notice", "this law", "this circular"] {
      let needle = Array(word.utf8)
      var place = 0
      while let start = first(needle, from: place) {
        place = start + needle.count
        found.append((.own, start..<place))
      }
    }
    return found
  }

  /// A title or an id without marks around it, whatever its case; not inside a word.
  private func plain(_ title: String, _ document: (String) -> Document) -> [(document: Document, range: Range<Int>)] {
    let needle = title.utf8.map { Self.lowered($0) }
    guard !needle.isEmpty else { return [] }
    var found: [(document: Document, range: Range<Int>)] = []
    var place = 0
    while place + needle.count <= bytes.count {
      var length = 0
      while length < needle.count, Self.lowered(bytes[place + length]) == needle[length] { length += 1 }
      if length == needle.count, !isInside(place, place + length) {
        found.append((document(title), place..<place + length))
        place += length
      } else {
        place += 1
      }
    }
    return found
  }

  /// Whether letters or figures go on at either end: `D1` inside `D12`. A link is no id.
  private func isInside(_ start: Int, _ end: Int) -> Bool {
    func goesOn(_ inner: Int, _ outer: Int) -> Bool {
      guard bytes.indices.contains(inner), bytes.indices.contains(outer), let kind = Self.idKind(bytes[inner]) else {
        return false
      }
      guard kind != 3, let other = Self.idKind(bytes[outer]) else { return false }
      return other != 3 || bytes[outer] == UInt8(ascii: "-")
    }
    return goesOn(start, start - 1) || goesOn(end - 1, end) || link(from: start, end) != nil
  }

  private static func lowered(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

  private func first(_ needle: [UInt8], from start: Int) -> Int? {
    guard let head = needle.first, start + needle.count <= bytes.count else { return nil }
    for place in start...(bytes.count - needle.count) where bytes[place] == head {
      if bytes[place..<place + needle.count].elementsEqual(needle) { return place }
    }
    return nil
  }

  // MARK: What joins a document and a place

  /// `, `, `（2007年）`, `的`, `'s`, ` and `: nothing of weight.
  private func joins(_ range: Range<Int>) -> Bool {
    guard range.count <= Self.gap else { return false }
    var between = String(decoding: bytes[range], as: UTF8.self)
    // A year or a number in brackets belongs to the title.
    for (open, close) in [("（", "）"), ("(", ")")] {
      if let from = between.range(open), let to = between.range(close), from.upperBound <= to.lowerBound {
        between = String(between[..<from.lowerBound]) + String(between[to.upperBound...])
      }
    }
    let rest = between.filter { !$0.isWhitespace && !",，、:：'’”\"".contains($0) }.lowercased()
    return ["", "的", "之", "s", "in", "and", "或", "或者", "和", "与", "及", "以及", "at", "中", "under"].contains(rest)
  }

  /// ` of `, ` of the notice `, ` in `.
  private func belongs(_ range: Range<Int>) -> Bool {
    guard range.count <= Self.gap * 2 else { return false }
    let words = String(decoding: bytes[range], as: UTF8.self).lowercased().split(whereSeparator: { !$0.isLetter })
      .map(String.init)
    guard let first = words.first, ["of", "in", "under", "from"].contains(first) else { return false }
    let fillers: Set<String> = [
      "the", "notice", "circular", "directive", "law", "decree", "opinion", "opinions", "document",
    ]
    return words.dropFirst().allSatisfy { fillers.contains($0) }
  }
}

extension [CitationScanner.Citation] {
  fileprivate var inOrder: Self {
    sorted { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
  }
}

extension String {
  fileprivate func range(_ needle: String) -> Range<String.Index>? {
    guard let character = needle.first, let start = firstIndex(of: character) else { return nil }
    return start..<index(after: start)
  }
}
