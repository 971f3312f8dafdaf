import QueryLanguage
import Testing

/// Dates as people type them, and the days they cover.
@Suite struct QueryDateTests {
  @Test(arguments: [
    ("2007", "2007-01-01", "2007-12-31"), ("2007-Q1", "2007-01-01", "2007-03-31"),
    ("2007-Q4", "2007-10-01", "2007-12-31"),
    ("2007q3", "2007-07-01", "2007-09-30"), ("2008-02", "2008-02-01", "2008-02-29"),
    ("1900-2", "1900-02-01", "1900-02-28"),
    ("2000-02", "2000-02-01", "2000-02-29"), ("2007-03-14", "2007-03-14", "2007-03-14"),
    ("20070314", "2007-03-14", "2007-03-14"),
    ("2007年3月14日", "2007-03-14", "2007-03-14"), ("3/2007", "2007-03-01", "2007-03-31"),
    ("Mar 2007", "2007-03-01", "2007-03-31"),
    ("March 14, 2007", "2007-03-14", "2007-03-14"), ("14 sept 2007", "2007-09-14", "2007-09-14"),
    ("3/3/2007", "2007-03-03", "2007-03-03"),
    ("0001", "0001-01-01", "0001-12-31"), ("9999-12-31", "9999-12-31", "9999-12-31"),
    ("２００７-０３", "2007-03-01", "2007-03-31"),
  ])
  func covers(_ text: String, _ first: String, _ last: String) throws {
    let date = try QueryDate.parse(text)
    #expect(date.firstDay.description == first)
    #expect(date.lastDay.description == last)
    #expect(try QueryDate.parse(date.description) == date)
  }

  @Test(arguments: [
    "", "x", "07", "2007-13", "2007-00", "2007-02-29", "2007-04-31", "0000", "0000-01-01", "2007-Q5", "2007-Q0", "Q3",
    "03/04/2007",
    "12345", "123456789", "2007-", "-2007", "2007--03", "2007-03-14-15", "2007-03-14T10:00", "Mar", "Mar Apr 2007",
    "2007 2008 Mar",
    "14 March 07", "99999999999999999999", "today", "2007-Q3-Q4", "q 2007", "🧸", "2007/", "--02-20",
  ])
  func refuses(_ text: String) {
    #expect(throws: QuerySyntaxError.self) { try QueryDate.parse(text) }
  }

  @Test func everyDayHasOneNumber() throws {
    var day = try #require(QueryDate.Day(year: 1, month: 1, day: 1))
    var count = 1
    while let next = day.next {
      if next <= day || next.previous != day { Issue.record("\(day) \(next)") }
      day = next
      count += 1
    }
    // 9999 years of the Gregorian calendar, 2,424 leap days among them.
    #expect(count == 9999 * 365 + 2424)
    #expect(day.description == "9999-12-31")
  }

  @Test func monthsAreCountedBack() throws {
    let day = try #require(QueryDate.Day(year: 2024, month: 3, day: 31))
    #expect(day.adding(months: -1)?.description == "2024-02-29")
    #expect(day.adding(months: -13)?.description == "2023-02-28")
    #expect(day.adding(months: 11)?.description == "2025-02-28")
    #expect(day.adding(months: -2024 * 12) == nil)
    #expect(day.adding(months: .min + 1) == nil)
    #expect(day.adding(days: -90)?.description == "2024-01-01")
    #expect(QueryDate.Day(year: 1, month: 1, day: 1)?.previous == nil)
    #expect(QueryDate.Day(year: 2007, month: 2, day: 29) == nil)
  }

  @Test func relativeDatesNeedADay() {
    #expect(throws: QuerySyntaxError.self) { try QueryParser.parse("last:90d") }
    #expect(throws: QuerySyntaxError.self) { try QueryParser.parse("since:today") }
  }
}
