#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The files of a folder and of the folders inside it.
enum FolderListing {
  /// Folders inside one another that are gone into: more is a loop or a mistake.
  static let maximumDepth = 32

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  static func exists(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0
  }

  /// Paths of the regular files, relative to the folder, in the order of their bytes; names that begin with a dot are
  /// left out, and linked folders are not gone into.
  /// - Throws: `RecordError` when a folder cannot be read.
  static func files(in folder: String) throws(RecordError) -> [String] {
    var files: [String] = []
    try collect(folder, prefix: "", depth: 0, into: &files)
    return files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func collect(
    _ folder: String, prefix: String, depth: Int, into files: inout [String]
  ) throws(RecordError) {
    guard let stream = opendir(folder) else {
      throw RecordError(.inputOutput, file: folder, message: "cannot be read: \(FileByteSource.lastError())")
    }
    defer { closedir(stream) }
    var folders: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard !name.hasPrefix(".") else { continue }
      let path = FilePath.joined(folder, name)
      var status = stat()
      guard lstat(path, &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFLNK, stat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFDIR { continue }
      switch status.st_mode & S_IFMT {
      case S_IFREG: files.append(prefix + name)
      case S_IFDIR: folders.append(name)
      default: continue
      }
    }
    guard depth < maximumDepth else { return }
    for name in folders {
      try collect(FilePath.joined(folder, name), prefix: "\(prefix)\(name)/", depth: depth + 1, into: &files)
    }
  }
}
