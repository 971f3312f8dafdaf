import Dispatch
import JSONText
import Records
import SearchEngine

/// Reads files and makes an index of them, or adds to the one that is there: records are added, replaced or recognised as
/// unchanged by kind and id; directives give a passage for each paragraph, too.
///
/// All of a run is one commit, unless the request asks for commits between. Stopped, failed or killed, it leaves the index as
/// the last commit did.
public enum IndexJob {
  /// Runs a job to its end.
  ///
  /// - Parameters:
  ///   - isCancelled: asked for every record; true ends the job at once, without a commit.
  ///   - event: told of progress, ten times a second at most, and of every commit.
  /// - Returns: what was done. Where every row was rejected nothing was committed.
  /// - Throws: `no-such-path`, `usage`, `configuration`, `index-locked`, `index-damaged`, `index-too-new`,
  ///   `input-output`, `limit`.
  public static func run(
    _ request: IndexRequest, isCancelled: @escaping @Sendable () -> Bool = { false },
    event: (IndexEvent) -> Void = { _ in }
  ) throws(QualityError) -> IndexAnswer {
    let run = try IndexRun(request, isCancelled: isCancelled)
    return try run.run(event)
  }

  /// The kinds of every index, in the order in which their segments stand.
  public static let schemas: [Schema] = Schema.recordKinds + [Schema.passage]

  static func writerOptions(memory: Int? = nil, threads: Int = 1) -> IndexWriter.Options {
    var options = IndexWriter.Options()
    options.threads = threads
    if let memory { options.memory = memory }
    options.derivedKinds = [Schema.directive.kind: [Schema.passage.kind]]
    return options
  }
}

/// One run of an ``IndexJob``.
private final class IndexRun {
  private let request: IndexRequest
  private let isCancelled: @Sendable () -> Bool
  private let files: RecordFiles
  private let target: any RecordTarget
  private var answer: IndexAnswer
  private var known = KnownSources()
  private var properties = JSONObject()
  private var rejectsFile: ReplacementFile?
  private var rejectsWriter: RejectsWriter?
  private var recordsByFile: [String: Int] = [:]
  private var rejectsByFile: [String: Int] = [:]
  private var readUnchanged = 0
  private var sinceCommit = 0

  private let bytesRead = SharedCount()
  private let start = ContinuousClock.now
  private var lastTick = ContinuousClock.now
  private var bytesTotal: Int?

  /// Time between two reports of progress: what an eye can follow.
  private static let tick = Duration.milliseconds(100)
  private static let memoryMegabytes = 16...65_536

  init(_ request: IndexRequest, isCancelled: @escaping @Sendable () -> Bool) throws(QualityError) {
    self.request = request
    self.isCancelled = isCancelled
    answer = IndexAnswer(index: request.index)
    answer.isDryRun = request.isDryRun
    guard !request.paths.isEmpty else {
      throw QualityError("usage", "nothing to index", hint: "name files, a folder, or -")
    }
    if let memory = request.memory, !Self.memoryMegabytes.contains(memory) {
      throw QualityError(
        "usage", "memory is 16 to 65536 megabytes, not \(memory)", hint: "leave the flag out for 256")
    }
    if let every = request.commitEvery, every < 1 {
      throw QualityError("usage", "commits come after 1 record or more, not \(every)")
    }
    if let kind = request.kind, Schema.recordKind(kind) == nil {
      throw QualityError(
        "unknown-kind", "there is no kind '\(kind)'",
        hint: "kinds are: \(Schema.recordKinds.map(\.kind).joined(separator: ", "))")
    }
    for path in request.paths + [request.mapping].compactMap({ $0 }) where path != "-" && FileStatus(path) == nil {
      throw QualityError("no-such-path", "\(path) is not there, or may not be looked at", hint: "check the spelling")
    }
    do throws(RecordError) {
      files = try RecordFiles(paths: request.paths, kind: request.kind, mappingPath: request.mapping)
    } catch { throw QualityError(error) }
    guard !files.inputs.isEmpty else {
      throw QualityError(
        "no-files", "no file to read in \(request.paths.joined(separator: ", "))",
        hint:
          "files of a folder are taken by their extension: \(RecordFiles.extensions.sorted().joined(separator: " "))")
    }
    do throws(IndexError) {
      if request.isDryRun {
        target = try DryRunTarget(path: request.index, mapped: request.isMapped)
      } else {
        target = try WriterTarget(
          path: request.index, memory: request.memory.map { $0 << 20 }, threads: request.threads,
          mapped: request.isMapped)
      }
    } catch { throw QualityError(error) }
    properties = target.properties
    known = KnownSources(properties)
  }

  func run(_ event: (IndexEvent) -> Void) throws(QualityError) -> IndexAnswer {
    if let path = request.rejects {
      let file = try ReplacementFile(path: path)
      rejectsFile = file
      rejectsWriter = RejectsWriter { file.write($0) }
      answer.rejectsFile = path
    }
    var seen: Set<String> = []
    var inputs = files.inputs.filter { seen.insert($0.path).inserted }
    if request.input != nil {
      for place in inputs.indices where inputs[place].path == "-" { inputs[place].format = .jsonLines }
    }
    let wanted = inputs.filter { !isKnown($0) }
    measure(wanted)
    let report: RecordReader.Report?
    do throws(IndexError) {
      report = request.threads > 1 ? try readBeside(wanted, event) : try readInTurns(wanted, event)
    } catch { throw QualityError(error) }
    rejectsWriter?.finish()
    try rejectsFile?.finish()
    if let path = request.rejects, let more = rejectsWriter?.leftOut, more > 0 {
      answer.notes.append(
        "\(more) of the rejected rows are not in \(path): \(RejectsWriter.mostOfOneCause) of one cause are written")
    }
    if let report { describe(report, inputs) }
    guard !answer.isInterrupted else { return answer }
    if answer.records == 0, !request.isDryRun {
      answer.notes.append(
        answer.rejected > 0
          ? "every row was rejected: nothing was committed" : "no row was found: nothing was committed")
      return answer
    }
    do throws(IndexError) {
      try attach()
      try commit(final: wanted, event)
    } catch { throw QualityError(error) }
    return answer
  }

  // MARK: Files

  /// Takes a file that stands in the index as it is.
  private func isKnown(_ input: RecordInput) -> Bool {
    guard let source = known[input.path], KnownSources.fingerprint(input) == source.fingerprint else { return false }
    answer.unchanged += source.records
    answer.files.append(
      IndexAnswer.File(
        path: input.path, bytes: FileStatus(input.path)?.size ?? 0, records: source.records, isUnchanged: true))
    return true
  }

  private func measure(_ inputs: [RecordInput]) {
    var total = 0
    for input in inputs {
      guard input.path != "-" else { return }
      total += FileStatus(input.path)?.size ?? 0
      for fold in input.mapping?.folds ?? [] { total += KnownSources.status(of: fold, in: input)?.size ?? 0 }
    }
    bytesTotal = total
  }

  private func describe(_ report: RecordReader.Report, _ inputs: [RecordInput]) {
    answer.unknownFields = report.unknownMembers.sorted { $0.key < $1.key }.map {
      IndexAnswer.UnknownField(field: $0.key, count: $0.value)
    }
    let unread = Set(answer.files.map(\.path))
    var paths = inputs.map(\.path).filter { !unread.contains($0) }
    let named = Set(inputs.map(\.path))
    paths += Set(report.files.keys).union(rejectsByFile.keys).union(recordsByFile.keys).subtracting(named).sorted()
    for path in paths {
      let notes = report.files[path]
      answer.files.append(
        IndexAnswer.File(
          path: path, bytes: notes?.bytes ?? 0, format: notes?.format, encoding: notes?.encoding,
          records: recordsByFile[path] ?? 0, rejected: rejectsByFile[path] ?? 0))
    }
  }

  // MARK: Reading

  /// Nil when it was stopped.
  private func readInTurns(
    _ inputs: [RecordInput], _ event: (IndexEvent) -> Void
  ) throws(IndexError) -> RecordReader.Report? {
    var reader = RecordReader(inputs, given: request.input, bytesRead: bytesRead)
    while true {
      let batch = reader.nextBatch()
      if batch.results.isEmpty { return reader.report() }
      guard try take(batch.results, event) else { return nil }
    }
  }

  /// Reading, mapping and checking on a thread of their own.
  private func readBeside(
    _ inputs: [RecordInput], _ event: (IndexEvent) -> Void
  ) throws(IndexError) -> RecordReader.Report? {
    let queue = RecordQueue()
    let bytesRead = bytesRead
    let given = request.input
    DispatchQueue(label: "dossier.records").async {
      var reader = RecordReader(inputs, given: given, bytesRead: bytesRead)
      while true {
        let batch = reader.nextBatch()
        if batch.results.isEmpty { break }
        guard queue.put(.batch(batch)) else { return }
      }
      _ = queue.put(.end(reader.report()))
    }
    defer { queue.stop() }
    while true {
      switch queue.take() {
      case .end(let report): return report
      case .batch(let batch): guard try take(batch.results, event) else { return nil }
      }
    }
  }

  /// Indexes a batch. Returns false when the job was stopped.
  private func take(_ batch: [RecordResult], _ event: (IndexEvent) -> Void) throws(IndexError) -> Bool {
    for result in batch {
      if isCancelled() {
        answer.isInterrupted = true
        return false
      }
      switch allowed(result) {
      case .rejected(let found): reject(found)
      case .record(let record, let origin):
        switch try target.add(record) {
        case .added: answer.indexed += 1
        case .replaced: answer.replaced += 1
        case .unchanged:
          answer.unchanged += 1
          recordsByFile[origin.file, default: 0] += 1
          continue
        case .refused(let reason):
          reject(Reject(file: origin.file, line: origin.line, column: origin.column, reason: reason))
          continue
        }
        recordsByFile[origin.file, default: 0] += 1
        sinceCommit += 1
        if let every = request.commitEvery, sinceCommit >= every { try commit(final: nil, event) }
      }
    }
    let now = ContinuousClock.now
    if now - lastTick >= Self.tick {
      lastTick = now
      event(
        .progress(
          IndexProgress(
            bytesDone: bytesRead.value, bytesTotal: bytesTotal, records: answer.records, rejected: answer.rejected,
            elapsed: now - start)))
    }
    return true
  }

  /// The answer shows place and reason alone: rows may be long, and are in the file of rejects.
  private func reject(_ reject: Reject) {
    answer.rejected += 1
    rejectsByFile[reject.file, default: 0] += 1
    if answer.rejects.count < IndexAnswer.shownRejects {
      answer.rejects.append(
        Reject(file: reject.file, line: reject.line, column: reject.column, reason: reject.reason))
    }
    rejectsWriter?.write(reject)
  }

  /// A record of a kind that may not be written is a reject.
  private func allowed(_ result: RecordResult) -> RecordResult {
    guard let kinds = request.allowedKinds, case .record(let record, let origin) = result,
      !kinds.contains(record.kind)
    else { return result }
    return .rejected(
      Reject(
        file: origin.file, line: origin.line, column: 1,
        reason: "records of kind '\(record.kind)' may not be written here"))
  }

  // MARK: Committing

  private func attach() throws(IndexError) {
    for (kind, path) in [(FileKind.thesaurus, files.thesaurus), (.targets, files.targets)] {
      guard let path else { continue }
      let bytes: [UInt8]
      do throws(RecordError) { bytes = try SmallFile.read(path) } catch {
        answer.notes.append("\(error): what the index had before stays")
        continue
      }
      try target.attach(kind, bytes)
    }
  }

  /// Makes everything so far durable. `final` are the files that were read to their ends.
  private func commit(final: [RecordInput]?, _ event: (IndexEvent) -> Void) throws(IndexError) {
    if answer.replaced > 0 { known = KnownSources() }
    if let final, answer.replaced == 0 { remember(final) }
    sinceCommit = 0
    guard let commit = try target.commit(known.properties(properties)) else { return }
    answer.commits.append(commit)
    event(.committed(commit: commit, records: answer.records))
  }

  /// Files without rejects, so that rejects are told again.
  private func remember(_ inputs: [RecordInput]) {
    for input in inputs {
      let isWhole = rejectsByFile[input.path] == nil && (input.mapping?.folds.isEmpty ?? true || answer.rejected == 0)
      known[input.path] = nil
      if isWhole, let records = recordsByFile[input.path], let fingerprint = KnownSources.fingerprint(input) {
        known[input.path] = KnownSources.Source(fingerprint: fingerprint, records: records)
      }
    }
  }
}
