import Synchronization

/// A failure to be made at one call of a `FaultInjectingFileSystem`.
public struct Fault: Hashable, Sendable {
  /// What the failing call has done by then.
  public enum Effect: Hashable, Sendable {
    /// Nothing.
    case refused
    /// If it is a write, the first half of it; anything else, nothing.
    case partial
    /// All of it, though it is reported as failed.
    case done
  }

  /// Which call fails, counted from 1.
  public let call: Int
  public let errno: Int32
  public let effect: Effect
  /// Whether all later calls fail too; they do nothing.
  public let persists: Bool

  public init(call: Int, errno: Int32, effect: Effect = .refused, persists: Bool = false) {
    self.call = call
    self.errno = errno
    self.effect = effect
    self.persists = persists
  }
}

/// Another file system with a failure at a chosen call, and a log of the calls made.
///
/// To try every failure of a piece of work: run it with `call` 1, 2, 3 ... until `fired` stays false.
public final class FaultInjectingFileSystem: FileSystem {
  /// One call that reached this file system: `write`, `sync` and `close` of a file included, closing by release not.
  public struct Call: Hashable, Sendable {
    public let operation: String
    public let name: String
    /// Whether this call was made to fail.
    public let failed: Bool
  }

  struct State {
    var fault: Fault?
    /// Calls since the fault was set.
    var count = 0
    var log: [Call] = []
    var fired = false
  }

  public let base: any FileSystem
  private let state: Mutex<State>

  public init(_ base: any FileSystem, fault: Fault? = nil) {
    self.base = base
    self.state = Mutex(State(fault: fault))
  }

  /// All calls since the beginning.
  public var log: [Call] { state.withLock { $0.log } }
  /// Calls since the fault was last set.
  public var callCount: Int { state.withLock { $0.count } }
  /// Whether the fault now set has happened.
  public var fired: Bool { state.withLock { $0.fired } }

  /// Sets the fault, or takes it away, and counts calls from 1 again.
  public func setFault(_ fault: Fault?) {
    state.withLock { state in
      state.fault = fault
      state.count = 0
      state.fired = false
    }
  }

  /// Counts a call and runs it unless it is to fail.
  /// - Parameter partially: what a failing call of effect `partial` does first.
  func perform<Value>(
    _ operation: String, _ name: String, partially: () throws(StorageError) -> Void = {},
    _ body: () throws(StorageError) -> Value
  ) throws(StorageError) -> Value {
    let fault = state.withLock { state -> Fault? in
      state.count += 1
      let fault = state.fault.flatMap { fault -> Fault? in
        if state.count == fault.call { return fault }
        guard fault.persists, state.count > fault.call else { return nil }
        return Fault(call: fault.call, errno: fault.errno, effect: .refused, persists: true)
      }
      if fault != nil { state.fired = true }
      state.log.append(Call(operation: operation, name: name, failed: fault != nil))
      return fault
    }
    guard let fault else { return try body() }
    switch fault.effect {
    case .refused: break
    case .partial: try partially()
    case .done: _ = try body()
    }
    throw .io(errno: fault.errno, operation: operation, path: path(of: name))
  }

  public var path: String { base.path }

  public func list() throws(StorageError) -> [String] {
    try perform("list", "") { () throws(StorageError) in try base.list() }
  }

  public func count(of name: String) throws(StorageError) -> Int {
    try perform("count", name) { () throws(StorageError) in try base.count(of: name) }
  }

  public func create(_ name: String) throws(StorageError) -> AppendFile {
    let file = try perform("create", name) { () throws(StorageError) in try base.create(name) }
    return AppendFile(path: file.path, sink: FaultInjectingAppendSink(self, name, file))
  }

  public func open(_ name: String, expectedCount: Int?, mapping: Bool) throws(StorageError) -> FileContents {
    try perform("open", name) { () throws(StorageError) in
      try base.open(name, expectedCount: expectedCount, mapping: mapping)
    }
  }

  public func read(_ name: String, limit: Int) throws(StorageError) -> [UInt8] {
    try perform("read", name) { () throws(StorageError) in try base.read(name, limit: limit) }
  }

  public func rename(_ name: String, to newName: String) throws(StorageError) {
    try perform("rename", newName) { () throws(StorageError) in try base.rename(name, to: newName) }
  }

  public func remove(_ name: String) throws(StorageError) {
    try perform("remove", name) { () throws(StorageError) in try base.remove(name) }
  }

  public func syncDirectory() throws(StorageError) {
    try perform("syncDirectory", "") { () throws(StorageError) in try base.syncDirectory() }
  }

  public func copy(_ name: String, to other: any FileSystem, linking: Bool) throws(StorageError) {
    try perform("copy", name) { () throws(StorageError) in try base.copy(name, to: other, linking: linking) }
  }

  public func freeSpace() throws(StorageError) -> UInt64 {
    try perform("freeSpace", "") { () throws(StorageError) in try base.freeSpace() }
  }

  public func lockExclusively(_ name: String) throws(StorageError) -> FileLock {
    try perform("lockExclusively", name) { () throws(StorageError) in try base.lockExclusively(name) }
  }

  public func pin(_ name: String) throws(StorageError) -> FileLock {
    try perform("pin", name) { () throws(StorageError) in try base.pin(name) }
  }

  public func isPinned(_ name: String) throws(StorageError) -> Bool {
    try perform("isPinned", name) { () throws(StorageError) in try base.isPinned(name) }
  }

  public func removeUnlessPinned(_ name: String) throws(StorageError) -> Bool {
    try perform("removeUnlessPinned", name) { () throws(StorageError) in try base.removeUnlessPinned(name) }
  }
}

/// The end of a file whose calls may be made to fail.
final class FaultInjectingAppendSink: AppendSink {
  private let owner: FaultInjectingFileSystem
  private let name: String
  private let file: AppendFile

  init(_ owner: FaultInjectingFileSystem, _ name: String, _ file: AppendFile) {
    self.owner = owner
    self.name = name
    self.file = file
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(StorageError) {
    // Handed on at once: the buffer in front of this sink has gathered the bytes already.
    try owner.perform(
      "write", name,
      partially: { () throws(StorageError) in
        try file.write(UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count / 2)]))
        try file.flush()
      }
    ) { () throws(StorageError) in
      try file.write(bytes)
      try file.flush()
    }
  }

  func sync() throws(StorageError) {
    try owner.perform("sync", name) { () throws(StorageError) in try file.sync() }
  }

  func close() throws(StorageError) {
    try owner.perform("close", name) { () throws(StorageError) in try file.close() }
  }
}
