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
  /// - Cost: columns of the notes that order rectification, seal, or follow another up; records of those listed alone.
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
      let settled = try SettledNotes(snapshots, by: day)
      var ledger = DutyLedger(by: request.by, day: day)
      for snapshot in snapshots { try ledger.add(snapshot, settled) }
      var names = EnterpriseNames(snapshots)
      return (ledger, try ledger.groups(limit: request.limit, settled, &names))
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
        job: "duties", request: [request.by.rawValue, asOf, "\(request.limit)"],
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

/// Notes that others have followed up by a day: settled by a passing one, or only looked at again.
struct SettledNotes {
  private(set) var settled: Set<String> = []
  /// Follow-ups that settle nothing, by the note that they follow.
  private(set) var attempts: [String: [String]] = [:]

  init(_ snapshots: [Snapshot], by day: Int32) throws(IndexError) {
    var settled: Set<String> = []
    var attempts: [String: [String]] = [:]
    for snapshot in snapshots {
      _ = try snapshot.forEachPlace(kind: Schema.inspection.kind, having: "followUpOf") { (place) throws(IndexError) in
        let days = try place.days(of: "date")
        guard days.map({ $0.first <= day }) ?? true, let earlier = try place.value(of: "followUpOf") else {
          return true
        }
        if let days, days.last <= day, try place.value(of: "result") == "pass" {
          settled.insert(earlier)
        } else {
          attempts[earlier, default: []].append(try place.id())
        }
        return true
      }
    }
    self.settled = settled
    self.attempts = attempts
  }
}

/// Open duties of a day, gathered by group.
private struct DutyLedger {
  private struct Entry {
    var place: RecordPlace
    var id: String
    var days: Int
  }

  private struct Entries {
    var overdue: [Entry] = []
    var seals: [Entry] = []
  }

  let by: DutiesRequest.Grouping
  let day: Int32
  private var groups: [String?: Entries] = [:]
  private(set) var withoutDue = 0

  init(by: DutiesRequest.Grouping, day: Int32) {
    self.by = by
    self.day = day
  }

  var overdueCount: Int { groups.values.reduce(0) { $0 + $1.overdue.count } }
  var openSealCount: Int { groups.values.reduce(0) { $0 + $1.seals.count } }

  mutating func add(_ snapshot: Snapshot, _ settled: SettledNotes) throws(IndexError) {
    let (by, day) = (by, day)
    var groups = groups
    var withoutDue = withoutDue
    _ = try snapshot.forEachPlace(kind: Schema.inspection.kind, field: "disposition", value: "rectify") {
      (place) throws(IndexError) in
      if let date = try place.days(of: "date"), date.first > day { return true }
      let due = try place.days(of: "due")
      if let due, due.last >= day { return true }
      let id = try place.id()
      if settled.settled.contains(id) { return true }
      guard let due else {
        withoutDue += 1
        return true
      }
      let entry = Entry(place: place, id: id, days: Int(day) - Int(due.last))
      groups[try place.value(of: by.rawValue), default: Entries()].overdue.append(entry)
      return true
    }
    _ = try snapshot.forEachPlace(kind: Schema.inspection.kind, field: "disposition", value: "seal") {
      (place) throws(IndexError) in
      guard let date = try place.days(of: "date"), date.last <= day else { return true }
      let id = try place.id()
      if settled.settled.contains(id) { return true }
      let entry = Entry(place: place, id: id, days: Int(day) - Int(date.last))
      groups[try place.value(of: by.rawValue), default: Entries()].seals.append(entry)
      return true
    }
    self.groups = groups
    self.withoutDue = withoutDue
  }

  /// The groups, most overdue first, with the first duties of each.
  func groups(
    limit: Int, _ settled: SettledNotes, _ names: inout EnterpriseNames
  ) throws(IndexError) -> [DutiesAnswer.Group] {
    let order = groups.sorted { left, right in
      let (a, b) = (left.value, right.value)
      if a.overdue.count != b.overdue.count { return a.overdue.count > b.overdue.count }
      if a.seals.count != b.seals.count { return a.seals.count > b.seals.count }
      return (left.key ?? "\u{10FFFF}") < (right.key ?? "\u{10FFFF}")
    }
    var found: [DutiesAnswer.Group] = []
    for (value, entries) in order {
      found.append(
        DutiesAnswer.Group(
          value: value, overdueCount: entries.overdue.count, openSealCount: entries.seals.count,
          overdue: try duties(entries.overdue, limit, settled, &names),
          openSeals: try duties(entries.seals, limit, settled, &names)))
    }
    return found
  }

  private func duties(
    _ entries: [Entry], _ limit: Int, _ settled: SettledNotes, _ names: inout EnterpriseNames
  ) throws(IndexError) -> [DutiesAnswer.Duty] {
    var duties: [DutiesAnswer.Duty] = []
    for entry in entries.sorted(by: { ($1.days, $0.id) < ($0.days, $1.id) }).prefix(limit) {
      let members = StoredRecord.members(try entry.place.json()) ?? JSONObject()
      func text(_ name: String) -> String? { members[name]?.stringValue }
      var enterprise: (id: String?, name: String?) = (nil, text("enterprise"))
      if let reference = enterprise.name, case .one(let id, let name) = try names.meaning(of: reference) {
        enterprise = (id, name ?? reference)
      }
      let isSeal = text("disposition") == "seal"
      duties.append(
        DutiesAnswer.Duty(
          id: entry.id, date: text("date"), due: isSeal ? nil : text("due"), days: entry.days,
          enterpriseID: enterprise.id, enterprise: enterprise.name, product: text("product") ?? text("category"),
          province: text("province"), bureau: text("bureau"), inspector: text("inspector"),
          followUps: (settled.attempts[entry.id] ?? []).sorted()))
    }
    return duties
  }
}
