import QueryLanguage
import Records
import SearchEngine

extension QualityIndex {
  /// Done and population of the targets, as sets of records or products, and who is missing.
  ///
  /// Words count by their own forms and those of their stems. Dates count when they are certain; how many more there would
  /// be if open dates fell right is said beside. As of a day, evidence with a later date does not count; the population is
  /// as the records have it.
  ///
  /// - Throws: `bad-targets` with the place, `usage` for a target that is not there, `unknown-field`, `bad-date`; what
  ///   reading the index throws.
  /// - Cost: that of reading the lists and columns that the queries name once each; the ids of those listed.
  public func coverage(_ options: CoverageOptions = CoverageOptions()) throws(QualityError) -> CoverageAnswer {
    let all = try CoverageTarget.read(try targets())
    for number in options.targets where !all.contains(where: { $0.number == number }) {
      throw QualityError(
        "usage", "there is no target \(number)",
        hint: "targets are: \(all.map { String($0.number) }.joined(separator: ", "))")
    }
    let chosen = options.targets.isEmpty ? all : all.filter { options.targets.contains($0.number) }
    let day = try options.lastDay()
    var counter = CoverageCounter(self, options, day: day)
    var targets: [CoverageAnswer.Target] = []
    for target in chosen { targets.append(try counter.count(target)) }
    if let by = options.by, !chosen.isEmpty, targets.allSatisfy({ $0.groups == nil }) {
      throw QualityError(
        "unknown-field", "no target can be split by '\(by)'",
        hint: "province, bureau and category can be; so can other fields with whole values")
    }
    let asOf = day?.description
    return CoverageAnswer(
      targets: targets, by: options.by, asOf: asOf, commit: commit, notes: counter.notes,
      receipt: receipt(
        job: "coverage", request: [options.canonical, asOf ?? "", targetsVersion],
        total: targets.reduce(0) { $0 + $1.count.done },
        ids: targets.flatMap { ["\($0.definition.number): \($0.count.done)/\($0.count.population)"] + $0.count.missing }
      ))
  }
}

/// Counts one target after another; what several of them ask is evaluated once.
struct CoverageCounter {
  private let index: QualityIndex
  private let options: CoverageOptions
  private let day: QueryDate.Day?
  private(set) var notes: [SearchAnswer.Note] = []
  private var sets: [SetKey: Evaluated] = [:]

  /// Quarters of a series at most: ten years.
  private static let longestSeries = 40

  private struct SetKey: Hashable {
    var query: String
    var grain: CoverageTarget.Grain
    var takesPossibleDates: Bool
    var lastDay: Int32?
  }

  private struct Evaluated {
    var set: RecordSet
    var usesDates: Bool
  }

  init(_ index: QualityIndex, _ options: CoverageOptions, day: QueryDate.Day?) {
    self.index = index
    self.options = options
    self.day = day
  }

  mutating func count(_ target: CoverageTarget) throws(QualityError) -> CoverageAnswer.Target {
    let population = try evaluate(target, .population).set
    let lastDay = day.map(Self.number)
    let done = try self.done(target, lastDay).intersection(population)
    let possiblyDone = try self.done(target, lastDay, possibly: true).intersection(population).subtracting(done)
    let possiblePopulation = try evaluate(target, .population, possibly: true).set.subtracting(population)
    let missing = population.subtracting(done)
    var result = CoverageAnswer.Target(
      definition: target,
      count: CoverageAnswer.Count(population: population.count, done: done.count, missing: try ids(missing)),
      possible: possiblyDone.count, possiblePopulation: possiblePopulation.count)
    if let by = options.by { result.groups = try groups(target, by, population, missing) }
    if let day { result.series = try series(target, population, until: day) }
    return result
  }

  // MARK: Sets

  private mutating func evaluate(
    _ target: CoverageTarget, _ part: CoverageTarget.Part, possibly: Bool = false, lastDay: Int32? = nil
  ) throws(QualityError) -> Evaluated {
    let key = SetKey(
      query: part == .population ? target.population : target.done, grain: target.grain, takesPossibleDates: possibly,
      lastDay: lastDay)
    if let known = sets[key] { return known }
    let found = try evaluate(try target.syntax(part), target, part, possibly: possibly, lastDay: lastDay)
    sets[key] = found
    return found
  }

  private func evaluate(
    _ syntax: QuerySyntax, _ target: CoverageTarget, _ part: CoverageTarget.Part, possibly: Bool, lastDay: Int32?
  ) throws(QualityError) -> Evaluated {
    var request = SetRequest(syntax, kind: target.grain.kind, list: target.grain.list)
    request.takesPossibleDates = possibly
    request.lastDay = lastDay
    do throws(SearchError) {
      let (set, usesDates) = try index.searcher.set(request)
      return Evaluated(set: set, usesDates: usesDates)
    } catch {
      if let damage = error.index { throw QualityError(damage) }
      throw target.failed(part, error.message, error.range, error.hint)
    }
  }

  /// What is done, by evidence dated up to a day. Where the query asks for no date, the record's own date is the evidence's.
  private mutating func done(
    _ target: CoverageTarget, _ lastDay: Int32?, possibly: Bool = false
  ) throws(QualityError) -> RecordSet {
    let found = try evaluate(target, .done, possibly: possibly, lastDay: lastDay)
    guard let lastDay, !found.usesDates else { return found.set }
    guard Schema.recordKind(target.grain.kind)?.index(of: "date") != nil else {
      note(
        "undated-evidence", "target \(target.number): what is done has no date, so the day asked for changes nothing")
      return found.set
    }
    let dated = QuerySyntax(
      .range("date", lower: nil, upper: QuerySyntax.Bound(CalendarDay.text(lastDay) ?? "9999", isInclusive: true)))
    let up = try evaluate(dated, target, .done, possibly: possibly, lastDay: nil).set
    guard possibly else { return found.set.intersection(up) }
    // Notes without a date may be of any day.
    let undated = try evaluate(
      QuerySyntax(.not(QuerySyntax(.field("date", QuerySyntax(.everything))))), target, .done, possibly: false,
      lastDay: nil
    ).set
    return found.set.intersection(up.union(undated))
  }

  private mutating func note(_ code: String, _ message: String) {
    let note = SearchAnswer.Note(code: code, message: message, at: nil, hint: "")
    if !notes.contains(note) { notes.append(note) }
  }

  // MARK: Missing

  private func ids(_ set: RecordSet) throws(QualityError) -> [String] {
    if options.missing == 0 { return [] }
    let limit = options.missing ?? .max
    // In byte order of ids, then as products stand in the list; as many as are asked for.
    return try index.searching { () throws(SearchError) in try index.searcher.firstMembers(of: set, limit: limit) }
      .map(Self.name)
  }

  static func name(_ member: RecordSetMember) -> String {
    member.item.map { "\(member.id)#product\($0)" } ?? member.id
  }

  // MARK: Groups

  private mutating func groups(
    _ target: CoverageTarget, _ field: String, _ population: RecordSet, _ missing: RecordSet
  ) throws(QualityError) -> [CoverageAnswer.Group]? {
    let grouping = try index.searching { () throws(SearchError) in
      try index.searcher.grouping(by: field, kind: target.grain.kind, list: target.grain.list)
    }
    guard let grouping else {
      note("no-such-group", "target \(target.number) counts by no field '\(field)'")
      return nil
    }
    let limit = options.missing ?? .max
    // The last place is for those without a value.
    let found = try index.searching { () throws(SearchError) in
      try index.searcher.groups(of: population, missing: missing, grouping, limit: limit)
    }
    var groups: [CoverageAnswer.Group] = []
    for place in found.population.indices where found.population[place] > 0 {
      groups.append(
        CoverageAnswer.Group(
          value: place < grouping.values.count ? grouping.values[place] : nil,
          count: CoverageAnswer.Count(
            population: found.population[place], done: found.population[place] - found.missing[place],
            missing: found.members[place].map(Self.name))))
    }
    return groups.sorted { left, right in
      if left.count.population != right.count.population { return left.count.population > right.count.population }
      return (left.value ?? "\u{10FFFF}").utf8.lexicographicallyPrecedes((right.value ?? "\u{10FFFF}").utf8)
    }
  }

  // MARK: Series

  /// What was done at the end of each quarter up to the day, from the one before the first in which anything was.
  private mutating func series(
    _ target: CoverageTarget, _ population: RecordSet, until day: QueryDate.Day
  ) throws(QualityError) -> [CoverageAnswer.Point] {
    var points: [CoverageAnswer.Point] = []
    var moment: QueryDate.Day? = day
    while let current = moment, points.count < Self.longestSeries {
      let done = try self.done(target, Self.number(current)).intersection(population).count
      points.append(CoverageAnswer.Point(date: current.description, done: done))
      if done == 0 { break }
      moment = Self.endOfQuarter(before: current)
    }
    return points.reversed()
  }

  private static func endOfQuarter(before day: QueryDate.Day) -> QueryDate.Day? {
    let month = (day.month - 1) / 3 * 3
    let (year, last) = month == 0 ? (day.year - 1, 12) : (day.year, month)
    return QueryDate.Day(year: year, month: last, day: last == 6 || last == 9 ? 30 : 31)
  }

  private static func number(_ day: QueryDate.Day) -> Int32 {
    CalendarDay.number(year: day.year, month: day.month, day: day.day)
  }
}
