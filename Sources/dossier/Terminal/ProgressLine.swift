import QualityRecords

/// One line on standard error that is drawn again and again; nothing where that is no terminal.
final class ProgressLine {
  private let stream: OutputStream
  private let screen: Screen
  private var isDrawn = false

  private static let barWidth = 20

  init(stream: OutputStream, screen: Screen) {
    self.stream = stream
    self.screen = screen
  }

  func draw(_ progress: IndexProgress) {
    guard screen.isTerminal else { return }
    isDrawn = true
    // Carriage return, the line, and what an older, longer line left behind is erased.
    stream.write("\r\(text(progress))\u{1B}[K")
    stream.flush()
  }

  /// Takes the line away, so that other talk can be written.
  func clear() {
    guard isDrawn else { return }
    isDrawn = false
    stream.write("\r\u{1B}[K")
    stream.flush()
  }

  /// `[#####     ] 45%  12.3 MB of 27.0 MB  8.1 MB/s  2,345 records  0:02 left`
  func text(_ progress: IndexProgress) -> String {
    var parts: [String] = []
    if let total = progress.bytesTotal, total > 0 {
      let share = min(1, Double(max(0, progress.bytesDone)) / Double(total))
      let full = Int(share * Double(Self.barWidth))
      let (block, rest) = screen.isASCII ? ("#", "-") : ("█", "░")
      let bar = String(repeating: block, count: full) + String(repeating: rest, count: Self.barWidth - full)
      parts.append("\(bar) \(String(Int(share * 100)).leftPadded(3))%")
      parts.append("\(Numbers.bytes(progress.bytesDone)) of \(Numbers.bytes(total))")
    } else {
      parts.append(Numbers.bytes(progress.bytesDone))
    }
    if let rate = progress.bytesPerSecond, rate < 1e15 { parts.append("\(Numbers.bytes(Int(rate)))/s") }
    parts.append("\(Numbers.grouped(progress.records)) records")
    if progress.rejected > 0 { parts.append("\(Numbers.grouped(progress.rejected)) rejected") }
    if let left = progress.secondsLeft { parts.append("\(Numbers.clock(left)) left") }
    return MarkedText(parts.joined(separator: "  ")).cut(screen.width - 1, screen).drawn(screen)
  }
}
