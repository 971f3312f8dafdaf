import QualityRecords

/// One command, as data: what it does, what it takes, and the function behind it.
struct Command: Sendable {
  /// Commands of one kind stand together in the help.
  enum Group: String, CaseIterable, Sendable {
    case answers = "Find and read"
    case saved = "Saved searches"
    case index = "Fill and care for an index"
    case records = "Prepare records"
    case program = "The program"
  }

  /// The words that are no flags.
  struct Words: Sendable {
    enum Kind: Sendable { case none, text, paths, commands, choice([String]) }

    /// `QUERY…`
    let usage: String
    let kind: Kind
    let count: ClosedRange<Int>
    /// Whether a word may begin with a dash, as `-recall` in a query does.
    let mayBeginWithDash: Bool

    init(_ usage: String, _ kind: Kind = .text, count: ClosedRange<Int>, mayBeginWithDash: Bool = false) {
      self.usage = usage
      self.kind = kind
      self.count = count
      self.mayBeginWithDash = mayBeginWithDash
    }

    static let none = Words("", .none, count: 0...0)
  }

  /// What becomes of an answer whose time is up.
  enum TimeLimit: Sendable {
    /// No limit: what it does is to be done whole, however long that takes.
    case none
    /// What was found until then is given and called partial.
    case partial
    /// An error: half of such an answer would be a wrong one.
    case whole
  }

  struct Example: Sendable {
    let line: String
    let meaning: String

    init(_ line: String, _ meaning: String) {
      self.line = line
      self.meaning = meaning
    }
  }

  let name: String
  let group: Group
  /// One line, without a full stop.
  let summary: String
  let words: Words
  /// Its own flags; ``flags`` has the common ones, too.
  let ownFlags: [Flag]
  let takesIndex: Bool
  let answersInJSON: Bool
  let timeLimit: TimeLimit
  /// Whether the index of the sample collection is built before it, where none is.
  let buildsSample: Bool
  /// Sentences, a paragraph each.
  let details: [String]
  let examples: [Example]
  /// The exit codes that it can end with, 2 apart, which every command can.
  let exitCodes: [ExitCode]
  let run: @Sendable (Invocation) throws(QualityError) -> ExitCode

  init(
    _ name: String, group: Group, _ summary: String, words: Words = .none, flags: [Flag] = [],
    takesIndex: Bool = true, answersInJSON: Bool = true, timeLimit: TimeLimit = .none, buildsSample: Bool = false,
    details: [String] = [], examples: [Example],
    exitCodes: [ExitCode], run: @escaping @Sendable (Invocation) throws(QualityError) -> ExitCode
  ) {
    self.name = name
    self.group = group
    self.summary = summary
    self.words = words
    ownFlags = flags
    self.takesIndex = takesIndex
    self.answersInJSON = answersInJSON
    self.timeLimit = timeLimit
    self.buildsSample = buildsSample
    self.details = details
    self.examples = examples
    self.exitCodes = exitCodes
    self.run = run
  }

  /// All flags that it takes, its own first.
  var flags: [Flag] {
    var flags = ownFlags
    if takesIndex { flags += [CommonFlags.index, CommonFlags.noMapping, CommonFlags.allowRollback] }
    if case .none = timeLimit {} else { flags.append(CommonFlags.timeout) }
    if answersInJSON { flags.append(CommonFlags.json) }
    return flags + CommonFlags.everywhere
  }

  /// `dossier search QUERY… [--limit N] …`, the common flags left out.
  var usage: String {
    var text = "dossier \(name)"
    if !words.usage.isEmpty { text += " \(words.usage)" }
    for flag in ownFlags { text += " [\(flag.usage)]" }
    return text
  }
}

/// Flags that several commands share.
enum CommonFlags {
  static let index = Flag(
    "index", .folder("DIR"), repeats: true,
    "the index; default $DOSSIER_INDEX, else ./index; repeated: several searched as one")
  static let noMapping = Flag(
    "no-mmap", "read the index's files into memory: where others may cut them short, or the disk may go away")
  static let allowRollback = Flag(
    "allow-rollback", "where the newest commit is damaged, ask the newest one that can be read")
  static let timeout = Flag(
    "timeout", .integer("MS", SearchOptions.timeouts),
    "milliseconds after which the answer is cut and called partial, or, where half of it would be wrong, given up; default \(Invocation.usualTime)"
  )
  static let json = Flag("json", "the answer as one JSON object on standard output")
  static let color = Flag("color", .choice(["auto", "always", "never"]), "highlighting; auto: on a terminal only")
  static let ascii = Flag("ascii", "draw with plain ASCII characters only")
  static let help = Flag("help", "show the help of the command and end")

  static let everywhere = [color, ascii, help]
  /// All of them, for the man page.
  static let all = [index, noMapping, allowRollback, timeout, json] + everywhere
}
