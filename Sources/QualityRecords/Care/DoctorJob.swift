import Records
import SearchEngine

/// Looks for what is wrong with indexes, with the places they are in, with the files they were made from and with the
/// records in them.
public struct DoctorJob {
  private let indexes: [String]
  private let paths: [String]
  private let state: String?
  private let isMapped: Bool
  private let surroundings: Surroundings
  private var answer = DoctorAnswer()

  /// Codes of findings by which an index cannot be used.
  static let indexCodes: Set<String> = ["index-missing", "index-damaged", "index-too-new", "index-outdated"]

  /// Bytes that must be free to change an index: a merge writes as much as it reads, and its files stay until the next
  /// commit.
  private static let roomFactor = 2
  /// Descriptors beside those of the index's files: streams, sockets, the files being read.
  private static let otherDescriptors = 64
  /// Share of deleted records from which a merge is worth its time; at 35 % the engine merges by itself.
  private static let deletedShare = 0.2
  /// Records before the first of these days, or after today, have a date that is mistyped.
  private static let firstDay = "1949-10-01"

  /// - Parameters:
  ///   - paths: files and folders that should be in the index.
  ///   - state: the user's folder, where there is one.
  ///   - mapped: false reads the indexes' files into memory.
  public init(
    indexes: [String], paths: [String] = [], state: String? = nil, surroundings: Surroundings = .current,
    mapped: Bool = true
  ) {
    isMapped = mapped
    self.indexes = indexes
    self.paths = paths
    self.state = state
    self.surroundings = surroundings
  }

  /// Looks at everything. Nothing is thrown: what cannot be looked at is a finding. Cost: every byte of the indexes is
  /// read once, and a few searches.
  public static func run(_ job: DoctorJob) -> DoctorAnswer {
    var job = job
    for index in job.indexes { job.look(atIndex: index) }
    for path in job.paths { job.look(atSource: path) }
    if let state = job.state { job.look(atState: state) }
    let order: [DoctorAnswer.Finding.Weight] = [.error, .warning, .note]
    job.answer.findings = order.flatMap { weight in job.answer.findings.filter { $0.weight == weight } }
    return job.answer
  }

  private mutating func found(
    _ code: String, _ weight: DoctorAnswer.Finding.Weight, _ subject: String, _ message: String, _ command: String
  ) {
    answer.findings.append(
      DoctorAnswer.Finding(code: code, weight: weight, subject: subject, message: message, command: command))
  }

  // MARK: The index

  private mutating func look(atIndex path: String) {
    answer.looked.append(path)
    let word = ShellWord.quoted(path)
    let report: IndexCheckReport
    do throws(IndexError) { report = try IndexDirectory.check(path: path, deep: false, mapped: isMapped) } catch {
      let error = QualityError(error)
      let command = error.code == "index-missing" ? "dossier index PATH --index \(word)" : "ls -l \(word)"
      return found(error.code, .error, path, error.message, command)
    }
    if let problem = report.problems.first {
      found(
        "index-damaged", .error, path,
        "\(report.problems.count) files or places are damaged, the first: \(problem.file): \(problem.message)",
        "dossier check --repair --index \(word)")
    }
    if !report.leftovers.isEmpty {
      found(
        "leftovers", .warning, path,
        "\(report.leftovers.count) files that no commit names: a writer was ended, or is at work",
        "dossier merge --index \(word)")
    }
    if Surroundings.isOpenToOthers(path) {
      found(
        "open-to-others", .warning, path, "others may write into the folder: what is in it cannot be trusted",
        "chmod go-w \(word)")
    }
    let index: QualityIndex
    do throws(QualityError) { index = try QualityIndex(paths: [path], mapped: isMapped) } catch {
      if report.isClean { found(error.code, .error, path, error.message, "dossier index PATH --index NEWDIR") }
      return
    }
    look(atRoom: index, word)
    look(atOrigins: index, word)
    look(atRecords: index, word)
  }

  /// Disk, descriptors, what is deleted.
  private mutating func look(atRoom index: QualityIndex, _ word: String) {
    let path = index.paths[0]
    let bytes = index.snapshots.reduce(0) { $0 + $1.byteCount }
    if let free = surroundings.freeBytes(path), free / Self.roomFactor < bytes {
      found(
        "disk-space", .error, path,
        "\(free >> 20) MB are free, and changing an index of \(bytes >> 20) MB may take \(Self.roomFactor) times as much",
        "dossier backup ELSEWHERE --index \(word)")
    }
    let files = index.snapshots.reduce(0) { $0 + $1.fileCount }
    if let limit = surroundings.openFiles, limit < files + Self.otherDescriptors {
      found(
        "file-limit", .error, path,
        "the process may have \(limit) files open, the index alone has \(files)",
        "ulimit -n \(max(1024, files * 2 + Self.otherDescriptors))")
    }
    let (documents, live) = index.snapshots.reduce((0, 0)) { sum, snapshot in
      (
        sum.0 + snapshot.manifest.segments.reduce(0) { $0 + Int($1.documentCount) },
        sum.1 + snapshot.manifest.segments.reduce(0) { $0 + Int($1.liveCount) }
      )
    }
    if documents > 0, Double(documents - live) / Double(documents) >= Self.deletedShare {
      found(
        "deleted", .warning, path, "\(documents - live) of \(documents) records are deleted and still take their room",
        "dossier merge --full --index \(word)")
    }
  }

  /// The files that the commit says it was made from.
  private mutating func look(atOrigins index: QualityIndex, _ word: String) {
    let path = index.paths[0]
    var changed: [String] = []
    var gone: [String] = []
    for (file, _) in KnownSources(index.snapshots[0].manifest.properties).sources.sorted(by: { $0.key < $1.key }) {
      guard let status = FileStatus(file) else {
        gone.append(file)
        continue
      }
      if let commit = FileStatus("\(path)/\(index.snapshots[0].manifestName)"), status.modified > commit.modified {
        changed.append(file)
      }
    }
    if let first = changed.first {
      found(
        "sources-changed", .warning, path,
        "\(changed.count) files have changed since they were indexed, \(first) first",
        "dossier index \(changed.map(ShellWord.quoted).joined(separator: " ")) --index \(word)")
    }
    if let first = gone.first {
      found(
        "sources-gone", .warning, path,
        "\(gone.count) files from which records came are gone, \(first) first: the records stand here alone",
        "dossier export --index \(word) --output records.jsonl")
    }
  }

  // MARK: The records

  private mutating func look(atRecords index: QualityIndex, _ word: String) {
    let path = index.paths[0]
    func count(_ query: String) -> Int {
      var options = SearchOptions(query)
      options.countsOnly = true
      options.rungs = ["exact"]
      return (try? index.search(options).total) ?? 0
    }
    let rows: [(code: String, query: String, command: String, message: String)] = [
      (
        "odd-dates", "date:\(surroundings.today)..9999", "search",
        "records are dated after today"
      ),
      ("odd-dates", "date:0001..\(Self.firstDay)", "search", "records are dated before \(Self.firstDay)"),
      ("no-date", "kind:inspection NOT date:*", "search", "notes have no date: no question about time finds them"),
      (
        "no-licence", "kind:enterprise NOT licence:*", "enterprises",
        "enterprises have no licence, neither their own nor one of a product"
      ),
    ]
    for row in rows {
      let number = count(row.query)
      guard number > 0 else { continue }
      found(
        row.code, row.code == "odd-dates" ? .warning : .note, path, "\(number) \(row.message)",
        "dossier \(row.command) \(ShellWord.quoted(row.query)) --index \(word)")
    }
    guard let stats = try? index.stats() else { return }
    if let first = stats.unresolved.first {
      found(
        "unknown-enterprises", .note, path,
        "\(stats.unresolved.count) names in notes are no enterprise's, '\(first)' first: their notes are in no history",
        "dossier match --help; dossier stats --index \(word)")
    }
    if let first = stats.ambiguous.first {
      found(
        "ambiguous-enterprises", .note, path,
        "\(stats.ambiguous.count) names in notes mean several enterprises, '\(first.name)' first",
        "dossier history \(ShellWord.quoted(first.name)) --index \(word)")
    }
  }

  // MARK: Files and folders

  /// A file or folder that should be in the index: its configuration, and what of it no reader reads.
  private mutating func look(atSource path: String) {
    answer.looked.append(path)
    let word = ShellWord.quoted(path)
    guard let status = FileStatus(path) else {
      return found("no-such-path", .error, path, "\(path) is not there, or may not be looked at", "ls -l \(word)")
    }
    let files: RecordFiles
    do throws(RecordError) { files = try RecordFiles(paths: [path]) } catch {
      return found("configuration", .error, path, "\(error)", "dossier index \(word) --dry-run")
    }
    if let targets = files.targets { look(atTargets: targets) }
    if let thesaurus = files.thesaurus { look(atThesaurus: thesaurus) }
    guard status.isFolder else { return }
    var listed: [String] = []
    do throws(RecordError) { listed = try RecordFiles.everyFile(in: path) } catch {
      return found("unreadable", .error, path, "\(error)", "ls -l \(word)")
    }
    var read = Set(files.inputs.map(\.path))
    for path in [files.thesaurus, files.targets] { if let path { read.insert(path) } }
    read.formUnion(files.companions)
    let unread = listed.filter { !read.contains($0) && !Self.isExpected($0) }
    if let first = unread.first {
      found(
        "unread-files", files.isCollection ? .note : .warning, path,
        "\(unread.count) files of the folder are not read: no reader takes them, or the collection does not name them; \(first) first",
        "dossier index \(ShellWord.quoted(first)) --dry-run")
    }
  }

  /// Files that belong to a folder without being records.
  private static func isExpected(_ path: String) -> Bool {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name == RecordCollection.fileName || name.uppercased().hasPrefix("README")
  }

  private mutating func look(atTargets path: String) {
    let text: String
    do throws(RecordError) { text = String(decoding: try SmallFile.read(path), as: UTF8.self) } catch {
      return found("targets", .error, path, "\(error)", "ls -l \(ShellWord.quoted(path))")
    }
    do throws(QualityError) { _ = try CoverageTarget.read(text) } catch {
      found("targets", .error, path, error.message, "${EDITOR:-vi} \(ShellWord.quoted(path))")
    }
  }

  private mutating func look(atThesaurus path: String) {
    let text: String
    do throws(RecordError) { text = String(decoding: try SmallFile.read(path), as: UTF8.self) } catch {
      return found("thesaurus", .error, path, "\(error)", "ls -l \(ShellWord.quoted(path))")
    }
    do throws(QualityError) { try ThesaurusJob.check(text) } catch {
      found("thesaurus", .error, path, error.message, "${EDITOR:-vi} \(ShellWord.quoted(path))")
    }
  }

  /// What belongs to the user.
  private mutating func look(atState path: String) {
    guard FileStatus(path) != nil else { return }
    answer.looked.append(path)
    if Surroundings.isOpenToOthers(path) {
      found(
        "state-open-to-others", .warning, path, "others may write into your folder of saved searches and receipts",
        "chmod go-w \(ShellWord.quoted(path))")
    }
    do throws(QualityError) { _ = try StateFolder(path: path, create: false).savedSearches() } catch {
      found("state", .error, path, error.message, "ls -l \(ShellWord.quoted(path))")
    }
  }
}
