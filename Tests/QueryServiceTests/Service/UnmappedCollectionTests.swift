import Glibc
import QualityRecords
import Testing

@testable import QueryService

/// `serve --no-mmap`: a server keeps no mapping of files that others may cut short.
@Suite struct UnmappedCollectionTests {
  /// Lines of this process's map that name a folder; nil where the system has none.
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
  func aCollectionIsMappedUnlessItMayNot(mapped: Bool) throws {
    let fixture = try ServiceFixture()
    var collection = try fixture.index("one", ServiceFixture.sample)
    guard Self.mappings(collection.path) != nil else { return print("skipped: no /proc/self/maps") }
    collection.isMapped = mapped
    let service = try QueryService(ServiceOptions(collections: [collection]))
    #expect(try service.get("/v1/search?q=formaldehyde").status == 200)
    #expect((Self.mappings(collection.path) ?? 0 > 0) == mapped)
    // A later commit is opened in the same way.
    try fixture.index("one", [ServiceFixture.note("N9", "cadmium in glazes")])
    #expect(try service.get("/v1/search?q=cadmium").text.contains("N9"))
    #expect((Self.mappings(collection.path) ?? 0 > 0) == mapped)
  }
}
