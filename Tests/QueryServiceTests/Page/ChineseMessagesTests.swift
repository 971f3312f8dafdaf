import Testing

@testable import QueryService

@Suite("messages in Chinese")
struct ChineseMessagesTests {
  @Test(
    "what fills a form stays as it is, brackets of names too",
    arguments: [
      (
        "'hongda toys' also as the name of 宁波宏大玩具有限公司, Hong-Da Toys (Shenzhen) Co Ltd (2 of kind enterprise): 14 more records",
        "“hongda toys”另按名称匹配：宁波宏大玩具有限公司, Hong-Da Toys (Shenzhen) Co Ltd（企业 2 家），另增 14 条记录"
      ),
      (
        "'toys' also as 玩具 (1 name): 3 more records", "“toys”另按词表匹配：玩具（1 个），另增 3 条记录"
      ),
    ])
  func forms(message: String, chinese: String) {
    #expect(ChineseMessages.shared.text(message) == chinese)
  }

  @Test("a message without a form has none, and none is a trap")
  func others() {
    #expect(ChineseMessages.shared.text("no such sentence stands in any table") == nil)
    for text in ["", "(", "'", "' also as ", "'a' also as the name of (", "'a' also as b (", ";;; ; ;"] {
      _ = ChineseMessages.shared.text(text)
      _ = ChineseMessages.shared.text(text + "' also as the name of x (")
    }
  }

  @Test("every form is one that its own English fills, hole by hole")
  func everyForm() {
    #expect(ChineseMessages.shared.forms.count > 200)
    for form in ChineseMessages.shared.forms {
      var message: [UInt8] = []
      for (place, piece) in form.pieces.enumerated() { message += (place > 0 ? Array("7".utf8) : []) + piece }
      let text = String(decoding: message, as: UTF8.self)
      #expect(ChineseMessages.shared.text(text) != nil, "\(text)")
    }
  }
}
