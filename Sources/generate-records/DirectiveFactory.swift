/// Makes directive number `ordinal` from the seed alone.
struct DirectiveFactory {
  struct Directive {
    var id: String
    var title: String
    var issuer: String
    var date: String
    var place: String
    var paragraphs: [String]
  }

  let bank: Bank
  let seed: UInt64
  let idDigits: Int
  /// Ids count on from here: the numbers below belong to directives that are written by hand.
  let firstNumber: Int
  let growsVocabulary: Bool
  private let titles = [Template.lines(DirectiveBank.titles), Template.lines(DirectiveBank.titlesChinese)]
  private let paragraphs = [
    Template.lines(DirectiveBank.paragraphs), Template.lines(DirectiveBank.paragraphsChinese),
  ]
  private let issuers = DirectiveBank.issuers.split(separator: "\n").map(String.init)
  private let standards = ["GB/T 2828.1-2003", "GB 6675-2003", "GB 18401-2003", "GB 18584-2001", "GB/T 10111-1988"]
  private let words = WordList()

  init(bank: Bank, seed: UInt64, idDigits: Int, firstNumber: Int, growsVocabulary: Bool) {
    self.bank = bank
    self.seed = seed
    self.idDigits = idDigits
    self.firstNumber = firstNumber
    self.growsVocabulary = growsVocabulary
  }

  private func id(_ number: Int) -> String { "dir-\(EnterpriseFactory.padded(number, idDigits))" }

  func directive(_ ordinal: Int) -> Directive {
    var random = SplitMix64(seed: seed, stream: 3, ordinal: ordinal)
    let language = random.chance(35) ? 1 : 0
    let category = random.pick(bank.categories)
    let city = random.pick(bank.cities)
    let day = CivilDay(year: 2005, month: 2, day: 1).adding(random.below(1330))
    var values = SlotValues()
    values["p"] = language == 1 ? category.chineseName : category.name
    values["c"] = language == 1 ? city.chineseName : city.name
    values["d"] = day.adding(60 + random.below(200)).iso
    values["s"] = random.pick(standards)
    values["f"] = id(firstNumber + random.below(max(1, ordinal)))
    func fill(_ template: Template) -> String {
      var bytes: [UInt8] = []
      template.fill(values, into: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
    let title = fill(random.pick(titles[language]))
    var pool = paragraphs[language]
    var texts: [String] = []
    for _ in 0..<(3 + random.below(6)) {
      var text = ""
      for _ in 0..<(1 + random.below(3)) where !pool.isEmpty {
        values["n"] = String(3 + random.below(12))
        let sentence = fill(pool.remove(at: random.below(pool.count)))
        text += text.isEmpty || language == 1 ? sentence : " " + sentence
      }
      if growsVocabulary {
        var bytes: [UInt8] = []
        words.sentence(&random, into: &bytes)
        text += " " + String(decoding: bytes, as: UTF8.self)
      }
      if !text.isEmpty { texts.append(text) }
    }
    return Directive(
      id: id(firstNumber + ordinal), title: title, issuer: random.pick(issuers),
      date: random.chance(8) ? String(day.iso.prefix(7)) : day.iso, place: city.name, paragraphs: texts)
  }
}

extension JSONLine {
  mutating func write(_ directive: DirectiveFactory.Directive, withKind: Bool) {
    begin()
    if withKind { field("kind", "directive") }
    field("id", directive.id)
    field("title", directive.title)
    field("issuer", directive.issuer)
    field("date", directive.date)
    field("place", directive.place)
    field("paragraphs", directive.paragraphs)
    end()
  }
}
