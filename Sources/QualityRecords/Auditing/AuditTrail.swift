import Digests
import JSONText
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Who asked what, a line each, in a file that is only ever added to.
///
/// Each line holds the digest of the one before and its own: a line that is changed, moved or taken out breaks the chain. A
/// small file beside it holds the last digest, so that lines taken off the end are missed, too. Who can write both files
/// can forge both: what is to be proof against that keeps the head elsewhere (``AuditCheck``).
public final class AuditTrail: Sendable {
  /// What is noted of one request.
  public struct Entry: Sendable {
    public var id: String
    public var token: String?
    public var address: String
    public var action: String
    public var collections: [String]
    public var query: String?
    public var total: Int?
    public var commit: UInt64?
    public var status: Int
    /// What stands for the query where those are not kept (``AuditTrail/prepare(_:)``).
    var queryDigest: String?

    public init(
      id: String, token: String?, address: String, action: String, collections: [String], query: String?, total: Int?,
      commit: UInt64?, status: Int
    ) {
      self.id = id
      self.token = token
      self.address = address
      self.action = action
      self.collections = collections
      self.query = query
      self.total = total
      self.commit = commit
      self.status = status
    }
  }

  private struct State {
    var descriptor: Int32
    var head: AuditHead
    /// Whether a line was lost: nothing may be added behind it.
    var isBroken = false
  }

  static let suffix = ".audit.jsonl"
  static let headSuffix = ".audit.head"
  private static let keyName = "audit.key"

  public let path: String
  private let headPath: String
  private let keepsQueries: Bool
  /// Of the digests that stand for queries: who has the file alone cannot guess queries by trying them.
  private let key: [UInt8]
  private let state: Mutex<State>
  /// Held while the disk is asked to keep what was written: lines are added meanwhile, and the file stays open.
  private let syncing = Mutex(())

  /// Opens a trail, or begins one.
  ///
  /// - Parameters:
  ///   - folder: made where it is missing, for its owner alone.
  ///   - name: of the trail in it: one a server.
  ///   - keepsQueries: whether queries stand there as they were typed.
  /// - Throws: `input-output`; `state-locked` when another process has the trail.
  public init(folder: String, name: String, keepsQueries: Bool) throws(QualityError) {
    try Self.makeFolder(folder)
    path = "\(folder)/\(name)\(Self.suffix)"
    headPath = "\(folder)/\(name)\(Self.headSuffix)"
    self.keepsQueries = keepsQueries
    key = try Self.key("\(folder)/\(Self.keyName)")
    let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw Self.failure(path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      Self.shut(descriptor)
      throw QualityError(
        "state-locked", "\(path): another server writes this trail", hint: "give each its own --state",
        exitCode: .inputOutput)
    }
    let head: AuditHead
    do throws(QualityError) {
      // A line that is not whole was never acknowledged: the process ended while it wrote.
      head = try AuditCheck.end(of: path, descriptor)
      guard ftruncate(descriptor, off_t(head.length)) == 0 else { throw Self.failure(path) }
    } catch {
      Self.shut(descriptor)
      throw error
    }
    state = Mutex(State(descriptor: descriptor, head: head))
  }

  deinit { close() }

  /// Ends the trail. What is appended later is an error.
  public func close() {
    syncing.withLock { _ in
      state.withLock { state in
        guard state.descriptor >= 0 else { return }
        fsync(state.descriptor)
        Self.shut(state.descriptor)
        state.descriptor = -1
      }
    }
  }

  /// Adds a line. `isDurable`: it outlives a power cut before this returns.
  ///
  /// - Throws: `input-output`; from then on every line is refused, for one is missing.
  public func append(_ entry: Entry, at time: String, isDurable: Bool) throws(QualityError) {
    // The digest of a long query takes some milliseconds, and a disk more: others do not wait for them.
    var entry = entry
    prepare(&entry)
    if let failure = state.withLock({ add(entry, time, &$0) }) { throw failure }
    guard isDurable, let failure = syncing.withLock({ _ in syncFailure() }) else { return }
    state.withLock { $0.isBroken = true }
    throw failure
  }

  /// Has the disk keep what was written; what went wrong.
  private func syncFailure() -> QualityError? {
    Self.sync(state.withLock { $0.descriptor }) ? nil : Self.failure(path)
  }

  /// Adds a line, unless another thread adds one. Whether it did. Throws as ``append(_:at:isDurable:)`` does.
  public func appendAtOnce(_ entry: Entry, at time: String) throws(QualityError) -> Bool {
    var entry = entry
    prepare(&entry)
    guard let failure = state.withLockIfAvailable({ add(entry, time, &$0) }) else {
      return false
    }
    if let failure { throw failure }
    return true
  }

  /// Has a digest stand for the query, where queries are not kept: with a long one some milliseconds that whoever adds the
  /// line need not spend. Bytes of text that the line will hold of the query.
  @discardableResult public func prepare(_ entry: inout Entry) -> Int {
    guard !keepsQueries else { return entry.query?.utf8.count ?? 0 }
    if let query = entry.query { entry.queryDigest = HMACSHA256.code(query.utf8, key: key).prefix(16).hexadecimal }
    entry.query = nil
    return 0
  }

  /// Writes a line; what went wrong.
  private func add(_ entry: Entry, _ time: String, _ state: inout State) -> QualityError? {
    guard state.descriptor >= 0, !state.isBroken else {
      return QualityError(
        "input-output", "\(path): a line of the audit trail is lost, no more are added", exitCode: .inputOutput)
    }
    var head = state.head
    head.number += 1
    let (line, chained) = line(entry, at: time, number: head.number, previous: head.digest)
    head.digest = chained
    head.length += line.count
    guard Self.writeAll(state.descriptor, line), head.write(to: headPath) else {
      state.isBroken = true
      return Self.failure(path)
    }
    state.head = head
    return nil
  }

  private func line(
    _ entry: Entry, at time: String, number: Int, previous: String
  ) -> (bytes: [UInt8], digest: String) {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("number", number)
    writer.member("time", time)
    writer.member("id", entry.id)
    writer.member("token", orNull: entry.token)
    writer.member("address", entry.address)
    writer.member("action", entry.action)
    writer.member("collections", entry.collections)
    if keepsQueries {
      writer.member("query", orNull: entry.query)
    } else {
      writer.member("queryDigest", orNull: entry.queryDigest)
    }
    writer.name("total")
    if let total = entry.total { writer.int(total) } else { writer.null() }
    writer.name("commit")
    if let commit = entry.commit { writer.int(commit) } else { writer.null() }
    writer.member("status", entry.status)
    writer.member("previous", previous)
    var bytes = writer.bytes
    let digest = SHA256.digest(bytes).hexadecimal
    bytes += "\(AuditCheck.digestMark)\(digest)\"}\n".utf8
    return (bytes, digest)
  }

  // MARK: Files

  private static func makeFolder(_ path: String) throws(QualityError) {
    var made = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false) {
      made += made.isEmpty && !path.hasPrefix("/") ? String(part) : "/\(part)"
      guard !part.isEmpty, part != ".", part != "..", mkdir(made, 0o700) != 0, errno != EEXIST else { continue }
      throw failure(made)
    }
  }

  private static func key(_ path: String) throws(QualityError) -> [UInt8] {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failure(path) }
    defer { shut(descriptor) }
    guard flock(descriptor, LOCK_EX) == 0 else { throw failure(path) }
    var bytes = [UInt8](repeating: 0, count: 32)
    if pread(descriptor, &bytes, bytes.count, 0) == bytes.count { return bytes }
    var random = SystemRandomNumberGenerator()
    for place in bytes.indices { bytes[place] = UInt8.random(in: .min ... .max, using: &random) }
    guard pwrite(descriptor, bytes, bytes.count, 0) == bytes.count, sync(descriptor) else { throw failure(path) }
    return bytes
  }

  /// Whether what was written is durable. A file system that shuts itself down meanwhile may say so falsely, and can be asked
  /// nothing afterwards.
  private static func sync(_ descriptor: Int32) -> Bool {
    var status = stat()
    return fsync(descriptor) == 0 && fstat(descriptor, &status) == 0
  }

  static func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress.map { $0 + start }, $0.count - start) }
      if count > 0 {
        start += count
      } else if count < 0, errno != EINTR {
        return false
      }
    }
    return true
  }

  private static func shut(_ descriptor: Int32) {
    #if canImport(Glibc)
      _ = Glibc.close(descriptor)
    #elseif canImport(Musl)
      _ = Musl.close(descriptor)
    #else
      _ = Darwin.close(descriptor)
    #endif
  }

  static func failure(_ path: String) -> QualityError {
    QualityError("input-output", "\(path): \(String(cString: strerror(errno)))", exitCode: .inputOutput)
  }
}

/// Where a trail ends: its last line's number and digest, and its length.
struct AuditHead: Hashable, Sendable {
  var number = 0
  /// That of nothing, before the first line.
  var digest = String(repeating: "0", count: 64)
  var length = 0

  private static let length = 96

  /// Text of a length that never changes, so that it is written over in one call.
  var text: String {
    let text = "\(number) \(digest)"
    return text + String(repeating: " ", count: max(0, Self.length - 1 - text.utf8.count)) + "\n"
  }

  init() {}

  /// Of the text of a head; nil for what is none.
  init?(text: String) {
    let parts = text.split { $0 == " " || $0 == "\n" }
    guard parts.count == 2, let number = Int(parts[0]), number >= 0, parts[1].utf8.count == 64 else { return nil }
    self.number = number
    digest = String(parts[1])
  }

  func write(to path: String) -> Bool {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { return false }
    defer { _ = close(descriptor) }
    let bytes = Array(text.utf8)
    return pwrite(descriptor, bytes, bytes.count, 0) == bytes.count
  }
}
