import Dispatch
import QualityRecords
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A small parent that runs this program again as a worker and starts another when the worker is killed: by a signal, by a
/// file that was cut short under its mapping, by the system for want of memory. Commits are safe from all of that; the
/// requests under way are lost.
///
/// The parent opens no index and reads no request, so that nothing from outside reaches it. Should the parent itself be
/// killed, the worker ends at once: nobody is left with a server that no one knows of. Workers have a process group of
/// their own, so that a Ctrl-C reaches them once, by the parent.
struct Supervisor {
  /// In the environment of a worker: the number of the tether's descriptor.
  static let mark = "DOSSIER_WORKER"

  /// Pauses before a worker is started again, in milliseconds: at once when it ran well, longer when it falls again and
  /// again. The first stays far below the two seconds in which a server is to be back.
  private static let pauses = [50, 200, 500, 1_000]
  /// Falls in a row that end the parent, too: something is wrong that another start does not mend.
  private static let mostFalls = 10
  /// A worker that ran so long, in seconds, has not fallen in a row.
  private static let settled: Int64 = 10

  let program: String
  let arguments: [String]
  /// Told of each fall: what ended the worker.
  let say: (String) -> Void

  /// Whether this process is a worker, which runs the job itself.
  static var isWorker: Bool { getenv(mark) != nil }

  /// The program as it was started.
  static var ownProgram: String {
    var buffer = [UInt8](repeating: 0, count: 4_096)
    let count = buffer.withUnsafeMutableBytes { bytes in
      bytes.baseAddress.map { readlink("/proc/self/exe", $0.assumingMemoryBound(to: CChar.self), bytes.count - 1) } ?? 0
    }
    guard count > 0 else { return CommandLine.arguments.first ?? "dossier" }
    return String(decoding: buffer.prefix(count), as: UTF8.self)
  }

  /// Ends this worker as soon as its parent is gone: the reading end of a pipe, whose other end the parent holds and never
  /// writes to, is then at its end. Without such a pipe nothing is watched.
  static func endWithParent() {
    guard let text = getenv(mark), let descriptor = Int32(String(cString: text)), descriptor > 2 else { return }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFIFO else { return }
    DispatchQueue(label: "dossier.tether").async {
      var byte: UInt8 = 0
      while read(descriptor, &byte, 1) < 0, errno == EINTR {}
      _exit(ExitCode.interrupted.rawValue)
    }
  }

  /// The worker that signals are handed on to; 0 between two.
  private static let worker = Atomic<Int32>(0)
  private static let isEnding = Atomic<Bool>(false)

  /// Runs workers until one ends by itself, or a SIGINT or SIGTERM has ended it. Returns the last one's exit code.
  func run() -> Int32 {
    Self.handOnSignals()
    var tether: [Int32] = [-1, -1]
    // The worker inherits the reading end alone.
    if pipe(&tether) == 0 { _ = fcntl(tether[1], F_SETFD, FD_CLOEXEC) }
    defer { for end in tether where end >= 0 { close(end) } }
    var falls = 0
    while true {
      let start = ContinuousClock.now
      guard let pid = spawn(tether: tether[0]) else {
        say("the worker cannot be started: \(Environment.message(errno))")
        return 5
      }
      Self.worker.store(pid, ordering: .sequentiallyConsistent)
      // A signal that came before there was anybody to hand it on to.
      if Self.isEnding.load(ordering: .sequentiallyConsistent) { kill(pid, SIGTERM) }
      var status: Int32 = 0
      while waitpid(pid, &status, 0) < 0, errno == EINTR {}
      Self.worker.store(0, ordering: .sequentiallyConsistent)
      let signal = status & 0x7f
      // What it ended with by itself is its answer; a signal is not, unless it was asked for.
      if signal == 0 { return status >> 8 & 0xff }
      if Self.isEnding.load(ordering: .sequentiallyConsistent) { return 130 }
      falls = (ContinuousClock.now - start).components.seconds >= Self.settled ? 1 : falls + 1
      guard falls < Self.mostFalls else {
        say("the worker was ended by signal \(signal), \(falls) times in a row: not started again")
        return 5
      }
      let pause = Self.pauses[min(falls, Self.pauses.count) - 1]
      say("the worker was ended by signal \(signal): started again in \(pause) ms")
      usleep(UInt32(pause) * 1_000)
      if Self.isEnding.load(ordering: .sequentiallyConsistent) { return 130 }
    }
  }

  private func spawn(tether: Int32) -> pid_t? {
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
    setenv(Self.mark, "\(tether)", 1)
    defer {
      unsetenv(Self.mark)
      for word in words { free(word) }
    }
    #if canImport(Darwin)
      var attributes: posix_spawnattr_t?
    #else
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)
    var pid: pid_t = 0
    let failure = posix_spawn(&pid, program, nil, &attributes, &words, environ)
    errno = failure
    return failure == 0 ? pid : nil
  }

  private static func handOnSignals() {
    Interrupt.unblock()
    for number in [SIGINT, SIGTERM, SIGHUP] { _ = signal(number, handle) }
  }

  private static let handle: @convention(c) (Int32) -> Void = { number in
    Supervisor.isEnding.store(true, ordering: .sequentiallyConsistent)
    let pid = Supervisor.worker.load(ordering: .sequentiallyConsistent)
    if pid > 0 { kill(pid, number) }
  }
}
