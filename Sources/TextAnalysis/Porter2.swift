/// The English stemmer of Snowball ("Porter2": M. F. Porter, "The English (Porter2) stemming algorithm", 2001).
///
/// Works in place on lower-case ASCII bytes. Words shorter than 3 bytes, and words with a byte beyond ASCII letters
/// other than the apostrophe, come back as they are.
public struct Porter2: Sendable {
  public init() {}

  /// Stems `word` in place and returns the number of bytes of the stem, at most `count`. Cost: linear in `count`.
  @inlinable public func stem(_ word: UnsafeMutablePointer<UInt8>, count: Int) -> Int {
    count < 3 ? count : stemLong(word, count)
  }

  @usableFromInline func stemLong(_ word: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
    for k in 0..<count where word[k] &- 0x61 >= 26 && word[k] != 0x27 { return count }
    var run = Porter2Word(word, count)
    return run.stem()
  }

  /// The stem of a string, for people and tests.
  public func stem(_ word: String) -> String {
    var bytes = Array(word.utf8)
    let count = bytes.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { stem($0, count: buffer.count) } ?? 0
    }
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
}

/// One word on its way through the steps. `Y` (0x59) marks a y that is a consonant.
struct Porter2Word {
  private let w: UnsafeMutablePointer<UInt8>
  private var n: Int
  private var r1 = 0
  private var r2 = 0

  init(_ word: UnsafeMutablePointer<UInt8>, _ count: Int) {
    w = word
    n = count
  }

  // MARK: - Letters

  /// a e i o u y.
  @inline(__always) private func isVowel(_ i: Int) -> Bool {
    let letter = w[i] &- 0x61
    return letter < 26 && (0x110_4111 as UInt32) &>> UInt32(letter) & 1 == 1
  }

  @inline(__always) private func ends(_ suffix: StaticString) -> Bool {
    let length = suffix.utf8CodeUnitCount
    guard length <= n else { return false }
    let p = suffix.utf8Start
    var k = 0
    while k < length {
      if w[n &- length &+ k] != p[k] { return false }
      k &+= 1
    }
    return true
  }

  @inline(__always) private func inR1(_ length: Int) -> Bool { n &- length >= r1 }
  @inline(__always) private func inR2(_ length: Int) -> Bool { n &- length >= r2 }

  /// Puts `replacement`, not longer than the suffix, in place of the last `length` bytes.
  @inline(__always) private mutating func replace(_ length: Int, _ replacement: StaticString) {
    n &-= length
    for k in 0..<replacement.utf8CodeUnitCount { w[n &+ k] = replacement.utf8Start[k] }
    n &+= replacement.utf8CodeUnitCount
  }

  @inline(__always) private func hasVowel(before end: Int) -> Bool {
    var k = 0
    while k < end {
      if isVowel(k) { return true }
      k &+= 1
    }
    return false
  }

  /// Whether the word ends in a short syllable: vowel + consonant other than w, x, Y behind a consonant; or a vowel at
  /// the beginning + consonant; or `past`.
  private func endsShort() -> Bool {
    if n == 2 { return isVowel(0) && !isVowel(1) }
    if ends("past") { return true }
    guard n >= 3 else { return false }
    let last = w[n &- 1]
    return !isVowel(n &- 1) && last != 0x77 && last != 0x78 && last != 0x59 && isVowel(n &- 2) && !isVowel(n &- 3)
  }

  // MARK: - Steps

  mutating func stem() -> Int {
    if w[0] == 0x27 {
      for k in 1..<n { w[k &- 1] = w[k] }
      n &-= 1
    }
    if let special = Porter2Exceptions.whole(w, n) {
      n = special.utf8CodeUnitCount
      for k in 0..<n { w[k] = special.utf8Start[k] }
      return n
    }
    var hasY = false
    for k in 0..<n where w[k] == 0x79 && (k == 0 || isVowel(k &- 1)) {
      w[k] = 0x59
      hasY = true
    }
    findRegions()
    step0()
    step1a()
    step1b()
    step1c()
    step2()
    step3()
    step4()
    step5()
    if hasY {
      for k in 0..<n where w[k] == 0x59 { w[k] = 0x79 }
    }
    return n
  }

  private mutating func findRegions() {
    let prefixed = Porter2Exceptions.regionPrefix(w, n)
    r1 = prefixed > 0 ? prefixed : region(from: 0)
    r2 = region(from: r1)
  }

  /// Behind the first consonant that follows a vowel, from `start`.
  private func region(from start: Int) -> Int {
    var k = start
    while k < n, !isVowel(k) { k &+= 1 }
    while k < n, isVowel(k) { k &+= 1 }
    return min(k &+ 1, n)
  }

  private mutating func step0() {
    if ends("'s'") { n &-= 3 } else if ends("'s") { n &-= 2 } else if ends("'") { n &-= 1 }
  }

  private mutating func step1a() {
    guard n > 0, w[n &- 1] == 0x73 || w[n &- 1] == 0x64 else { return }
    if ends("sses") {
      n &-= 2
    } else if ends("ied") || ends("ies") {
      n &-= n > 4 ? 2 : 1
    } else if ends("us") || ends("ss") {
      return
    } else if ends("s"), hasVowel(before: n &- 2) {
      n &-= 1
    }
  }

  private mutating func step1b() {
    if ends("eedly") || ends("eed") {
      let length = w[n &- 1] == 0x79 ? 5 : 3
      if inR1(length), !Porter2Exceptions.keepsEed(w, n &- length) { replace(length, "ee") }
      return
    }
    let length: Int
    if ends("ingly") {
      length = 5
    } else if ends("edly") {
      length = 4
    } else if ends("ing") {
      length = 3
    } else if ends("ed") {
      length = 2
    } else {
      return
    }
    if length == 3 {
      // dying, lying, tying and their like: consonant + ying is a whole short word.
      if n == 5, w[1] == 0x79, !isVowel(0) {
        w[1] = 0x69
        w[2] = 0x65
        n = 3
        return
      }
      if Porter2Exceptions.keepsIng(w, n &- 3) { return }
    }
    guard hasVowel(before: n &- length) else { return }
    n &-= length
    if ends("at") || ends("bl") || ends("iz") {
      w[n] = 0x65
      n &+= 1
    } else if endsDouble() {
      if n != 3 || (w[0] != 0x61 && w[0] != 0x65 && w[0] != 0x6F) { n &-= 1 }
    } else if r1 >= n, endsShort() {
      w[n] = 0x65
      n &+= 1
    }
  }

  /// bb dd ff gg mm nn pp rr tt.
  private func endsDouble() -> Bool {
    guard n >= 2, w[n &- 1] == w[n &- 2] else { return false }
    switch w[n &- 1] {
    case 0x62, 0x64, 0x66, 0x67, 0x6D, 0x6E, 0x70, 0x72, 0x74: return true
    default: return false
    }
  }

  private mutating func step1c() {
    guard n > 2, w[n &- 1] == 0x79 || w[n &- 1] == 0x59, !isVowel(n &- 2) else { return }
    w[n &- 1] = 0x69
  }

  private mutating func step2() {
    guard n > 2 else { return }
    switch w[n &- 2] {  // the last but one letter chooses the suffixes worth trying
    case 0x61:
      if change("ational", "ate") || change("tional", "tion") { return }
    case 0x63:
      if change("enci", "ence") || change("anci", "ance") { return }
    case 0x65:
      if change("izer", "ize") { return }
    case 0x67:
      if ends("ogi") {
        if inR1(3), n > 3, w[n &- 4] == 0x6C { n &-= 1 }
      }
    case 0x6C:
      if change("fulli", "ful") || change("lessli", "less") || change("ousli", "ous") || change("entli", "ent")
        || change("bli", "ble") || change("alli", "al")
      {
        return
      }
      // c d e g h k m n r t before li
      if ends("li"), inR1(2), n > 2, Self.isValidBeforeLi(w[n &- 3]) { n &-= 2 }
    case 0x6F:
      if change("ization", "ize") || change("ation", "ate") || change("ator", "ate") { return }
    case 0x73:
      if change("alism", "al") || change("fulness", "ful") || change("ousness", "ous") || change("iveness", "ive") {
        return
      }
      if change("ogist", "og") { return }
    case 0x74:
      if change("aliti", "al") || change("iviti", "ive") || change("biliti", "ble") { return }
    default: break
    }
    if ends("ogist"), inR1(5) { n &-= 2 }
  }

  private static func isValidBeforeLi(_ letter: UInt8) -> Bool {
    switch letter {
    case 0x63, 0x64, 0x65, 0x67, 0x68, 0x6B, 0x6D, 0x6E, 0x72, 0x74: true
    default: false
    }
  }

  /// True when the word ends in `suffix`: replaced if it lies in R1.
  @inline(__always) private mutating func change(_ suffix: StaticString, _ replacement: StaticString) -> Bool {
    guard ends(suffix) else { return false }
    if inR1(suffix.utf8CodeUnitCount) { replace(suffix.utf8CodeUnitCount, replacement) }
    return true
  }

  private mutating func step3() {
    guard n > 2 else { return }
    switch w[n &- 1] {
    case 0x6C:
      if change("ational", "ate") || change("tional", "tion") || change("ical", "ic") || change("ful", "") { return }
    case 0x65:
      if change("alize", "al") || change("icate", "ic") { return }
      if ends("ative"), inR1(5), inR2(5) { n &-= 5 }
    case 0x69:
      if change("iciti", "ic") { return }
    case 0x73:
      if change("ness", "") { return }
    default: break
    }
  }

  private mutating func step4() {
    guard n > 2 else { return }
    switch w[n &- 1] {
    case 0x6C: _ = remove("al")
    case 0x65:
      _ =
        remove("ance") || remove("ence") || remove("able") || remove("ible") || remove("ate") || remove("ive")
        || remove("ize")
    case 0x72: _ = remove("er")
    case 0x63: _ = remove("ic")
    case 0x74: _ = remove("ement") || remove("ment") || remove("ent") || remove("ant")
    case 0x6D: _ = remove("ism")
    case 0x69: _ = remove("iti")
    case 0x73: _ = remove("ous")
    case 0x6E:
      if ends("ion"), inR2(3), n > 3, w[n &- 4] == 0x73 || w[n &- 4] == 0x74 { n &-= 3 }
    default: break
    }
  }

  @inline(__always) private mutating func remove(_ suffix: StaticString) -> Bool {
    guard ends(suffix) else { return false }
    if inR2(suffix.utf8CodeUnitCount) { n &-= suffix.utf8CodeUnitCount }
    return true
  }

  private mutating func step5() {
    guard n > 1 else { return }
    if w[n &- 1] == 0x65 {
      if inR2(1) {
        n &-= 1
      } else if inR1(1) {
        n &-= 1
        if endsShort() { n &+= 1 }
      }
    } else if w[n &- 1] == 0x6C, inR2(1), w[n &- 2] == 0x6C {
      n &-= 1
    }
  }
}
