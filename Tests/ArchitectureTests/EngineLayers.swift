/// The folders of `Sources/SearchEngine`, bottom to top. A file names types of its own layer and of lower ones.
enum EngineLayers {
  static let order = [
    "Primitives", "Format", "Automata", "Codecs", "Segments", "Commits", "Indexing", "Planning", "Matching", "Scoring",
    "Collecting", "Pruning", "Presenting", "Searching", "Checking",
  ]

  /// Uses upwards that are meant, each with its reason. One that is no longer there fails the test.
  static let knots: [(file: String, type: String, reason: String)] = [
    (
      "Primitives/ByteSlice.swift", "IndexFile",
      "a slice keeps its file alive and asks it for checksums on first touch; a protocol in between would be called on "
        + "every block of every list"
    )
  ]

  /// The layer of a file by its path from the root; nil for what is not the engine's.
  static func layer(of path: String) -> String? {
    let parts = path.split(separator: "/")
    guard parts.count > 3, parts[0] == "Sources", parts[1] == "SearchEngine" else { return nil }
    return String(parts[2])
  }
}
