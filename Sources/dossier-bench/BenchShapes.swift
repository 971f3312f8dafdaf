import QualityRecords
import SearchEngine

/// `dossier-bench shapes DIR [--runs N] [--question Q]`: whole answers as the command line and the server give them, in one warm process over
/// inspection notes: words, a filter, counts of values, one hit an enterprise, a sort, and the words alone beside the plain engine.
///
/// A line for each shape and question: `shape<tab>question<tab>total<tab>median µs<tab>p90 µs`. `beside_sqlite.py` asks SQLite the same.
/// The rows `plain` are the ten best documents of the same words without syntax, plan, total or records (``PlainSearch``).
struct BenchShapes {
  private let index: QualityIndex
  private let plain: PlainSearch
  private var runs = 20
  /// The one that is asked, for a profile: the shipped search alone.
  private var question: String?

  /// Words of inspection notes, from frequent to rare.
  private static let words = [
    "formaldehyde", "sealed", "laboratory", "label", "licence", "flammability", "phthalate", "balloon", "rattle",
    "wardrobe",
  ]
  private static let provinces = ["Guangdong", "Zhejiang", "Fujian"]

  init(_ arguments: [String]) throws {
    guard let directory = arguments.first else { throw BenchError("shapes wants the index directory") }
    if let flag = arguments.firstIndex(of: "--runs"), flag + 1 < arguments.count {
      runs = max(1, Int(arguments[flag + 1]) ?? runs)
    }
    if let flag = arguments.firstIndex(of: "--question"), flag + 1 < arguments.count { question = arguments[flag + 1] }
    index = try QualityIndex(paths: [directory])
    guard let snapshot = index.snapshots.first else { throw BenchError("shapes wants an index with records") }
    plain = PlainSearch(snapshot)
  }

  func run() throws {
    print("shape\tquestion\ttotal\tmedian µs\tp90 µs")
    if let question { return try measure("shipped", SearchOptions(question)) }
    for (number, word) in Self.words.enumerated() {
      let next = Self.words[(number + 1) % Self.words.count]
      let province = Self.provinces[number % Self.provinces.count]
      for words in [[word], [word, next]] {
        try measure("plain", words.joined(separator: " ")) {
          try plain.top(words.count == 1 ? .term : .and, words.map { Array($0.utf8) }).count
        }
        try measure("shipped", SearchOptions(words.joined(separator: " ")))
        try measure("words", typed(words))
      }
      try measure("filter", typed([word], "province:\(province) date:2007"))
      var options = typed([word])
      options.facets = ["province", "category", "result"]
      try measure("facets", options)
      options = typed([word])
      options.collapse = "enterprise"
      try measure("collapse", options)
      options = typed([word])
      options.sort = "date"
      try measure("sort", options)
    }
  }

  /// The words as they stand in the running text of notes, all of them.
  private func typed(_ words: [String], _ filter: String = "") -> SearchOptions {
    var options = SearchOptions(
      words.map { "text:\($0)" }.joined(separator: " ") + (filter.isEmpty ? "" : " \(filter)"))
    options.kinds = ["inspection"]
    options.rungs = ["exact"]
    return options
  }

  private func measure(_ shape: String, _ options: SearchOptions) throws {
    try measure(shape, options.query) {
      let answer = try index.search(options)
      return answer.total
    }
  }

  private func measure(_ shape: String, _ question: String, _ body: () throws -> Int) throws {
    let watch = StopWatch()
    var total = try body()
    var times: [Double] = []
    for _ in 0..<runs {
      let call = try watch.time { try body() }
      total = call.answer
      times.append(call.times.wall * 1_000)
    }
    print("\(shape)\t\(question)\t\(total)\t\(tenths(times, 0.5))\t\(tenths(times, 0.9))")
  }

  private func tenths(_ times: [Double], _ part: Double) -> Double {
    (StopWatch.share(times, part) * 10).rounded() / 10
  }
}
