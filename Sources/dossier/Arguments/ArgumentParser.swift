import QualityRecords

/// The words of a command line, sorted out.
struct ParsedArguments: Sendable {
  let command: Command
  fileprivate(set) var values: [String: [String]] = [:]
  fileprivate(set) var words: [String] = []

  fileprivate init(_ command: Command) { self.command = command }

  func has(_ flag: Flag) -> Bool { values[flag.name] != nil }
  /// The last value given.
  func text(_ flag: Flag) -> String? { values[flag.name]?.last }
  func texts(_ flag: Flag) -> [String] { values[flag.name] ?? [] }
  /// The parser has seen that it is a number in its range.
  func integer(_ flag: Flag) -> Int? { text(flag).flatMap { Int($0) } }
  /// The values of a flag that takes a list, given once or more often.
  func list(_ flag: Flag) -> [String] {
    texts(flag).flatMap { $0.split(separator: ",").map { String($0.trimmedSpaces) } }.filter { !$0.isEmpty }
  }
  /// All words as one text: a query, a text to analyse.
  var line: String { words.joined(separator: " ") }
}

/// Sorts the words of a command line by the table of commands.
///
/// `--flag=value` and `--flag value`; `--` ends the flags; `-` is a word (standard input). Common flags may stand before the
/// command. Errors are `usage` with what was meant, perhaps.
struct ArgumentParser {
  let commands: [Command]

  enum Outcome {
    case run(ParsedArguments)
    /// `--help`, of a command or of the program.
    case help(Command?)
    case version
    /// Nothing was asked.
    case nothing
  }

  func parse(_ arguments: [String]) throws(QualityError) -> Outcome {
    var rest = arguments[...]
    var before: [String] = []
    while let word = rest.first, word.hasPrefix("-"), word != "-", word != "--" {
      rest.removeFirst()
      if word == "--help" || word == "-h" { return .help(nil) }
      if word == "--version" { return .version }
      before.append(word)
      let (name, value) = split(word)
      guard let flag = CommonFlags.all.first(where: { $0.name == name }), word.hasPrefix("--") else {
        throw unknown(word, among: CommonFlags.all, of: nil)
      }
      if flag.placeholder != nil, value == nil, let next = rest.popFirst() { before.append(next) }
    }
    guard let name = rest.popFirst() else { return .nothing }
    guard let command = commands.first(where: { $0.name == name }) else {
      let near = NearestWord.find(name, among: commands.map(\.name))
      throw QualityError(
        "usage", "there is no command '\(name)'",
        hint: near.map { "did you mean 'dossier \($0)'?" } ?? "dossier help lists the commands")
    }
    var parsed = ParsedArguments(command)
    var words = (before + rest)[...]
    while let word = words.popFirst() {
      if word == "--" {
        parsed.words += words
        break
      }
      if word == "-h" || word == "--help" { return .help(command) }
      if let flag = command.flags.first(where: { $0.short == word }) {
        try takeFlag(flag.spelling, &words, &parsed)
      } else if word.hasPrefix("--") {
        try takeFlag(word, &words, &parsed)
      } else if word.hasPrefix("-"), word != "-", !command.words.mayBeginWithDash {
        throw unknown(word, among: command.flags, of: command)
      } else {
        parsed.words.append(word)
      }
    }
    try checkWords(parsed)
    return .run(parsed)
  }

  private func takeFlag(
    _ word: String, _ words: inout ArraySlice<String>, _ parsed: inout ParsedArguments
  ) throws(QualityError) {
    let (name, given) = split(word)
    guard let flag = parsed.command.flags.first(where: { $0.name == name }) else {
      throw unknown("--\(name)", among: parsed.command.flags, of: parsed.command)
    }
    var value = given
    if flag.placeholder == nil {
      guard given == nil else {
        throw QualityError("usage", "\(flag.spelling) takes no value", hint: "write \(flag.spelling) alone")
      }
    } else if value == nil {
      // A flag of the command is no value: `--limit --json` has forgotten its number.
      if let next = words.first, !(next.hasPrefix("--") && next != "--") { value = words.popFirst() }
      guard value != nil else {
        throw QualityError("usage", "\(flag.spelling) needs a value", hint: "write \(flag.usage)")
      }
    }
    guard flag.repeats || parsed.values[flag.name] == nil else {
      throw QualityError("usage", "\(flag.spelling) is given twice", hint: "give it once")
    }
    try check(value ?? "", of: flag)
    parsed.values[flag.name, default: []].append(value ?? "")
  }

  private func check(_ value: String, of flag: Flag) throws(QualityError) {
    switch flag.value {
    case .none: return
    case .text(let name), .file(let name), .folder(let name):
      guard value.isEmpty else { return }
      throw QualityError("usage", "\(flag.spelling) needs a \(name) that is not empty")
    case .integer(_, let range):
      guard let number = Int(value), range.contains(number) else {
        let bounds =
          range.upperBound == .max
          ? "of \(range.lowerBound) or more" : "from \(range.lowerBound) to \(range.upperBound)"
        throw QualityError("usage", "\(flag.spelling) takes a whole number \(bounds), not '\(value)'")
      }
    case .choice(let words):
      guard !words.contains(value) else { return }
      throw wrong(value, flag, words)
    case .list(_, let words):
      for part in value.split(separator: ",") where !words.isEmpty && !words.contains(String(part.trimmedSpaces)) {
        throw wrong(String(part.trimmedSpaces), flag, words)
      }
    }
  }

  private func wrong(_ value: String, _ flag: Flag, _ words: [String]) -> QualityError {
    let near = NearestWord.find(value, among: words)
    return QualityError(
      "usage", "\(flag.spelling) takes \(words.joined(separator: ", ")), not '\(value)'",
      hint: near.map { "did you mean '\($0)'?" } ?? "")
  }

  private func checkWords(_ parsed: ParsedArguments) throws(QualityError) {
    let command = parsed.command
    let allowed = command.words.count
    if parsed.words.count < allowed.lowerBound {
      throw QualityError(
        "usage", "\(command.name) needs \(command.words.usage)",
        hint: command.examples.first.map { "for example: \($0.line)" } ?? "dossier help \(command.name)")
    }
    if parsed.words.count > allowed.upperBound {
      throw QualityError(
        "usage", "\(command.name) does not know what to do with '\(parsed.words[allowed.upperBound])'",
        hint: "dossier help \(command.name)")
    }
    if case .choice(let words) = command.words.kind, let word = parsed.words.first, !words.contains(word) {
      throw QualityError(
        "usage", "\(command.name) takes \(words.joined(separator: ", ")), not '\(word)'",
        hint: NearestWord.find(word, among: words).map { "did you mean '\($0)'?" } ?? "")
    }
  }

  /// `--name=value` as its parts; the value is nil without `=`.
  private func split(_ word: String) -> (name: String, value: String?) {
    let text = word.drop { $0 == "-" }
    guard let equals = text.firstIndex(of: "=") else { return (String(text), nil) }
    return (String(text[..<equals]), String(text[text.index(after: equals)...]))
  }

  private func unknown(_ word: String, among flags: [Flag], of command: Command?) -> QualityError {
    let name = String(split(word).name)
    if let near = NearestWord.find(name, among: flags.map(\.name)) {
      return QualityError("usage", "there is no flag '\(word)'", hint: "did you mean '--\(near)'?")
    }
    let help = command.map { "dossier help \($0.name) lists the flags" } ?? "flags of a command stand behind it"
    return QualityError("usage", "there is no flag '\(word)'", hint: help)
  }
}

extension StringProtocol {
  /// Without spaces and tabs at its ends.
  var trimmedSpaces: SubSequence {
    var text = self[...]
    while let first = text.first, first == " " || first == "\t" { text = text.dropFirst() }
    while let last = text.last, last == " " || last == "\t" { text = text.dropLast() }
    return text
  }
}
