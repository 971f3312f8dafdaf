import JSONText
import Records

/// Events counted by equal stretches of the calendar, empty ones included.
public struct HistoryTimeline: Hashable, Sendable {
  public enum Grain: String, CaseIterable, Sendable { case week, month, quarter, year }

  public struct Bucket: Hashable, Sendable {
    /// `2007-Q2`, `2007`, `2007-03`; of a week its Monday.
    public var period: String
    public var from: Int32
    public var to: Int32
    public var events = 0
    public var inspections = 0
    /// Violations by grade, the worst first, `ungraded` last; those that occur.
    public var violations: [String: Int] = [:]
    /// Of the events, those whose date is so inexact that they may belong to a later bucket.
    public var inexact = 0

    /// The worst grade; nil where there is no violation.
    public var worst: String? { SeverityLadder.worst(violations.keys) }
  }

  public var grain: Grain
  public var buckets: [Bucket]
  /// Dated events in no bucket: their years are far from all that is known, mostly a slip of the pen.
  public var outside: [HistoryEvent]

  /// Years that are drawn; others are listed apart, so that a slip such as 9654 does not stretch the picture.
  static let drawnYears = 1900...2100
  /// More buckets than these are too many to look at: the next grain is taken. 80 quarters are twenty years.
  static let most = 80

  /// Every dated event counts once, in the bucket of the first day that it may have been on. Linear.
  ///
  /// - Parameter grain: nil: quarters, or years where that makes too many. Weeks and months that were asked for stay so up to
  ///   ten times as many buckets.
  public init(_ events: [HistoryEvent], grain asked: Grain?) {
    outside = []
    var dated: [(days: DayInterval, event: HistoryEvent)] = []
    for event in events {
      guard let days = event.days else { continue }
      if let year = CalendarDay.date(of: days.first)?.year, Self.drawnYears.contains(year) {
        dated.append((days, event))
      } else {
        outside.append(event)
      }
    }
    buckets = []
    grain = asked ?? .quarter
    guard let first = dated.map(\.days.first).min(), let last = dated.map(\.days.first).max() else { return }
    let order: [Grain] = [.week, .month, .quarter, .year]
    for candidate in order.drop(while: { $0 != grain }) {
      grain = candidate
      buckets = Self.buckets(from: first, to: last, candidate, most: asked == nil ? Self.most : Self.most * 10)
      if !buckets.isEmpty { break }
    }
    for (days, event) in dated { count(event, days) }
  }

  private mutating func count(_ event: HistoryEvent, _ days: DayInterval) {
    // Buckets follow each other without a gap, so the last that begins on that day or before holds it.
    var low = 0
    var high = buckets.count
    while low < high {
      let middle = (low + high) / 2
      if buckets[middle].from <= days.first { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return }
    buckets[low - 1].events += 1
    if event.kind == Schema.inspection.kind { buckets[low - 1].inspections += 1 }
    for violation in event.violations { buckets[low - 1].violations[violation.severity, default: 0] += 1 }
    if days.last > buckets[low - 1].to { buckets[low - 1].inexact += 1 }
  }

  /// The buckets that hold the days from `first` to `last`; none where there are more than `most`, unless they are years.
  private static func buckets(from first: Int32, to last: Int32, _ grain: Grain, most: Int) -> [Bucket] {
    var found: [Bucket] = []
    var day = first
    while day <= last {
      guard let bucket = bucket(of: day, grain) else { break }
      found.append(bucket)
      if found.count > most, grain != .year { return [] }
      day = bucket.to + 1
    }
    return found
  }

  private static func bucket(of day: Int32, _ grain: Grain) -> Bucket? {
    guard let date = CalendarDay.date(of: day) else { return nil }
    func number(_ month: Int, _ day: Int) -> Int32 { CalendarDay.number(year: date.year, month: month, day: day) }
    func last(_ month: Int) -> Int32 { number(month, CalendarDay.length(ofMonth: month, year: date.year)) }
    switch grain {
    case .week:
      // 1970-01-01 was a Thursday: three days behind a Monday.
      let monday = day - Int32(((Int(day) + 3) % 7 + 7) % 7)
      return Bucket(period: CalendarDay.text(monday) ?? "", from: monday, to: monday + 6)
    case .month:
      let name = String((CalendarDay.text(day) ?? "").prefix(7))
      return Bucket(period: name, from: number(date.month, 1), to: last(date.month))
    case .quarter:
      let quarter = (date.month + 2) / 3
      let name = String((CalendarDay.text(day) ?? "").prefix(4)) + "-Q\(quarter)"
      return Bucket(period: name, from: number(quarter * 3 - 2, 1), to: last(quarter * 3))
    case .year:
      return Bucket(period: String((CalendarDay.text(day) ?? "").prefix(4)), from: number(1, 1), to: last(12))
    }
  }

  func write(to writer: inout JSONWriter) {
    writer.beginArray()
    for bucket in buckets {
      writer.beginObject()
      writer.member("period", bucket.period)
      writer.member("from", CalendarDay.text(bucket.from) ?? "")
      writer.member("to", CalendarDay.text(bucket.to) ?? "")
      writer.member("count", bucket.events)
      writer.member("inspections", bucket.inspections)
      writer.name("severity")
      SeverityLadder.write(bucket.violations, to: &writer)
      writer.member("worst", orNull: bucket.worst)
      writer.member("inexact", bucket.inexact)
      writer.endObject()
    }
    writer.endArray()
  }
}

extension SeverityLadder {
  /// Counts by grade, all grades, the worst first, `ungraded` last.
  static func write(_ counts: [String: Int], to writer: inout JSONWriter) {
    writer.beginObject()
    for grade in grades.reversed() + [ungraded] { writer.member(grade, counts[grade] ?? 0) }
    writer.endObject()
  }
}
