import JSONText
import Storage

/// Reads the texts of a JSONL file of `{"id": …, "text": "…"}` lines, in order. Memory: a buffer of a megabyte, or of the
/// longest line.
struct TextLines: ~Copyable {
  private let contents: FileContents
  private var position: Int
  private let end: Int
  private var json = JSONReader()
  private static let opening = Array("\"text\"".utf8)

  /// The lines that begin in the given part of the file; the last one is read to its end.
  init(_ contents: FileContents, from: Int = 0, to: Int? = nil) {
    self.contents = contents
    end = to ?? contents.count
    position = from
    if from > 0 { skipLine(startingBefore: from) }
  }

  /// Moves to the beginning of the first line at or after `offset`.
  private mutating func skipLine(startingBefore offset: Int) {
    let bytes = contents.bytes
    position = offset
    if bytes[offset - 1] == 0x0a { return }
    while position < bytes.count, bytes[position] != 0x0a { position += 1 }
    position += 1
  }

  /// Calls `body` with the next text; false at the end.
  mutating func next(_ body: (UnsafeBufferPointer<UInt8>) throws -> Void) throws -> Bool {
    let bytes = contents.bytes
    guard position < end, position < bytes.count, let base = bytes.baseAddress else { return false }
    var lineEnd = position
    while lineEnd + 8 <= bytes.count {
      // A byte that equals 0x0a leaves a zero byte in the difference.
      let word = base.loadUnaligned(fromByteOffset: lineEnd, as: UInt64.self) ^ 0x0a0a_0a0a_0a0a_0a0a
      if (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0 { break }
      lineEnd += 8
    }
    while lineEnd < bytes.count, bytes[lineEnd] != 0x0a { lineEnd += 1 }
    let line = UnsafeRawBufferPointer(rebasing: bytes[position..<lineEnd])
    position = lineEnd + 1
    if let text = Self.plainText(line) {
      try text.withMemoryRebound(to: UInt8.self, body)
      return true
    }
    var text = ""
    if case .object(let object) = try json.read(line), case .string(let value)? = object["text"] { text = value }
    try text.withUTF8(body)
    return true
  }

  /// The text where the line is a plain object with no escape in it: the value of `"text"` up to the quote that ends the
  /// line's object. Anything else goes through the JSON reader.
  private static func plainText(_ line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    guard let base = line.baseAddress, line.count > 16, line[line.count - 1] == UInt8(ascii: "}"),
      line[line.count - 2] == UInt8(ascii: "\"")
    else { return nil }
    let head = min(line.count, 64)
    for start in 0..<(head - opening.count) where line[start] == UInt8(ascii: "\"") {
      guard (0..<opening.count).allSatisfy({ line[start + $0] == opening[$0] }) else { continue }
      var from = start + opening.count
      while from < line.count, line[from] == UInt8(ascii: ":") || line[from] == 0x20 { from += 1 }
      guard from < line.count - 2, line[from] == UInt8(ascii: "\"") else { return nil }
      let text = UnsafeRawBufferPointer(start: base + from + 1, count: line.count - 2 - from - 1)
      return isPlain(text) ? text : nil
    }
    return nil
  }

  /// No backslash and no quote.
  private static func isPlain(_ text: UnsafeRawBufferPointer) -> Bool {
    guard let base = text.baseAddress else { return true }
    var offset = 0
    while offset + 8 <= text.count {
      let word = base.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      let slash = word ^ 0x5c5c_5c5c_5c5c_5c5c
      let quote = word ^ 0x2222_2222_2222_2222
      let zero =
        ((slash &- 0x0101_0101_0101_0101) & ~slash | (quote &- 0x0101_0101_0101_0101) & ~quote) & 0x8080_8080_8080_8080
      if zero != 0 { return false }
      offset += 8
    }
    while offset < text.count {
      if text[offset] == 0x5c || text[offset] == 0x22 { return false }
      offset += 1
    }
    return true
  }
}
