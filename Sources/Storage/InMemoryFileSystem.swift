import Synchronization

/// A directory in memory: for tests, for the crash simulator, and for indexes that need not last.
public final class InMemoryFileSystem: FileSystem {
  /// A file, apart from its name: it outlives its removal for whoever has it open.
  final class Node: Sendable {
    struct State {
      var bytes: [UInt8]
      var lockedExclusively = false
      var pins = 0
    }
    let state: Mutex<State>

    init(_ bytes: [UInt8] = []) { state = Mutex(State(bytes: bytes)) }

    var bytes: [UInt8] { state.withLock { $0.bytes } }
  }

  public let path: String
  /// What `freeSpace()` answers.
  public let freeBytes: UInt64
  private let nodes: Mutex<[String: Node]>

  /// A directory that holds these files.
  public init(_ files: [String: [UInt8]] = [:], path: String = "memory", freeBytes: UInt64 = 1 << 40) {
    self.path = path
    self.freeBytes = freeBytes
    self.nodes = Mutex(files.mapValues { Node($0) })
  }

  /// The files as they are now.
  public var files: [String: [UInt8]] { nodes.withLock { $0 }.mapValues(\.bytes) }

  /// Changes the bytes of a file in place, which no caller of `FileSystem` can: for tests of damage.
  public func overwrite(_ name: String, with bytes: [UInt8]) throws(StorageError) {
    try node(name).state.withLock { $0.bytes = bytes }
  }

  // MARK: Names

  public func list() throws(StorageError) -> [String] {
    nodes.withLock { Array($0.keys) }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  public func count(of name: String) throws(StorageError) -> Int { try node(name).bytes.count }

  public func rename(_ name: String, to newName: String) throws(StorageError) {
    try FileName.check(newName)
    let node = try node(name)
    let free = nodes.withLock { nodes in
      guard nodes[newName] == nil else { return false }
      nodes[name] = nil
      nodes[newName] = node
      return true
    }
    if !free { throw .exists(path: path(of: newName)) }
  }

  public func remove(_ name: String) throws(StorageError) {
    _ = try node(name)
    nodes.withLock { $0[name] = nil }
  }

  public func syncDirectory() throws(StorageError) {}

  // MARK: Files

  public func create(_ name: String) throws(StorageError) -> AppendFile {
    AppendFile(path: path(of: name), sink: InMemoryAppendSink(try createNode(name)))
  }

  func createNode(_ name: String) throws(StorageError) -> Node {
    try FileName.check(name)
    let node = Node()
    let free = nodes.withLock { nodes in
      guard nodes[name] == nil else { return false }
      nodes[name] = node
      return true
    }
    if !free { throw .exists(path: path(of: name)) }
    return node
  }

  func node(_ name: String) throws(StorageError) -> Node {
    try FileName.check(name)
    guard let node = nodes.withLock({ $0[name] }) else { throw .missing(path: path(of: name)) }
    return node
  }

  public func open(_ name: String, expectedCount: Int?, mapping: Bool) throws(StorageError) -> FileContents {
    let bytes = try node(name).bytes
    if let expectedCount, expectedCount != bytes.count {
      throw .wrongLength(path: path(of: name), expected: expectedCount, found: bytes.count)
    }
    let path = path(of: name)
    return try bytes.span.bytes.withUnsafeBytes { (pointer) throws(StorageError) in
      try FileContents(path: path, copying: pointer)
    }
  }

  public func read(_ name: String, limit: Int) throws(StorageError) -> [UInt8] {
    let bytes = try node(name).bytes
    guard bytes.count <= limit else {
      throw .limit(which: "the file's length", allowed: limit, found: bytes.count, path: path(of: name))
    }
    return bytes
  }

  public func copy(_ name: String, to other: any FileSystem, linking: Bool) throws(StorageError) {
    try copyBytes(of: name, to: other)
  }

  public func freeSpace() throws(StorageError) -> UInt64 { freeBytes }

  // MARK: Locks

  public func lockExclusively(_ name: String) throws(StorageError) -> FileLock {
    let node: Node
    do throws(StorageError) {
      node = try self.node(name)
    } catch {
      guard case .missing = error else { throw error }
      node = try createNode(name)
    }
    let taken = node.state.withLock { state in
      guard !state.lockedExclusively, state.pins == 0 else { return false }
      state.lockedExclusively = true
      return true
    }
    guard taken else { throw .locked(path: path(of: name)) }
    return FileLock(path: path(of: name)) { node.state.withLock { $0.lockedExclusively = false } }
  }

  public func pin(_ name: String) throws(StorageError) -> FileLock {
    let node = try node(name)
    let taken = node.state.withLock { state in
      guard !state.lockedExclusively else { return false }
      state.pins += 1
      return true
    }
    guard taken else { throw .locked(path: path(of: name)) }
    let lock = FileLock(path: path(of: name)) { node.state.withLock { $0.pins -= 1 } }
    guard try self.node(name) === node else { throw .missing(path: path(of: name)) }
    return lock
  }

  public func isPinned(_ name: String) throws(StorageError) -> Bool {
    try node(name).state.withLock { $0.pins > 0 }
  }

  public func removeUnlessPinned(_ name: String) throws(StorageError) -> Bool {
    let node = try node(name)
    return nodes.withLock { nodes in
      node.state.withLock { state in
        guard state.pins == 0 else { return false }
        nodes[name] = nil
        return true
      }
    }
  }
}

/// The end of a file in memory.
final class InMemoryAppendSink: AppendSink {
  private let node: InMemoryFileSystem.Node

  init(_ node: InMemoryFileSystem.Node) { self.node = node }

  func write(_ bytes: UnsafeRawBufferPointer) throws(StorageError) {
    node.state.withLock { $0.bytes.append(contentsOf: bytes) }
  }

  func sync() throws(StorageError) {}

  func close() throws(StorageError) {}
}
