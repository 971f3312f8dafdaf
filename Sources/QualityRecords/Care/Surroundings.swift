#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the machine gives to an index: room, open files, who may write. Read from the system, or stated by a test.
public struct Surroundings: Sendable {
  /// Files that the process may have open; nil when unlimited.
  public var openFiles: Int?
  /// Bytes that may still be written in the file system of a path; nil when it cannot be told.
  public var freeBytes: @Sendable (String) -> Int?
  /// Today as `2026-11-22`.
  public var today: String

  /// Of this machine, now.
  public static var current: Surroundings {
    Surroundings(openFiles: openFileLimit, freeBytes: { free($0) }, today: date())
  }

  private static var openFileLimit: Int? {
    var limit = rlimit()
    #if canImport(Glibc)
      guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
    #else
      guard getrlimit(RLIMIT_NOFILE, &limit) == 0 else { return nil }
    #endif
    return Int(exactly: limit.rlim_cur)
  }

  private static func free(_ path: String) -> Int? {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return nil }
    return Int(exactly: UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize)).partialValue)
  }

  private static func date() -> String {
    var now = time(nil)
    var parts = tm()
    gmtime_r(&now, &parts)
    func digits(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(parts.tm_year + 1900)-\(digits(parts.tm_mon + 1))-\(digits(parts.tm_mday))"
  }

  /// Whether others than the owner may write there.
  static func isOpenToOthers(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFLNK && status.st_mode & 0o022 != 0
  }
}
