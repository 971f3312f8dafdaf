import Testing
import TextAnalysis

@Suite struct NameTests {
  @Test(arguments: [
    [
      "Hongda Toys Co., Ltd.", "HONGDA TOYS COMPANY LIMITED", "Hong-Da Toys (Shenzhen) Co Ltd", "Hongda Toys",
      "HongDa Toys Co.,Ltd",
      "Ｈｏｎｇｄａ Ｔｏｙｓ Co. Ltd", "The Hongda Toys Company", "Hongda Toys Corp.", "Hongda Toys, Inc.",
    ],
    ["宏达玩具有限公司", "宏达玩具有限责任公司", "宏達玩具股份有限公司", "宏达玩具 有限公司", "宏达玩具（有限公司）", "宏达玩具（深圳）有限公司"],
    ["深圳市宏达玩具有限公司", "深圳宏达玩具有限公司", "深圳市宏達玩具股份有限公司"], ["A.B.C. Company", "ABC Co.", "A-B-C Company", "A B C Ltd"],
    ["Müller GmbH", "Muller G.m.b.H", "MÜLLER GMBH & Co. KG"], ["O'Neil Foods L.L.C.", "ONeil Foods LLC"],
  ]) func same(_ names: [String]) {
    for name in names.dropFirst() {
      #expect(
        NameKey.key(of: name).matches(NameKey.key(of: names[0])),
        "\(name): \(NameKey.key(of: name)) \(NameKey.key(of: names[0]))")
    }
  }

  @Test(arguments: [
    ("A-B-C Company", "Company"), ("Hongda Toys (Shenzhen) Ltd", "Hongda Toys (Dongguan) Ltd"),
    ("宏达玩具（深圳）有限公司", "宏达玩具（东莞）有限公司"),
    ("深圳市宏达玩具有限公司", "广州市宏达玩具有限公司"), ("宏达玩具有限公司", "宏达家具有限公司"), ("宏达玩具厂", "宏达玩具有限公司"), ("宏达玩具有限公司", "宏达玩具有限公司分公司"),
    ("宏达集团有限公司", "宏达有限公司"), ("Hongda Toys Ltd", "Hongda Furniture Ltd"), ("有限公司", "宏达有限公司"),
    ("Co., Ltd.", "Hongda Co., Ltd."), ("", ""),
  ]) func different(_ one: String, _ other: String) {
    #expect(!NameKey.key(of: one).matches(NameKey.key(of: other)), "\(NameKey.key(of: one)) \(NameKey.key(of: other))")
  }

  @Test(arguments: [
    ("宏达玩具", "hongdawanju"), ("hongda wanju", "hongdawanju"), ("Hóng dá wán jù", "hongdawanju"),
    ("hong2da2 wan2ju4", "hongdawanju"),
    ("宏達玩具", "hongdawanju"), ("绿女", "lunu"), ("lǜ nǚ", "lunu"), ("lv nv", "lunu"), ("深圳3M", "shenzhen3m"),
  ]) func pinyin(_ text: String, _ key: String) {
    #expect(Pinyin.key(of: text) == key)
  }
}
