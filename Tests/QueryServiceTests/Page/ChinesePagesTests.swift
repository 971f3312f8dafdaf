import Foundation
import Testing

@testable import QueryService

@Suite("Chinese pages")
struct ChinesePagesTests {
  /// Words side by side that make a sentence rather than a name.
  private static let sentence = 4
  /// Elements whose text is typed, or is code.
  private static let typed: Set<String> = ["code", "kbd", "textarea", "script", "style"]
  private static let shown = ["title", "aria-label", "placeholder", "alt", "content"]

  /// All that the sample collection says, in lower case, its punctuation as blanks.
  private static let data: Result<String, any Error> = Result {
    var text = ""
    let files = FileManager.default.enumerator(atPath: SamplePage.seeds)
    while let name = files?.nextObject() as? String {
      guard ["jsonl", "json", "csv", "txt", "md"].contains(where: { name.hasSuffix("." + $0) }) else { continue }
      let bytes = try Data(contentsOf: URL(filePath: SamplePage.seeds + "/" + name))
      // Some are in other encodings: but for UTF-16 their English is the same bytes.
      text +=
        bytes.starts(with: [0xFF, 0xFE])
        ? String(data: bytes, encoding: .utf16) ?? "" : String(decoding: bytes, as: UTF8.self)
      text += "\n"
    }
    return " " + words(text).joined(separator: " ") + " "
  }

  private static func words(_ text: String) -> [String] {
    text.lowercased().split { !($0.isASCII && $0.isLetter) }.map(String.init)
  }

  /// Runs of English words in a text: only blanks and apostrophes stand between them. Lists of names have commas.
  private static func runs(_ text: String) -> [[String]] {
    text.split { !($0.isASCII && ($0.isLetter || " '\n".contains($0))) }.map { words(String($0)) }
      .filter { $0.count >= sentence }
  }

  /// What of a document is neither Chinese nor said by the records or the question.
  private static func foreign(_ document: HTMLDocument, asked: String) throws -> [String] {
    let known = try data.get() + words(asked).joined(separator: " ") + " "
    var found: [String] = []
    func look(_ text: String) {
      for run in runs(text) {
        let isKnown = (0...(run.count - sentence)).contains { start in
          known.contains(" " + run[start..<(start + sentence)].joined(separator: " ") + " ")
        }
        if !isKnown { found.append(run.joined(separator: " ")) }
      }
    }
    func walk(_ element: HTMLDocument.Element) {
      guard !typed.contains(element.name) else { return }
      for name in shown { element.attributes[name].map(look) }
      for node in element.children {
        switch node {
        case .text(let text): look(text)
        case .element(let inner): walk(inner)
        }
      }
    }
    walk(document.root)
    return found
  }

  @Test("every view is Chinese but for what records and questions say", arguments: SamplePage.views)
  func views(address: String) throws {
    let document = try SamplePage.document(address, language: .chinese)
    let found = try Self.foreign(document, asked: address.removingPercentEncoding ?? address)
    #expect(found.isEmpty, "\(address): \(found)")
  }

  @Test("the search for English finds it: the same views in English are full of it")
  func control() throws {
    for address in [
      "/", "/help", "/coverage", "/?q=zzzz+formaldehyde+date:1999", "/why?id=INS-2007-0301&q=lead+coating",
    ] {
      let document = try SamplePage.document(address)
      #expect(try !Self.foreign(document, asked: address).isEmpty, "\(address)")
    }
  }

  @Test("questions that are wrong, and those that find nothing, are told in Chinese")
  func faults() throws {
    for (address, status) in [
      ("/?q=lead+since:2007-13", 400), ("/?q=colour:red", 400), ("/?q=lead&sort=nothing", 400),
      ("/?q=lead&cursor=x", 410),
      ("/?q=lead&kind=nothing", 400), ("/?q=has(nothing:+x)", 400), ("/?q=%2F%5B%2F", 400),
      ("/enterprises/none-such", 404),
      ("/directives/none-such", 404), ("/records/none-such", 404), ("/why?id=none-such&q=lead", 404),
      ("/pivot?a=nothing&b=kind", 400), ("/coverage?by=nothing", 400),
    ] {
      let reply = try #require(try SamplePage.reply(address, language: .chinese))
      guard case .html(let seen, let bytes) = reply else { continue }
      #expect(seen == status, "\(address)")
      let document = try HTMLDocument(String(decoding: bytes, as: UTF8.self))
      let found = try Self.foreign(document, asked: address.removingPercentEncoding ?? address)
      #expect(found.isEmpty, "\(address): \(found)")
    }
  }

  @Test("how a score came about is told in Chinese: every label and every name of a number")
  func scoreTree() throws {
    let document = try SamplePage.document("/why?id=INS-2007-0301&q=lead+coating", language: .chinese)
    let tree = try #require(document.elements.first { $0.has(class: "tree-list") })
    #expect(tree.attributes["lang"] == nil)
    #expect(tree.text.contains("词频") && tree.text.contains("词“lead”"))
    // The words of the question, ids of records and K apart, nothing is English.
    let rest = Self.words(tree.text).filter { !["lead", "coating", "ins", "k"].contains($0) }
    #expect(rest.isEmpty, "\(rest)")
  }
}
