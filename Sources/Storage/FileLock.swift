import Synchronization

/// A lock on a file, held until `release()` or until the last reference goes.
public final class FileLock: Sendable {
  public let path: String
  private let giveBack: Mutex<(@Sendable () -> Void)?>

  init(path: String, release: @escaping @Sendable () -> Void) {
    self.path = path
    self.giveBack = Mutex(release)
  }

  deinit { release() }

  /// Gives the lock back; a second call does nothing.
  public func release() {
    let action = giveBack.withLock { held in
      let action = held
      held = nil
      return action
    }
    action?()
  }
}
