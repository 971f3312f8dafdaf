import Records

/// Notes that sealed goods and that no passing note has followed up yet: records do not tell otherwise when a seal is lifted.
struct OpenSeals {
  private var events: [HistoryEvent] = []

  /// Seals that are kept in mind at once.
  private static let most = 50

  init() {}

  /// The seals that are open at the end of a day.
  ///
  /// - Parameter events: in the order of the history.
  init(_ events: [HistoryEvent], on day: Int32) {
    for event in events {
      guard event.kind == Schema.inspection.kind, let days = event.days, days.last <= day else { continue }
      lift(by: event)
      add(event)
    }
  }

  /// Takes away the seal of the note that a passing one follows up.
  mutating func lift(by event: HistoryEvent) {
    if event.result == "pass", let earlier = event.followUpOf { events.removeAll { $0.id == earlier } }
  }

  /// Keeps the note in mind when it sealed goods.
  mutating func add(_ event: HistoryEvent) {
    guard event.disposition == "seal", event.date != nil else { return }
    events.append(event)
    if events.count > Self.most { events.removeFirst() }
  }

  /// The last seal; of those about a product or category, where some are given.
  func last(about subjects: Set<String>? = nil) -> StateOnDay.Seal? {
    let found = events.last { event in subjects.map { !event.subjects.isDisjoint(with: $0) } ?? true }
    return found.map { StateOnDay.Seal(note: $0.id, since: $0.date ?? "") }
  }
}
