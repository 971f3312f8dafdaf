/// Bytes of one connection in, requests out: a state machine that knows no sockets (RFC 9112; limits of ``HTTPLimits``).
///
/// Strict on purpose: lines end with CR LF alone, a field has one meaning or none. However the bytes are cut into pieces,
/// the events are the same. After a problem nothing more is read.
public struct RequestParser: Sendable {
  public enum Event: Hashable, Sendable {
    case head(RequestHead)
    /// A piece of the body, not empty.
    case body([UInt8])
    /// The request is whole; the next may follow.
    case end
    case problem(RequestProblem)
  }

  private enum State {
    case requestLine, fields, body(remaining: Int), chunkSize, chunk(remaining: Int), chunkEnd, trailers, failed
  }

  public let limits: HTTPLimits
  /// Bytes of a body that the present request may have; set after its head where a route takes more or less.
  public var bodyLimit: Int
  private var state = State.requestLine
  private var buffer: [UInt8] = []
  private var position = 0
  /// Up to where the present line was searched for its end.
  private var searched = 0
  private var emptyLines = 0
  private var line: RequestLine?
  private var fields = HeaderFields()
  private var fieldBytes = 0
  private var bodyLength = 0
  private var extensionBytes = 0
  private var trailerCount = 0
  private var trailerBytes = 0
  /// What had come of a request that met a problem in its head.
  public private(set) var refused: RefusedRequest?

  public init(limits: HTTPLimits = HTTPLimits()) {
    self.limits = limits
    bodyLimit = limits.body
  }

  /// Whether a request has begun and is not whole: a connection that ends now cuts it.
  public var isInside: Bool {
    switch state {
    case .requestLine: position < buffer.count
    case .failed: false
    default: true
    }
  }

  /// Whether bytes wait that were not looked at.
  public var hasPending: Bool { position < buffer.count }

  /// Whether the head of the present request is whole.
  public var isInBody: Bool {
    switch state {
    case .requestLine, .fields, .failed: false
    default: true
    }
  }

  /// Takes bytes as they came.
  public mutating func append(_ bytes: some Collection<UInt8>) {
    if case .failed = state { return }
    if position > 0 {
      buffer.removeFirst(position)
      searched -= position
      position = 0
    }
    buffer.append(contentsOf: bytes)
  }

  /// The next event; nil when more bytes are needed. Cost: linear in the bytes read, each looked at once.
  public mutating func next() -> Event? {
    do throws(RequestProblem) {
      return try step()
    } catch {
      if !isInBody {
        refused = RefusedRequest(rawTarget: line?.rawTarget ?? "", target: line?.target, fields: fields)
      }
      state = .failed
      buffer = []
      position = 0
      return .problem(error)
    }
  }

  private mutating func step() throws(RequestProblem) -> Event? {
    while true {
      switch state {
      case .failed: return nil
      case .requestLine:
        guard let found = try takeLine(limits.requestLine, tooLong: RequestProblem(414, "the request line is too long"))
        else { return nil }
        if found.isEmpty {
          emptyLines += 1
          guard emptyLines <= limits.leadingEmptyLines else { throw RequestProblem(400, "expected a request line") }
          continue
        }
        line = try RequestLine.parse(found)
        state = .fields
      case .fields:
        guard let found = try takeLine(limits.fieldLine, tooLong: RequestProblem(431, "a header field is too long"))
        else { return nil }
        if found.isEmpty { return try finishHead() }
        fieldBytes += found.count
        guard fields.count < limits.fieldCount else { throw RequestProblem(431, "too many header fields") }
        guard fieldBytes <= limits.fields else { throw RequestProblem(431, "the header fields are too long") }
        let field = try FieldLine.parse(found)
        fields.append(field.name, field.value)
      case .body(let remaining):
        if remaining == 0 { return endRequest() }
        guard let piece = takePiece(remaining) else { return nil }
        state = .body(remaining: remaining - piece.count)
        return .body(piece)
      case .chunkSize:
        let longest = limits.chunkSizeDigits + limits.chunkExtensions + 1
        guard let found = try takeLine(longest, tooLong: RequestProblem(400, "a chunk's size line is too long"))
        else { return nil }
        try beginChunk(found)
      case .chunk(let remaining):
        if remaining == 0 {
          state = .chunkEnd
          continue
        }
        guard let piece = takePiece(remaining) else { return nil }
        state = .chunk(remaining: remaining - piece.count)
        return .body(piece)
      case .chunkEnd:
        guard let found = try takeLine(0, tooLong: RequestProblem(400, "a chunk longer than its size says"))
        else { return nil }
        guard found.isEmpty else { throw RequestProblem(400, "a chunk longer than its size says") }
        state = .chunkSize
      case .trailers:
        guard let found = try takeLine(limits.trailers, tooLong: RequestProblem(431, "a trailer field is too long"))
        else { return nil }
        if found.isEmpty { return endRequest() }
        trailerCount += 1
        trailerBytes += found.count
        guard trailerCount <= limits.trailerCount, trailerBytes <= limits.trailers else {
          throw RequestProblem(431, "too many trailer fields")
        }
        // Checked and dropped: nothing here asks for any.
        _ = try FieldLine.parse(found)
      }
    }
  }

  private mutating func beginChunk(_ bytes: ArraySlice<UInt8>) throws(RequestProblem) {
    let (size, extensions) = try ChunkSize.parse(bytes, digits: limits.chunkSizeDigits)
    extensionBytes += extensions
    guard extensionBytes <= limits.chunkExtensions else { throw RequestProblem(400, "chunk extensions are too long") }
    if size == 0 {
      state = .trailers
      return
    }
    guard size <= bodyLimit - bodyLength else {
      throw RequestProblem(413, "the body is longer than \(bodyLimit) bytes")
    }
    bodyLength += size
    state = .chunk(remaining: size)
  }

  private mutating func finishHead() throws(RequestProblem) -> Event {
    guard let line else { throw RequestProblem(400, "expected a request line") }
    let head = try line.head(fields)
    switch head.framing {
    case .none: state = .body(remaining: 0)
    case .length(let length):
      // A route may take more: it says so before the body is asked for.
      state = .body(remaining: length)
    case .chunked: state = .chunkSize
    }
    return .head(head)
  }

  /// Refuses a declared length above ``bodyLimit``: to be asked once the route is known.
  public func lengthProblem(_ head: RequestHead) -> RequestProblem? {
    guard case .length(let length) = head.framing, length > bodyLimit else { return nil }
    return RequestProblem(413, "the body is longer than \(bodyLimit) bytes")
  }

  private mutating func endRequest() -> Event {
    state = .requestLine
    line = nil
    fields = HeaderFields()
    (fieldBytes, bodyLength, extensionBytes, trailerCount, trailerBytes, emptyLines) = (0, 0, 0, 0, 0, 0)
    bodyLimit = limits.body
    return .end
  }

  /// Some of the body's bytes that are there; nil when none is.
  private mutating func takePiece(_ most: Int) -> [UInt8]? {
    let count = min(most, buffer.count - position)
    guard count > 0 else { return nil }
    defer {
      position += count
      searched = position
    }
    return Array(buffer[position..<(position + count)])
  }

  /// A line without its end; nil while it is not whole. Bare CR, bare LF and NUL are refused where they stand.
  private mutating func takeLine(
    _ limit: Int, tooLong: RequestProblem
  ) throws(RequestProblem) -> ArraySlice<UInt8>? {
    searched = max(searched, position)
    while searched < buffer.count {
      let byte = buffer[searched]
      if byte == 0x0D {
        guard searched - position <= limit else { throw tooLong }
        guard searched + 1 < buffer.count else { return nil }
        guard buffer[searched + 1] == 0x0A else { throw RequestProblem(400, "a carriage return without a line feed") }
        let line = buffer[position..<searched]
        position = searched + 2
        searched = position
        return line
      }
      if byte == 0x0A { throw RequestProblem(400, "a line feed without a carriage return") }
      if byte == 0 { throw RequestProblem(400, "a NUL in the head") }
      searched += 1
      guard searched - position <= limit else { throw tooLong }
    }
    return nil
  }
}
