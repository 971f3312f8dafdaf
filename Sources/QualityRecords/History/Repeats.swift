import JSONText
import Records
import SearchEngine

/// The same violation found again: two notes of one enterprise that give the same code within a span of time.
public struct RepeatedViolation: Hashable, Sendable {
  public struct Occurrence: Hashable, Sendable {
    public var note: String
    public var date: String?
    public var text: String?
    public var severity: String
    var days: DayInterval?
    /// Place among the events of the history.
    var order: Int

    var isExact: Bool { days.map { $0.first == $0.last } ?? false }
  }

  public var code: String
  public var first: Occurrence
  public var again: Occurrence
  /// Nil where a date is less exact than a day.
  public var daysApart: Int?
  /// Bounds of the days between; nil where a date is not known at all.
  public var atLeast: Int?
  public var atMost: Int?

  func write(to writer: inout JSONWriter) {
    func write(_ name: String, _ occurrence: Occurrence, _ writer: inout JSONWriter) {
      writer.name(name)
      writer.beginObject()
      writer.member("id", occurrence.note)
      writer.member("date", orNull: occurrence.date)
      writer.member("text", orNull: occurrence.text)
      writer.member("severity", occurrence.severity)
      writer.endObject()
    }
    func number(_ name: String, _ value: Int?, _ writer: inout JSONWriter) {
      writer.name(name)
      if let value { writer.int(value) } else { writer.null() }
    }
    writer.beginObject()
    writer.member("code", code)
    write("first", first, &writer)
    write("again", again, &writer)
    number("daysApart", daysApart, &writer)
    number("atLeast", atLeast, &writer)
    number("atMost", atMost, &writer)
    writer.endObject()
  }
}

/// Repeats of a history: for each code, neighbours among the notes that give it.
///
/// Neighbours are meant twice: among the notes whose day is known, so that a vague date between two certain ones hides
/// nothing; and among all notes in the order of the first day that they may have been on, the undated last. A pair is a
/// repeat when it lies within the span whichever days its dates mean, and possibly one when it does for some of them.
struct Repeats: Hashable, Sendable {
  private(set) var certain: [RepeatedViolation] = []
  private(set) var possible: [RepeatedViolation] = []

  /// - Parameter events: in the order of the history.
  /// - Cost: n log n in the violations.
  init(_ events: [HistoryEvent], within span: TimeSpan) {
    var byCode: [String: (code: String, found: [RepeatedViolation.Occurrence])] = [:]
    var codes: [String] = []
    for (order, event) in events.enumerated() {
      var own: Set<String> = []
      for violation in event.violations {
        guard let code = violation.code else { continue }
        let key = TextTokens.normalCode(code)
        let occurrence = RepeatedViolation.Occurrence(
          note: event.id, date: event.date, text: violation.text, severity: violation.severity, days: event.days,
          order: order)
        if byCode[key] == nil {
          byCode[key] = (code, [])
          codes.append(key)
        }
        guard own.insert(key).inserted else {
          // One code twice in one note is one occurrence, as bad as the worse.
          if let last = byCode[key]?.found.last,
            SeverityLadder.rank(last.severity) < SeverityLadder.rank(violation.severity)
          {
            byCode[key]?.found.removeLast()
            byCode[key]?.found.append(occurrence)
          }
          continue
        }
        byCode[key]?.found.append(occurrence)
      }
    }
    for key in codes {
      guard let (code, found) = byCode[key] else { continue }
      let exact = found.filter(\.isExact)
      var pairs = Array(zip(exact, exact.dropFirst()))
      pairs += zip(found, found.dropFirst()).filter { !$0.isExact || !$1.isExact }
      for (first, again) in pairs { add(code, first, again, span) }
    }
    func before(_ left: RepeatedViolation, _ right: RepeatedViolation) -> Bool {
      (left.again.order, left.first.order, left.code) < (right.again.order, right.first.order, right.code)
    }
    certain.sort(by: before)
    possible.sort(by: before)
  }

  private mutating func add(
    _ code: String, _ first: RepeatedViolation.Occurrence, _ again: RepeatedViolation.Occurrence, _ span: TimeSpan
  ) {
    var pair = RepeatedViolation(code: code, first: first, again: again)
    guard let a = first.days, let b = again.days else {
      possible.append(pair)
      return
    }
    let most = max(Int(b.last) - Int(a.first), Int(a.last) - Int(b.first))
    let least = max(0, Int(b.first) - Int(a.last))
    pair.atLeast = least
    pair.atMost = most
    if least == most { pair.daysApart = least }
    // The later end of either may lie behind the other.
    if b.last <= span.end(from: a.first), a.last <= span.end(from: b.first) {
      certain.append(pair)
    } else if b.first <= span.end(from: a.last) {
      possible.append(pair)
    }
  }
}
