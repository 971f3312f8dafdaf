/// The path and the query of a request, decoded once.
public struct RequestTarget: Hashable, Sendable {
  public struct Item: Hashable, Sendable {
    public let name: String
    public let value: String
  }

  /// The path's segments, percent-decoded; `/v1/search` is two. An empty path is none. `.` and `..` stand as sent: no
  /// segment ever names a file.
  public let segments: [String]
  public let items: [Item]

  /// Items that are read; a request line is too short for more that mean anything.
  static let mostItems = 1_000

  /// The first value of a name.
  public func value(_ name: String) -> String? { items.first { $0.name == name }?.value }

  public func values(_ name: String) -> [String] { items.compactMap { $0.name == name ? $0.value : nil } }

  /// Reads a target in origin form (`/path?query`); the absolute form (`http://host/path`) gives its host, too.
  ///
  /// - Throws: ``RequestProblem`` 400 for bytes that a target cannot hold, a bad escape, NUL, or text that is no UTF-8 once
  ///   decoded.
  static func parse(_ bytes: ArraySlice<UInt8>) throws(RequestProblem) -> (target: RequestTarget, authority: String?) {
    var rest = bytes
    var authority: String?
    guard rest.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !Self.excluded.contains($0) }) else {
      throw RequestProblem(400, "the request target holds a character that it may not hold")
    }
    if let length = Self.schemeLength(rest) {
      rest = rest.dropFirst(length)
      let end = rest.firstIndex { $0 == 0x2F || $0 == 0x3F } ?? rest.endIndex
      guard end > rest.startIndex else { throw RequestProblem(400, "the request target has no host") }
      authority = String(decoding: rest[..<end], as: UTF8.self).lowercased()
      rest = rest[end...]
      if rest.isEmpty || rest.first == 0x3F { rest = [0x2F] + rest }
    }
    guard rest.first == 0x2F else {
      throw RequestProblem(400, "expected a request target that begins with a slash")
    }
    let question = rest.firstIndex(of: 0x3F) ?? rest.endIndex
    var segments: [String] = []
    for part in rest[..<question].dropFirst().split(separator: 0x2F, omittingEmptySubsequences: false) {
      segments.append(try decoded(part, plusIsSpace: false))
    }
    if segments.last == "" { segments.removeLast() }
    let items = question < rest.endIndex ? try items(rest[(question + 1)...]) : []
    return (RequestTarget(segments: segments, items: items), authority)
  }

  /// Pairs as query strings and forms (`application/x-www-form-urlencoded`) write them, decoded once.
  ///
  /// - Throws: ``RequestProblem`` 400, as ``parse(_:)`` does.
  public static func items(_ bytes: ArraySlice<UInt8>) throws(RequestProblem) -> [Item] {
    var items: [Item] = []
    for pair in bytes.split(separator: 0x26) {
      guard items.count < mostItems else { throw RequestProblem(400, "more than \(mostItems) parameters") }
      let equals = pair.firstIndex(of: 0x3D) ?? pair.endIndex
      items.append(
        Item(
          name: try decoded(pair[..<equals], plusIsSpace: true),
          value: equals < pair.endIndex ? try decoded(pair[(equals + 1)...], plusIsSpace: true) : ""))
    }
    return items
  }

  /// `"` `<` `>` `\` `^` `` ` `` `{` `|` `}` and `#` stand in no target (RFC 3986). Browsers send `"` `<` `>` escaped,
  /// but leave `^`, `|`, `` ` ``, `{`, `}` in queries as they are: these are taken.
  private static let excluded: Set<UInt8> = [0x22, 0x3C, 0x3E, 0x5C, 0x23]

  private static func schemeLength(_ bytes: ArraySlice<UInt8>) -> Int? {
    for scheme in ["http://", "https://"] where bytes.count > scheme.utf8.count {
      if zip(bytes, scheme.utf8).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) { return scheme.utf8.count }
    }
    return nil
  }

  static func decoded(_ bytes: ArraySlice<UInt8>, plusIsSpace: Bool) throws(RequestProblem) -> String {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      index += 1
      guard byte == 0x25 else {
        output.append(byte == 0x2B && plusIsSpace ? 0x20 : byte)
        continue
      }
      guard index + 2 <= bytes.endIndex, let high = hexadecimal(bytes[index]), let low = hexadecimal(bytes[index + 1])
      else { throw RequestProblem(400, "a percent sign that two hexadecimal digits do not follow") }
      output.append(high << 4 | low)
      index += 2
    }
    guard !output.contains(0) else { throw RequestProblem(400, "an encoded NUL in the request target") }
    guard let text = String(validating: output, as: UTF8.self) else {
      throw RequestProblem(400, "the request target is not UTF-8 once decoded")
    }
    return text
  }

  static func hexadecimal(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }
}
