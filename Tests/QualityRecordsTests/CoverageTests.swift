import Glibc
import JSONText
import QualityRecords
import Testing

/// Coverage against counts that do not come from any search.
struct CoverageTests {
  private func sample() throws -> QualityIndex { try QualityIndex(paths: [SampleIndex.shared.get().0.index]) }

  @Test("Coverage: the eight targets of the sample collection count what was planted")
  func plantedCounts() throws {
    let answer = try sample().coverage()
    #expect(answer.targets.map(\.count.population) == [225, 331, 465, 71, 107, 42, 36, 78])
    #expect(answer.targets.map(\.count.done) == [216, 299, 427, 62, 101, 39, 31, 70])
    for target in answer.targets { #expect(target.count.missing.count == target.count.missingCount) }
    #expect(answer.targets[6].count.missing.contains("4403-0187"))
    #expect(answer.targets[2].count.missing.contains("4403-0187#product2"))
    #expect(answer.targets[4].count.missing.contains("4403-0488"))
    #expect(answer.targets[0].count.missing.contains("3505-0512"))
    #expect(answer.targets[1].count.missing.contains("4406-0502"))
    #expect(answer.exitCode == .done)
    #expect(try sample().coverage().json() == answer.json())
  }

  @Test("Coverage: groups add up, products by their own category")
  func groups() throws {
    var options = CoverageOptions()
    for (by, targets) in [("province", 1...8), ("bureau", 1...8), ("category", 3...4)] {
      options.by = by
      options.targets = Array(targets)
      for target in try sample().coverage(options).targets {
        let groups = try #require(target.groups)
        #expect(groups.reduce(0) { $0 + $1.count.population } == target.count.population, "\(by)")
        #expect(groups.reduce(0) { $0 + $1.count.done } == target.count.done)
        #expect(groups.flatMap(\.count.missing).sorted() == target.count.missing.sorted())
      }
    }
    options.by = "nonsense"
    #expect(throws: QualityError.self) { _ = try sample().coverage(options) }
    options.by = "inspector"
    options.targets = []
    let answer = try sample().coverage(options)
    #expect(answer.targets.map { $0.groups != nil } == [false, false, false, false, false, false, false, true])
    #expect(answer.notes.count == 7)
  }

  @Test("Coverage: as of a day, only evidence dated up to it counts")
  func asOf() throws {
    var options = CoverageOptions()
    var before = [Int](repeating: 0, count: 8)
    let records = try NaiveCoverage(index: sample())
    for day in ["2005-12-31", "2006-08-15", "2007-03-31", "2007-06-30", "2008-12-31"] {
      options.asOf = day
      let answer = try sample().coverage(options)
      #expect(answer.asOf == day)
      let done = answer.targets.map(\.count.done)
      #expect(zip(before, done).allSatisfy { $0 <= $1 })
      before = done
      let naive = records.counts(until: day)
      #expect(answer.targets.map(\.count.population) == naive.map(\.population))
      #expect(done == naive.map(\.done), "as of \(day)")
      #expect(answer.targets.map(\.possible) == naive.map(\.possible), "possible as of \(day)")
      #expect(answer.targets.map { $0.count.missing.sorted() } == naive.map { $0.missing.sorted() })
      for target in answer.targets {
        let series = try #require(target.series)
        #expect(series.last?.date == day)
        #expect(series.last?.done == target.count.done)
        #expect(zip(series, series.dropFirst()).allSatisfy { $0.date < $1.date && $0.done <= $1.done })
      }
    }
    #expect(before[0] == 216)
    options.asOf = "2007"
    #expect(try sample().coverage(options).asOf == "2007-12-31")
    options.asOf = "2007-13"
    let error = #expect(throws: QualityError.self) { _ = try sample().coverage(options) }
    #expect(error?.code == "bad-date" && error?.exitCode == .usage)
  }

  @Test("Coverage: missing ids are limited, not counts")
  func limits() throws {
    var options = CoverageOptions()
    options.missing = 2
    options.targets = [3]
    let answer = try sample().coverage(options)
    #expect(answer.targets.count == 1)
    #expect(answer.targets[0].count.missing.count == 2)
    #expect(answer.targets[0].count.missingCount == 38)
    options.targets = [9]
    let error = #expect(throws: QualityError.self) { _ = try sample().coverage(options) }
    #expect(error?.hint == "targets are: 1, 2, 3, 4, 5, 6, 7, 8")
  }

  @Test("Coverage: a targets file with a mistake says where")
  func badTargets() {
    func message(_ text: String) -> String {
      do {
        _ = try CoverageTarget.read(text)
        return "none"
      } catch {
        return "\(error.code): \(error.message)"
      }
    }
    let good = #"{"number":1,"name":"n","grain":"note","population":"kind:inspection","done":"result:pass"}"#
    #expect(message("{\"targets\":[\(good)]}") == "none")
    #expect(message("{\"targets\":[\(good),\(good)]}").contains("targets[1].number: 1 is the number"))
    #expect(message("{\"targets\":[").hasPrefix("bad-targets: targets file, line 1, column 13:"))
    #expect(message("[]").contains("expected a list of targets"))
    #expect(message("{\"targets\":[7]}").contains("targets[0]: expected an object, found a number"))
    let grain = good.replacing("note", with: "firm")
    #expect(message("{\"targets\":[\(grain)]}").contains("targets[0].grain: expected enterprise"))
    let query = good.replacing("result:pass", with: "result:(pass")
    #expect(message("{\"targets\":[\(query)]}").contains("target 1, done at "))
    #expect(message(BuiltIn.targets) == "none")
  }

  @Test("Coverage: counts equal a brute-force count over random provinces, products and holes")
  func randomRecords() throws {
    for seed in 0..<6 {
      var random = Random(seed: UInt64(seed) &+ 41)
      let directory = try TestDirectory()
      // Several commits with replacements and deletions, so that there are several segments with gaps.
      for round in 0..<3 {
        let text = RandomProvince.records(&random, round: round)
        _ = try IndexJob.run(
          IndexRequest(paths: [try directory.write("records-\(round).jsonl", text)], index: directory.index))
      }
      _ = try CareJobs.delete(query: "id:E1*", index: directory.index)
      let index = try QualityIndex(paths: [directory.index])
      let naive = try NaiveCoverage(index: index)
      var options = CoverageOptions()
      for day in [nil, "2006-06-30", "2007-04-15"] {
        options.asOf = day
        let answer = try index.coverage(options)
        let expected = naive.counts(until: day)
        for (target, truth) in zip(answer.targets, expected) {
          let number = target.definition.number
          #expect(target.count.population == truth.population, "seed \(seed) target \(number)")
          #expect(target.count.done == truth.done, "seed \(seed) target \(number) as of \(day ?? "now")")
          #expect(target.count.missing.sorted() == truth.missing.sorted(), "seed \(seed) target \(number)")
          #expect(target.possible == truth.possible, "seed \(seed) target \(number) as of \(day ?? "now")")
        }
      }
    }
  }
}
