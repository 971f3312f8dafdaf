import JSONText
import QualityRecords
import Testing

@testable import QueryService

/// Reliability F1, F2, F5, F6: what is sent and what is stored is text, wherever it comes out.
@Suite("Hostile text")
struct HostileTextTests {
  @Test("F1: no spelling of a path leads to a file")
  func traversal() throws {
    let fixture = try ServiceFixture()
    let service = try QueryService(ServiceOptions(collections: [try fixture.index("main", ServiceFixture.sample)]))
    let dots = ["..", "%2e%2e", "%252e%252e", ".%2e", "%2e.", "....", "..;", "..%00", "%c0%ae%c0%ae", "%uff0e%uff0e"]
    let slashes = ["/", "//", "%2f", "%252f", "%5c", "\\", "%c0%af", "/./"]
    let ends = ["etc/passwd", "proc/self/environ", "Package.swift"]
    var count = 0
    for dot in dots {
      for slash in slashes {
        for end in ends {
          for start in ["/", "/v1/records/"] {
            count += 1
            let target = start + [dot, dot, dot, dot, end].joined(separator: slash)
            guard let answer = try? service.get(target) else { continue }
            #expect([400, 404].contains(answer.status), "\(target) \(answer.status)")
            #expect(!answer.text.contains("root:") && !answer.text.contains("swift-tools-version"))
          }
        }
      }
    }
    #expect(count >= 200)
  }

  /// Texts that browsers would run, or that end a text of JSON, HTML, SVG or an attribute.
  static let payloads: [String] = {
    let openings = [
      "<script>X</script>", "<img src=x onerror=X>", "<svg onload=X>", "<svg><script>X</script></svg>",
      "<iframe src=javascript:X>",
      "<body onload=X>", "<a href=javascript:X>l</a>", "<math><mi xlink:href=javascript:X>",
      "<details open ontoggle=X>",
      "<input autofocus onfocus=X>", "<style>@import 'x'</style>", "<base href=//x>",
      "<meta http-equiv=refresh content=0>",
      "<object data=x>", "<embed src=x>", "<form action=x><button>b", "<!--<script>X//-->", "<![CDATA[<script>X]]>",
      "<?xml x?>",
      "<mark>m</mark>", "</mark><script>X</script>", "</title><script>X</script>", "</textarea><script>X</script>",
      "</style><script>X</script>", "</script><script>X</script>",
    ]
    let wrappings = [
      "%", "\"%", "'%", "\">%", "'>%", "`%`", "\\\"%", "&lt;%", "&#60;%", "\u{2028}%", "\u{202E}%",
      "%\u{0000}".filter { $0 != "\0" }, "＜%＞", "{{%}}", "${%}", "]]>%", "%20%", "\u{FEFF}%", "--%>%", "*/%/*",
    ]
    return openings.flatMap { opening in
      wrappings.map { $0.replacing("%", with: opening.replacing("X", with: "alert(1)")) }
    }
  }()

  @Test("F2: 500 payloads come back as the very text, in JSON that says so")
  func payloads() throws {
    #expect(Self.payloads.count >= 500)
    let fixture = try ServiceFixture()
    var lines: [String] = []
    for (number, payload) in Self.payloads.enumerated() {
      let object: JSONObject = [
        "kind": "inspection", "id": .string("P\(number)"), "enterprise": .string(payload), "product": .string(payload),
        "text": .string("before needle \(payload) after"),
      ]
      lines.append(object.text())
    }
    let service = try QueryService(ServiceOptions(collections: [try fixture.index("main", lines)]))
    let answer = try service.get("/v1/search?q=needle&limit=1000&fields=text&timeout=30000")
    #expect(answer.fields["Content-Type"] == "application/json")
    #expect(answer.fields["X-Content-Type-Options"] == "nosniff")
    let hits = try #require(answer.json?["hits"]?.arrayValue)
    #expect(hits.count == Self.payloads.count)
    for hit in hits {
      let number = try #require(Int(hit["id"]?.stringValue?.dropFirst() ?? ""))
      #expect(hit["fields"]?["text"]?.stringValue == "before needle \(Self.payloads[number]) after")
    }
    for payload in Self.payloads.prefix(100) {
      let query = Self.encoded(payload)
      for target in ["/v1/search?q=\(query)", "/v1/suggest?prefix=\(query)", "/v1/records/\(query)", "/v1/\(query)"] {
        let answer = try service.get(target)
        #expect(["application/json", "application/problem+json"].contains(answer.fields["Content-Type"]), "\(target)")
        #expect(answer.json != nil)
      }
    }
  }

  static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.count < 2 ? "0" + digits : digits)
    }.joined()
  }

  @Test("F5: whatever bytes a request has, it is one line of the log and one of the trail, and no token is in them")
  func logs() throws {
    let fixture = try ServiceFixture()
    let lines = LogCollector()
    var options = ServiceOptions(collections: [try fixture.index("main", ServiceFixture.sample)])
    options.log = { lines.take($0) }
    options.tokens = TestTokens.text([("t", "0123456789abcdef0123456789abcdef", ["*"], [], nil)])
    let trail = try AuditTrail(folder: fixture.path("audit"), name: "s", keepsQueries: true)
    let service = try QueryService(options, trail: trail)
    var sent = 0
    var audited = 0
    for byte in 0...255 {
      let digits = String(byte, radix: 16)
      let code = "%" + (digits.count < 2 ? "0" + digits : digits)
      for (target, isAudited) in [
        ("/v1/search?q=a\(code)b", true), ("/v1/records/a\(code)b", true), ("/\(code)", false),
      ] {
        guard let answer = try? service.get(target, TestTokens.bearer("0123456789abcdef0123456789abcdef")) else {
          // Refused while it was read: bytes that are no UTF-8, NUL.
          continue
        }
        sent += 1
        // A path of %2f alone is the route's with nothing in it; those that name nothing are audited, too.
        if isAudited, answer.status != 405 { audited += 1 }
      }
      // In a field, as it is.
      let raw =
        Array("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-A: a".utf8) + [UInt8(byte)]
        + Array("b\r\nUser-Agent: a".utf8) + [UInt8(byte)] + Array("b\r\n\r\n".utf8)
      if (try? service.send(raw)) != nil { sent += 1 }
    }
    #expect(lines.lines.count == sent)
    for line in lines.lines {
      #expect(
        line.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) && $0.value != 0x2028 })
      #expect((try? JSONValue(parsing: line))?["status"]?.intValue != nil)
      #expect(!line.contains("0123456789abcdef"))
    }
    trail.close()
    let check = try AuditCheck(folder: fixture.path("audit"))
    #expect(check.isGood && check.trails.first?.lines == audited, "\(check) \(audited)")
  }

  @Test("F5: controls, line separators and marks of direction are escaped")
  func escapes() {
    #expect(AccessLine.escaped("a\u{7F}\u{85}\u{2028}\u{202E}\u{1B}ü中") == #"a\u007f\u0085\u2028\u202e\u001bü中"#)
  }

  @Test("F6: cells that spreadsheets take for formulas, unless the table is asked for as it is")
  func formulas() throws {
    let cells = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝1", "|cmd", "=HYPERLINK(1)"]
    let fixture = try ServiceFixture()
    let lines = cells.enumerated().map { number, cell in
      let object: JSONObject = ["kind": "inspection", "id": .string("F\(number)"), "product": .string(cell)]
      return object.text()
    }
    let service = try QueryService(ServiceOptions(collections: [try fixture.index("main", lines)]))
    let safe = try service.get("/v1/export?format=csv&fields=id,product")
    #expect(safe.fields["Content-Type"] == "text/csv; charset=utf-8")
    #expect(safe.fields["Content-Disposition"] == "attachment; filename=\"records.csv\"")
    for row in safe.text.split(separator: "\r\n").dropFirst() {
      let cell = row.drop { $0 != "," }.dropFirst().drop { $0 == "\"" }
      #expect(cell.first.map { !"=+-@\t\r＝".contains($0) } ?? true, "\(row)")
    }
    let raw = try service.get("/v1/export?format=csv&fields=id,product&raw=true")
    #expect(raw.text.contains(",=1+1"))
  }
}
