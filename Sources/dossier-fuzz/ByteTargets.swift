import HTTPServer
import QueryLanguage
import Records
import SearchEngine
import Storage

extension FuzzTarget {
  /// Wildcards, regular expressions and fuzzy words.
  static let pattern = FuzzTarget(
    "pattern",
    seeds: {
      ["re(c|t)i", "[a-c]+x{2,5}", "\\d{4}\\w*", "[^铅](a|b|)?", "*a?b*", "((((a))))", "[ab]{100}{100}"].map {
        Array($0.utf8)
      }
    },
    tokens: ["(", ")", "[", "]", "[^", "{", "}", ",", "*", "+", "?", "|", "\\", ".", "100", "-", "中"]
  ) { (bytes) throws(Broken) in PatternProbe.run(String(decoding: bytes, as: UTF8.self)) }

  /// Requests: heads, bodies, chunks, trailers, one after another; the same whether the bytes come at once or one by one.
  static let http = FuzzTarget(
    "http",
    seeds: {
      [
        "GET /v1/search?q=lead%20paint&limit=5 HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n",
        "POST /v1/search HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
        "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;x=\"y\"\r\nhello\r\n0\r\nA: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: [::1]:80\r\nExpect: 100-continue\r\nConnection: close, x\r\n\r\nGET / HTTP/1.0\r\n\r\n",
      ].map { Array($0.utf8) }
    },
    tokens: [
      "\r\n", "\n", "\r", ":", " ", "HTTP/1.1", "Host: a\r\n", "Content-Length: ", "Transfer-Encoding: chunked\r\n",
      "0\r\n",
      "ffffffff\r\n", ";", "%00", "%", "?", "\u{0}", "Connection: ", "\r\n\r\n", "+", "\t",
    ]
  ) { (bytes) throws(Broken) in
    let whole = outcome([bytes[...]])
    guard whole == outcome(bytes.indices.lazy.map { bytes[$0...$0] }) else {
      throw Broken("another reading when the bytes come one by one")
    }
    return whole.contains(.end)
  }

  /// Addresses inside a request, percent signs and all.
  static let target = FuzzTarget(
    "target",
    seeds: { ["/v1/records/a%2Fb?q=%E7%94%B2&x=1+2", "/", "//a/../b?&&=&", "http://h:80/p?q"].map { Array($0.utf8) } },
    tokens: ["%", "%2f", "%00", "%c0%af", "..", "/", "//", "?", "&", "=", "+", "#", "\\", "%25"]
  ) { (bytes) throws(Broken) in
    let head = Array("GET ".utf8) + bytes + Array(" HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
    return outcome([head[...]]).contains(.end)
  }

  /// What a parser makes of bytes, bodies put together.
  private enum Reading: Equatable {
    case head(RequestHead)
    case body([UInt8])
    case end
    case problem(Int)
  }

  private static func outcome(_ pieces: some Sequence<ArraySlice<UInt8>>) -> [Reading] {
    var parser = RequestParser()
    var found: [Reading] = []
    var body: [UInt8] = []
    for piece in pieces {
      parser.append(piece)
      while let event = parser.next() {
        switch event {
        case .head(let head): found.append(.head(head))
        case .body(let bytes): body += bytes
        case .end:
          found += [.body(body), .end]
          body = []
        case .problem(let problem): return found + [.problem(problem.status)]
        }
      }
    }
    return found
  }

  /// Compressed files, through the readers that open them; and the blocks of stored records.
  static let packed: [FuzzTarget] = [
    FuzzTarget("gzip", seeds: { [gzip] }, tokens: ["\u{1f}\u{8b}\u{8}"]) { (bytes) throws(Broken) in
      unpack(bytes, path: "f.jsonl.gz") > 0
    },
    FuzzTarget("zip", seeds: { [zip] }, tokens: ["PK\u{1}\u{2}", "PK\u{3}\u{4}", "PK\u{5}\u{6}"]) {
      (bytes) throws(Broken) in
      unpack(bytes, path: "f.xlsx") > 0
    },
    FuzzTarget(
      "block",
      seeds: {
        ["", "a", String(repeating: "lead paint ", count: 40), "abcdefgh12345678"].map { text in
          var packed: [UInt8] = [UInt8(text.utf8.count % 256), UInt8(text.utf8.count / 256)]
          Array(text.utf8).withUnsafeBytes { BlockCompression.compress($0, into: &packed) }
          return packed
        }
      }
    ) { (bytes) throws(Broken) in
      guard bytes.count >= 2 else { return false }
      let expected = Int(bytes[0]) | Int(bytes[1]) << 8
      let plain = bytes.dropFirst(2).withUnsafeBytes { try? BlockCompression.decompress($0, expectedCount: expected) }
      guard let plain else { return false }
      guard plain.count == expected else { throw Broken("\(plain.count) bytes for \(expected)") }
      var packed: [UInt8] = []
      plain.withUnsafeBytes { BlockCompression.compress($0, into: &packed) }
      let again = packed.withUnsafeBytes { try? BlockCompression.decompress($0, expectedCount: expected) }
      guard again == plain else { throw Broken("compressed and decompressed it is something else") }
      return true
    },
  ]

  /// Rows that come out of a packed file.
  private static func unpack(_ bytes: [UInt8], path: String) -> Int {
    var rows = 0
    do {
      var reader = try openRows(path: path, source: MemoryByteSource(bytes), format: nil, kind: nil)
      while try reader.next() != nil { rows += 1 }
    } catch { return 0 }
    return rows
  }

  /// Two lines of JSON, three times, packed by gzip.
  private static let gzip = bytes(
    "1f8b0800000000000203ab56ca4c51b232d4512a51b2524a44074930a054cb550d56690463d05a0b00ec83116f99000000")

  /// An archive of one stored member `xl/workbook.xml`.
  private static let zip: [UInt8] = {
    let name = Array("xl/workbook.xml".utf8)
    let data = Array("<workbook><sheets><sheet name='a'/></sheets></workbook>".utf8)
    func number(_ value: Int, _ width: Int) -> [UInt8] {
      (0..<width).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
    let sizes = number(0, 4) + number(data.count, 4) + number(data.count, 4) + number(name.count, 2)
    let local = Array("PK\u{3}\u{4}".utf8) + number(20, 2) + number(0, 8) + sizes + number(0, 2) + name + data
    let central =
      Array("PK\u{1}\u{2}".utf8) + number(20, 2) + number(20, 2) + number(0, 8) + sizes + number(0, 2) + number(0, 10)
      + number(0, 4) + name
    return local + central + Array("PK\u{5}\u{6}".utf8) + number(0, 4) + number(1, 2) + number(1, 2)
      + number(central.count, 4) + number(local.count, 4) + number(0, 2)
  }()

  private static func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = hexadecimal.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }

  /// The decoders of index files, with checksums that are right.
  static let decoders: [FuzzTarget] = DecoderProbe.kinds.map { kind in
    let probe = Result { () throws(IndexError) in try DecoderProbe(kind) }
    return FuzzTarget(
      "index-\(kind.suffix)", seeds: { [(try? probe.get())?.seed ?? []] },
      largeSeeds: { [(try? probe.get())?.wholeSeed ?? []] }, keepsLength: kind != .manifest
    ) {
      (bytes) throws(Broken) in
      guard let probe = try? probe.get() else { throw Broken("the sample index cannot be built") }
      return probe.run(bytes)
    }
  }
}
