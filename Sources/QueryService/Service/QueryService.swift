import HTTPServer
import JSONText
import QualityRecords
import SearchEngine
import Synchronization

/// The query server: collections, routes and the page behind one ``HTTPServer``.
///
/// A request passes the gate on the loop's thread (is the name ours, is the route there, may they ask, is it too often) and is
/// answered there, where its answer is known already, else on a worker's. What is kept of it: figures, a line of the log and a line of the audit trail; and, in memory and
/// while it is asked again, the request and its answer.
public final class QueryService: Sendable {
  let options: ServiceOptions
  let collections: OpenCollections
  let access: AccessTable
  let hosts: HostRule
  let rates: RateLimiter
  let metrics = ServiceMetrics()
  let exportSlots: Slots
  let answers: AnswerCache
  let trail: AuditTrail?
  private let page = Page()
  let names = RequestNames()
  private let server = Mutex<HTTPServer?>(nil)

  /// Opens the collections; nothing listens before ``listen()``.
  ///
  /// - Parameter trail: where it is noted who asked what; nil: nowhere.
  /// - Throws: `usage` for an address that others reach without tokens, for names of collections that are none or are given
  ///   twice; `bad-tokens`; what opening an index throws.
  public init(_ options: ServiceOptions, trail: AuditTrail? = nil) throws(QualityError) {
    guard options.tokens != nil || Loopback.contains(options.host) else {
      throw QualityError(
        "usage", "an address that others reach needs tokens: \(options.host)",
        hint: "--tokens FILE says who may ask; 127.0.0.1 is reached from this machine alone")
    }
    var seen: Set<String> = []
    for collection in options.collections {
      guard MountedCollection.isName(collection.name) else {
        throw QualityError(
          "usage", "'\(collection.name)' is no name of a collection", hint: "letters, digits, '-', '_' and '.'")
      }
      guard seen.insert(collection.name).inserted else {
        throw QualityError("usage", "there are two collections '\(collection.name)'", hint: "give each its name")
      }
    }
    guard !options.collections.isEmpty else { throw QualityError("usage", "no collection to serve") }
    self.options = options
    self.trail = trail
    collections = try OpenCollections(options.collections)
    if let text = options.tokens {
      access = try AccessTable(text: text, collections: options.collections)
    } else {
      access = AccessTable(openTo: options.collections)
    }
    let isLocal = Loopback.contains(options.host)
    hosts = HostRule(listensOnLoopback: isLocal, names: options.names + (isLocal ? [] : [options.host]))
    rates = RateLimiter(
      rate: options.limits.requestsPerSecond,
      burst: options.limits.requestsPerSecond * ServiceLimits.burstSeconds)
    exportSlots = Slots(options.limits.exports)
    answers = AnswerCache(bytes: options.limits.answerBytes)
  }

  /// Begins to listen; nothing is answered before ``run()``.
  /// - Returns: the port, which the system chose where 0 was asked for.
  /// - Throws: `input-output` when the address cannot be listened on.
  public func listen() throws(QualityError) -> UInt16 {
    var serverOptions = ServerOptions()
    serverOptions.connectionsPerAddress = options.limits.connectionsPerAddress
    do throws(ServerError) {
      let made = try HTTPServer(
        host: options.host, port: options.port, options: serverOptions,
        gate: { [self] head, address in admit(head, address) },
        refusal: { [self] problem, request in refused(problem, request) },
        ready: { [self] request in answerAtOnce(request) },
        handler: { [self] request in answer(request) })
      server.withLock { $0 = made }
      return made.port
    } catch { throw QualityError("input-output", error.description, exitCode: .inputOutput) }
  }

  /// Serves on the calling thread until ``stop()``.
  public func run() {
    server.withLock { $0 }?.run()
    trail?.close()
  }

  /// Ends ``run()`` when the requests under way are answered. May be called from any thread, more than once.
  public func stop() { server.withLock { $0 }?.stop() }

  // MARK: The gate

  /// What is known of a request by its head.
  enum Admitted {
    case route(Route, path: [String: String], Grant)
    case page(Grant)
    case refused(QualityError, retryAfter: Int? = nil, methods: [String] = [])
  }

  /// Everything that a head can be refused for, but for how often its sender asks.
  func examine(_ head: RequestHead) -> Admitted {
    guard hosts.allows(head.host) else {
      return .refused(QualityError("misdirected", "the server does not go by that name", hint: "--host NAME adds one"))
    }
    let isReading = head.method == "GET" || head.method == "HEAD"
    let isKnown = isReading || head.method == "POST"
    if isKnown, !isReading, !hosts.allowsOrigin(head) {
      return .refused(QualityError("forbidden", "the request comes from a page of another server"))
    }
    let segments = head.target.segments
    switch RouteTable.find(head.method, segments) {
    case .methods(let methods):
      return .refused(
        QualityError("method-not-allowed", "the methods of this route are \(methods.joined(separator: ", "))"),
        methods: methods)
    case .route(let route, let path):
      let grant = access.grant(head)
      if let error = Self.denial(route.need, grant, hasTokens: access.hasTokens) { return .refused(error) }
      if let error = Self.typeProblem(route.body, head) { return .refused(error) }
      return .route(route, path: path, grant)
    case .nothing:
      if RouteTable.isReserved(segments) {
        let grant = access.grant(head)
        guard grant.isKnown else { return .refused(Self.unauthorized) }
        return .refused(QualityError("no-such-route", "there is no such route", hint: "/openapi.json lists them"))
      }
      guard isKnown else {
        return .refused(
          QualityError("method-not-allowed", "the methods of the page are GET, HEAD, POST"),
          methods: ["GET", "HEAD", "POST"])
      }
      let grant = access.grant(head)
      // Files of the program hold nothing of a collection; the page that asks for a token needs its style.
      if isReading, segments.first == "assets" && segments.count == 2 || segments == ["favicon.ico"] {
        return .page(grant)
      }
      if let error = Self.denial(.reading, grant, hasTokens: access.hasTokens) { return .refused(error) }
      let type = head.fields["content-type"]
      if !isReading, MediaType(type) != .form, !MultipartForm.isForm(type), head.framing != .none {
        return .refused(
          QualityError(
            "unsupported-media-type", "a form is application/x-www-form-urlencoded or multipart/form-data"))
      }
      return .page(grant)
    }
  }

  private static let unauthorized = QualityError(
    "unauthorized", "a token is needed", hint: "send it as Authorization: Bearer TOKEN")

  private static func denial(_ need: Route.Need, _ grant: Grant, hasTokens: Bool) -> QualityError? {
    switch need {
    case .nothing: return nil
    case .token: return grant.isKnown ? nil : unauthorized
    case .reading:
      if !grant.isKnown { return unauthorized }
      return grant.read.isEmpty ? QualityError("forbidden", "the token may read no collection") : nil
    case .writing:
      if !grant.isKnown { return unauthorized }
      guard grant.write.isEmpty else { return nil }
      return QualityError(
        "forbidden", hasTokens ? "the token may write no collection" : "this server is not written to without a token",
        hint: "--tokens FILE says who may write what")
    }
  }

  private static func typeProblem(_ body: Route.RequestBody, _ head: RequestHead) -> QualityError? {
    let type = MediaType(head.fields["content-type"])
    switch body {
    case .none: return nil
    case .parameters where type != .json:
      return QualityError("unsupported-media-type", "expected a body of application/json")
    case .text where type == .form || type == .jsonLines || type == .other:
      return QualityError("unsupported-media-type", "expected a body of text/plain or application/json")
    case .records where type != .jsonLines:
      return QualityError("unsupported-media-type", "expected a body of application/x-ndjson")
    default: return nil
    }
  }

  /// Bytes of a posted form: a list of some ten thousand enterprises to be matched.
  private static let formLimit = 1 << 20

  func admit(_ head: RequestHead, _ address: String) -> HTTPServer.Admission {
    var found = examine(head)
    if case .refused = found {
    } else {
      var keys = ["address " + address]
      if case .route(_, _, let grant) = found, let name = grant.name { keys.append("token " + name) }
      if case .page(let grant) = found, let name = grant.name { keys.append("token " + name) }
      if let delay = rates.delay(keys) {
        found = .refused(
          QualityError("too-many-requests", "more requests a second than one may send", hint: "wait, and send fewer"),
          retryAfter: delay)
      }
    }
    switch found {
    case .route(let route, _, _): return .body(limit: route.bodyLimit, weight: Self.weight(head))
    case .page: return .body(limit: head.method == "POST" ? Self.formLimit : 0)
    case .refused(let error, let retryAfter, let methods):
      let id = names.next()
      var response = FaultReply.response(error, to: FaultReply.Asked(head), requestID: id)
      if let retryAfter { response.set("Retry-After", HeaderValue("\(retryAfter)")) }
      if !methods.isEmpty { response.set("Allow", HeaderValue(methods.joined(separator: ", "))) }
      if response.status == 401 {
        // Browsers ask people for a token by this; programs send it as a bearer.
        let isPage = !RouteTable.isReserved(head.target.segments)
        response.set(
          "WWW-Authenticate", isPage ? "Basic realm=\"dossier\", charset=\"UTF-8\"" : "Bearer realm=\"dossier\"")
      }
      ReplyHeaders.addCommon(&response, id: id)
      finish(
        AccessLine(
          id: id, address: address, token: nil, method: head.method, path: head.target.segments, route: "refused",
          status: response.status, bytes: response.wholeLength, seconds: 0))
      return .refused(response)
    }
  }

  /// Usual requests that a request is worth by what its head asks for: many hits, many letters.
  private static func weight(_ head: RequestHead) -> Double {
    var weight = 1.0
    for item in head.target.items {
      if item.name == "limit" { weight = max(weight, Double(Int(item.value) ?? 0) / usualHits) }
      weight += Double(item.value.utf8.count / usualText)
    }
    return weight
  }

  /// Hits of a page, and bytes of a query, up to which a request is usual.
  private static let usualHits = 100.0
  private static let usualText = 512

  func refused(_ problem: RequestProblem, _ request: RefusedRequest) -> Response {
    let id = names.next()
    let code = problem.status == 503 ? "busy" : problem.status == 413 ? "body-too-long" : "bad-request"
    var response = FaultReply.response(
      QualityError(code, problem.detail), to: FaultReply.Asked(request), requestID: id, status: problem.status)
    ReplyHeaders.addCommon(&response, id: id)
    metrics.count(route: "refused", status: problem.status, seconds: 0, bytes: response.wholeLength)
    return response
  }

  // MARK: Answering

  /// Answers a request: at once or, where that takes long or changes an index, on the threads for long work.
  func answer(_ request: Request) -> Response {
    let id = names.next()
    let began = ContinuousClock.now
    var expiry: ContinuousClock.Instant?
    if let response = respond(request, id, began, isQuick: true, &expiry) { return response }
    return .later(until: expiry) { [self] in
      var expiry: ContinuousClock.Instant?
      return
        respond(request, id, began, isQuick: false, &expiry)
        ?? FaultReply.response(
          QualityError("deadline", "the time allowed ran out"), to: FaultReply.Asked(request.head), requestID: id)
    }
  }

  /// The response; nil when it takes longer than what is quick: then `expiry` is the time that the request allows it.
  private func respond(
    _ request: Request, _ id: String, _ began: ContinuousClock.Instant, isQuick: Bool,
    _ expiry: inout ContinuousClock.Instant?
  ) -> Response? {
    metrics.change { $0.running += 1 }
    defer { metrics.change { $0.running -= 1 } }
    let made: Answered
    do throws(QualityError) {
      guard let found = try answered(request, id, isQuick: isQuick, &expiry) else { return nil }
      made = found
    } catch {
      made = Answered(
        name: "refused", token: nil,
        response: FaultReply.response(error, to: FaultReply.Asked(request.head), requestID: id))
      note(error, id)
    }
    return completed(made, request, id, began)
  }

  /// An answer with the fields that all have; notes it in figures and log.
  func completed(
    _ made: Answered, _ request: Request, _ id: String, _ began: ContinuousClock.Instant
  ) -> Response {
    var response = made.response
    response.note = made.note
    ReplyHeaders.addCommon(&response, id: id)
    let seconds = (ContinuousClock.now - began).inMilliseconds / 1e3
    response.set("Server-Timing", HeaderValue("total;dur=\(Self.rounded(seconds * 1e3))"))
    finish(
      AccessLine(
        id: id, address: request.address, token: made.token, method: request.head.method,
        path: request.head.target.segments, route: made.name, status: response.status,
        bytes: response.wholeLength, seconds: seconds))
    return response
  }

  struct Answered {
    var name: String
    var token: String?
    var response: Response
    /// Its line of the audit trail, where that is still to be written.
    var note: (@Sendable (Bool) -> Bool)?
  }

  private func answered(
    _ request: Request, _ id: String, isQuick: Bool, _ expiry: inout ContinuousClock.Instant?
  ) throws(QualityError) -> Answered? {
    switch examine(request.head) {
    case .refused(let error, _, _): throw error
    case .page(let grant):
      let response: Response
      do throws(QualityError) {
        response = try limited(request, isQuick: isQuick, longest: ServiceLimits.pageMilliseconds) {
          () throws(QualityError) in
          try PageService(self, page).response(request, grant, requestID: id)
        }
      } catch {
        if isQuick, error.code == "deadline" { return nil }
        note(error, id)
        response = FaultReply.response(error, to: FaultReply.Asked(request.head), requestID: id)
      }
      return Answered(
        name: "page", token: grant.name, response: response, note: visit(request, grant, id, response))
    case .route(let route, let path, let grant):
      if isQuick, route.isLong { return nil }
      var exchange: Exchange?
      var total: Int?
      var response: Response
      do throws(QualityError) {
        let values = try Self.values(route, path, request)
        let made = Exchange(self, request, grant, values, id: id, isQuick: isQuick)
        exchange = made
        expiry = made.expiry
        if !isQuick, !route.isLong, made.isLate {
          throw QualityError(
            "deadline", "the time allowed ran out while the request waited", hint: "send it again later")
        }
        var reply = try kept(route, made) { () throws(QualityError) in
          try limited(request, isQuick: isQuick) { () throws(QualityError) in try route.handler(made) }
        }
        total = reply.total
        if reply.isLasting { Self.addTag(&reply, route, made) }
        if reply.isPartial { metrics.change { $0.partial += 1 } }
        response = reply.response
      } catch {
        if isQuick, error.code == "deadline" { return nil }
        note(error, id)
        response = ProblemReply.response(error, requestID: id)
      }
      let note = try record(route, exchange, grant, request, id, response.status, total)
      return Answered(name: route.name, token: grant.name, response: response, note: note)
    }
  }

  /// The answer that was given to the same request before, of the same commits, else the one of `body`.
  private func kept(
    _ route: Route, _ exchange: Exchange, _ body: () throws(QualityError) -> RouteReply
  ) throws(QualityError) -> RouteReply {
    guard route.isKept, exchange.request.body.count <= AnswerCache.longest else { return try body() }
    // The commits that are asked are part of the tag.
    _ = try exchange.index()
    let tag = Self.tag(route, exchange)
    noteRehearsal(route, exchange)
    if let known = answers.answer(tag) {
      metrics.change { $0.knownByWorkers += 1 }
      if known.hasNext { exchange.noteNext() }
      return known.reply
    }
    let reply = try body()
    if reply.isLasting, reply.response.status == 200 {
      answers.keep(
        AnswerCache.Answer(response: reply.response, total: reply.total, hasNext: exchange.hasNext), tag)
    }
    return reply
  }

  /// Has a request asked again of the next commit before that is shown.
  private func noteRehearsal(_ route: Route, _ exchange: Exchange) {
    if let choice = exchange.askedChoice, let rehearsal = rehearsal(route, exchange) {
      collections.note(rehearsal, choice)
    }
  }

  /// What is asked again of the next commit, for a request; nil for those that are not.
  func rehearsal(_ route: Route, _ exchange: Exchange) -> OpenCollections.Rehearsal? {
    guard exchange.values.text("cursor") == nil, exchange.request.body.count <= ServiceLimits.longestRehearsal else {
      return nil
    }
    let (request, grant, values, id) = (exchange.request, exchange.grant, exchange.values, exchange.id)
    return OpenCollections.Rehearsal(key: route.name + " " + values.canonical) { [weak self] index, choice in
      guard let self else { return }
      let exchange = Exchange(
        self, request.again(), grant, values, id: id, isQuick: false, chosen: (index, choice))
      _ = try? kept(route, exchange) { () throws(QualityError) in try route.handler(exchange) }
    }
  }

  /// Runs what answers a request, bounded by time and by its client's being there.
  ///
  /// Quick work is given up after half a second, or after some milliseconds while others wait, to be done again on the
  /// threads for long work. There, searches are cut at their own time and say so; what cannot be cut ends with `deadline`.
  func limited<Reply>(
    _ request: Request, isQuick: Bool, longest: Int = ServiceLimits.longestJobMilliseconds,
    _ body: () throws(QualityError) -> Reply
  ) throws(QualityError) -> Reply {
    let began = ContinuousClock.now
    let milliseconds = isQuick ? ServiceLimits.quickMilliseconds : longest
    let cancellation = request.cancellation
    let server = isQuick ? server.withLock { $0 } : nil
    let crowded = ThreadTime.now + .milliseconds(ServiceLimits.crowdedMilliseconds)
    let limit = WorkLimit(deadline: began + .milliseconds(milliseconds)) {
      cancellation.isCancelled || (server?.isCrowded ?? false && ThreadTime.now >= crowded)
    }
    let result = WorkLimit.$current.withValue(limit) { () -> Result<Reply, QualityError> in
      do throws(QualityError) { return .success(try body()) } catch { return .failure(error) }
    }
    switch result {
    case .success(let reply): return reply
    case .failure(let error):
      guard error.code == "cancelled" else { throw error }
      // Given up for those who wait, not for a client that has gone.
      if isQuick, !cancellation.isCancelled { throw QualityError("deadline", "others wait", exitCode: .partial) }
      metrics.change { $0.cancelled += 1 }
      throw error
    }
  }

  static func values(
    _ route: Route, _ path: [String: String], _ request: Request
  ) throws(QualityError) -> ParameterValues {
    guard case .parameters = route.body else {
      return try ParameterValues(request.head.target.items, path: path, route.parameters)
    }
    guard request.head.target.items.isEmpty else {
      throw QualityError(
        "unknown-parameter", "parameters of a POST are the members of its body", hint: #"{"q": "lead paint"}"#)
    }
    return try ParameterValues(body: request.body, path: path, route.parameters)
  }

  /// Adds the validator of an answer, and leaves the body out where the client has it.
  static func addTag(_ reply: inout RouteReply, _ route: Route, _ exchange: Exchange) {
    let tag = tag(route, exchange)
    reply.response.set("ETag", HeaderValue(tag))
    reply.response.set("Vary", "Authorization")
    guard route.method == .get, ReplyHeaders.matches(exchange.request.head.fields["if-none-match"], tag) else { return }
    reply.response.status = 304
    reply.response.body = .bytes([])
  }

  static func tag(_ route: Route, _ exchange: Exchange) -> String {
    let grant = exchange.grant
    return ReplyHeaders.tag([
      exchange.askedIndex?.identity ?? "", route.name, exchange.values.canonical,
      grant.read.joined(separator: ","), grant.kinds?.joined(separator: ",") ?? "*", "json", ServiceClock.today(),
      route.body.isParameters ? "" : String(decoding: exchange.request.body, as: UTF8.self),
    ])
  }

  // MARK: What is kept

  private static func rounded(_ milliseconds: Double) -> Double { (milliseconds * 1_000).rounded() / 1_000 }

  /// Errors of the server's own are told to its log, whole; clients are told less.
  private func note(_ error: QualityError, _ id: String) {
    guard error.exitCode == .index || error.exitCode == .inputOutput else { return }
    var object = JSONObject()
    object.append("time", .string(ServiceClock.stamp()))
    object.append("id", .string(id))
    object.append("error", .string(error.code))
    object.append("message", .string(error.message))
    options.log(AccessLine.escaped(object.text()))
  }

  private func finish(_ line: AccessLine) {
    metrics.count(route: line.route, status: line.status, seconds: line.seconds, bytes: line.bytes)
    options.log(line.text)
  }

  /// Told by whoever writes the log that a line could not be written.
  public func noteLostLogLine() { metrics.change { $0.lostLogLines += 1 } }

  var connectionFigures: HTTPServer.Statistics { server.withLock { $0 }?.statistics ?? HTTPServer.Statistics() }
}

extension Response {
  /// Bytes of a body that is whole.
  var wholeLength: Int {
    if case .bytes(let bytes) = body { return bytes.count }
    return 0
  }
}

extension Route.RequestBody {
  var isParameters: Bool {
    if case .parameters = self { return true }
    return false
  }
}
