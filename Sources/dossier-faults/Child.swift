#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A process of this program, its standard output read: what it says it has acknowledged.
final class Child {
  let pid: pid_t
  private let pipeEnd: Int32
  private var text: [UInt8] = []
  /// The most memory that it had at once, once it has ended.
  private(set) var peakKilobytes = 0
  /// The most of its own memory, files that it has mapped left out, as far as looks at it every few milliseconds show.
  private(set) var peakAnonymousKilobytes = 0
  /// Whether to look.
  var watchesMemory = false
  /// Its time on a processor, which says what it cost where a clock tells how busy the machine was.
  private(set) var processorMilliseconds = 0

  enum End: Equatable {
    case exited(Int32)
    case signalled(Int32)
    /// It took longer than it may, and was ended.
    case hung
  }

  /// - Parameters:
  ///   - words: the arguments of this program, or of `program`.
  ///   - environment: in place of what this process has.
  /// - Returns: nil when no process can be made.
  init?(_ words: [String], environment: [String: String] = [:], program: String = Child.own) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_addclose(&actions, ends[1])
    var all = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "SWIFT_BACKTRACE": "enable=no"]
    all.merge(environment) { $1 }
    var arguments: [UnsafeMutablePointer<CChar>?] = ([program] + words).map { strdup($0) } + [nil]
    var settings: [UnsafeMutablePointer<CChar>?] = all.map { strdup("\($0.key)=\($0.value)") } + [nil]
    var pid: pid_t = 0
    let failed = posix_spawnp(&pid, program, &actions, nil, &arguments, &settings)
    posix_spawn_file_actions_destroy(&actions)
    for pointer in arguments + settings { free(pointer) }
    close(ends[1])
    guard failed == 0 else {
      close(ends[0])
      return nil
    }
    self.pid = pid
    pipeEnd = ends[0]
  }

  deinit { close(pipeEnd) }

  static let own: String = {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    return count > 0
      ? String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self) : "dossier-faults"
  }()

  func kill() { _ = systemKill(pid) }

  /// Reads what it says until so many commits are acknowledged, it ends, or the time is up.
  func read(untilAcknowledged count: UInt64, seconds: Double = 10) {
    var waited = 0.0
    var readable = pollfd(fd: pipeEnd, events: Int16(POLLIN), revents: 0)
    while acknowledged < count, waited < seconds {
      guard poll(&readable, 1, 20) > 0 else {
        waited += 0.02
        continue
      }
      var buffer = [UInt8](repeating: 0, count: 256)
      let read = systemRead(pipeEnd, &buffer)
      guard read > 0 else { return }
      text += buffer.prefix(read)
    }
  }

  /// Waits for the end, for `seconds` at most, and reads what it says meanwhile.
  func wait(seconds: Double = 30) -> End {
    var status: Int32 = 0
    var waited = 0.0
    var readable = pollfd(fd: pipeEnd, events: Int16(POLLIN), revents: 0)
    var isOpen = true
    var hung = false
    while isOpen {
      let ready = poll(&readable, 1, watchesMemory ? 2 : 100)
      if watchesMemory { peakAnonymousKilobytes = max(peakAnonymousKilobytes, SmallFiles.anonymousKilobytes(pid)) }
      if ready == 0 {
        waited += watchesMemory ? 0.002 : 0.1
        if waited > seconds, !hung {
          hung = true
          kill()
        }
        continue
      }
      var buffer = [UInt8](repeating: 0, count: 4096)
      let count = systemRead(pipeEnd, &buffer)
      if count > 0 { text += buffer.prefix(count) } else if count == 0 || errno != EINTR { isOpen = false }
    }
    var usage = rusage()
    while wait4(pid, &status, 0, &usage) < 0, errno == EINTR {}
    peakKilobytes = usage.ru_maxrss
    processorMilliseconds =
      (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1_000 + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)
      / 1_000
    if hung { return .hung }
    let signal = status & 0x7f
    return signal == 0 ? .exited(status >> 8 & 0xff) : .signalled(signal)
  }

  /// The last commit that was acknowledged; only whole lines count.
  var acknowledged: UInt64 {
    String(decoding: text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      .compactMap { $0.hasPrefix("ack ") ? UInt64($0.dropFirst(4)) : nil }.max() ?? 0
  }

  var output: String { String(decoding: text, as: UTF8.self) }

  /// Runs a program of the system to its end. Returns whether it ended well.
  static func run(_ program: String, _ words: String...) -> Bool {
    guard let child = Child(words, program: program) else { return false }
    return child.wait() == .exited(0)
  }
}

// Under names of their own: inside the class the calls would be its methods.
private func systemKill(_ pid: pid_t) -> Int32 { kill(pid, SIGKILL) }

private func systemRead(_ descriptor: Int32, _ buffer: inout [UInt8]) -> Int { read(descriptor, &buffer, buffer.count) }
