/// What the forgiving parser changed in a query, and why. Printed under a caret (``CaretPicture``).
public struct QueryRepair: Hashable, Sendable {
  /// The kinds of repair; the raw value is the stable code in answers.
  public enum Code: String, Sendable, CaseIterable {
    /// “…”, ‘…’, «…», 「…」, 《…》 or '…' taken as quotation marks.
    case smartQuote = "smart-quote"
    /// A full-width mark or operator taken as its plain one.
    case fullWidth = "full-width"
    /// A quote that is not closed: closed at the end.
    case openQuote = "open-quote"
    /// A quote that closes nothing: left out.
    case strayQuote = "stray-quote"
    /// `AND`, `OR`, `NOT`, `NEAR` with nothing on one side: left out.
    case danglingOperator = "dangling-operator"
    /// A lone `+`, `-`, `=`, `^`, `~`, `:`: left out.
    case loneOperator = "lone-operator"
    /// More than one sign before a clause: the last counts.
    case repeatedSign = "repeated-sign"
    /// A parenthesis that is not closed, or closes nothing.
    case unbalancedParenthesis = "unbalanced-parenthesis"
    /// `()`, `has()`, `SAME PARA ()`: left out.
    case emptyGroup = "empty-group"
    /// An operator of another tool: `/s`, `/p`, `w/5`, `NEAR10`, `&&`, `||`, `!`, `%`, `"…"~3`.
    case otherTool = "other-tool"
    /// `NEAR` without a distance, or with one out of bounds.
    case nearDistance = "near-distance"
    /// A `+`, `-` or `NOT` inside `NEAR`: left out.
    case signInNear = "sign-in-near"
    /// A boost that is out of bounds, or several on one word.
    case boost = "boost"
    /// A fuzzy distance that is out of bounds.
    case fuzzyDistance = "fuzzy-distance"
    /// `field:` followed by nothing: taken as a word.
    case missingValue = "missing-value"
    /// `field: value`: the space left out.
    case spaceAfterColon = "space-after-colon"
    /// `has(inspection lead)`: the colon after the kind is missing.
    case missingColon = "missing-colon"
    /// `has (inspection: …)`: the space left out.
    case spaceBeforeParenthesis = "space-before-parenthesis"
    /// `[a TO b` not closed, or with a bound missing.
    case openRange = "open-range"
    /// A range whose ends are in the wrong order: turned round.
    case reversedRange = "reversed-range"
    /// Nothing was asked.
    case emptyQuery = "empty-query"
  }

  public let code: Code
  /// What was found and what was made of it, in one sentence.
  public let message: String
  /// Where in the query text, in bytes of UTF-8.
  public let range: Range<Int>
  /// How to write it so that nothing needs mending.
  public let hint: String

  public init(code: Code, message: String, range: Range<Int>, hint: String) {
    self.code = code
    self.message = message
    self.range = range
    self.hint = hint
  }
}

/// Something worth saying about a query that is not wrong; `strict` does not mind it.
public struct QueryNote: Hashable, Sendable {
  /// The kinds of note; the raw value is the stable code in answers.
  public enum Code: String, Sendable, CaseIterable {
    /// `第3段`, `para 3`, `¶3`: a paragraph was probably meant.
    case paragraphReference = "paragraph-reference"
    /// `No. 23-1732`: the mark before the number is not searched.
    case numberMark = "number-mark"
    /// `a b OR c`: AND and juxtaposition bind before OR.
    case mixedOperators = "mixed-operators"
    /// `toys safe?`: the question mark was read as punctuation.
    case questionMark = "question-mark"
    /// `last:90d`: the absolute dates it became.
    case relativeDate = "relative-date"
  }

  public let code: Code
  public let message: String
  public let range: Range<Int>
  public let hint: String
  /// The paragraph number of a ``Code/paragraphReference``.
  public let paragraph: Int?

  public init(code: Code, message: String, range: Range<Int>, hint: String, paragraph: Int? = nil) {
    self.code = code
    self.message = message
    self.range = range
    self.hint = hint
    self.paragraph = paragraph
  }
}

/// A query that cannot be answered: too large, a date that is none, or (strict) in need of repair.
public struct QuerySyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of error; ``text`` is the stable code in answers.
  public enum Code: Hashable, Sendable {
    case textTooLong, nestingTooDeep, tooManyClauses, patternTooLong, badDate, badDuration, missingKind
    /// Strict parsing met something that it would otherwise have repaired.
    case needsRepair(QueryRepair.Code)

    /// The code in answers, such as `bad-date` or `open-quote`.
    public var text: String {
      switch self {
      case .textTooLong: return "text-too-long"
      case .nestingTooDeep: return "nesting-too-deep"
      case .tooManyClauses: return "too-many-clauses"
      case .patternTooLong: return "pattern-too-long"
      case .badDate: return "bad-date"
      case .badDuration: return "bad-duration"
      case .missingKind: return "missing-kind"
      case .needsRepair(let code): return code.rawValue
      }
    }
  }

  public let code: Code
  /// What was expected and what was found.
  public let message: String
  /// Where in the query text, in bytes of UTF-8.
  public let range: Range<Int>
  /// What to type instead.
  public let hint: String

  public init(code: Code, message: String, range: Range<Int>, hint: String) {
    self.code = code
    self.message = message
    self.range = range
    self.hint = hint
  }

  public var description: String { hint.isEmpty ? message : message + "; " + hint }
}

/// The outcome of parsing: the tree, what was mended, what is worth saying.
public struct ParsedQuery: Sendable {
  /// The text that was parsed; the ranges of everything here are byte ranges of its UTF-8.
  public let text: String
  public let syntax: QuerySyntax
  public let repairs: [QueryRepair]
  public let notes: [QueryNote]

  /// The canonical text: parses to an equal tree with no repair, and does not change when printed again.
  public var canonical: String { syntax.description }

  public init(text: String, syntax: QuerySyntax, repairs: [QueryRepair], notes: [QueryNote]) {
    self.text = text
    self.syntax = syntax
    self.repairs = repairs
    self.notes = notes
  }
}
