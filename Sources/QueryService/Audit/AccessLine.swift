import JSONText

/// One line of the access log: a JSON object, whatever the client sent. Queries and tokens are not in it.
struct AccessLine: Sendable {
  var id: String
  var address: String
  var token: String?
  var method: String
  /// Segments, decoded.
  var path: [String]
  var route: String
  var status: Int
  var bytes: Int
  var seconds: Double

  /// Bytes of a path that are shown.
  private static let shownPath = 512

  var text: String {
    var object = JSONObject()
    object.append("time", .string(ServiceClock.stamp()))
    object.append("id", .string(id))
    object.append("address", .string(address))
    object.append("token", token.map { .string($0) } ?? .null)
    object.append("method", .string(String(method.prefix(32))))
    object.append("path", .string(String(("/" + path.joined(separator: "/")).prefix(Self.shownPath))))
    object.append("route", .string(route))
    object.append("status", .number("\(status)"))
    object.append("bytes", .number("\(bytes)"))
    object.append("ms", .number("\((seconds * 1e6).rounded() / 1e3)"))
    return Self.escaped(object.text())
  }

  /// JSON in which no character moves a cursor, ends a line or turns text round: controls beyond those that JSON escapes
  /// itself, line separators and marks of direction.
  static func escaped(_ json: String) -> String {
    let isPlain = json.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    if isPlain { return json }
    var result = ""
    for scalar in json.unicodeScalars {
      switch scalar.value {
      case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
