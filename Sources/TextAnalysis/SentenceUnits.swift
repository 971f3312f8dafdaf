/// The sentence units of a text: UAX #29 with abbreviations and line breaks tailored.
///
/// A terminator ends a unit where UAX #29 has a boundary, unless the word before a full stop is a title or a counter
/// (`No.`, `Dr.`, `Fig.`), or a legal form or an initial (`Co.`, `Ltd.`, `J.`) that is not followed by a word that
/// commonly begins a sentence. A single line break ends a unit unless the next line goes on with a lower-case letter
/// (a wrapped line); a blank line ends the unit and the paragraph.
enum SentenceUnits {
  /// Never the end of a sentence, whatever follows on the line.
  private static let titles: Set<UInt64> = packed(
    "no nos dr mr mrs ms messrs prof st fig figs art arts sec secs para paras vol ch cf vs approx gen gov sen rep")
  /// Ends a sentence only before one of `openers`.
  private static let forms: Set<UInt64> = packed("co ltd inc corp llc plc dept mfg bros pty pte bhd sdn jr sr")
  private static let openers: Set<UInt64> = packed(
    "the a an this that these those it its in on at he she they we you i his her their our after before when while "
      + "as for from if no all both each but and however during since although some such there one two")

  private static func packed(_ words: String) -> Set<UInt64> {
    Set(words.split(separator: " ").map { word in word.utf8.reduce(0) { $0 << 8 | UInt64($1) } })
  }

  /// Whether a sentence unit ends with the terminator at `i`.
  static func ends(_ p: UnsafePointer<UInt8>, _ n: Int, at i: Int, _ length: Int, _ kind: SentenceBreakClass) -> Bool {
    guard
      let end = SentenceBoundaries.boundary(
        p, n, terminator: i, length, kind, before: kind == .aTerm ? classBefore(p, i) : .other)
    else { return false }
    return kind == .sTerm || !isAbbreviation(p, n, stop: i, next: end)
  }

  /// Class of the character before `i` that is not absorbed; `.other` at the beginning.
  private static func classBefore(_ p: UnsafePointer<UInt8>, _ i: Int) -> SentenceBreakClass {
    var end = i
    while end > 0 {
      var start = end &- 1
      while start > 0, end &- start < 4, p[start] & 0xC0 == 0x80 { start &-= 1 }
      let scalar = decodeScalar(p, start, end)
      if start &+ scalar.length != end { return .other }
      let kind = UnicodeTables.sentenceBreak(scalar.code)
      if !kind.isAbsorbed { return kind }
      end = start
    }
    return .other
  }

  private static func isAbbreviation(_ p: UnsafePointer<UInt8>, _ n: Int, stop: Int, next: Int) -> Bool {
    var word: UInt64 = 0
    var start = stop
    while start > 0, stop &- start <= 7, isLetter(p[start &- 1]) {
      start &-= 1
      word |= UInt64(p[start] | 0x20) &<< UInt64((stop &- start &- 1) &* 8)
    }
    let length = stop &- start
    guard length >= 1, length <= 7, start == 0 || p[start &- 1] < 0x80 else { return false }
    // A blank line ends the unit all the same: it is seen apart from the terminator.
    if titles.contains(word) { return true }
    guard forms.contains(word) || length == 1 && p[start] & 0x20 == 0 else { return false }
    var opener: UInt64 = 0
    var i = next
    while i < n, i &- next <= 7, isLetter(p[i]) {
      opener = opener &<< 8 | UInt64(p[i] | 0x20)
      i &+= 1
    }
    return i &- next > 7 || !openers.contains(opener)
  }

  @inline(__always) private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  /// What the line break of `length` bytes at `i` ends.
  static func breaks(
    _ p: UnsafePointer<UInt8>, _ n: Int, lineBreak i: Int, _ length: Int
  ) -> TokenSink.UnitBreaks {
    var next = i &+ length
    if p[i] == 0x0D, next < n, p[next] == 0x0A { next &+= 1 }
    while next < n {
      let byte = p[next]
      if byte == 0x0A || byte == 0x0D { return [.sentence, .paragraph] }
      if byte != 0x20 && byte != 0x09 { break }
      next &+= 1
    }
    guard next < n else { return .sentence }
    return UnicodeTables.sentenceBreak(decodeScalar(p, next, n).code) == .lower ? [] : .sentence
  }
}
