import QualityRecords

/// The query language on one page, every example a link that runs; the keys; where the same is had by programs.
struct HelpView {
  let context: PageContext

  init(_ context: PageContext) { self.context = context }

  private struct Example {
    var query: String
    var says: PageText
    var path: [String] = []
  }

  private static let groups: [(title: PageText, examples: [Example])] = [
    (
      .helpWords,
      [
        Example(query: "formaldehyde furniture", says: .helpBoth),
        Example(query: "\"quality files\"", says: .helpPhrase),
        Example(query: "=inspected", says: .helpExact), Example(query: "lead -toys", says: .helpWithout),
        Example(query: "(lead OR cadmium) AND coating", says: .helpOperators),
        Example(query: "甲醛 家具", says: .helpChinese), Example(query: "XK16-204-00123", says: .helpCode),
      ]
    ),
    (
      .helpPatterns,
      [
        Example(query: "formal*", says: .helpPrefix), Example(query: "l?ad", says: .helpWildcard),
        Example(query: "/recti(f|ff)ic.*/", says: .helpRegex), Example(query: "recification~1", says: .helpFuzzy),
      ]
    ),
    (
      .helpNear,
      [
        Example(query: "formaldehyde NEAR/5 board", says: .helpNearSays),
        Example(query: "lead ONEAR/3 coating", says: .helpOrdered),
        Example(query: "SAME SENTENCE (lead toy)", says: .helpSame),
        Example(query: "violation(lead severity:>=serious)", says: .helpUnit),
      ]
    ),
    (
      .helpFields,
      [
        Example(query: "province:Guangdong result:fail", says: .helpField),
        Example(query: "severity:>=serious", says: .helpRange), Example(query: "product:toys", says: .helpTree),
        Example(query: "licence:*", says: .helpHas),
      ]
    ),
    (
      .helpDates,
      [
        Example(query: "lead date:2007", says: .helpYear), Example(query: "lead date:2007-Q3", says: .helpQuarter),
        Example(query: "lead date:2007-03..2007-10", says: .helpSpan),
        Example(query: "lead since:2007-06", says: .helpSince),
      ]
    ),
    (
      .helpJoins,
      [
        Example(query: "has(inspection: lead since:2007-03)", says: .helpJoin),
        Example(query: "kind:enterprise product:toys NOT has(inspection: type:re-examination)", says: .helpAntiJoin),
        Example(query: "lead by(enterprise: export:true)", says: .helpBy),
      ]
    ),
  ]

  private static let keys: [(String, PageText)] = [
    ("/", .keyBox), ("j", .keyNext), ("k", .keyPrevious), ("Enter", .keyOpen), ("f", .keyFacets), ("t", .keyTimeline),
    ("n", .keyNextMatch), ("p", .keyPreviousMatch), ("?", .keyHelp),
  ]

  func document() -> [UInt8] {
    let words = context.words
    var frame = PageFrame(words[.helpTitle], .help)
    frame.commit = context.index.commit
    return frame.document(context) { html in
      html.element("h1", words[.helpTitle])
      html.element("p", ["class": "lead"], words[.helpLead])
      html.element("div", ["class": "help"]) { html in
        for group in Self.groups {
          html.element("section") { html in
            html.element("h2", words[group.title])
            html.element("dl", ["class": "examples"]) { html in
              for example in group.examples {
                html.element("div") { html in
                  html.element("dt") { html in
                    html.element("a", ["href": context.address(example.path, [("q", example.query)])]) { html in
                      html.element("code", ["lang": context.lang(example.query)], example.query)
                    }
                  }
                  html.element("dd", words[example.says])
                }
              }
            }
          }
        }
        html.element("section") { html in
          html.element("h2", words[.helpRungs])
          html.element("p", words[.helpRungsSays])
        }
        html.element("section", ["id": "keys"]) { html in
          html.element("h2", words[.keysTitle])
          html.element("dl", ["class": "keys"]) { html in
            for (key, says) in Self.keys {
              html.element("div") { html in
                html.element("dt") { html in html.element("kbd", key) }
                html.element("dd", words[says])
              }
            }
          }
        }
        html.element("section") { html in
          html.element("h2", words[.forPrograms])
          html.element("p") { html in
            html.text(words[.forProgramsSays] + " ")
            html.element("a", ["href": "/openapi.json"]) { html in html.element("code", "/openapi.json") }
          }
        }
      }
    }
  }
}
