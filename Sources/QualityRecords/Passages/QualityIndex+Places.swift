import JSONText
import QueryLanguage
import Records
import SearchEngine

/// A paragraph of a directive, found by id, link or place.
struct FoundPassage: Sendable {
  var outline: DirectiveOutline
  var entry: DirectiveOutline.Entry
  /// The directive's record.
  var members: JSONObject
  /// The paragraph as a record of its own.
  var record: Record
  /// Set when it was asked for by a link with a fingerprint.
  var outcome: PassageLink.Outcome?
  /// The last paragraph of the place that was asked for, where it has several.
  var lastNumber: Int?

  var count: Int { outline.entries.count }
}

extension QualityIndex {
  /// The paragraph that a text means: `ID#pN`, `ID#pN~FINGERPRINT`, `ID 第十二条`, `Article 12 of TITLE`. Nil where the text
  /// names no paragraph or no directive of that id or title.
  ///
  /// - Throws: `no-such-id` where the directive has no such paragraph; `ambiguous-id` where several have the title; what
  ///   reading the index throws.
  func passage(called text: String) throws(QualityError) -> FoundPassage? {
    if let (name, number, fingerprint) = DirectivePassages.parts(of: text) {
      guard let (id, members) = try directive(called: name) else { return nil }
      let outline = DirectiveOutline(id: id, members)
      if let fingerprint {
        guard let link = PassageLink(number: number, fingerprint: fingerprint) else {
          throw QualityError(
            "usage",
            "'\(fingerprint)' is no fingerprint: expected \(PassageLink.shortLength) or "
              + "\(PassageLink.fullLength) letters and figures", hint: "cite \(id)#p\(number) prints it")
        }
        let (entry, outcome) = try link.resolve(in: outline)
        return try found(entry, outline, members, outcome)
      }
      guard let entry = outline.entry(number) else { throw Self.missing(.init(.paragraph, number), outline) }
      return try found(entry, outline, members, nil)
    }
    // The last place is the narrowest: `x 第二章 第十二条`.
    let mentions = PlaceScanner.mentions(in: text)
    guard let mention = mentions.last else { return nil }
    var name = text
    for mention in mentions.reversed() { name = Self.without(mention.range, in: name) }
    guard let (id, members) = try directive(called: Self.trimmed(name)) else { return nil }
    let outline = DirectiveOutline(id: id, members)
    var entries = outline.entries(at: mention.place)
    for wider in mentions.dropLast() {
      let inside = Set(outline.entries(at: wider.place).map(\.number))
      let narrowed = entries.filter { inside.contains($0.number) }
      if !narrowed.isEmpty { entries = narrowed }
    }
    guard let entry = entries.first else { throw Self.missing(mention.place, outline) }
    var found = try found(entry, outline, members, nil)
    if entries.count > 1 { found.lastNumber = entries.last?.number }
    return found
  }

  private func found(
    _ entry: DirectiveOutline.Entry, _ outline: DirectiveOutline, _ members: JSONObject,
    _ outcome: PassageLink.Outcome?
  ) throws(QualityError) -> FoundPassage {
    let wanted = DirectivePassages.id(of: entry.number, in: outline.id)
    let records = DirectivePassages.of(Record(kind: Schema.directive.kind, id: outline.id, body: members))
    guard let record = records.first(where: { $0.id == wanted }) else {
      throw Self.missing(.init(.paragraph, entry.number), outline)
    }
    return FoundPassage(outline: outline, entry: entry, members: members, record: record, outcome: outcome)
  }

  private static func missing(_ place: PlaceReference, _ outline: DirectiveOutline) -> QualityError {
    let count = outline.count(of: place.kind)
    let noun = place.kind.rawValue + (count == 1 ? "" : "s")
    let number = place.numbers.map(String.init).joined(separator: ", ")
    return QualityError(
      "no-such-id", "\(outline.id) has \(count) \(noun), none of them number \(number)",
      hint: "dossier show \(outline.id)")
  }

  /// The directive of that id (`directive/` before it or not), else the one of that title.
  func directive(called name: String) throws(QualityError) -> (id: String, members: JSONObject)? {
    let kind = Schema.directive.kind
    let bare = name.hasPrefix("\(kind)/") ? String(name.dropFirst(kind.count + 1)) : name
    guard !bare.isEmpty else { return nil }
    if let members = try reading({ () throws(IndexError) in try members(kind: kind, id: bare) }) {
      return (bare, members)
    }
    let ids = try directives(titled: bare, limit: 6)
    guard ids.count <= 1 else {
      throw QualityError(
        "ambiguous-id", "\(ids.count) directives are called '\(bare)': \(ids.joined(separator: ", "))",
        hint: "use the id")
    }
    guard let id = ids.first,
      let members = try reading({ () throws(IndexError) in try members(kind: kind, id: id) })
    else { return nil }
    return (id, members)
  }

  /// Ids of the directives whose whole title is `title`, folded; at most `limit`. Cost: a phrase search in titles.
  func directives(titled title: String, limit: Int) throws(QualityError) -> [String] {
    // As long as a phrase may be; longer texts are no titles.
    guard title.utf8.count <= 600 else { return [] }
    var request = SearchRequest(.init(.field("title", .init(.phrase(title)))))
    request.kinds = [Schema.directive.kind]
    request.limit = 200
    request.relaxes = false
    request.tellsRungs = false
    let wanted = Self.bareTitle(title)
    let result = try searching { () throws(SearchError) in try searcher.search(request) }
    var ids: [String] = []
    for hit in result.hits where ids.count < limit {
      let members = try searching { () throws(SearchError) in try searcher.record(hit, of: result) }.objectValue
      guard let id = members?["id"]?.stringValue, let own = members?["title"]?.stringValue else { continue }
      if Self.bareTitle(own) == wanted { ids.append(id) }
    }
    return ids.sorted()
  }

  /// A title as it is compared: folded, letters and figures alone.
  static func bareTitle(_ title: String) -> String {
    String(
      String.UnicodeScalarView(
        TextTokens.folded(title).unicodeScalars.filter {
          $0.properties.isAlphabetic || $0.properties.numericType != nil
        }))
  }

  private static func without(_ range: Range<Int>, in text: String) -> String {
    var bytes = Array(text.utf8)
    guard range.upperBound <= bytes.count else { return text }
    bytes.replaceSubrange(range, with: [UInt8(ascii: " ")])
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Without the words and marks that join a place to its document.
  private static func trimmed(_ name: String) -> String {
    var text = Substring(name)
    let marks: Set<Character> = [
      " ", "\u{3000}", ",", "，", "、", "《", "》", "\"", "“", "”", ":", "：", "·", ">", "的", "之",
    ]
    var isChanged = true
    while isChanged {
      isChanged = false
      while let first = text.first, marks.contains(first) || first.isWhitespace {
        text.removeFirst()
        isChanged = true
      }
      while let last = text.last, marks.contains(last) || last.isWhitespace {
        text.removeLast()
        isChanged = true
      }
      for word in ["of ", "the ", "in "] where text.lowercased().hasPrefix(word) {
        text = text.dropFirst(word.count)
        isChanged = true
      }
      for word in [" of", " in"] where text.lowercased().hasSuffix(word) {
        text = text.dropLast(word.count)
        isChanged = true
      }
    }
    return String(text)
  }
}
