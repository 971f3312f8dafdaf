/// Why a query was not answered: what, where in its text, and what to do.
public struct SearchError: Error, Sendable, CustomStringConvertible {
  /// The kinds of error; the raw value is the stable code in answers.
  public enum Code: String, Sendable, CaseIterable {
    case unknownField = "unknown-field"
    case unknownKind = "unknown-kind"
    case unknownUnit = "unknown-unit"
    /// A form of the query language that this release parses and does not evaluate.
    case notSupported = "not-supported"
    /// A value that is none of the field's type: a word for a number, a severity that does not exist.
    case badValue = "bad-value"
    /// A wildcard or a regular expression that is not one, or uses what this engine does not have.
    case badPattern = "bad-pattern"
    /// A pattern that is longer or costlier than allowed.
    case patternLimit = "pattern-limit"
    /// A field that answers cannot be sorted, counted or collapsed by.
    case badFieldUse = "bad-field-use"
    /// A cursor of another query or of an earlier commit.
    case expiredCursor = "expired-cursor"
    /// The index could not be read; ``SearchError/index`` says why.
    case index = "index"
  }

  public let code: Code
  /// What was expected and what was found.
  public let message: String
  /// Where in the query text, in bytes of UTF-8; nil when it is not about the text.
  public let range: Range<Int>?
  /// What to do instead; may be empty.
  public let hint: String
  /// What went wrong in the index, for ``Code/index``.
  public let index: IndexError?

  public init(_ code: Code, _ message: String, range: Range<Int>? = nil, hint: String = "") {
    self.code = code
    self.message = message
    self.range = range
    self.hint = hint
    index = nil
  }

  public init(_ error: IndexError) {
    code = .index
    message = "\(error)"
    range = nil
    hint = ""
    index = error
  }

  public var description: String { hint.isEmpty ? message : message + "; " + hint }
}
