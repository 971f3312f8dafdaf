@testable import HTTPServer

/// Requests and what is to become of them: from the MUSTs of RFC 9112 and 9110, and from the forms by which requests were
/// smuggled past servers.
struct RequestVector: Sendable, CustomStringConvertible {
  enum Outcome: Hashable, Sendable {
    /// Bodies of the requests, in order.
    case accepted([String])
    case refused(Int)
    /// Not whole yet: more has to come.
    case waiting
  }

  let name: String
  let bytes: [UInt8]
  let outcome: Outcome

  var description: String { name }

  init(_ name: String, _ text: String, _ outcome: Outcome) {
    self.init(name, Array(text.utf8), outcome)
  }

  init(_ name: String, _ bytes: [UInt8], _ outcome: Outcome) {
    self.name = name
    self.bytes = bytes
    self.outcome = outcome
  }

  private static let get = "GET / HTTP/1.1\r\nHost: a\r\n"
  private static let post = "POST / HTTP/1.1\r\nHost: a\r\n"
  private static let chunked = post + "Transfer-Encoding: chunked\r\n\r\n"

  static let all = accepted + refused + waiting + bytesOfMethod + bytesOfTarget + bytesOfName + bytesOfValue

  static let accepted: [RequestVector] = [
    .init("plain", get + "\r\n", .accepted([""])),
    .init("two in one go", get + "\r\n" + get + "\r\n", .accepted(["", ""])),
    .init("an empty line before", "\r\n" + get + "\r\n", .accepted([""])),
    .init("empty lines between", get + "\r\n\r\n\r\n" + get + "\r\n", .accepted(["", ""])),
    .init("HTTP/1.0 without Host", "GET / HTTP/1.0\r\n\r\n", .accepted([""])),
    .init("any token is a method", "BREW-2 / HTTP/1.1\r\nHost: a\r\n\r\n", .accepted([""])),
    .init("no blank behind the colon", "GET / HTTP/1.1\r\nHost:a\r\n\r\n", .accepted([""])),
    .init("blanks around a value", "GET / HTTP/1.1\r\nHost: \t a \t \r\n\r\n", .accepted([""])),
    .init("an empty value", get + "X-Empty:\r\n\r\n", .accepted([""])),
    .init("repeated fields", get + "Accept: a\r\nAccept: b\r\n\r\n", .accepted([""])),
    .init("names without case", "GET / HTTP/1.1\r\nhOsT: a\r\n\r\n", .accepted([""])),
    .init("UTF-8 in a value", get + "X-Name: 宏达\r\n\r\n", .accepted([""])),
    .init("Host with a port", "GET / HTTP/1.1\r\nHost: a.b-c:8080\r\n\r\n", .accepted([""])),
    .init("Host with an empty port", "GET / HTTP/1.1\r\nHost: a:\r\n\r\n", .accepted([""])),
    .init("Host as an IPv6 address", "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", .accepted([""])),
    .init("Host with a dot at the end", "GET / HTTP/1.1\r\nHost: localhost.\r\n\r\n", .accepted([""])),
    .init("absolute form", "GET http://a/x HTTP/1.1\r\nHost: a\r\n\r\n", .accepted([""])),
    .init("absolute form without a path", "GET http://a HTTP/1.1\r\nHost: a\r\n\r\n", .accepted([""])),
    .init("absolute form, other case", "GET HTTP://A/ HTTP/1.1\r\nHost: a\r\n\r\n", .accepted([""])),
    .init("OPTIONS *", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", .accepted([""])),
    .init("body of a length", post + "Content-Length: 5\r\n\r\nhello", .accepted(["hello"])),
    .init("length of 0", post + "Content-Length: 0\r\n\r\n", .accepted([""])),
    .init("length with zeros before", post + "Content-Length: 0005\r\n\r\nhello", .accepted(["hello"])),
    .init("a body behind GET", get + "Content-Length: 2\r\n\r\nhi", .accepted(["hi"])),
    .init("a body, then a request", post + "Content-Length: 2\r\n\r\nhi" + get + "\r\n", .accepted(["hi", ""])),
    .init(
      "a body that looks like a request", post + "Content-Length: 18\r\n\r\nGET / HTTP/1.1\r\n\r\n",
      .accepted(["GET / HTTP/1.1\r\n\r\n"])),
    .init("chunks", chunked + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", .accepted(["abcde"])),
    .init("no chunk", chunked + "0\r\n\r\n", .accepted([""])),
    .init(
      "hexadecimal sizes", chunked + "A\r\n0123456789\r\na\r\n0123456789\r\n0\r\n\r\n",
      .accepted(["01234567890123456789"])),
    .init("zeros before a size", chunked + "0003\r\nabc\r\n00\r\n\r\n", .accepted(["abc"])),
    .init("a chunk extension", chunked + "3;name=value\r\nabc\r\n0;x\r\n\r\n", .accepted(["abc"])),
    .init("trailers", chunked + "3\r\nabc\r\n0\r\nX-Sum: 1\r\nX-More: 2\r\n\r\n", .accepted(["abc"])),
    .init("chunks, then a request", chunked + "1\r\na\r\n0\r\n\r\n" + get + "\r\n", .accepted(["a", ""])),
    .init("CHUNKED in capitals", post + "Transfer-Encoding: Chunked\r\n\r\n0\r\n\r\n", .accepted([""])),
    .init("chunk data with line ends", chunked + "4\r\n\r\n\r\n\r\n0\r\n\r\n", .accepted(["\r\n\r\n"])),
    .init("Expect", post + "Expect: 100-continue\r\nContent-Length: 1\r\n\r\nx", .accepted(["x"])),
    .init(
      "Expect in HTTP/1.0 is passed over", "POST / HTTP/1.0\r\nExpect: x\r\nContent-Length: 1\r\n\r\nx",
      .accepted(["x"])),
    .init("escapes in a target", "GET /%E5%AE%8F?q=%22a%22+b HTTP/1.1\r\nHost: a\r\n\r\n", .accepted([""])),
  ]

  static let refused: [RequestVector] = [
    .init("no Host", "GET / HTTP/1.1\r\n\r\n", .refused(400)),
    .init("two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", .refused(400)),
    .init("an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", .refused(400)),
    .init("a Host with a blank", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", .refused(400)),
    .init("a list of Hosts", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", .refused(400)),
    .init("a Host with a user", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", .refused(400)),
    .init("a Host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", .refused(400)),
    .init("a port of letters", "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n", .refused(400)),
    .init("a port too high", "GET / HTTP/1.1\r\nHost: a:65536\r\n\r\n", .refused(400)),
    .init("an open address", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", .refused(400)),
    .init("target and Host differ", "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n", .refused(400)),
    .init("CONNECT", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", .refused(501)),
    .init("* with GET", "GET * HTTP/1.1\r\nHost: a\r\n\r\n", .refused(400)),
    .init("a target without a slash", "GET x HTTP/1.1\r\nHost: a\r\n\r\n", .refused(400)),
    .init("a fragment", "GET /#x HTTP/1.1\r\nHost: a\r\n\r\n", .refused(400)),
    .init("no target", "GET HTTP/1.1\r\nHost: a\r\n\r\n", .refused(400)),
    .init("two blanks", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", .refused(400)),
    .init("a blank before", " GET / HTTP/1.1\r\nHost: a\r\n\r\n", .refused(400)),
    .init("a blank behind", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n", .refused(400)),
    .init("a tab for a blank", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", .refused(400)),
    .init("no version", "GET /\r\nHost: a\r\n\r\n", .refused(400)),
    .init("HTTP/2.0", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", .refused(505)),
    .init("HTTP/1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", .refused(505)),
    .init("HTTP/0.9", "GET / HTTP/0.9\r\nHost: a\r\n\r\n", .refused(505)),
    .init("HTTP/1.10", "GET / HTTP/1.10\r\nHost: a\r\n\r\n", .refused(400)),
    .init("HTTP/1", "GET / HTTP/1\r\nHost: a\r\n\r\n", .refused(400)),
    .init("http/1.1", "GET / http/1.1\r\nHost: a\r\n\r\n", .refused(400)),
    .init("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", .refused(505)),
    .init("the hello of TLS", [0x16, 0x03, 0x01, 0x00, 0x05, 0x0D, 0x0A], .refused(400)),
    .init("a line feed alone", "GET / HTTP/1.1\nHost: a\n\n", .refused(400)),
    .init("a line feed alone in the fields", get + "X: y\n\r\n", .refused(400)),
    .init("a carriage return alone", "GET / HTTP/1.1\rHost: a\r\r", .refused(400)),
    .init("a carriage return in a value", get + "X: a\rb\r\n\r\n", .refused(400)),
    .init("CR CR LF", get + "X: a\r\r\n\r\n", .refused(400)),
    .init("LF CR", get + "\n\r", .refused(400)),
    .init("a NUL in the request line", Array("GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n".utf8), .refused(400)),
    .init("a NUL in a value", Array((get + "X: a\0b\r\n\r\n").utf8), .refused(400)),
    .init("a line continued by a blank", get + "X: a\r\n b\r\n\r\n", .refused(400)),
    .init("a line continued by a tab", get + "X: a\r\n\tb\r\n\r\n", .refused(400)),
    .init("a first field that begins with a blank", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", .refused(400)),
    .init("a blank before the colon", get + "X : a\r\n\r\n", .refused(400)),
    .init("a tab before the colon", get + "X\t: a\r\n\r\n", .refused(400)),
    .init("no colon", get + "X\r\n\r\n", .refused(400)),
    .init("no name", get + ": a\r\n\r\n", .refused(400)),
    .init("a blank in a name", get + "X Y: a\r\n\r\n", .refused(400)),
    .init("a letter beyond ASCII in a name", get + "Ä: a\r\n\r\n", .refused(400)),
    .init(
      "malformed UTF-8 in a value", Array((get + "X: ").utf8) + [0xC3, 0x28, 0x0D, 0x0A, 0x0D, 0x0A], .refused(400)),
    .init("both lengths", post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", .refused(400)),
    .init(
      "both lengths, the other way", post + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n", .refused(400)),
    .init("two equal lengths", post + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", .refused(400)),
    .init("two lengths", post + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc", .refused(400)),
    .init("a list of lengths", post + "Content-Length: 3, 3\r\n\r\nabc", .refused(400)),
    .init("a length with a sign", post + "Content-Length: +3\r\n\r\nabc", .refused(400)),
    .init("a negative length", post + "Content-Length: -3\r\n\r\nabc", .refused(400)),
    .init("an empty length", post + "Content-Length:\r\n\r\n", .refused(400)),
    .init("a hexadecimal length", post + "Content-Length: 0x3\r\n\r\nabc", .refused(400)),
    .init("a length with a blank", post + "Content-Length: 3 3\r\n\r\nabc", .refused(400)),
    .init("a length with a point", post + "Content-Length: 3.0\r\n\r\nabc", .refused(400)),
    .init("a length beyond 64 bits", post + "Content-Length: 18446744073709551617\r\n\r\n", .refused(400)),
    .init("a length of other digits", post + "Content-Length: ３\r\n\r\nabc", .refused(400)),
    .init("another coding", post + "Transfer-Encoding: gzip\r\n\r\n", .refused(501)),
    .init("chunked twice", post + "Transfer-Encoding: chunked, chunked\r\n\r\n", .refused(501)),
    .init("chunked not last", post + "Transfer-Encoding: chunked, gzip\r\n\r\n", .refused(501)),
    .init(
      "two coding fields", post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", .refused(501)),
    .init("identity", post + "Transfer-Encoding: identity\r\n\r\n", .refused(501)),
    .init("xchunked", post + "Transfer-Encoding: xchunked\r\n\r\n", .refused(501)),
    .init("chunked with a mark", post + "Transfer-Encoding: \"chunked\"\r\n\r\n", .refused(501)),
    .init("chunked behind a vertical tab", post + "Transfer-Encoding: \u{b}chunked\r\n\r\n", .refused(400)),
    .init("an empty coding", post + "Transfer-Encoding:\r\n\r\n", .refused(501)),
    .init("a coding in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", .refused(400)),
    .init("a coding named with a blank", post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", .refused(400)),
    .init("another expectation", post + "Expect: 200-ok\r\nContent-Length: 1\r\n\r\nx", .refused(417)),
    .init("a chunk without a size", chunked + "\r\nabc\r\n", .refused(400)),
    .init("a size with a sign", chunked + "+3\r\nabc\r\n", .refused(400)),
    .init("a negative size", chunked + "-3\r\nabc\r\n", .refused(400)),
    .init("a size with 0x", chunked + "0x3\r\nabc\r\n", .refused(400)),
    .init("a blank before a size", chunked + " 3\r\nabc\r\n", .refused(400)),
    .init("a blank behind a size", chunked + "3 \r\nabc\r\n", .refused(400)),
    .init("a blank before an extension", chunked + "3 ;x\r\nabc\r\n", .refused(400)),
    .init("a size with an underscore", chunked + "1_0\r\nabc\r\n", .refused(400)),
    .init("a size of nine digits", chunked + "000000003\r\nabc\r\n", .refused(400)),
    .init("a size beyond the body's limit", chunked + "FFFFFFFF\r\n", .refused(413)),
    .init("a size line ended by a line feed", chunked + "3\nabc\r\n", .refused(400)),
    .init("an extension with a line feed", chunked + "3;a\nb\r\nabc\r\n", .refused(400)),
    .init("an extension with a control", chunked + "3;a\u{1}\r\nabc\r\n", .refused(400)),
    .init("a chunk too long", chunked + "3\r\nabcd\r\n", .refused(400)),
    .init("a chunk ended by a line feed", chunked + "3\r\nabc\n0\r\n\r\n", .refused(400)),
    .init("a bad trailer", chunked + "0\r\nX Y: 1\r\n\r\n", .refused(400)),
    .init("a trailer continued", chunked + "0\r\nX: 1\r\n 2\r\n\r\n", .refused(400)),
    .init("a percent sign alone", "GET /% HTTP/1.1\r\nHost: a\r\n\r\n", .refused(400)),
    .init("half an escape", "GET /%2 HTTP/1.1\r\nHost: a\r\n\r\n", .refused(400)),
    .init("an escape of other digits", "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", .refused(400)),
    .init("an encoded NUL", "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", .refused(400)),
    .init("encoded bytes that are no UTF-8", "GET /%C3%28 HTTP/1.1\r\nHost: a\r\n\r\n", .refused(400)),
    .init("encoded, overlong", "GET /%C0%AF HTTP/1.1\r\nHost: a\r\n\r\n", .refused(400)),
    .init("a bad escape in the query", "GET /?q=%f HTTP/1.1\r\nHost: a\r\n\r\n", .refused(400)),
    .init("three empty lines before", "\r\n\r\n\r\n" + get + "\r\n", .refused(400)),
    .init("a good request, then a bad one", get + "\r\nX\r\n", .refused(400)),
  ]

  static let waiting: [RequestVector] = [
    .init("nothing", "", .waiting),
    .init("half a line", "GET / HT", .waiting),
    .init("no empty line", get, .waiting),
    .init("half a line end", get + "\r", .waiting),
    .init("half a body", post + "Content-Length: 5\r\n\r\nhel", .waiting),
    .init("half a chunk", chunked + "5\r\nhel", .waiting),
    .init("no last chunk", chunked + "3\r\nabc\r\n", .waiting),
    .init("no end of the trailers", chunked + "0\r\n", .waiting),
  ]

  // Every byte where it stands; what may stand there is written out from the RFC's own lists.
  private static let tokenBytes = Set(
    "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
  private static let targetBytes = Set(
    "!$&'()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~".utf8)

  private static func vectors(
    _ place: String, _ before: String, _ after: String, isAllowed: (UInt8) -> Bool
  ) -> [RequestVector] {
    (0...255).map { value in
      let byte = UInt8(value)
      return RequestVector(
        "\(place) with byte \(value)", Array(before.utf8) + [byte] + Array(after.utf8),
        isAllowed(byte) ? .accepted([""]) : .refused(400))
    }
  }

  static let bytesOfMethod = vectors("method", "G", "T / HTTP/1.1\r\nHost: a\r\n\r\n") { tokenBytes.contains($0) }
  static let bytesOfTarget = vectors("target", "GET /a", "b HTTP/1.1\r\nHost: a\r\n\r\n") { targetBytes.contains($0) }
  static let bytesOfName = vectors("name", "GET / HTTP/1.1\r\nHost: a\r\nX", "Y: a\r\n\r\n") {
    tokenBytes.contains($0) || $0 == UInt8(ascii: ":")
  }
  /// Bytes above 0x7F are parts of UTF-8, never alone.
  static let bytesOfValue = vectors("value", "GET / HTTP/1.1\r\nHost: a\r\nX: a", "b\r\n\r\n") {
    $0 == 0x09 || ($0 >= 0x20 && $0 < 0x7F)
  }
}
