import QueryLanguage
import Records

// Dates: spans of days against columns of days.
extension QueryPlanner {
  /// The field that `date:`, `since:` and bare dates ask.
  static let dateField = "date"

  mutating func date(
    _ span: DateSpan, _ range: Range<Int>, _ context: PlanContext
  ) throws(SearchError) -> PlanNode {
    guard context.scope == nil else { throw notSupported("a date inside SAME or an item", range) }
    let asked = context.fields ?? Self.fields(named: Self.dateField, in: context.schema)
    let fields = asked.filter { context.schema.fields[$0].type == .date }
    let nodes = fields.map { days(context.schema.fields[$0].name, span.firstDay, span.lastDay) }
    if nodes.isEmpty { return .nothing }
    return nodes.count == 1 ? nodes[0] : .any(nodes, minimum: 1, isCoordinated: false)
  }

  /// A date typed as the value of a field.
  func days(
    _ text: String, _ range: Range<Int>, _ field: Int, _ context: PlanContext
  ) throws(SearchError) -> PlanNode {
    guard context.scope == nil else { throw notSupported("a date inside SAME or an item", range) }
    let date = try parsed(text, range)
    return days(context.schema.fields[field].name, date.firstDay, date.lastDay)
  }

  func dayRange(
    _ column: String, _ lower: QuerySyntax.Bound?, _ upper: QuerySyntax.Bound?
  ) throws(SearchError) -> PlanNode {
    var from = Int64.min
    var to = Int64.max
    if let lower {
      let date = try parsed(lower.value, lower.range)
      from = lower.isInclusive ? day(date.firstDay) : day(date.lastDay) + 1
    }
    if let upper {
      let date = try parsed(upper.value, upper.range)
      to = upper.isInclusive ? day(date.lastDay) : day(date.firstDay) - 1
    }
    return from <= to ? .days(column: column, from...to, isCertain: !options.takesPossibleDates) : .nothing
  }

  private func parsed(_ text: String, _ range: Range<Int>) throws(SearchError) -> QueryDate {
    do throws(QuerySyntaxError) {
      return try QueryDate.parse(text, today: nil)
    } catch {
      throw SearchError(.badValue, error.message, range: range, hint: error.hint)
    }
  }

  /// The number of a day as date columns hold it.
  private func day(_ day: QueryDate.Day) -> Int64 {
    Int64(CalendarDay.number(year: day.year, month: day.month, day: day.day))
  }

  private func days(_ column: String, _ first: QueryDate.Day?, _ last: QueryDate.Day?) -> PlanNode {
    let from = first.map { day($0) } ?? .min
    let to = last.map { day($0) } ?? .max
    return from <= to ? .days(column: column, from...to, isCertain: !options.takesPossibleDates) : .nothing
  }
}
