import QualityRecords
import QueryLanguage
import SearchEngine

/// `dossier-bench join DIR`: `has()` and `NOT has()` over enterprises by what their inspection notes say, in one process.
///
/// Every query is another one: its join is evaluated the first time it is asked and kept the second time. A line for each
/// shape: medians and ninetieth hundredths, in microseconds of processor time, of the parser, of the first search and of the second, and of
/// whole answers with records and snippets, once kept.
struct BenchJoin {
  private let directory: String

  init(_ arguments: [String]) throws {
    guard arguments.count == 1, let directory = arguments.first else {
      throw BenchError("join wants the index directory")
    }
    self.directory = directory
  }

  /// Words that the notes of the sample shape hold, from rare to frequent, in both languages.
  private static let words = [
    "lead", "coating", "formaldehyde", "warning", "label", "seam", "buttons", "samples", "batch", "quality", "file",
    "rust", "toys", "furniture", "unannounced", "spraying", "metal", "gauge", "carton", "sewing", "export", "rectify",
    "甲醛", "铅", "整改", "标签", "纤维", "样品", "质量", "台账",
  ]
  private static let months = ["2005-03", "2005-10", "2006-06", "2007-03", "2007-08", "2008-02"]

  /// What is asked, by the words, the month and a number that differs from query to query.
  private static let shapes: [(name: String, query: @Sendable (String, String) -> String)] = [
    ("has, word and date", { word, month in "has(inspection: \(word) since:\(month))" }),
    ("NOT has, word and date", { word, month in "NOT has(inspection: \(word) since:\(month))" }),
    ("has, word", { word, month in "has(inspection: \(word) (lead OR \(month.prefix(4))))" }),
    ("has, date", { word, month in "has(inspection: since:\(month) -\(word))" }),
    ("has, item", { word, month in "has(inspection: violation(\(word)) since:\(month))" }),
    (
      "field, has, NOT has",
      { word, month in
        "export:true has(inspection: \(word) until:\(month)) NOT has(inspection: result:pass \(word) since:\(month))"
      }
    ),
  ]

  func run() throws {
    let watch = StopWatch()
    let (index, opening) = try watch.time { try QualityIndex(paths: [directory]) }
    let searcher = Searcher(snapshots: index.snapshots)
    print("open \(micros(opening)) µs")
    let (report, linking) = try watch.time { try searcher.hubReport("enterprise") }
    print(
      "links \(micros(linking)) µs, \(report.unknown.count) values name no enterprise, "
        + "\(report.ambiguous.count) several")
    for shape in Self.shapes { try measure(shape.name, shape.query, index, searcher) }
  }

  private func measure(
    _ name: String, _ query: (String, String) -> String, _ index: QualityIndex, _ searcher: Searcher
  ) throws {
    var parses: [Double] = []
    var firsts: [Double] = []
    var seconds: [Double] = []
    var answers: [Double] = []
    var unknown: [Double] = []
    var hits = 0
    let watch = StopWatch()
    for word in Self.words {
      for month in Self.months {
        let text = query(word, month)
        let (parsed, parsing) = try watch.time { try QueryParser.parse(text, today: nil) }
        parses.append(micros(parsing))
        var request = SearchRequest(parsed.syntax)
        request.kinds = ["enterprise"]
        let asked = request
        let (first, firstTime) = try watch.time { try searcher.search(asked) }
        firsts.append(micros(firstTime))
        // Of a word that no query before had: nothing is kept of it.
        if month == Self.months[0] { unknown.append(micros(firstTime)) }
        let (second, secondTime) = try watch.time { try searcher.search(asked) }
        seconds.append(micros(secondTime))
        guard first.total == second.total else { throw BenchError("'\(text)': \(first.total), then \(second.total)") }
        hits += first.total
        var options = SearchOptions(text)
        options.kinds = ["enterprise"]
        _ = try index.search(options)
        answers.append(micros(try watch.time { try index.search(options) }.times))
      }
    }
    let columns = [
      ("parse", parses), ("first of a word", unknown), ("first", firsts), ("kept", seconds), ("answer", answers),
    ]
    .map { "\($0.0) \(share($0.1, 0.5)) (\(share($0.1, 0.9)))" }
    print("\(name): queries \(firsts.count), hits \(hits / max(1, firsts.count)), \(columns.joined(separator: ", "))")
  }

  private func share(_ values: [Double], _ part: Double) -> Double { StopWatch.share(values, part) }

  private func micros(_ times: StopWatch.Times) -> Double { (times.processor * 10_000).rounded() / 10 }
}
