import JSONText
import Testing

@testable import dossier_bench

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `dossier-bench grow`: what it prints is what it measured, and nothing of it stays behind but what was asked for.
@Suite struct GrowTests {
  /// A folder that is gone when the test is.
  private final class Folder {
    let path: String

    init() throws {
      var name = Array("/tmp/dossier-grow-XXXXXX".utf8CString)
      guard mkdtemp(&name) != nil else { throw BenchError("no folder for the test") }
      path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Names below the folder, those of folders too.
    func names(_ inner: String = "") -> [String] {
      guard let folder = opendir(path + inner) else { return [] }
      defer { closedir(folder) }
      var names: [String] = []
      while let entry = readdir(folder) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name == "." || name == ".." { continue }
        names += [inner + "/" + name] + self.names(inner + "/" + name)
      }
      return names.sorted()
    }

    deinit {
      for name in names().reversed() where unlink(path + name) != 0 { rmdir(path + name) }
      rmdir(path)
    }
  }

  private static func writeNotes(_ count: Int, _ path: String) throws {
    var text = ""
    for number in 0..<count {
      text +=
        "{\"id\":\"n\(number)\",\"date\":\"2007-03-\(10 + number % 19)\",\"text\":\"lead paint \(number) on toys, "
        + "label torn; formaldehyde in furniture\",\"violations\":[{\"text\":\"small parts\",\"severity\":\"serious\"}]}\n"
    }
    try BenchResults.write(text, to: path)
  }

  @Test func aRowForEachSizeAndNothingLeft() throws {
    let folder = try Folder()
    var asked: [Int] = []
    var grow = BenchGrow(directory: folder.path, sizes: [40, 400]) { count, path in
      asked.append(count)
      try Self.writeNotes(count, path)
    }
    grow.runs = 2
    grow.memory = 16
    let figures = try grow.measured()
    #expect(asked == [40, 400])
    #expect(figures.rows.map(\.name) == ["40", "400"])
    for row in figures.rows {
      let values = Dictionary(uniqueKeysWithValues: row.measures.map { ($0.name, $0.value) })
      #expect(
        Set(values.keys) == [
          "indexing us a record", "merge share", "rewritten by merges, a record", "disk bytes a record",
          "top 10 median ms", "top 10 p90 ms",
        ])
      #expect(values.values.allSatisfy { $0.isFinite && $0 >= 0 })
      // A note is some 150 bytes; its index neither vanishes nor holds it a hundred times.
      #expect((20...15_000).contains(values["disk bytes a record"] ?? 0), "\(values)")
      #expect(values["indexing us a record"] ?? 0 > 0)
      #expect((0...1).contains(values["merge share"] ?? -1))
      #expect(values["rewritten by merges, a record"] == 0, "one segment has nothing to merge")
      #expect(values["top 10 median ms"] ?? 1 <= values["top 10 p90 ms"] ?? 0)
    }
    // The notes are gone, the index is empty.
    #expect(!folder.names().contains { $0.hasSuffix(".jsonl") || $0.hasSuffix(".records") }, "\(folder.names())")
    // Kept and read again, the figures are the same to four digits.
    try BenchResults.write(figures.json, to: folder.path + "/kept.json")
    let kept = try BenchResults(path: folder.path + "/kept.json")
    #expect(kept.table == figures.table)
    let plot = grow.plot(figures)
    for name in ["indexing us a record", "disk bytes a record", "top 10 median ms", "top 10 p90 ms", ">40<", ">400<"] {
      #expect(plot.contains(name), "\(name)")
    }
  }

  @Test func aGeneratorThatFailsIsNamed() throws {
    let folder = try Folder()
    for program in ["/bin/false", "/no/such/program"] {
      let grow = try BenchGrow(["--generator", program, "--dir", folder.path, "--sizes", "10"])
      #expect { _ = try grow.measured() } throws: { "\($0)".contains(program) }
      #expect(folder.names() == [])
    }
  }

  @Test func argumentsAreChecked() throws {
    let wrong = [
      "", "--dir d", "--generator g --dir", "--generator g --dir d --sizes x", "--generator g --dir d --size 1",
    ]
    for words in wrong.map({ $0.split(separator: " ").map(String.init) }) {
      #expect(throws: BenchError.self) { _ = try BenchGrow(words) }
    }
    let grow = try BenchGrow(["--generator", "g", "--dir", "d", "--sizes", "300,100,-5,0,x,200"])
    #expect(grow.sizes == [100, 200, 300])
  }
}
