import Synchronization

extension Mutex where Value: ~Copyable {
  /// Runs `body` with the lock, where that is free or becomes so in some ten microseconds: as one is that a thread holds which
  /// has a processor. Nil: whoever holds it may have been stopped, for milliseconds.
  ///
  /// Of the loop's known answers one in two hundred met a lock that another thread held just then (decision 0096).
  func withLockSoon<Result>(_ body: (inout sending Value) -> sending Result) -> sending Result? {
    for _ in 0..<SoonLimit.tries {
      if let result = withLockIfAvailable(body) { return result }
    }
    return nil
  }
}

private enum SoonLimit {
  /// A try that fails takes some .3 µs, most of it in the kernel.
  static let tries = 32
}
