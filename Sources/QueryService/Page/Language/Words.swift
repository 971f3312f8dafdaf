/// The texts of the interface in one language.
struct Words: Sendable {
  let language: PageLanguage

  init(_ language: PageLanguage) { self.language = language }

  subscript(_ text: PageText) -> String {
    let pair = text.pair
    return language == .chinese ? pair.chinese : pair.english
  }

  /// The one of two texts that is of this language.
  func of(_ pair: FaultText.Pair) -> String { language == .chinese ? pair.chinese : pair.english }

  /// A text with its places `{0}`, `{1}` filled.
  func callAsFunction(_ text: PageText, _ values: String...) -> String {
    var result = ""
    var rest = Substring(self[text])
    while let open = rest.firstIndex(of: "{") {
      let behind = rest.index(after: open)
      guard let close = rest[behind...].firstIndex(of: "}"), let number = Int(rest[behind..<close]),
        values.indices.contains(number)
      else { break }
      result += rest[..<open] + values[number]
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }

  /// A count with its noun: one form for 1, another for all else; Chinese has one.
  func counted(_ count: Int, _ one: PageText, _ many: PageText) -> String {
    self(count == 1 ? one : many, PageNumbers.grouped(count))
  }

  func date(_ date: String?) -> String { PageDates.text(date, language) }

  /// A value of a record for which the interface has a word; others as they are written.
  func value(_ value: String) -> String { PageText(rawValue: "value-" + value).map { self[$0] } ?? value }

  /// The name of a field for people.
  func field(_ field: String) -> String {
    let short = field.split(separator: ".").last.map(String.init) ?? field
    return (PageText(rawValue: "field-" + field) ?? PageText(rawValue: "field-" + short)).map { self[$0] } ?? field
  }

  func kind(_ kind: String) -> String { PageText(rawValue: "kind-" + kind).map { self[$0] } ?? kind }
}
