/// What a check of an index found, structure by structure.
public struct IndexCheckReport: Hashable, Sendable {
  /// Something that no writer of this version writes.
  public struct Problem: Hashable, Sendable {
    /// Name of the file inside the index directory; empty when it is the directory itself.
    public let file: String
    /// Byte in the file at which it was noticed; nil when it is no place in it.
    public let offset: Int?
    /// What was expected and what was found.
    public let message: String

    public init(file: String, offset: Int?, message: String) {
      self.file = file
      self.offset = offset
      self.message = message
    }
  }

  /// One structure of the index over all its segments: the manifests, the terms, the postings, ….
  public struct Structure: Hashable, Sendable {
    public let name: String
    /// Files by a shallow check; terms, postings, records and so on by a deep one.
    public var items: UInt64 = 0
    /// Bytes of its files, each read whole.
    public var bytes: Int = 0
    public var seconds: Double = 0
    /// The first ``IndexCheckReport/problemLimit`` of them.
    public var problems: [Problem] = []
    /// All problems, those included that are not listed.
    public var problemCount: Int = 0

    public init(name: String) { self.name = name }

    mutating func add(_ problem: Problem) {
      problemCount += 1
      if problems.count < IndexCheckReport.problemLimit { problems.append(problem) }
    }
  }

  /// Problems listed of one structure: a file of rubbish would otherwise fill the memory with them.
  public static let problemLimit = 100

  /// The newest commit; nil when there is none that can be read.
  public internal(set) var generation: UInt64?
  public let isDeep: Bool
  public internal(set) var structures: [Structure] = []
  /// Files that no commit names and that the next writer removes: no problem.
  public internal(set) var leftovers: [String] = []

  public var isClean: Bool { structures.allSatisfy { $0.problemCount == 0 } }
  public var problems: [Problem] { structures.flatMap(\.problems) }

  init(isDeep: Bool) { self.isDeep = isDeep }
}
