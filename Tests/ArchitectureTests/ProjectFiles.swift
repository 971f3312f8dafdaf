import Foundation

/// The project's own files, found from the place of this one.
struct ProjectFiles {
  struct SourceFile {
    /// From the root of the project: `Sources/Storage/CRC32C.swift`.
    let path: String
    let text: String
    /// The text without comments and without what is inside string literals, line by line the same.
    let code: String

    var name: String { String(path[path.index(after: path.lastIndex(of: "/") ?? path.startIndex)...]) }
    /// `Storage` of `Sources/Storage/CRC32C.swift`.
    var target: String { String(path.split(separator: "/")[1]) }
    var isGenerated: Bool { name.hasSuffix("+Generated.swift") }
    var lines: [Substring] { code.split(separator: "\n", omittingEmptySubsequences: false) }
  }

  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Every Swift file under `Sources`, sorted by path.
  static let sources: [SourceFile] = swiftFiles("Sources")
  /// Every Swift file under `Tests`, sorted by path.
  static let tests: [SourceFile] = swiftFiles("Tests")

  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: root.path + "/" + path) }

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// Folders under a folder, at any depth, without documentation catalogues and what they hold.
  static func folders(_ top: String) -> [String] {
    entries(top).filter { path in
      var isFolder: ObjCBool = false
      let found = FileManager.default.fileExists(atPath: root.path + "/" + path, isDirectory: &isFolder)
      return found && isFolder.boolValue && !path.contains(".docc")
    }
  }

  /// Folders of the root.
  static var topFolders: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
    return names.filter { name in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: root.path + "/" + name, isDirectory: &isFolder)
        && isFolder.boolValue
    }
  }

  /// Everything under a folder, at any depth, from the root of the project.
  static func entries(_ top: String) -> [String] {
    let inside = (try? FileManager.default.subpathsOfDirectory(atPath: root.path + "/" + top)) ?? []
    return inside.map { top + "/" + $0 }.sorted()
  }

  private static func swiftFiles(_ top: String) -> [SourceFile] {
    entries(top).filter { $0.hasSuffix(".swift") }.compactMap { path in
      guard let text = try? text(path) else { return nil }
      return SourceFile(path: path, text: text, code: SwiftText.withoutCommentsAndStrings(text))
    }
  }
}
