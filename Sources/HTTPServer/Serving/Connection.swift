#if os(Linux)
  import Glibc

  /// One client. Of the loop's thread alone.
  ///
  /// Requests are answered one after the other: while one is with a worker nothing more is read, so that a client that
  /// sends without end fills its own pipe and not this server's memory.
  final class Connection {
    enum Phase {
      /// Between requests, or in a head.
      case head
      case body
      /// With a worker.
      case answering
      /// A response goes out.
      case writing
      /// The last word is said: what the client still sends is dropped for a moment, so that it reads the answer.
      case draining
    }

    let descriptor: Int32
    let token: UInt64
    let address: String
    var phase = Phase.head
    var parser: RequestParser
    var head: RequestHead?
    var body: [UInt8] = []
    var requestCount = 0
    /// When the present phase ends for a client that does nothing, in seconds of the monotonic clock.
    var deadline: Double
    /// When the head or the body of the present request began.
    var began: Double?
    var bodyBytes = 0
    var output: [UInt8] = []
    var outputPosition = 0
    /// The rest of a response that comes in pieces.
    var stream: (any BodyStream)?
    var streamIsChunked = true
    var closesAfterWriting = false
    var clientIsGone = false
    /// When the client was seen to send no more: it may still read.
    var halfClosed: Double?
    /// Nothing more comes, though the client may still read.
    var inputEnded = false
    var drained = 0
    var cancellation = Cancellation()
    /// Usual requests that the present one is worth, by its form.
    var weight = 1.0
    /// Seconds of the processor's time that its next request is expected to take, by those before; nil before the first.
    var cost: Double?
    /// What the event queue was last asked for.
    var interest = (reads: true, writes: false)

    init(_ descriptor: Int32, token: UInt64, address: String, limits: HTTPLimits, deadline: Double) {
      self.descriptor = descriptor
      self.token = token
      self.address = address
      parser = RequestParser(limits: limits)
      self.deadline = deadline
    }

    deinit { close(descriptor) }

    var hasOutput: Bool { outputPosition < output.count }

    func send(_ bytes: [UInt8]) {
      if outputPosition == output.count {
        output = bytes
        outputPosition = 0
      } else {
        output += bytes
      }
    }

    enum Outcome { case progress, blocked, failed }

    /// Writes what can be written. `progress`: all is out.
    func flush() -> Outcome {
      while outputPosition < output.count {
        let count = output.withUnsafeBytes { bytes in
          Glibc.send(
            descriptor, bytes.baseAddress.map { $0 + outputPosition }, bytes.count - outputPosition,
            Int32(MSG_NOSIGNAL))
        }
        if count > 0 {
          outputPosition += count
        } else if count < 0, errno == EINTR {
          continue
        } else if count < 0, errno == EAGAIN || errno == EWOULDBLOCK {
          return .blocked
        } else {
          return .failed
        }
      }
      output = []
      outputPosition = 0
      return .progress
    }

    /// Reads once into the loop's buffer. Nil when nothing waits; empty at the end of what the client sends.
    func receive(_ buffer: UnsafeMutableRawBufferPointer) -> UnsafeRawBufferPointer? {
      while true {
        let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
        if count >= 0 { return UnsafeRawBufferPointer(rebasing: buffer[..<count]) }
        if errno == EINTR { continue }
        if errno == EAGAIN || errno == EWOULDBLOCK { return nil }
        clientIsGone = true
        return UnsafeRawBufferPointer(rebasing: buffer[..<0])
      }
    }
  }
#endif
