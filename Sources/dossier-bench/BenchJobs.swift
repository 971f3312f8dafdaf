import QualityRecords

/// `dossier-bench jobs DIR [--runs N] [--only TEXT] [--query TEXT] [--slowest N]`: how long each job of an index takes in one warm process: the first
/// call, median and 99th percentile, by the clock and in processor time, which other programs do not lengthen. `--only`:
/// jobs whose names hold the text. `--query`: the enterprises of one query, and no other job. `--slowest`: the calls that took most
/// processor time, with their answers, below each job.
struct BenchJobs {
  private let index: QualityIndex
  private var runs = 200
  private var only = ""
  private var slowest = 0
  private var jobs = JobList.jobs

  init(_ arguments: [String]) throws {
    guard let directory = arguments.first else { throw BenchError("jobs wants the index directory") }
    if let flag = arguments.firstIndex(of: "--runs"), flag + 1 < arguments.count {
      runs = max(1, Int(arguments[flag + 1]) ?? runs)
    }
    if let flag = arguments.firstIndex(of: "--only"), flag + 1 < arguments.count { only = arguments[flag + 1] }
    if let flag = arguments.firstIndex(of: "--slowest"), flag + 1 < arguments.count {
      slowest = max(0, Int(arguments[flag + 1]) ?? slowest)
    }
    if let flag = arguments.firstIndex(of: "--query"), flag + 1 < arguments.count {
      jobs = [JobList.enterprises(arguments[flag + 1], arguments[flag + 1])]
    }
    index = try QualityIndex(paths: [directory])
  }

  func run() throws {
    print("job\tfirst ms\tmedian ms\tp99 ms\tfirst cpu\tmedian cpu\tp99 cpu\tanswer")
    for job in jobs where only.isEmpty || job.name.contains(only) { try measure(job) }
  }

  private func measure(_ job: JobList.Job) throws {
    let watch = StopWatch()
    let (answer, first) = try watch.time { try job.run(index) }
    var times: [StopWatch.Times] = []
    var answers: [(milliseconds: Double, answer: String)] = []
    for _ in 0..<runs {
      let call = try watch.time { try job.run(index) }
      times.append(call.times)
      if slowest > 0 { answers.append((call.times.processor, call.answer)) }
    }
    let columns = [
      first.wall, StopWatch.share(times.map(\.wall), 0.5), StopWatch.share(times.map(\.wall), 0.99),
      first.processor, StopWatch.share(times.map(\.processor), 0.5), StopWatch.share(times.map(\.processor), 0.99),
    ]
    print(([job.name] + columns.map { "\(($0 * 100).rounded() / 100)" } + [answer]).joined(separator: "\t"))
    for call in answers.sorted(by: { $0.milliseconds > $1.milliseconds }).prefix(slowest) {
      print("  \((call.milliseconds * 100).rounded() / 100)\t\(call.answer)")
    }
  }
}
