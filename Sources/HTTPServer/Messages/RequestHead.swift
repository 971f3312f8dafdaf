/// A request without its body, checked against RFC 9112.
public struct RequestHead: Hashable, Sendable {
  /// How the end of the body is known.
  public enum Framing: Hashable, Sendable {
    case none
    /// `Content-Length`.
    case length(Int)
    case chunked
  }

  /// A token, as sent: methods have case.
  public let method: String
  /// The target as it was sent.
  public let rawTarget: String
  public let target: RequestTarget
  /// 0 or 1: of HTTP/1.
  public let minorVersion: Int
  public let fields: HeaderFields
  /// The one Host of the request, in lower case, its port with it; nil in HTTP/1.0 without one.
  public let host: String?
  public let framing: Framing
  /// Whether the client waits for `100 Continue` before it sends the body.
  public let expectsContinue: Bool
  /// Whether the client wants the connection kept.
  public let keepsAlive: Bool
}
