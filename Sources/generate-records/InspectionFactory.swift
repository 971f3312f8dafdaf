/// Makes inspection note number `ordinal` of `count` from the seed alone. Notes come in order of year; a follow-up points to
/// an earlier note of the same year that asked for rectification.
struct InspectionFactory {
  let enterprises: EnterpriseFactory
  let enterpriseCount: Int
  let count: Int
  let idDigits: Int
  /// Whether remarks of made-up words are added, so that the dictionary grows with the collection as real ones do.
  let growsVocabulary: Bool
  private let openings: [[Template]]
  private let clean: [[Template]]
  private let remarks: [[Template]]
  private let followUps: [[Template]]
  private let mended: [[Template]]
  private let outcomes: [String: [[Template]]]
  private let words = WordList()

  /// Share of the notes up to the end of 2005, 2006, 2007, 2008, in percent.
  private static let yearEnds = [(2005, 14), (2006, 40), (2007, 82), (2008, 100)]

  init(enterprises: EnterpriseFactory, enterpriseCount: Int, count: Int, idDigits: Int, growsVocabulary: Bool) {
    self.enterprises = enterprises
    self.enterpriseCount = enterpriseCount
    self.count = count
    self.idDigits = idDigits
    self.growsVocabulary = growsVocabulary
    typealias S = SentenceBank
    func both(_ english: String, _ chinese: String) -> [[Template]] {
      [Template.lines(english), Template.lines(chinese)]
    }
    openings = both(S.openings, S.openingsChinese)
    clean = both(S.clean, S.cleanChinese)
    remarks = both(S.remarks, S.remarksChinese)
    followUps = both(S.followUps, S.followUpsChinese)
    mended = both(S.mended, S.mendedChinese)
    outcomes = [
      "rectify": both(S.rectify, S.rectifyChinese), "warn": both(S.warn, S.warnChinese),
      "fine": both(S.fine, S.fineChinese), "seal": both(S.seal, S.sealChinese),
      "return": both(S.returned, S.returnedChinese), "destroy": both(S.destroyed, S.destroyedChinese),
      "none": both(S.pending, S.pendingChinese),
    ]
  }

  private func year(of ordinal: Int) -> Int {
    Self.yearEnds.first { ordinal * 100 < $0.1 * count }?.0 ?? 2008
  }

  private func id(_ ordinal: Int) -> String {
    "INS-\(year(of: ordinal))-\(EnterpriseFactory.padded(ordinal + 1, idDigits))"
  }

  /// One in seven notes looks back; such a note is never looked back to itself, so no chain is followed.
  private func looksBack(_ ordinal: Int) -> Bool { ordinal > 40 && ordinal % 7 == 3 }

  /// What a note is before its words: enough to be followed up.
  private struct Outline {
    var enterprise: Enterprise
    var ordinal: Int
    var entry: Enterprise.Entry
    var day: CivilDay
    var type: String
    var findings: [Finding]
    var severities: [Severity]
    var disposition: String
    var result: String
  }

  private func outline(_ ordinal: Int, _ random: inout SplitMix64) -> Outline {
    // Two draws, the smaller of which counts: early enterprises are visited more often than late ones.
    let chosen = min(random.below(enterpriseCount), random.below(enterpriseCount))
    let enterprise = enterprises.enterprise(chosen, isBrief: true)
    let entry = random.pick(enterprise.products)
    let year = year(of: ordinal)
    let day = CivilDay(year: year, month: 1, day: 4).adding(random.below(year == 2008 ? 290 : 355))
    let draw = random.below(100)
    let type =
      draw < 56
      ? "routine" : draw < 78 ? "selective" : draw < 84 ? "re-examination" : draw < 92 ? "complaint" : "import"
    var outline = Outline(
      enterprise: enterprise, ordinal: chosen, entry: entry, day: day, type: type, findings: [], severities: [],
      disposition: "none", result: "pass")
    if random.chance(30) { return outline }
    let category = enterprises.bank.categories[entry.category]
    for _ in 0..<(1 + random.below(3)) {
      // Findings are skewed: the first of a category are the common ones.
      let pool = random.chance(78) ? category.findings : enterprises.bank.general
      let finding = pool[min(random.below(pool.count), random.below(pool.count))]
      if outline.findings.contains(where: { $0.code == finding.code }) { continue }
      outline.findings.append(finding)
      let shift = random.below(100)
      outline.severities.append(finding.severity.raised(by: shift < 14 ? -1 : shift < 24 ? 1 : 0))
    }
    let worst = outline.severities.max { $0.rawValue < $1.rawValue } ?? .minor
    outline.result = worst == .minor && random.chance(40) ? "pass" : "fail"
    if outline.result == "fail" {
      if type == "import" {
        outline.disposition = random.chance(90) ? (random.chance(60) ? "return" : "destroy") : "none"
      } else {
        switch worst {
        case .minor: outline.disposition = random.chance(70) ? "rectify" : "warn"
        case .moderate: outline.disposition = random.chance(75) ? "rectify" : "warn"
        case .serious: outline.disposition = random.pick(["rectify", "rectify", "fine", "seal"])
        case .critical: outline.disposition = random.pick(["fine", "seal", "seal", "rectify"])
        }
      }
    }
    return outline
  }

  func note(_ ordinal: Int, into text: inout [UInt8]) -> InspectionNote {
    var random = SplitMix64(seed: enterprises.seed, stream: 2, ordinal: ordinal)
    var outline = outline(ordinal, &random)
    var earlier: String?
    var mended = false
    if looksBack(ordinal) {
      var back = ordinal - 1 - random.below(30)
      if looksBack(back) { back -= 1 }
      var past = SplitMix64(seed: enterprises.seed, stream: 2, ordinal: back)
      let first = self.outline(back, &past)
      if first.disposition == "rectify", year(of: back) == year(of: ordinal) {
        earlier = id(back)
        mended = random.chance(70)
        outline = first
        outline.type = "re-examination"
        // Within the year of its id; a late note is followed up on the last day at the latest.
        let last = CivilDay(year: year(of: ordinal), month: 12, day: 31)
        outline.day = min(last, first.day.adding(25 + random.below(60)))
        if mended {
          outline.findings = []
          outline.severities = []
          outline.result = "pass"
          outline.disposition = "none"
        } else {
          outline.severities = outline.severities.map { $0.raised(by: 1) }
          outline.disposition = random.pick(["fine", "seal", "warn"])
        }
      }
    }
    return compose(ordinal, outline, earlier, mended: mended, &random, into: &text)
  }

  private func compose(
    _ ordinal: Int, _ outline: Outline, _ earlier: String?, mended isMended: Bool, _ random: inout SplitMix64,
    into text: inout [UInt8]
  ) -> InspectionNote {
    let bank = enterprises.bank
    let language = random.chance(34) ? 1 : 0
    let firm = outline.enterprise
    let category = bank.categories[outline.entry.category]
    let product = category.products[outline.entry.product]
    let due = outline.disposition == "rectify" ? outline.day.adding(15 + random.below(46)) : nil
    var values = SlotValues()
    values["p"] = language == 1 ? product.chineseName : product.name
    values["e"] = random.chance(70) ? firm.name : firm.aliases.first ?? firm.name
    values["c"] = language == 1 ? firm.city.chineseName : firm.city.name
    values["b"] = batch(outline.day, &random)
    values["m"] = String((2 + random.below(90)) * 1000)
    values["d"] = due?.iso ?? ""
    values["x"] =
      outline.entry.licence ?? firm.licence
      ?? "\(category.licencePrefix)-9\(EnterpriseFactory.padded(outline.ordinal, 4))"
    values["f"] = earlier ?? ""

    text.removeAll(keepingCapacity: true)
    let add = { (templates: [Template], random: inout SplitMix64, text: inout [UInt8]) in
      if !text.isEmpty, language == 0 { text.append(UInt8(ascii: " ")) }
      values["n"] = String(2 + random.below(38))
      random.pick(templates).fill(values, into: &text)
    }
    add(earlier == nil ? openings[language] : followUps[language], &random, &text)
    var violations: [InspectionNote.Violation] = []
    for (finding, severity) in zip(outline.findings, outline.severities) {
      values["v"] = measured(finding, &random)
      values["s"] = finding.standard.count > 4 ? finding.standard : "the standard"
      add(language == 1 ? finding.chineseSentences : finding.sentences, &random, &text)
      var label: [UInt8] = []
      (language == 1 ? finding.chineseLabel : finding.label).fill(values, into: &label)
      violations.append(.init(code: finding.code, text: String(decoding: label, as: UTF8.self), severity: severity))
    }
    if isMended {
      add(self.mended[language], &random, &text)
    } else if violations.isEmpty {
      add(clean[language], &random, &text)
    }
    if outline.result == "fail", let outcome = outcomes[outline.disposition],
      outline.disposition != "none" || outline.type == "import"
    {
      add(outcome[language], &random, &text)
    }
    for _ in 0..<random.below(3) { add(remarks[language], &random, &text) }
    if growsVocabulary {
      text.append(UInt8(ascii: " "))
      words.sentence(&random, into: &text)
    }

    let isImport = outline.type == "import"
    let stage =
      isImport
      ? "sale"
      : firm.exports && random.chance(25)
        ? "export" : random.pick(["production", "production", "materials", "sale", "design", "after-sale"])
    return InspectionNote(
      id: id(ordinal), enterprise: reference(firm, &random), enterpriseOrdinal: outline.ordinal, day: outline.day,
      date: written(outline.day, &random), province: firm.city.province, chineseProvince: firm.city.chineseProvince,
      bureau: isImport || stage == "export"
        ? firm.city.borderBureau : firm.city.bureau,
      inspector: "\(random.pick(bank.surnames)) \(random.pick(bank.givenNames))", type: outline.type, stage: stage,
      product: language == 1 ? product.chineseName : product.name,
      category: random.chance(30) ? product.name : category.name, batch: values["b"], text: text,
      violations: violations, result: outline.result, disposition: outline.disposition, due: due,
      followUpOf: earlier)
  }

  /// Mostly the id; one time in twelve the name or the former name, as hurried people write it.
  private func reference(_ firm: Enterprise, _ random: inout SplitMix64) -> String {
    let draw = random.below(100)
    if draw < 6 { return firm.name }
    if draw < 8, let alias = firm.aliases.first { return alias }
    if draw < 10, let former = firm.formerName { return former.name }
    return firm.id
  }

  private func written(_ day: CivilDay, _ random: inout SplitMix64) -> String? {
    let draw = random.below(1000)
    if draw >= 20 { return day.iso }
    let (year, month, _) = day.parts
    switch draw % 5 {
    case 0: return "\(year)"
    case 1: return "\(year)-Q\((month + 2) / 3)"
    case 2: return String(day.iso.prefix(7))
    case 3: return "-" + day.iso.dropFirst(4)
    default: return nil
    }
  }

  private func batch(_ day: CivilDay, _ random: inout SplitMix64) -> String {
    let (year, month, _) = day.adding(-random.below(90)).parts
    let letters = ["A", "B", "C", "H", "K", "T"]
    return "\(random.pick(letters))\(EnterpriseFactory.padded(year % 100, 2))\(EnterpriseFactory.padded(month, 2))-"
      + EnterpriseFactory.padded(random.below(999) + 1, 3)
  }

  private func measured(_ finding: Finding, _ random: inout SplitMix64) -> String {
    let value = random.within(finding.span)
    return finding.decimals == 1 ? "\(value / 10).\(value % 10)" : String(value)
  }
}
