import JSONText
import QualityRecords
import Records
import Testing

/// Repeats against a naive oracle, on random notes.
struct RepeatTests {
  private struct Note {
    let id: String
    let date: String?
    let codes: [String]

    var days: DayInterval? { date.flatMap { try? PartialDate(parsing: $0) }?.interval }
    var isExact: Bool { days.map { $0.first == $0.last } ?? false }
  }

  /// Whether `later` lies within the span from `earlier`, day by day.
  private func isWithin(_ span: String, _ earlier: Int32, _ later: Int32) -> Bool {
    guard earlier <= later else { return isWithin(span, later, earlier) }
    let count = Int(span.dropLast()) ?? 0
    if span.last == "d" { return Int(later) - Int(earlier) <= count }
    guard let from = CalendarDay.date(of: earlier), let to = CalendarDay.date(of: later) else { return false }
    let months = (to.year * 12 + to.month) - (from.year * 12 + from.month)
    if months != count { return months < count }
    return to.day <= min(from.day, CalendarDay.length(ofMonth: to.month, year: to.year))
  }

  /// Every pair of the definition, by looking at all notes for each: `code first again`.
  private func oracle(_ notes: [Note], _ span: String) -> (certain: Set<String>, possible: Set<String>) {
    func key(_ note: Note) -> (Int32, Int32, String, String) {
      (note.days?.first ?? .max, note.days?.last ?? .max, note.date ?? "none", note.id)
    }
    var certain: Set<String> = []
    var possible: Set<String> = []
    for code in Set(notes.flatMap(\.codes)) {
      let own = notes.filter { $0.codes.contains(code) }
      for first in own {
        for again in own where key(first) < key(again) {
          let between = own.filter { key(first) < key($0) && key($0) < key(again) }
          let areExact = first.isExact && again.isExact
          guard areExact ? !between.contains(where: \.isExact) : between.isEmpty else { continue }
          let name = "\(code) \(first.id) \(again.id)"
          guard let a = first.days, let b = again.days else {
            possible.insert(name)
            continue
          }
          // All days that the dates may mean; months have 31 at most, years are looked at by their ends.
          func some(_ days: DayInterval, _ other: DayInterval) -> [Int32] {
            if days.last - days.first < 40 { return Array(days.first...days.last) }
            return [days.first, days.last] + [other.first, other.last].filter { days.first <= $0 && $0 <= days.last }
          }
          let pairs = some(a, b).flatMap { x in some(b, a).map { (x, $0) } }
          if pairs.allSatisfy({ isWithin(span, $0.0, $0.1) }) {
            certain.insert(name)
          } else if pairs.contains(where: { isWithin(span, $0.0, $0.1) }) {
            possible.insert(name)
          }
        }
      }
    }
    return (certain, possible)
  }

  @Test("H2: repeats equal a naive oracle, certain and possible ones apart", arguments: [7, 2_007, 31_337])
  func oracle(seed: UInt64) throws {
    var random = Random(state: seed)
    print("seed \(seed)")
    var lines: [String] = []
    var notes: [Int: [Note]] = [:]
    for enterprise in 0..<12 { lines.append(#"{"kind":"enterprise","id":"E\#(enterprise)"}"#) }
    for number in 0..<400 {
      let enterprise = random.below(12)
      let (year, month, day) = (2004 + random.below(4), 1 + random.below(12), 1 + random.below(28))
      func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
      let date: String? =
        switch random.below(20) {
        case 0: nil
        case 1: "--\(two(month))-\(two(day))"
        case 2: "\(year)"
        case 3: "\(year)-Q\((month + 2) / 3)"
        case 4, 5: "\(year)-\(two(month))"
        default: "\(year)-\(two(month))-\(two(day))"
        }
      let codes = (0..<random.below(4)).map { _ in "V\(100 + random.below(6))" }
      let id = "N\(1_000 + number)"
      notes[enterprise, default: []].append(Note(id: id, date: date, codes: Array(Set(codes)).sorted()))
      let violations = codes.map { #"{"code":"\#($0)"}"# }.joined(separator: ",")
      let written = date.map { #","date":"\#($0)""# } ?? ""
      lines.append(
        #"{"kind":"inspection","id":"\#(id)","enterprise":"E\#(enterprise)"\#(written),"violations":[\#(violations)]}"#)
    }
    let directory = try TestDirectory()
    let path = try directory.write("records.jsonl", lines.joined(separator: "\n") + "\n")
    #expect(try IndexJob.run(IndexRequest(paths: [path], index: directory.index)).rejected == 0)
    let index = try QualityIndex(paths: [directory.index])
    var found = 0
    for enterprise in 0..<12 {
      for span in ["90d", "12m", "1m"] {
        var request = HistoryRequest("E\(enterprise)")
        request.within = span
        guard case .history(let history) = try index.history(request) else {
          Issue.record("E\(enterprise) is not clear")
          return
        }
        let expected = oracle(notes[enterprise] ?? [], span)
        func names(_ pairs: [RepeatedViolation]) -> [String] {
          pairs.map { "\($0.code) \($0.first.note) \($0.again.note)" }
        }
        #expect(names(history.repeats).count == Set(names(history.repeats)).count)
        #expect(Set(names(history.repeats)) == expected.certain, "seed \(seed) E\(enterprise) \(span)")
        #expect(Set(names(history.possibleRepeats)) == expected.possible, "seed \(seed) E\(enterprise) \(span)")
        for pair in history.repeats {
          #expect((pair.atLeast ?? -1) <= (pair.atMost ?? -2))
          if let days = pair.daysApart { #expect(days == pair.atLeast && days == pair.atMost) }
        }
        found += history.repeats.count
      }
    }
    #expect(found > 50)
  }

  /// SplitMix64 (Steele, Lea, Flood 2014).
  private struct Random {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return Int((z ^ (z >> 31)) % UInt64(max(1, bound)))
    }
  }
}
