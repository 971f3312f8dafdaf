#if os(Linux)
  import Glibc
#else
  import Darwin
#endif

/// The processor's time that the calling thread has used. A thread that waits for the processor uses none.
public enum ThreadTime {
  public static var now: Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}

extension Duration {
  /// In seconds; what is below a nanosecond is lost.
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
