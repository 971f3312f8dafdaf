#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Waiting for somebody else.
enum Pause {
  /// A hundredth of a second.
  static func hundredth() { usleep(10_000) }
}
