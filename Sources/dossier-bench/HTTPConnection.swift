#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The call, from inside a type that has a `close` of its own.
private func closeDescriptor(_ descriptor: Int32) -> Int32 { close(descriptor) }

/// A kept connection to a server of this machine, for measuring it: one request at a time, answers with a `Content-Length`.
struct HTTPConnection {
  private let descriptor: Int32
  private var buffer = [UInt8](repeating: 0, count: 65_536)

  /// Nil where nobody listens.
  init?(port: UInt16) {
    #if canImport(Glibc)
      let stream = Int32(SOCK_STREAM.rawValue)
    #else
      let stream = SOCK_STREAM
    #endif
    descriptor = socket(AF_INET, stream, 0)
    guard descriptor >= 0 else { return nil }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let connected = withUnsafePointer(to: address) { pointer in
      // SAFETY: a sockaddr_in is given as the sockaddr that the call takes, with its own length.
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    if connected != 0 {
      _ = closeDescriptor(descriptor)
      return nil
    }
  }

  func close() { _ = closeDescriptor(descriptor) }

  /// Status and length of the answer, and whether the server ends the connection behind it; nil when the connection broke, or the
  /// answer says no length.
  mutating func get(_ target: String) -> (status: Int, bytes: Int, isLast: Bool)? {
    let request = Array("GET \(target) HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n\r\n".utf8)
    guard send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else { return nil }
    var head: [UInt8] = []
    var end: Int?
    while end == nil {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      let before = max(0, head.count - 3)
      head += buffer[..<count]
      end = Self.endOfHead(head, from: before)
      if end == nil, head.count > 65_536 { return nil }
    }
    guard let end, let length = Self.value("content-length", head[..<end]).flatMap({ Int($0) }), head.count >= 12 else {
      return nil
    }
    let isLast = Self.value("connection", head[..<end])?.lowercased() == "close"
    let status = Int(String(decoding: head[9..<12], as: UTF8.self)) ?? 0
    var left = length - (head.count - end)
    while left > 0 {
      let count = recv(descriptor, &buffer, min(buffer.count, left), 0)
      guard count > 0 else { return nil }
      left -= count
    }
    return (status, length, isLast)
  }

  private static func endOfHead(_ bytes: [UInt8], from start: Int) -> Int? {
    var place = start
    while place + 4 <= bytes.count {
      if bytes[place] == 13, bytes[place + 1] == 10, bytes[place + 2] == 13, bytes[place + 3] == 10 { return place + 4 }
      place += 1
    }
    return nil
  }

  /// The value of the first header of a name in small letters.
  private static func value(_ name: String, _ head: ArraySlice<UInt8>) -> Substring? {
    for line in String(decoding: head, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2, parts[0].lowercased() == name { return parts[1].drop { $0 == " " } }
    }
    return nil
  }
}
