import JSONText
import QueryLanguage
import Records
import SearchEngine

extension QualityIndex {
  /// What is overdue on a day, by who answers for it.
  ///
  /// A rectification is overdue when all days that its due date may mean are past and no passing note, surely dated by
  /// then, follows it up; a seal is open while none does. Notes that are surely from after the day do not count.
  ///
  /// - Throws: `bad-date`, `usage`; what reading the index throws.
  /// - Cost: some 20 ns a note of the index; records of those listed alone. The first time of a searcher, the columns.
  public func duties(_ request: DutiesRequest) throws(QualityError) -> DutiesAnswer {
    guard (0...DutiesRequest.longestList).contains(request.limit) else {
      throw QualityError("usage", "limit is 0 to \(DutiesRequest.longestList), not \(request.limit)")
    }
    let day: Int32
    if let asked = try AskedSpan.days(request.asOf, "as-of") {
      day = asked.last
    } else if let today = QueryDate.Day.today {
      day = CalendarDay.number(year: today.year, month: today.month, day: today.day)
    } else {
      throw QualityError("usage", "what day it is cannot be told here", hint: "--as-of 2007-12-31")
    }
    let (ledger, groups) = try reading { () throws(IndexError) in
      let ledger = try DutyLedger(searcher.columns(of: Schema.inspection.kind), by: request.by, day: day)
      var names = EnterpriseNames(snapshots)
      return (
        ledger,
        try ledger.groups(
          limit: request.limit, of: request.group, listed: request.listedGroups ?? .max, snapshots, &names)
      )
    }
    let asOf = CalendarDay.text(day) ?? ""
    var notes: [SearchAnswer.Note] = []
    if ledger.withoutDue > 0 {
      let count = ledger.withoutDue == 1 ? "1 rectification" : "\(ledger.withoutDue) rectifications"
      notes.append(.history("without-due", "\(count) without a due date, not settled: never overdue, not listed"))
    }
    let targets = try missingTargets(request, asOf, &notes)
    var ids: [String] = []
    for group in groups {
      ids.append(group.value ?? "")
      for duty in group.overdue + group.openSeals { ids.append(duty.id) }
    }
    for target in targets {
      for group in target.groups { ids += ["\(target.number) \(group.value ?? "") \(group.missing)"] + group.ids }
    }
    return DutiesAnswer(
      by: request.by, asOf: asOf, overdue: ledger.overdueCount, openSeals: ledger.openSealCount,
      withoutDue: ledger.withoutDue, groups: groups, targets: targets, commit: commit, notes: notes,
      receipt: receipt(
        job: "duties", request: [request.by.rawValue, asOf, "\(request.limit)"] + (request.group.map { [$0] } ?? []),
        total: ledger.overdueCount + ledger.openSealCount, ids: ids))
  }

  /// What the targets still lack on a day, by who answers for it. A target that cannot be told apart so has no groups;
  /// targets that cannot be read are said to be.
  private func missingTargets(
    _ request: DutiesRequest, _ asOf: String, _ notes: inout [SearchAnswer.Note]
  ) throws(QualityError) -> [DutiesAnswer.Target] {
    var options = CoverageOptions()
    options.asOf = asOf
    options.missing = request.limit
    options.by = request.by.rawValue
    let answer: CoverageAnswer
    do throws(QualityError) { answer = try coverage(options) } catch {
      guard error.exitCode == .usage else { throw error }
      notes.append(.history(error.code, "targets are not counted: \(error.message)", hint: error.hint))
      return []
    }
    return answer.targets.filter { $0.count.missingCount > 0 }.map { target in
      let groups = (target.groups ?? []).filter { $0.count.missingCount > 0 }
      return DutiesAnswer.Target(
        number: target.definition.number, name: target.definition.name(), missing: target.count.missingCount,
        groups: groups.map { group in
          DutiesAnswer.Missing(value: group.value, missing: group.count.missingCount, ids: group.count.missing)
        })
    }
  }
}
