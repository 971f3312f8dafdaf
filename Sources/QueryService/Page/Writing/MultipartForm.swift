/// A form with files, `multipart/form-data` (RFC 7578): values as texts, files as bytes.
struct MultipartForm {
  private(set) var values: [(name: String, value: String)] = []
  private(set) var files: [(name: String, bytes: [UInt8])] = []

  /// Parts of a form at most.
  private static let parts = 64
  /// Bytes of a boundary at most (RFC 2046, section 5.1.1).
  private static let longestBoundary = 70

  /// - Parameter type: the request's `Content-Type`.
  /// - Returns: nil for anything that is no whole form of this type. Linear in the body.
  init?(type: String, body: [UInt8]) {
    guard let boundary = Self.boundary(type) else { return nil }
    let mark = Array("--\(boundary)".utf8)
    guard var place = Self.find(mark, in: body, from: 0), place == 0 || body[place - 1] == 0x0A else { return nil }
    for _ in 0..<Self.parts {
      place += mark.count
      if body[place...].starts(with: Array("--".utf8)) { return }
      guard body[place...].starts(with: [0x0D, 0x0A]), let end = Self.find([0x0D, 0x0A] + mark, in: body, from: place)
      else { return nil }
      add(body[(place + 2)..<max(place + 2, end)])
      place = end + 2
    }
    return nil
  }

  /// Whether a request says that its body is such a form.
  static func isForm(_ type: String?) -> Bool { type?.lowercased().hasPrefix("multipart/form-data") ?? false }

  private mutating func add(_ part: ArraySlice<UInt8>) {
    let blank: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]
    guard let end = Self.find(blank, in: Array(part), from: 0) else { return }
    let head = String(decoding: part.prefix(end), as: UTF8.self)
    let body = Array(part.dropFirst(end + blank.count))
    for line in head.split(separator: "\r\n") where line.lowercased().hasPrefix("content-disposition:") {
      guard let name = Self.parameter("name", of: line) else { continue }
      if Self.parameter("filename", of: line) != nil {
        files.append((name, body))
      } else {
        values.append((name, String(decoding: body, as: UTF8.self)))
      }
    }
  }

  private static func boundary(_ type: String) -> String? {
    guard isForm(type), let boundary = parameter("boundary", of: Substring(type)), !boundary.isEmpty,
      boundary.utf8.count <= longestBoundary
    else { return nil }
    return boundary
  }

  /// `name` or `"name"` behind `key=`.
  private static func parameter(_ key: String, of line: Substring) -> String? {
    for part in line.split(separator: ";").dropFirst() {
      let pair = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2, pair[0].lowercased() == key else { continue }
      let value = pair[1]
      guard value.hasPrefix("\""), value.hasSuffix("\""), value.utf8.count >= 2 else { return String(value) }
      return String(value.dropFirst().dropLast())
    }
    return nil
  }

  private static func find(_ needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard let first = needle.first, bytes.count >= needle.count else { return nil }
    var place = start
    let last = bytes.count - needle.count
    while place <= last {
      if bytes[place] == first, bytes[place..<place + needle.count].elementsEqual(needle) { return place }
      place += 1
    }
    return nil
  }
}
