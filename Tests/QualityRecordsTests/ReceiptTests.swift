import JSONText
import QualityRecords
import Testing

/// Receipts: the same answer, or what changed.
struct ReceiptTests {
  private static let first = """
    {"kind":"inspection","id":"N1","date":"2007-03-01","text":"lead in the paint","result":"fail"}
    {"kind":"inspection","id":"N2","date":"2007-04-01","text":"lead in the coating","result":"fail"}
    {"kind":"inspection","id":"N3","date":"2007-05-01","text":"no formaldehyde","result":"pass"}

    """

  private func index(_ directory: TestDirectory, _ text: String, name: String = "a.jsonl") throws -> QualityIndex {
    _ = try IndexJob.run(IndexRequest(paths: [try directory.write(name, text)], index: directory.index))
    return try QualityIndex(paths: [directory.index])
  }

  private func code(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "none"
    } catch let error as QualityError {
      return "\(error.code) \(error.exitCode.rawValue)"
    } catch {
      return "\(error)"
    }
  }

  @Test("Receipts: the same answer verifies, in every spelling of the code")
  func same() throws {
    let directory = try TestDirectory()
    let index = try index(directory, Self.first)
    let options = SearchOptions("lead")
    let receipt = try index.search(options).receipt
    for spelling in [receipt, receipt.lowercased(), receipt.replacing("-", with: ""), String(receipt.dropFirst(2))] {
      let answer = try index.verify(code: spelling, options)
      #expect(answer.isSame && answer.exitCode == .done && answer.code == receipt, "\(spelling)")
    }
    #expect(try index.verify(code: receipt, SearchOptions(" lead ")).isSame)
    for bad in ["", "R", "R-", "hello", receipt + "A", String(receipt.dropLast()), "R-UUUU-UUUU-UUUU-UUUU", "R-7F3K"] {
      #expect(code { _ = try index.verify(code: bad, options) } == "bad-receipt 2", "\(bad)")
    }
  }

  @Test("Receipts: a new commit that changes nothing of the answer is told without any log")
  func commitAlone() throws {
    let directory = try TestDirectory()
    let before = try index(directory, Self.first).search(SearchOptions("lead"))
    let line = #"{"kind":"inspection","id":"N9","date":"2007-06-01","text":"nothing of note"}"# + "\n"
    let index = try index(directory, line, name: "b.jsonl")
    let answer = try index.verify(code: before.receipt, SearchOptions("lead"))
    #expect(!answer.isSame && answer.exitCode == .nothingFound)
    #expect(answer.changes.map(\.what) == ["commit"])
    #expect(answer.changes.map(\.then) == ["1"] && answer.changes.map(\.now) == ["2"])
    #expect(answer.added == [] && answer.gone == [])
  }

  @Test("Receipts: what the answer was is told from the log; without it, that it is not known")
  func changedWithTheLog() throws {
    let directory = try TestDirectory()
    let options = SearchOptions("lead")
    let state = try StateFolder(path: "\(directory.path)/state", create: true)
    let before = try index(directory, Self.first)
    let answer = try before.search(options)
    try state.record(answer, options, before)
    _ = try CareJobs.delete(ids: ["N1"], index: directory.index)
    let more = #"{"kind":"inspection","id":"N7","date":"2007-06-01","text":"lead again"}"# + "\n"
    let index = try index(directory, more + more.replacing("N7", with: "N8"), name: "b.jsonl")
    let blind = try index.verify(code: answer.receipt, options)
    #expect(!blind.isSame && blind.added == nil && blind.changes.allSatisfy { $0.then == nil })
    let known = try index.verify(code: answer.receipt, options) { state.receipt($0) }
    #expect(known.changes.map(\.what) == ["commit", "total"])
    #expect(known.changes.map(\.then) == ["1", "2"] && known.changes.map(\.now) == ["3", "3"])
    #expect(known.added?.sorted() == ["inspection/N7", "inspection/N8"] && known.gone == ["inspection/N1"])
    let other = try index.verify(code: answer.receipt, SearchOptions("paint")) { state.receipt($0) }
    #expect(other.changes.first?.what == "query")
  }

  @Test("Receipts: the log keeps the last ones, and the last is @last")
  func log() throws {
    let directory = try TestDirectory()
    let index = try index(directory, Self.first)
    let state = try StateFolder(path: "\(directory.path)/state", create: true)
    #expect(code { _ = try state.last() } == "no-last 2")
    var receipts: [String] = []
    for number in 0..<230 {
      var options = SearchOptions("lead OR word\(number)")
      options.kinds = ["inspection"]
      let answer = try index.search(options)
      receipts.append(answer.receipt)
      try state.record(answer, options, index)
    }
    #expect(try state.last().query == "lead OR word229" && state.last().kinds == ["inspection"])
    #expect(
      state.receipt(receipts[0]) == nil && state.receipt(receipts[229]) != nil && state.receipt(receipts[100]) != nil)
    // Asked again, an old question is the last one, once.
    var options = SearchOptions("lead OR word100")
    options.kinds = ["inspection"]
    try state.record(try index.search(options), options, index)
    #expect(try state.last().query == "lead OR word100")
  }

  @Test("Receipts: every job's answer carries one that changes with the answer")
  func coverageHasOne() throws {
    let index = try QualityIndex(paths: [SampleIndex.shared.get().0.index])
    var options = CoverageOptions()
    let all = try index.coverage(options).receipt
    #expect(try index.coverage(options).receipt == all)
    options.targets = [2]
    let two = try index.coverage(options).receipt
    options.asOf = "2007"
    #expect(Set([all, two, try index.coverage(options).receipt]).count == 3)
  }
}
