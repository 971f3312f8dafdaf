import Records
import Testing

@Suite struct EncodingTests {
  static let text = "name,note\n宏达玩具厂,毛绒玩具 €𠀀🙂\nplain,text\n"

  @Test func utf16WithAndWithoutMark() throws {
    for isBig in [false, true] {
      for hasMark in [false, true] {
        let text = hasMark ? Self.text : "name,note\nplain,text and more of it\nx,y\n"
        var bytes: [UInt8] = []
        for unit in (hasMark ? [0xFEFF] : []) + Array(text.utf16) {
          bytes += isBig ? [UInt8(unit >> 8), UInt8(unit & 255)] : [UInt8(unit & 255), UInt8(unit >> 8)]
        }
        for piece in [1, 3, 1 << 16] {
          let table = try Reading(bytes, path: "t.csv", piece: piece)
          #expect(table.rows.count == 2)
          #expect(table.encoding == (isBig ? .utf16BigEndian : .utf16LittleEndian))
          if hasMark { #expect(table.value("note") == "毛绒玩具 €𠀀🙂") }
        }
      }
    }
  }

  /// Byte forms from the standard's text and its tables: one, two and four bytes, basic plane and beyond.
  @Test func gb18030Vectors() throws {
    let cases: [([UInt8], String)] = [
      ([0xBA, 0xEA, 0xB4, 0xEF], "宏达"), ([0xA2, 0xE3], "€"), ([0x81, 0x30, 0x81, 0x30], "\u{80}"),
      ([0x84, 0x31, 0xA4, 0x39], "\u{FFFF}"), ([0x90, 0x30, 0x81, 0x30], "\u{10000}"),
      ([0xE3, 0x32, 0x9A, 0x35], "\u{10FFFF}"), ([0x95, 0x32, 0x82, 0x36], "𠀀"), ([0x94, 0x39, 0xFC, 0x36], "😀"),
      ([0x81, 0x40], "丂"), ([0xFE, 0xFE], "\u{E4C5}"), ([0xA8, 0xBC], "\u{1E3F}"), ([0x81, 0x39, 0xEE, 0x39], "㐀"),
    ]
    for (bytes, expected) in cases {
      let padding: [UInt8] = [0xD6, 0xD0, 0xB9, 0xFA, 0xB2, 0xFA, 0xC6, 0xB7]
      let table = try Reading(Array("a,b\n".utf8) + padding + [0x2C] + bytes + [0x0A], path: "t.csv")
      #expect(table.encoding == .gb18030)
      #expect(table.value("a") == "中国产品")
      #expect(table.value("b") == expected)
    }
  }

  @Test func lateEvidenceIsFound() throws {
    // 200 KB of ASCII before the first Chinese character.
    var bytes = Array("a,b\n".utf8)
    for _ in 0..<20_000 { bytes += Array("abcde,fghij\n".utf8) }
    let count = 20_000
    bytes += [0xBA, 0xEA, 0xB4, 0xEF, 0xCD, 0xE6, 0xBE, 0xDF, 0x2C, 0x78, 0x0A]
    let table = try Reading(bytes, path: "t.csv")
    #expect(table.rows.count == count + 1)
    #expect(table.value("a", row: count) == "宏达玩具")
    #expect(table.encoding == .gb18030)
  }

  @Test func badUTF8IsNotTakenForChinese() throws {
    let latin = Array("name,town\nCaf".utf8) + [0xE9] + Array(",Li".utf8) + [0xE8] + Array("ge\nx,y\n".utf8)
    let table = try Reading(latin, path: "t.csv")
    #expect(table.rows.count == 1)
    #expect(table.rejects.count == 1)
    let mixed = Array("a,b\n宏达玩具厂毛绒玩具,1\n".utf8) + [0x62, 0xFF, 0x2C, 0x31, 0x0A]
    let second = try Reading(mixed, path: "t.csv")
    #expect(second.encoding == .utf8)
    #expect(second.rows.count == 1)
    #expect(second.rejects.first?.line == 3)
  }

  @Test func malformedGB18030RejectsItsRow() throws {
    var bytes = Array("a,b\n".utf8)
    for _ in 0..<60 { bytes += [0xD6, 0xD0, 0xB9, 0xFA, 0xB2, 0xFA, 0xC6, 0xB7, 0x2C, 0x31, 0x0A] }
    bytes += [0xD6, 0xD0, 0xFF, 0x2C, 0x31, 0x0A, 0xD6, 0xD0, 0x2C, 0x32, 0x0A]
    let table = try Reading(bytes, path: "t.csv")
    #expect(table.rows.count == 61)
    #expect(table.rejects.map(\.line) == [62])
  }

  @Test func pagesDeclareTheirEncoding() throws {
    let head = Array(
      "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=gb2312\"></head><body><h1>".utf8)
    let page = try Reading(head + [0xCD, 0xE6, 0xBE, 0xDF] + Array("</h1><p>x</p>".utf8), path: "a.html")
    #expect(page.value("title") == "玩具")
    let latin = Array("<html><meta charset=iso-8859-1><p>It".utf8) + [0x92] + Array("s a caf".utf8) + [0xE9]
    #expect(try Reading(latin, path: "a.html").list("paragraphs") == ["It’s a café"])
  }
}
