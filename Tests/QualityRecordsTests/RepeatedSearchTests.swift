import Foundation
import JSONText
import QualityRecords
import Testing

/// What is kept from one search to the next must not be seen in its answers.
@Suite("a search that is asked again")
struct RepeatedSearchTests {
  @Test("is answered alike, byte for byte, by an index that was asked much and by a new one")
  func alike() throws {
    let (directory, _) = try SampleIndex.shared.get()
    let lines = try String(contentsOfFile: Seeds.path + "/queries.jsonl", encoding: .utf8).split(separator: "\n")
    let queries = try lines.compactMap { try JSONValue(parsing: Array($0.utf8))["query"]?.stringValue }
    #expect(queries.count > 60)
    let asked = try QualityIndex(paths: [directory.index])
    func answer(_ index: QualityIndex, _ query: String, any: Bool) throws -> [UInt8] {
      var options = SearchOptions(query)
      options.any = any
      options.facets = any ? ["rung"] : []
      return try index.search(options).json()
    }
    var whole = 0
    for any in [false, true] {
      // Forwards and backwards: each query is asked three times and behind different ones.
      let first = try queries.map { try answer(asked, $0, any: any) }
      let second = try queries.reversed().map { try answer(asked, $0, any: any) }.reversed() as [[UInt8]]
      for (place, query) in queries.enumerated() {
        let third = try answer(asked, query, any: any)
        #expect(first[place] == second[place] && second[place] == third, "\(query)")
        if place % 8 == 0 {
          let fresh = try answer(QualityIndex(paths: [directory.index]), query, any: any)
          #expect(fresh == third, "\(query)")
        }
        whole += 1
      }
    }
    #expect(whole == queries.count * 2)
  }
}
