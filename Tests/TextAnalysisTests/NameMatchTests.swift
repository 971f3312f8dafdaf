import Testing

@testable import TextAnalysis

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Labelled pairs of names. Made up for these tests: no real companies.
struct LabelledPairs {
  struct Pair: Sendable {
    let isSame: Bool
    let one: String
    let other: String
  }

  /// The pairs of a file beside this one.
  static func read(_ name: String) throws -> [Pair] {
    let path = "\(#filePath)".split(separator: "/").dropLast().map { "/\($0)" }.joined() + "/Fixtures/\(name)"
    let file = try #require(fopen(path, "r"), "\(path)")
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = getc(file), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
      let parts = line.split(separator: "\t").map(String.init)
      guard parts.count == 3, !line.hasPrefix("#") else { return nil }
      return Pair(isSame: parts[0] == "same", one: parts[1], other: parts[2])
    }
  }

  /// Precision and recall, and the pairs judged wrongly.
  static func measure(_ pairs: [Pair]) -> (precision: Double, recall: Double, wrong: [Pair]) {
    var found = 0
    var right = 0
    var wrong: [Pair] = []
    for pair in pairs {
      let matches = NameMatch.compare(pair.one, pair.other).matches
      found += matches ? 1 : 0
      right += matches && pair.isSame ? 1 : 0
      if matches != pair.isSame { wrong.append(pair) }
    }
    let same = pairs.count { $0.isSame }
    return (Double(right) / Double(max(found, 1)), Double(right) / Double(max(same, 1)), wrong)
  }
}

@Suite struct NameMatchTests {
  @Test("A5: precision and recall on labelled pairs are 0.97 at least, in each half and on the set written blind")
  func labelledPairs() throws {
    let pairs = try LabelledPairs.read("name-pairs.tsv")
    #expect(pairs.count >= 400 && pairs.count { $0.isSame } >= 200 && pairs.count { !$0.isSame } >= 200)
    let halves = [0, 1].map { half in pairs.enumerated().filter { $0.offset % 2 == half }.map(\.element) }
    for (name, set) in [
      ("tuning", halves[0]), ("held out", halves[1]), ("blind", try LabelledPairs.read("name-pairs-blind.tsv")),
    ] {
      let figures = LabelledPairs.measure(set)
      print("names, \(name): \(set.count) pairs, precision \(figures.precision), recall \(figures.recall)")
      #expect(figures.precision >= 0.97, "\(name): \(figures.wrong)")
      #expect(figures.recall >= 0.97, "\(name): \(figures.wrong)")
    }
  }

  /// Written before the rules were looked at, for the hardest classes; .983 and .747 on its first run. What is still missed
  /// needs knowledge that no rule has: 绿洲 is that of 浙江.
  @Test("A5: the third set, written blind against the rules' weak sides")
  func thirdBlindSet() throws {
    let figures = LabelledPairs.measure(try LabelledPairs.read("name-pairs-blind-3.tsv"))
    print("names, third set: precision \(figures.precision), recall \(figures.recall)")
    #expect(figures.precision >= 0.97 && figures.recall >= 0.97, "\(figures.wrong)")
  }

  /// Written before the rules were looked at; 1.0 and .885 on its first run. Then its classes got rules.
  @Test("A5: the fourth set, and the table of classes, in both directions")
  func fourthBlindSetAndClasses() throws {
    for name in ["name-pairs-blind-4.tsv", "name-pairs-classes.tsv"] {
      let pairs = try LabelledPairs.read(name)
      let figures = LabelledPairs.measure(pairs)
      print("names, \(name): \(pairs.count) pairs, precision \(figures.precision), recall \(figures.recall)")
      #expect(figures.precision >= 0.98 && figures.recall >= 0.98, "\(name): \(figures.wrong)")
      for pair in pairs {
        let there = NameMatch.compare(pair.one, pair.other)
        let back = NameMatch.compare(pair.other, pair.one)
        #expect(there == back, "\(pair.one), \(pair.other): \(there) \(back)")
      }
    }
  }

  @Test("What is made alike for comparison is not made alike in the entries of an index")
  func entriesAsWritten() {
    #expect(NameKey.key(of: "Greyling Hdwe Co.").core == "greylinghdwe")
    #expect(NameKey.key(of: "Foshan Nanhai Dist. Weilun").core == "foshannanhaidistweilun")
    #expect(NameMatch.Name("ｶﾞﾗｽ(株)").lookups.wholes.count == 2)
    // What is left of an abbreviated name is found by its own words.
    #expect(NameMatch.Name("Greyling Hdwe Co.").lookups.spans.contains("greyling"))
  }

  @Test(
    "Former names are taken out of a name, whatever marks them",
    arguments: [
      ("Averley Kettles Ltd (formerly Dunstan Kettles Ltd)", ["Averley Kettles Ltd", "Dunstan Kettles Ltd"]),
      ("Corvaine Batteries Inc. [f/k/a Lumotek Cells Inc.]", ["Corvaine Batteries Inc.", "Lumotek Cells Inc."]),
      ("廈門鷺濤雨具（前稱廈門雨傘廠）", ["廈門鷺濤雨具", "廈門雨傘廠"]),
      ("锦泽纺织(原名:越河印染厂)", ["锦泽纺织", "越河印染厂"]),
      ("Bergthal GmbH (vormals Kessler & Sohn)", ["Bergthal GmbH", "Kessler & Sohn"]),
      ("Valdorsa S.r.l. (già Fornaci Bellini)", ["Valdorsa S.r.l.", "Fornaci Bellini"]),
      ("福州榕橡厂，曾用名福州榕新厂", ["福州榕橡厂", "福州榕新厂"]), ("Maple (Hong Kong) Ltd", ["Maple (Hong Kong) Ltd"]),
      ("原野家具（原木）", ["原野家具(原木)"]), ("(", ["("]), ("（原名", ["(原名"]), ("", [""]),
    ])
  func formerNames(_ text: String, _ names: [String]) {
    let found = FormerNames.split(text).map { name in
      String(name.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
    #expect(found == names)
  }

  /// The oracle: two lines of business without an English name in common are two companies'.
  @Test("A5: names in ideographs and in English that differ by the line of business are different")
  func linesOfBusiness() {
    var state: UInt64 = 58
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let terms = NameVocabulary.terms.filter { !$0.isOwn && $0.ideographs.count > 1 }
    var wrong: [String] = []
    for _ in 0..<500 {
      let (one, other) = (terms[next(terms.count)], terms[next(terms.count)])
      guard Set(one.surfaces).isDisjoint(with: other.surfaces) else { continue }
      let business = String(String.UnicodeScalarView(one.ideographs))
      let surface = other.surfaces[next(other.surfaces.count)]
      let names = ("宁波宏屿\(business)有限公司", "Ningbo Hongyu \(surface) Co., Ltd.")
      if NameMatch.compare(names.0, names.1).matches { wrong.append("\(names)") }
    }
    #expect(wrong.isEmpty, "seed 58: \(wrong)")
  }

  @Test("A5: which of two names comes first makes no difference, and every name is its own")
  func symmetric() throws {
    for pair in try LabelledPairs.read("name-pairs.tsv") {
      let there = NameMatch.compare(pair.one, pair.other)
      let back = NameMatch.compare(pair.other, pair.one)
      #expect(there == back, "\(pair.one), \(pair.other): \(there) \(back)")
      #expect(NameMatch.compare(pair.one, pair.one) == NameMatch(rung: .exact, confidence: 1))
    }
  }

  @Test(
    "A5, A6: the rung says how",
    arguments: [
      ("Hongda Toys Co., Ltd.", "HONGDA TOYS CO., LTD.", NameMatch.Rung.exact),
      ("Hongda Toys Co., Ltd.", "Hong-Da Toys (Shenzhen) Co Ltd", .name),
      ("宏达玩具有限公司", "宏達玩具股份有限公司", .name), ("宏达玩具有限公司", "hongda wanju", .pinyin),
      ("深圳市宏达玩具有限公司", "Shenzhen Hongda Toys Co., Ltd.", .pinyin),
      ("Northern Electronics", "Northern Electornics", .fuzzy),
    ])
  func rungs(_ one: String, _ other: String, _ rung: NameMatch.Rung) {
    let match = NameMatch.compare(one, other)
    #expect(match.rung == rung && match.matches, "\(match)")
  }

  @Test("The legal form alone is like no name, and text made to be long ends")
  func bounded() {
    for form in ["Co., Ltd.", "有限公司", "GmbH", "S.A.", "Company", "", "()", "（）", "，"] {
      #expect(!NameMatch.compare(form, "Hongda Co., Ltd.").matches)
      #expect(!NameMatch.compare(form, "宏达有限公司").matches)
    }
    let long = String(repeating: "宏达玩具 hongda (a) ", count: 20_000)
    let letters = String(repeating: "anganganga ", count: 20_000)
    let clock = ContinuousClock()
    let time = clock.measure {
      _ = NameMatch.compare(long, letters)
      _ = NameMatch.compare(long, long + "x")
      _ = NameMatch.compare(letters, letters + "toys")
    }
    #expect(time < .seconds(5), "\(time)")
  }
}
