/// One file to be read, and how.
public struct RecordInput: Hashable, Sendable {
  /// As it is opened; `-` is standard input.
  public var path: String
  /// For records that do not say their kind.
  public var kind: String?
  public var mapping: Mapping?
  /// Where a fold's file is looked for when it is not beside the file: the mapping's folder.
  public var mappingFolder: String?
  /// Nil: detected.
  public var format: FileFormat?

  public init(
    path: String, kind: String? = nil, mapping: Mapping? = nil, mappingFolder: String? = nil,
    format: FileFormat? = nil
  ) {
    self.path = path
    self.kind = kind
    self.mapping = mapping
    self.mappingFolder = mappingFolder
    self.format = format
  }
}

/// Paths as text, slashes between their parts.
enum FilePath {
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// The name without its last extension: `dir-0001` of `a/dir-0001.md`.
  static func stem(of path: String) -> String {
    let name = name(of: path)
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// Lower case, without the dot; empty where there is none.
  static func fileExtension(of path: String) -> String {
    let name = name(of: path)
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }

  /// The path without the `.gz` of a compressed file: its extension is that of what is inside.
  static func unpacked(_ path: String) -> String {
    fileExtension(of: path) == "gz" ? String(path.dropLast(3)) : path
  }

  static func joined(_ folder: String, _ path: String) -> String {
    if path.hasPrefix("/") || folder.isEmpty || folder == "." { return path }
    return folder.hasSuffix("/") ? folder + path : "\(folder)/\(path)"
  }
}
