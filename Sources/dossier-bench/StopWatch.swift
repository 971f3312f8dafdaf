#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Times in milliseconds, by the clock and in processor time: the latter says what a call costs while other programs run.
struct StopWatch {
  struct Times {
    var wall: Double
    var processor: Double
  }

  func time<Answer>(_ body: () throws -> Answer) rethrows -> (answer: Answer, times: Times) {
    let (wall, processor) = (Self.now(CLOCK_MONOTONIC), Self.now(CLOCK_PROCESS_CPUTIME_ID))
    let answer = try body()
    return (
      answer,
      Times(wall: Self.now(CLOCK_MONOTONIC) - wall, processor: Self.now(CLOCK_PROCESS_CPUTIME_ID) - processor)
    )
  }

  private static func now(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
  }

  /// The value below which that share of all lies.
  static func share(_ values: [Double], _ part: Double) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))]
  }
}
