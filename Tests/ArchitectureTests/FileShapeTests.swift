import Testing

/// Lengths, names and words of files.
struct FileShapeTests {
  /// A file longer than this has two subjects. Generated tables apart.
  static let longest = 600

  @Test func filesAreShort() {
    for file in ProjectFiles.sources + ProjectFiles.tests where !file.isGenerated {
      let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
      #expect(lines <= Self.longest, "\(file.path) has \(lines) lines")
    }
  }

  @Test func generatedTablesAreStrings() {
    for file in ProjectFiles.sources where file.isGenerated {
      #expect(file.text.contains("StaticString"), "\(file.path) is no table of a StaticString")
      #expect(file.text.hasPrefix("// Generated "), "\(file.path) does not begin with its origin")
    }
  }

  @Test func noTwoFilesOfATargetShareAName() {
    for files in [ProjectFiles.sources, ProjectFiles.tests] {
      var paths: [String: String] = [:]
      for file in files {
        let key = file.target + "/" + file.name
        if let other = paths[key] { Issue.record("\(file.path) and \(other) have one name") }
        paths[key] = file.path
      }
    }
  }

  /// Names that say nothing: whatever is put under them has no other place because nobody thought of one.
  @Test func noFolderOrTypeHasAnEmptyName() {
    let words = ["manager", "utils", "util", "utilities", "common", "helper", "helpers", "misc"]
    for path in ProjectFiles.entries("Sources") + ProjectFiles.entries("Tests") {
      let name = path.split(separator: "/").last.map(String.init) ?? path
      let stem = name.prefix { $0 != "." }
      for word in words { #expect(!Self.ends(String(stem), with: word), "\(path) is named \(word)") }
    }
    for file in ProjectFiles.sources {
      for type in SwiftText.topLevelTypes(file.code) {
        for word in words { #expect(!Self.ends(type, with: word), "\(file.path) declares \(type)") }
      }
    }
  }

  /// Whether a name is the word or ends with it as a part of its own: `FileManager`, `test-utils`.
  private static func ends(_ name: String, with word: String) -> Bool {
    let lowered = name.lowercased()
    guard lowered.hasSuffix(word) else { return false }
    guard let before = name.dropLast(word.count).last else { return true }
    let first = name[name.index(name.endIndex, offsetBy: -word.count)]
    return first.isUppercase || !(before.isLetter || before.isNumber)
  }

  @Test func topFoldersAreTheProjectsOwn() {
    let known: Set<String> = ["Sources", "Tests", "index", "seeds"]
    for path in ["Sources", "Tests", "seeds", "index"] { #expect(ProjectFiles.exists(path), "\(path) is missing") }
    for name in ProjectFiles.topFolders where !name.hasPrefix(".") {
      #expect(known.contains(name), "\(name) is no folder of the project")
    }
  }
}
