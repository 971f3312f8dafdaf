import QualityRecords

/// A timeline as bars, one line a bucket: how many events, the worst severity as signs and as a number, and a cell for each
/// event. Runs of empty buckets take one line.
struct TimelineDrawing {
  let screen: Screen

  /// Longer bars say nothing more.
  private static let longestBar = 60
  /// From this many on, empty buckets that follow each other stand on one line.
  private static let longRun = 3

  func text(_ history: EnterpriseHistory) -> String {
    let timeline = history.timeline
    let dated = history.events.count - history.undated
    var title = "\(dated) dated events by \(timeline.grain.rawValue)"
    if history.undated > 0 { title += screen.separator + "\(history.undated) undated" }
    var text = screen.styled(title, .bold) + "\n"
    guard let most = timeline.buckets.map(\.events).max(), most > 0 else { return text }
    let names = timeline.buckets.map { DisplayWidth.columns(of: $0.period) }.max() ?? 7
    let counts = String(most).count
    // Margin, name, count, severity, and two blanks between each.
    let room = min(Self.longestBar, screen.width - names - counts - 18)
    var index = 0
    while index < timeline.buckets.count {
      let end = timeline.buckets[index...].firstIndex { $0.events > 0 } ?? timeline.buckets.count
      if end - index >= Self.longRun {
        let (first, last) = (timeline.buckets[index].period, timeline.buckets[end - 1].period)
        let dots = screen.ellipsis
        text += "  \(first) \(dots) \(last)  0 in each of \(end - index) \(timeline.grain.rawValue)s\n"
        index = end
        continue
      }
      let bucket = timeline.buckets[index]
      var line = "  \(bucket.period.padded(names))  \(String(bucket.events).leftPadded(counts))"
      if bucket.events > 0 {
        let length = most <= room ? bucket.events : max(1, (bucket.events * room + most - 1) / most)
        let bar = String(repeating: screen.isASCII ? "#" : "■", count: length)
        line += "  \(screen.grade(bucket.worst).padded(5))  \(bar)"
        if bucket.inexact > 0 { line += " ~\(bucket.inexact)" }
      }
      text += line + "\n"
      index += 1
    }
    return text + legend(history)
  }

  private func legend(_ history: EnterpriseHistory) -> String {
    let counts = history.severities
    var parts: [String] = []
    for grade in SeverityLadder.grades.reversed() + [SeverityLadder.ungraded] where (counts[grade] ?? 0) > 0 {
      parts.append("\(screen.grade(grade).trimmedSpaces) \(grade): \(counts[grade] ?? 0)")
    }
    if history.timeline.buckets.contains(where: { $0.inexact > 0 }) { parts.append("~ the date may be later") }
    guard !parts.isEmpty else { return "" }
    // Broken between the parts alone.
    var lines = ["worst of a note"]
    for part in parts {
      let longer = lines[lines.count - 1] + screen.separator + part
      if DisplayWidth.columns(of: longer) <= screen.width - 2 {
        lines[lines.count - 1] = longer
      } else {
        lines.append(part)
      }
    }
    return lines.map { "  " + screen.styled($0, .faint) + "\n" }.joined()
  }
}
