import Storage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Small files beside the index under test.
enum SmallFiles {
  /// The number that a file begins with.
  static func number(_ path: String) -> Int? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var text = ""
    while case let character = getc(file), character >= 0x30, character <= 0x39 {
      text.append(Character(UnicodeScalar(UInt8(character))))
    }
    return Int(text)
  }

  /// Locks a file by another means than the index's own lock, for as long as the process lives or until the descriptor that
  /// it returns is closed; nil when another process has it.
  static func lock(_ path: String) -> Int32? {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return nil }
    guard lockf(descriptor, F_TLOCK, 0) == 0 else {
      close(descriptor)
      return nil
    }
    return descriptor
  }

  static func unlock(_ descriptor: Int32) { close(descriptor) }

  /// Writes zeros until `bytes` are written or the disk is full.
  static func fill(_ path: String, bytes: Int) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    let piece = [UInt8](repeating: 0, count: 65_536)
    var written = 0
    while written < bytes {
      let count = write(descriptor, piece, min(piece.count, bytes - written))
      guard count > 0 else { break }
      written += count
    }
    close(descriptor)
  }

  static func remove(_ path: String) { unlink(path) }

  /// An empty folder.
  static func clear(_ path: String) {
    do throws(StorageError) {
      let folder = try PosixFileSystem(path: path, create: true)
      for name in try folder.list() { try folder.remove(name) }
    } catch { print("\(path): \(error)") }
  }

  /// A file of one piece many times; `%` in the piece is its number.
  static func compose(_ path: String, _ head: String, _ piece: String, _ repeats: Int, _ tail: String) {
    guard let file = fopen(path, "w") else { return }
    defer { fclose(file) }
    func put(_ bytes: [UInt8]) { _ = bytes.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) } }
    put(Array(head.utf8))
    if piece.contains("%") {
      for number in 0..<repeats { put(piece.utf8.flatMap { $0 == 0x25 ? Array("\(number)".utf8) : [$0] }) }
    } else {
      // A thousand at a time.
      let run = Array(String(repeating: piece, count: 1_000).utf8)
      for _ in 0..<(repeats / 1_000) { put(run) }
      for _ in 0..<(repeats % 1_000) { put(Array(piece.utf8)) }
    }
    put(Array(tail.utf8))
  }

  static func store(_ path: String, _ bytes: [UInt8]) {
    guard let file = fopen(path, "w") else { return }
    _ = bytes.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
    fclose(file)
  }

  static func append(_ path: String, _ text: String) {
    guard let file = fopen(path, "a") else { return }
    fputs(text, file)
    fclose(file)
  }

  static func forEachLine(_ path: String, _ body: (String) -> Void) {
    guard let file = fopen(path, "r") else { return }
    defer { fclose(file) }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    while case let count = getline(&line, &capacity, file), count > 0, let start = line {
      let bytes = UnsafeRawBufferPointer(start: start, count: count)
      body(String(decoding: bytes.last == 0x0A ? bytes.dropLast() : bytes[...], as: UTF8.self))
    }
  }

  /// Memory of a process that no file stands behind; 0 where the system does not tell.
  static func anonymousKilobytes(_ process: pid_t) -> Int {
    let descriptor = open("/proc/\(process)/status", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return 0 }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &buffer, buffer.count)
    guard count > 0 else { return 0 }
    for line in buffer.prefix(count).split(separator: 0x0A) where line.starts(with: "RssAnon:".utf8) {
      return line.reduce(0) { $1 >= 0x30 && $1 <= 0x39 ? $0 * 10 + Int($1 - 0x30) : $0 }
    }
    return 0
  }

  static func pause(milliseconds: Int) { usleep(UInt32(milliseconds) * 1000) }

  static var isRoot: Bool { geteuid() == 0 }

  /// Cuts the power of a file system: what is not on the disk is gone. ext4's and XFS's shutdown call,
  /// `_IOR('X', 125, __u32)` with the flag that flushes no log.
  static func cutPower(_ mount: String) -> Bool {
    let descriptor = open(mount, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var flag: UInt32 = 2
    return ioctl(descriptor, 0x8004_587D, &flag) == 0
  }
}
