/// Word_Break property values; the order is that of `generate-tables`.
enum WordBreakClass: UInt8 {
  case other, cr, lf, newline, extend, zwj, regionalIndicator, format, katakana, hebrewLetter, aLetter, singleQuote
  case doubleQuote, midNumLet, midLetter, midNum, numeric, extendNumLet, wSegSpace

  @inline(__always) var isLetter: Bool { self == .aLetter || self == .hebrewLetter }
  @inline(__always) var isNewline: Bool { self == .cr || self == .lf || self == .newline }
  @inline(__always) var isAbsorbed: Bool { self == .extend || self == .format || self == .zwj }
  @inline(__always) var isMidNumLetQ: Bool { self == .midNumLet || self == .singleQuote }
}

/// The default word boundaries of a text, UAX #29 of Unicode 15.0.0, rules WB1 to WB999, without tailoring.
///
/// Cost: linear in the text. Bytes that are not UTF-8 count as U+FFFD, one each.
public struct WordBoundaries: Sequence, IteratorProtocol {
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

  @inline(__always) private static func classAndLength(
    _ p: UnsafePointer<UInt8>, _ i: Int, _ n: Int
  ) -> (WordBreakClass, Int, Bool) {
    let scalar = decodeScalar(p, i, n)
    let value = UnicodeTables.wordBreak(scalar.code)
    return (WordBreakClass(rawValue: value & 31) ?? .other, scalar.length, value & 32 != 0)
  }

  /// The class of the first character from `i` that WB4 does not absorb; `.other` at the end.
  private static func classAfterAbsorbed(_ p: UnsafePointer<UInt8>, _ i: Int, _ n: Int) -> WordBreakClass {
    var i = i
    while i < n {
      let (kind, length, _) = classAndLength(p, i, n)
      if !kind.isAbsorbed { return kind }
      i &+= length
    }
    return .other
  }

  /// The boundary after the one at `start` < `n`. What stands before a boundary has no influence on the next.
  static func end(_ p: UnsafePointer<UInt8>, _ n: Int, from start: Int) -> Int {
    var (previous, length, _) = classAndLength(p, start, n)
    var i = start &+ length
    if previous == .cr, i < n, p[i] == 0x0A { return i &+ 1 }  // WB3
    if previous.isNewline { return i }  // WB3a
    var beforePrevious = WordBreakClass.other
    var neighbour = previous  // the character directly before, absorbed or not
    var isSecondIndicator = false
    if previous.isAbsorbed { previous = .other }  // WB4 at the start of text or line: stands for any character
    while i < n {
      let (current, step, pictographic) = classAndLength(p, i, n)
      if current.isNewline { return i }  // WB3b
      if neighbour == .zwj && pictographic {  // WB3c
        neighbour = current
        beforePrevious = previous
        previous = current
        i &+= step
        continue
      }
      if neighbour == .wSegSpace && current == .wSegSpace {  // WB3d
        i &+= step
        continue
      }
      neighbour = current
      if current.isAbsorbed {  // WB4
        i &+= step
        continue
      }
      let isJoined = joins(beforePrevious, previous, current, isSecondIndicator) {
        classAfterAbsorbed(p, i &+ step, n)
      }
      if !isJoined { return i }
      isSecondIndicator = previous == .regionalIndicator && !isSecondIndicator
      beforePrevious = previous
      previous = current
      i &+= step
    }
    return n
  }

  /// Rules WB5 to WB16: whether there is no boundary between `previous` and `current`.
  @inline(__always) private static func joins(
    _ beforePrevious: WordBreakClass, _ previous: WordBreakClass, _ current: WordBreakClass, _ isSecondIndicator: Bool,
    following: () -> WordBreakClass
  ) -> Bool {
    switch current {
    case .aLetter, .hebrewLetter:
      if previous.isLetter || previous == .numeric || previous == .extendNumLet { return true }  // WB5, 10, 13b
      if beforePrevious.isLetter && (previous == .midLetter || previous.isMidNumLetQ) { return true }  // WB7
      return current == .hebrewLetter && beforePrevious == .hebrewLetter && previous == .doubleQuote  // WB7c
    case .numeric:
      if previous == .numeric || previous.isLetter || previous == .extendNumLet { return true }  // WB8, 9, 13b
      return beforePrevious == .numeric && (previous == .midNum || previous.isMidNumLetQ)  // WB11
    case .midLetter, .midNumLet, .singleQuote:
      if previous == .hebrewLetter && current == .singleQuote { return true }  // WB7a
      if previous.isLetter && following().isLetter { return true }  // WB6
      return current.isMidNumLetQ && previous == .numeric && following() == .numeric  // WB12
    case .midNum:
      return previous == .numeric && following() == .numeric  // WB12
    case .doubleQuote:
      return previous == .hebrewLetter && following() == .hebrewLetter  // WB7b
    case .katakana:
      return previous == .katakana || previous == .extendNumLet  // WB13, 13b
    case .extendNumLet:
      return previous.isLetter || previous == .numeric || previous == .katakana || previous == .extendNumLet  // WB13a
    case .regionalIndicator:
      return previous == .regionalIndicator && !isSecondIndicator  // WB15, 16
    default:
      return false  // WB999
    }
  }
}
