import JSONText
import QueryLanguage
import Records
import Storage
import Testing

@testable import SearchEngine

/// Answers by date over several windows of documents, where whole windows stand behind what is kept already.
@Suite struct SortedWindowTests {
  @Test(arguments: [1, 2] as [UInt64])
  func agreeWithSortingAll(seed: UInt64) throws {
    var random = SeededGenerator(seed)
    let files = InMemoryFileSystem()
    var options = IndexWriter.Options()
    options.mergesAsItGoes = false
    let writer = try IndexWriter(files, schemas: [.inspection], options: options)
    var dates: [(id: String, day: Int?, hasWord: Bool)] = []
    for number in 0..<9_500 {
      // Rising in the first segment, falling in the second, of few values in the third; some without a date.
      let day: Int? =
        switch number {
        case _ where Int.random(in: 0..<20, using: &random) == 0: nil
        case ..<5_000: number / 20
        case ..<9_200: (9_200 - number) / 20
        default: Int.random(in: 0...2, using: &random) * 100
        }
      let hasWord = Int.random(in: 0..<3, using: &random) == 0
      var body = JSONObject()
      body["text"] = .string(hasWord ? "lead" : "paint")
      body["date"] = day.map { day in
        let (month, rest) = (day % 336 / 28 + 1, day % 28 + 1)
        return .string("2006-\(month < 10 ? "0" : "")\(month)-\(rest < 10 ? "0" : "")\(rest)")
      }
      dates.append(("n\(number)", day, hasWord))
      _ = try writer.add(Record(kind: "inspection", id: "n\(number)", body: body))
      if number == 4_999 || number == 9_199 { _ = try writer.commit() }
    }
    _ = try writer.commit()
    let searcher = Searcher(snapshots: [try Snapshot.open(files)])
    for query in ["*", "lead"] {
      for isDescending in [false, true] {
        for limit in [1, 10, 3_000] {
          var request = SearchRequest(try QueryParser.parse(query).syntax)
          request.sort = SearchSort(field: "date", isDescending: isDescending)
          request.limit = limit
          let result = try searcher.search(request)
          let all = dates.enumerated().filter { query == "*" || $0.element.hasWord }
          let expected = all.sorted { left, right in
            switch (left.element.day, right.element.day) {
            case (let one?, let other?) where one != other: isDescending ? one > other : one < other
            case (nil, _?): false
            case (_?, nil): true
            default: left.offset < right.offset
            }
          }
          let ids = try result.hits.map { try searcher.id($0, of: result) }
          #expect(result.total == all.count)
          #expect(
            ids == expected.prefix(limit).map(\.element.id),
            "seed \(seed), \(query), \(isDescending), \(limit)")
        }
      }
    }
  }
}
