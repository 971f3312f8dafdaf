import HTTPServer

/// By which names the server may be called, and from which pages it may be written to: what keeps a foreign page from using
/// a browser that reaches this server (DNS rebinding, cross-site requests).
struct HostRule: Sendable {
  /// In lower case, without ports.
  private let names: Set<String>
  /// Whether any address in digits is taken: of a server that listens on more than the loopback.
  private let takesAddresses: Bool

  /// - Parameter names: what the server is called beside the loopback's names.
  init(listensOnLoopback: Bool, names: [String]) {
    self.names = Set(names.map { $0.lowercased() })
    takesAddresses = !listensOnLoopback
  }

  /// Whether a Host (as RFC 9110 spells it, its port with it) is one of the server's. Ports are free: tunnels change them.
  func allows(_ host: String?) -> Bool {
    guard let host, let name = Self.name(of: host) else { return false }
    if name == "localhost" || name == "[::1]" || name == "127.0.0.1" || names.contains(name) { return true }
    guard let bytes = Self.address(name) else { return takesAddresses && name.hasPrefix("[") }
    return bytes[0] == 127 || takesAddresses
  }

  /// Whether a request that changes or asks by a body comes from no page, or from one of this very server.
  func allowsOrigin(_ head: RequestHead) -> Bool {
    let sites = head.fields.values("sec-fetch-site")
    if sites.contains(where: { $0 != "same-origin" && $0 != "none" }) { return false }
    let origins = head.fields.values("origin")
    guard let origin = origins.first else { return true }
    guard origins.count == 1, let host = head.host else { return false }
    let lower = origin.lowercased()
    return lower == "http://" + host || lower == "https://" + host
  }

  /// Without the port, in lower case.
  private static func name(of host: String) -> String? {
    let lower = host.lowercased()
    if lower.hasPrefix("[") {
      guard let close = lower.firstIndex(of: "]") else { return nil }
      return String(lower[...close])
    }
    let name = lower.prefix { $0 != ":" }
    return name.isEmpty ? nil : String(name)
  }

  /// Four numbers of 0 to 255 with dots between, no leading zeros.
  private static func address(_ name: String) -> [UInt8]? {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    let bytes = parts.compactMap { part in UInt8(part).flatMap { "\($0)" == part ? $0 : nil } }
    return bytes.count == 4 ? bytes : nil
  }
}

/// Addresses that only this machine reaches.
enum Loopback {
  static func contains(_ host: String) -> Bool {
    host == "localhost" || host == "::1" || host.hasPrefix("127.")
  }
}
