/// Responses as bytes (RFC 9112, section 6): each has its length, or is sent in chunks and says so.
enum ResponseEncoder {
  static let lastChunk = Array("0\r\n\r\n".utf8)
  static let continueLine = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

  /// The head, and the body where it is whole. A client of HTTP/1.0 cannot read chunks: its streams end with the
  /// connection.
  static func head(_ response: Response, of head: RequestHead?, closes: Bool, date: String) -> [UInt8] {
    var text = "HTTP/1.1 \(response.status) \(StatusText.phrase(response.status))\r\nDate: \(date)\r\n"
    for (name, value) in response.fields { text += "\(name): \(value)\r\n" }
    let hasNoBody = response.status == 204 || response.status == 304 || response.status < 200
    switch response.body {
    case .bytes(let bytes): if !hasNoBody { text += "Content-Length: \(bytes.count)\r\n" }
    case .stream: if !hasNoBody, head?.minorVersion ?? 1 > 0 { text += "Transfer-Encoding: chunked\r\n" }
    }
    if closes {
      text += "Connection: close\r\n"
    } else if head?.minorVersion == 0 {
      text += "Connection: keep-alive\r\n"
    }
    var bytes = Array((text + "\r\n").utf8)
    if !hasNoBody, head?.method != "HEAD", case .bytes(let body) = response.body { bytes += body }
    return bytes
  }

  static func chunk(_ piece: [UInt8]) -> [UInt8] {
    Array("\(String(piece.count, radix: 16))\r\n".utf8) + piece + [0x0D, 0x0A]
  }

  /// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7), of seconds since 1970.
  static func date(_ seconds: Int) -> String {
    let days = seconds / 86_400
    let clock = seconds % 86_400
    // Days are counted from a March, in eras of 400 years (proleptic Gregorian calendar).
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let march = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * march + 2) / 5 + 1
    let month = march < 10 ? march + 3 : march - 9
    let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return "\(weekdays[days % 7]), \(two(day)) \(months[month - 1]) \(year) "
      + "\(two(clock / 3_600)):\(two(clock / 60 % 60)):\(two(clock % 60)) GMT"
  }
}
