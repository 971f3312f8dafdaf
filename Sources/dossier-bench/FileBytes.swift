import Storage

/// Whole files.
enum FileBytes {
  static func read(_ path: String) throws -> [UInt8] {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[..<$0]) } ?? "."
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    let source = try PosixFileSystem(path: folder.isEmpty ? "/" : folder, create: false)
    let contents = try source.open(name)
    // The bytes are the contents': they live as long.
    return withExtendedLifetime(contents) { Array(contents.bytes) }
  }
}
