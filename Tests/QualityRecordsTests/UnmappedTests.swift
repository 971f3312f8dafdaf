import Glibc
import QualityRecords
import Records
import SearchEngine
import Testing

/// `--no-mmap` reaches whoever opens an index, writers, too: a file that is mapped and cut short by somebody else ends the
/// process.
@Suite struct UnmappedTests {
  /// How many files under a folder this process has mapped; nil where the system does not tell.
  private static func mappings(_ folder: String) -> Int? {
    guard let file = fopen("/proc/self/maps", "r") else { return nil }
    defer { fclose(file) }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    var count = 0
    while getline(&line, &capacity, file) > 0 {
      if let line, String(cString: line).contains(folder + "/") { count += 1 }
    }
    return count
  }

  @Test(arguments: [true, false])
  func writersMapFilesUnlessTheyMayNot(mapped: Bool) throws {
    let directory = try TestDirectory()
    _ = try IndexJob.run(IndexRequest(paths: [Seeds.path], index: directory.index))
    guard Self.mappings(directory.index) != nil else { return print("skipped: no /proc/self/maps") }
    #expect(Self.mappings(directory.index) == 0)
    var options = IndexWriter.Options()
    options.derivedKinds = ["directive": ["passage"]]
    let writer = try IndexDirectory.writer(
      path: directory.index, schemas: IndexJob.schemas, options: options, create: false, mapped: mapped)
    #expect((Self.mappings(directory.index) ?? 0 > 0) == mapped)
    _ = try writer.delete(kind: "inspection", id: "none")
    try writer.mergeFully()
    _ = try writer.commit()
    #expect((Self.mappings(directory.index) ?? 0 > 0) == mapped)
    withExtendedLifetime(writer) {}
  }

  @Test func jobsRunOnFilesReadIntoMemory() throws {
    let directory = try TestDirectory()
    var request = IndexRequest(paths: [Seeds.path], index: directory.index)
    request.isMapped = false
    let first = try IndexJob.run(request)
    #expect(first.indexed > 0)
    let path = try directory.write(
      "more.jsonl", "{\"kind\":\"inspection\",\"id\":\"unmapped-1\",\"text\":\"one more\"}\n")
    request.paths = [path]
    #expect(try IndexJob.run(request).indexed == 1)
    #expect(try CareJobs.delete(ids: ["unmapped-1"], index: directory.index, mapped: false).deleted == 1)
    _ = try CareJobs.merge(full: true, index: directory.index, mapped: false)
    #expect(try RepairAnswer(repairing: directory.index, mapped: false).isWhole)
    #expect(try CheckAnswer(checking: [directory.index], deep: true, mapped: false).isGood)
  }
}
