#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Signals that would end the process where an error number does.
public enum ProcessSignals {
  /// Makes a write beyond the file size limit fail with EFBIG, and one to a closed pipe with EPIPE, instead of killing
  /// the process. Holds for the whole process; called once at the start of a program.
  public static func ignoreFileSizeLimitAndBrokenPipe() {
    _ = signal(SIGXFSZ, SIG_IGN)
    _ = signal(SIGPIPE, SIG_IGN)
  }
}
