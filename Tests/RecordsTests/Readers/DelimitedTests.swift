import JSONText
import Records
import Testing

@Suite struct DelimitedTests {
  @Test func quotedFieldsOfTheStandard() throws {
    let table = try Reading("a,b,c\r\n\"x, y\",\"he said \"\"no\"\"\",\"two\r\nlines\"\r\n,,\r\n1,2,3", path: "t.csv")
    #expect(table.rejects.isEmpty)
    #expect(table.rows.count == 3)
    #expect(table.value("a") == "x, y")
    #expect(table.value("b") == "he said \"no\"")
    #expect(table.value("c") == "two\r\nlines")
    #expect(table.value("c", row: 1) == "")
    #expect(table.rows.map(\.line) == [2, 4, 5])
  }

  @Test(arguments: [(",", "t.csv"), (";", "t.csv"), ("\t", "t.tsv"), ("|", "t.csv"), ("\t", "t.csv"), (",", "t.tsv")])
  func separatorsAreDetected(separator: String, path: String) throws {
    let rows = (0..<20).map { ["名\($0)", "a b", "\($0).5", "x"].joined(separator: separator) }
    let text = (["name", "note", "value", "d"].joined(separator: separator) + "\n") + rows.joined(separator: "\n")
    let table = try Reading(text, path: path)
    #expect(table.rows.count == 20)
    #expect(table.value("value", row: 3) == "3.5")
  }

  @Test func lineEndsMarkAndDeclaredSeparator() throws {
    for end in ["\n", "\r", "\r\n"] {
      let table = try Reading("\u{FEFF}a;b\(end)1;2\(end)\(end)3;4\(end)", path: "t.csv")
      #expect(table.rows.count == 2)
      #expect(table.value("a") == "1")
      #expect(table.rows.map(\.line) == [2, 4])
    }
    #expect(try Reading("sep=|\na|b,c\n1|2,3\n", path: "t.csv").value("b,c") == "2,3")
  }

  @Test func raggedRowsAreSetAside() throws {
    let table = try Reading("a,b\n1,2\n3\n4,5,6\n7,8\n\"x\"y,9\n10,11\n", path: "t.csv")
    #expect(table.rows.count == 3)
    #expect(table.rejects.map(\.line) == [3, 4, 6])
    #expect(table.rejects.map(\.raw) == ["3", "4,5,6", "\"x\"y,9"])
    #expect(table.rejects[2].column == 4)
  }

  @Test func openQuoteLosesOneLine() throws {
    let table = try Reading("a,b\n1,\"open\n2,3\n4,5\n", path: "t.csv")
    #expect(table.rows.map(\.line) == [3, 4])
    #expect(table.rejects.first?.line == 2)
    #expect(table.rejects.first?.column == 3)
  }

  @Test func runawayQuoteIsBounded() throws {
    var bytes = Array("a,b\n1,\"open\n".utf8)
    let row = Array((String(repeating: "some text ", count: 200) + ",more text\n").utf8)
    while bytes.count < 18 << 20 { bytes += row }
    let rows = bytes.count / row.count
    let table = try Reading(bytes, path: "t.csv")
    #expect(table.rejects.count == 1)
    #expect(table.rejects.first?.line == 2)
    #expect(table.rows.count >= rows - 2)
  }

  @Test func headersAreMadeDistinct() throws {
    let table = try Reading("a,,a, b \n1,2,3,4\n", path: "t.csv")
    #expect(table.rows.first?.members.names == ["a", "column2", "a_2", "b"])
  }

  @Test func badCharactersRejectTheirRow() throws {
    let table = try Reading(
      Array("a,b\n1,2\n3,".utf8) + [0xE4, 0x41, 0x0A] + Array("5,6\n7,\0\n8,9\n".utf8), path: "t.csv")
    #expect(table.rows.count == 3)
    #expect(table.rejects.map(\.line) == [3, 5])
    #expect(table.rejects.map(\.column) == [3, 3])
  }

  @Test func piecesOfAnySizeGiveTheSame() throws {
    let text = "a,b\r\n\"x\r\n\"\"y\",2\r\n3,\"4\"\r\nragged\r\n5,6"
    let whole = try Reading(text, path: "t.csv")
    for piece in 1...9 {
      let pieces = try Reading(text, path: "t.csv", piece: piece)
      #expect(pieces.rows.map(\.members) == whole.rows.map(\.members))
      #expect(pieces.rows.map(\.line) == whole.rows.map(\.line))
      #expect(pieces.rejects.map(\.line) == whole.rejects.map(\.line))
    }
  }
}
