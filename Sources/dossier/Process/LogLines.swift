import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Lines of a log from many threads, each written whole. A reader that does not read loses lines; it never holds anybody up.
final class LogLines: Sendable {
  private let descriptor: Int32
  private let loss = Mutex<(@Sendable () -> Void)?>(nil)
  private let turn = Mutex<Void>(())

  /// Bytes that a pipe takes as a whole where it takes any (PIPE_BUF of Linux).
  private static let longest = 4_096

  init(descriptor: Int32) { self.descriptor = descriptor }

  func onLoss(_ body: @escaping @Sendable () -> Void) { loss.withLock { $0 = body } }

  func write(_ line: String) {
    let bytes = Array(line.utf8.prefix(Self.longest - 1)) + [0x0A]
    let isWritten = turn.withLock { _ -> Bool in
      var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      guard poll(&request, 1, 0) == 1, request.revents & Int16(POLLOUT) != 0 else { return false }
      return systemWrite(descriptor, bytes) == bytes.count
    }
    if !isWritten { loss.withLock { $0 }?() }
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: [UInt8]) -> Int { write(descriptor, bytes, bytes.count) }
