/// Gathers what a check finds: measures, and turns what is thrown into problems, so that the check goes on.
struct CheckLog {
  private(set) var report: IndexCheckReport

  init(isDeep: Bool) { report = IndexCheckReport(isDeep: isDeep) }

  var isDeep: Bool { report.isDeep }

  mutating func opened(generation: UInt64) { report.generation = generation }
  mutating func found(leftover name: String) { report.leftovers.append(name) }

  private mutating func place(_ structure: String) -> Int {
    if let place = report.structures.firstIndex(where: { $0.name == structure }) { return place }
    report.structures.append(IndexCheckReport.Structure(name: structure))
    return report.structures.count - 1
  }

  mutating func count(_ structure: String, items: UInt64 = 0, bytes: Int = 0) {
    let place = place(structure)
    report.structures[place].items &+= items
    report.structures[place].bytes = report.structures[place].bytes.addingReportingOverflow(bytes).partialValue
  }

  mutating func note(_ structure: String, _ file: String, _ offset: Int? = nil, _ message: String) {
    let place = place(structure)
    report.structures[place].add(IndexCheckReport.Problem(file: file, offset: offset, message: message))
  }

  /// Runs a part of the check. What it throws becomes a problem of `structure`; the answer is then nil.
  mutating func step<Answer>(
    _ structure: String, _ file: String, _ body: (inout CheckLog) throws(IndexError) -> Answer
  ) -> Answer? {
    let clock = ContinuousClock()
    let start = clock.now
    defer {
      let (seconds, attoseconds) = (clock.now - start).components
      report.structures[place(structure)].seconds += Double(seconds) + Double(attoseconds) * 1e-18
    }
    do throws(IndexError) { return try body(&self) } catch {
      if case .corruption(let damage) = error {
        note(structure, damage.file, damage.offset, "expected \(damage.expected), found \(damage.found)")
      } else {
        note(structure, file, nil, "\(error)")
      }
      return nil
    }
  }
}
