import QualityRecords
import SearchEngine

/// `dossier-bench passages DIR [--runs N] [QUERY…]`: how long the jobs around paragraphs take in one warm process. What is
/// cited, looked up, quoted and asked about are paragraphs that the queries find, so that any collection of directives will do.
struct BenchPassages {
  private let index: QualityIndex
  private var runs = 20
  private var queries: [String] = []

  private static let usual = [
    "production capacity toys", "evidence", "\"quality file\"", "inspection NEAR/5 report", "¶3 licence", "缺陷 产品",
    "第十二条 监督", "\"生产许可证\"", "企业 NEAR/6 检验", "有关部门", "第二章 处罚", "sealed batch",
  ]
  /// Paragraphs that are taken from the answers of each query.
  private static let taken = 4

  init(_ arguments: [String]) throws {
    guard let directory = arguments.first else { throw BenchError("passages wants the index directory") }
    var rest = Array(arguments.dropFirst())
    if let flag = rest.firstIndex(of: "--runs"), flag + 1 < rest.count {
      runs = max(1, Int(rest[flag + 1]) ?? runs)
      rest.removeSubrange(flag...flag + 1)
    }
    queries = rest.isEmpty ? Self.usual : rest
    index = try QualityIndex(paths: [directory])
  }

  func run() throws {
    var found: [(id: String, text: String)] = []
    for query in queries {
      for hit in try index.passages(SearchOptions(query)).hits.prefix(Self.taken) {
        found.append((hit.id, hit.snippets.first?.text ?? ""))
      }
    }
    let altered = found.map { Self.altered($0.text) }
    print("job\tcalls\tmedian ms\tp99 ms\tlongest ms")
    try measure("passages", queries) { _ = try index.passages(SearchOptions($0)) }
    try measure("cite", found) { _ = try index.cite($0.id) }
    try measure("quote-check", altered) { _ = try index.quoteCheck($0) }
    try measure("refs", found) { _ = try index.refs($0.id) }
    let asked = found.flatMap { passage in queries.prefix(6).map { (passage.id, $0) } }
    try measure("why-not", asked) { _ = try index.whyNot($0.0, $0.1) }
  }

  /// The text with every seventh word gone and every ninth doubled.
  private static func altered(_ text: String) -> String {
    let words = text.split(separator: " ", omittingEmptySubsequences: true)
    guard words.count > 6 else { return String(text.enumerated().filter { $0.offset % 11 != 10 }.map(\.element)) }
    return words.enumerated().flatMap {
      $0.offset % 7 == 6 ? [] : $0.offset % 9 == 8 ? [$0.element, $0.element] : [$0.element]
    }
    .joined(separator: " ")
  }

  private func measure<Question>(_ name: String, _ questions: [Question], _ body: (Question) throws -> Void) throws {
    let clock = ContinuousClock()
    var times: [Double] = []
    for _ in 0..<runs {
      for question in questions {
        let start = clock.now
        do { try body(question) } catch let error as QualityError where error.exitCode == .usage { continue }
        let parts = (clock.now - start).components
        times.append(Double(parts.seconds) * 1e3 + Double(parts.attoseconds) / 1e15)
      }
    }
    times.sort()
    guard let longest = times.last else { return print("\(name)\t0") }
    func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
    let median = times[times.count / 2]
    let late = times[min(times.count - 1, times.count * 99 / 100)]
    print("\(name)\t\(times.count)\t\(rounded(median))\t\(rounded(late))\t\(rounded(longest))")
  }
}
