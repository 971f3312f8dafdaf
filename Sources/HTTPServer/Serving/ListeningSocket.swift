#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A socket that takes connections.
final class ListeningSocket: @unchecked Sendable {
  /// Connections that wait to be taken.
  private static let backlog: Int32 = 1_024

  let descriptor: Int32
  /// The port that is listened on: chosen by the system where 0 was asked for.
  let port: UInt16
  /// Kept open to be given up when no descriptor is left: the connection that waits can be taken and closed, not spun on.
  /// Of the loop's thread alone.
  private var spare: Int32

  /// Listens on an IPv4 or IPv6 address, or `localhost`.
  /// - Throws: ``ServerError`` for what is no address, is taken, or may not be used.
  init(host: String, port: UInt16) throws(ServerError) {
    let name = host == "localhost" ? "127.0.0.1" : host
    let isSix = name.contains(":")
    #if canImport(Glibc)
      let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    #else
      let type = SOCK_STREAM
    #endif
    let socket = socket(isSix ? AF_INET6 : AF_INET, type, 0)
    guard socket >= 0 else { throw ServerError("no socket: \(SystemError.last)") }
    var on: Int32 = 1
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
    let isBound: Bool
    if isSix {
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      address.sin6_port = port.bigEndian
      guard inet_pton(AF_INET6, name, &address.sin6_addr) == 1 else {
        close(socket)
        throw ServerError("expected an address to listen on, found '\(host)'")
      }
      isBound = Self.bind(socket, &address)
    } else {
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = port.bigEndian
      guard inet_pton(AF_INET, name, &address.sin_addr) == 1 else {
        close(socket)
        throw ServerError("expected an address to listen on, found '\(host)'")
      }
      isBound = Self.bind(socket, &address)
    }
    guard isBound, listen(socket, Self.backlog) == 0 else {
      let error = SystemError.last
      close(socket)
      throw ServerError("\(host):\(port) cannot be listened on: \(error)")
    }
    descriptor = socket
    self.port = Self.port(of: socket) ?? port
    spare = open("/dev/null", O_RDONLY | O_CLOEXEC)
  }

  deinit {
    close(descriptor)
    if spare >= 0 { close(spare) }
  }

  private static func bind<Address>(_ socket: Int32, _ address: inout Address) -> Bool {
    withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        #if canImport(Glibc)
          Glibc.bind(socket, $0, socklen_t(MemoryLayout<Address>.size)) == 0
        #else
          Darwin.bind(socket, $0, socklen_t(MemoryLayout<Address>.size)) == 0
        #endif
      }
    }
  }

  private static func port(of socket: Int32) -> UInt16? {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let code = withUnsafeMutablePointer(to: &storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket, $0, &length) }
    }
    guard code == 0 else { return nil }
    let isSix = storage.ss_family == sa_family_t(AF_INET6)
    return withUnsafePointer(to: &storage) { pointer in
      isSix
        ? pointer.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { UInt16(bigEndian: $0.pointee.sin6_port) }
        : pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { UInt16(bigEndian: $0.pointee.sin_port) }
    }
  }

  enum Accepted {
    case connection(Int32, address: String)
    /// None waits.
    case none
    /// No descriptor is left: one connection was taken and closed at once.
    case exhausted
  }

  #if os(Linux)
    func take() -> Accepted {
      while true {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let socket = withUnsafeMutablePointer(to: &storage) { pointer in
          pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            accept(descriptor, $0, &length)
          }
        }
        if socket >= 0 {
          _ = fcntl(socket, F_SETFL, O_NONBLOCK)
          _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
          var on: Int32 = 1
          setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
          return .connection(socket, address: Self.text(&storage))
        }
        switch errno {
        case EINTR, ECONNABORTED: continue
        case EMFILE, ENFILE:
          guard spare >= 0 else { return .exhausted }
          close(spare)
          let refused = accept(descriptor, nil, nil)
          if refused >= 0 { close(refused) }
          spare = open("/dev/null", O_RDONLY | O_CLOEXEC)
          return .exhausted
        default: return .none
        }
      }
    }
  #endif

  private static func text(_ storage: inout sockaddr_storage) -> String {
    var text = [CChar](repeating: 0, count: 64)
    let family = Int32(storage.ss_family)
    withUnsafePointer(to: &storage) { pointer in
      if family == AF_INET6 {
        pointer.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
          var address = $0.pointee.sin6_addr
          inet_ntop(AF_INET6, &address, &text, socklen_t(text.count))
        }
      } else {
        pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
          var address = $0.pointee.sin_addr
          inet_ntop(AF_INET, &address, &text, socklen_t(text.count))
        }
      }
    }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
