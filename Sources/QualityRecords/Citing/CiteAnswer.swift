import JSONText
import Records

/// A paragraph as it is cited: its text, where it stands, a link that survives a re-issue.
public struct CiteAnswer: Answer, Hashable {
  /// The forms of a citation.
  public enum Style: String, Sendable, CaseIterable { case text, markdown, chinese }

  public struct Citation: Hashable, Sendable {
    public var style: Style
    public var text: String
  }

  public var id: String
  /// The link with its whole fingerprint, and the one that finds the unchanged text alone.
  public var link: String
  public var shortLink: String
  public var title: String
  public var issuer: String?
  public var date: String?
  public var pageDate: String?
  public var paragraph: Int
  public var of: Int
  /// The last paragraph of the place that was asked for, where it has several.
  public var lastParagraph: Int?
  /// Headings and article: `第二章 犯罪`, `第十三条`.
  public var path: [String]
  public var text: String
  var outcome: PassageLink.Outcome?
  public var citations: [Citation]
  public var commit: UInt64
  public var receipt: String

  public static var schemaName: String { "cite" }
  public var exitCode: QualityError.ExitCode { .done }

  /// What became of the paragraph since the link was made: `was ¶3, now ¶4`; nil where no link was asked for.
  public var change: String? { outcome?.description() }

  public func citation(_ style: Style) -> String { citations.first { $0.style == style }?.text ?? "" }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("id", id)
    writer.member("kind", Schema.passage.kind)
    writer.member("link", link)
    writer.member("shortLink", shortLink)
    writer.member("title", title)
    writer.member("issuer", orNull: issuer)
    writer.member("date", orNull: date)
    writer.member("dateText", DateWords.english(date))
    writer.member("pageDate", orNull: pageDate)
    writer.member("paragraph", paragraph)
    writer.member("of", of)
    writer.name("lastParagraph")
    if let lastParagraph { writer.int(lastParagraph) } else { writer.null() }
    writer.member("path", path)
    writer.member("text", text)
    writer.name("asked")
    if let outcome { outcome.write(to: &writer) } else { writer.null() }
    writer.name("citations")
    writer.beginObject()
    for citation in citations { writer.member(citation.style.rawValue, citation.text) }
    writer.endObject()
    writer.member("commit", commit)
    writer.member("receipt", receipt)
    writer.endObject()
  }
}

extension QualityIndex {
  /// The citation of a paragraph: `ID#pN`, a link with a fingerprint, or a place as `ID 第十二条`.
  ///
  /// - Throws: `no-such-id`: no such directive, or it has no such paragraph; `usage` for what names no paragraph; what
  ///   reading the index throws. Cost: reading one directive.
  public func cite(_ text: String) throws(QualityError) -> CiteAnswer {
    guard let found = try passage(called: text) else {
      if PlaceScanner.mentions(in: text).isEmpty, DirectivePassages.parts(of: text) == nil {
        let exists = try directive(called: text) != nil
        throw QualityError(
          exists ? "usage" : "no-such-id",
          exists ? "'\(text)' names a directive, not a paragraph of it" : "'\(text)' names no paragraph of a directive",
          hint: exists ? "cite '\(text)#p1'" : "cite ID#pN")
      }
      throw QualityError(
        "no-such-id", "no directive has the id or title in '\(text)'", hint: "dossier passages \(text)")
    }
    let link = PassageLink(number: found.entry.number, text: found.entry.text)
    let id = found.record.id
    var answer = CiteAnswer(
      id: id, link: "\(id)~\(link.text)", shortLink: "\(id)~\(link.digest)",
      title: found.members["title"]?.stringValue ?? found.outline.id, issuer: found.members["issuer"]?.stringValue,
      date: found.members["date"]?.stringValue, pageDate: found.members["pageDate"]?.stringValue,
      paragraph: found.entry.number, of: found.count, lastParagraph: found.lastNumber, path: found.entry.path,
      text: found.entry.text, outcome: found.outcome, citations: [], commit: commit, receipt: "")
    answer.citations = CiteAnswer.Style.allCases.map { .init(style: $0, text: CitationText.text(answer, $0)) }
    answer.receipt = Receipt.code(["cite", answer.link, identity, answer.text])
    return answer
  }
}
