import QualityRecords

/// The page that people use: every view is a function of a ``PageVisit``, written on the server, whole without script.
public struct Page: Sendable {
  /// What a visit ends in; the service adds length, policy and caching headers.
  public enum Reply: Sendable {
    /// A document, UTF-8.
    case html(status: Int, [UInt8])
    /// A file that is part of the program: style, script, mark.
    case asset(type: StaticString, [UInt8])
    /// A table to keep.
    case csv(name: String, [UInt8])
    /// See other (303).
    case redirect(String)
  }

  public init() {}

  /// Answers a visit; nil where the page has nothing at that path. Errors of a query are part of a view, not thrown; what
  /// is thrown is damage of the index or the like.
  public func reply(_ visit: PageVisit) throws(QualityError) -> Reply? {
    guard visit.path.isEmpty else { return nil }
    return .html(status: 200, Array("<!doctype html><title>Dossier</title>".utf8))
  }
}
