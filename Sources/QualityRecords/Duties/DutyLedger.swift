import JSONText
import Records
import SearchEngine

/// Open duties of a day, gathered by group: what no passing note, surely dated by then, has followed up.
struct DutyLedger {
  private struct Entry {
    var days: Int
    var number: UInt32
  }

  private struct Group {
    /// Nil for notes that name none.
    var value: String?
    var overdue: [Entry] = []
    var seals: [Entry] = []
  }

  private let columns: RecordColumns
  private let day: Int32
  private var groups: [Group]
  private(set) var withoutDue = 0

  var overdueCount: Int { groups.reduce(0) { $0 + $1.overdue.count } }
  var openSealCount: Int { groups.reduce(0) { $0 + $1.seals.count } }

  /// Cost: one pass over the columns. Throws corruption.
  init(_ columns: RecordColumns, by: DutiesRequest.Grouping, day: Int32) throws(IndexError) {
    self.columns = columns
    self.day = day
    let dispositions = try columns.values(of: "disposition")
    let orders = dispositions.matching("rectify")
    let seals = dispositions.matching("seal")
    let dates = try columns.days(of: "date")
    let dues = try columns.days(of: "due")
    let values = try columns.values(of: by.rawValue)
    let settled = try Self.settled(columns, dates, by: day)
    // The last one is for notes without a value.
    var groups = values.values.map { Group(value: $0) } + [Group(value: nil)]
    for number in 0..<columns.count {
      let disposition = dispositions.ordinals[number]
      guard disposition != RecordColumns.Values.none, columns.live[number] else { continue }
      let place = Int(disposition)
      guard orders[place] || seals[place] else { continue }
      let isDated = !RecordColumns.Days.isNone(dates.firsts[number])
      let value = values.ordinals[number]
      let group = value == RecordColumns.Values.none ? groups.count - 1 : Int(value)
      if orders[place], !(isDated && dates.firsts[number] > day) {
        let isDue = !RecordColumns.Days.isNone(dues.firsts[number])
        if isDue && dues.lasts[number] >= day || settled[number] { continue }
        if isDue {
          groups[group].overdue.append(
            Entry(days: Int(day) - Int(dues.lasts[number]), number: UInt32(clamping: number)))
        } else {
          withoutDue += 1
        }
      } else if seals[place], isDated, dates.lasts[number] <= day, !settled[number] {
        groups[group].seals.append(Entry(days: Int(day) - Int(dates.lasts[number]), number: UInt32(clamping: number)))
      }
    }
    self.groups = groups.filter { !$0.overdue.isEmpty || !$0.seals.isEmpty }
  }

  /// By note: whether a passing one that is surely from that day or before follows it up.
  private static func settled(
    _ columns: RecordColumns, _ dates: RecordColumns.Days, by day: Int32
  ) throws(IndexError) -> [Bool] {
    var settled = [Bool](repeating: false, count: columns.count)
    let results = try columns.values(of: "result")
    let passes = results.values.map { $0 == "pass" }
    for link in try columns.links(by: "followUpOf") {
      let source = Int(link.source)
      let result = results.ordinals[source]
      guard result != RecordColumns.Values.none, passes[Int(result)],
        !RecordColumns.Days.isNone(dates.firsts[source]), dates.lasts[source] <= day
      else { continue }
      settled[Int(link.target)] = true
    }
    return settled
  }

  /// The groups, most overdue first, with the first duties of each, or of `one` alone, or of the first `listed` groups. Throws
  /// what reading their records throws.
  func groups(
    limit: Int, of one: String?, listed: Int, _ snapshots: [Snapshot], _ names: inout EnterpriseNames
  ) throws(IndexError) -> [DutiesAnswer.Group] {
    let order = groups.sorted { left, right in
      if left.overdue.count != right.overdue.count { return left.overdue.count > right.overdue.count }
      if left.seals.count != right.seals.count { return left.seals.count > right.seals.count }
      return (left.value ?? "\u{10FFFF}") < (right.value ?? "\u{10FFFF}")
    }
    var found: [DutiesAnswer.Group] = []
    for (place, group) in order.enumerated() {
      let limit = place < listed && (one == nil || one == group.value) ? limit : 0
      found.append(
        DutiesAnswer.Group(
          value: group.value, overdueCount: group.overdue.count, openSealCount: group.seals.count,
          overdue: try duties(group.overdue, limit, snapshots, &names),
          openSeals: try duties(group.seals, limit, snapshots, &names)))
    }
    return found
  }

  /// The longest open first, then by id: ids are read of those alone that may be among the first.
  private func first(_ entries: [Entry], _ limit: Int) throws(IndexError) -> [(entry: Entry, id: String)] {
    guard limit > 0, !entries.isEmpty else { return [] }
    let least = Self.least(entries, limit)
    var named: [(entry: Entry, id: String)] = []
    for entry in entries where entry.days >= least {
      named.append((entry, try columns.place(entry.number)?.id() ?? ""))
    }
    return Array(named.sorted { ($1.entry.days, $0.id) < ($0.entry.days, $1.id) }.prefix(limit))
  }

  /// The days of the entry that is the `limit`-th by days, or of the last one. Cost: a comparison an entry, and an insertion
  /// for those that are among the first when they are met, which become rare.
  private static func least(_ entries: [Entry], _ limit: Int) -> Int {
    var longest: [Int] = []
    for entry in entries where longest.count < limit || entry.days > longest[0] {
      // Rising: the least of the longest is the first.
      var (low, high) = (0, longest.count)
      while low < high {
        let middle = (low + high) / 2
        if longest[middle] < entry.days { low = middle + 1 } else { high = middle }
      }
      longest.insert(entry.days, at: low)
      if longest.count > limit { longest.removeFirst() }
    }
    return longest.first ?? 0
  }

  private func duties(
    _ entries: [Entry], _ limit: Int, _ snapshots: [Snapshot], _ names: inout EnterpriseNames
  ) throws(IndexError) -> [DutiesAnswer.Duty] {
    var duties: [DutiesAnswer.Duty] = []
    for (entry, id) in try first(entries, limit) {
      guard let place = columns.place(entry.number) else { continue }
      let members = StoredRecord.members(try place.json()) ?? JSONObject()
      func text(_ name: String) -> String? { members[name]?.stringValue }
      var enterprise: (id: String?, name: String?) = (nil, text("enterprise"))
      if let reference = enterprise.name, case .one(let id, let name) = try names.meaning(of: reference) {
        enterprise = (id, name ?? reference)
      }
      let isSeal = text("disposition") == "seal"
      duties.append(
        DutiesAnswer.Duty(
          id: id, date: text("date"), due: isSeal ? nil : text("due"), days: entry.days,
          enterpriseID: enterprise.id, enterprise: enterprise.name, product: text("product") ?? text("category"),
          province: text("province"), bureau: text("bureau"), inspector: text("inspector"),
          followUps: try attempts(id, snapshots)))
    }
    return duties
  }

  /// Notes that have followed a note up and settled nothing: they did not pass, or their date is not sure.
  private func attempts(_ id: String, _ snapshots: [Snapshot]) throws(IndexError) -> [String] {
    var found: [String] = []
    for snapshot in snapshots {
      _ = try snapshot.forEachPlace(kind: Schema.inspection.kind, field: "followUpOf", value: id) {
        (place) throws(IndexError) in
        let days = try place.days(of: "date")
        guard days.map({ $0.first <= day }) ?? true, try place.value(of: "followUpOf") == id else { return true }
        let isPassing = try place.value(of: "result") == "pass"
        if !(isPassing && days.map { $0.last <= day } ?? false) { found.append(try place.id()) }
        return true
      }
    }
    return found.sorted()
  }
}
