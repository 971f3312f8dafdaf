import Digests
import JSONText
import Records
import SearchEngine
import Synchronization

/// One or several indexes, open for asking, as their newest commits are: what the users' jobs ask.
///
/// Never changes; open it anew to see a later commit. May be shared between threads.
public final class QualityIndex: Sendable {
  /// Directories, in the order given: documents are ordered by them.
  public let paths: [String]
  public let snapshots: [Snapshot]
  let searcher: Searcher
  /// By kind: what ``SearchedScope`` says of its dates.
  let dateSpans = Mutex<[String: String]>([:])
  /// The thesaurus asked by instead of the indexes' own.
  private let givenThesaurus: String?

  /// Opens the newest commits of the indexes in these directories.
  ///
  /// - Parameters:
  ///   - mapped: false reads files into memory.
  ///   - allowRollback: takes the newest commit that can be read when the newest one is damaged.
  ///   - thesaurus: the text of a thesaurus to ask by instead of the one that was copied into the index: an edited one
  ///     serves at once, without indexing anew.
  /// - Throws: `index-missing`, `index-damaged`, `index-too-new`, `input-output`; `usage` without a path; `thesaurus` with
  ///   the line that is wrong.
  public convenience init(
    paths: [String], mapped: Bool = true, allowRollback: Bool = false, thesaurus: String? = nil
  ) throws(QualityError) {
    if let thesaurus { try ThesaurusJob.check(thesaurus) }
    guard !paths.isEmpty else { throw QualityError("usage", "no index given", hint: "--index DIR") }
    var snapshots: [Snapshot] = []
    for path in paths {
      do throws(IndexError) {
        snapshots.append(try IndexDirectory.open(path: path, mapped: mapped, allowRollback: allowRollback))
      } catch { throw QualityError(error) }
    }
    self.init(paths: paths, snapshots: snapshots, thesaurus: thesaurus)
  }

  /// Commits that are open already, each with the directory of its index.
  ///
  /// - Parameter thesaurus: the text of a thesaurus that was checked, or nil.
  public convenience init(paths: [String], snapshots: [Snapshot]) {
    self.init(paths: paths, snapshots: snapshots, thesaurus: nil)
  }

  private init(paths: [String], snapshots: [Snapshot], thesaurus: String?) {
    self.paths = paths
    self.snapshots = snapshots
    givenThesaurus = thesaurus
    searcher = Searcher(
      snapshots: snapshots, thesaurusText: thesaurus ?? BuiltIn.thesaurus, overridesThesaurus: thesaurus != nil)
  }

  /// The commit's number; of several indexes, the sum of theirs.
  public var commit: UInt64 { snapshots.reduce(0) { $0 &+ $1.generation } }

  /// Which commits of which indexes: part of receipts and cursors.
  public var identity: String {
    snapshots.map { String($0.manifest.index, radix: 16) + "-\($0.generation)" }.joined(separator: " ")
  }

  /// The thesaurus that was given, else that of the first index that has one, else the built-in one.
  public func thesaurus() throws(QualityError) -> String {
    if let givenThesaurus { return givenThesaurus }
    return try attachment(.thesaurus) ?? BuiltIn.thesaurus
  }

  /// The targets of the first index that has some, else the built-in ones, as JSON.
  public func targets() throws(QualityError) -> String { try attachment(.targets) ?? BuiltIn.targets }

  private func attachment(_ kind: FileKind) throws(QualityError) -> String? {
    for snapshot in snapshots {
      do throws(IndexError) {
        if let bytes = try snapshot.attachment(kind) { return String(decoding: bytes, as: UTF8.self) }
      } catch { throw QualityError(error) }
    }
    return nil
  }

  /// Tells one thesaurus from another, without reading it.
  var thesaurusVersion: String {
    if let givenThesaurus { return "given " + SHA256.digest(givenThesaurus.utf8).prefix(8).hexadecimal }
    for snapshot in snapshots {
      if let file = snapshot.manifest.files[.thesaurus] { return "\(file.length)-\(file.checksum)" }
    }
    return BuiltIn.thesaurusVersion
  }

  /// Tells one file of targets from another, without reading it.
  var targetsVersion: String {
    for snapshot in snapshots {
      if let file = snapshot.manifest.files[.targets] { return "\(file.length)-\(file.checksum)" }
    }
    return "built in"
  }

  /// The kinds that a search without kinds asks: all but the paragraphs, which would count a directive many times.
  static let searchedKinds = Set(Schema.recordKinds.map(\.kind))

  /// Runs what reads the index, with its errors as a job's.
  func reading<Result>(_ body: () throws(IndexError) -> Result) throws(QualityError) -> Result {
    let result: Result
    do throws(IndexError) { result = try body() } catch { throw QualityError(error) }
    try checkLimit()
    return result
  }

  /// What was found behind the limit of the work may lack something: it is no answer.
  /// - Throws: `deadline`, `cancelled`.
  func checkLimit() throws(QualityError) {
    guard let limit = WorkLimit.current, limit.isOver else { return }
    guard !limit.isCancelled else {
      throw QualityError("cancelled", "nobody waits for the answer any more", exitCode: .partial)
    }
    throw QualityError(
      "deadline", "the time allowed ran out before the answer was whole", hint: "ask for less: narrow it by a query",
      exitCode: .partial)
  }
}
