import QueryLanguage
import Records

// Dates: spans of days against columns of days.
extension QueryPlanner {
  /// The field that `date:`, `since:` and bare dates ask.
  static let dateField = "date"

  mutating func date(
    _ span: DateSpan, _ range: Range<Int>, _ context: PlanContext
  ) throws(SearchError) -> PlanNode {
    usesDates = true
    let asked = context.fields ?? Self.fields(named: Self.dateField, in: context.schema)
    let fields = asked.filter { context.schema.fields[$0].type == .date }
    let nodes = fields.map { days($0, span.firstDay, span.lastDay, context) }
    if nodes.isEmpty { return .nothing }
    return nodes.count == 1 ? nodes[0] : .any(nodes, minimum: 1, isCoordinated: false)
  }

  /// A date typed as the value of a field.
  mutating func days(
    _ text: String, _ range: Range<Int>, _ field: Int, _ context: PlanContext
  ) throws(SearchError) -> PlanNode {
    let date = try parsed(text, range)
    return days(field, date.firstDay, date.lastDay, context)
  }

  mutating func dayRange(
    _ field: Int, _ lower: QuerySyntax.Bound?, _ upper: QuerySyntax.Bound?, _ context: PlanContext
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
    return days(field, from, to, context)
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

  private mutating func days(
    _ field: Int, _ first: QueryDate.Day?, _ last: QueryDate.Day?, _ context: PlanContext
  ) -> PlanNode {
    days(field, first.map { day($0) } ?? .min, last.map { day($0) } ?? .max, context)
  }

  /// Of a record, a column says it; of a unit, the values that stand in it.
  private mutating func days(_ field: Int, _ from: Int64, _ to: Int64, _ context: PlanContext) -> PlanNode {
    guard from <= to else { return .nothing }
    usesDates = true
    let isCertain = !context.takesPossibleDates
    if context.scope == nil {
      return .days(column: context.schema.fields[field].name, from...to, isCertain: isCertain)
    }
    return values(.days(from...to, isCertain: isCertain), field)
  }
}
