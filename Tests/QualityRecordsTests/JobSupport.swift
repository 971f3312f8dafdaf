import Glibc
import JSONText
import QualityRecords
import Testing

/// A directory of a test's own, gone with it.
final class TestDirectory: @unchecked Sendable {
  let path: String

  init() throws {
    var template = Array("/tmp/dossier-quality-XXXXXX".utf8CString)
    path = try #require(
      template.withUnsafeMutableBufferPointer { buffer in
        buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
      })
  }

  deinit { Self.remove(path) }

  var index: String { "\(path)/index" }

  func write(_ name: String, _ text: String) throws -> String {
    let file = try #require(fopen("\(path)/\(name)", "w"))
    fputs(text, file)
    fclose(file)
    return "\(path)/\(name)"
  }

  func read(_ name: String) -> String? {
    guard let file = fopen("\(path)/\(name)", "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while true {
      let byte = getc(file)
      if byte == EOF { break }
      bytes.append(UInt8(truncatingIfNeeded: byte))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Names and lengths of all files of the index.
  func listing() -> [String] {
    guard let stream = opendir(index) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names.sorted()
  }

  private static func remove(_ path: String) {
    if let stream = opendir(path) {
      while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { remove("\(path)/\(name)") }
      }
      closedir(stream)
    }
    _ = Glibc.remove(path)
  }
}

/// The sample collection of the repository.
enum Seeds {
  static let root: String = {
    var parts = "\(#filePath)".split(separator: "/")
    parts.removeLast(3)
    return "/" + parts.joined(separator: "/")
  }()
  static var path: String { root + "/seeds" }

  /// The data set's folder, or nil with a notice.
  static func data(_ name: String) -> String? {
    let base = getenv("DOSSIER_DATA").map { String(cString: $0) } ?? root + "/../shared/data"
    guard access("\(base)/\(name)", R_OK) == 0 else {
      print("skipped: no \(base)/\(name)")
      return nil
    }
    return "\(base)/\(name)"
  }
}

/// The sample collection, indexed once for all tests.
struct SampleIndex {
  static let shared: Result<(TestDirectory, IndexAnswer), any Error> = Result {
    let directory = try TestDirectory()
    return (directory, try IndexJob.run(IndexRequest(paths: [Seeds.path], index: directory.index)))
  }
}

extension Answer {
  var value: JSONValue { get throws { try JSONValue(parsing: json()) } }
}

/// Whether a command of the shell ended well.
func runShell(_ command: String) -> Bool { system(command) == 0 }
