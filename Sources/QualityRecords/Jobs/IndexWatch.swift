import SearchEngine

/// Tells when the index in a directory has a newer commit, for servers that ask before every request.
///
/// A commit changes the directory, so a directory that has not changed is not listed. Clocks of file systems tick a few
/// milliseconds apart: a directory that changed in the last second is listed whatever it says.
public struct IndexWatch: Sendable {
  private let path: String
  private var modified = 0
  private var isSettled = false
  private var lastListed: ContinuousClock.Instant?
  private var commit: UInt64?

  /// Longer than the tick of any clock of a file system in use.
  private static let settling = Duration.seconds(1)

  public init(path: String) { self.path = path }

  /// The number of the newest commit; nil where there is no index.
  ///
  /// Cost: a microsecond while nothing changes; the listing of a directory, some 20 µs, for a second after a change.
  public mutating func newestCommit() throws(QualityError) -> UInt64? {
    let now = ContinuousClock.now
    let status = FileStatus(path)
    if let status, status.modified == modified, isSettled { return commit }
    if let status, status.modified == modified, let lastListed {
      isSettled = now - lastListed > Self.settling
    } else {
      isSettled = false
      lastListed = now
    }
    modified = status?.modified ?? 0
    do throws(IndexError) { commit = try IndexDirectory.newestCommit(path: path) } catch { throw QualityError(error) }
    return commit
  }
}
