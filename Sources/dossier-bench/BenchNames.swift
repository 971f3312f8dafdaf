import TextAnalysis

/// `dossier-bench names FILE`: how well names of companies are told apart. FILE has lines `same` or `different`, two names,
/// tabs between; `#` begins a comment. Prints the pairs judged wrongly, then precision and recall as one JSON line.
struct BenchNames {
  private let path: String

  init(_ arguments: [String]) throws {
    guard arguments.count == 1 else { throw BenchError("names wants FILE") }
    path = arguments[0]
  }

  func run() throws {
    var right = 0
    var wrong = 0
    var missed = 0
    var apart = 0
    let clock = ContinuousClock()
    let text = String(decoding: try FileBytes.read(path), as: UTF8.self)
    let start = clock.now
    for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      if line.isEmpty || line.hasPrefix("#") { continue }
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard parts.count >= 3, parts[0] == "same" || parts[0] == "different" else {
        throw BenchError("\(path), line \(number + 1): expected same or different, and two names, tabs between")
      }
      let match = NameMatch.compare(parts[1], parts[2])
      switch (parts[0] == "same", match.matches) {
      case (true, true): right += 1
      case (false, false): apart += 1
      case (true, false):
        missed += 1
        say("missed", parts, match)
      case (false, true):
        wrong += 1
        say("wrong", parts, match)
      }
    }
    let elapsed = (clock.now - start).components
    let seconds = Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
    let pairs = right + wrong + missed + apart
    let precision = Double(right) / Double(max(right + wrong, 1))
    let recall = Double(right) / Double(max(right + missed, 1))
    print(
      "{\"pairs\":\(pairs),\"same\":\(right + missed),\"different\":\(apart + wrong),\"precision\":\(rounded(precision)),"
        + "\"recall\":\(rounded(recall)),\"microsPerPair\":\(rounded(seconds * 1e6 / Double(max(pairs, 1))))}")
  }

  private func say(_ what: String, _ parts: [String], _ match: NameMatch) {
    print("\(what)\t\(parts[1])\t\(parts[2])\t\(match.rung?.rawValue ?? "none") \(rounded(match.confidence))")
  }

  private func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
}
