import QualityRecords
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// SIGINT as a flag that a job asks for: the job ends at its next record and the index is as the last commit left it.
enum Interrupt {
  private static let flag = Atomic<Bool>(false)

  static var isRaised: Bool { flag.load(ordering: .relaxed) }

  /// From here on a first SIGINT or SIGTERM raises the flag, and a second one ends the process at once (a commit is safe from
  /// that, too: it stands as a whole or not at all).
  static func listen() {
    // The flag is made before a handler can want it.
    _ = isRaised
    unblock()
    _ = signal(SIGINT, handle)
    _ = signal(SIGTERM, handle)
  }

  /// A process inherits the mask of the thread that started it, which may hold these signals back.
  static func unblock() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    pthread_sigmask(Int32(SIG_UNBLOCK), &signals, nil)
  }

  private static let handle: @convention(c) (Int32) -> Void = { _ in
    if Interrupt.flag.exchange(true, ordering: .relaxed) { _exit(ExitCode.interrupted.rawValue) }
  }
}
