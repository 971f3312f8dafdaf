import Foundation
import Records
import Testing

@Suite struct SeedPageTests {
  @Test func savedPageComesApart() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let folder = ProcessInfo.processInfo.environment["DOSSIER_DATA"] ?? root.appendingPathComponent("shared/data").path
    guard let data = FileManager.default.contents(atPath: folder + "/seed-directive.txt") else {
      print("skipped: no seed-directive.txt in \(folder)")
      return
    }
    let page = try Reading([UInt8](data), path: "seed-directive.txt", kind: "directive")
    #expect(page.rejects.isEmpty)
    #expect(page.rows.count == 1)
    #expect(
      page.value("title")
        == "AQSIQ convenes video-phone conference on the special rectification of key products in national quality inspection system"
    )
    #expect(page.value("issuer") == "AQSIQ")
    #expect(page.value("date") == "--02-20")
    #expect(page.value("dateNote")?.contains("Feb 20") == true)
    #expect(page.value("place") == "Beijing")
    #expect(page.value("pageDate") == "2017-07-05")
    let paragraphs = page.list("paragraphs")
    #expect(paragraphs.count == 7)
    #expect(paragraphs.first?.hasPrefix("On Feb 20, AQSIQ convenes") == true)
    #expect(paragraphs.last?.hasSuffix("branch meeting hall.") == true)
    #expect(page.list("furniture").contains { $0.hasPrefix("Safe, stable") })
    #expect(page.list("furniture").contains { $0.contains("customs clearance") })
    #expect(!paragraphs.contains { $0.contains("customs clearance") })
  }
}
