import QualityRecords

/// What every view of one visit shares: the visit, the words of its language, addresses that keep both.
struct PageContext: Sendable {
  let visit: PageVisit
  let words: Words

  init(_ visit: PageVisit) {
    self.visit = visit
    words = Words(visit.language)
  }

  var index: QualityIndex { visit.index }
  var language: PageLanguage { visit.language }

  /// Parameters that go with the visitor: the language and the collection, where the address gave them.
  private static let kept = ["lang", "collection"]

  func kept(_ address: PageAddress) -> PageAddress {
    var address = address
    for name in Self.kept {
      if let value = visit.value(name), !address.items.contains(where: { $0.name == name }) {
        address.items.append(PageAddress.Item(name: name, value: value))
      }
    }
    return address
  }

  /// An address of the page in the visitor's language and collection.
  func address(_ path: [String], _ items: [(String, String?)] = [], fragment: String? = nil) -> String {
    kept(PageAddress(path, items.compactMap { item in item.1.map { (item.0, $0) } }, fragment: fragment)).text
  }

  /// The address of this visit, without what is empty.
  var here: PageAddress {
    PageAddress(visit.path, visit.items.filter { !$0.value.isEmpty }.map { ($0.name, $0.value) })
  }

  /// An address of the programs' face; only the collection goes with it.
  func data(_ path: [String], _ items: [(String, String?)] = []) -> String {
    var items = items.compactMap { item in item.1.map { (item.0, $0) } }
    if let collection = visit.value("collection") { items.append(("collection", collection)) }
    return PageAddress(["v1"] + path, items).text
  }

  /// Where a record is read.
  func record(_ kind: String, _ id: String, query: String? = nil) -> String {
    switch kind {
    case "enterprise": return address(["enterprises", id])
    case "directive": return address(["directives", id], [("q", query)])
    case "passage":
      let parts = Self.passage(id)
      return address(["directives", parts.directive], [("q", query)], fragment: parts.anchor)
    default: return address(["records", kind, id], [("q", query)])
    }
  }

  /// `dir-0001#p3` in its parts.
  static func passage(_ id: String) -> (directive: String, anchor: String?) {
    guard let place = id.lastIndex(of: "#") else { return (id, nil) }
    return (String(id[..<place]), String(id[id.index(after: place)...]))
  }

  /// The parameter, nil where it is empty.
  func value(_ name: String) -> String? {
    visit.value(name).flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Hidden fields that keep language and collection in a form.
  func keep(in html: inout HTML) {
    for name in Self.kept {
      if let value = visit.value(name) {
        html.void("input", ["type": "hidden", "name": Self.name(name), "value": value])
      }
    }
  }

  private static func name(_ name: String) -> String { name }
}

extension HTML {
  /// A link inside the page.
  mutating func link(_ address: String, _ text: String, class name: String? = nil, lang: String? = nil) {
    element("a", ["class": name, "href": address, "lang": lang], text)
  }

  /// A message of a job as a paragraph.
  mutating func said(_ message: String, _ context: PageContext, class name: String? = nil) {
    let said = context.said(message)
    element("p", ["class": name, "lang": said.lang], said.text)
  }

  /// A text of a record in an element that says its language where it is not the page's.
  mutating func run(_ text: String, _ context: PageContext, _ name: StaticString = "span", class style: String? = nil) {
    element(name, ["class": style, "lang": context.lang(text)], text)
  }
}

extension PageContext {
  /// A message of a job in the page's language, and the tag of its language where it has no form in that one.
  func said(_ message: String) -> (text: String, lang: String?) {
    guard language == .chinese else { return (message, nil) }
    if let chinese = ChineseMessages.shared.text(message) { return (chinese, nil) }
    return (message, lang(message))
  }

  /// A value of a field as headings, facets and counts name it: in the interface's own word where it has one; a category by
  /// the thesaurus' name for it in the page's language; a province by its name in that language; others as they are
  /// written. Where one record is read, its values stand as they are written.
  func value(_ text: String, of field: String) -> String {
    let word = words.value(text)
    guard word == text else { return word }
    switch field.split(separator: ".").last {
    case "category" where TextLanguage.of(text) == language.other:
      return index.names(ofTerm: text).first { TextLanguage.of($0) == language } ?? text
    case "province": return ProvinceNames.name(text, in: language) ?? text
    default: return text
    }
  }

  /// Values of a field side by side, as ``value(_:of:)`` has them; two that would be called the same stand as they are written.
  func values(_ texts: [String], of field: String) -> [String] {
    let names = texts.map { value($0, of: field) }
    let counts = names.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    return zip(texts, names).map { counts[$1] == 1 ? $1 : words.value($0) }
  }

  /// The tag of the language of a text where it is not the page's.
  func lang(_ text: String) -> String? {
    TextLanguage.of(text).flatMap { $0 == language ? nil : $0.tag }
  }
}
