#if os(Linux)
  import CLinux
  import Glibc

  /// Which descriptors are ready: epoll, and a counter by which other threads wake the one that waits.
  final class EventQueue: Sendable {
    struct Event {
      var token: UInt64
      var isReadable: Bool
      var isWritable: Bool
      /// The other end is gone, or the descriptor is broken.
      var isClosed: Bool
      /// The other end sends no more; whether it still reads is not known.
      var isHalfClosed: Bool
    }

    /// The token of a wake-up.
    static let wakeToken = UInt64.max
    private static let batch = 256

    private let queue: Int32
    private let counter: Int32

    /// Throws when the system has no descriptor left.
    init() throws(ServerError) {
      queue = epoll_create1(Int32(EPOLL_CLOEXEC))
      guard queue >= 0 else { throw ServerError("no event queue: \(SystemError.last)") }
      counter = eventfd(0, Int32(EFD_NONBLOCK) | Int32(EFD_CLOEXEC))
      guard counter >= 0 else {
        close(queue)
        throw ServerError("no wake-up counter: \(SystemError.last)")
      }
      add(counter, Self.wakeToken, reads: true, writes: false)
    }

    deinit {
      close(counter)
      close(queue)
    }

    func add(_ descriptor: Int32, _ token: UInt64, reads: Bool, writes: Bool) {
      control(Int32(EPOLL_CTL_ADD), descriptor, token, reads, writes)
    }

    /// - Parameter ends: whether it is told that the other end sends no more: again and again, once it is so.
    func change(_ descriptor: Int32, _ token: UInt64, reads: Bool, writes: Bool, ends: Bool = true) {
      control(Int32(EPOLL_CTL_MOD), descriptor, token, reads, writes, ends: ends)
    }

    func remove(_ descriptor: Int32) {
      var event = epoll_event()
      epoll_ctl(queue, Int32(EPOLL_CTL_DEL), descriptor, &event)
    }

    private func control(
      _ operation: Int32, _ descriptor: Int32, _ token: UInt64, _ reads: Bool, _ writes: Bool, ends: Bool = true
    ) {
      var event = epoll_event()
      event.events = ends ? EPOLLRDHUP.rawValue : 0
      if reads { event.events |= EPOLLIN.rawValue }
      if writes { event.events |= EPOLLOUT.rawValue }
      event.data.u64 = token
      epoll_ctl(queue, operation, descriptor, &event)
    }

    /// Wakes the thread that waits, or the next that will.
    func wake() {
      var one: UInt64 = 1
      _ = write(counter, &one, 8)
    }

    /// What is ready, after at most `milliseconds`. Wake-ups are taken off the counter.
    func wait(milliseconds: Int32) -> [Event] {
      var events = [epoll_event](repeating: epoll_event(), count: Self.batch)
      let count = epoll_wait(queue, &events, Int32(Self.batch), milliseconds)
      guard count > 0 else { return [] }
      return events.prefix(Int(count)).map { event in
        let token = event.data.u64
        if token == Self.wakeToken {
          var value: UInt64 = 0
          _ = read(counter, &value, 8)
        }
        return Event(
          token: token, isReadable: event.events & EPOLLIN.rawValue != 0,
          isWritable: event.events & EPOLLOUT.rawValue != 0,
          isClosed: event.events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0,
          isHalfClosed: event.events & EPOLLRDHUP.rawValue != 0)
      }
    }
  }
#endif

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The operating system's words for the error of the last call.
enum SystemError {
  static var last: String { String(cString: strerror(errno)) }
}
