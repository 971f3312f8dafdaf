/// A request line, and what its header fields say of the message as a whole.
struct RequestLine: Sendable {
  let method: String
  let rawTarget: String
  let target: RequestTarget?
  /// Why the target cannot be read. Told behind the fields, which say whether a person or a program is to be told.
  var targetProblem: RequestProblem?
  let authority: String?
  let minorVersion: Int

  /// `GET /path HTTP/1.1`: three parts, one blank between them (RFC 9112, section 3).
  static func parse(_ bytes: ArraySlice<UInt8>) throws(RequestProblem) -> RequestLine {
    let parts = bytes.split(separator: 0x20, maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count == 3, !parts[0].isEmpty, !parts[1].isEmpty else {
      throw RequestProblem(400, "expected a method, a target and a version, one blank between them")
    }
    guard parts[0].allSatisfy(FieldLine.isTokenByte) else { throw RequestProblem(400, "the method is no token") }
    let minorVersion = try version(parts[2])
    let method = String(decoding: parts[0], as: UTF8.self)
    guard method != "CONNECT" else { throw RequestProblem(501, "this is no proxy") }
    let raw = String(decoding: parts[1], as: UTF8.self)
    if raw == "*" {
      guard method == "OPTIONS" else { throw RequestProblem(400, "the target * is for OPTIONS alone") }
      return RequestLine(
        method: method, rawTarget: raw, target: RequestTarget(segments: [], items: []), authority: nil,
        minorVersion: minorVersion)
    }
    do throws(RequestProblem) {
      let (target, authority) = try RequestTarget.parse(parts[1])
      return RequestLine(
        method: method, rawTarget: raw, target: target, authority: authority, minorVersion: minorVersion)
    } catch {
      return RequestLine(
        method: method, rawTarget: raw, target: nil, targetProblem: error, authority: nil, minorVersion: minorVersion)
    }
  }

  private static func version(_ bytes: ArraySlice<UInt8>) throws(RequestProblem) -> Int {
    let name = Array("HTTP/".utf8)
    let digits = bytes.dropFirst(name.count)
    guard bytes.starts(with: name), digits.count == 3, let major = digits.first, let minor = digits.last,
      (0x30...0x39).contains(major), (0x30...0x39).contains(minor), digits[digits.startIndex + 1] == 0x2E
    else { throw RequestProblem(400, "expected the version HTTP/1.1") }
    guard major == 0x31, minor <= 0x31 else { throw RequestProblem(505, "versions are HTTP/1.1 and HTTP/1.0") }
    return Int(minor - 0x30)
  }

  /// The head that the fields make of the line.
  /// - Throws: ``RequestProblem``; the target's first.
  func head(_ fields: HeaderFields) throws(RequestProblem) -> RequestHead {
    guard let target else { throw targetProblem ?? RequestProblem(400, "the request target cannot be read") }
    let connection = Self.list(fields.values("connection")).map { $0.lowercased() }
    let keepsAlive =
      minorVersion == 1
      ? !connection.contains("close") : connection.contains("keep-alive") && !connection.contains("close")
    let expects = try expectsContinue(fields)
    return RequestHead(
      method: method, rawTarget: rawTarget, target: target, minorVersion: minorVersion, fields: fields,
      host: try host(fields), framing: try framing(fields), expectsContinue: expects, keepsAlive: keepsAlive)
  }

  /// Members of a list field (RFC 9110, section 5.6.1).
  static func list(_ values: [String]) -> [String] {
    values.flatMap { $0.split(separator: ",") }.map { String($0.trimmingBlanks) }.filter { !$0.isEmpty }
  }

  private func host(_ fields: HeaderFields) throws(RequestProblem) -> String? {
    let hosts = fields.values("host")
    guard hosts.count <= 1 else { throw RequestProblem(400, "more than one Host") }
    guard let host = hosts.first else {
      guard minorVersion == 0 else { throw RequestProblem(400, "HTTP/1.1 asks for a Host") }
      return authority
    }
    guard HostName.isValid(host) else { throw RequestProblem(400, "the Host is no host") }
    if let authority {
      guard HostName.isValid(authority), authority == host.lowercased() else {
        throw RequestProblem(400, "the request target and the Host differ")
      }
    }
    return host.lowercased()
  }

  private func framing(_ fields: HeaderFields) throws(RequestProblem) -> RequestHead.Framing {
    let codings = fields.values("transfer-encoding")
    let lengths = fields.values("content-length")
    if !codings.isEmpty {
      guard lengths.isEmpty else { throw RequestProblem(400, "both Transfer-Encoding and Content-Length") }
      guard minorVersion == 1 else { throw RequestProblem(400, "Transfer-Encoding in HTTP/1.0") }
      guard codings.count == 1, codings[0].lowercased() == "chunked" else {
        throw RequestProblem(501, "expected no Transfer-Encoding but chunked")
      }
      return .chunked
    }
    guard let text = lengths.first else { return .none }
    guard lengths.count == 1 else { throw RequestProblem(400, "more than one Content-Length") }
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let length = Int(text) else {
      throw RequestProblem(400, "Content-Length is no number of bytes")
    }
    return .length(length)
  }

  private func expectsContinue(_ fields: HeaderFields) throws(RequestProblem) -> Bool {
    let expectations = fields.values("expect")
    guard !expectations.isEmpty, minorVersion == 1 else { return false }
    guard expectations.count == 1, expectations[0].lowercased() == "100-continue" else {
      throw RequestProblem(417, "the only expectation that can be met is 100-continue")
    }
    return true
  }
}

/// The form of a Host: a name or an address, and perhaps a port.
enum HostName {
  static func isValid(_ host: String) -> Bool {
    var rest = Array(host.utf8)[...]
    guard !rest.isEmpty, rest.count <= 255 else { return false }
    if rest.first == 0x5B {
      guard let close = rest.firstIndex(of: 0x5D) else { return false }
      let address = rest[(rest.startIndex + 1)..<close]
      guard address.count >= 2, address.allSatisfy({ RequestTarget.hexadecimal($0) != nil || $0 == 0x3A || $0 == 0x2E })
      else { return false }
      rest = rest[(close + 1)...]
    } else {
      let end = rest.firstIndex(of: 0x3A) ?? rest.endIndex
      let name = rest[..<end]
      guard !name.isEmpty, name.allSatisfy(isNameByte) else { return false }
      rest = rest[end...]
    }
    if rest.isEmpty { return true }
    let port = rest.dropFirst()
    return rest.first == 0x3A && port.count <= 5 && port.allSatisfy { (0x30...0x39).contains($0) }
      && (port.isEmpty || (Int(String(decoding: port, as: UTF8.self)) ?? .max) <= 65_535)
  }

  /// Letters, digits, dot, hyphen and underscore: what names on this side of a resolver are made of.
  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D
      || byte == 0x2E || byte == 0x5F
  }
}

extension StringProtocol {
  /// Without blanks and tabs at both ends.
  var trimmingBlanks: SubSequence {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    let start = firstIndex { !isBlank($0) } ?? endIndex
    let end = lastIndex { !isBlank($0) }.map { index(after: $0) } ?? start
    return self[start..<Swift.max(start, end)]
  }
}
