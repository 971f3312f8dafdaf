import Foundation
import JSONText
import Records
import Testing

/// Public registers that nobody here wrote, where they are at hand: known counts, every reject accounted for.
@Suite struct PublicDataTests {
  /// Unpacks files of the data folder into a folder of its own; nil, saying so, where the data or gzip is absent.
  static func unpacked(_ names: [String]) throws -> String? {
    let environment = ProcessInfo.processInfo.environment["DOSSIER_DATA"]
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let data = environment ?? root.appendingPathComponent("../shared/data").path
    let gzip = ["/bin/gzip", "/usr/bin/gzip"].first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let gzip, names.allSatisfy({ FileManager.default.fileExists(atPath: "\(data)/\($0).gz") }) else {
      print("skipped: no \(names[0]).gz in \(data), or no gzip")
      return nil
    }
    let folder = FileManager.default.temporaryDirectory.path + "/records-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for name in names {
      let target = "\(folder)/\(URL(fileURLWithPath: name).lastPathComponent)"
      _ = FileManager.default.createFile(atPath: target, contents: nil)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: gzip)
      process.arguments = ["-dc", "\(data)/\(name).gz"]
      process.standardOutput = FileHandle(forWritingAtPath: target)
      try process.run()
      process.waitUntilExit()
    }
    return folder
  }

  func load(_ path: String, _ mapping: String) throws -> (records: [Record], rejects: [Reject]) {
    let mapping = try Mapping(parsing: mapping, file: "mapping")
    var source = RecordSource(inputs: [RecordInput(path: path, mapping: mapping)])
    var (records, rejects): ([Record], [Reject]) = ([], [])
    while let result = source.next() {
      switch result {
      case .record(let record, _): records.append(record)
      case .rejected(let reject): rejects.append(reject)
      }
    }
    for reject in rejects.prefix(5) { print(reject) }
    return (records, rejects)
  }

  @Test func inspectionsWithTheirViolations() throws {
    let folder = "sf_food_inspections"
    guard let data = try Self.unpacked(["\(folder)/inspections.jsonl", "\(folder)/violations.jsonl"]) else { return }
    defer { try? FileManager.default.removeItem(atPath: data) }
    let (records, rejects) = try load("\(data)/inspections.jsonl", MappingTests.inspections)
    #expect(records.count + rejects.count { $0.file.hasSuffix("inspections.jsonl") } == 14_233)
    let folded = records.reduce(0) { $0 + ($1.body["violations"]?.arrayValue?.count ?? 0) }
    let unfolded = rejects.count { $0.file.hasSuffix("violations.jsonl") }
    // Three pairs of inspections share business and date: both get the ten findings of their day.
    #expect(Set(records.map(\.id)).count == 14_230)
    #expect(folded == 38_074 + 10 && unfolded == 39_006 - 38_074)
  }

  @Test func factoriesWithMinguoDates() throws {
    guard let data = try Self.unpacked(["tw_factories_sample/records.jsonl"]) else { return }
    defer { try? FileManager.default.removeItem(atPath: data) }
    let (records, rejects) = try load(
      "\(data)/records.jsonl",
      """
      {"kind":"enterprise","fields":{"name":"工廠名稱","address":"工廠地址","status":"工廠登記狀態","products":"主要產品",
        "registered":{"from":"工廠設立核准日期","pattern":"ROCMMdd"}}}
      """)
    print("factories \(records.count), rejected \(rejects.count)")
    #expect(records.count + rejects.count == 8_000 && rejects.count < 80)
    #expect(records.contains { $0.body["registered"] == "1988-05-03" })
  }
}
