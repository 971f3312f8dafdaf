import Glibc
import JSONText
import QualityRecords
import Testing

/// Evidence folders: whole as written, and every change of them found.
struct EvidenceTests {
  private static let records = """
    {"kind":"enterprise","id":"E1","name":"=Hongda <Toys> & Co."}
    {"kind":"inspection","id":"N1","enterprise":"E1","date":"2007-03-01","text":"lead in the paint, \\"much\\" of it","result":"fail"}
    {"kind":"inspection","id":"N2","enterprise":"E1","date":"2007-04","text":"涂层 lead 超标","result":"fail"}
    {"kind":"directive","id":"D1","title":"On lead","paragraphs":["First.","No lead in toys."]}

    """

  private func packed(_ query: String = "lead") throws -> (TestDirectory, QualityIndex, PackAnswer, String) {
    let directory = try TestDirectory()
    _ = try IndexJob.run(
      IndexRequest(paths: [try directory.write("a.jsonl", Self.records)], index: directory.index))
    let index = try QualityIndex(paths: [directory.index])
    let folder = "\(directory.path)/pack"
    return (directory, index, try index.pack(SearchOptions(query), to: folder), folder)
  }

  private func names(_ directory: TestDirectory) -> [String] {
    ["SHA256SUMS", "answer.html", "hits.csv", "hits.jsonl", "manifest.json", "records.jsonl", "request.json"]
  }

  @Test("X2: an evidence folder holds the whole answer and verifies offline and against the index")
  func whole() throws {
    let (directory, index, answer, folder) = try packed()
    #expect(answer.total == 3)
    #expect(answer.files.map(\.name) == Array(names(directory).dropFirst()))
    let search = try index.search(SearchOptions("lead"))
    let lines = try #require(directory.read("pack/hits.jsonl")).split(separator: "\n")
    #expect(lines.count == 3)
    #expect(try lines.map { try JSONValue(parsing: String($0))["id"]?.stringValue } == search.hits.map(\.id))
    // The receipt is that of a search that shows all hits.
    #expect(answer.receipt == search.receipt)
    let records = try #require(directory.read("pack/records.jsonl")).split(separator: "\n")
    #expect(records.count == 3)
    let page = try #require(directory.read("pack/answer.html"))
    #expect(page.contains("<mark>lead</mark>") && page.contains(answer.receipt))
    #expect(!page.contains("<Toys>") && page.contains("&lt;Toys&gt;"))
    for outside in ["http:", "https:", "src=", "href=", "@import", "url("] { #expect(!page.contains(outside)) }
    let table = try #require(directory.read("pack/hits.csv"))
    #expect(table.split(separator: "\r\n").count == 4)
    #expect(!table.contains(",=Hongda"))
    let offline = try EvidenceCheck.run(folder)
    #expect(offline.isGood && offline.files == 6 && offline.holds == nil && offline.receipt == answer.receipt)
    let online = try EvidenceCheck.run(folder, index: index)
    #expect(online.isGood && online.holds == true)
    _ = try CareJobs.delete(ids: ["N1"], index: directory.index)
    let later = try EvidenceCheck.run(folder, index: QualityIndex(paths: [directory.index]))
    #expect(later.isGood && later.holds == false && later.totalNow == 2 && later.exitCode == .done)
    // sha256sum reads the list as it is.
    #expect(system("cd \(folder) && sha256sum --quiet --strict -c SHA256SUMS") == 0)
  }

  @Test("X2: the same answer is the same folder, byte for byte")
  func deterministic() throws {
    let (directory, index, answer, _) = try packed()
    let again = try index.pack(SearchOptions("lead"), to: "\(directory.path)/again")
    #expect(again.files == answer.files)
    #expect(directory.read("again/SHA256SUMS") == directory.read("pack/SHA256SUMS"))
    let error = #expect(throws: QualityError.self) {
      try index.pack(SearchOptions("lead"), to: "\(directory.path)/again")
    }
    #expect(error?.code == "folder-not-empty")
    #expect(try index.pack(SearchOptions("xylophone"), to: "\(directory.path)/none").exitCode == .nothingFound)
    #expect(try EvidenceCheck.run("\(directory.path)/none").isGood)
  }

  private func bytes(_ path: String) throws -> [UInt8] {
    let file = try #require(fopen(path, "r"))
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while true {
      let byte = getc(file)
      if byte == EOF { return bytes }
      bytes.append(UInt8(truncatingIfNeeded: byte))
    }
  }

  private func write(_ path: String, _ bytes: [UInt8]) throws {
    let file = try #require(fopen(path, "w"))
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }

  @Test("X2: every changed byte of every file fails and is named")
  func changedBytes() throws {
    let (directory, _, _, folder) = try packed()
    var random = Random(seed: 7)
    for name in names(directory) {
      let path = "\(folder)/\(name)"
      let original = try bytes(path)
      for round in 0..<60 {
        var changed = original
        let place = round == 0 ? 0 : round == 1 ? original.count - 1 : random.below(original.count)
        switch round % 3 {
        case 0: changed[place] ^= UInt8(1 << random.below(8))
        case 1: changed.remove(at: place)
        default: changed.insert(UInt8(random.below(256)), at: place)
        }
        if changed == original { continue }
        try write(path, changed)
        let answer = try EvidenceCheck.run(folder)
        #expect(!answer.isGood && answer.exitCode == .nothingFound, "\(name) at \(place)")
        // A changed list of digests speaks of the file in the line, too.
        #expect(name == "SHA256SUMS" || answer.problems.contains { $0.file == name }, "\(name): \(answer.problems)")
      }
      try write(path, original)
      unlink(path)
      let answer = try EvidenceCheck.run(folder)
      #expect(answer.problems.contains { $0.file == name && $0.problem == "missing" }, "\(name)")
      try write(path, original)
    }
    #expect(try EvidenceCheck.run(folder).isGood)
  }

  @Test("X2: added files, links and folders fail; names never lead out of the folder")
  func added() throws {
    let (directory, _, _, folder) = try packed()
    _ = try directory.write("pack/note.txt", "by the way")
    #expect(try EvidenceCheck.run(folder).problems.map { "\($0.problem) \($0.file)" } == ["added note.txt"])
    unlink("\(folder)/note.txt")
    mkdir("\(folder)/more", 0o755)
    #expect(try EvidenceCheck.run(folder).problems.map(\.file) == ["more"])
    rmdir("\(folder)/more")
    // A link in a file's place is not followed.
    rename("\(folder)/hits.csv", "\(directory.path)/hits.csv")
    symlink("\(directory.path)/hits.csv", "\(folder)/hits.csv")
    #expect(try EvidenceCheck.run(folder).problems.contains { $0.file == "hits.csv" && $0.problem == "unreadable" })
    unlink("\(folder)/hits.csv")
    rename("\(directory.path)/hits.csv", "\(folder)/hits.csv")
    #expect(try EvidenceCheck.run(folder).isGood)
    let sums = try bytes("\(folder)/SHA256SUMS")
    for name in ["../a.jsonl", "/etc/passwd", "..", "sub/file", "..\\a"] {
      try write("\(folder)/SHA256SUMS", sums + Array((String(repeating: "0", count: 64) + "  \(name)\n").utf8))
      let answer = try EvidenceCheck.run(folder)
      #expect(answer.problems.contains { $0.file == name && $0.problem == "outside" }, "\(name)")
      #expect(!answer.problems.contains { $0.message.contains("found") && $0.file == name })
    }
  }

  @Test("X2: files made anew together do not give the receipt")
  func forged() throws {
    let (directory, index, answer, folder) = try packed()
    // The hits and all digests of another answer, under the receipt of the first.
    let other = try index.pack(SearchOptions("paint"), to: "\(directory.path)/other")
    #expect(other.receipt != answer.receipt)
    let request = try #require(directory.read("other/request.json"))
    _ = try directory.write("other/request.json", request.replacing(other.receipt, with: answer.receipt))
    let manifest = try #require(directory.read("other/manifest.json"))
    #expect(system("cd \(directory.path)/other && sha256sum request.json | cut -c1-64 | tr -d '\\n' > ../sum") == 0)
    let sum = try #require(directory.read("sum"))
    let old = try #require(other.files.first { $0.name == "request.json" }).digest
    _ = try directory.write("other/manifest.json", manifest.replacing(old, with: sum))
    #expect(
      system(
        "cd \(directory.path)/other && sha256sum answer.html hits.csv hits.jsonl manifest.json records.jsonl request.json > ../S; mv ../S SHA256SUMS"
      ) == 0)
    let check = try EvidenceCheck.run("\(directory.path)/other")
    #expect(check.problems.map(\.problem) == ["receipt"])
    #expect(try EvidenceCheck.run(folder).isGood)
    let missing = #expect(throws: QualityError.self) { try EvidenceCheck.run("\(directory.path)/nowhere") }
    #expect(missing?.code == "no-such-folder" && missing?.exitCode == .usage)
    // An empty folder is no evidence.
    mkdir("\(directory.path)/empty", 0o755)
    #expect(try !EvidenceCheck.run("\(directory.path)/empty").isGood)
  }
}
