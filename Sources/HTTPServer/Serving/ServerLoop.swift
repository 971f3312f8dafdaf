#if os(Linux)
  import Glibc
  import Synchronization

  /// The loop of one ``HTTPServer``: everything that touches a connection happens here.
  struct ServerLoop {
    private let server: HTTPServer
    private let options: ServerOptions
    private var connections: [UInt64: Connection] = [:]
    private var perAddress: [String: Int] = [:]
    private var nextToken: UInt64 = 1
    private var requestNumber: UInt64 = 0
    private var stopDeadline: Double?
    private var listensAgain: Double?
    private var lastSweep = 0.0
    private var costs = ExpectedCost()
    /// Whether a request has taken much since memory was last given back.
    private var hasSpent = false
    /// Completions that are done with.
    private var spent: [HTTPServer.Completion] = []
    private var lastGivenBack = 0.0
    private var date = (second: -1, text: "")
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)

    private static let listenerToken: UInt64 = 0
    /// Milliseconds between two looks at all deadlines: how late a slow client may be cut.
    private static let sweepMilliseconds: Int32 = 250
    /// What a refused client may still send before it is cut off: it would lose the answer otherwise.
    private static let drainBytes = 64 << 10
    private static let drainSeconds = 1.0
    /// How long work goes on for a client that sends no more: one that has gone looks the same as one that waits.
    private static let halfClosedSeconds = 1.0
    /// Bytes of a body that are as good as a usual request.
    private static let usualBody = 1_024.0
    /// Seconds of the processor's time from which a request may have left memory behind that is worth giving back, and how
    /// often that is done at most.
    private static let muchSeconds = 0.05
    private static let givingBackSeconds = 10.0
    /// Bytes of a body up to which a request may be answered at once: it is read for that. Of those that a client sends in a row,
    /// without waiting, the last alone may be, so that others have their turns.
    private static let readyBytes = 2_048
    /// Reads of one connection in a turn, so that others have theirs.
    private static let readsATurn = 4

    init(_ server: HTTPServer) {
      self.server = server
      options = server.options
    }

    mutating func run() {
      defer { buffer.deallocate() }
      server.events.add(server.socket.descriptor, Self.listenerToken, reads: true, writes: false)
      while true {
        for event in server.events.wait(milliseconds: milliseconds(until: server.longPool.nextExpiry)) {
          switch event.token {
          case EventQueue.wakeToken: break
          case Self.listenerToken: accept()
          default: handle(event)
          }
        }
        takeCompletions()
        let now = Self.now()
        answerExpired(now)
        if now - lastSweep >= Double(Self.sweepMilliseconds) / 1_000 { sweep(now) }
        if server.isStopping, stopDeadline == nil { beginStop(now) }
        if let stopDeadline, connections.isEmpty || now >= stopDeadline {
          for connection in Array(connections.values) { close(connection) }
          return
        }
      }
    }

    /// How long to wait for events: no longer than until the next look at deadlines, or at work that expires.
    private func milliseconds(until expiry: Double) -> Int32 {
      guard expiry.isFinite else { return Self.sweepMilliseconds }
      let left = (expiry - Self.now()) * 1_000
      return min(Self.sweepMilliseconds, Int32(max(0, min(left.rounded(.up), Double(Self.sweepMilliseconds)))))
    }

    /// Has those told that wait for long work whose time is over: they wait no longer than they asked to.
    private func answerExpired(_ now: Double) {
      for entry in server.longPool.takeExpired(at: now) {
        _ = server.pool.submit(begun: entry.job, turn: now, isUsual: true)
      }
    }

    static func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_MONOTONIC, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    // MARK: Connections

    private mutating func accept() {
      guard stopDeadline == nil else { return }
      while true {
        switch server.socket.take() {
        case .none: return
        case .exhausted:
          // Looked at again soon, rather than at once and for ever.
          server.count { $0.refused += 1 }
          server.events.change(server.socket.descriptor, Self.listenerToken, reads: false, writes: false)
          listensAgain = Self.now() + 0.1
          return
        case .connection(let descriptor, let address):
          guard connections.count < options.connections,
            perAddress[address, default: 0] < options.connectionsPerAddress
          else {
            server.count { $0.refused += 1 }
            refuse(descriptor)
            continue
          }
          let token = nextToken
          nextToken += 1
          connections[token] = Connection(
            descriptor, token: token, address: address, limits: options.limits,
            deadline: Self.now() + options.headSeconds)
          perAddress[address, default: 0] += 1
          server.events.add(descriptor, token, reads: true, writes: false)
          server.count {
            $0.accepted += 1
            $0.connections += 1
          }
        }
      }
    }

    /// One line, and no more, for a client that there is no room for.
    private mutating func refuse(_ descriptor: Int32) {
      var response = server.refusal(RequestProblem(503, "too many connections"), RefusedRequest())
      response.set("Retry-After", "1")
      let bytes = ResponseEncoder.head(response, of: nil, closes: true, date: dateText())
      _ = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      Glibc.close(descriptor)
    }

    private mutating func close(_ connection: Connection) {
      connection.cancellation.cancel()
      guard connections.removeValue(forKey: connection.token) != nil else { return }
      server.events.remove(connection.descriptor)
      let left = perAddress[connection.address, default: 1] - 1
      perAddress[connection.address] = left > 0 ? left : nil
      server.count { $0.connections -= 1 }
    }

    private mutating func beginStop(_ now: Double) {
      stopDeadline = now + options.stopSeconds
      server.events.remove(server.socket.descriptor)
      for connection in Array(connections.values) {
        switch connection.phase {
        case .answering, .writing: connection.closesAfterWriting = true
        case .head where !connection.parser.isInside: close(connection)
        default: break
        }
      }
    }

    private mutating func sweep(_ now: Double) {
      lastSweep = now
      if hasSpent, now - lastGivenBack >= Self.givingBackSeconds, stopDeadline == nil {
        hasSpent = false
        lastGivenBack = now
        _ = server.pool.submit(begun: { Allocator.giveBack() }, turn: now)
      }
      if let time = listensAgain, now >= time, stopDeadline == nil {
        listensAgain = nil
        server.events.change(server.socket.descriptor, Self.listenerToken, reads: true, writes: false)
      }
      for connection in Array(connections.values) {
        if connection.phase == .answering {
          if let time = connection.halfClosed, now - time >= Self.halfClosedSeconds { connection.cancellation.cancel() }
          continue
        }
        if connection.phase == .body, let began = connection.began {
          let seconds = now - began
          if seconds > 1, Double(connection.bodyBytes) < options.bodyRate * (seconds - 1) {
            fail(connection, RequestProblem(408, "the body comes too slowly"))
            continue
          }
        }
        guard now >= connection.deadline else { continue }
        switch connection.phase {
        case .head where connection.parser.isInside:
          fail(connection, RequestProblem(408, "the head did not come in \(Int(options.headSeconds)) seconds"))
        case .body:
          fail(connection, RequestProblem(408, "the body did not come in \(Int(options.bodySeconds)) seconds"))
        default: close(connection)
        }
      }
    }

    // MARK: Reading

    private mutating func handle(_ event: EventQueue.Event) {
      guard let connection = connections[event.token] else { return }
      if event.isWritable {
        write(connection)
        advance(connection)
      }
      guard connections[event.token] != nil else { return }
      if event.isReadable || event.isClosed || event.isHalfClosed { read(connection, event) }
    }

    private mutating func read(_ connection: Connection, _ event: EventQueue.Event) {
      switch connection.phase {
      case .answering, .writing:
        // Nothing is read; but a client that has gone need not be worked for. Its end is told again and again while the
        // descriptor is waited on: it is not, and the connection closes with the worker's answer.
        if event.isHalfClosed, connection.halfClosed == nil {
          // Some clients say so that the request is all. For a moment they are believed; see ``sweep(_:)``.
          connection.halfClosed = Self.now()
          setInterest(connection, connection.interest.reads, connection.interest.writes, always: true)
        }
        if event.isClosed {
          connection.cancellation.cancel()
          connection.clientIsGone = true
          if connection.phase == .writing { close(connection) } else { server.events.remove(connection.descriptor) }
        }
        return
      case .draining:
        guard let bytes = connection.receive(buffer) else { return }
        connection.drained += bytes.count
        if bytes.isEmpty || connection.drained > Self.drainBytes { close(connection) }
        return
      case .head, .body: break
      }
      for _ in 0..<Self.readsATurn {
        guard let bytes = connection.receive(buffer) else { break }
        if bytes.isEmpty {
          connection.inputEnded = true
          close(connection)
          return
        }
        if connection.phase == .head, connection.began == nil {
          connection.began = Self.now()
          connection.deadline = Self.now() + options.headSeconds
        }
        connection.parser.append(bytes)
        if connection.phase == .body { connection.bodyBytes += bytes.count }
        advance(connection)
        guard connections[connection.token] != nil, connection.phase == .head || connection.phase == .body else {
          return
        }
      }
    }

    /// Goes on with what was read.
    private mutating func advance(_ connection: Connection) {
      while connections[connection.token] != nil, connection.phase == .head || connection.phase == .body {
        guard let event = connection.parser.next() else { return }
        switch event {
        case .problem(let problem): fail(connection, problem)
        case .head(let head): begin(connection, head)
        case .body(let bytes): connection.body += bytes
        case .end: submit(connection)
        }
      }
    }

    private mutating func begin(_ connection: Connection, _ head: RequestHead) {
      connection.head = head
      connection.requestCount += 1
      connection.phase = .body
      connection.began = Self.now()
      connection.bodyBytes = 0
      connection.deadline = Self.now() + options.bodySeconds
      switch server.gate(head, connection.address) {
      case .refused(let response):
        // The body is not read: the connection cannot go on behind it.
        let hasBody = head.framing != .none && head.framing != .length(0)
        respond(connection, response, closes: hasBody)
      case .body(let limit, let weight):
        connection.weight = weight
        connection.parser.bodyLimit = limit
        if let problem = connection.parser.lengthProblem(head) { return fail(connection, problem) }
        if head.expectsContinue, !connection.parser.hasPending {
          connection.send(ResponseEncoder.continueLine)
          if connection.flush() == .failed { close(connection) }
        }
      }
    }

    private mutating func submit(_ connection: Connection) {
      guard let head = connection.head else { return }
      requestNumber += 1
      connection.cancellation = Cancellation()
      let request = Request(
        head: head, body: connection.body, address: connection.address, number: requestNumber,
        cancellation: connection.cancellation, arrival: .now)
      connection.body = []
      connection.phase = .answering
      server.count { $0.requests += 1 }
      if request.body.count <= Self.readyBytes, !connection.parser.hasPending, let response = server.ready?(request) {
        return respond(connection, response, closes: false)
      }
      let token = connection.token
      let server = server
      setInterest(connection, false, false)
      // What is long to read is long to answer.
      let weight = connection.weight + Double(request.body.count) / Self.usualBody
      let (turn, isCheap) = costs.turn(at: Self.now(), own: connection.cost, weight: weight)
      // Where little else is under way nobody has to be spared: it has a thread of the loop's priority, whatever it costs.
      let isUsual = isCheap || server.pool.isQuiet && server.longPool.isQuiet
      let outcome = server.pool.submit(
        WorkQueue.Entry(turn: turn, isUsual: isUsual, token: token) {
          let began = ThreadTime.now
          let response = server.handler(request)
          server.complete(
            HTTPServer.Completion(token: token, response: response, cost: (ThreadTime.now - began).seconds))
        })
      refuse(outcome, connection)
    }

    /// Tells whoever there was no room for.
    private mutating func refuse(_ outcome: WorkQueue.Outcome, _ connection: Connection) {
      switch outcome {
      case .taken: break
      case .full: respondBusy(connection)
      case .displaced(let other):
        guard let other = connections[other] else { break }
        respondBusy(other)
        advance(other)
      }
    }

    // MARK: Answering

    private mutating func takeCompletions() {
      guard let done = server.takeCompletions() else { return }
      for completion in done {
        if let note = completion.response?.note, !note(false) {
          passOn(note, completion)
          continue
        }
        guard let connection = connections[completion.token] else { continue }
        if connection.clientIsGone {
          close(connection)
          continue
        }
        if let response = completion.response {
          let expected = connection.cost
          connection.cost = costs.note(completion.cost, own: expected)
          hasSpent = hasSpent || completion.cost >= Self.muchSeconds
          if let work = response.later {
            continueLater(connection, work, until: response.laterExpiry, expected: expected)
          } else {
            respond(connection, response, closes: false)
          }
        } else if let piece = completion.piece {
          take(connection, piece)
        }
        // A next request may have come with the one that is answered.
        advance(connection)
      }
      spent += done
      if !spent.isEmpty, server.dispose(of: spent) { spent = [] }
    }

    /// Hands long work to its threads. Of those who wait for them, too, who asks for little as a rule is answered before who
    /// asks for much: `expected` is what the request was expected to cost before it turned out to be long.
    private mutating func continueLater(
      _ connection: Connection, _ work: @escaping @Sendable () -> Response, until expiry: ContinuousClock.Instant?,
      expected: Double?
    ) {
      let token = connection.token
      let server = server
      let now = Self.now()
      let end = expiry.map { now + (ContinuousClock.now.duration(to: $0)).seconds } ?? .infinity
      let (turn, _) = costs.turn(at: now, own: expected, weight: connection.weight)
      let outcome = server.longPool.submit(
        WorkQueue.Entry(turn: turn, isUsual: false, token: token, expiry: end) {
          let began = ThreadTime.now
          let response = work()
          server.complete(
            HTTPServer.Completion(token: token, response: response, cost: (ThreadTime.now - began).seconds))
        })
      refuse(outcome, connection)
    }

    /// Has a worker write down what the loop would have to wait for; the response comes again behind it.
    private func passOn(_ note: @escaping @Sendable (Bool) -> Bool, _ completion: HTTPServer.Completion) {
      let server = server
      var noted = completion
      noted.response?.note = nil
      let again = noted
      let job: @Sendable () -> Void = {
        _ = note(true)
        server.complete(again)
      }
      if !server.pool.submit(begun: job, turn: Self.now(), isUsual: true) { job() }
    }

    private mutating func respondBusy(_ connection: Connection) {
      var response = server.refusal(RequestProblem(503, "too many requests are waiting"), refused(connection))
      response.set("Retry-After", "1")
      respond(connection, response, closes: false)
    }

    private mutating func fail(_ connection: Connection, _ problem: RequestProblem) {
      respond(connection, server.refusal(problem, refused(connection)), closes: true)
    }

    private func refused(_ connection: Connection) -> RefusedRequest {
      connection.head.map { RefusedRequest($0) } ?? connection.parser.refused ?? RefusedRequest()
    }

    private mutating func respond(_ connection: Connection, _ response: Response, closes: Bool) {
      let head = connection.head
      let isLast = connection.requestCount >= options.limits.requestsPerConnection
      let keeps = head?.keepsAlive ?? false
      var closes = closes || response.closes || isLast || !keeps || stopDeadline != nil
      connection.stream = nil
      if case .stream(let stream) = response.body, head?.method != "HEAD" {
        connection.stream = stream
        connection.streamIsChunked = head?.minorVersion ?? 1 > 0
        closes = closes || !connection.streamIsChunked
      }
      connection.closesAfterWriting = closes
      connection.phase = .writing
      connection.deadline = Self.now() + options.writeSeconds
      connection.send(ResponseEncoder.head(response, of: head, closes: closes, date: dateText()))
      write(connection)
    }

    private mutating func write(_ connection: Connection) {
      guard connection.phase == .writing else { return }
      let before = connection.outputPosition
      switch connection.flush() {
      case .failed: close(connection)
      case .blocked:
        // Each byte that is taken gives time for the next.
        if connection.outputPosition > before { connection.deadline = Self.now() + options.writeSeconds }
        setInterest(connection, false, true)
      case .progress:
        if let stream = connection.stream { return pull(connection, stream) }
        finish(connection)
      }
    }

    /// Has a worker make the next piece.
    private mutating func pull(_ connection: Connection, _ stream: any BodyStream) {
      setInterest(connection, false, false)
      connection.phase = .answering
      let token = connection.token
      let server = server
      let (turn, _) = costs.turn(at: Self.now(), own: connection.cost, weight: 1)
      let job: @Sendable () -> Void = {
        do {
          server.complete(HTTPServer.Completion(token: token, piece: .success(try stream.next())))
        } catch {
          server.complete(HTTPServer.Completion(token: token, piece: .failure(ServerError("\(error)"))))
        }
      }
      if !server.pool.submit(begun: job, turn: turn) { close(connection) }
    }

    private mutating func take(_ connection: Connection, _ piece: Result<[UInt8]?, ServerError>) {
      connection.phase = .writing
      connection.deadline = Self.now() + options.writeSeconds
      switch piece {
      case .failure: return close(connection)
      case .success(nil):
        connection.stream = nil
        if connection.streamIsChunked { connection.send(ResponseEncoder.lastChunk) }
      case .success(let bytes?):
        connection.send(connection.streamIsChunked ? ResponseEncoder.chunk(bytes) : bytes)
      }
      write(connection)
    }

    /// After a whole response: the next request, or the end.
    private mutating func finish(_ connection: Connection) {
      connection.head = nil
      guard !connection.closesAfterWriting else {
        // Closed at once, what the client still sends would be answered by a reset, and the response lost.
        shutdown(connection.descriptor, Int32(SHUT_WR))
        connection.phase = .draining
        connection.deadline = Self.now() + Self.drainSeconds
        setInterest(connection, true, false)
        return
      }
      connection.phase = .head
      connection.began = nil
      connection.deadline = Self.now() + options.idleSeconds
      setInterest(connection, true, false)
      if connection.parser.hasPending {
        connection.began = Self.now()
        connection.deadline = Self.now() + options.headSeconds
      }
    }

    private func setInterest(_ connection: Connection, _ reads: Bool, _ writes: Bool, always: Bool = false) {
      guard always || connection.interest != (reads, writes) else { return }
      connection.interest = (reads, writes)
      server.events.change(
        connection.descriptor, connection.token, reads: reads, writes: writes, ends: connection.halfClosed == nil)
    }

    private mutating func dateText() -> String {
      let second = time(nil)
      if second != date.second { date = (second, ResponseEncoder.date(second)) }
      return date.text
    }
  }
#endif
