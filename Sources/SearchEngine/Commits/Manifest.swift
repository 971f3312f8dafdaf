import JSONText
import Records

/// What one commit consists of: the segments, the files of the whole index, and the schemas. Written once under a name of
/// its own, `manifest-N`; the highest one is the index.
public struct Manifest: Hashable, Sendable {
  /// The commit's number: 1 for the first.
  public var generation: UInt64
  /// Drawn at random when the index was made; in every file's header.
  public var index: UInt64
  /// Version of the analysis by which terms were made: other tables mean other terms.
  public var analysis: String
  /// The number that the next segment gets.
  public var nextSegment: UInt64
  public var schemas: [Schema]
  /// In document order.
  public var segments: [SegmentEntry]
  /// Files of the whole index: the thesaurus and the targets.
  public var files: [FileKind: FileEntry]
  /// What the layer above keeps of a commit (rejects, the names of sources): members it defines.
  public var properties: JSONObject

  public init(index: UInt64, analysis: String) {
    generation = 0
    self.index = index
    self.analysis = analysis
    nextSegment = 1
    schemas = []
    segments = []
    files = [:]
    properties = JSONObject()
  }

  static let prefix = "manifest-"
  static let temporarySuffix = ".tmp"
  static let section = SectionTag("JSON")

  /// `manifest-000007`.
  static func fileName(_ generation: UInt64) -> String {
    let digits = String(generation)
    return prefix + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }

  /// The generation that a file's name says, or nil when it is no manifest's.
  static func generation(fileName: String) -> UInt64? {
    guard fileName.hasPrefix(prefix) else { return nil }
    let digits = fileName.dropFirst(prefix.count)
    guard !digits.isEmpty, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    return UInt64(digits)
  }

  /// Names of all files that the commit needs, its own included.
  var fileNames: Set<String> {
    var names: Set<String> = [Self.fileName(generation)]
    for segment in segments { for file in segment.files.values { names.insert(file.name) } }
    for file in files.values { names.insert(file.name) }
    return names
  }

  func schema(of kind: String) -> Schema? { schemas.first { $0.kind == kind } }
}
