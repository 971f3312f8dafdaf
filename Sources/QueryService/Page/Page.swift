import JSONText
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

  /// Hits of a page, which keeps a page of them under 60 KB.
  static let pageLength = 20

  public init() {}

  /// Answers a visit; nil where the page has nothing at that path. Errors of a query are part of a view, not thrown; what
  /// is thrown is damage of the index or the like.
  public func reply(_ visit: PageVisit) throws(QualityError) -> Reply? {
    let context = PageContext(visit)
    do throws(QualityError) {
      return try view(context)
    } catch {
      guard visit.showsErrors, error.exitCode == .usage || error.exitCode == .nothingFound else { throw error }
      let status = ProblemReply.status(error)
      return .html(status: status, ErrorView(error: error, status: status).document(context))
    }
  }

  private func view(_ context: PageContext) throws(QualityError) -> Reply? {
    let path = context.visit.path
    switch (path.first, path.count) {
    case (nil, _): return try SearchPage(context).reply()
    case ("assets", 2):
      return PageAssets.all.first { $0.name == path[1] }.map { .asset(type: $0.type, $0.bytes) }
    case ("favicon.ico", 1): return .asset(type: PageAssets.mark.type, PageAssets.mark.bytes)
    case ("enterprises", 1): return try EnterprisesPage(context).reply()
    case ("enterprises", 2): return try HistoryPage(context).reply(path[1])
    case ("history", 1): return try HistoryPage(context).named()
    case ("passages", 1): return try PassagesPage(context).reply()
    case ("directives", 2): return try DirectivePage(context).reply(path[1])
    case ("quote-check", 1): return try QuotationPage(context).reply()
    case ("records", 2): return try RecordPage(context).reply(path[1])
    case ("records", 3): return try RecordPage(context).reply(path[1] + "/" + path[2])
    case ("why", 1): return try WhyPage(context).reply()
    case ("coverage", 1): return try CoveragePage(context).reply()
    case ("duties", 1): return try DutiesPage(context).reply()
    case ("trace", 1): return try TracePage(context).reply()
    case ("pivot", 1): return try PivotPage(context).reply()
    case ("match", 1): return try MatchPage(context).reply()
    case ("help", 1): return .html(status: 200, HelpView(context).document())
    default: return nil
    }
  }
}
