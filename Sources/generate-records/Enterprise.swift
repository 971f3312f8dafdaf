/// One generated enterprise file.
struct Enterprise {
  struct Entry {
    var id: String
    var product: Int
    var category: Int
    /// Whether the record names the product itself as its category, not the wide one.
    var isNarrow: Bool
    var licence: String?
    var licenceIssued: CivilDay?
    var certificate: String?
    var isOnLegalInspectionList: Bool
    var evidenceCollected: CivilDay?
    var examined: CivilDay?
  }

  var id: String
  var name: String
  var aliases: [String]
  var formerName: (name: String, until: String)?
  var city: City
  var address: String
  var status: String
  var exports: Bool
  var licence: String?
  var category: Int
  var products: [Entry]
  var registered: CivilDay
  var qualityFile: CivilDay?
  var reexamined: CivilDay?
  var guaranteeSigned: CivilDay?
  var capacityRatified: CivilDay?
  var text: String

  var bureau: String { city.bureau }
}

/// Makes enterprise number `ordinal` from the seed alone: any of them, in any order, always the same.
struct EnterpriseFactory {
  let bank: Bank
  let seed: UInt64
  /// Digits of the running part of an id: `4403-0187`, longer when there are more.
  let idDigits: Int

  init(bank: Bank, seed: UInt64, idDigits: Int) {
    self.bank = bank
    self.seed = seed
    self.idDigits = idDigits
  }

  static let campaignStart = CivilDay(year: 2007, month: 3, day: 1)

  private static let legalForms = [
    "Co., Ltd.", "Co., Ltd.", "Co., Ltd.", "Company Limited", "Factory", "Industrial Co., Ltd.",
    "Manufacturing Co., Ltd.", "Group Co., Ltd.", "Works", "Trading Co., Ltd.",
  ]
  private static let chineseForms = [
    "有限公司", "有限公司", "有限公司", "有限责任公司", "厂", "实业有限公司", "制造有限公司", "集团有限公司", "制品厂", "贸易有限公司",
  ]
  private let profiles = [
    "Founded as a township workshop; two shifts, about {n} workers.",
    "Family firm with {n} workers. Buys {p} parts from neighbours and finishes them here.",
    "Sells through wholesalers in {c}; a small part of the {p} goes abroad.",
    "Own laboratory since last year, able to test what the {p} standard asks for.",
    "Takes orders from traders and works to their samples; no design of its own.",
    "Main goods: {p}. Annual output {n}000 pieces.",
  ].map { Template($0) }
  private let chineseProfiles = [
    "主要产品：{p}，年产量{n}000件。", "乡镇企业改制，现有职工{n}人，产品销往全国各地。", "家庭作坊起步，为{c}多家贸易公司加工{p}。",
    "设有化验室，可检测{p}主要安全指标。",
  ].map { Template($0) }

  /// - Parameter isBrief: leaves out what notes do not need: address, dates of the file and text.
  func enterprise(_ ordinal: Int, isBrief: Bool = false) -> Enterprise {
    var random = SplitMix64(seed: seed, stream: 1, ordinal: ordinal)
    let city = random.pick(bank.cities)
    // The five priority categories hold two thirds of the enterprises, toys and furniture most of all.
    let category = random.chance(40) ? random.below(2) : random.chance(45) ? 2 + random.below(3) : 5 + random.below(5)
    let isChinese = random.chance(50)
    let exports = random.chance(category < 5 ? 45 : 30)
    let registered = CivilDay(year: 1988, month: 1, day: 1).adding(random.below(6500))
    var products: [Enterprise.Entry] = []
    for index in 0..<(1 + random.below(3)) {
      let own = index > 0 && random.chance(15) ? random.below(10) : category
      let product = random.below(bank.categories[own].products.count)
      if products.contains(where: { $0.category == own && $0.product == product }) { continue }
      products.append(entry(index + 1, own, product, ordinal, &random))
    }
    let (name, alias) = names(
      ordinal, category, products[0].product, city, isChinese: isChinese, &random)
    var enterprise = Enterprise(
      id: "\(city.code)-\(Self.padded(ordinal + 1, idDigits))", name: name, aliases: alias.map { [$0] } ?? [],
      formerName: nil, city: city, address: "",
      status: random.chance(91) ? "active" : random.pick(["suspended", "closed"]),
      exports: exports, licence: products.lazy.compactMap(\.licence).first, category: category, products: products,
      registered: registered, qualityFile: nil, reexamined: nil, guaranteeSigned: nil, capacityRatified: nil, text: "")
    if random.chance(8) {
      let brand = random.pick(bank.brands)
      let old =
        isChinese
        ? "\(city.chineseName)\(brand.chinese)\(bank.categories[category].chineseFirmWord)厂"
        : "\(city.name) \(Self.capital(brand.pinyin)) \(bank.categories[category].firmWord) Works"
      enterprise.formerName = (old, "\(2001 + random.below(6))-\(Self.padded(1 + random.below(12), 2))")
    }
    if isBrief { return enterprise }
    let street = random.pick(bank.streets)
    let number = 1 + random.below(380)
    enterprise.address =
      isChinese
      ? "\(city.chineseProvince)\(city.chineseName)\(street.chinese)路\(number)号"
      : "No. \(number) \(street.pinyin) Road, \(city.name)"
    fileDates(&enterprise, &random)
    var values = SlotValues()
    values["n"] = String(12 + random.below(460))
    values["c"] = isChinese ? city.chineseName : city.name
    let product = bank.categories[products[0].category].products[products[0].product]
    values["p"] = isChinese ? product.chineseName : product.name
    var text: [UInt8] = []
    random.pick(isChinese ? chineseProfiles : profiles).fill(values, into: &text)
    enterprise.text = String(decoding: text, as: UTF8.self)
    return enterprise
  }

  /// The dates that the eight targets ask for. One in some of them is left out: those are the planted holes.
  private func fileDates(_ enterprise: inout Enterprise, _ random: inout SplitMix64) {
    let start = Self.campaignStart
    if random.chance(95) { enterprise.qualityFile = start.adding(random.below(240)) }
    if let file = enterprise.qualityFile, random.chance(93) {
      enterprise.reexamined = max(file, start.adding(30)).adding(random.below(45))
    }
    let isPriority = enterprise.products.contains { $0.category < 5 }
    if enterprise.exports, isPriority, random.chance(94) {
      enterprise.guaranteeSigned = start.adding(random.below(200))
    }
    let makesToys = enterprise.products.contains { $0.category == 1 }
    if enterprise.exports, makesToys, random.chance(90) {
      enterprise.capacityRatified = start.adding(random.below(220))
    }
  }

  private func entry(
    _ number: Int, _ category: Int, _ product: Int, _ ordinal: Int, _ random: inout SplitMix64
  ) -> Enterprise.Entry {
    let kind = bank.categories[category]
    var entry = Enterprise.Entry(
      id: "p\(number)", product: product, category: category, isNarrow: random.chance(33), licence: nil,
      licenceIssued: nil, certificate: nil, isOnLegalInspectionList: kind.onLegalInspectionList && random.chance(80),
      evidenceCollected: nil, examined: nil)
    if kind.needsLicence, random.chance(92) {
      // One number an enterprise and product: a serial of five digits, longer when there are more enterprises.
      entry.licence = "\(kind.licencePrefix)-\(Self.padded(ordinal * 4 + number, 5))"
      // A quarter of the licences are new in the campaign.
      entry.licenceIssued =
        random.chance(25)
        ? Self.campaignStart.adding(random.below(180))
        : CivilDay(year: 2003, month: 1, day: 6).adding(random.below(1400))
    }
    if kind.needsCertificate, random.chance(85) {
      entry.certificate = "CCC \(2003 + random.below(5))-\(Self.padded(ordinal * 4 + number, 4))"
    }
    if entry.licence != nil || entry.certificate != nil, random.chance(94) {
      entry.evidenceCollected = Self.campaignStart.adding(10 + random.below(225))
    }
    if let issued = entry.licenceIssued {
      if issued >= Self.campaignStart {
        if random.chance(90) { entry.examined = issued.adding(5 + random.below(55)) }
      } else if random.chance(50) {
        entry.examined = issued.adding(60 + random.below(400))
      }
    }
    return entry
  }

  /// A name in one language and, nine times in ten, an alias in the other. The brand is the ordinal in mixed base, so no
  /// two enterprises have the same one; many sound alike all the same.
  private func names(
    _ ordinal: Int, _ category: Int, _ product: Int, _ city: City, isChinese: Bool, _ random: inout SplitMix64
  ) -> (String, String?) {
    let count = bank.brands.count
    // Two different characters; 1301 is a prime that does not divide the number of pairs, so each pair comes once.
    let pairs = count * (count - 1)
    var rest = ordinal / pairs
    let pair = (ordinal + 7) % pairs * 1301 % pairs
    let first = pair / (count - 1)
    let second = (first + 1 + pair % (count - 1)) % count
    var chinese = bank.brands[first].chinese + bank.brands[second].chinese
    var latin = bank.brands[first].pinyin + bank.brands[second].pinyin
    while rest > 0 {
      chinese += bank.brands[rest % count].chinese
      latin += bank.brands[rest % count].pinyin
      rest /= count
    }
    let form = random.below(Self.legalForms.count)
    let kind = bank.categories[category]
    let saysProduct = random.chance(40)
    let word = saysProduct ? kind.products[product].chineseName : kind.chineseFirmWord
    let place = random.below(3)
    let chineseName =
      place == 0
      ? "\(city.chineseName)市\(chinese)\(word)\(Self.chineseForms[form])"
      : place == 1
        ? "\(city.chineseName)\(chinese)\(word)\(Self.chineseForms[form])"
        : "\(chinese)\(word)（\(city.chineseName)）\(Self.chineseForms[form])"
    let brand = random.chance(12) ? Self.uppercase(latin) : Self.capital(latin)
    let latinWord = saysProduct ? Self.title(kind.products[product].name) : kind.firmWord
    let latinName =
      place == 2
      ? "\(brand) \(latinWord) (\(city.name)) \(Self.legalForms[form])"
      : place == 1
        ? "\(brand) \(latinWord) \(Self.legalForms[form])"
        : "\(city.name) \(brand) \(latinWord) \(Self.legalForms[form])"
    let hasAlias = random.chance(90)
    return isChinese ? (chineseName, hasAlias ? latinName : nil) : (latinName, hasAlias ? chineseName : nil)
  }

  static func padded(_ number: Int, _ digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  static func capital(_ word: some StringProtocol) -> String { word.prefix(1).uppercased() + word.dropFirst() }

  static func uppercase(_ word: String) -> String { word.uppercased() }

  static func title(_ words: String) -> String {
    words.split(separator: " ").map { capital($0) }.joined(separator: " ")
  }
}
