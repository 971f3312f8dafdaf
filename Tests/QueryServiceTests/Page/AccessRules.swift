/// Rules of accessibility that a document can be held against without a browser; each fault is one line.
struct AccessRules {
  let document: HTMLDocument

  func faults() -> [String] {
    structure() + names() + references() + headings() + languages() + policy()
  }

  private var body: HTMLDocument.Element? { document.all("body").first }

  private func structure() -> [String] {
    var faults: [String] = []
    func one(_ name: String) {
      let count = document.all(name).count
      if count != 1 { faults.append("\(count) of <\(name)>") }
    }
    if document.all("head").first?.all("title").count != 1 { faults.append("no title") }
    one("main")
    one("h1")
    if document.root.attributes["lang"] == nil { faults.append("no language") }
    if document.all("header").filter({ $0.parent?.name == "body" }).count != 1 { faults.append("no banner") }
    if document.all("footer").filter({ $0.parent?.name == "body" }).count != 1 { faults.append("no footer") }
    if document.all("form").filter({ $0.attributes["role"] == "search" }).count != 1 {
      faults.append("no search landmark")
    }
    let skip = body?.descendants.first { $0.name == "a" }
    if skip?.attributes["href"] != "#main" { faults.append("the first link does not skip to the content") }
    let unnamed = document.all("nav") + document.all("aside")
    for element in unnamed
    where (element.attributes["aria-label"] ?? "").isEmpty && element.attributes["aria-labelledby"] == nil {
      faults.append("<\(element.name)> without a name")
    }
    let live = document.elements.filter { $0.attributes["role"] == "status" || $0.attributes["aria-live"] != nil }
    if live.count > 1 { faults.append("\(live.count) live regions") }
    for list in document.all("ul") + document.all("ol") {
      for child in list.children {
        if case .element(let element) = child, element.name != "li" { faults.append("<\(element.name)> in a list") }
      }
    }
    for list in document.all("dl") {
      for child in list.children {
        guard case .element(let element) = child else { continue }
        let inner = element.children.compactMap { if case .element(let found) = $0 { found.name } else { nil } }
        if element.name != "div" || inner.first != "dt" || inner.last != "dd" {
          faults.append("<dl> with \(element.name) \(inner)")
        }
      }
    }
    for table in document.all("table") {
      if table.all("caption").isEmpty { faults.append("a table without a caption") }
      for head in table.all("th") where head.attributes["scope"] == nil { faults.append("a header cell without scope") }
    }
    return faults
  }

  /// What can be pressed, filled or looked at has a name.
  private func names() -> [String] {
    var faults: [String] = []
    let labels = Set(document.all("label").compactMap { $0.attributes["for"] })
    for field in document.elements where ["input", "select", "textarea"].contains(field.name) {
      if field.attributes["type"] == "hidden" { continue }
      guard let id = field.attributes["id"], labels.contains(id) || field.attributes["aria-label"] != nil else {
        faults.append("a field without a label: \(field.attributes)")
        continue
      }
    }
    for label in document.all("label") where label.text.allSatisfy(\.isWhitespace) { faults.append("an empty label") }
    for link in document.all("a") {
      let name = (link.attributes["aria-label"] ?? "") + link.text
      if name.allSatisfy(\.isWhitespace) { faults.append("a link without a name: \(link.attributes)") }
      if link.attributes["href"] == nil { faults.append("a link that leads nowhere") }
      if link.ancestors.contains(where: { $0.name == "a" }) { faults.append("a link in a link") }
    }
    for button in document.all("button") where button.text.allSatisfy(\.isWhitespace) {
      faults.append("a button without a name")
    }
    for drawing in document.all("svg") where drawing.attributes["aria-hidden"] != "true" {
      if drawing.all("title").isEmpty { faults.append("a drawing without a title") }
    }
    for summary in document.all("details") where summary.all("summary").isEmpty {
      faults.append("details without a summary")
    }
    for region in document.elements where region.attributes["tabindex"] == "0" {
      if region.attributes["role"] == nil || region.attributes["aria-label"] == nil {
        faults.append("a stop without role and name")
      }
    }
    return faults
  }

  private func references() -> [String] {
    var faults: [String] = []
    var seen: Set<String> = []
    for element in document.elements {
      if let id = element.attributes["id"] {
        if !seen.insert(id).inserted { faults.append("the id \(id) twice") }
        if id.isEmpty || id.contains(where: \.isWhitespace) { faults.append("the id '\(id)'") }
      }
    }
    for element in document.elements {
      for name in ["for", "aria-labelledby", "aria-controls"] {
        if let id = element.attributes[name], !seen.contains(id) { faults.append("\(name) of no element: \(id)") }
      }
      if let address = element.attributes["href"], address.hasPrefix("#"), element.name == "a",
        !seen.contains(String(address.dropFirst()))
      {
        faults.append("a link to no place: \(address)")
      }
    }
    return faults
  }

  /// One level at a time on the way down.
  private func headings() -> [String] {
    var faults: [String] = []
    var last = 1
    let found = document.elements.filter { ["h1", "h2", "h3", "h4"].contains($0.name) }
    for heading in found {
      let level = Int(heading.name.dropFirst()) ?? 1
      if level > last + 1 { faults.append("h\(level) behind h\(last): \(heading.text)") }
      if heading.text.allSatisfy(\.isWhitespace) { faults.append("an empty heading") }
      last = level
    }
    return faults
  }

  /// Runs of text in the other language say so.
  private func languages() -> [String] {
    var faults: [String] = []
    func walk(_ element: HTMLDocument.Element, _ language: String) {
      let own = element.attributes["lang"] ?? language
      if ["code", "kbd", "textarea", "option", "title", "script", "style"].contains(element.name) { return }
      for child in element.children {
        switch child {
        case .element(let inner): walk(inner, own)
        case .text(let text):
          let han = text.unicodeScalars.count { (0x4E00...0x9FFF).contains($0.value) }
          let latin = text.unicodeScalars.count { $0.properties.isAlphabetic && $0.value < 0x250 }
          if own == "en", han > 3, latin == 0 { faults.append("Chinese not marked: \(text.prefix(40))") }
        }
      }
    }
    walk(document.root, "en")
    return faults
  }

  /// What the policy of the page forbids is not in it.
  private func policy() -> [String] {
    var faults: [String] = []
    for element in document.elements {
      for (name, value) in element.attributes {
        if name == "style" || name.hasPrefix("on") { faults.append("\(name) in <\(element.name)>") }
        if ["href", "src", "action"].contains(name), !value.hasPrefix("/"), !value.hasPrefix("#"), !value.hasPrefix("?")
        {
          faults.append("an address elsewhere: \(value.prefix(60))")
        }
        if value.hasPrefix("//") { faults.append("an address elsewhere: \(value.prefix(60))") }
      }
      if element.name == "style" || element.name == "iframe" { faults.append("<\(element.name)>") }
      if element.name == "script", element.attributes["src"] == nil || !element.text.isEmpty {
        faults.append("an inline script")
      }
    }
    return faults
  }
}
