/// One segment as a manifest names it: whose it is, how much is in it, and its files.
public struct SegmentEntry: Hashable, Sendable {
  public let id: UInt64
  public let kind: String
  /// Documents written, deleted ones included.
  public let documentCount: UInt32
  /// Sum of the weighted lengths of all of them: with the count, the average length.
  public let totalLength: UInt64
  /// Documents that are not deleted.
  public var liveCount: UInt32
  /// One file a kind; the live documents' only when some are deleted.
  public var files: [FileKind: FileEntry]

  public init(
    id: UInt64, kind: String, documentCount: UInt32, totalLength: UInt64, liveCount: UInt32,
    files: [FileKind: FileEntry]
  ) {
    self.id = id
    self.kind = kind
    self.documentCount = documentCount
    self.totalLength = totalLength
    self.liveCount = liveCount
    self.files = files
  }

  /// Bytes of all its files.
  public var byteCount: Int { files.values.reduce(0) { $0 + $1.length } }

  /// `seg-000012.terms`. Never used again: segment numbers only rise.
  static func fileName(_ segment: UInt64, _ kind: FileKind) -> String { "\(stem(segment)).\(kind.suffix)" }

  /// `seg-000012-7.live`: deletions are written anew by each commit that has some, under its generation.
  static func liveFileName(_ segment: UInt64, generation: UInt64) -> String {
    "\(stem(segment))-\(generation).\(FileKind.liveDocs.suffix)"
  }

  private static func stem(_ segment: UInt64) -> String {
    let digits = String(segment)
    return "seg-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }
}
