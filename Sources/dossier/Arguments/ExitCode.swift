import QualityRecords

/// What a process ends with; the meanings are part of the command line's contract.
typealias ExitCode = QualityError.ExitCode

extension QualityError.ExitCode {
  /// In the order of their numbers.
  static let listed: [ExitCode] = [
    .done, .nothingFound, .usage, .partial, .index, .inputOutput, .newHits, .interrupted,
  ]

  /// One line for the man page.
  var meaning: String {
    switch self {
    case .done: "found, done"
    case .nothingFound: "nothing found"
    case .usage: "usage or query error, no such id or path, expired cursor"
    case .partial: "partial: some rows rejected, or cut by the deadline"
    case .index: "the index is damaged, missing or too new"
    case .inputOutput: "input or output failed, or another writer holds the lock"
    case .newHits: "a watched search has new hits"
    case .interrupted: "interrupted; the index is as the last commit left it"
    }
  }
}
