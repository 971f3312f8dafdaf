import QualityRecords
import Testing

/// Codes as people type them, over an index.
@Suite struct CodeTableTests {
  private static let index: Result<(TestDirectory, QualityIndex), any Error> = Result {
    let directory = try TestDirectory()
    func note(_ id: String, _ text: String, _ batch: String = "H0000-000") -> String {
      #"{"kind":"inspection","id":"\#(id)","date":"2007-03-01","batch":"\#(batch)","text":"\#(text)"}"#
    }
    let notes = [
      note("N1", "Tested to GB 6675-2003."), note("N2", "按GB6675-2014检验。"), note("N3", "ＧＢ／Ｔ ５２９６．５—２００６ on labels"),
      note("N4", "Licence XK16-204-00123 shown."), note("N5", "证书编号CCC 2007-0123。"),
      note("N6", "Permit QS3306 0101 0123."),
      note("N7", "HS 9503.00 goods"), note("N8", "code 332315"), note("N9", "code 332305"),
      note("N10", "a batch", "H0709-118"), note("N11", "ISO 9001:2015 and EN 71-1"),
      note("N12", "GB 18584-2001 for furniture"),
    ]
    let file = try directory.write("n.jsonl", notes.joined(separator: "\n") + "\n")
    _ = try IndexJob.run(IndexRequest(paths: [file], index: directory.index))
    return (directory, try QualityIndex(paths: [directory.index]))
  }

  private func search(_ query: String) throws -> SearchAnswer { try Self.index.get().1.search(SearchOptions(query)) }

  static let table: [(spellings: [String], ids: [String])] = [
    (
      [
        "GB 6675-2014", "GB6675-2014", "gb 6675-2014", "gb6675-2014", "GB 6675—2014", "GB 6675–2014", "GB 6675－2014",
        "GB 6675−2014", "ＧＢ ６６７５－２０１４", "ＧＢ６６７５－２０１４", "GB-6675-2014", "GB 6675:2014", "6675-2014", "\"GB 6675-2014\"",
        "=GB6675-2014", "Gb6675-2014",
      ], ["N2"]
    ),
    (["GB 6675", "GB6675", "gb 6675", "gb6675", "ＧＢ６６７５", "GB-6675"], ["N1", "N2"]),
    (
      [
        "GB/T 5296.5-2006", "GB/T5296.5-2006", "GBT 5296.5-2006", "GBT5296.5-2006", "GB-T 5296.5-2006",
        "gb/t 5296.5—2006", "ＧＢ／Ｔ ５２９６．５－２００６", "GB/T 5296.5", "gbt5296.5", "5296.5-2006",
      ], ["N3"]
    ),
    (
      [
        "XK16-204-00123", "XK 16-204-00123", "xk16-204-00123", "XK16—204—00123", "XK16－204－00123", "ＸＫ１６－２０４－００１２３",
        "XK-16-204-00123", "XK16–204–00123", "16-204-00123",
      ], ["N4"]
    ),
    (
      ["CCC 2007-0123", "CCC2007-0123", "ccc 2007-0123", "ccc2007—0123", "CCC-2007-0123", "ＣＣＣ２００７－０１２３", "2007-0123"],
      ["N5"]
    ),
    (["HS 9503.00", "HS9503.00", "hs 9503.00", "ＨＳ９５０３．００"], ["N7"]),
    (["332315", "３３２３１５", "=332315"], ["N8"]), (["332305", "３３２３０５"], ["N9"]),
    (["H0709-118", "h0709-118", "H0709—118", "H0709－118", "Ｈ０７０９－１１８", "batch:H0709-118", "batch:h0709—118"], ["N10"]),
    (["ISO 9001:2015", "ISO9001:2015", "ISO 9001-2015", "iso9001", "EN 71-1", "en71-1", "EN71-1"], ["N11"]),
    (["GB 18584-2001", "GB18584", "gb18584-2001"], ["N12"]),
  ]

  @Test("A3: every spelling of a code finds the same records", arguments: table)
  func spellings(_ spellings: [String], _ ids: [String]) throws {
    for spelling in spellings {
      #expect(Set(try search(spelling).hits.map(\.id)) == Set(ids), "\(spelling)")
    }
  }

  @Test("A3: the table has sixty cases at least")
  func tableIsLong() { #expect(Self.table.reduce(0) { $0 + $1.spellings.count } >= 60) }

  @Test("A3: a code without its year finds all years and says so")
  func years() throws {
    let note = try search("GB 6675").notes.first { $0.code == "code-years" }
    #expect(note?.message == "GB 6675 finds every year of it: GB 6675-2003 (1), GB 6675-2014 (1)")
    #expect(try search("GB 6675-2014").notes.allSatisfy { $0.code != "code-years" })
  }

  @Test("A3, S3: an unknown code is not fuzzed; the codes that begin so are offered")
  func unknown() throws {
    let answer = try search("XK16-204-0012")
    #expect(answer.total == 0)
    let note = try #require(answer.notes.first { $0.code == "code-prefix" })
    #expect(
      note.message
        == "no record holds XK16-204-0012; codes are never fuzzed; one code begins so: XK16-204-00123 (1)")
    #expect(note.hint == "XK16-204-0012*")
    #expect(try search(note.hint).hits.map(\.id) == ["N4"])
    let other = try #require(try search("XK16-204-99999").notes.first { $0.code == "code-prefix" })
    #expect(other.message.contains("one code begins with XK16-204: XK16-204-00123 (1)"), "\(other.message)")
    #expect(try search("XK99-999-99999").notes.first { $0.code == "code-prefix" }?.hint == "")
  }
}
