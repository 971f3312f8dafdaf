/// Bounds on what a client may send. Each is kept exactly: a request at the bound is taken, one byte more is refused.
public struct HTTPLimits: Sendable, Hashable {
  /// Bytes of the request line without its line end. 8,192: what RFC 9112, section 3, asks servers to take at least.
  public var requestLine = 8_192
  /// Bytes of one field line without its line end.
  public var fieldLine = 8_192
  /// Bytes of all field lines together, without line ends.
  public var fields = 16_384
  /// Field lines of one head.
  public var fieldCount = 100
  /// Bytes of a body, as sent or put together from chunks. Routes that take more say so (``bodyLimit``).
  public var body = 1 << 20
  /// Bytes of all chunk extensions of one request: nobody needs any.
  public var chunkExtensions = 256
  /// Digits of a chunk's size: 4 GB.
  public var chunkSizeDigits = 8
  /// Trailer fields: count and bytes together.
  public var trailerCount = 16
  public var trailers = 4_096
  /// Empty lines before a request line that are passed over (RFC 9112, 2.2 asks for one).
  public var leadingEmptyLines = 2
  /// Requests of one connection; the last answer closes it.
  public var requestsPerConnection = 1_000

  public init() {}
}
