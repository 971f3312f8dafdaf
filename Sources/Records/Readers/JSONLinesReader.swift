import JSONText

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Rows of a JSON Lines file: one object a line, blank lines skipped. A line that is no object, is malformed, nests too
/// deeply, is longer than 16 MB or has more than 131,072 values is rejected with its place; the next line goes on.
struct JSONLinesReader: DetectingReader {
  /// The longest line; a longer one is passed over without being held in memory.
  static let largestLine = 16 << 20

  private let input: TextInput
  private var reader = RecordLimits.jsonReader
  private var line = 1

  init(input: TextInput) { self.input = input }

  var detectedFormat: FileFormat { .jsonLines }
  var detectedEncoding: TextEncoding? { input.encoding }

  mutating func next() throws(RecordError) -> RowResult? {
    while true {
      guard let length = try lineLength() else { return nil }
      let start = line
      if length.isTooLong {
        try skipLine()
        line += 1
        return .rejected(line: start, column: 1, reason: "line longer than 16 MB", raw: nil)
      }
      let result = parse(length.content, line: start)
      input.advance(length.whole)
      line += 1
      if let result { return result }
    }
  }

  private mutating func parse(_ count: Int, line: Int) -> RowResult? {
    input.withWindow { window in
      let text = UnsafeBufferPointer(rebasing: window[..<count])
      if text.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return nil }
      return JSONRow.result(of: text, line: line, column: 1, reader: &reader)
    }
  }

  private struct LineLength {
    /// Without the line break.
    var content: Int
    var whole: Int
    var isTooLong = false
  }

  private func lineLength() throws(RecordError) -> LineLength? {
    var scanned = 0
    while true {
      let found = input.withWindow { Self.lineEnd($0, from: scanned) }
      if let found {
        if found.isReturn, found.offset + 1 == input.available, try input.more() { continue }
        let content = found.offset
        let isPair = input.withWindow { $0[content] == 0x0D && content + 1 < $0.count && $0[content + 1] == 0x0A }
        return LineLength(content: content, whole: content + (isPair ? 2 : 1), isTooLong: content > Self.largestLine)
      }
      scanned = input.available
      if scanned > Self.largestLine { return LineLength(content: scanned, whole: scanned, isTooLong: true) }
      if try !input.more() {
        return scanned == 0 ? nil : LineLength(content: scanned, whole: scanned)
      }
    }
  }

  private func skipLine() throws(RecordError) {
    while true {
      if let found = input.withWindow({ Self.lineEnd($0, from: 0) }) {
        try input.fill(found.offset + 2)
        let isPair = input.withWindow {
          $0[found.offset] == 0x0D && found.offset + 1 < $0.count && $0[found.offset + 1] == 0x0A
        }
        input.advance(found.offset + (isPair ? 2 : 1))
        return
      }
      input.advance(input.available)
      if try !input.more() { return }
    }
  }

  /// LF, or a CR (a JSON text holds neither inside its strings).
  private static func lineEnd(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> (offset: Int, isReturn: Bool)? {
    guard let base = bytes.baseAddress, start < bytes.count else { return nil }
    let lineFeed = memchr(base + start, 0x0A, bytes.count - start).map { UnsafeRawPointer($0) - UnsafeRawPointer(base) }
    let limit = lineFeed ?? bytes.count
    if let carriage = memchr(base + start, 0x0D, limit - start) {
      return (UnsafeRawPointer(carriage) - UnsafeRawPointer(base), true)
    }
    return lineFeed.map { ($0, false) }
  }
}
