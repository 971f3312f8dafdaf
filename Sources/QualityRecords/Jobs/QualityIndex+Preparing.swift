import QueryLanguage
import SearchEngine
import Synchronization

extension QualityIndex {
  /// Makes what `earlier`, the same indexes at other commits, was asked to make and keeps: the first who ask need not.
  ///
  /// Ends early where the work that it is part of is over (``WorkLimit``); what cannot be read is left to those who ask.
  public func prepare(like earlier: QualityIndex) {
    searcher.prepare(like: earlier.searcher)
    let kinds = earlier.dateSpans.withLock { $0.keys.sorted() }
    let scope = SearchedScope(self, SearchRequest(QuerySyntax(.everything)))
    for kind in kinds where WorkLimit.current?.isOver != true { _ = try? scope.span(of: kind) }
  }
}
