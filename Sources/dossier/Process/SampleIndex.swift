import QualityRecords

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The index of the sample collection, built before a first search: a fresh copy of the project answers at once.
struct SampleIndex {
  private let invocation: Invocation
  private static let seeds = "seeds"

  init(_ invocation: Invocation) { self.invocation = invocation }

  /// Builds `./index` from `./seeds` where no index is named, none is built, and the folder is there.
  /// - Throws: what indexing throws; `interrupted` when it was.
  func buildIfMissing() throws(QualityError) {
    guard invocation.arguments.texts(CommonFlags.index).isEmpty, Environment.value("DOSSIER_INDEX") == nil,
      !Self.isBuilt(Invocation.defaultIndex), Self.isFolder(Self.seeds)
    else { return }
    invocation.say("no index yet: building \(Invocation.defaultIndex)/ from \(Self.seeds)/")
    let answer = try IndexRunner(invocation).run(
      IndexRequest(paths: [Self.seeds], index: Invocation.defaultIndex))
    if answer.isInterrupted {
      throw QualityError("interrupted", "interrupted before the index was built", exitCode: .interrupted)
    }
  }

  /// Whether a folder holds more than what a copy of the project has in it: a README and dot files.
  static func isBuilt(_ path: String) -> Bool {
    guard let folder = opendir(path) else { return false }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: entry.pointee.d_name)) {
          String(cString: $0)
        }
      }
      if name.hasPrefix(".") || name == "README.md" { continue }
      return true
    }
    return false
  }

  private static func isFolder(_ path: String) -> Bool {
    guard let folder = opendir(path) else { return false }
    closedir(folder)
    return true
  }
}
