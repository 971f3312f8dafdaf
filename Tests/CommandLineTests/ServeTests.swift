import Foundation
import JSONText
import Testing

/// The server as a process: its bodies are the bytes that the command line prints.
@Suite("dossier serve", .serialized)
struct ServeTests {
  private static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D
      if isPlain { return String(UnicodeScalar(byte)) }
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.count < 2 ? "0" : "") + digits
    }.joined()
  }

  /// A request that may take as long as the server allows, and the command line: under a sanitizer five seconds are not enough
  /// for all.
  private static func patient(_ target: String) -> String {
    let takesTime = ["/v1/search?", "/v1/enterprises?", "/v1/passages?"].contains { target.hasPrefix($0) }
    return takesTime ? target + "&timeout=30000" : target
  }

  /// A command line, and the request that has to give the same.
  private static func pairs(receipt: String, cursor: String) -> [(arguments: [String], target: String)] {
    let place = encoded("dir-0001#p3")
    return [
      (["search", "formaldehyde", "furniture"], "/v1/search?q=formaldehyde+furniture"),
      (
        ["search", "甲醛 家具", "--kind", "inspection", "--limit", "3", "--facet", "province,rung", "--explain"],
        "/v1/search?q=\(encoded("甲醛 家具"))&kind=inspection&limit=3&facet=province&facet=rung&explain=true"
      ),
      (
        ["search", "lead", "--sort", "date:asc", "--fields", "province,text"],
        "/v1/search?q=lead&sort=date:asc&fields=province,text"
      ),
      (
        ["search", "toys", "--collapse", "enterprise", "--rungs", "exact,stem"],
        "/v1/search?q=toys&collapse=enterprise&rungs=exact,stem"
      ),
      (
        ["search", "toys furniture nothing", "--any", "--total", "bound"],
        "/v1/search?q=toys+furniture+nothing&any=true&total=bound"
      ),
      (["search", "lead", "--limit", "3", "--cursor", cursor], "/v1/search?q=lead&limit=3&cursor=\(cursor)"),
      (["search", "formaldehide"], "/v1/search?q=formaldehide"), (["search", "\"open"], "/v1/search?q=%22open"),
      (["search", "*", "--limit", "2"], "/v1/search?q=*&limit=2"),
      (
        ["enterprises", "product:toys export:yes", "--sort", "violations"],
        "/v1/enterprises?q=product:toys+export:yes&sort=violations"
      ),
      (["enterprises", "product:toys", "--by", "province"], "/v1/enterprises?q=product:toys&by=province"),
      (["passages", "production capacity toys"], "/v1/passages?q=production+capacity+toys"),
      (["history", "4403-0187", "--since", "2005"], "/v1/enterprises/4403-0187/history?since=2005"),
      (["history", "4403-0187", "--as-of", "2007-06-30"], "/v1/enterprises/4403-0187/history?asOf=2007-06-30"),
      (["history", "新华家具厂"], "/v1/enterprises/\(encoded("新华家具厂"))/history"),
      (["show", "dir-0001"], "/v1/records/dir-0001"), (["show", "dir-0001#p3"], "/v1/records/\(place)"),
      (["show", "enterprise/4419-0001"], "/v1/records/\(encoded("enterprise/4419-0001"))"),
      (["show", "enterprise/4419-0001"], "/v1/records/enterprise/4419-0001"),
      (["cite", "dir-0001#p3"], "/v1/cite/\(place)"), (["refs", "dir-0001#p3"], "/v1/refs/\(place)"),
      (["refs", "dir-0001#p3", "--limit", "1"], "/v1/refs/\(place)?limit=1"),
      (["coverage"], "/v1/coverage"),
      (["coverage", "--by", "province", "--target", "2,7"], "/v1/coverage?by=province&target=2,7"),
      (["coverage", "--as-of", "2007-06-30"], "/v1/coverage?asOf=2007-06-30"), (["duties"], "/v1/duties"),
      (["duties", "--by", "inspector", "--as-of", "2007-06-30"], "/v1/duties?by=inspector&asOf=2007-06-30"),
      (["trace", "toys"], "/v1/trace?q=toys"),
      (["pivot", "province", "severity", "--where", "lead"], "/v1/pivot?a=province&b=severity&where=lead"),
      (["suggest", "toy"], "/v1/suggest?prefix=toy"),
      (["suggest", "toy", "--kind", "word"], "/v1/suggest?prefix=toy&kind=word"),
      (["analyze", "Inspected 甲醛"], "/v1/analyze?text=\(encoded("Inspected 甲醛"))"),
      (["why-not", "dir-0001", "formaldehyde"], "/v1/why-not?id=dir-0001&q=formaldehyde"),
      (["verify", receipt, "lead"], "/v1/verify?code=\(receipt)&q=lead"),
      (["verify", "R-0000-0000-0000-0000", "lead"], "/v1/verify?code=R-0000-0000-0000-0000&q=lead"),
      (["stats"], "/v1/stats"),
    ]
  }

  @Test("the body of every answer is what --json prints, byte for byte")
  func bodies() throws {
    let workspace = try Workspace()
    let seeds = Workspace.root.appendingPathComponent("seeds").path
    #expect(try workspace.run("index", seeds, "--index", "index").code == 0)
    let server = try ServeProcess(workspace, ["--index", "index"])
    // A state of its own: receipts that are kept would tell more.
    func run(_ arguments: [String], input: String = "") throws -> RunResult {
      try workspace.run(
        arguments + ["--index", "index", "--json"].dropFirst(arguments.first == "analyze" ? 2 : 0),
        environment: ["DOSSIER_STATE": workspace.folder.appendingPathComponent("s-\(UUID().uuidString)").path],
        input: input)
    }
    let first = try JSONValue(parsing: try run(["search", "lead", "--limit", "3"]).output)
    let cursor = try #require(first["next"]?.stringValue)
    let receipt = try #require(try JSONValue(parsing: try run(["search", "lead"]).output)["receipt"]?.stringValue)
    let pairs = Self.pairs(receipt: receipt, cursor: cursor)
    for (arguments, target) in pairs {
      let target = Self.patient(target)
      let (shown, reply) = (try run(arguments), try server.send("GET", target))
      #expect(reply.status == 200, "\(target): \(reply.text)")
      // No two arrays: how they differ, which a failure would say, takes hours to be found.
      #expect(reply.body.elementsEqual(shown.output.utf8), "\(arguments) \(target): \(reply.text.suffix(300))")
      let again = try server.send("HEAD", target)
      #expect(
        again.status == 200 && again.body.isEmpty && again.head.contains("Content-Length: \(reply.body.count)\r\n"))
    }
    let quote = "newly-licensed products should be 100% randomly examined"
    let checked = try run(["quote-check", quote]).output
    #expect(try server.send("POST", "/v1/quote-check", ["Content-Type": "text/plain"], quote).text == checked)
    let json = ["Content-Type": "application/json"]
    #expect(try server.send("POST", "/v1/quote-check", json, #"{"text":"\#(quote)"}"#).text == checked)
    #expect(
      try server.send(
        "POST", "/v1/search", json, #"{"q":"lead","limit":2,"kind":["inspection"],"any":false,"timeout":30000}"#
      ).text
        == (try run(["search", "lead", "--limit", "2", "--kind", "inspection"]).output))
    for arguments in [
      ["lead"], ["lead", "--format", "csv"], ["severity:critical", "--format", "markdown"],
      ["lead", "--format", "html"],
    ] {
      let shown = try workspace.run(["export"] + arguments + ["--index", "index"]).output
      let format = arguments.count > 1 ? "&format=\(arguments[2])" : ""
      #expect(try server.send("GET", "/v1/export?q=\(Self.encoded(arguments[0]))\(format)").body == Array(shown.utf8))
    }
    // Errors have the members of the command line's.
    for (arguments, target, status) in [
      (["show", "nothing"], "/v1/records/nothing", 404),
      (["search", "severity:>=nonsense"], "/v1/search?q=severity:%3E=nonsense", 400),
      (["search", "\"open", "--strict"], "/v1/search?q=%22open&strict=true", 400),
      (["search", "lead", "--cursor", "nonsense"], "/v1/search?q=lead&cursor=nonsense", 410),
    ] {
      let (shown, reply) = (try run(arguments), try server.send("GET", target))
      #expect(reply.status == status)
      #expect(try JSONValue(parsing: reply.text)["error"] == JSONValue(parsing: shown.output)["error"])
    }
    #expect(server.stop() == 0, "SIGTERM ends the server well")
    let check = try workspace.run("audit", "verify", "--state", "state", "--json")
    #expect(check.code == 0, "\(check.output)")
    #expect((try JSONValue(parsing: check.output)["trails"]?[0]?["lines"]?.intValue ?? 0) > pairs.count)
  }

  @Test("what must not begin does not: addresses without tokens, tokens that others may read, no index")
  func refusals() throws {
    let workspace = try Workspace()
    try workspace.write("notes.jsonl", #"{"kind":"inspection","id":"N1","text":"lead"}"#)
    #expect(try workspace.run("index", "notes.jsonl", "--index", "index").code == 0)
    try workspace.write("tokens.json", #"{"tokens":[]}"#)
    func serve(_ flags: String...) throws -> RunResult { try workspace.run(["serve", "--state", "state"] + flags) }
    let open = try serve("--index", "index", "--listen", "0.0.0.0:0")
    #expect(open.code == 2 && open.errors.contains("--tokens"))
    let shared = try serve("--index", "index", "--tokens", "tokens.json")
    #expect(shared.code == 2 && shared.errors.contains("chmod 600"))
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o600], ofItemAtPath: workspace.folder.appendingPathComponent("tokens.json").path)
    #expect(try serve("--index", "index", "--tokens", "tokens.json").code == 2)
    #expect(try serve("--index", "nothing").code == 4)
    #expect(try serve("--collection", "a").code == 2)
    #expect(try serve("--collection", "a b=index").code == 2)
    #expect(try serve("--collection", "a=index", "--collection", "a=index").code == 2)
    #expect(try serve("--index", "index", "--listen", "nonsense").code == 2)
  }
}
