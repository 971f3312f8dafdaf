import Glibc
import JSONText
import QualityRecords
import SearchEngine
import Testing

/// Indexes that released versions have written are opened for ever. Each folder of `Golden` holds one, and the records that
/// were exported from it then.
struct GoldenIndexTests {
  private static let folder = Seeds.root + "/Tests/QualityRecordsTests/Golden"
  private static let formats = ["format-1"]

  private func bytes(_ path: String) throws -> [UInt8] {
    let file = try #require(fopen(path, "r"))
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = getc(file), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
    return bytes
  }

  private func exported(_ index: QualityIndex) throws -> [UInt8] {
    var bytes: [UInt8] = []
    _ = try index.export { piece in
      bytes += piece
      return true
    }
    return bytes
  }

  @Test(arguments: formats)
  func isReadAndSearched(format: String) throws {
    let path = "\(Self.folder)/\(format)/index"
    #expect(try CheckAnswer(checking: [path], deep: true).isGood)
    for mapped in [true, false] {
      let index = try QualityIndex(paths: [path], mapped: mapped)
      #expect(index.commit == 2)
      #expect(try exported(index) == bytes("\(Self.folder)/\(format)/export.jsonl"))
      #expect(try index.stats().passages == 2)
      for (query, id) in [
        ("formaldehyde", "N1"), ("甲醛", "N2"), ("GB 6675", "N1"), ("\"quality file\"", "D1"),
        ("licence:XK16-204-00123", "E1"),
        ("violation(severity:critical)", "N2"), ("date:2007-03", "N1"), ("has(inspection: label)", "E1"),
      ] {
        #expect(try index.search(SearchOptions(query)).hits.contains { $0.id == id }, "\(format): \(query)")
      }
      // What was deleted before the release is deleted after it.
      #expect(try index.search(SearchOptions("deleted")).hits.allSatisfy { $0.id != "N3" })
    }
  }

  /// It is also written to, as long as words are made as they were then; else the program says that they are not.
  @Test(arguments: formats)
  func isWrittenTo(format: String) throws {
    let directory = try TestDirectory()
    #expect(runShell("cp -r \(Self.folder)/\(format)/index \(directory.index)"))
    let more = #"{"kind":"inspection","id":"N9","enterprise":"E1","date":"2008","text":"formaldehyde again"}"#
    do throws(QualityError) {
      let path: String
      do { path = try directory.write("more.jsonl", more + "\n") } catch { return }
      _ = try IndexJob.run(IndexRequest(paths: [path], index: directory.index))
    } catch {
      #expect(error.code == "index-outdated")
      print("\(format) was made by other analysis tables: it is read, and written anew")
      return
    }
    _ = try CareJobs.merge(full: true, index: directory.index)
    let index = try QualityIndex(paths: [directory.index])
    #expect(try index.search(SearchOptions("formaldehyde")).hits.contains { $0.id == "N9" })
    #expect(try index.stats().records == 6)
    #expect(try CheckAnswer(checking: [directory.index], deep: true).isGood)
  }
}
