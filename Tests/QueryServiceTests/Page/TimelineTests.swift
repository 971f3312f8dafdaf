import QualityRecords
import Testing

@testable import QueryService

/// The drawing of a history holds every note once, and fits where it stands.
struct TimelineTests {
  /// Pixels that a window of 320 has beside its margins.
  private static let narrowest = 288

  /// The drawing of an enterprise's history, and the stretches that it was made from.
  private func drawing(
    _ id: String, by grain: HistoryTimeline.Grain?, in index: QualityIndex
  ) throws -> (HTMLDocument, HistoryTimeline)? {
    var request = HistoryRequest(id)
    request.grain = grain
    guard case .history(let history) = try index.history(request) else { return nil }
    let context = PageContext(PageVisit(index: index, path: ["enterprises", id]))
    let drawing = TimelineDrawing(context: context, history: history)
    guard drawing.hasEvents else { return nil }
    var html = HTML()
    html.doctype()
    html.element("html") { html in drawing.html(&html) }
    return (try HTMLDocument(String(decoding: html.bytes, as: UTF8.self)), history.timeline)
  }

  @Test("every note is one cell, every stretch is drawn or folded once, and no part is wider than the narrowest window")
  func whole() throws {
    let index = try SamplePage.index.get()
    let found = try index.enterprises(EnterpriseOptions("kind:enterprise")).search.hits.map(\.id)
    let ids = Set(found).union(["4403-0187", "4419-0004", "4406-0502", "3502-0034"])
    var drawn = 0
    for id in ids.sorted() {
      for grain in [nil] + HistoryTimeline.Grain.allCases.map(Optional.some) {
        guard let (document, timeline) = try drawing(id, by: grain, in: index) else { continue }
        drawn += 1
        let named = "\(id) by \(timeline.grain.rawValue)"
        let cells = document.all("a").filter { $0.has(class: "cell") }
        #expect(cells.count == timeline.buckets.reduce(0) { $0 + $1.inspections }, "\(named)")
        #expect(Set(cells.compactMap { $0.attributes["href"] }).count == cells.count, "\(named)")
        var columns = 0
        var folded = 0
        for chart in document.all("svg") where chart.has(class: "chart") {
          let width = try #require(chart.attributes["width"].flatMap { Int($0) })
          #expect(width > 0 && width <= Self.narrowest, "\(named): \(width)")
          #expect(chart.attributes["viewBox"]?.hasPrefix("0 0 \(width) ") == true, "\(named)")
          if let count = chart.all("text").map(\.text).first(where: { $0.hasSuffix(" empty") }) {
            folded += Int(count.prefix { $0.isNumber }) ?? 0
          } else {
            columns += chart.all("path").filter { $0.has(class: "axis") }.count
          }
          // Nothing is drawn outside.
          for cell in chart.all("rect") {
            let x = try #require(cell.attributes["x"].flatMap { Int($0) })
            let own = try #require(cell.attributes["width"].flatMap { Int($0) })
            let y = try #require(cell.attributes["y"].flatMap { Int($0) })
            #expect(x >= 0 && x + own <= width && y >= 0, "\(named)")
          }
        }
        #expect(columns + folded == timeline.buckets.count, "\(named)")
      }
    }
    #expect(drawn > 50)
  }

  @Test("empty years are folded into one part that says which they are")
  func folds() throws {
    let document = try SamplePage.document("/enterprises/4419-0004")
    let texts = document.all("text").map(\.text)
    #expect(texts.contains("52 empty"))
    #expect(texts.contains("1992–2004"))
    #expect(document.all("svg").filter { $0.has(class: "chart") }.count == 6)
  }
}
