/// A long text cut into pieces that are analysed one by one, so that the tokens of a book are never in memory at once.
///
/// Cuts fall behind a blank line, where the analysis of the whole would begin anew, too; where a piece has none, behind a line
/// end, else behind a space, else between two characters. A code that stands across such a cut is found by its parts alone,
/// and a sentence goes on across it.
struct TextPieces {
  struct Piece {
    let bytes: UnsafeBufferPointer<UInt8>
    /// Whether a blank line stands before it.
    let beginsParagraph: Bool
  }

  /// Bytes of a piece at most: a hundred pages. Tokens of it take 5 MB at the worst.
  static let longest = 256 << 10

  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var isBehindBlankLine = false

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// The next piece; nil at the end.
  mutating func next() -> Piece? {
    guard position < bytes.count else { return nil }
    let start = position
    let begins = isBehindBlankLine
    let cut = end(from: start)
    position = cut.end
    isBehindBlankLine = cut.isBlankLine
    return Piece(bytes: UnsafeBufferPointer(rebasing: bytes[start..<cut.end]), beginsParagraph: begins)
  }

  private func end(from start: Int) -> (end: Int, isBlankLine: Bool) {
    guard bytes.count - start > Self.longest else { return (bytes.count, false) }
    let last = start + Self.longest
    var line: Int?
    var space: Int?
    var place = last
    // Half a piece back at most, so that every piece is worth its analysis.
    while place > start + Self.longest / 2 {
      place -= 1
      if bytes[place] == 0x0A {
        if bytes[place - 1] == 0x0A { return (place + 1, true) }
        if line == nil { line = place + 1 }
      } else if bytes[place] == 0x20, space == nil {
        space = place + 1
      }
    }
    if let end = line ?? space { return (end, false) }
    var character = last
    // Bytes 10xxxxxx go on with a character that began before; four bytes at most.
    while character > last - 4, bytes[character] & 0xc0 == 0x80 { character -= 1 }
    return (character, false)
  }
}
