/// Office files that unpack to a hundred and fifty times their size: one run of bytes again and again, deflated by fixed
/// codes (RFC 1951, 3.2.6), in a ZIP archive (PKWARE APPNOTE 6.3). Written here, so that no other program is needed and what
/// is packed is never held.
struct PackedBombs {
  /// One member: a head, a piece many times, a tail.
  struct Member {
    var name: String
    var head = ""
    var piece = ""
    var repeats = 0
    var tail = ""
  }

  /// Archives by name, each packed when it is asked for.
  /// - Parameter bytes: size of the large ones, unpacked.
  static func all(bytes: Int) -> [(name: String, make: () -> [UInt8])] {
    let paragraph = "<w:p><w:r><w:t>word and word of a paragraph</w:t></w:r></w:p>"
    let row = "<row><c t=\"inlineStr\"><is><t>aaaaaaa</t></is></c><c><v>1</v></c></row>"
    let far = "<row><c r=\"A1\"><v>1</v></c><c r=\"XFD1\"><v>1</v></c></row>"
    func document(_ member: Member) -> () -> [UInt8] { { archive([member]) } }
    func workbook(_ members: [Member], sheets: Int = 1) -> () -> [UInt8] {
      {
        let names = (0..<sheets).map { "<sheet name=\"s\($0)\" id=\"r1\"/>" }.joined()
        return archive(
          [
            Member(name: "xl/workbook.xml", head: "<workbook><sheets>\(names)</sheets></workbook>"),
            Member(
              name: "xl/_rels/workbook.xml.rels",
              head: "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>"),
          ] + members)
      }
    }
    func sheet(_ head: String, _ piece: String, _ tail: String, _ size: Int = bytes) -> Member {
      Member(
        name: "xl/worksheets/sheet1.xml", head: "<worksheet><sheetData>" + head, piece: piece,
        repeats: size / max(1, piece.utf8.count), tail: tail + "</sheetData></worksheet>")
    }
    func part(_ head: String, _ piece: String, _ tail: String) -> Member {
      Member(
        name: "word/document.xml", head: "<w:document><w:body>" + head, piece: piece,
        repeats: bytes / max(1, piece.utf8.count), tail: tail + "</w:body></w:document>")
    }
    let plain = sheet(row, row, "", 4_096)
    return [
      ("paragraphs.docx", document(part("", paragraph, ""))),
      ("text.docx", document(part("<w:p><w:r><w:t>", "aaaaaaa ", "</w:t></w:r></w:p>"))),
      ("depth.docx", document(part("", "<w:p><w:r>", ""))),
      ("rows.xlsx", workbook([sheet("", row, "")])),
      ("cell.xlsx", workbook([sheet("<row><c t=\"inlineStr\"><is><t>", "aaaaaaa ", "</t></is></c></row>")])),
      ("cells.xlsx", workbook([sheet("<row>", "<c><v>1</v></c>", "</row>")])),
      ("far-cells.xlsx", workbook([sheet("", far, "", bytes / 16)])),
      (
        "texts.xlsx",
        workbook([
          Member(
            name: "xl/sharedStrings.xml", head: "<sst>", piece: "<si><t>a text that is shared</t></si>",
            repeats: bytes / 36, tail: "</sst>"), plain,
        ])
      ),
      (
        "empty-texts.xlsx",
        workbook([
          Member(name: "xl/sharedStrings.xml", head: "<sst>", piece: "<si/>", repeats: bytes / 5, tail: "</sst>"),
          plain,
        ])
      ),
      (
        "styles.xlsx",
        workbook([
          Member(
            name: "xl/styles.xml", head: "<s><cellXfs>", piece: "<xf/>", repeats: bytes / 5, tail: "</cellXfs></s>"),
          plain,
        ])
      ),
      // One member that a thousand sheets name: each reads it anew.
      ("sheets.xlsx", workbook([sheet("", row, "", 48 << 20)], sheets: 1_000)),
      (
        "members.xlsx",
        { archive((0..<65_000).map { Member(name: "xl/m\($0).xml") } + [Member(name: "xl/workbook.xml")]) }
      ),
    ]
  }

  /// A ZIP archive of members.
  static func archive(_ members: [Member]) -> [UInt8] {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for member in members {
      let offset = bytes.count
      let packed = Deflated(member)
      let name = Array(member.name.utf8)
      var sizes: [UInt8] = []
      number(Int(packed.checksum), 4, &sizes)
      number(packed.bytes.count, 4, &sizes)
      number(packed.length, 4, &sizes)
      number(name.count, 2, &sizes)
      bytes += [0x50, 0x4B, 3, 4, 20, 0, 0, 0, 8, 0, 0, 0, 0, 0] + sizes + [0, 0] + name + packed.bytes
      directory += [0x50, 0x4B, 1, 2, 20, 0, 20, 0, 0, 0, 8, 0, 0, 0, 0, 0] + sizes
      directory += [UInt8](repeating: 0, count: 12)
      number(offset, 4, &directory)
      directory += name
    }
    let start = bytes.count
    bytes += directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0]
    for _ in 0..<2 { number(members.count, 2, &bytes) }
    number(directory.count, 4, &bytes)
    number(start, 4, &bytes)
    return bytes + [0, 0]
  }

  private static func number(_ value: Int, _ width: Int, _ bytes: inout [UInt8]) {
    for place in 0..<width { bytes.append(UInt8(truncatingIfNeeded: value >> (place * 8))) }
  }
}

/// A member deflated by fixed codes: its piece once as it is, then copies of what came before.
private struct Deflated {
  private(set) var bytes: [UInt8] = []
  private(set) var checksum: UInt32 = 0xFFFF_FFFF
  private(set) var length = 0
  private var held: UInt64 = 0
  private var heldBits: UInt64 = 0

  /// The longest copy that DEFLATE knows, as symbol 285.
  private static let longest = 258

  init(_ member: PackedBombs.Member) {
    put(1, 1)
    put(1, 2)
    literals(Array(member.head.utf8))
    let piece = Array(member.piece.utf8)
    let total = piece.count * member.repeats
    if total > 0 {
      literals(piece)
      var left = total - piece.count
      var place = 0
      while left >= Self.longest {
        code(0b1100_0101, 8)
        distance(piece.count)
        for _ in 0..<Self.longest {
          count(piece[place])
          place = place + 1 == piece.count ? 0 : place + 1
        }
        left -= Self.longest
      }
      while left > 0 {
        literal(piece[place])
        place = place + 1 == piece.count ? 0 : place + 1
        left -= 1
      }
    }
    literals(Array(member.tail.utf8))
    code(0, 7)
    if heldBits > 0 { put(0, 8 - heldBits % 8) }
    checksum = ~checksum
  }

  private mutating func literals(_ text: [UInt8]) { for byte in text { literal(byte) } }

  private mutating func literal(_ byte: UInt8) {
    if byte < 144 { code(0x30 + UInt64(byte), 8) } else { code(0x190 + UInt64(byte) - 144, 9) }
    count(byte)
  }

  private mutating func count(_ byte: UInt8) {
    length += 1
    checksum = checksum >> 8 ^ Self.table[Int(UInt8(truncatingIfNeeded: checksum) ^ byte)]
  }

  /// How far back a copy begins (RFC 1951, 3.2.5).
  private mutating func distance(_ value: Int) {
    var symbol = value - 1
    var extra = 0
    if value > 4 {
      extra = (value - 1).bitWidth - (value - 1).leadingZeroBitCount - 2
      symbol = 2 * (extra + 1) + ((value - 1) >> extra & 1)
    }
    code(UInt64(symbol), 5)
    put(UInt64((value - 1) & (1 << extra - 1)), UInt64(extra))
  }

  /// Codes stand with their first bit first, all else with its last.
  private mutating func code(_ value: UInt64, _ width: UInt64) {
    for bit in (0..<width).reversed() { put(value >> bit & 1, 1) }
  }

  private mutating func put(_ value: UInt64, _ width: UInt64) {
    held |= value << heldBits
    heldBits += width
    while heldBits >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: held))
      held >>= 8
      heldBits -= 8
    }
  }

  /// CRC-32 of ISO 3309, a byte at a time.
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
  }
}
