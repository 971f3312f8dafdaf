import Storage

/// What can go wrong with an index. The cases keep apart what needs different remedies: damage, a file of a later
/// version, the operating system's refusal, and a limit that was reached.
public enum IndexError: Error, Sendable {
  /// Bytes that no writer of this version produces.
  case corruption(IndexCorruption)
  /// Written by a later version of the program.
  case tooNew(file: String, version: UInt32, supported: UInt32)
  /// A file or directory that should be there is not.
  case missing(path: String)
  /// The operating system refused; says nothing about the index's health.
  case storage(StorageError)
  /// A documented limit was reached.
  case limit(what: String, limit: Int)
  /// The last step of a commit failed, so that nobody can say whether it stands. The writer must not go on; opening the
  /// index again shows which commit it holds.
  case commitOutcomeUnknown(StorageError)
  /// The index was made by other analysis tables than the program's: terms would not meet.
  case otherAnalysis(index: String, program: String)
  /// The index holds records of that kind under another schema.
  case otherSchema(kind: String)
  /// No schema of the index has that kind.
  case unknownKind(String, known: [String])
  /// An earlier call of this writer failed; it refuses to go on.
  case writerFailed
}

/// Damage in an index file: where, what was expected, what was found.
public struct IndexCorruption: Error, Hashable, Sendable {
  /// Name of the file inside the index directory.
  public let file: String
  /// Byte offset in the file at which the damage was noticed.
  public let offset: Int
  public let expected: String
  public let found: String

  public init(file: String, offset: Int, expected: String, found: String) {
    self.file = file
    self.offset = offset
    self.expected = expected
    self.found = found
  }
}

extension IndexError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .corruption(let damage):
      "index file \(damage.file) is damaged at byte \(damage.offset): expected \(damage.expected), found \(damage.found); "
        + "run 'dossier check --deep', then restore a backup or index again"
    case .tooNew(let file, let version, let supported):
      "index file \(file) has format \(version), this program reads up to \(supported); use the newer program"
    case .missing(let path):
      "no index at \(path); build one with 'dossier index PATH'"
    case .storage(let error): "\(error)"
    case .limit(let what, let limit): "limit reached: \(what) may be at most \(limit)"
    case .otherAnalysis(let index, let program):
      "the index was made by text analysis \(index), this program has \(program); index the records again"
    case .otherSchema(let kind):
      "the index holds records of kind '\(kind)' under another schema; index them again into a new directory"
    case .unknownKind(let kind, let known):
      "there is no kind '\(kind)'; the index knows \(known.joined(separator: ", "))"
    case .writerFailed: "an earlier step of this writer failed; open the index again"
    case .commitOutcomeUnknown(let error):
      "the commit may or may not stand: \(error); open the index again to see which it holds"
    }
  }
}
