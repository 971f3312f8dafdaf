/// Why a pattern is not one, or is too costly to run.
struct AutomatonError: Error, Hashable, Sendable, CustomStringConvertible {
  enum Code: Sendable { case syntax, notSupported, patternTooLong, repeatTooLarge, nestingTooDeep, tooManyStates }

  let code: Code
  /// What was expected and what was found.
  let message: String
  /// Where in the pattern, in characters; nil when it is about the whole.
  let offset: Int?
  /// What to do instead.
  let hint: String

  init(_ code: Code, _ message: String, at offset: Int? = nil, hint: String = "") {
    self.code = code
    self.message = message
    self.offset = offset
    self.hint = hint
  }

  var description: String {
    let place = offset.map { " at character \($0 + 1) of the pattern" } ?? ""
    return message + place + (hint.isEmpty ? "" : "; " + hint)
  }

  static var tooManyStates: AutomatonError {
    AutomatonError(
      .tooManyStates,
      "the pattern needs more than \(AutomatonLimits.states) states or \(AutomatonLimits.bytes >> 20) MB",
      hint: "use fewer repetitions, or a prefix")
  }
}
