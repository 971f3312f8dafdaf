#if os(Linux)
  import Glibc

  /// A plain client on the loopback, with a patience of its own: a minute, so that what is slow under a sanitizer beside other
  /// work is not taken for what never comes.
  final class LoopbackClient {
    private let descriptor: Int32

    init?(port: UInt16) {
      descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      var patience = timeval(tv_sec: 60, tv_usec: 0)
      setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = port.bigEndian
      inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
      let code = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      if code != 0 { return nil }
    }

    deinit { close(descriptor) }

    func send(_ text: String) {
      let bytes = Array(text.utf8)
      _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// Says that no more is sent.
    func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// What comes until the server closes, or until the text holds `mark`.
    func receive(until mark: String? = nil) -> String {
      var bytes: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 65_536)
      while true {
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { break }
        bytes += buffer[..<count]
        if let mark, String(decoding: bytes, as: UTF8.self).contains(mark) { break }
      }
      return String(decoding: bytes, as: UTF8.self)
    }
  }
#endif
