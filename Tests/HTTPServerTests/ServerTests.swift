#if os(Linux)
  import Dispatch
  import Glibc
  import Synchronization
  import Testing

  @testable import HTTPServer

  @Suite("The server on the loopback", .serialized)
  struct ServerTests {
    final class Numbers: BodyStream {
      private let next_ = Atomic<Int>(0)
      let count: Int

      init(count: Int) { self.count = count }

      func next() throws -> [UInt8]? {
        let number = next_.wrappingAdd(1, ordering: .relaxed).oldValue
        return number < count ? Array("line \(number)\n".utf8) : nil
      }
    }

    /// Runs `body` against a server that echoes, streams and waits.
    static func serving(
      _ change: (inout ServerOptions) -> Void = { _ in }, _ body: (UInt16, HTTPServer) throws -> Void
    ) throws {
      var options = ServerOptions()
      options.stopSeconds = 1
      change(&options)
      let server = try HTTPServer(
        host: "127.0.0.1", port: 0, options: options,
        gate: { head, _ in
          head.target.segments.first == "refused"
            ? .refused(Response.text(403, "no\n")) : .body(limit: head.target.segments.first == "small" ? 4 : 1 << 20)
        }
      ) { request in
        switch request.head.target.segments.first {
        case "stream": return Response(200, body: .stream(Numbers(count: 1_000)))
        case "later":
          return .later {
            for _ in 0..<60 where !request.cancellation.isCancelled { usleepBriefly() }
            return Response.text(200, "later\n")
          }
        case "slow":
          for _ in 0..<60 where !request.cancellation.isCancelled { usleepBriefly() }
          return Response.text(200, "slow\n")
        default: return Response.text(200, "\(request.head.method) \(request.head.rawTarget) \(request.body.count)\n")
        }
      }
      let done = start(server)
      defer {
        server.stop()
        done.wait()
      }
      try body(server.port, server)
    }

    /// Runs a server on a thread of its own; what is given back is signalled when it has ended.
    private static func start(_ server: HTTPServer) -> DispatchSemaphore {
      let done = DispatchSemaphore(value: 0)
      DispatchQueue(label: "server").async {
        server.run()
        done.signal()
      }
      return done
    }

    private static func usleepBriefly() {
      let pause = DispatchSemaphore(value: 0)
      _ = pause.wait(timeout: .now() + .milliseconds(5))
    }

    @Test("requests of a connection are answered in order, however they come")
    func pipelined() throws {
      try Self.serving { port, _ in
        let client = try #require(LoopbackClient(port: port))
        let post = "POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
        client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n" + post + "HEAD /c HTTP/1.1\r\nHost: a\r\n\r\n")
        client.send("GET /d HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        let answer = client.receive()
        let places = ["GET /a 0", "POST /b 3", "GET /d 0"].map { answer.range(of: $0) }
        #expect(places.allSatisfy { $0 != nil })
        #expect(!answer.contains("HEAD /c 0\n"), "HEAD has no body")
        #expect(answer.components("HTTP/1.1 200 OK") == 4)
        #expect(answer.hasSuffix("GET /d 0\n"))
      }
    }

    @Test(
      "what can be answered at once is, without a worker; of what is sent in a row the last alone, and no long bodies")
    func ready() throws {
      let held = DispatchSemaphore(value: 0)
      var options = ServerOptions()
      options.stopSeconds = 1
      (options.workers, options.usualWorkers) = (1, 0)
      let server = try HTTPServer(
        host: "127.0.0.1", port: 0, options: options,
        ready: { $0.head.rawTarget.hasPrefix("/known") ? Response.text(200, "at once \($0.head.rawTarget)\n") : nil }
      ) { request in
        if request.head.rawTarget == "/held" { held.wait() }
        return Response.text(200, "worked \(request.head.rawTarget)\n")
      }
      let done = Self.start(server)
      defer {
        server.stop()
        done.wait()
      }
      let slow = try #require(LoopbackClient(port: server.port))
      slow.send("GET /held HTTP/1.1\r\nHost: a\r\n\r\n")
      // The one worker is taken: who waits for it waits.
      let client = try #require(LoopbackClient(port: server.port))
      for number in 0..<3 {
        client.send("GET /known\(number) HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(client.receive(until: "/known\(number)\n").hasSuffix("at once /known\(number)\n"))
      }
      held.signal()
      #expect(slow.receive(until: "/held\n").contains("worked"))
      let body = String(repeating: "x", count: 4_096)
      client.send("POST /known HTTP/1.1\r\nHost: a\r\nContent-Length: 4096\r\n\r\n\(body)")
      #expect(client.receive(until: "/known\n").hasSuffix("worked /known\n"))
      client.send(
        (0..<3).map { "GET /known\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined()
          + "GET /known3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
      let answers = client.receive().split { $0.isNewline }.filter { $0.contains("/known") }
      #expect(answers == ["worked /known0", "worked /known1", "worked /known2", "at once /known3"])
      #expect(server.statistics.requests == 9)
    }

    @Test(
      "what is to be written down is, before the answer goes out, whoever has to do it, and for clients that have gone")
    func notes() throws {
      /// What notes did: by the loop, or by a worker that may wait.
      let seen = Mutex<[String]>([])
      let isBusy = Mutex(false)
      let held = DispatchSemaphore(value: 0)
      let server = try HTTPServer(host: "127.0.0.1", port: 0) { request in
        let target = request.head.rawTarget
        if target == "/held" { held.wait() }
        var response = Response.text(200, "\(target)\n")
        response.note = { mayWait in
          if !mayWait, isBusy.withLock({ $0 }) { return false }
          seen.withLock { $0.append("\(target) \(mayWait)") }
          return true
        }
        return response
      }
      let done = Self.start(server)
      let client = try #require(LoopbackClient(port: server.port))
      for (target, busy) in [("/a", false), ("/b", true), ("/c", false)] {
        isBusy.withLock { $0 = busy }
        client.send("GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(client.receive(until: "\(target)\n").hasSuffix("\(target)\n"))
        #expect(seen.withLock { $0.last } == "\(target) \(busy)")
      }
      // It asks, and is gone before it is answered.
      do {
        let other = try #require(LoopbackClient(port: server.port))
        other.send("GET /held HTTP/1.1\r\nHost: a\r\n\r\n")
        for _ in 0..<1_000 where server.statistics.requests < 4 { Self.usleepBriefly() }
      }
      held.signal()
      server.stop()
      done.wait()
      for _ in 0..<1_000 where seen.withLock({ $0.count }) < 4 { Self.usleepBriefly() }
      #expect(
        seen.withLock { $0 } == ["/a false", "/b true", "/c false", "/held false"]
          || seen.withLock { $0.last } == "/held true")
      #expect(seen.withLock { $0.count } == 4)
    }

    @Test("long work waits for itself alone, and is refused where too much of it waits")
    func later() throws {
      try Self.serving {
        $0.workers = 1
        $0.usualWorkers = 0
        $0.longWorkers = 1
        $0.longQueue = 1
      } _: { port, _ in
        let long = try (0..<4).map { _ in try #require(LoopbackClient(port: port)) }
        for client in long { client.send("GET /later HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n") }
        let quick = try #require(LoopbackClient(port: port))
        quick.send("GET /d HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(quick.receive(until: "GET /d 0\n").contains("200 OK"))
        let answers = long.map { $0.receive() }
        let done = answers.count { $0.hasSuffix("later\n") }
        let refused = answers.count { $0.contains("503") && $0.contains("Retry-After: 1\r\n") }
        #expect((1...3).contains(done) && done + refused == 4, "\(done) \(refused)")
      }
    }

    @Test("who waits for the threads of long work longer than it is worth is answered then, not when they are free")
    func expiring() throws {
      let held = DispatchSemaphore(value: 0)
      let begun = DispatchSemaphore(value: 0)
      var options = ServerOptions()
      options.longWorkers = 1
      options.stopSeconds = 1
      let server = try HTTPServer(host: "127.0.0.1", port: 0, options: options) { request in
        if request.head.target.segments.first == "holds" {
          return .later {
            begun.signal()
            held.wait()
            return Response.text(200, "held\n")
          }
        }
        let expiry = request.arrival + .milliseconds(150)
        return .later(until: expiry) { Response.text(ContinuousClock.now >= expiry ? 503 : 200, "waited\n") }
      }
      let done = Self.start(server)
      defer {
        server.stop()
        done.wait()
      }
      let first = try #require(LoopbackClient(port: server.port))
      first.send("GET /holds HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
      begun.wait()
      let others = try (0..<5).map { _ in try #require(LoopbackClient(port: server.port)) }
      let began = ContinuousClock.now
      for other in others { other.send("GET /waits HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n") }
      let answers = others.map { $0.receive() }
      let took = ContinuousClock.now - began
      // The one thread of long work is held until now.
      #expect(answers.allSatisfy { $0.contains("503") && $0.hasSuffix("waited\n") })
      #expect(took >= .milliseconds(100), "\(took)")
      held.signal()
      #expect(first.receive().hasSuffix("held\n"))
    }

    @Test("a client that sends no more is answered, all of its requests, and costs no processor time meanwhile")
    func halfClosed() throws {
      try Self.serving { port, _ in
        let client = try #require(LoopbackClient(port: port))
        client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\nGET /d HTTP/1.1\r\nHost: a\r\n\r\n")
        client.endSending()
        let before = Self.processorSeconds()
        let answer = client.receive()
        let spent = Self.processorSeconds() - before
        #expect(answer.contains("slow\n") && answer.hasSuffix("GET /d 0\n"))
        // A loop that is told of the end again and again would have taken all of the 0.3 s; other tests run beside this one.
        print("half-closed: \(spent) s of processor time")
      }
    }

    private static func processorSeconds() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    @Test("a stream comes in chunks and leaves the connection usable")
    func streamed() throws {
      try Self.serving { port, _ in
        let client = try #require(LoopbackClient(port: port))
        client.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n")
        let answer = client.receive(until: "\r\n0\r\n\r\n")
        #expect(answer.contains("Transfer-Encoding: chunked"))
        #expect(answer.contains("line 999\n"))
        client.send("GET /after HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(client.receive(until: "/after 0").contains("200 OK"))
        let old = try #require(LoopbackClient(port: port))
        old.send("GET /stream HTTP/1.0\r\n\r\n")
        let plain = old.receive()
        #expect(!plain.contains("chunked"))
        #expect(plain.hasSuffix("line 999\n"))
      }
    }

    @Test("bad requests are answered once and the connection ends")
    func refusals() throws {
      try Self.serving { port, _ in
        for (text, status) in [
          ("GET / HTTP/1.1\r\n\r\n", 400), ("GET / HTTP/3.0\r\nHost: a\r\n\r\n", 505),
          ("POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n", 413),
          ("POST /refused HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n", 403),
          ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\n", 413),
        ] {
          let client = try #require(LoopbackClient(port: port))
          client.send(text)
          let answer = client.receive()
          #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(text.debugDescription): \(answer)")
          #expect(answer.contains("Connection: close"))
        }
      }
    }

    @Test("Expect: 100-continue is answered before the body, and not where the request is refused")
    func expectation() throws {
      try Self.serving { port, _ in
        let client = try #require(LoopbackClient(port: port))
        client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
        #expect(client.receive(until: "\r\n\r\n").hasPrefix("HTTP/1.1 100 Continue\r\n\r\n"))
        client.send("abc")
        #expect(client.receive(until: "POST / 3").contains("200 OK"))
        let refused = try #require(LoopbackClient(port: port))
        refused.send("POST /small HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 30\r\n\r\n")
        #expect(refused.receive().hasPrefix("HTTP/1.1 413"))
      }
    }

    /// Clients that are slow in their heads, in their bodies, and between requests.
    private static func slowClients(_ port: UInt16) throws -> [LoopbackClient] {
      let clients = try (0..<3).map { _ in try #require(LoopbackClient(port: port)) }
      clients[0].send("GET / HT")
      clients[1].send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nabc")
      return clients
    }

    @Test("E1: slow heads and slow bodies are cut, none before its time; idle connections, too")
    func slow() throws {
      let limits: (inout ServerOptions) -> Void = {
        $0.headSeconds = 0.6
        $0.idleSeconds = 0.6
        $0.bodySeconds = 1.2
      }
      try Self.serving(limits) { port, _ in
        let start = ContinuousClock.now
        let clients = try Self.slowClients(port)
        // How long after its time one is cut is the machine's affair; the scripts measure it.
        #expect(clients[0].receive().hasPrefix("HTTP/1.1 408"))
        #expect(ContinuousClock.now - start >= .milliseconds(600))
        #expect(clients[1].receive().hasPrefix("HTTP/1.1 408"))
        #expect(ContinuousClock.now - start >= .seconds(1))
        #expect(clients[2].receive() == "")
      }
    }

    @Test("E1: while slow clients are waited for, others are served")
    func besideSlowClients() throws {
      let limits: (inout ServerOptions) -> Void = {
        $0.headSeconds = 600
        $0.idleSeconds = 600
        $0.bodySeconds = 600
        $0.bodyRate = 0
      }
      try Self.serving(limits) { port, server in
        let clients = try Self.slowClients(port)
        let good = try #require(LoopbackClient(port: port))
        good.send("GET /good HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(good.receive(until: "/good 0").contains("200 OK"))
        #expect(server.statistics.connections == clients.count + 1)
        withExtendedLifetime(clients) {}
      }
    }

    @Test("one address has its share of connections; a full queue is 503 with Retry-After")
    func shares() throws {
      try Self.serving({
        $0.connectionsPerAddress = 3
        $0.workers = 1
        $0.usualWorkers = 0
        $0.queue = 1
      }) { port, server in
        var clients = (0..<3).compactMap { _ in LoopbackClient(port: port) }
        for client in clients { client.send("GET /slow HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n") }
        let answers = clients.map { $0.receive() }
        let refusals = answers.filter { $0.hasPrefix("HTTP/1.1 503") && $0.contains("Retry-After: 1") }.count
        // The worker may have taken the first request before the second came, or not.
        #expect((1...2).contains(refusals))
        clients = []
        for _ in 0..<20_000 where server.statistics.connections > 0 { Self.usleepBriefly() }
        #expect(server.statistics.connections == 0)
        let held = (0..<3).compactMap { _ in LoopbackClient(port: port) }
        // One after the other: the second of two at once may be one too many for the queue.
        for client in held {
          client.send("GET /held HTTP/1.1\r\nHost: a\r\n\r\n")
          #expect(client.receive(until: "/held").contains("200 OK"))
        }
        let refused = try #require(LoopbackClient(port: port))
        #expect(refused.receive().hasPrefix("HTTP/1.1 503"))
        #expect(server.statistics.refused >= 1)
        withExtendedLifetime(held) {}
      }
    }

    @Test("a request under way is answered when the server stops")
    func stops() throws {
      var answer = ""
      try Self.serving { port, server in
        let client = try #require(LoopbackClient(port: port))
        client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
        // Under way is what has been read: a busy machine may take its time for that.
        for _ in 0..<2_000 where server.statistics.requests == 0 { Self.usleepBriefly() }
        server.stop()
        answer = client.receive()
      }
      #expect(answer.contains("slow\n"))
      #expect(answer.contains("Connection: close"))
    }

    @Test("no header value can hold a line end")
    func headerValues() {
      #expect(HeaderValue("a\r\nSet-Cookie: b").description == "a??Set-Cookie: b")
      #expect(ResponseEncoder.date(784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT")
    }
  }

  extension String {
    fileprivate func range(of text: String) -> Int? {
      let all = Array(utf8)
      let part = Array(text.utf8)
      guard all.count >= part.count else { return nil }
      return (0...(all.count - part.count)).first { all[$0..<($0 + part.count)].elementsEqual(part) }
    }

    fileprivate func components(_ mark: String) -> Int {
      var count = 0
      var rest = Array(utf8)[...]
      let part = Array(mark.utf8)
      while rest.count >= part.count {
        if rest.starts(with: part) { count += 1 }
        rest = rest.dropFirst()
      }
      return count
    }
  }
#endif
