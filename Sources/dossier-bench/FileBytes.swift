import Storage

/// Whole files.
enum FileBytes {
  static func read(_ path: String) throws -> [UInt8] {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[..<$0]) } ?? "."
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    let source = try PosixFileSystem(path: folder.isEmpty ? "/" : folder, create: false)
    return Array(try source.open(name).bytes)
  }
}
