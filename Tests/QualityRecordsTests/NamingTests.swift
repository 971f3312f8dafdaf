import JSONText
import QualityRecords
import SearchEngine
import Testing

/// Typed names to enterprises.
@Suite struct NamingTests {
  private static let index: Result<(TestDirectory, QualityIndex), any Error> = Result {
    let directory = try TestDirectory()
    let enterprises = [
      #"{"kind":"enterprise","id":"E1","name":"深圳市宏达玩具有限公司","aliases":["Shenzhen Hongda Toys Co., Ltd."],"formerNames":[{"name":"宏达工艺厂","until":"2006-03"}]}"#,
      #"{"kind":"enterprise","id":"E2","name":"Hongda Toys Co., Ltd."}"#,
      #"{"kind":"enterprise","id":"E3","name":"Hongda Furniture Co., Ltd."}"#,
      #"{"kind":"enterprise","id":"E4","name":"东莞市金龙家具厂"}"#,
      #"{"kind":"enterprise","id":"E5","name":"Brightway Manufacturing Inc."}"#,
      #"{"kind":"enterprise","id":"E6","name":"Hongda Toys Limited"}"#,
      #"{"kind":"enterprise","id":"E7","name":"Qingdao Hailan Coating Co., Ltd."}"#,
    ]
    let file = try directory.write("e.jsonl", enterprises.joined(separator: "\n") + "\n")
    _ = try IndexJob.run(IndexRequest(paths: [file], index: directory.index))
    return (directory, try QualityIndex(paths: [directory.index]))
  }

  private func ids(_ name: String) throws -> [String] {
    try Self.index.get().1.enterprises(named: name).filter(\.isMatch).map(\.id)
  }

  @Test(
    "A5, A6: a name finds its enterprise by the first rung that knows it",
    arguments: [
      ("E3", ["E3"], Rung.exact), ("宏达工艺厂", ["E1"], .exact), ("SHENZHEN HONGDA TOYS CO., LTD.", ["E1"], .exact),
      ("深圳宏達玩具股份有限公司", ["E1"], .name), ("dongguan jinlong jiaju chang", ["E4"], .pinyin),
      ("Dongguan Jinlong Furniture Factory", ["E4"], .pinyin), ("Brightway Mfg", ["E5"], .name),
      ("青岛海蓝涂料有限公司", ["E7"], .pinyin),
    ])
  func finds(_ name: String, _ expected: [String], _ rung: Rung) throws {
    let found = try Self.index.get().1.enterprises(named: name).filter(\.isMatch)
    #expect(found.map(\.id) == expected && found.first?.rung == rung, "\(found)")
  }

  @Test("A5: several enterprises of one name are all given, none chosen")
  func ambiguous() throws {
    #expect(Set(try ids("HONG-DA TOYS")).isSuperset(of: ["E2", "E6"]))
    #expect(try ids("Hongda Toys Co., Ltd.").first == "E2")
  }

  @Test("A5: former names say so")
  func former() throws {
    let found = try #require(try Self.index.get().1.enterprises(named: "宏达工艺厂").first)
    #expect(found.formerly?.name == "宏达工艺厂" && found.formerly?.until == "2006-03")
    #expect(found.name == "深圳市宏达玩具有限公司")
  }

  @Test("S3: fuzzy only where nothing else is, and below what counts as a match")
  func fuzzy() throws {
    let found = try Self.index.get().1.enterprises(named: "Brihtway Manufacturing")
    #expect(found.map(\.id) == ["E5"] && found.first?.rung == .fuzzy, "\(found)")
    #expect(try Self.index.get().1.enterprises(named: "Zyzzyva Unheard Works").isEmpty)
    #expect(try Self.index.get().1.enterprises(named: "Co., Ltd.").filter(\.isMatch).isEmpty)
    #expect(try Self.index.get().1.enterprises(named: "").isEmpty)
  }

  @Test("A5: weaker candidates stand behind the sure ones where people choose, and nowhere else")
  func offers() throws {
    let index = try Self.index.get().1
    let found = try index.enterprises(named: "Hongda", offers: true)
    #expect(
      found.allSatisfy { !$0.isMatch } && Set(found.map(\.id)).isSuperset(of: ["E1", "E2", "E3", "E6"]), "\(found)")
    let toys = try index.enterprises(named: "Hongda Toys", offers: true)
    #expect(toys.prefix { $0.isMatch }.count == toys.count { $0.isMatch }, "matches first: \(toys)")
    #expect(toys.filter(\.isMatch).map(\.id) == (try ids("Hongda Toys")), "\(toys)")
    #expect(try index.enterprises(named: "Hongda Toys").allSatisfy(\.isMatch))
  }
}
