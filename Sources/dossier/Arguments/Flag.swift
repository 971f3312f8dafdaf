/// One flag of the command line, as data: the parser, the help, the man page and the completions are made from it.
struct Flag: Hashable, Sendable {
  /// What follows a flag.
  enum Value: Hashable, Sendable {
    /// Nothing: the flag is there or not.
    case none
    /// Any text; the name stands for it in the help.
    case text(String)
    /// One of a few words.
    case choice([String])
    /// Some of a few words, separated by commas.
    case list(String, of: [String])
    case integer(String, ClosedRange<Int>)
    case file(String)
    case folder(String)
  }

  /// Without the dashes.
  let name: String
  let value: Value
  /// Whether it may be given more than once.
  let repeats: Bool
  /// One line, without a full stop.
  let summary: String
  /// A short spelling, as `-o`.
  let short: String?

  init(_ name: String, _ value: Value, repeats: Bool = false, short: String? = nil, _ summary: String) {
    self.name = name
    self.value = value
    self.repeats = repeats
    self.short = short
    self.summary = summary
  }

  /// A flag that takes no value.
  init(_ name: String, _ summary: String) { self.init(name, .none, summary) }

  /// `--limit`
  var spelling: String { "--\(name)" }

  /// What stands for its value in the help; nil for a flag that takes none.
  var placeholder: String? {
    switch value {
    case .none: nil
    case .text(let name), .integer(let name, _), .file(let name), .folder(let name), .list(let name, _): name
    case .choice(let words): words.joined(separator: "|")
    }
  }

  /// `--limit N`
  var usage: String { placeholder.map { "\(spelling) \($0)" } ?? spelling }

  /// Words that its value may be; empty where it may be anything.
  var words: [String] {
    switch value {
    case .choice(let words), .list(_, let words): words
    default: []
    }
  }
}
