/// Why records cannot be read or a mapping cannot be used: what was expected, what was found, where, what to do.
public struct RecordError: Error, Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// The operating system refused: not there, no permission, a read that failed.
    case inputOutput
    /// The bytes are in no form that can be read.
    case unreadable
    /// Larger than a limit allows.
    case tooLarge
    /// A mapping file or a collection file says something that it may not say.
    case configuration
  }

  public let kind: Kind
  public let file: String?
  public let line: Int?
  public let column: Int?
  public let message: String

  public init(_ kind: Kind, file: String? = nil, line: Int? = nil, column: Int? = nil, message: String) {
    self.kind = kind
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }
}

extension RecordError: CustomStringConvertible {
  public var description: String {
    var place = file ?? ""
    if let line { place += ":\(line)" }
    if line != nil, let column { place += ":\(column)" }
    return place.isEmpty ? message : "\(place): \(message)"
  }
}
