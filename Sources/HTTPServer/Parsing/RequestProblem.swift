/// Why a request is refused while it is read: the connection ends with the answer to it.
public struct RequestProblem: Error, Hashable, Sendable {
  /// 400, 408, 413, 414, 417, 431, 501 or 505.
  public let status: Int
  /// What was expected and found, for the answer's body; holds nothing that the client sent.
  public let detail: String

  public init(_ status: Int, _ detail: String) {
    self.status = status
    self.detail = detail
  }
}
