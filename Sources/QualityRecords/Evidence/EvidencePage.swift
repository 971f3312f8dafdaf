import JSONText
import SearchEngine

/// The hits of an evidence folder as one page that needs nothing else: no script, no style sheet, no font, no network.
struct EvidencePage {
  private(set) var body = ""
  private(set) var hits = 0

  /// Hits on the page: more would not open on a small machine, and stand in the other files.
  static let longest = 1_000

  mutating func add(_ hit: SearchAnswer.Hit) {
    hits += 1
    guard hits <= Self.longest else { return }
    let facts = [
      hit.kind, hit.id, hit.date.map { hit.dateIs == "possible" ? "\($0) (possible)" : $0 }, hit.enterprise?.name,
    ]
    .compactMap { $0 }.map(Self.escaped).joined(separator: " · ")
    body += "<article><h2>\(hits). \(Self.escaped(hit.title))</h2>\n<p class=\"facts\">\(facts) · \(hit.rung)</p>\n"
    for snippet in hit.snippets {
      let label = snippet.paragraph.map { "¶\($0)" } ?? Self.escaped(snippet.field)
      body += "<p><span class=\"label\">\(label)</span> \(Self.marked(snippet))</p>\n"
    }
    body += "</article>\n"
  }

  /// The whole page.
  func text(_ request: EvidenceRequest) -> String {
    var page = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(Self.escaped(request.query))</title>
      <style>
      body { font-family: sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.5; }
      h2 { font-size: 1.05rem; margin-bottom: 0; }
      .facts, .label { color: #555; }
      mark { background: #fe9; }
      dt { font-weight: bold; }
      </style>
      </head>
      <body>
      <h1>\(Self.escaped(request.query))</h1>
      <dl>
      <dt>Asked as</dt><dd>\(Self.escaped(request.canonical))</dd>
      <dt>Found</dt><dd>\(request.total)</dd>
      <dt>Commit</dt><dd>\(request.commit)</dd>
      <dt>Receipt</dt><dd>\(Self.escaped(request.receipt))</dd>
      </dl>

      """
    for note in request.notes { page += "<p>Note: \(Self.escaped(note))</p>\n" }
    page += body
    if hits > Self.longest { page += "<p>\(hits - Self.longest) more in hits.jsonl and hits.csv.</p>\n" }
    return page + "</body>\n</html>\n"
  }

  private static func marked(_ snippet: Snippet) -> String {
    let bytes = Array(snippet.text.utf8)
    var text = ""
    var place = 0
    func piece(_ from: Int, _ to: Int) -> String {
      from < to ? escaped(String(decoding: bytes[from..<to], as: UTF8.self)) : ""
    }
    for mark in snippet.marks where mark.lowerBound >= place && mark.upperBound <= bytes.count {
      text += piece(place, mark.lowerBound) + "<mark>" + piece(mark.lowerBound, mark.upperBound) + "</mark>"
      place = mark.upperBound
    }
    return text + piece(place, bytes.count)
  }

  /// Text as HTML: the five signs, and no control character but the line end.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      default: result.unicodeScalars.append(scalar.value < 0x20 || scalar.value == 0x7F ? "\u{FFFD}" : scalar)
      }
    }
    return result
  }
}
