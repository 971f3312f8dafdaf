/// What is known of a request that is refused by the server itself, however little of it has come: it decides the form of
/// the answer, and nothing else.
public struct RefusedRequest: Sendable {
  /// The target as it was sent; empty where no request line came.
  public let rawTarget: String
  /// The target; nil where it cannot be read.
  public let target: RequestTarget?
  /// The fields that had come.
  public let fields: HeaderFields

  init(rawTarget: String = "", target: RequestTarget? = nil, fields: HeaderFields = HeaderFields()) {
    self.rawTarget = rawTarget
    self.target = target
    self.fields = fields
  }

  init(_ head: RequestHead) { self.init(rawTarget: head.rawTarget, target: head.target, fields: head.fields) }
}
