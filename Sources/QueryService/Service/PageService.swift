import HTTPServer
import QualityRecords

/// Hands requests to the page, and its replies to the server.
struct PageService {
  private let service: QueryService
  private let page: Page

  /// The parameter and the cookie that choose a language.
  static let language = "lang"
  /// A year.
  private static let cookieSeconds = 31_536_000

  init(_ service: QueryService, _ page: Page) {
    self.service = service
    self.page = page
  }

  /// - Throws: `no-such-collection`, `no-such-route`, `bad-body`; what the page throws.
  func response(_ request: Request, _ grant: Grant, requestID: String) throws(QualityError) -> Response {
    let head = request.head
    if let response = Self.asset(head) { return response }
    guard head.target.segments.first != "assets" else { throw Self.nowhere }
    let collection = head.target.value("collection").flatMap { $0.isEmpty ? nil : $0 }
    let choice = try Exchange.choice(collection.map { [$0] } ?? [], grant)
    let index = try service.collections.index(choice, cursor: head.target.value("cursor"))
    let chosen = head.target.value(Self.language).flatMap { PageLanguage(rawValue: $0) }
    let language = Self.language(head.target.value(Self.language), head.fields)
    let (form, files) = try Self.form(request)
    var visit = PageVisit(
      index: index, path: head.target.segments, items: head.target.items.map { ($0.name, $0.value) },
      form: form, language: language, collections: grant.read.count > 1 ? grant.read : [],
      collection: collection)
    visit.files = files
    visit.requestID = requestID
    visit.showsErrors = FaultReply.showsPage(head)
    guard let reply = try page.reply(visit) else {
      throw Self.nowhere
    }
    // Pages tell of next pages inside: their commits are kept.
    service.collections.keep(index, choice)
    var response = Self.response(reply)
    if let chosen {
      response.set(
        "Set-Cookie",
        HeaderValue(
          "\(Self.language)=\(chosen.rawValue); Path=/; Max-Age=\(Self.cookieSeconds); SameSite=Lax; HttpOnly"))
    }
    if case .redirect = reply { return response }
    response.set("Vary", Self.vary)
    if response.status == 200, head.method != "POST", case .bytes(let bytes) = response.body {
      var parts = [
        index.identity, "page", head.rawTarget, grant.read.joined(separator: ","),
        grant.kinds?.joined(separator: ",") ?? "*", language.rawValue, ServiceClock.today(),
      ]
      // What a deadline cut, or what the program brings along, is told by its bytes.
      parts.append(String(decoding: bytes, as: UTF8.self))
      let tag = ReplyHeaders.tag(parts)
      response.set("ETag", HeaderValue(tag))
      if ReplyHeaders.matches(head.fields["if-none-match"], tag) {
        response.status = 304
        response.body = .bytes([])
      }
    }
    return response
  }

  private static func response(_ reply: Page.Reply) -> Response {
    switch reply {
    case .html(let status, let bytes):
      var response = Response(status, body: .bytes(bytes))
      response.set("Content-Type", "text/html; charset=utf-8")
      return response
    case .asset(let type, let bytes):
      var response = Response(200, body: .bytes(bytes))
      response.set("Content-Type", HeaderValue("\(type)"))
      return response
    case .csv(let name, let bytes):
      var response = Response(200, body: .bytes(bytes))
      response.set("Content-Type", "text/csv; charset=utf-8")
      let file = name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
      response.set("Content-Disposition", HeaderValue("attachment; filename=\"\(file.isEmpty ? "table.csv" : file)\""))
      return response
    case .redirect(let target):
      var response = Response(303)
      // Targets are paths of this server: anything else would send people elsewhere.
      let isOwn = target.hasPrefix("/") && !target.hasPrefix("//") && !target.hasPrefix("/\\")
      response.set("Location", HeaderValue(isOwn ? target : "/"))
      return response
    }
  }

  private static let nowhere = QualityError(
    "no-such-route", "there is nothing at this address", hint: "/ is the page, /openapi.json the interface")

  /// What the bytes of a page hang on, beside its address.
  static let vary: HeaderValue = "Accept, Accept-Language, Authorization, Cookie"

  /// A file of the program, the same for everybody: browsers keep what stands under an address with its digest for ever.
  private static func asset(_ head: RequestHead) -> Response? {
    let segments = head.target.segments
    let found: PageAssets.Asset?
    let isLasting = segments.first == "assets"
    switch segments.count {
    case 2 where isLasting: found = PageAssets.all.first { $0.name == segments[1] }
    case 1 where segments[0] == "favicon.ico": found = PageAssets.mark
    default: found = nil
    }
    guard let found, head.method != "POST" else { return nil }
    var response = Response(200, body: .bytes(found.bytes))
    response.set("Content-Type", HeaderValue("\(found.type)"))
    response.set("Cache-Control", isLasting ? "public, max-age=31536000, immutable" : "public, max-age=86400")
    response.set("ETag", HeaderValue(found.tag))
    if ReplyHeaders.matches(head.fields["if-none-match"], found.tag) {
      response.status = 304
      response.body = .bytes([])
    }
    return response
  }

  /// The language of a visitor: of the address, else of the cookie, else what the browser likes.
  static func language(_ chosen: String?, _ fields: HeaderFields) -> PageLanguage {
    chosen.flatMap { PageLanguage(rawValue: $0) } ?? cookie(fields).flatMap { PageLanguage(rawValue: $0) }
      ?? accepted(fields["accept-language"])
  }

  private static func form(
    _ request: Request
  ) throws(QualityError) -> ([(name: String, value: String)], [(name: String, bytes: [UInt8])]) {
    guard request.head.method == "POST", !request.body.isEmpty else { return ([], []) }
    if let type = request.head.fields["content-type"], let form = MultipartForm(type: type, body: request.body) {
      return (form.values, form.files)
    }
    do throws(RequestProblem) {
      return (try RequestTarget.items(request.body[...]).map { ($0.name, $0.value) }, [])
    } catch { throw QualityError("bad-body", error.detail) }
  }

  /// The value of the language's cookie (RFC 6265).
  static func cookie(_ fields: HeaderFields) -> String? {
    for pair in fields.values("cookie").joined(separator: ";").split(separator: ";") {
      let parts = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2, parts[0] == language { return String(parts[1]) }
    }
    return nil
  }

  /// The language that is liked best of those that there are (RFC 9110, section 12.5.4); English where none is.
  static func accepted(_ field: String?) -> PageLanguage {
    var best = (language: PageLanguage.english, quality: 0.0)
    for item in (field ?? "").split(separator: ",") {
      let parts = item.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
      guard let tag = parts.first, let primary = tag.split(separator: "-").first,
        let language = PageLanguage(rawValue: String(primary))
      else { continue }
      let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
      if weight > best.quality { best = (language, weight) }
    }
    return best.language
  }
}
