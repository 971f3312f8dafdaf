/// One of the ten categories: its names, what its products need before sale, its products and its findings. A class, as are
/// `Finding` and `City`, so that the hot loop hands one reference on and not a dozen strings.
final class Category {
  let number: Int
  let name: String
  let chineseName: String
  let licencePrefix: String
  let needsLicence: Bool
  let needsCertificate: Bool
  let onLegalInspectionList: Bool
  let firmWord: String
  let chineseFirmWord: String
  fileprivate(set) var products: [Product] = []
  fileprivate(set) var findings: [Finding] = []

  /// From the cells of a line of `ProductBank`.
  fileprivate init(_ cells: [String]) {
    let needs = cells[4].split(separator: " ")
    number = Int(cells[0]) ?? 0
    name = cells[1]
    chineseName = cells[2]
    licencePrefix = cells[3]
    needsLicence = needs.contains("licence")
    needsCertificate = needs.contains("ccc")
    onLegalInspectionList = needs.contains("legal")
    firmWord = cells[5]
    chineseFirmWord = cells[6]
  }
}

/// A narrower term of a category.
struct Product {
  let name: String
  let chineseName: String
  let synonyms: [String]
}

/// A fault that inspectors find: its code, usual severity, the span of the measured value, and how notes put it.
final class Finding {
  let code: String
  let severity: Severity
  let span: ClosedRange<Int>
  let decimals: Int
  let standard: String
  fileprivate(set) var label = Template("")
  fileprivate(set) var chineseLabel = Template("")
  fileprivate(set) var sentences: [Template] = []
  fileprivate(set) var chineseSentences: [Template] = []

  fileprivate init(code: String, severity: Severity, span: ClosedRange<Int>, decimals: Int, standard: String) {
    self.code = code
    self.severity = severity
    self.span = span
    self.decimals = decimals
    self.standard = standard
  }
}

enum Severity: Int {
  case minor, moderate, serious, critical

  var name: String { ["minor", "moderate", "serious", "critical"][rawValue] }

  static func named(_ name: some StringProtocol) -> Severity {
    switch name {
    case "moderate": .moderate
    case "serious": .serious
    case "critical": .critical
    default: .minor
    }
  }

  func raised(by steps: Int) -> Severity { Severity(rawValue: min(3, max(0, rawValue + steps))) ?? self }
}

final class City {
  let code: String
  let province: String
  let chineseProvince: String
  let name: String
  let chineseName: String
  /// `Guangdong Bureau of Quality and Technical Supervision`.
  let bureau: String
  /// The bureau that looks after what crosses the border.
  let borderBureau: String

  /// From the words of a line of `Geography`.
  fileprivate init(_ words: [String]) {
    code = words[0]
    province = words[1]
    chineseProvince = words[2]
    name = words[3]
    chineseName = words[4]
    bureau = "\(province) Bureau of Quality and Technical Supervision"
    borderBureau = "\(province) Entry-Exit Inspection and Quarantine Bureau"
  }
}

/// Everything the generator writes with, read once from the banks of this target.
struct Bank {
  let categories: [Category]
  let general: [Finding]
  /// Each city as often as its weight says.
  let cities: [City]
  let brands: [(chinese: String, pinyin: String)]
  let streets: [(pinyin: String, chinese: String)]
  let surnames: [String]
  let givenNames: [String]

  init() {
    let categories = Self.categories(ProductBank.text)
    var general: [Finding] = []
    for (name, findings) in Self.findings(FindingsPriority.text + "\n" + FindingsSecond.text) {
      if let index = categories.firstIndex(where: { $0.name == name }) {
        categories[index].findings = findings
      } else {
        general = findings
      }
    }
    self.categories = categories
    self.general = general
    cities = Geography.text.split(separator: "\n").flatMap { line -> [City] in
      let words = line.split(separator: " ").map(String.init)
      return Array(repeating: City(words), count: Int(words[5]) ?? 1)
    }
    let brandWords = NameParts.brand.split(whereSeparator: \.isWhitespace).map(String.init)
    brands = stride(from: 0, to: brandWords.count - 1, by: 2).map { (brandWords[$0], brandWords[$0 + 1]) }
    let streetWords = NameParts.street.split(whereSeparator: \.isWhitespace).map(String.init)
    streets = stride(from: 0, to: streetWords.count - 1, by: 2).map { (streetWords[$0], streetWords[$0 + 1]) }
    surnames = NameParts.surname.split(separator: " ").map(String.init)
    givenNames = NameParts.given.split(separator: " ").map(String.init)
  }

  private static func cells(_ line: some StringProtocol) -> [String] {
    line.split(separator: "|", omittingEmptySubsequences: false).map { trimmed($0) }
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }

  private static func categories(_ text: String) -> [Category] {
    var categories: [Category] = []
    for line in text.split(separator: "\n") {
      let cells = cells(line.first == "=" ? line.dropFirst() : line)
      if line.first == "=" {
        categories.append(Category(cells))
      } else {
        let synonyms = cells.count > 2 ? cells[2].split(separator: ",").map { trimmed($0) } : []
        categories[categories.count - 1].products.append(
          Product(name: cells[0], chineseName: cells[1], synonyms: synonyms))
      }
    }
    return categories
  }

  /// Line grammar: `= category`, `@code severity low high decimals standard`, `# label | Chinese label`, `+ sentence`,
  /// `* Chinese sentence`.
  private static func findings(_ text: String) -> [(String, [Finding])] {
    var groups: [(String, [Finding])] = []
    for line in text.split(separator: "\n") {
      let rest = trimmed(line.dropFirst())
      let group = groups.count - 1
      let last = group < 0 ? -1 : groups[group].1.count - 1
      switch line.first {
      case "=": groups.append((rest, []))
      case "@":
        let words = rest.split(separator: " ", maxSplits: 5).map(String.init)
        let decimals = Int(words[4]) ?? 0
        let scale = decimals == 1 ? 10 : 1
        groups[group].1.append(
          Finding(
            code: words[0], severity: .named(words[1]),
            span: tenths(words[2], scale)...tenths(words[3], scale), decimals: decimals, standard: words[5]))
      case "#":
        let cells = cells(rest)
        groups[group].1[last].label = Template(cells[0])
        groups[group].1[last].chineseLabel = Template(cells[1])
      case "+": groups[group].1[last].sentences.append(Template(rest))
      case "*": groups[group].1[last].chineseSentences.append(Template(rest))
      default: break
      }
    }
    return groups
  }

  private static func tenths(_ number: String, _ scale: Int) -> Int {
    let parts = number.split(separator: ".")
    let whole = (Int(parts[0]) ?? 0) * scale
    return parts.count > 1 && scale == 10 ? whole + (Int(parts[1].prefix(1)) ?? 0) : whole
  }
}
