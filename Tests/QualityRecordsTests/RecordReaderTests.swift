import Foundation
import Records
import Testing

@testable import QualityRecords

@Suite struct RecordReaderTests {
  /// Fault 5: batches were counted by the bytes of the file, of which a packed one has few.
  @Test func batchesAreBoundedByWhatTheyHold() throws {
    let text = String(repeating: "aaaaaaa ", count: 30_000)
    let lines = (0..<40).map { "{\"kind\":\"inspection\",\"id\":\"\($0)\",\"text\":\"\(text)\"}\n" }.joined()
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("batches-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("notes.jsonl")
    try lines.write(to: file, atomically: true, encoding: .utf8)
    let packer = Process()
    packer.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    packer.arguments = ["gzip", file.path]
    do { try packer.run() } catch { return print("skipped: no gzip") }
    packer.waitUntilExit()
    guard packer.terminationStatus == 0 else { return print("skipped: no gzip") }
    var reader = RecordReader([RecordInput(path: file.path + ".gz", kind: "inspection")], bytesRead: SharedCount())
    var records = 0
    while true {
      let batch = reader.nextBatch()
      guard !batch.results.isEmpty else { break }
      records += batch.results.count
      #expect(batch.memory < RecordReader.batchBytes + text.utf8.count + 1_000)
      #expect(batch.memory >= batch.results.count * text.utf8.count)
    }
    #expect(records == 40)
  }
}
