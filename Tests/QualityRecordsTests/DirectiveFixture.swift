import JSONText
import QualityRecords
import SearchEngine
import Testing

/// Directives of a test's own, indexed.
struct DirectiveFixture {
  let directory: TestDirectory

  init() throws { directory = try TestDirectory() }

  /// Adds or replaces directives by id.
  func add(_ id: String, title: String, _ paragraphs: [String], date: String? = nil, issuer: String? = nil) throws {
    var object: JSONObject = ["kind": "directive", "id": .string(id), "title": .string(title)]
    if let date { object.append("date", .string(date)) }
    if let issuer { object.append("issuer", .string(issuer)) }
    object.append("paragraphs", .array(paragraphs.map { .string($0) }))
    try add([object])
  }

  func add(_ records: [JSONObject]) throws {
    let text = records.map { JSONValue.object($0).text() + "\n" }.joined()
    let path = try directory.write("records-\(UInt64.random(in: 0 ... .max)).jsonl", text)
    _ = try IndexJob.run(IndexRequest(paths: [path], index: directory.index))
  }

  func note(_ id: String, _ text: String) -> JSONObject {
    ["kind": "inspection", "id": .string(id), "date": "2007-05-01", "text": .string(text)]
  }

  var index: QualityIndex { get throws { try QualityIndex(paths: [directory.index]) } }
}

/// Random numbers that can be had again: SplitMix64.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}

extension SearchAnswer.Hit {
  /// The marked texts of the first snippet.
  var marked: [String] {
    guard let snippet = snippets.first else { return [] }
    let bytes = Array(snippet.text.utf8)
    return snippet.marks.map { String(decoding: bytes[$0], as: UTF8.self) }
  }
}
