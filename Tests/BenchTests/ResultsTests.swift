import Testing

@testable import dossier_bench

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Results of benchmarks: kept, read again, compared and drawn.
@Suite struct ResultsTests {
  private func path(_ name: String) -> String { "/tmp/dossier-results-\(getpid())-\(name).json" }

  private func keep(_ rows: [(String, [(name: String, value: Double)])], _ name: String, _ benchmark: String = "grow")
    throws -> String
  {
    var results = BenchResults(benchmark)
    results.rows = rows.map { BenchResults.Row(name: $0.0, measures: $0.1) }
    try BenchResults.write(results.json, to: path(name))
    return path(name)
  }

  @Test func whatIsKeptIsReadAgain() throws {
    let seed = UInt64.random(in: 0 ... .max)
    print("seed \(seed)")
    var random = SplitMix(seed)
    for _ in 0..<200 {
      let value = Double(random.next() >> 11) * 0x1p-53
      let scaled = value * [1e-6, 1e-3, 1, 1e3, 1e6, 1e12][Int(random.next() % 6)]
      let path = try keep([("row \"1\"", [("a measure, of µ", scaled)])], "round")
      defer { unlink(path) }
      let found = try #require(BenchResults(path: path).rows.first)
      #expect(found.name == "row \"1\"" && found.measures.first?.name == "a measure, of µ")
      let read = try #require(found.measures.first?.value)
      // Four digits.
      #expect(abs(read - scaled) <= abs(scaled) * 5.01e-4, "seed \(seed): \(scaled) became \(read)")
    }
  }

  @Test func comparesMeasureByMeasure() throws {
    let first = try keep([("10", [("µs", 4), ("bytes", 0)]), ("20", [("µs", 8)])], "first")
    let second = try keep([("10", [("µs", 3), ("bytes", 5)]), ("30", [("ms", 1)])], "second")
    defer {
      unlink(first)
      unlink(second)
    }
    let lines = try BenchCompare([first, second]).lines
    #expect(
      lines.dropFirst() == [
        "10\tµs\t4.0\t3.0\t0.75",
        // A share of nothing is none.
        "10\tbytes\t0.0\t5.0\t",
        "20\tµs\t8.0\t-\t",
        "30\tms\t-\t1.0\t",
      ])
    #expect(lines.first?.hasPrefix("grow\tmeasure\t") == true)
  }

  @Test func refusesWhatCannotBeCompared() throws {
    let grow = try keep([("10", [("µs", 4)])], "grow")
    let jobs = try keep([("10", [("µs", 4)])], "jobs", "jobs")
    let other = path("other")
    try BenchResults.write("[1]", to: other)
    defer { for path in [grow, jobs, other] { unlink(path) } }
    for words in [[], [grow], [grow, jobs], [grow, other], [grow, "/no/such/file"], [grow, grow, grow]] {
      #expect(throws: (any Error).self, "\(words)") { _ = try BenchCompare(words) }
    }
  }

  /// What stays level is drawn level; what grows as the records lies on the dashed line.
  @Test func thePlotSaysWhatGrows() throws {
    let sizes = [1_000.0, 3_000, 50_000]
    let svg = GrowthPlot.svg(
      "Title",
      [
        GrowthPlot.Line(name: "level", points: sizes.map { ($0, 7) }),
        GrowthPlot.Line(name: "linear", points: sizes.map { ($0, $0 / 50) }),
      ])
    let lines = svg.split(separator: "\n").filter { $0.hasPrefix("<polyline") }.map { line in
      line.split(separator: "\"")[1].split(separator: " ").map { pair in
        pair.split(separator: ",").compactMap { Double($0) }
      }
    }
    #expect(lines.count == 2 && lines.allSatisfy { $0.count == 3 })
    #expect(Set(lines[0].map { $0[1] }).count == 1)
    #expect(lines[1][0][1] == lines[0][0][1], "both begin at one")
    // The middle point lies on the straight line between the ends, as both axes are by powers.
    let (left, middle, right) = (lines[1][0], lines[1][1], lines[1][2])
    let expected = left[1] + (right[1] - left[1]) * (middle[0] - left[0]) / (right[0] - left[0])
    #expect(abs(middle[1] - expected) < 0.2)
    let dashes = try #require(svg.split(separator: "\n").first { $0.contains("stroke-dasharray") })
    #expect(dashes.contains("x2=\"\(right[0])\"") && dashes.contains("y2=\"\(right[1])\""), "\(dashes)")
    #expect(svg.hasPrefix("<svg") && svg.hasSuffix("</svg>\n"))
    #expect(GrowthPlot.svg("Nothing", []) == "")
  }

  @Test(arguments: [0.001, 0.5, 1, 1.5, 2, 3, 10, 1_000, 1e9, 1e300])
  func logarithms(value: Double) { #expect(abs(GrowthPlot.binary(value) - log2(value)) < 1e-4) }
}

/// Numbers of a seed (Steele and others 2014).
private struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
    return value ^ value >> 31
  }
}
