/// An address of the page: a path, parameters in their order, a place on the page. Its text is percent-encoded throughout.
struct PageAddress: Hashable, Sendable {
  struct Item: Hashable, Sendable {
    var name: String
    var value: String
  }

  /// Segments, decoded.
  var path: [String]
  var items: [Item]
  var fragment: String?

  init(_ path: [String] = [], _ items: [(String, String)] = [], fragment: String? = nil) {
    self.path = path
    self.items = items.map { Item(name: $0.0, value: $0.1) }
    self.fragment = fragment
  }

  /// The same with one parameter set to a value alone, or taken away.
  func with(_ name: String, _ value: String?) -> PageAddress {
    var address = self
    let place = items.firstIndex { $0.name == name } ?? items.count
    address.items.removeAll { $0.name == name }
    if let value { address.items.insert(Item(name: name, value: value), at: min(place, address.items.count)) }
    return address
  }

  func with(fragment: String?) -> PageAddress {
    var address = self
    address.fragment = fragment
    return address
  }

  var text: String {
    var text = path.isEmpty ? "/" : path.map { "/" + Self.encoded($0) }.joined()
    var mark = "?"
    for item in items {
      text += mark + Self.encoded(item.name) + "=" + Self.encoded(item.value)
      mark = "&"
    }
    if let fragment { text += "#" + Self.encoded(fragment) }
    return text
  }

  /// Percent-encodes all but what RFC 3986 leaves unreserved, and what is harmless and common in queries.
  static func encoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: ":"), UInt8(ascii: ","):
        bytes.append(byte)
      default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    // A segment of dots alone would be taken away by whoever reads the address.
    if bytes == Array(".".utf8) || bytes == Array("..".utf8) {
      return String(repeating: "%2E", count: bytes.count)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
