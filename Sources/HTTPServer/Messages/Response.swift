/// What is sent back: a status, fields, and a body that is whole or comes in pieces.
public struct Response: Sendable {
  public enum Body: Sendable {
    case bytes([UInt8])
    /// Pieces, pulled one by one as the client takes them; sent in chunks.
    case stream(any BodyStream)
  }

  public var status: Int
  public private(set) var fields: [(name: String, value: HeaderValue)] = []
  public var body: Body
  /// Whether the connection ends with this response.
  public var closes = false
  /// Set: this is no response yet. The work is long, and goes on on the few threads for such work; what it returns is sent.
  public var later: (@Sendable () -> Response)?
  /// Until when that work is worth beginning. Where none of those threads has taken it by then it goes on at once on
  /// another one, to say that it came too late.
  public var laterExpiry: ContinuousClock.Instant?
  /// What is written down before the response goes out, on the loop's thread: a worker of a lower priority would keep others
  /// waiting where it is stopped while it writes. False, and nothing is done, where it would have to wait: then a worker
  /// does it, which may.
  public var note: (@Sendable (_ mayWait: Bool) -> Bool)?

  public init(_ status: Int, body: Body = .bytes([])) {
    self.status = status
    self.body = body
  }

  /// Sets a field in the place of any of its name. Length, coding, date and connection are the server's own.
  public mutating func set(_ name: StaticString, _ value: HeaderValue) {
    let name = "\(name)"
    fields.removeAll { $0.name.lowercased() == name.lowercased() }
    fields.append((name, value))
  }

  /// The response is made on the threads for long work; where they do not come to it before `expiry`, `work` has nothing to
  /// do but to say so.
  public static func later(
    until expiry: ContinuousClock.Instant? = nil, _ work: @escaping @Sendable () -> Response
  ) -> Response {
    var response = Response(503)
    response.later = work
    response.laterExpiry = expiry
    return response
  }

  /// A response of text.
  public static func text(_ status: Int, _ text: String, type: HeaderValue = "text/plain; charset=utf-8") -> Response {
    var response = Response(status, body: .bytes(Array(text.utf8)))
    response.set("Content-Type", type)
    return response
  }
}

/// The pieces of a long body. Used by one thread at a time.
public protocol BodyStream: AnyObject, Sendable {
  /// The next piece, not empty; nil at the end. An error ends the connection before the body's end, so that no client
  /// takes the part for the whole.
  func next() throws -> [UInt8]?
}

/// The value of a header field: no controls, so no value can end a field or begin another.
public struct HeaderValue: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  public let description: String

  /// Controls become question marks.
  public init(_ text: String) {
    let isClean = text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    description =
      isClean ? text : String(decoding: text.utf8.map { $0 >= 0x20 && $0 != 0x7F ? $0 : 0x3F }, as: UTF8.self)
  }

  public init(stringLiteral value: String) { self.init(value) }
}

/// Words for the status codes that are used here (RFC 9110, section 15).
enum StatusText {
  static func phrase(_ status: Int) -> String {
    switch status {
    case 100: "Continue"
    case 200: "OK"
    case 201: "Created"
    case 202: "Accepted"
    case 204: "No Content"
    case 303: "See Other"
    case 304: "Not Modified"
    case 308: "Permanent Redirect"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 406: "Not Acceptable"
    case 408: "Request Timeout"
    case 409: "Conflict"
    case 410: "Gone"
    case 413: "Content Too Large"
    case 414: "URI Too Long"
    case 415: "Unsupported Media Type"
    case 417: "Expectation Failed"
    case 421: "Misdirected Request"
    case 422: "Unprocessable Content"
    case 429: "Too Many Requests"
    case 431: "Request Header Fields Too Large"
    case 500: "Internal Server Error"
    case 501: "Not Implemented"
    case 503: "Service Unavailable"
    case 505: "HTTP Version Not Supported"
    case 507: "Insufficient Storage"
    default: "Status"
    }
  }
}
