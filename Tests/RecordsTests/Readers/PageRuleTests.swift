import Records
import Testing

/// Pages made up for these tests, as sites of many sorts save them: the rules may know none of them.
@Suite struct PageRuleTests {
  private static let body1 =
    "On March 5, 2008, the provincial bureau held a meeting on furniture safety in Hangzhou. Forty inspectors took part and the plan for the year was presented to them."
  private static let body2 =
    "Every workshop that sprays paint is to be visited before June. Where the coating holds more lead than the standard allows, the lot is sealed and the enterprise answers for it within ten days."
  private static let chinese1 =
    "3月12日，省质监局在杭州召开家具产品质量专项整治工作会议，部署全年重点工作。会议要求各市局高度重视，落实责任，确保整治工作取得实效。"
  private static let chinese2 =
    "会议指出，要加强对涂料、油漆等原材料的抽样检验，对不合格产品依法予以查封，并责令企业限期整改，整改不到位的一律停产。"

  @Test func textWithSloganAndLabels() throws {
    let page = try Reading(
      """
      Your cargo, our care!
      Freight to forty countries

      Bureau meets on furniture safety
      Posted on 2011-06-30 08:15
      Source: Zhejiang Daily

      \(Self.body1)
      \(Self.body2)

      Copyright 2011 Cargo Care Ltd. All rights reserved.
      """, path: "a.txt")
    #expect(page.value("title") == "Bureau meets on furniture safety")
    #expect(page.value("issuer") == "Zhejiang Daily")
    #expect(page.value("pageDate") == "2011-06-30")
    #expect(page.value("date") == "2008-03-05")
    #expect(page.value("place") == "Hangzhou")
    #expect(page.list("paragraphs") == [Self.body1, Self.body2])
    #expect(page.list("furniture").contains("Your cargo, our care!"))
    #expect(page.list("furniture").contains { $0.hasPrefix("Copyright") })
  }

  @Test func chineseNotice() throws {
    let page = try Reading(
      """
      关于开展家具产品质量专项整治的通知
      浙质监〔2008〕27号

      各市质量技术监督局：
      　　\(Self.chinese2)
      　　请于四月底前将工作方案报省局。

      浙江省质量技术监督局
      二〇〇八年三月十四日
      """, path: "b.txt")
    #expect(page.value("title") == "关于开展家具产品质量专项整治的通知")
    #expect(page.value("documentNumber") == "浙质监〔2008〕27号")
    #expect(page.value("issuer") == "浙江省质量技术监督局")
    #expect(page.value("date") == "2008-03-14")
    #expect(page.value("pageDate") == nil)
    #expect(page.list("paragraphs") == ["各市质量技术监督局：", Self.chinese2, "请于四月底前将工作方案报省局。"])
  }

  @Test func chinesePageWithOneLineOfLabels() throws {
    let page = try Reading(
      """
      省局召开家具产品质量专项整治工作会议
      来源：浙江省质监局 发布时间：2009-01-07 09:30:00 浏览次数：112

      \(Self.chinese1)
      \(Self.chinese2)

      【打印本页】 【关闭窗口】
      上一篇：玩具召回公告
      """, path: "c.txt")
    #expect(page.value("title") == "省局召开家具产品质量专项整治工作会议")
    #expect(page.value("issuer") == "浙江省质监局")
    #expect(page.value("pageDate") == "2009-01-07")
    #expect(page.value("date") == "--03-12")
    #expect(page.value("place") == "杭州")
    #expect(page.list("paragraphs") == [Self.chinese1, Self.chinese2])
  }

  @Test func htmlWithNavigationAndFooter() throws {
    let page = try Reading(
      """
      <!DOCTYPE html><html><head><title>Bureau meets on furniture safety - Trade Portal</title>
      <script>var a = "<p>not text</p>";</script><style>p { color: red }</style></head>
      <body class="has-sidebar"><nav><a href="/">Home</a> <a href="/n">News</a></nav>
      <div class="slogan">We carry for you!</div>
      <div id="content"><h1>Bureau meets on furniture safety</h1>
      <div class="info">2012-02-03 10:00:00</div><p>Source: Provincial Bureau</p>
      <p>\(Self.body1)</p><p>See the <a href="x">standard</a> for coatings. \(Self.body2)</p>
      <ul><li><a href="1">Toys recalled in two cities</a></li><li><a href="2">Paint shops closed</a></li></ul></div>
      <div class="sidebar"><p>Hot topics of the week are here.</p></div>
      <footer>© 2012 Trade Portal</footer></body></html>
      """, path: "d.html")
    #expect(page.value("title") == "Bureau meets on furniture safety")
    #expect(page.value("issuer") == "Provincial Bureau")
    #expect(page.value("pageDate") == "2012-02-03")
    #expect(page.value("date") == "2008-03-05")
    #expect(page.list("paragraphs") == [Self.body1, "See the standard for coatings. " + Self.body2])
    #expect(page.list("furniture").contains("We carry for you!"))
    #expect(!page.list("furniture").contains { $0.contains("not text") })
  }

  @Test func chineseTableLayoutWithBreaks() throws {
    let page = try Reading(
      """
      <html><head><meta charset=utf-8><title>专项整治会议召开_质量网</title></head><body><table><tr>
      <td><a href=1>首页</a> <a href=2>新闻</a> <a href=3>法规</a></td></tr>
      <tr><td><b>专项整治会议召开</b></td></tr><tr><td>2010年5月6日 14:20　来源：质量报</td></tr>
      <tr><td>　　\(Self.chinese1)<br><br>　　\(Self.chinese2)<br>　　责任编辑：王某</td></tr>
      <tr><td>版权所有 质量网 京ICP备000号</td></tr></table></body></html>
      """, path: "e.htm")
    #expect(page.value("title") == "专项整治会议召开")
    #expect(page.value("issuer") == "质量报")
    #expect(page.value("pageDate") == "2010-05-06")
    #expect(page.value("date") == "--03-12")
    #expect(page.list("paragraphs") == [Self.chinese1, Self.chinese2])
  }

  @Test func articleElementAndTime() throws {
    let page = try Reading(
      """
      <!doctype html><title>Plush toys | Safety Office</title><header><h2>Safety Office</h2></header>
      <main><article><h1>Plush toys to be examined again</h1><time datetime="2013-09-01T10:00:00Z">1 Sep</time>
      <p>\(Self.body2)</p><h2>What is examined</h2><p>Seams &amp; small parts &mdash; see &#167; 4.</p></article></main>
      <aside><p>\(Self.body1)</p></aside>
      """, path: "f.html")
    #expect(page.value("title") == "Plush toys to be examined again")
    #expect(page.value("pageDate") == "2013-09-01")
    #expect(page.value("date") == nil)
    #expect(
      page.list("paragraphs") == [Self.body2, "What is examined", "Seams & small parts — see § 4."]
        || page.list("paragraphs").suffix(3) == [Self.body2, "What is examined", "Seams & small parts — see § 4."])
    #expect(!page.list("paragraphs").contains(Self.body1))
  }

  @Test func wrappedText() throws {
    let page = try Reading(
      """
      Circular on washing products

      The provincial offices are to examine all washing products that
      are sold in markets of the second grade, and to report what they
      found by the end of the quarter to the office for supervision of
      products.

      Lots without a name of the maker are taken off the shelves; the
      seller names the supplier within three days, and the supplier is
      visited in the same week.
      """, path: "g.txt")
    #expect(page.value("title") == "Circular on washing products")
    #expect(page.list("paragraphs").count == 2)
    #expect(page.list("paragraphs").first?.hasSuffix("supervision of products.") == true)
  }

  @Test func repeatedTitleWithoutLabels() throws {
    let page = try Reading(
      """
      Trusted by thousands of shippers worldwide.

      New rules for the coating of children's furniture

      New rules for the coating of children's furniture come into force

      \(Self.body2)
      """, path: "h.txt")
    #expect(page.value("title") == "New rules for the coating of children's furniture come into force")
    #expect(page.list("paragraphs") == [Self.body2])
    #expect(page.list("furniture") == ["Trusted by thousands of shippers worldwide."])
  }

  @Test func datelineGivesPlaceAndDate() throws {
    let page = try Reading(
      "Toy makers sign guarantee\n\nGUANGZHOU, Nov 20 - Two hundred toy makers signed the guarantee of quality on Tuesday. "
        + Self.body2, path: "i.txt")
    #expect(page.value("place") == "Guangzhou")
    #expect(page.value("date") == "--11-20")
    #expect(page.list("paragraphs").count == 1)
  }

  @Test func lawWithItsPassingBelowTheTitle() throws {
    let page = try Reading(
      """
      产品质量监督抽查管理办法
      （2010年12月29日国家质量监督检验检疫总局令第133号公布）
      第一章 总则
      第一条 为规范产品质量监督抽查工作，根据《中华人民共和国产品质量法》等法律、行政法规，制定本办法。在境内生产、销售的产品均适用本办法，任何单位不得拒绝。
      第二条 监督抽查分为定期实施的国家监督抽查和不定期实施的地方监督抽查两种，由省级以上部门组织，并及时公布抽查结果。
      """, path: "j.txt")
    #expect(page.value("title") == "产品质量监督抽查管理办法")
    #expect(page.value("date") == "2010-12-29")
    #expect(page.list("paragraphs").last?.hasPrefix("第二条") == true)
    #expect(page.list("paragraphs").contains { $0.hasPrefix("第一条") })
  }

  @Test func memoWithoutAnyFurniture() throws {
    let page = try Reading("Visit to Hongda\n\nThe door was locked. Nobody answered.\n", path: "k.txt")
    #expect(page.value("title") == "Visit to Hongda")
    #expect(page.list("paragraphs") == ["The door was locked. Nobody answered."])
    #expect(page.list("furniture").isEmpty)
  }

  @Test func relatedLinksAndRefrains() throws {
    let page = try Reading(
      """
      <html><body><div><h1>Auto parts under review</h1><p>\(Self.body1)</p><p>Back to top</p><p>\(Self.body2)</p>
      <p>Back to top</p><p>The report is due on 1 May.</p><p>Back to top</p>
      <h3>Related articles</h3><p>Brake pads recalled</p><p>Tyres with wrong labels</p></div></body></html>
      """, path: "l.html")
    #expect(page.list("paragraphs") == [Self.body1, Self.body2, "The report is due on 1 May."])
    #expect(page.list("furniture").contains("Brake pads recalled"))
  }

  @Test func roleAndHiddenBlocks() throws {
    let page = try Reading(
      """
      <html><body><div role=banner>Portal</div><div style="display: none">secret words</div>
      <h1>Board makers visited</h1><p>\(Self.body1)<p>\(Self.body2)<div role="contentinfo">Imprint</div></body></html>
      """, path: "m.html")
    #expect(page.value("title") == "Board makers visited")
    #expect(page.list("paragraphs") == [Self.body1, Self.body2])
    #expect(!page.list("furniture").contains { $0.contains("secret") })
  }

  @Test func markdownWithFrontMatter() throws {
    let page = try Reading(
      """
      ---
      title: "Circular: toys"
      date: 2007-03-14
      speakers: [Li, 'Wang, Jr.']
      tags:
        - toys
        - plush
      ---
      # Another heading

      Read the *whole* **text** of [the standard](http://x.example/a_(b)) and `GB 6675`.
      It goes on here.

      - first item
      - second snake_case item
      """, path: "n.md")
    #expect(page.value("title") == "Circular: toys")
    #expect(page.value("date") == "2007-03-14")
    #expect(page.list("speakers") == ["Li", "Wang, Jr."])
    #expect(page.list("tags") == ["toys", "plush"])
    #expect(
      page.list("paragraphs") == [
        "Read the whole text of the standard and GB 6675. It goes on here.", "first item", "second snake_case item",
      ])
  }

  @Test func pageOfOneParagraphInDivs() throws {
    let page = try Reading(
      "<div class=wrap><div class=header><a href=/>Home</a></div><div class=title>Paint sealed</div><div>\(Self.body2)</div></div>",
      path: "o.html")
    #expect(page.value("title") == "Paint sealed")
    #expect(page.list("paragraphs") == [Self.body2])
  }
}
