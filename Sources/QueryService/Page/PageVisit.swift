import QualityRecords

/// One request for the page, as the service hands it over: what was asked, in which language, and of which index.
///
/// `index` holds what the visitor may read and nothing else, so a view needs no checks of its own.
public struct PageVisit: Sendable {
  public var index: QualityIndex
  /// Segments of the path, percent-decoded once, without a leading or trailing empty one: `/` is `[]`.
  public var path: [String]
  /// Parameters of the query string, in their order.
  public var items: [(name: String, value: String)]
  /// A form that was posted, decoded; empty for GET.
  public var form: [(name: String, value: String)]
  /// Files that came with a form, as they are.
  public var files: [(name: String, bytes: [UInt8])] = []
  public var language: PageLanguage
  /// Names of the collections that the visitor may read, when the server mounts more than one.
  public var collections: [String]
  /// The collection that `index` is of, when there is more than one.
  public var collection: String?
  /// Names the request, for people to tell who runs the server.
  public var requestID: String?
  /// Whether errors of a query are documents; else they are thrown, for programs.
  public var showsErrors = true

  public init(
    index: QualityIndex, path: [String], items: [(name: String, value: String)] = [],
    form: [(name: String, value: String)] = [], language: PageLanguage = .english, collections: [String] = [],
    collection: String? = nil
  ) {
    self.index = index
    self.path = path
    self.items = items
    self.form = form
    self.language = language
    self.collections = collections
    self.collection = collection
  }

  public func value(_ name: String) -> String? { items.first { $0.name == name }?.value }

  public func values(_ name: String) -> [String] { items.compactMap { $0.name == name ? $0.value : nil } }
}

/// The languages of the page.
public enum PageLanguage: String, Sendable, CaseIterable {
  case english = "en"
  case chinese = "zh"
}
