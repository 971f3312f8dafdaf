/// Class of a character for tokenising; the order is that of `generate-tables`.
enum CharacterClass: UInt8 {
  /// Separates.
  case other
  case letter
  case digit
  /// Diacritics and format characters: dropped, do not separate.
  case dropped
  /// Written without spaces: indexed in pairs.
  case pair
  /// Apostrophes and their like: closed up inside a word.
  case closedUp
}

/// One decoded character. Bytes that are not valid UTF-8 decode one by one as U+FFFD, which separates.
struct DecodedScalar {
  var code: UInt32
  var length: Int
}

/// Decodes the character at `i` < `n`. Strict: no surrogates, no overlong forms, nothing above U+10FFFF.
@inline(__always)
func decodeScalar(_ p: UnsafePointer<UInt8>, _ i: Int, _ n: Int) -> DecodedScalar {
  let first = UInt32(p[i])
  if first < 0x80 { return DecodedScalar(code: first, length: 1) }
  let left = n &- i
  if first >= 0xE0, first < 0xF0, left >= 3 {
    let second = UInt32(p[i &+ 1])
    let third = UInt32(p[i &+ 2])
    let code = (first & 15) &<< 12 | (second & 63) &<< 6 | (third & 63)
    if second & 0xC0 == 0x80, third & 0xC0 == 0x80, code >= 0x800, code & 0xF800 != 0xD800 {
      return DecodedScalar(code: code, length: 3)
    }
  } else if first >= 0xC2, first < 0xE0, left >= 2 {
    let second = UInt32(p[i &+ 1])
    if second & 0xC0 == 0x80 { return DecodedScalar(code: (first & 31) &<< 6 | (second & 63), length: 2) }
  } else if first >= 0xF0, first < 0xF5, left >= 4 {
    let second = UInt32(p[i &+ 1])
    let third = UInt32(p[i &+ 2])
    let fourth = UInt32(p[i &+ 3])
    let code = (first & 7) &<< 18 | (second & 63) &<< 12 | (third & 63) &<< 6 | (fourth & 63)
    if second & 0xC0 == 0x80, third & 0xC0 == 0x80, fourth & 0xC0 == 0x80, code >= 0x10000, code <= 0x10FFFF {
      return DecodedScalar(code: code, length: 4)
    }
  }
  return DecodedScalar(code: 0xFFFD, length: 1)
}

/// Look-ups in the generated tables, straight in the static bytes: two loads, nothing to build at start-up.
///
/// Argument of all: a code point up to U+10FFFF. Tables have blocks of 32 characters; a digit is a byte less 48.
enum UnicodeTables {
  @inline(__always) private static func digit(_ p: UnsafePointer<UInt8>, _ i: Int) -> Int { Int(p[i]) &- 48 }

  @inline(__always) private static func slot(_ index: StaticString, _ code: UInt32) -> Int {
    let p = index.utf8Start
    let block = Int(code &>> 5) &* 2
    return (digit(p, block) &<< 6 | digit(p, block &+ 1)) &* 32 &+ Int(code & 31)
  }

  /// `WordBreakClass` value, plus 32 for Extended_Pictographic.
  @inline(__always) static func wordBreak(_ code: UInt32) -> UInt8 {
    WordBreakTable.contents.utf8Start[slot(WordBreakTable.index, code)] &- 48
  }

  @inline(__always) static func sentenceBreak(_ code: UInt32) -> SentenceBreakClass {
    let value = SentenceBreakTable.contents.utf8Start[slot(SentenceBreakTable.index, code)] &- 48
    return SentenceBreakClass(rawValue: value) ?? .other
  }

  @inline(__always) static func characterClass(_ code: UInt32) -> CharacterClass {
    let value = CharacterClassTable.contents.utf8Start[slot(CharacterClassTable.index, code)] &- 48
    return CharacterClass(rawValue: value) ?? .other
  }

  /// The folded form in UTF-8 (0...63 bytes), or nil where the character folds to itself.
  @inline(__always) static func folded(_ code: UInt32) -> UnsafeBufferPointer<UInt8>? {
    let p = FoldingTable.contents.utf8Start
    let at = slot(FoldingTable.index, code) &* 3
    let entry = digit(p, at) &<< 12 | digit(p, at &+ 1) &<< 6 | digit(p, at &+ 2)
    if entry == 0 { return nil }
    let form = FoldingTable.pool.utf8Start + (entry &- 1)
    return UnsafeBufferPointer(start: form + 1, count: Int(form[0]) &- 48)
  }

  /// The toneless reading in lower-case ASCII letters, or nil: of ideographs only.
  static func pinyin(_ code: UInt32) -> UnsafeBufferPointer<UInt8>? {
    let p = PinyinTable.contents.utf8Start
    let at = slot(PinyinTable.index, code) &* 2
    let entry = digit(p, at) &<< 6 | digit(p, at &+ 1)
    if entry == 0 { return nil }
    let form = PinyinTable.pool.utf8Start + (entry &- 1) &* 6
    var length = 6
    while length > 0, form[length &- 1] == 0x20 { length &-= 1 }
    return UnsafeBufferPointer(start: form, count: length)
  }
}
