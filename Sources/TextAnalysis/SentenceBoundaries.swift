/// Sentence_Break property values; the order is that of `generate-tables`.
enum SentenceBreakClass: UInt8 {
  case other, cr, lf, extend, sep, format, sp, lower, upper, oLetter, numeric, aTerm, sContinue, sTerm, close

  @inline(__always) var isParagraphSeparator: Bool { self == .sep || self == .cr || self == .lf }
  @inline(__always) var isTerminator: Bool { self == .aTerm || self == .sTerm }
  @inline(__always) var isAbsorbed: Bool { self == .extend || self == .format }
}

/// The default sentence boundaries of a text, UAX #29 of Unicode 15.0.0, rules SB1 to SB998, without tailoring.
/// (The sentence units of `Analyzer` add abbreviations and line breaks: see `SentenceUnits`.)
///
/// Cost: linear in the text. Bytes that are not UTF-8 count as U+FFFD, one each.
public struct SentenceBoundaries: Sequence, IteratorProtocol {
  private let text: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var started = false

  /// The text must stay in memory while boundaries are asked for.
  public init(_ utf8: UnsafeBufferPointer<UInt8>) { text = utf8 }

  /// The next boundary as a byte offset: 0 first (unless the text is empty), the length last.
  public mutating func next() -> Int? {
    guard let p = text.baseAddress, !text.isEmpty else { return nil }
    if !started {
      started = true
      return 0
    }
    if position >= text.count { return nil }
    position = Self.end(p, text.count, from: position)
    return position
  }

  /// The boundary after the one at `start` < `n`.
  static func end(_ p: UnsafePointer<UInt8>, _ n: Int, from start: Int) -> Int {
    var i = start
    var previous = SentenceBreakClass.other
    while i < n {
      let scalar = decodeScalar(p, i, n)
      let current = UnicodeTables.sentenceBreak(scalar.code)
      if current.isParagraphSeparator {  // SB3, SB4
        i &+= scalar.length
        return current == .cr && i < n && p[i] == 0x0A ? i &+ 1 : i
      }
      if current.isTerminator, let end = boundary(p, n, terminator: i, scalar.length, current, before: previous) {
        return end
      }
      if !current.isAbsorbed { previous = current }  // SB5
      i &+= scalar.length
    }
    return n
  }

  /// The boundary that the terminator at `i` causes (rules SB6 to SB11), or nil.
  ///
  /// `before`: class of the character before it that SB5 does not absorb.
  static func boundary(
    _ p: UnsafePointer<UInt8>, _ n: Int, terminator i: Int, _ length: Int, _ kind: SentenceBreakClass,
    before: SentenceBreakClass
  ) -> Int? {
    var scan = ClassScan(p, n, i &+ length)
    if kind == .aTerm {
      if scan.current == .numeric { return nil }  // SB6
      if (before == .upper || before == .lower) && scan.current == .upper { return nil }  // SB7
    }
    while scan.current == .close { scan.advance() }  // SB9
    while scan.current == .sp { scan.advance() }  // SB9, SB10
    if scan.current == .sContinue || scan.current?.isTerminator == true { return nil }  // SB8a
    if scan.current?.isParagraphSeparator == true {  // SB9, SB10, SB11
      let end = scan.end
      return scan.current == .cr && end < n && p[end] == 0x0A ? end &+ 1 : end
    }
    let end = scan.start
    if kind == .aTerm {  // SB8: up to the next letter, terminator or separator
      while let current = scan.current {
        if current == .lower { return nil }
        if current == .oLetter || current == .upper || current.isParagraphSeparator || current.isTerminator { break }
        scan.advance()
      }
    }
    return end
  }

  /// Walks over characters with their classes, the absorbed ones (SB5) belonging to the one before.
  struct ClassScan {
    private let p: UnsafePointer<UInt8>
    private let n: Int
    /// The character under the cursor: its class (nil at the end), where it begins, and where it ends.
    private(set) var current: SentenceBreakClass?
    private(set) var start: Int
    private(set) var end: Int

    init(_ p: UnsafePointer<UInt8>, _ n: Int, _ i: Int) {
      self.p = p
      self.n = n
      start = i
      end = i
      advance()
    }

    mutating func advance() {
      start = end
      while start < n {
        let scalar = decodeScalar(p, start, n)
        let kind = UnicodeTables.sentenceBreak(scalar.code)
        end = start &+ scalar.length
        if !kind.isAbsorbed {
          current = kind
          return
        }
        start = end
      }
      current = nil
    }
  }
}
