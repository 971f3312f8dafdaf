import Records

extension QualityIndex {
  /// Paragraphs of directives that answer a query, best first: the shape of a search, ids `x#pN`.
  ///
  /// Snippets are the sentences that matched with one before and one behind. Places (`第十二条`, `Article 12`, `¶3`, `para 3`,
  /// `第3段`) are filters; where no paragraph of such a place is found, they are searched as text, and a note says so.
  ///
  /// - Throws: what ``search(_:)`` throws.
  public func passages(_ options: SearchOptions) throws(QualityError) -> SearchAnswer {
    var options = options
    options.kinds = [Schema.passage.kind]
    options.isPassageView = true
    let answer = try search(options)
    guard answer.total == 0, answer.notes.contains(where: { $0.code == "place" }) else { return answer }
    options.isPassageView = false
    var text = try search(options)
    guard text.total > 0 else { return answer }
    let places = answer.notes.filter { $0.code == "place" }
    text.notes.insert(
      SearchAnswer.Note(
        code: "place-as-text", message: "no paragraph stands at such a place: searched as text",
        at: places.first?.at, hint: ""), at: 0)
    return text
  }
}
