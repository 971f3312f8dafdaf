/// A run of letters or of digits of a code.
struct CodePiece {
  var isDigits: Bool
  /// Joins it to the piece before: 0 nothing between, else `-`, `/`, `.`, `:` or a space.
  var mark: UInt8
  /// Byte range in the original text.
  var from: Int
  var to: Int
  /// Folded bytes in `CodeScratch.text`.
  var offset: Int
  var length: Int
}

/// Memory of a code scanner, kept with the token buffer so that scanning allocates nothing.
final class CodeScratch {
  /// The longest code has 12 pieces and 64 bytes; what is longer is not a code.
  static let pieceLimit = 12
  static let byteLimit = 64
  let pieces = UnsafeMutablePointer<CodePiece>.allocate(capacity: pieceLimit)
  let text = UnsafeMutablePointer<UInt8>.allocate(capacity: byteLimit)
  /// End of the UAX #29 segment that was looked up last; 0 at the beginning of a text.
  var segmentEnd = 0

  deinit {
    pieces.deallocate()
    text.deallocate()
  }
}

/// One character as the scanner sees it.
struct CodeUnit {
  enum Kind { case letter, digit, dash, slash, dot, colon, space, comma, percent, wordCharacter, other }
  var kind: Kind
  /// Lower-case ASCII of letters and digits.
  var byte: UInt8
  var length: Int

  /// The unit at `i`; `.other` of length 0 at the end.
  static func read(_ p: UnsafePointer<UInt8>, _ i: Int, _ n: Int) -> CodeUnit {
    guard i < n else { return CodeUnit(kind: .other, byte: 0, length: 0) }
    let byte = p[i]
    if byte < 0x80 { return CodeUnit(kind: asciiKind(byte), byte: byte | 0x20, length: 1) }
    let scalar = decodeScalar(p, i, n)
    let code = scalar.code
    if (0xFF01...0xFF5E).contains(code) {  // full-width forms of ASCII
      let plain = UInt8(truncatingIfNeeded: code &- 0xFEE0)
      return CodeUnit(kind: asciiKind(plain), byte: plain | 0x20, length: scalar.length)
    }
    let kind: Kind
    switch code {
    // Hyphens, en and em dashes, horizontal bar, minus, their small and box-drawing forms, two-em dash.
    case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63, 0x2500, 0x2E3A: kind = .dash
    case 0xA0, 0x2000...0x200A, 0x202F, 0x3000: kind = .space
    case 0x2044, 0x2215: kind = .slash
    default:
      switch UnicodeTables.characterClass(code) {
      case .letter, .digit, .dropped: kind = .wordCharacter
      default: kind = .other
      }
    }
    return CodeUnit(kind: kind, byte: 0, length: scalar.length)
  }

  private static func asciiKind(_ byte: UInt8) -> Kind {
    switch byte {
    case 0x30...0x39: .digit
    case 0x41...0x5A, 0x61...0x7A: .letter
    case 0x2D: .dash
    case 0x2F: .slash
    case 0x2E: .dot
    case 0x3A: .colon
    case 0x20: .space
    case 0x2C: .comma
    case 0x25: .percent
    default: .other
    }
  }
}

/// Recognises a code, a number or a chain of numbers at a place of a text.
///
/// The rule. A chain is made of letter runs and digit runs. It is a code when
/// - it begins with a known prefix (`CodePrefixes`) and digits follow: glued, or after a dash, a slash or a space
///   (`GB 6675-2014`, `GB/T5296.5`, `ISO 9001:2015`, `CCC 2007-0123`); prefixes that are also words need capitals, or
///   another mark, before a mere space counts (`EN 71`, `en 71-1`);
/// - or it begins with 1 to 6 other letters, and digits follow after a dash or a slash (`A-380`), or glued with further
///   marks or with 3 digits or more (`XK16-204-00123`, `A380`), unless the letters are a word of
///   `CodePrefixes.neverBegins` (`mid-1990`); a letter run glued to 1 or 2 digits (`F16`) stays one word and has a
///   form beside it;
/// - or it is digits joined by dashes or dots (`6675-2014`, `3.14`): a number chain.
/// Words and numbers with only a space between ("paragraph 3", "lead 90") are never codes.
///
/// Cost: bounded by the limits of `CodeScratch`, and by digit runs of 24.
struct CodeScanner {
  enum Shape {
    /// Digits alone; `end` may lie behind grouping commas.
    case number
    /// Digits joined by dashes or dots.
    case chain
    /// Letters and digits: pieces are indexed apart.
    case code
    /// One word with a code form beside it.
    case wordWithForm
  }

  let p: UnsafePointer<UInt8>
  let n: Int
  let scratch: CodeScratch
  private(set) var count = 0
  private(set) var prefix = CodePrefixes.Kind.unknown
  private var used = 0
  /// `gbt`, `gb-t` and `gb/t` are one prefix, spelled with the slash.
  private(set) var slashBeforeT = false

  init(_ p: UnsafePointer<UInt8>, _ n: Int, _ scratch: CodeScratch) {
    self.p = p
    self.n = n
    self.scratch = scratch
  }

  var end: Int { count == 0 ? 0 : scratch.pieces[count - 1].to }

  /// Scans at `start`, where a word begins. On a shape, the pieces are in the scratch.
  mutating func scan(at start: Int) -> Shape? {
    count = 0
    used = 0
    prefix = .unknown
    slashBeforeT = false
    guard readPiece(at: start, mark: 0) else { return nil }
    if scratch.pieces[0].isDigits { return scanDigits() }
    return scanLetters()
  }

  private func bytes(_ piece: CodePiece) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: scratch.text + piece.offset, count: piece.length)
  }

  /// Reads the run at `i` as one more piece; false, and nothing changed, when there is none or it is too long.
  private mutating func readPiece(at i: Int, mark: UInt8) -> Bool {
    let first = CodeUnit.read(p, i, n)
    guard count < CodeScratch.pieceLimit, first.kind == .letter || first.kind == .digit else { return false }
    let isDigits = first.kind == .digit
    // Longest runs: prefixes have up to 8 letters, registration numbers up to 24 digits.
    let limit = min(used + (isDigits ? 24 : 8), CodeScratch.byteLimit)
    var end = i
    var unit = first
    var length = used
    while unit.kind == first.kind {
      guard length < limit else { return false }
      scratch.text[length] = isDigits ? 0x30 | (unit.byte & 15) : unit.byte
      length += 1
      end += unit.length
      unit = CodeUnit.read(p, end, n)
      if isDigits && count == 0 && unit.kind == .comma, length - used <= 3, isGrouped(end) {
        // Thousands: 1,234,567 is one number.
        while isGroup(end) {
          for _ in 0..<4 {
            let digit = CodeUnit.read(p, end, n)
            if digit.kind == .digit {
              guard length < limit else { return false }
              scratch.text[length] = 0x30 | (digit.byte & 15)
              length += 1
            }
            end += digit.length
          }
        }
        break
      }
    }
    scratch.pieces[count] = CodePiece(
      isDigits: isDigits, mark: mark, from: i, to: end, offset: used, length: length - used)
    count += 1
    used = length
    return true
  }

  /// Whether a comma and exactly three digits stand at `i`.
  private func isGroup(_ i: Int) -> Bool {
    var unit = CodeUnit.read(p, i, n)
    guard unit.kind == .comma else { return false }
    var i = i
    for _ in 0..<3 {
      i += unit.length
      unit = CodeUnit.read(p, i, n)
      guard unit.kind == .digit else { return false }
    }
    let next = CodeUnit.read(p, i + unit.length, n)
    return next.kind != .digit
  }

  /// Whether only groups follow from `i`: at most 6, and no letter glued behind.
  private func isGrouped(_ i: Int) -> Bool {
    var i = i
    var groups = 0
    while isGroup(i) {
      groups += 1
      if groups > 6 { return false }
      for _ in 0..<4 { i += CodeUnit.read(p, i, n).length }
    }
    let next = CodeUnit.read(p, i, n).kind
    return groups > 0 && next != .letter && next != .wordCharacter
  }

  private mutating func dropPiece() {
    count -= 1
    used = scratch.pieces[count].offset
  }

  /// The unit behind the last piece.
  private var following: CodeUnit { CodeUnit.read(p, end, n) }

  private mutating func scanDigits() -> Shape? {
    switch following.kind {
    case .letter, .wordCharacter: return nil
    default: break
    }
    let whole = scratch.pieces[0]
    while true {
      let unit = following
      let mark: UInt8
      switch unit.kind {
      case .dash: mark = 0x2D
      case .dot: mark = 0x2E
      default: return count == 1 ? .number : .chain
      }
      let next = end + unit.length
      guard CodeUnit.read(p, next, n).kind == .digit, readPiece(at: next, mark: mark) else {
        return count == 1 ? .number : .chain
      }
      switch following.kind {
      case .letter, .wordCharacter:  // the last run belongs to a word: 12-3a
        dropPiece()
        return scratch.pieces[0].to == whole.to && count == 1 ? .number : .chain
      default: break
      }
    }
  }

  private mutating func scanLetters() -> Shape? {
    resolvePrefix()
    while extend() {}
    // A run that goes on as a word does not belong to the code.
    while count > 1 {
      switch following.kind {
      case .letter, .digit, .wordCharacter:
        let glued = scratch.pieces[count - 1].mark == 0
        dropPiece()
        if glued && count > 1 { dropPiece() }
        continue
      default: break
      }
      if scratch.pieces[count - 1].isDigits || scratch.pieces[count - 1].length <= 2 { break }
      dropPiece()
    }
    return accepted()
  }

  /// Looks the first letters up, together with a `/T` behind them.
  private mutating func resolvePrefix() {
    let first = scratch.pieces[0]
    let packed = CodePrefixes.pack(bytes(first))
    prefix = CodePrefixes.kind(packed)
    if first.length == 3, packed & 0xFF == 0x74, prefix != .licence {  // gbt: gb/t
      let base = CodePrefixes.kind(packed >> 8)
      if base == .standard || base == .ambiguous {
        prefix = .standard
        slashBeforeT = true
      }
    }
  }

  /// Adds the next piece where the rule allows it.
  private mutating func extend() -> Bool {
    let last = scratch.pieces[count - 1]
    let unit = following
    switch unit.kind {
    case .letter, .digit:
      // Glue. Letters behind digits: a suffix of at most two (6675A, A380B).
      return readPiece(at: end, mark: 0)
    case .dash, .slash, .dot, .colon, .space:
      return extend(last, over: unit)
    default:
      return false
    }
  }

  private mutating func extend(_ last: CodePiece, over unit: CodeUnit) -> Bool {
    let known = prefix != .unknown
    var next = end + unit.length
    var kind = unit.kind
    if known {
      // Spaces around a dash, a doubled dash, two spaces.
      var skipped = 0
      while skipped < 3 {
        let more = CodeUnit.read(p, next, n)
        guard more.kind == .space || more.kind == .dash && (kind == .space || kind == .dash) else { break }
        if more.kind == .dash { kind = .dash }
        next += more.length
        skipped += 1
      }
    }
    let after = CodeUnit.read(p, next, n)
    switch (kind, last.isDigits, after.kind) {
    case (.dash, _, .digit):
      return readPiece(at: next, mark: 0x2D)
    case (.dash, false, .letter), (.slash, false, .letter):
      return joinLetters(next, mark: kind == .dash ? 0x2D : 0x2F)
    case (.dash, true, .letter):
      // A one- or two-letter part (XK16-204-A); what it turns out to be is checked by scanLetters.
      return unit.kind == .dash && readPiece(at: next, mark: 0x2D)
    case (.slash, true, .letter):
      return count == 2 && readPiece(at: next, mark: 0x2F) && keepOnlyT()  // DB44/T
    case (.slash, false, .digit):
      return readPiece(at: next, mark: 0x2F)
    case (.dot, _, .digit) where known || last.isDigits:
      return readPiece(at: next, mark: 0x2E)
    case (.colon, true, .digit) where known:
      return readPiece(at: next, mark: 0x3A) && keepOnlyYear()
    case (.space, false, .digit) where known:
      return readPiece(at: next, mark: 0x20) && keepOnlySpaced()
    case (.space, true, .digit) where known:
      guard readPiece(at: next, mark: 0x20) else { return false }
      if prefix == .licence, scratch.pieces[count - 1].length >= 3 { return true }
      return keepOnlyYear()
    default:
      return false
    }
  }

  /// Joins a second letter run when the two make a known prefix: GB/T, GB-T, ISO/IEC, Q/HDW.
  private mutating func joinLetters(_ next: Int, mark: UInt8) -> Bool {
    let first = scratch.pieces[0]
    guard count == 1, readPiece(at: next, mark: mark) else { return false }
    let second = scratch.pieces[1]
    let secondPacked = CodePrefixes.pack(bytes(second))
    var known = false
    if second.length == 1, secondPacked == 0x74, prefix == .standard || prefix == .ambiguous {
      known = true
    } else if first.length + second.length <= 7, mark == 0x2F {
      let joined = CodePrefixes.pack(bytes(first)) << 8 | 0x2F
      known = CodePrefixes.kind(joined << UInt64(second.length * 8) | secondPacked) != .unknown
      if first.length == 1, scratch.text[first.offset] == 0x71 { known = true }  // Q/…: an enterprise standard
    }
    if known {
      prefix = .standard
      scratch.pieces[1].mark = 0x2F
      return true
    }
    dropPiece()
    return false
  }

  private mutating func keepOnlyT() -> Bool {
    let last = scratch.pieces[count - 1]
    if prefix != .unknown, last.length == 1, scratch.text[last.offset] == 0x74 { return true }
    dropPiece()
    return false
  }

  private mutating func keepOnlyYear() -> Bool {
    if CodeForm.isYear(bytes(scratch.pieces[count - 1])) { return true }
    dropPiece()
    return false
  }

  /// Digits after a prefix and a space: two or more, or else a further mark must follow.
  private mutating func keepOnlySpaced() -> Bool {
    if scratch.pieces[count - 1].length >= 2 { return true }
    switch following.kind {
    case .dash, .dot, .colon: return CodeUnit.read(p, end + following.length, n).kind == .digit
    default:
      dropPiece()
      return false
    }
  }

  private func accepted() -> Shape? {
    guard count >= 2 else { return nil }
    let pieces = scratch.pieces
    var digits = 0
    var marks = 0
    for k in 0..<count {
      if pieces[k].isDigits { digits += 1 }
      if pieces[k].mark != 0 && pieces[k].mark != 0x20 { marks += 1 }
    }
    guard digits > 0 else { return nil }
    if prefix == .ambiguous, marks == 0, pieces[1].mark == 0x20 {
      let capitals = (pieces[0].from..<pieces[0].to).allSatisfy { p[$0] >= 0x80 || p[$0] & 0x20 == 0 }
      return capitals ? .code : nil
    }
    if prefix == .standard || prefix == .licence {
      return pieces[1].length == 1 && marks == 0 && count == 2 ? .wordWithForm : .code
    }
    guard pieces[0].length <= 6, !CodePrefixes.neverBegins(CodePrefixes.pack(bytes(pieces[0]))) else { return nil }
    if marks > 0 { return .code }
    if pieces[1].length >= 3 { return .code }
    return count == 2 ? .wordWithForm : nil
  }
}
