import JSONText
import QualityRecords
import Testing

struct CiteTests {
  private static let paragraphs = [
    "The conference was held in the capital by the vice minister.",
    "Ten categories are covered and the first five form the priority group of this year.",
    "Every enterprise on record is to be examined again by the end of October and its quality file brought up to date.",
    "质量档案应包括生产许可证、近两年检验报告、供应商名录及历次检查记录。",
  ]

  @Test("D4: text, Markdown, Chinese and a link")
  func forms() throws {
    let fixture = try DirectiveFixture()
    try fixture.add("d1", title: "Notice *on* toys", Self.paragraphs, date: "--02-20", issuer: "AQSIQ")
    let answer = try fixture.index.cite("d1#p2")
    #expect(answer.link.hasPrefix("d1#p2~") && answer.link.hasPrefix(answer.shortLink + "-"))
    #expect(
      answer.citation(.text)
        == "“\(Self.paragraphs[1])” — AQSIQ, Notice *on* toys, Feb 20 (year not stated), ¶2 of 4. \(answer.link)")
    #expect(
      answer.citation(.markdown)
        == "> \(Self.paragraphs[1])\n>\n> — AQSIQ, *Notice \\*on\\* toys*, Feb 20 (year not stated), ¶2 of 4. "
        + "`\(answer.link)`")
    #expect(
      answer.citation(.chinese)
        == "《Notice *on* toys》（AQSIQ，2月20日，年份未注明）第2段（共4段）：“\(Self.paragraphs[1])”。链接：\(answer.link)")
    #expect(try fixture.index.cite("d1#p2") == answer)
    #expect(answer.change == nil)
    for (text, message) in [
      ("d1#p99", "d1 has 4 paragraphs"), ("d1 第九段", "d1 has 4 paragraphs"), ("d1 Article 3", "d1 has 0 articles"),
      ("nobody#p1", "no directive"), ("d1", "names a directive"), ("d1#p1~XYZ", "no fingerprint"),
      ("d1#p1~U0000", "no fingerprint"), ("", "no paragraph"), ("#p1", "no paragraph"),
    ] {
      let error = #expect(throws: QualityError.self) { _ = try fixture.index.cite(text) }
      #expect(error?.message.contains(message) == true, "\(text): \(error?.message ?? "")")
      #expect(error?.exitCode == .usage)
    }
  }

  @Test("D4: links survive a re-issue: moved, changed, both")
  func reissue() throws {
    let fixture = try DirectiveFixture()
    try fixture.add("d1", title: "Notice", Self.paragraphs)
    let old = try (1...4).map { try fixture.index.cite("d1#p\($0)") }
    #expect(try fixture.index.cite(old[2].link).change == "unchanged")

    var text = Self.paragraphs
    text.insert("A paragraph is put in above all.", at: 0)
    text[3] = text[3].replacing("October", with: "November").replacing("quality file", with: "quality record")
    text[4] = text[4].replacing("近两年", with: "近三年")
    try fixture.add("d1", title: "Notice", text)
    let index = try fixture.index

    let moved = try index.cite(old[0].link)
    #expect(moved.id == "d1#p2")
    #expect(moved.change == "was ¶1, now ¶2")
    #expect(try index.cite(old[0].shortLink).id == "d1#p2")

    let changed = try index.cite(old[2].link)
    #expect(changed.id == "d1#p4")
    #expect(changed.change == "was ¶3, now ¶4; about 2 words differ")
    let chinese = try index.cite(old[3].link)
    #expect(chinese.id == "d1#p5")
    #expect(chinese.change == "was ¶4, now ¶5; about 1 word differs")

    // Without the sketch a changed text is not found: the number is what is left, and that is said.
    #expect(try index.cite(old[2].shortLink).change == "the text is not the one that was cited")
    guard case .linked("d1#p4", _, _, let outcome) = try index.show(old[2].link) else {
      Issue.record("show does not follow the link")
      return
    }
    #expect(outcome.was == 3 && outcome.now == 4 && outcome.wordsDiffer == 2)
    #expect(try index.refs(old[2].link).id == "d1#p4")
    // Fingerprints are typed by hand, too.
    #expect(try index.cite(old[0].link.lowercased()).id == "d1#p2")
    let gone = #expect(throws: QualityError.self) { _ = try index.cite("d1#p9~00000") }
    #expect(gone?.message.contains("d1 has 5 paragraphs") == true)
  }

  @Test("D4: random re-issues: unchanged words are always found, small changes nearly always, about how many")
  func randomReissues() throws {
    let seed = UInt64.random(in: 0 ... .max)
    print("seed \(seed)")
    var random = SeededGenerator(seed)
    func words(_ count: Int) -> [String] { (0..<count).map { _ in "w\(Int.random(in: 0..<900, using: &random))" } }
    let fixture = try DirectiveFixture()
    var paragraphs = (0..<40).map { _ in words(Int.random(in: 20...90, using: &random)) }
    try fixture.add("d", title: "t", paragraphs.map { $0.joined(separator: " ") })
    let links = try (1...40).map { try fixture.index.cite("d#p\($0)").link }
    var changes = [Int](repeating: 0, count: 40)
    for place in paragraphs.indices where place % 2 == 0 {
      changes[place] = Int.random(in: 1...4, using: &random)
      for _ in 0..<changes[place] {
        paragraphs[place][Int.random(in: 0..<paragraphs[place].count, using: &random)] =
          "new\(UInt32.random(in: 0 ... .max, using: &random))"
      }
    }
    let order = (0..<40).shuffled(using: &random)
    try fixture.add("d", title: "t", order.map { paragraphs[$0].joined(separator: " ") })
    let index = try fixture.index
    var found = 0
    var close = 0
    for (place, link) in links.enumerated() {
      let now = (order.firstIndex(of: place) ?? 0) + 1
      let answer = try index.cite(link)
      if place % 2 == 1 {
        #expect(answer.paragraph == now)
        continue
      }
      guard answer.paragraph == now else { continue }
      found += 1
      guard case .linked(_, _, _, let outcome) = try index.show(link) else { continue }
      if abs((outcome.wordsDiffer ?? 99) - changes[place]) <= 1 { close += 1 }
    }
    print("of 20 changed paragraphs \(found) found, the count of words within one in \(close)")
    #expect(found >= 19 && close >= 16)
  }
}
