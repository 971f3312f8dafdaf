import QualityRecords
import Testing

@testable import QueryService

/// Values that the interface has words for, in the language of the page.
struct ValueNameTests {
  private func context(_ language: PageLanguage) throws -> PageContext {
    PageContext(PageVisit(index: try SamplePage.index.get(), path: [], language: language))
  }

  private func hasHan(_ text: String) -> Bool { text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } }

  @Test("counts by category and province are in the page's language, and lead where those in the other lead")
  func pivot() throws {
    let address = "/pivot?a=category&b=province"
    let english = try SamplePage.document(address)
    let chinese = try SamplePage.document(address, language: .chinese)
    func heads(_ document: HTMLDocument) -> [String] { document.all("th").map(\.text) }
    #expect(heads(english).count == heads(chinese).count)
    #expect(heads(chinese).allSatisfy(hasHan), "\(heads(chinese).filter { !hasHan($0) })")
    #expect(!heads(english).contains(where: hasHan))
    #expect(heads(chinese).contains("毛绒玩具") && heads(chinese).contains("广东"))
    func cells(_ document: HTMLDocument) -> [String] {
      document.all("td").compactMap { $0.all("a").first?.attributes["href"] }
    }
    #expect(cells(english) == cells(chinese))
  }

  @Test("facets are, too, and what they ask is what the records say")
  func facets() throws {
    let document = try SamplePage.document("/?q=lead&kind=inspection", language: .chinese)
    let link = try #require(document.all("a").first { $0.text == "广东" && $0.parent?.name == "li" })
    #expect(link.attributes["href"]?.contains("province:Guangdong") == true)
  }

  @Test("values that would be called the same stand as they are written")
  func same() throws {
    let context = try context(.chinese)
    #expect(context.values(["plush toy", "balloon"], of: "category") == ["毛绒玩具", "气球"])
    #expect(context.values(["plush toy", "毛绒玩具", "balloon"], of: "category") == ["plush toy", "毛绒玩具", "气球"])
    #expect(context.values(["fail", "Zhou Rong", "zzzz"], of: "result") == ["不合格", "Zhou Rong", "zzzz"])
    #expect(context.value("no such category", of: "products.category") == "no such category")
    #expect(try self.context(.english).value("毛绒玩具", of: "category") == "plush toy")
  }

  @Test("provinces by their short and their full names, both ways; others not at all")
  func provinces() {
    let full = [
      ("广东省", "Guangdong"), ("北京市", "Beijing"), ("广西壮族自治区", "Guangxi"), ("新疆维吾尔自治区", "Xinjiang"),
      ("宁夏回族自治区", "Ningxia"), ("内蒙古自治区", "Inner Mongolia"), ("香港特别行政区", "Hong Kong"), ("陕西省", "Shaanxi"),
      ("山西省", "Shanxi"),
    ]
    for (chinese, english) in full {
      #expect(ProvinceNames.name(chinese, in: .english) == english)
      let short = ProvinceNames.name(english, in: .chinese)
      #expect(short.map { chinese.hasPrefix($0) } == true, "\(english)")
      #expect(short.flatMap { ProvinceNames.name($0, in: .english) } == english)
    }
    for text in ["", "省", "市", "Guangdong Province", "深圳市", "guangdong"] {
      #expect(ProvinceNames.name(text, in: .chinese) == nil && ProvinceNames.name(text, in: .english) == nil, "\(text)")
    }
  }
}
