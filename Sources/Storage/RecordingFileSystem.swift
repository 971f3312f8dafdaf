import Synchronization

/// What was done to a directory, in order: the material of the crash simulator.
public struct Recording: Sendable {
  /// A file, apart from its names; numbered in the order of creation.
  public typealias FileIdentifier = Int

  /// One operation that changed what a crash may leave behind.
  public enum Operation: Hashable, Sendable {
    case create(name: String, file: FileIdentifier)
    case append(file: FileIdentifier, bytes: [UInt8])
    case sync(file: FileIdentifier)
    case rename(name: String, newName: String, file: FileIdentifier)
    case remove(name: String, file: FileIdentifier)
    case syncDirectory
    /// A note of the caller's, such as "commit 3 acknowledged".
    case mark(String)
  }

  /// The files there were before, all durable; numbered from 0 in the order of their names.
  public let initialFiles: [String: [UInt8]]
  public internal(set) var operations: [Operation] = []

  /// The names of the initial files, by number.
  var initialNames: [String] { initialFiles.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
}

/// A directory in memory that records what is done to it.
public final class RecordingFileSystem: FileSystem {
  struct State {
    var recording: Recording
    /// Which file a name stands for now.
    var files: [String: Recording.FileIdentifier]
    var count: Int
  }

  /// The directory itself.
  public let base: InMemoryFileSystem
  let state: Mutex<State>

  /// - Parameter base: whose present files are taken as durable.
  public init(_ base: InMemoryFileSystem = InMemoryFileSystem()) {
    self.base = base
    let recording = Recording(initialFiles: base.files)
    let names = recording.initialNames
    let files = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    self.state = Mutex(State(recording: recording, files: files, count: names.count))
  }

  /// What was done so far.
  public var recording: Recording { state.withLock { $0.recording } }

  /// Notes something in the recording.
  public func mark(_ text: String) { record(.mark(text)) }

  func record(_ operation: Recording.Operation) {
    state.withLock { $0.recording.operations.append(operation) }
  }

  public var path: String { base.path }
  public func list() throws(StorageError) -> [String] { try base.list() }
  public func count(of name: String) throws(StorageError) -> Int { try base.count(of: name) }
  public func read(_ name: String, limit: Int) throws(StorageError) -> [UInt8] { try base.read(name, limit: limit) }
  public func freeSpace() throws(StorageError) -> UInt64 { try base.freeSpace() }
  public func pin(_ name: String) throws(StorageError) -> FileLock { try base.pin(name) }
  public func isPinned(_ name: String) throws(StorageError) -> Bool { try base.isPinned(name) }

  public func open(_ name: String, expectedCount: Int?, mapping: Bool) throws(StorageError) -> FileContents {
    try base.open(name, expectedCount: expectedCount, mapping: mapping)
  }

  public func copy(_ name: String, to other: any FileSystem, linking: Bool) throws(StorageError) {
    try base.copy(name, to: other, linking: linking)
  }

  public func create(_ name: String) throws(StorageError) -> AppendFile {
    let sink = InMemoryAppendSink(try base.createNode(name))
    return AppendFile(path: path(of: name), sink: RecordingAppendSink(self, recordCreation(of: name), sink))
  }

  public func lockExclusively(_ name: String) throws(StorageError) -> FileLock {
    let isNew = try !base.contains(name)
    let lock = try base.lockExclusively(name)
    if isNew { _ = recordCreation(of: name) }
    return lock
  }

  public func rename(_ name: String, to newName: String) throws(StorageError) {
    try base.rename(name, to: newName)
    state.withLock { state in
      guard let file = state.files.removeValue(forKey: name) else { return }
      state.files[newName] = file
      state.recording.operations.append(.rename(name: name, newName: newName, file: file))
    }
  }

  public func remove(_ name: String) throws(StorageError) {
    try base.remove(name)
    recordRemoval(of: name)
  }

  public func removeUnlessPinned(_ name: String) throws(StorageError) -> Bool {
    let removed = try base.removeUnlessPinned(name)
    if removed { recordRemoval(of: name) }
    return removed
  }

  public func syncDirectory() throws(StorageError) { record(.syncDirectory) }

  private func recordCreation(of name: String) -> Recording.FileIdentifier {
    state.withLock { state in
      let file = state.count
      state.count += 1
      state.files[name] = file
      state.recording.operations.append(.create(name: name, file: file))
      return file
    }
  }

  private func recordRemoval(of name: String) {
    state.withLock { state in
      guard let file = state.files.removeValue(forKey: name) else { return }
      state.recording.operations.append(.remove(name: name, file: file))
    }
  }
}

/// The end of a recorded file.
final class RecordingAppendSink: AppendSink {
  private let owner: RecordingFileSystem
  private let file: Recording.FileIdentifier
  private let sink: InMemoryAppendSink

  init(_ owner: RecordingFileSystem, _ file: Recording.FileIdentifier, _ sink: InMemoryAppendSink) {
    self.owner = owner
    self.file = file
    self.sink = sink
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(StorageError) {
    try sink.write(bytes)
    owner.record(.append(file: file, bytes: Array(bytes)))
  }

  func sync() throws(StorageError) { owner.record(.sync(file: file)) }

  func close() throws(StorageError) {}
}
