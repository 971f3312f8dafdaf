import JSONText
import QualityRecords
import Records
import SearchEngine
import Synchronization
import Testing

struct IndexJobTests {
  @Test func sampleCollection() throws {
    let (directory, answer) = try SampleIndex.shared.get()
    #expect(answer.indexed == 347 + 1691 + 28)
    #expect(answer.replaced == 0)
    #expect(answer.rejected == 0, "\(answer.rejects)")
    #expect(answer.commits == [1])
    #expect(answer.exitCode == .done)
    let snapshot = try IndexDirectory.open(path: directory.index)
    #expect(snapshot.recordCount(kind: "enterprise") == 347)
    #expect(snapshot.recordCount(kind: "inspection") == 1691)
    #expect(snapshot.recordCount(kind: "directive") == 28)
    #expect(snapshot.recordCount(kind: "passage") > 100)
    #expect(try snapshot.attachment(.thesaurus)?.starts(with: "# Product tree".utf8) == true)
    #expect(try snapshot.attachment(.targets)?.isEmpty == false)
    #expect(answer.files.first { $0.path.hasSuffix("inspections-2008.jsonl") }?.encoding == "UTF-16LE")
  }

  private let notes = """
    {"kind":"inspection","id":"N1","enterprise":"E1","date":"2007-03-14","text":"paint with lead","result":"fail"}
    {"kind":"inspection","id":"N2","enterprise":"E1","date":"2007-13-14","text":"a month too many"}
    {"kind":"inspection","id":"N3","enterprise":"E1","date":"2007-04","text":"nothing found","weather":"rain"}

    """

  @Test(arguments: [1, 2]) func addReplaceUnchangedRejected(threads: Int) throws {
    let directory = try TestDirectory()
    var request = IndexRequest(paths: [try directory.write("notes.jsonl", notes)], index: directory.index)
    request.threads = threads
    request.rejects = "\(directory.path)/rejects.jsonl"
    let first = try IndexJob.run(request)
    #expect((first.indexed, first.replaced, first.unchanged, first.rejected) == (2, 0, 0, 1))
    #expect(first.exitCode == .partial)
    #expect(first.unknownFields.map { "\($0.field) \($0.count)" } == ["inspection.weather 1"])
    #expect(first.rejects.first?.line == 2)

    let again = try IndexJob.run(request)
    #expect((again.indexed, again.replaced, again.unchanged, again.rejected) == (0, 0, 2, 1))
    #expect(again.commits.isEmpty)

    // The rejects file, mended, is fed again: in place, while a new rejects file is written under its name.
    let rejects = try #require(directory.read("rejects.jsonl"))
    let mended = rejects.replacing("2007-13-14", with: "2007-12-14")
    request.paths = [try directory.write("rejects.jsonl", mended)]
    let third = try IndexJob.run(request)
    #expect((third.indexed, third.replaced, third.unchanged, third.rejected) == (1, 0, 0, 0))
    #expect(third.exitCode == .done)
    #expect(directory.read("rejects.jsonl") == "")

    request.paths = [try directory.write("notes.jsonl", notes.replacing("nothing found", with: "nothing at all"))]
    let fourth = try IndexJob.run(request)
    #expect((fourth.indexed, fourth.replaced, fourth.unchanged, fourth.rejected) == (0, 1, 1, 1))
  }

  @Test func unchangedFileIsNotRead() throws {
    let directory = try TestDirectory()
    let good = notes.split(separator: "\n").filter { !$0.contains("13-14") }.joined(separator: "\n") + "\n"
    let request = IndexRequest(paths: [try directory.write("notes.jsonl", good)], index: directory.index)
    #expect(try IndexJob.run(request).indexed == 2)
    let again = try IndexJob.run(request)
    #expect(again.unchanged == 2)
    #expect(again.files.first?.isUnchanged == true)
    #expect(again.commits.isEmpty)
    // A kind given on the command line is another way of reading it.
    var other = request
    other.kind = "inspection"
    #expect(try IndexJob.run(other).files.first?.isUnchanged == false)
    // What replaces a record forgets what is known of files.
    let newer = try directory.write("newer.jsonl", good.replacing("paint with lead", with: "paint"))
    #expect(try IndexJob.run(IndexRequest(paths: [newer], index: directory.index)).replaced == 1)
    let back = try IndexJob.run(request)
    #expect((back.replaced, back.unchanged) == (1, 1))
  }

  @Test func dryRunWritesNothing() throws {
    let directory = try TestDirectory()
    let path = try directory.write("notes.jsonl", notes)
    var request = IndexRequest(paths: [path], index: directory.index)
    request.isDryRun = true
    let dry = try IndexJob.run(request)
    #expect((dry.indexed, dry.rejected) == (2, 1))
    #expect(directory.listing().isEmpty)
    request.isDryRun = false
    _ = try IndexJob.run(request)
    let before = directory.listing()
    request.isDryRun = true
    #expect(try IndexJob.run(request).unchanged == 2)
    #expect(directory.listing() == before)
  }

  @Test func everyRowRejected() throws {
    let directory = try TestDirectory()
    let path = try directory.write("bad.jsonl", "{\"id\":\"x\"}\n{\"kind\":\"gadget\",\"id\":\"y\"}\n")
    let answer = try IndexJob.run(IndexRequest(paths: [path], index: directory.index))
    #expect(answer.rejected == 2)
    #expect(answer.commits.isEmpty)
    #expect(answer.exitCode == .partial)
    let error = #expect(throws: IndexError.self) { _ = try IndexDirectory.open(path: directory.index) }
    #expect(error.map { QualityError($0).exitCode } == .index)
  }

  @Test func cancelledRunLeavesLastCommit() throws {
    let directory = try TestDirectory()
    var request = IndexRequest(paths: [Seeds.path + "/inspections-2007.jsonl"], index: directory.index)
    request.kind = "inspection"
    request.commitEvery = 100
    let counter = Counter()
    let answer = try IndexJob.run(request, isCancelled: { counter.next() > 250 })
    #expect(answer.exitCode == .interrupted)
    #expect(answer.commits == [1, 2])
    #expect(try IndexDirectory.open(path: directory.index).recordCount() == 200)
    // And it goes on from there.
    let rest = try IndexJob.run(request)
    #expect(rest.unchanged == 200)
    #expect(rest.exitCode == .done)
  }

  @Test func errors() throws {
    let directory = try TestDirectory()
    func code(_ change: (inout IndexRequest) -> Void) -> String {
      var request = IndexRequest(paths: [Seeds.path], index: directory.index)
      change(&request)
      do {
        _ = try IndexJob.run(request)
        return "none"
      } catch { return "\(error.code) \(error.exitCode.rawValue)" }
    }
    #expect(code { $0.paths = [] } == "usage 2")
    #expect(code { $0.paths = ["/nowhere/at/all"] } == "no-such-path 2")
    #expect(code { $0.kind = "gadget" } == "unknown-kind 2")
    #expect(code { $0.memory = 1 } == "usage 2")
    _ = try directory.write("a-file", "")
    #expect(code { $0.index = directory.path + "/a-file/index" } == "input-output 5")
    let mapping = try directory.write("mapping.json", "{\"kind\":\"inspection\",")
    #expect(code { $0.mapping = mapping } == "configuration 2")
    let writer = try IndexDirectory.writer(
      path: directory.index, schemas: IndexJob.schemas, options: IndexWriter.Options(), create: true)
    #expect(code { $0.threads = 1 } == "index-locked 5")
    withExtendedLifetime(writer) {}
  }
}

/// Counts up from 1.
final class Counter: Sendable {
  private let count = Atomic<Int>(0)
  func next() -> Int { count.wrappingAdd(1, ordering: .relaxed).newValue }
}
