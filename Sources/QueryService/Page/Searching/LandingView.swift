import QualityRecords

/// What there is, when nothing has been asked yet: the records, the jobs, queries to begin with.
struct LandingView {
  let context: PageContext
  let stats: StatsAnswer

  init(_ context: PageContext, _ stats: StatsAnswer) {
    self.context = context
    self.stats = stats
  }

  /// Queries that run over any index of the three kinds; each shows another form of the language.
  static let examples: [(query: String, says: PageText)] = [
    ("lead coating", .exampleWords), ("\"quality files\"", .examplePhrase), ("甲醛 家具", .exampleChinese),
    ("severity:>=serious date:2007", .exampleFields), ("formaldehyde NEAR/5 board", .exampleNear),
    ("kind:enterprise product:toys NOT has(inspection: since:2007-03)", .exampleHas),
  ]

  func document() -> [UInt8] {
    let words = context.words
    var frame = PageFrame(words[.dossier])
    frame.commit = stats.commit
    frame.forms = [.init(name: .json, address: context.data(["stats"]))]
    frame.style = "landing"
    return frame.document(context) { html in
      html.element("h1", words[.landingTitle])
      html.element("p", ["class": "lead"], words[.landingLead])
      html.element("dl", ["class": "figures"]) { html in
        for kind in stats.byKind {
          html.element("div") { html in
            html.element("dt", words(PageText(rawValue: "kinds-" + kind.kind) ?? .records, "").trimmed)
            html.element("dd") { html in
              html.link(context.address([], [("q", "kind:" + kind.kind)]), PageNumbers.grouped(kind.count))
            }
          }
        }
        html.element("div") { html in
          html.element("dt", words[.placePassages])
          html.element("dd") { html in
            html.link(context.address(["passages"], [("q", "*")]), PageNumbers.grouped(stats.passages))
          }
        }
      }
      html.element("div", ["class": "jobs"]) { html in jobs(&html) }
      html.element("section", ["class": "column"]) { html in
        html.element("h2", words[.examples])
        html.element("dl", ["class": "examples"]) { html in
          for example in Self.examples {
            html.element("div") { html in
              html.element("dt") { html in
                html.element("a", ["href": context.address([], [("q", example.query)])]) { html in
                  html.element("code", ["lang": context.lang(example.query)], example.query)
                }
              }
              html.element("dd", words[example.says])
            }
          }
        }
      }
    }
  }

  private func jobs(_ html: inout HTML) {
    let words = context.words
    job(&html, .jobHistory, .jobHistorySays) { html in
      form(&html, ["history"], "name", words[.enterpriseName], words[.show])
    }
    job(&html, .jobProducts, .jobProductsSays) { html in
      form(&html, ["enterprises"], "products", words[.productName], words[.show], query: "product:")
      html.link(context.address(["match"]), words[.checkList])
    }
    job(&html, .jobPassages, .jobPassagesSays) { html in
      form(&html, ["passages"], "passage", words[.wordsOfText], words[.search])
      html.link(context.address(["quote-check"]), words[.checkQuotation])
    }
    job(&html, .jobCoverage, .jobCoverageSays) { html in
      html.element("p", ["class": "ways"]) { html in
        html.link(context.address(["coverage"]), words[.placeCoverage])
        html.link(context.address(["duties"]), words[.placeDuties])
        html.link(context.address(["trace"]), words[.placeTrace])
      }
    }
  }

  private func job(_ html: inout HTML, _ title: PageText, _ says: PageText, _ body: (inout HTML) -> Void) {
    html.element("section") { html in
      html.element("h2", context.words[title])
      html.element("p", context.words[says])
      body(&html)
    }
  }

  private func form(
    _ html: inout HTML, _ path: [String], _ id: String, _ label: String, _ button: String, query: String = ""
  ) {
    html.element("form", ["method": "get", "action": context.address(path), "class": "small"]) { html in
      html.element("label", ["for": id, "class": "hidden"], label)
      html.void(
        "input", ["type": "search", "id": id, "name": "q", "placeholder": label, "value": query.isEmpty ? nil : query])
      context.keep(in: &html)
      html.element("button", ["type": "submit"], button)
    }
  }
}

extension String {
  var trimmed: String { Substring(self).trimmingSpaces }
}
