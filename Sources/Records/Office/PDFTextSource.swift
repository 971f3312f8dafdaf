#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The text of a PDF file as `pdftotext` (of poppler-utils) writes it, where that program is installed.
///
/// The program runs beside this one and is ended with it. It has ``patience`` for each piece of text.
final class PDFTextSource: ByteSource {
  static let program = "pdftotext"
  /// Milliseconds without a byte after which the program is taken for stuck: a page takes some tens.
  static let patience: Int32 = 60_000

  private let path: String
  private var process: pid_t = 0
  private var descriptor: Int32 = -1

  /// - Throws: `RecordError` when the program cannot be started.
  init(path: String, program: String) throws(RecordError) {
    self.path = path
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw Self.failure(path, "no pipe: \(FileByteSource.lastError())") }
    // A name that begins with a dash is no option.
    let file = path.hasPrefix("-") ? "./\(path)" : path
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
    #else
      var actions: posix_spawn_file_actions_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addclose(&actions, ends[0])
    posix_spawn_file_actions_addclose(&actions, ends[1])
    let words: [String] = [program, "-q", "-enc", "UTF-8", "-eol", "unix", file, "-"]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    arguments.append(nil)
    let settings: [String] = ["PATH=\(Self.searchPath)", "LC_ALL=C.UTF-8"]
    var environment: [UnsafeMutablePointer<CChar>?] = settings.map { strdup($0) }
    environment.append(nil)
    defer { for text in arguments + environment { free(text) } }
    let code = posix_spawn(&process, program, &actions, nil, &arguments, &environment)
    close(ends[1])
    guard code == 0 else {
      close(ends[0])
      process = 0
      throw Self.failure(path, "\(Self.program) cannot be started: \(String(cString: strerror(code)))")
    }
    descriptor = ends[0]
  }

  deinit {
    guard process > 0 else { return }
    kill(process, SIGKILL)
    finish()
  }

  /// Where the program is; nil when it is not installed.
  static func installed() -> String? {
    for folder in searchPath.split(separator: ":") where folder.hasPrefix("/") {
      let candidate = "\(folder)/\(program)"
      if access(candidate, X_OK) == 0 { return candidate }
    }
    return nil
  }

  private static var searchPath: String { getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin" }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(RecordError) -> Int {
    guard let address = buffer.baseAddress, buffer.count > 0, process > 0 else { return 0 }
    while true {
      var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let found = poll(&ready, 1, Self.patience)
      if found < 0, errno == EINTR { continue }
      guard found > 0 else {
        kill(process, SIGKILL)
        finish()
        throw Self.failure(
          path, "\(Self.program) gave nothing for \(Self.patience / 1000) seconds: extract its text first")
      }
      #if canImport(Glibc)
        let count = Glibc.read(descriptor, address, buffer.count)
      #else
        let count = Darwin.read(descriptor, address, buffer.count)
      #endif
      if count > 0 { return count }
      if count < 0, errno == EINTR { continue }
      guard count == 0, finish() == 0 else {
        throw Self.failure(path, "\(Self.program) could not read it: is it damaged, or locked by a password?")
      }
      return 0
    }
  }

  /// Waits for the program's end and gives its status.
  @discardableResult
  private func finish() -> Int32 {
    close(descriptor)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    process = 0
    return status
  }

  private static func failure(_ path: String, _ message: String) -> RecordError {
    RecordError(.unreadable, file: path, message: message)
  }
}
