#if canImport(Glibc)
  import CLinux
  import Glibc
#endif

/// The C library's allocator, told how a server that answers for weeks wants its memory: what one large answer took is given
/// back, not kept by the thread that made it. Elsewhere than under glibc nothing is done.
enum Allocator {
  /// Blocks from this size on are mapped and unmapped one by one. glibc begins with 128 KB and raises it to 32 MB by what it
  /// sees freed: from then on every thread keeps buffers of that size. A megabyte is mapped in some 0.1 ms.
  private static let mapped: Int32 = 1 << 20
  /// Free bytes at the end of an arena that are kept for the next request.
  private static let kept: Int32 = 1 << 20

  /// To be called before threads are started.
  static func setUp() {
    #if canImport(Glibc)
      _ = mallopt(M_MMAP_THRESHOLD, mapped)
      _ = mallopt(M_TRIM_THRESHOLD, kept)
    #endif
  }

  /// Gives back whole free pages of all arenas. Cost: a walk over what is free, some milliseconds, in which each arena is
  /// locked for its part of it.
  static func giveBack() {
    #if canImport(Glibc)
      _ = malloc_trim(0)
    #endif
  }
}
