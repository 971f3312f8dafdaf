/// Why a text is not JSON, and where.
public struct JSONError: Error, Hashable, Sendable {
  /// The rule that was broken. Stable: tests and messages in other languages hang on it, not on `description`.
  public enum Reason: Hashable, Sendable {
    case unexpectedEnd
    case unexpectedCharacter
    case trailingContent
    case controlCharacter
    case badEscape
    case loneSurrogate
    case badNumber
    case numberTooLong
    case tooDeep
    case tooManyValues
    case duplicateName
    case invalidUTF8
  }

  public let reason: Reason
  /// What would have been right here.
  public let expected: String
  /// What stands here instead.
  public let found: String
  /// Byte offset from the beginning of what was given to the reader.
  public let offset: Int
  /// From 1; LF, CR and CR LF end a line.
  public let line: Int
  /// From 1, in Unicode scalars.
  public let column: Int

  public init(reason: Reason, expected: String, found: String, offset: Int, line: Int, column: Int) {
    self.reason = reason
    self.expected = expected
    self.found = found
    self.offset = offset
    self.line = line
    self.column = column
  }

  /// The error without its place: for callers that know the line in the file themselves.
  public var explanation: String { "expected \(expected), found \(found)" }
}

extension JSONError: CustomStringConvertible {
  public var description: String { "line \(line), column \(column): \(explanation)" }
}
