import QueryLanguage
import SearchEngine

// What is said of codes: which editions a code without a year found, and which codes there are where one is unknown.
extension QualityIndex {
  /// Notes `code-years` on codes that were typed without their year; none where nothing was found.
  func codeNotes(_ request: SearchRequest, _ result: SearchResult) throws(QualityError) -> [SearchAnswer.Note] {
    guard result.total > 0 else { return [] }
    return try searching { () throws(SearchError) in try searcher.editions(for: request) }.map { family in
      SearchAnswer.Note(
        code: "code-years", message: "\(family.code) finds every year of it: \(Self.list(family.codes))",
        at: family.range,
        hint: "")
    }
  }

  /// The note `code-prefix` on a code that no record holds; its hint finds all that begin so.
  static func note(unknown code: SearchHelp.CodeFamily) -> SearchAnswer.Note {
    var message = "no record holds \(code.code); codes are never fuzzed"
    if !code.codes.isEmpty {
      let begin = code.beginning == code.code ? "so" : "with \(code.beginning)"
      message +=
        code.codes.count == 1
        ? "; one code begins \(begin): \(list(code.codes))" : "; these begin \(begin): \(list(code.codes))"
    }
    return SearchAnswer.Note(code: "code-prefix", message: message, at: code.range, hint: code.query?.description ?? "")
  }

  private static func list(_ codes: [SearchHelp.CountedCode]) -> String {
    codes.map { "\($0.code) (\($0.count))" }.joined(separator: ", ")
  }
}
