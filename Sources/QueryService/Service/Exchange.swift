import HTTPServer
import QualityRecords
import Records

/// One request on its way through a route: what was asked, by whom, and of which commits. Of one thread.
final class Exchange {
  let service: QueryService
  let request: Request
  let grant: Grant
  let values: ParameterValues
  /// Names the request in answers and logs.
  let id: String
  /// Whether what takes long is given up, to be done again.
  let isQuick: Bool
  private var chosen: (index: QualityIndex, choice: OpenCollections.Choice)?

  /// - Parameter chosen: the index to ask instead of the newest.
  init(
    _ service: QueryService, _ request: Request, _ grant: Grant, _ values: ParameterValues, id: String, isQuick: Bool,
    chosen: (index: QualityIndex, choice: OpenCollections.Choice)? = nil
  ) {
    self.chosen = chosen
    self.service = service
    self.request = request
    self.grant = grant
    self.values = values
    self.id = id
    self.isQuick = isQuick
  }

  /// The index of what may be read: of all of it, or of the collections that the request names. The same for the whole
  /// request.
  /// - Throws: `no-such-collection`, alike for what is not there and for what may not be read.
  func index() throws(QualityError) -> QualityIndex {
    if let chosen { return chosen.index }
    let choice = try Self.choice(values.list("collection"), grant)
    let index = try service.collections.index(choice, cursor: values.text("cursor"))
    chosen = (index, choice)
    return index
  }

  /// The time that a search may take: what was asked for, less what the request has waited and was tried, and less what it
  /// takes to end: what was found is chosen from, read, written down, and its memory given back.
  var searchTime: Duration {
    let ending = min(ServiceLimits.ending, timeAsked / ServiceLimits.endingShare)
    return max(.milliseconds(1), expiry - ContinuousClock.now - ending)
  }

  /// Whether that time went by while the request waited: then there is nothing to begin.
  var isLate: Bool { ContinuousClock.now >= expiry }

  /// When the time that the request allows is over.
  var expiry: ContinuousClock.Instant { request.arrival + timeAsked }

  private var timeAsked: Duration {
    .milliseconds(values.integer("timeout") ?? service.options.limits.queryMilliseconds)
  }

  /// The index, where one was asked.
  var askedIndex: QualityIndex? { chosen?.index }

  var askedChoice: OpenCollections.Choice? { chosen?.choice }

  /// Names of the collections that were asked.
  var askedCollections: [String] { chosen?.choice.collections ?? [] }

  static func choice(_ names: [String], _ grant: Grant) throws(QualityError) -> OpenCollections.Choice {
    if let unknown = names.first(where: { !grant.read.contains($0) }) {
      throw QualityError(
        "no-such-collection", "there is no collection '\(unknown)' that may be read",
        hint: "collections are: \(grant.read.joined(separator: ", "))")
    }
    let collections = names.isEmpty ? grant.read : grant.read.filter { names.contains($0) }
    // Paragraphs are of the directives that they stand in.
    let kinds = grant.kinds.map { kinds in
      Set(kinds).union(kinds.contains(Schema.directive.kind) ? [Schema.passage.kind] : [])
    }
    return OpenCollections.Choice(collections: collections, kinds: kinds)
  }

  /// An answer has a next page: its commits are kept for a while.
  func noteNext(_ next: String?) { if next != nil { noteNext() } }

  /// Whether it has.
  private(set) var hasNext = false

  func noteNext() {
    guard let chosen else { return }
    hasNext = true
    service.collections.keep(chosen.index, chosen.choice)
  }

  /// The one collection that a request writes.
  func writtenCollection() throws(QualityError) -> MountedCollection {
    let name = values.text("collection") ?? (grant.write.count == 1 ? grant.write[0] : nil)
    guard let name else {
      throw QualityError(
        "usage", "expected the parameter 'collection': which one to write",
        hint: "collections are: \(grant.write.joined(separator: ", "))")
    }
    guard grant.write.contains(name), let found = service.collections.mounted.first(where: { $0.name == name }) else {
      throw QualityError(
        "no-such-collection", "there is no collection '\(name)' that may be written",
        hint: "collections are: \(grant.write.joined(separator: ", "))")
    }
    return found
  }

  /// A body of text: plain, or the member `text` of a JSON object.
  /// - Throws: `bad-body`.
  func bodyText() throws(QualityError) -> String {
    if MediaType(request.head.fields["content-type"]) == .json {
      let members = try ParameterValues(
        body: request.body, path: [:], [Parameter("text", .text, isRequired: true, "the quotation")])
      return members.text("text") ?? ""
    }
    guard let text = String(validating: request.body, as: UTF8.self) else {
      throw QualityError("bad-body", "the body is not UTF-8", hint: "send the quotation as UTF-8 text")
    }
    return text
  }
}

/// Types of bodies that routes take.
enum MediaType: Sendable {
  case json, text, jsonLines, form, none, other

  /// Of a Content-Type field, its parameters left out.
  init(_ field: String?) {
    guard let field else {
      self = .none
      return
    }
    let name = field.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }.lowercased()
    switch name {
    case "application/json": self = .json
    case "text/plain": self = .text
    case "application/x-ndjson", "application/jsonl", "application/jsonlines": self = .jsonLines
    case "application/x-www-form-urlencoded": self = .form
    default: self = .other
    }
  }
}
