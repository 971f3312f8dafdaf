import Dispatch
import QualityRecords
import QueryService

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension Command {
  private enum Flags {
    static let listen = Flag("listen", .text("HOST:PORT"), "where to listen; default 127.0.0.1:8080")
    static let collection = Flag(
      "collection", .text("NAME=DIR"), repeats: true, "an index to serve, under a name; default: the index as 'default'"
    )
    static let tokens = Flag(
      "tokens", .file("FILE"), "who may read and write what; needed where others reach the address")
    static let perAddress = Flag("per-address", .integer("N", 1...1_000_000), "connections of one address; default 256")
    static let rate = Flag(
      "rate", .integer("N", 0...1_000_000), "requests a second of one address or token; 0: any number; default 1000")
    static let host = Flag(
      "host", .text("NAME"), repeats: true, "a name by which the server may be called, as behind a proxy")
    static let logQueries = Flag("log-queries", "keep queries in the audit trail as they were typed")
    static let quiet = Flag("quiet", "write no line for each request")
  }

  static let serve = Command(
    "serve", group: .answers, "serve the page and the interface for programs",
    flags: [
      Flags.listen, Flags.collection, Flags.tokens, StateFlags.state, Flags.perAddress, Flags.rate, Flags.host,
      Flags.logQueries, Flags.quiet,
    ],
    answersInJSON: false,
    details: [
      "Serves one index or several, each under a name, until SIGINT or SIGTERM; requests under way are answered first. Commits that other processes make are served at once, those of a large index some tenths of a second later. /openapi.json describes the interface; its bodies are the bytes that --json prints.",
      "127.0.0.1 is reached from this machine alone. Any other address needs a file of tokens, which nobody else may read (mode 0600). A token reads and writes the collections that the file names, and what others hold is in none of its answers.",
      "The server is a small parent and a worker that does the work: a worker that is killed is started again, in less than two seconds.",
      "Standard error has a line of JSON for each request. The state folder has an audit trail of who asked what; dossier audit verify checks it.",
    ],
    examples: [
      Example("dossier serve", "the page at http://127.0.0.1:8080/"),
      Example("dossier serve --listen 127.0.0.1:9000 --collection gd=gd/index --collection zj=zj/index", "two indexes"),
      Example("dossier serve --listen 0.0.0.0:8080 --tokens tokens.json --host dossier.example.org", "for others, too"),
    ],
    exitCodes: [.done, .index, .inputOutput]
  ) { invocation throws(QualityError) in
    guard Supervisor.isWorker else {
      let arguments = Array(CommandLine.arguments.dropFirst())
      let supervisor = Supervisor(program: Supervisor.ownProgram, arguments: arguments) { invocation.say($0) }
      return ExitCode(rawValue: supervisor.run()) ?? .inputOutput
    }
    Supervisor.endWithParent()
    try SampleIndex(invocation).buildIfMissing()
    let runner = ServeRunner(invocation)
    let options = try runner.options()
    let service = try QueryService(options, trail: try runner.trail(options))
    runner.lines.onLoss { service.noteLostLogLine() }
    Interrupt.listen()
    let port = try service.listen()
    let host = options.host.contains(":") ? "[\(options.host)]" : options.host
    invocation.say("listening on http://\(host):\(port)/")
    runner.stopWhenInterrupted(service)
    service.run()
    invocation.say("stopped")
    return .done
  }

  /// What the flags of serve say.
  private struct ServeRunner {
    let invocation: Invocation
    let lines: LogLines

    init(_ invocation: Invocation) {
      self.invocation = invocation
      lines = LogLines(descriptor: invocation.talk.descriptor)
    }

    func options() throws(QualityError) -> ServiceOptions {
      let arguments = invocation.arguments
      var options = ServiceOptions(collections: try collections())
      if let text = arguments.text(Flags.listen) { (options.host, options.port) = try Self.address(text) }
      if let path = arguments.text(Flags.tokens) { options.tokens = try SecretFile.text(path) }
      options.names = arguments.texts(Flags.host)
      if let count = arguments.integer(Flags.perAddress) { options.limits.connectionsPerAddress = count }
      if let rate = arguments.integer(Flags.rate) { options.limits.requestsPerSecond = rate }
      options.keepsQueries = arguments.has(Flags.logQueries)
      if !arguments.has(Flags.quiet) { options.log = { [lines] in lines.write($0) } }
      return options
    }

    private func collections() throws(QualityError) -> [MountedCollection] {
      let given = invocation.arguments.texts(Flags.collection)
      guard !given.isEmpty else {
        let paths = invocation.indexes
        return paths.enumerated().map { place, path in
          MountedCollection(
            name: paths.count == 1 ? "default" : "default\(place + 1)", path: path, isMapped: invocation.isMapped)
        }
      }
      guard invocation.arguments.texts(CommonFlags.index).isEmpty else {
        throw QualityError("usage", "--collection and --index both say what is served", hint: "use one of them")
      }
      var collections: [MountedCollection] = []
      for text in given {
        guard let equals = text.firstIndex(of: "="), equals > text.startIndex, text.index(after: equals) < text.endIndex
        else { throw QualityError("usage", "--collection takes NAME=DIR, not '\(text)'") }
        collections.append(
          MountedCollection(
            name: String(text[..<equals]), path: String(text[text.index(after: equals)...]),
            isMapped: invocation.isMapped))
      }
      return collections
    }

    /// `HOST:PORT`, `[::1]:PORT`, `:PORT` or `PORT`.
    private static func address(_ text: String) throws(QualityError) -> (String, UInt16) {
      let colon = text.lastIndex(of: ":")
      var host = colon.map { String(text[..<$0]) } ?? ""
      let port = colon.map { String(text[text.index(after: $0)...]) } ?? text
      if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
      guard let number = UInt16(port) else {
        throw QualityError("usage", "--listen takes HOST:PORT, not '\(text)'", hint: "--listen 127.0.0.1:8080")
      }
      return (host.isEmpty ? "127.0.0.1" : host, number)
    }

    /// The audit trail in the state folder; without a folder that can be had there is none, and that is said.
    func trail(_ options: ServiceOptions) throws(QualityError) -> AuditTrail? {
      guard let state = invocation.statePath else {
        invocation.say("no state folder: there is no audit trail (--state DIR)")
        return nil
      }
      let name = "\(options.host.map { $0 == ":" ? "_" : $0 }.map(String.init).joined())-\(options.port)"
      do throws(QualityError) {
        return try AuditTrail(folder: state + "/audit", name: name, keepsQueries: options.keepsQueries)
      } catch {
        // Where the folder was named, a trail is wanted.
        if invocation.arguments.has(StateFlags.state) { throw error }
        invocation.say("there is no audit trail: \(error)")
        return nil
      }
    }

    func stopWhenInterrupted(_ service: QueryService) {
      DispatchQueue(label: "dossier.stop").async {
        // A twentieth of a second: no person sees it, and nothing is spent on it.
        while !Interrupt.isRaised { usleep(50_000) }
        service.stop()
      }
    }
  }

  static let audit = Command(
    "audit", group: .index, "check the audit trail of servers",
    words: Words("verify", .choice(["verify"]), count: 1...1),
    flags: [StateFlags.state], takesIndex: false,
    details: [
      "Each line of a trail holds the digest of the one before: a line that was changed or taken out is told, and so are lines taken off the end. The head that is printed, kept elsewhere, proves later that nothing before it was changed."
    ],
    examples: [Example("dossier audit verify --state /var/lib/dossier", "every line of every trail there")],
    exitCodes: [.done, .nothingFound, .inputOutput]
  ) { invocation throws(QualityError) in
    guard let state = invocation.statePath else {
      throw QualityError("no-state", "there is no state folder", hint: "--state DIR names one")
    }
    let answer = try AuditCheck(folder: state + "/audit")
    if invocation.wantsJSON {
      invocation.writeJSON(answer)
      return answer.exitCode
    }
    for problem in answer.problems {
      invocation.output.writeLine(Screen.shown("\(problem.file):\(problem.line): \(problem.message)"))
    }
    for trail in answer.trails {
      invocation.output.writeLine(Screen.shown("\(trail.file): \(trail.lines) lines, head \(trail.head)"))
    }
    if answer.isGood { invocation.output.writeLine("good") }
    return answer.exitCode
  }
}
