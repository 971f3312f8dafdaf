import JSONText

/// The saved searches, or the one that was saved.
public struct SavedAnswer: Answer, Sendable {
  public var searches: [SavedSearch]

  public init(_ searches: [SavedSearch]) { self.searches = searches }

  public static var schemaName: String { "saved" }
  public var exitCode: QualityError.ExitCode { searches.isEmpty ? .nothingFound : .done }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.name("searches")
    writer.beginArray()
    for search in searches {
      writer.beginObject()
      writer.member("name", search.name)
      writer.member("query", search.options.query)
      writer.member("request", .object(search.options.json))
      writer.name("lastRun")
      if let run = search.lastRun {
        writer.beginObject()
        writer.member("commit", run.commit)
        writer.member("total", run.total)
        writer.endObject()
      } else {
        writer.null()
      }
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
  }
}
