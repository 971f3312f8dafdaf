import JSONText
import Records
import SearchEngine

/// What the records tell of an enterprise on one day: its name, its licences and certificates, whether the guarantee was
/// signed. What they do not tell is nil, never guessed.
public struct StateOnDay: Hashable, Sendable {
  public struct Licence: Hashable, Sendable {
    public var code: String
    /// `licence` or `ccc`.
    public var type: String
    /// `issued`, `suspended`, `not-issued` (issued on a later day), or `unknown`: the records give the code and no day.
    public var state: String
    /// The day from which on it was so; of `not-issued`, the day of issue.
    public var since: String?
    /// False when the days are not known well enough.
    public var isCertain: Bool
  }

  /// The name of that day.
  public var name: String?
  public var licences: [Licence]
  public var guaranteeSigned: Bool?
  /// The last note before that day which sealed goods and which no passing note has followed up until then.
  public var seal: Seal?

  public struct Seal: Hashable, Sendable {
    public var note: String
    public var since: String
  }

  /// - Parameters:
  ///   - day: the days that the event may have been on.
  ///   - products: those that it was about.
  init(of file: EnterpriseFile, on day: DayInterval, products: [EnterpriseFile.Product], seal: Seal? = nil) {
    name = Self.name(of: file, on: day)
    self.seal = seal
    guaranteeSigned = file.date("guaranteeSigned")?.interval.flatMap {
      $0.last <= day.first ? true : $0.first > day.last ? false : nil
    }
    licences = []
    for licence in file.licenceFacts(of: products) { licences.append(licence.state(on: day)) }
  }

  private static func name(of file: EnterpriseFile, on day: DayInterval) -> String? {
    let former = file.formerNames.compactMap { name in name.until?.interval.map { (name.name, $0) } }
      .sorted { ($0.1.first, $0.1.last) < ($1.1.first, $1.1.last) }
    // The earliest name that was given up after that day.
    return former.first { $0.1.first > day.last }?.0 ?? file.name
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("name", orNull: name)
    writer.name("licences")
    writer.beginArray()
    for licence in licences {
      writer.beginObject()
      writer.member("code", licence.code)
      writer.member("type", licence.type)
      writer.member("state", licence.state)
      writer.member("since", orNull: licence.since)
      writer.member("certain", licence.isCertain)
      writer.endObject()
    }
    writer.endArray()
    writer.name("guaranteeSigned")
    if let guaranteeSigned { writer.bool(guaranteeSigned) } else { writer.null() }
    writer.name("sealed")
    if let seal {
      writer.beginObject()
      writer.member("since", seal.since)
      writer.member("note", seal.note)
      writer.endObject()
    } else {
      writer.null()
    }
    writer.endObject()
  }
}

/// A licence or certificate with the days that the records give for it.
public struct LicenceFacts: Hashable, Sendable {
  public var code: String
  /// `licence` or `ccc`.
  public var type: String
  /// Titles of the products under it; none for a licence of the enterprise as a whole.
  public var products: [String]
  public var issued: PartialDate?
  public var suspensions: [EnterpriseFile.Suspension]

  func state(on day: DayInterval) -> StateOnDay.Licence {
    func licence(_ state: String, _ since: PartialDate?, _ isCertain: Bool) -> StateOnDay.Licence {
      StateOnDay.Licence(code: code, type: type, state: state, since: since?.description, isCertain: isCertain)
    }
    var possible: EnterpriseFile.Suspension?
    for suspension in suspensions {
      guard let from = suspension.from.interval else { continue }
      let until = suspension.until?.interval
      // On the day on which a suspension ends it is over.
      if day.first >= from.last, until.map({ day.last < $0.first }) ?? true {
        return licence("suspended", suspension.from, true)
      }
      if day.last >= from.first, until.map({ day.first < $0.last }) ?? true { possible = suspension }
    }
    if let possible { return licence("suspended", possible.from, false) }
    guard let issued, let days = issued.interval else { return licence("unknown", issued, false) }
    if days.last <= day.first { return licence("issued", issued, true) }
    return licence(days.first > day.last ? "not-issued" : "issued", issued, days.first > day.last)
  }
}

extension EnterpriseFile {
  /// The licences and certificates of some products, and of the enterprise as a whole, each code once. A suspension that the
  /// record gives for the enterprise is one of its own licence, or of all where it has none of its own.
  func licenceFacts(of chosen: [Product]) -> [LicenceFacts] {
    var found: [LicenceFacts] = []
    func add(_ code: String?, _ type: String, _ product: Product?, _ issued: PartialDate?, _ suspended: [Suspension]) {
      guard let code else { return }
      let folded = TextTokens.normalCode(code)
      let place = found.firstIndex { $0.type == type && TextTokens.normalCode($0.code) == folded }
      var facts = place.map { found[$0] } ?? LicenceFacts(code: code, type: type, products: [], suspensions: [])
      if let product { facts.products.append(product.title) }
      facts.issued = facts.issued ?? issued
      let general = type == "licence" ? licenceSuspended : cccSuspended
      let isMeant = type == "ccc" || licence == nil || licence.map(TextTokens.normalCode) == folded
      for suspension in suspended + (isMeant ? general : []) where !facts.suspensions.contains(suspension) {
        facts.suspensions.append(suspension)
      }
      if let place { found[place] = facts } else { found.append(facts) }
    }
    let own = licence.map(TextTokens.normalCode)
    let same = products.first { own != nil && $0.licence.map(TextTokens.normalCode) == own && $0.licenceIssued != nil }
    add(licence, "licence", nil, same?.licenceIssued, [])
    for product in chosen {
      add(product.licence, "licence", product, product.licenceIssued, product.licenceSuspended)
      add(product.ccc, "ccc", product, nil, product.cccSuspended)
    }
    return found
  }
}
