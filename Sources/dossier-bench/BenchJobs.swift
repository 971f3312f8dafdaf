import QualityRecords

/// `dossier-bench jobs DIR [--runs N]`: how long each job of an index takes in one warm process: median and 99th percentile.
struct BenchJobs {
  private let index: QualityIndex
  private var runs = 200

  init(_ arguments: [String]) throws {
    guard let directory = arguments.first else { throw BenchError("jobs wants the index directory") }
    if let flag = arguments.firstIndex(of: "--runs"), flag + 1 < arguments.count {
      runs = max(1, Int(arguments[flag + 1]) ?? runs)
    }
    index = try QualityIndex(paths: [directory])
  }

  func run() throws {
    print("job\tfirst ms\tmedian ms\tp99 ms\tanswer")
    for job in JobList.jobs + JobList.histories { try measure(job) }
  }

  private func measure(_ job: JobList.Job) throws {
    let clock = ContinuousClock()
    func once() throws -> (Double, String) {
      let start = clock.now
      let answer = try job.run(index)
      let parts = (clock.now - start).components
      return (Double(parts.seconds) * 1e3 + Double(parts.attoseconds) / 1e15, answer)
    }
    let (first, answer) = try once()
    var times: [Double] = []
    for _ in 0..<runs { times.append(try once().0) }
    times.sort()
    let median = times[times.count / 2]
    let last = times[min(times.count - 1, times.count * 99 / 100)]
    print("\(job.name)\t\(rounded(first))\t\(rounded(median))\t\(rounded(last))\t\(answer)")
  }

  private func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
