import QualityRecords

/// `dossier-bench rungs DIR [--runs N] [QUERY…]`: what widening costs: searches of one warm process by words as typed and
/// their stems alone, and by all usual rungs, in turn. A line a query: medians in microseconds, and totals.
struct BenchRungs {
  private let index: QualityIndex
  private var runs = 300
  private var queries = [
    "formaldehyde furniture", "carton warning", "甲醛", "\"quality file\"", "hongda", "hongda lead coating", "toys",
    "sofas label", "hongda wanju", "toys lead -label", "toys OR furniture",
  ]

  init(_ arguments: [String]) throws {
    guard let directory = arguments.first else { throw BenchError("rungs wants the index directory") }
    var own = Array(arguments.dropFirst())
    if let flag = own.firstIndex(of: "--runs"), flag + 1 < own.count {
      runs = max(1, Int(own[flag + 1]) ?? runs)
      own.removeSubrange(flag...flag + 1)
    }
    if !own.isEmpty { queries = own }
    index = try QualityIndex(paths: [directory])
  }

  func run() throws {
    print("query\tfirst µs\texact,stem µs\tusual µs\texact,stem\tusual")
    for query in queries {
      var plain = SearchOptions(query)
      plain.rungs = ["exact", "stem"]
      let usual = SearchOptions(query)
      let (first, all) = try measured(usual)
      var times: [[Double]] = [[], []]
      var total = 0
      // In turn, so that both meet the same machine.
      for _ in 0..<runs {
        let (time, found) = try measured(plain)
        times[0].append(time)
        total = found
        times[1].append(try measured(usual).0)
      }
      let medians = times.map { $0.sorted()[runs / 2].rounded() }
      print("\(query)\t\(first.rounded())\t\(medians[0])\t\(medians[1])\t\(total)\t\(all)")
    }
  }

  private func measured(_ options: SearchOptions) throws -> (Double, Int) {
    let start = ContinuousClock.now
    let total = try index.search(options).total
    let parts = (ContinuousClock.now - start).components
    return (Double(parts.seconds) * 1e6 + Double(parts.attoseconds) / 1e12, total)
  }
}
