import Records
import Testing

@Suite struct DateTests {
  /// Every day of 9,999 years, counted by the plain rule, one after the other.
  @Test func everyDayGoesThereAndBack() {
    // 0001-01-01 is 719,162 days before 1970-01-01: 1,969 years with 477 leap days.
    var expected: Int32 = -719_162
    var wrong = 0
    for year in 1...9_999 {
      for month in 1...12 {
        for day in 1...CalendarDay.length(ofMonth: month, year: year) {
          let number = CalendarDay.number(year: year, month: month, day: day)
          let back = CalendarDay.date(of: number)
          if number != expected || back?.year != year || back?.month != month || back?.day != day { wrong += 1 }
          expected += 1
        }
      }
    }
    #expect(wrong == 0)
    #expect(CalendarDay.date(of: expected) == nil && CalendarDay.date(of: -719_163) == nil)
    #expect(CalendarDay.date(of: .max) == nil && CalendarDay.date(of: .min) == nil)
  }

  @Test func knownDays() {
    #expect(CalendarDay.number(year: 1970, month: 1, day: 1) == 0)
    #expect(CalendarDay.number(year: 2000, month: 2, day: 29) == 11_016)
    #expect(CalendarDay.number(year: 2007, month: 3, day: 14) == 13_586)
    #expect(CalendarDay.text(13_586) == "2007-03-14" && CalendarDay.text(-719_162) == "0001-01-01")
    #expect(!CalendarDay.isLeap(1900) && CalendarDay.isLeap(2000) && CalendarDay.isLeap(2008))
  }

  @Test(arguments: [
    ("2007", PartialDate.Precision.year, "2007-01-01", "2007-12-31"),
    ("2007-Q3", .quarter, "2007-07-01", "2007-09-30"), ("2007-Q1", .quarter, "2007-01-01", "2007-03-31"),
    ("2008-02", .month, "2008-02-01", "2008-02-29"), ("1900-02", .month, "1900-02-01", "1900-02-28"),
    ("2007-03-14", .day, "2007-03-14", "2007-03-14"), ("0001-01-01", .day, "0001-01-01", "0001-01-01"),
    ("9999-12-31", .day, "9999-12-31", "9999-12-31"), ("2007-Q4", .quarter, "2007-10-01", "2007-12-31"),
  ])
  func intervals(text: String, precision: PartialDate.Precision, first: String, last: String) throws {
    let date = try PartialDate(parsing: text)
    #expect(date.precision == precision)
    #expect(date.description == text)
    #expect(date.interval.flatMap { CalendarDay.text($0.first) } == first)
    #expect(date.interval.flatMap { CalendarDay.text($0.last) } == last)
  }

  @Test func unknownYear() throws {
    let date = try PartialDate(parsing: "--02-20")
    #expect(date.precision == .dayOfUnknownYear && date.interval == nil && date.description == "--02-20")
    func asked(_ text: String) throws -> DayInterval { try #require(try PartialDate(parsing: text).interval) }
    #expect(try !date.isCertain(in: asked("2007")))
    #expect(try date.isPossible(in: asked("2007")))
    #expect(try date.isPossible(in: asked("2007-Q1")))
    #expect(try !date.isPossible(in: asked("2007-03")))
    let leap = try PartialDate(parsing: "--02-29")
    #expect(try !leap.isPossible(in: asked("2007")))
    #expect(try leap.isPossible(in: asked("2008")))
    #expect(
      leap.isPossible(
        in: DayInterval(
          first: CalendarDay.number(year: 1897, month: 1, day: 1),
          last: CalendarDay.number(year: 1904, month: 12, day: 31))))
  }

  @Test func certainAndPossible() throws {
    let asked = try #require(try PartialDate(parsing: "2007-Q1").interval)
    for (text, certain, possible) in [
      ("2007-02", true, true), ("2007", false, true), ("2007-04", false, false), ("2007-Q1", true, true),
      ("2007-03-31", true, true), ("2007-04-01", false, false), ("2006-12-31", false, false), ("2006", false, false),
    ] {
      let date = try PartialDate(parsing: text)
      #expect(date.isCertain(in: asked) == certain && date.isPossible(in: asked) == possible, "\(text)")
    }
  }

  @Test(arguments: [
    ("2007-13", "2007-01 to 2007-12"), ("2007-13-05", "2007-05-13"), ("2007-02-29", "2007-02 has 28 days"),
    ("2007-04-31", "has 30 days"), ("2007-Q5", "2007-Q4"), ("20070314", "did you mean 2007-03-14"),
    ("2007/03/14", "did you mean 2007-03-14"), ("2007-3-4", "did you mean 2007-03-04"),
    ("14.3.2007", "did you mean 2007-03-14"), ("2007年3月14日", "did you mean 2007-03-14"), ("0000", "year 0"),
    ("2007-00", "month 0"), ("2007-01-00", "day 0"), ("--13-01", "month 13"), ("--02-30", "has 29 days"),
    ("Feb 20", "a mapping can give its pattern"), ("", "is no date"), ("２００７", "is no date"),
    ("2007-03-14T10:00", "did you mean 2007-03-14"), ("-2007", "is no date"), ("2007-", "is no date"),
    ("99999999999999999999", "is no date"), ("2007-03-", "is no date"), ("--02", "is no date"),
    ("2007-+3", "is no date"), ("2007-Q", "is no date"), ("0770602", "is no date"),
  ])
  func refusals(text: String, hint: String) {
    let error = #expect(throws: DateError.self) { try PartialDate(parsing: text) }
    #expect(error?.message.contains(hint) == true, "\(error?.message ?? "")")
  }

  @Test(arguments: [
    ("yyyyMMdd", "20171211", "2017-12-11"), ("yyyy/MM/dd", "2006/07/10", "2006-07-10"),
    ("dd/MM/yyyy", "10/07/2006", "2006-07-10"), ("M/d/yyyy", "4/22/2015", "2015-04-22"),
    ("M/d/yyyy", "12/3/2015", "2015-12-03"), ("yyyy年M月d日", "1997年3月14日", "1997-03-14"),
    ("ROCMMdd", "0770602", "1988-06-02"),
    ("ROCMMdd", "1050102", "2016-01-02"), ("ROCMMdd", "770602", "1988-06-02"), ("ROC/M/d", "77/6/2", "1988-06-02"),
    ("民國ROC年M月", "民國77年6月", "1988-06"), ("yyyy", "2007", "2007"), ("yyyyMM", "200703", "2007-03"),
    ("MM-dd", "02-20", "--02-20"), ("yyyy-MM-dd*", "2017-07-05 11:10:01", "2017-07-05"),
    ("yyyyMd", "2007111", "2007-11-01"),
  ])
  func patterns(pattern: String, text: String, date: String) throws {
    #expect(try DatePattern(pattern).date(in: text).description == date)
  }

  @Test func patternsThatAreNone() throws {
    for text in ["", "MM", "dd", "yyyy dd", "yyyy yyyy", "abc", "M", "yyyyROC", "d/yyyy"] {
      #expect(throws: DateError.self, "\(text)") { try DatePattern(text) }
    }
    let pattern = try DatePattern("yyyyMMdd")
    for text in ["2017121", "201712110", "2017-12-11", "20171311", "20170229", "", "２０１７１２１１"] {
      #expect(throws: DateError.self, "\(text)") { try pattern.date(in: text) }
    }
  }
}
