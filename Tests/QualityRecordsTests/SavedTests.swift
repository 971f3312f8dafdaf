import Dispatch
import JSONText
import QualityRecords
import SearchEngine
import Storage
import Synchronization
import Testing

/// Saved searches: kept, run, watched, compared.
struct SavedTests {
  private func line(_ id: String, _ text: String) -> String {
    "{\"kind\":\"inspection\",\"id\":\"\(id)\",\"date\":\"2007-03-01\",\"text\":\"\(text)\"}\n"
  }

  private func add(_ directory: TestDirectory, _ text: String) throws -> QualityIndex {
    _ = try IndexJob.run(IndexRequest(paths: [try directory.write("a.jsonl", text)], index: directory.index))
    return try QualityIndex(paths: [directory.index])
  }

  private func setUp() throws -> (TestDirectory, StateFolder) {
    let directory = try TestDirectory()
    return (directory, try StateFolder(path: "\(directory.path)/state", create: true))
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

  @Test("V1: a saved search keeps its flags, and runs as the search does")
  func savesAndRuns() throws {
    let (directory, state) = try setUp()
    let index = try add(directory, line("N1", "lead paint") + line("N2", "lead") + line("N3", "tin"))
    var options = SearchOptions("lead")
    options.kinds = ["inspection"]
    options.limit = 1
    options.sort = "date:asc"
    options.any = true
    options.rungs = ["exact", "stem"]
    #expect(try !state.save("鉛-watch.2007", options, index))
    #expect(try state.save("鉛-watch.2007", options, index))
    let (answer, kept) = try state.run("鉛-watch.2007", index)
    #expect(kept == options)
    #expect(answer.json() == (try index.search(options)).json())
    let listed = try state.savedSearches()
    #expect(listed.map(\.name) == ["鉛-watch.2007"] && listed[0].lastRun?.total == 2)
    #expect(SearchOptions(json: .object(options.json)) == options)
    #expect(code { _ = try state.run("other", index) } == "no-such-search 2")
    for bad in ["", ".", "..", "../x", "a/b", ".hidden", "-x", "a b", "x\u{0}", String(repeating: "a", count: 101)] {
      #expect(code { _ = try state.save(bad, options, index) } == "bad-name 2", "\(bad)")
    }
  }

  @Test("V2: a watch reports each record once for each content, with the reason")
  func watches() throws {
    let (directory, state) = try setUp()
    var index = try add(directory, line("N1", "lead paint"))
    _ = try state.save("lead", SearchOptions("lead"), index)
    #expect(try state.watch("lead", index).exitCode == .nothingFound)
    index = try add(directory, line("N2", "traces of lead") + line("N3", "tin"))
    let first = try state.watch("lead", index)
    #expect(first.exitCode == .newHits && first.exitCode.rawValue == 10)
    #expect(first.events.map { "\($0.reason) \($0.hit.id)" } == ["new N2"])
    #expect(first.events[0].clause == "'lead' in text, by exact")
    #expect(first.total == 2)
    #expect(try state.watch("lead", index).events.isEmpty)
    // Loaded again, deleted and added again: nothing new.
    index = try add(directory, line("N1", "lead paint") + line("N2", "traces of lead"))
    #expect(try state.watch("lead", index).events.isEmpty)
    _ = try CareJobs.delete(ids: ["N2"], index: directory.index)
    #expect(try state.watch("lead", QualityIndex(paths: [directory.index])).events.isEmpty)
    index = try add(directory, line("N2", "traces of lead"))
    #expect(try state.watch("lead", index).events.isEmpty)
    // Changed, and changed back: once.
    index = try add(directory, line("N2", "lead, much of it"))
    #expect(try state.watch("lead", index).events.map(\.reason) == ["changed"])
    index = try add(directory, line("N2", "traces of lead"))
    #expect(try state.watch("lead", index).events.isEmpty)
    // A filter without words names itself as the reason.
    _ = try state.save("all", SearchOptions("kind:inspection"), nil)
    let all = try state.watch("all", index)
    #expect(all.events.count == 3 && all.events.allSatisfy { $0.clause.hasPrefix("kind:inspection") })
  }

  @Test("V3: diff lists what was added, is gone and changed since the last run")
  func compares() throws {
    let (directory, state) = try setUp()
    var index = try add(directory, line("N1", "lead one") + line("N2", "lead two") + line("N3", "lead three"))
    _ = try state.save("lead", SearchOptions("lead"), index)
    #expect(try state.diff("lead", index).isSame)
    _ = try CareJobs.delete(ids: ["N1"], index: directory.index)
    index = try add(directory, line("N2", "lead, changed") + line("N3", "lead three") + line("N4", "lead four"))
    for _ in 0..<2 {
      let diff = try state.diff("lead", index)
      #expect(diff.added == ["inspection/N4"] && diff.gone == ["inspection/N1"] && diff.changed == ["inspection/N2"])
      #expect(diff.from == 1 && diff.to == index.commit && diff.exitCode == .done)
    }
    _ = try state.run("lead", index)
    #expect(try state.diff("lead", index).isSame)
    let nothing = try state.save("none", SearchOptions("xylophone"), index)
    #expect(!nothing)
    #expect(try state.run("none", index).0.exitCode == .nothingFound)
  }

  @Test("State: a damaged file is an error that names it; others go on")
  func damaged() throws {
    let (directory, state) = try setUp()
    let index = try add(directory, line("N1", "lead"))
    _ = try state.save("good", SearchOptions("lead"), index)
    for text in [
      "{", "[]", "{\"version\":1}", "",
      "{\"version\":1,\"name\":\"bad\",\"request\":{\"query\":\"x\"},\"seen\":{\"a\":[7]}}",
    ] {
      _ = try directory.write("state/saved.bad.00000001.json", text)
      do {
        _ = try state.watch("bad", index)
        Issue.record("read \(text)")
      } catch {
        #expect(error.code == "state-damaged" && error.exitCode == .inputOutput)
        #expect(error.message.contains("state/saved.bad.00000001.json"), "\(error.message)")
      }
      #expect(try state.watch("good", index).events.isEmpty)
    }
    _ = try directory.write("state/saved.bad.00000001.json", "{\"version\":99}")
    #expect(code { _ = try state.watch("bad", index) } == "state-too-new 5")
    #expect(code { _ = try StateFolder(path: "\(directory.path)/none", create: false) } == "no-state 2")
  }

  @Test("State: a crash at any moment of a change leaves the state before or after it")
  func crashes() throws {
    let directory = try TestDirectory()
    let index = try add(directory, line("N1", "lead"))
    let files = RecordingFileSystem()
    let state = StateFolder(PlainFolder(files))
    // What was acknowledged stands; what was not may stand.
    let queries = ["lead", "tin", "zinc"]
    for query in queries {
      _ = try state.save("name", SearchOptions(query), index)
      files.mark(query)
    }
    let summary = CrashStates(files.recording).forEach { crash in
      do {
        let after = StateFolder(PlainFolder(crash.fileSystem))
        let found = try after.savedSearches().map(\.options.query)
        let acknowledged = crash.marks.last
        let next = acknowledged.flatMap { queries.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
        let possible = [acknowledged.map { [$0] } ?? [], next < queries.count ? [queries[next]] : []]
        #expect(possible.contains(found), "\(crash.description): \(found)")
        // It goes on from there, over what an ended process left unfinished.
        _ = try after.save("name", SearchOptions("copper"), nil)
        #expect(try after.savedSearches().map(\.options.query) == ["copper"])
      } catch { Issue.record("\(error): \(crash.description)") }
    }
    #expect(summary.states > 30)
  }

  @Test("V2: two that watch at once report each record once between them")
  func concurrently() throws {
    let (directory, state) = try setUp()
    let empty = try add(directory, line("N0", "tin"))
    _ = try state.save("lead", SearchOptions("lead"), empty)
    let index = try add(directory, (1...40).map { line("N\($0)", "lead \($0)") }.joined())
    let reported = Mutex<[String]>([])
    let failures = Mutex<[String]>([])
    let path = state.path
    DispatchQueue.concurrentPerform(iterations: 8) { number in
      do {
        let own = try StateFolder(path: path, create: false)
        if number % 4 == 3 { _ = try own.save("other-\(number)", SearchOptions("lead"), index) }
        let found = try own.watch("lead", index).events.map(\.hit.id)
        reported.withLock { $0 += found }
      } catch {
        failures.withLock { $0.append("\(error)") }
      }
    }
    #expect(failures.withLock { $0 } == [])
    #expect(reported.withLock { $0.sorted() } == (1...40).map { "N\($0)" }.sorted())
    #expect(try state.savedSearches().map(\.name) == ["lead", "other-3", "other-7"])
  }
}
