import Dispatch
import Foundation
import JSONText
import QualityRecords
import Testing

@Suite("The audit trail")
struct AuditTests {
  private static let lineCount = 12

  private static func entry(_ number: Int, query: String? = nil) -> AuditTrail.Entry {
    AuditTrail.Entry(
      id: "r-\(number)", token: number % 2 == 0 ? "clerk" : nil, address: "127.0.0.1", action: "search",
      collections: ["gd", "zj"], query: query ?? "lead \(number) \"铅\"\n", total: number, commit: 7, status: 200)
  }

  private static func write(_ folder: String, keepsQueries: Bool = true) throws {
    let trail = try AuditTrail(folder: folder, name: "s", keepsQueries: keepsQueries)
    for number in 0..<lineCount {
      try trail.append(entry(number), at: "2007-03-14T09:26:53.000Z", isDurable: number % 3 == 0)
    }
    trail.close()
  }

  @Test("what was written is found good, also by a trail that goes on after a restart")
  func good() throws {
    let folder = try TestDirectory()
    for round in 1...3 {
      try Self.write(folder.path + "/audit")
      let check = try AuditCheck(folder: folder.path + "/audit")
      #expect(check.isGood && check.exitCode == .done, "\(check.problems)")
      #expect(check.trails.first?.lines == round * Self.lineCount)
    }
  }

  @Test("a line that is removed, changed, moved, doubled or added is found, wherever it stands")
  func altered() throws {
    let folder = try TestDirectory()
    let audit = folder.path + "/audit"
    try Self.write(audit)
    let path = audit + "/s.audit.jsonl"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let lines = text.split(separator: "\n").map(String.init)
    func check(_ changed: [String], _ what: String) throws {
      try (changed.map { $0 + "\n" }.joined()).write(toFile: path, atomically: true, encoding: .utf8)
      let check = try AuditCheck(folder: audit)
      #expect(!check.isGood && check.exitCode == .nothingFound, "\(what)")
    }
    for place in lines.indices {
      var changed = lines
      changed.remove(at: place)
      try check(changed, "removed \(place)")
      changed = lines
      changed.insert(lines[place], at: place)
      try check(changed, "doubled \(place)")
      changed = lines
      changed[place] = lines[place].replacing("\"total\":\(place)", with: "\"total\":999")
      try check(changed, "changed \(place)")
      if place > 0 {
        changed = lines
        changed.swapAt(place, place - 1)
        try check(changed, "moved \(place)")
      }
    }
    try check(Array(lines.dropLast(3)), "three off the end")
    try check(lines + ["{}"], "something behind")
    // Any byte of any line.
    var random = SystemRandomNumberGenerator()
    let bytes = Array(text.utf8)
    for _ in 0..<200 {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      var changed = bytes
      changed[place] ^= UInt8(1 << Int.random(in: 0..<7, using: &random))
      try Data(changed).write(to: URL(fileURLWithPath: path))
      let isGood = (try? AuditCheck(folder: audit).isGood) ?? false
      #expect(!isGood, "byte \(place): \(bytes[place]) -> \(changed[place])")
    }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    #expect(try AuditCheck(folder: audit).isGood)
    try FileManager.default.removeItem(atPath: audit + "/s.audit.head")
    #expect(try !AuditCheck(folder: audit).isGood)
  }

  @Test("a line that was cut while it was written is dropped when the trail goes on")
  func cut() throws {
    let folder = try TestDirectory()
    let audit = folder.path + "/audit"
    try Self.write(audit)
    let path = audit + "/s.audit.jsonl"
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    try (bytes + Data(bytes.prefix(70))).write(to: URL(fileURLWithPath: path))
    #expect(try !AuditCheck(folder: audit).isGood)
    try Self.write(audit)
    let check = try AuditCheck(folder: audit)
    #expect(check.isGood && check.trails.first?.lines == 2 * Self.lineCount, "\(check.problems)")
  }

  @Test("without the wish to keep queries, a keyed digest stands for each: equal for equal ones")
  func digests() throws {
    let folder = try TestDirectory()
    let trail = try AuditTrail(folder: folder.path + "/audit", name: "s", keepsQueries: false)
    for query in ["secretive", "other", "secretive"] {
      try trail.append(Self.entry(1, query: query), at: "2007", isDurable: false)
    }
    trail.close()
    let text = try String(contentsOfFile: folder.path + "/audit/s.audit.jsonl", encoding: .utf8)
    #expect(!text.contains("secretive"))
    let digests = try text.split(separator: "\n").map { try JSONValue(parsing: String($0))["queryDigest"]?.stringValue }
    #expect(digests[0] != nil && digests[0] == digests[2] && digests[0] != digests[1])
    let mode = try FileManager.default.attributesOfItem(atPath: folder.path + "/audit/s.audit.jsonl")[.posixPermissions]
    #expect(mode as? Int == 0o600)
  }

  @Test("an entry that was made ready before it is added gives the same digest, and says how long its line is")
  func prepared() throws {
    let folder = try TestDirectory()
    for keepsQueries in [false, true] {
      let trail = try AuditTrail(folder: folder.path + "/\(keepsQueries)", name: "s", keepsQueries: keepsQueries)
      try trail.append(Self.entry(1, query: "secretive"), at: "2007", isDurable: false)
      var entry = Self.entry(1, query: "secretive")
      #expect(trail.prepare(&entry) == (keepsQueries ? 9 : 0))
      #expect(try trail.appendAtOnce(entry, at: "2007"))
      trail.close()
      let text = try String(contentsOfFile: folder.path + "/\(keepsQueries)/s.audit.jsonl", encoding: .utf8)
      let asked = try text.split(separator: "\n").map {
        try JSONValue(parsing: String($0))[keepsQueries ? "query" : "queryDigest"]?.stringValue
      }
      #expect(asked.count == 2 && asked[0] != nil && asked[0] == asked[1])
      #expect(try AuditCheck(folder: folder.path + "/\(keepsQueries)").isGood)
    }
  }

  @Test("lines of many threads, durable and not, make one chain")
  func concurrent() throws {
    let folder = try TestDirectory()
    let trail = try AuditTrail(folder: folder.path + "/audit", name: "s", keepsQueries: true)
    DispatchQueue.concurrentPerform(iterations: 120) { number in
      if number % 3 == 0, (try? trail.appendAtOnce(Self.entry(number), at: "2007")) == true { return }
      try? trail.append(Self.entry(number), at: "2007", isDurable: number % 4 == 0)
    }
    trail.close()
    let check = try AuditCheck(folder: folder.path + "/audit")
    #expect(check.isGood && check.trails.map(\.lines) == [120], "\(check.problems)")
  }

  @Test("two servers do not write one trail")
  func locked() throws {
    let folder = try TestDirectory()
    let trail = try AuditTrail(folder: folder.path + "/audit", name: "s", keepsQueries: false)
    #expect(throws: QualityError.self) {
      try AuditTrail(folder: folder.path + "/audit", name: "s", keepsQueries: false)
    }
    trail.close()
    #expect(throws: QualityError.self) { try trail.append(Self.entry(1), at: "2007", isDurable: false) }
  }
}
