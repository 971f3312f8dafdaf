/// A document being written: elements and attributes by names that stand in the program, everything else as escaped text.
///
/// No function takes markup, so nothing that stands in a record, a query or an address can become an element, an attribute
/// or a comment: names are `StaticString`s, and texts and values go through ``escape(_:into:isValue:)`` alone.
struct HTML: Sendable {
  private(set) var bytes: [UInt8] = []

  typealias Attributes = KeyValuePairs<StaticString, String?>

  init() { bytes.reserveCapacity(32 << 10) }

  /// Elements that have no end.
  private static let voids: Set<String> = ["meta", "link", "input", "br", "hr", "col", "wbr"]

  mutating func doctype() { bytes += "<!doctype html>\n".utf8 }

  /// An element and what is in it. An attribute of nil is left out, one of "" stands without a value.
  mutating func element(
    _ name: StaticString, _ attributes: Attributes, _ body: (inout HTML) -> Void
  ) {
    open(name, attributes)
    body(&self)
    close(name)
  }

  /// An element without attributes.
  mutating func element(_ name: StaticString, _ body: (inout HTML) -> Void) { element(name, [:], body) }

  /// An element with text alone, without attributes.
  mutating func element(_ name: StaticString, _ text: String) { element(name, [:], text) }

  /// An element with text alone.
  mutating func element(_ name: StaticString, _ attributes: Attributes, _ text: String) {
    open(name, attributes)
    self.text(text)
    close(name)
  }

  /// An element without an end: `input`, `meta`, `br`.
  mutating func void(_ name: StaticString, _ attributes: Attributes = [:]) {
    open(name, attributes)
    if !Self.voids.contains(name.description) { close(name) }
  }

  /// Text. Cost: one pass over its bytes.
  mutating func text(_ text: String) { Self.escape(text, into: &bytes, isValue: false) }

  /// Text in which ranges of bytes are marked; ranges that are out of order, outside, or through a character are passed over.
  mutating func marked(_ text: String, _ marks: [Range<Int>], as name: StaticString = "mark") {
    let utf8 = Array(text.utf8)
    func isBorder(_ offset: Int) -> Bool { offset == utf8.count || utf8[offset] & 0xC0 != 0x80 }
    var done = 0
    for mark in marks {
      guard mark.lowerBound >= done, mark.upperBound <= utf8.count, !mark.isEmpty, isBorder(mark.lowerBound),
        isBorder(mark.upperBound)
      else { continue }
      self.text(String(decoding: utf8[done..<mark.lowerBound], as: UTF8.self))
      element(name, String(decoding: utf8[mark], as: UTF8.self))
      done = mark.upperBound
    }
    self.text(String(decoding: utf8[done...], as: UTF8.self))
  }

  /// A line end between blocks, for those who read the source.
  mutating func line() { bytes.append(0x0A) }

  private mutating func open(_ name: StaticString, _ attributes: Attributes) {
    bytes.append(UInt8(ascii: "<"))
    bytes += name.description.utf8
    for (attribute, value) in attributes {
      guard let value else { continue }
      let key = attribute.description
      bytes.append(0x20)
      bytes += key.utf8
      if value.isEmpty, key != "alt", key != "value", key != "href", key != "action" { continue }
      bytes += "=\"".utf8
      let isAddress = key == "href" || key == "src" || key == "action" || key == "formaction"
      Self.escape(isAddress ? Self.local(value) : value, into: &bytes, isValue: true)
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(UInt8(ascii: ">"))
  }

  private mutating func close(_ name: StaticString) {
    bytes += "</".utf8
    bytes += name.description.utf8
    bytes.append(UInt8(ascii: ">"))
  }

  /// An address of this server, or a place on this page; anything else becomes the top of the page.
  static func local(_ address: String) -> String {
    if address.hasPrefix("#") || address.hasPrefix("?") { return address }
    // Two slashes would be another host, and so would a slash and a backslash.
    guard address.hasPrefix("/"), !address.hasPrefix("//"), !address.hasPrefix("/\\") else { return "#" }
    return address
  }

  /// Text as HTML has it; characters that no document may hold become U+FFFD.
  static func escape(_ text: String, into bytes: inout [UInt8], isValue: Bool) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": bytes += "&amp;".utf8
      case "<": bytes += "&lt;".utf8
      case ">": bytes += "&gt;".utf8
      case "\"" where isValue: bytes += "&quot;".utf8
      case "\n", "\t": bytes.append(UInt8(scalar.value))
      default:
        let value = scalar.value
        let isForbidden =
          value < 0x20 || (0x7F...0x9F).contains(value) || (0xFDD0...0xFDEF).contains(value) || value & 0xFFFE == 0xFFFE
        bytes += String(isForbidden ? "\u{FFFD}" : scalar).utf8
      }
    }
  }
}
