import JSONText
import QualityRecords

/// The hits of a search on standard output, in the form that was asked for.
struct SearchOutput {
  private let invocation: Invocation

  init(_ invocation: Invocation) { self.invocation = invocation }

  /// - Parameter fields: fields of the records that were asked for by name.
  func write(_ answer: SearchAnswer, _ options: SearchOptions, fields: [String]) {
    if invocation.wantsJSON {
      invocation.writeJSON(answer)
    } else if invocation.arguments.has(Command.SearchFlags.jsonLines) {
      for hit in answer.hits {
        var writer = JSONWriter()
        SearchAnswer.write(hit, to: &writer)
        invocation.output.write(writer.bytes)
        invocation.output.write("\n")
      }
    } else if options.countsOnly {
      invocation.output.writeLine(String(answer.total))
    } else {
      invocation.output.write(SearchScreen(screen: invocation.screen, fields: fields).text(answer))
    }
    invocation.output.flush()
  }
}
