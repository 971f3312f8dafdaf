#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Writes to one of the process's standard streams with `write(2)`, buffered.
///
/// A reader that has gone away (EPIPE) is no error: what follows is dropped, quietly. Any other failure is kept.
final class OutputStream {
  let descriptor: Int32
  private var buffer: [UInt8] = []
  /// Whether the reader has gone away.
  private(set) var isClosed = false
  /// The number of the first error other than a reader that has gone.
  private(set) var failure: Int32?

  /// One page of a pipe, so that a long answer begins to flow at once and a short one is one call.
  private static let capacity = 64 << 10

  init(descriptor: Int32) { self.descriptor = descriptor }

  var isTerminal: Bool { isatty(descriptor) == 1 }

  func write(_ text: String) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.capacity { flush() }
  }

  func write(_ bytes: [UInt8]) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.capacity { flush() }
  }

  func writeLine(_ text: String) { write(text + "\n") }

  func flush() {
    buffer.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty, !isClosed, failure == nil {
        let piece = UnsafeRawBufferPointer(rebasing: rest)
        let count = systemWrite(descriptor, piece.baseAddress, piece.count)
        if count >= 0 {
          rest = rest.dropFirst(count)
        } else if errno == EAGAIN {
          // A terminal that is set not to wait: wait for it.
          var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          _ = systemPoll(&poll)
        } else if errno == EPIPE {
          isClosed = true
        } else if errno != EINTR {
          failure = errno
        }
      }
    }
    buffer.removeAll(keepingCapacity: true)
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}

private func systemPoll(_ request: inout pollfd) -> Int32 { poll(&request, 1, 1_000) }

/// What surrounds the process.
enum Environment {
  /// Nil when it is not set or is empty.
  static func value(_ name: String) -> String? {
    guard let text = getenv(name) else { return nil }
    let value = String(cString: text)
    return value.isEmpty ? nil : value
  }

  /// Columns of a terminal, as it says itself; nil where it says nothing.
  static func columns(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  static func message(_ number: Int32) -> String { String(cString: strerror(number)) }
}
