/// The general path: any character, codes, closing up.
extension Tokenizer {
  /// Writes the folded form of a character at the end of the open term. The sink has room for 63 bytes.
  @inline(__always) func fold(_ scalar: DecodedScalar, at i: Int, _ sink: borrowing TokenSink, _ offset: Int) -> Int {
    let out = sink.bytes + offset
    if scalar.code < 0x80 {
      let byte = p[i]
      out[0] = byte &- 0x41 < 26 ? byte | 0x20 : byte
      return 1
    }
    if let form = UnicodeTables.folded(scalar.code) {
      for k in 0..<form.count { out[k] = form[k] }
      return form.count
    }
    for k in 0..<scalar.length { out[k] = p[i &+ k] }
    return scalar.length
  }

  /// The piece of a word that is being folded; its bytes stand at `sink.byteCount`.
  struct OpenTerm {
    var length = 0
    var from = 0
    var to = 0
    var isNumber = true
    var isCut = false
  }

  /// Adds a letter or digit to the open term.
  @inline(__always) private func add(
    _ scalar: DecodedScalar, _ kind: CharacterClass, at i: Int, _ term: inout OpenTerm, _ sink: inout TokenSink
  ) {
    if term.length == 0 {
      sink.reserve()
      term = OpenTerm(from: i, to: i)
    }
    if kind != .digit && !(scalar.code < 0x80 && p[i] &- 0x30 < 10) { term.isNumber = false }
    if !term.isCut {
      let length = fold(scalar, at: i, sink, sink.byteCount &+ term.length)
      if term.length &+ length > 255 { term.isCut = true } else { term.length &+= length }
    }
    term.to = i &+ scalar.length
  }

  private func close(_ term: inout OpenTerm, _ sink: inout TokenSink) {
    guard term.length > 0 else { return }
    let kind: TokenKind = term.isCut ? .longWord : term.isNumber ? .number : .word
    sink.append(
      kind, offset: sink.byteCount, length: term.length, hash: sink.hash(sink.byteCount, term.length), from: term.from,
      to: term.to)
    sink.byteCount &+= term.length
    term.length = 0
  }

  /// A word, number or code that begins at `start` with a letter or digit.
  @inline(never) func word(_ start: Int, _ sink: inout TokenSink) -> Int {
    var scanner = CodeScanner(p, n, scratch)
    if let shape = scanner.scan(at: start) { return emit(shape, scanner, &sink) }
    // One look ahead a segment, however many pieces it is split into: else a_a_a… would take square time.
    if start >= scratch.segmentEnd { scratch.segmentEnd = WordBoundaries.end(p, n, from: start) }
    return segment(start, scratch.segmentEnd, &sink)
  }

  /// The first word of a UAX #29 segment: the segment, up to what is neither letter nor digit nor closed up.
  private func segment(_ start: Int, _ end: Int, _ sink: inout TokenSink) -> Int {
    if let after = acronym(start, end, &sink) { return afterPossessive(after) }
    var term = OpenTerm()
    var i = start
    while i < end {
      let scalar = decodeScalar(p, i, n)
      let kind = UnicodeTables.characterClass(scalar.code)
      switch kind {
      case .letter, .digit:
        add(scalar, kind, at: i, &term, &sink)
      case .dropped:
        if term.length > 0 { term.to = i &+ scalar.length }
      case .pair, .other:
        close(&term, &sink)
        return i
      case .closedUp:
        if isPossessive(i, scalar.length) {
          close(&term, &sink)
          return i &+ scalar.length &+ 1
        }
      }
      i &+= scalar.length
    }
    close(&term, &sink)
    return afterPossessive(end)
  }

  /// Where to go on behind a word: over a `'s` that UAX #29 leaves apart (behind digits).
  private func afterPossessive(_ end: Int) -> Int {
    guard end < n else { return end }
    let scalar = decodeScalar(p, end, n)
    guard UnicodeTables.characterClass(scalar.code) == .closedUp, isPossessive(end, scalar.length) else { return end }
    return end &+ scalar.length &+ 1
  }

  /// Whether `'s` stands at `i` and no letter or digit behind it.
  private func isPossessive(_ i: Int, _ length: Int) -> Bool {
    let letter = i &+ length
    guard letter < n, p[letter] | 0x20 == 0x73 else { return false }
    guard letter &+ 1 < n else { return true }
    switch UnicodeTables.characterClass(decodeScalar(p, letter &+ 1, n).code) {
    case .letter, .digit, .dropped: return false
    case .closedUp: return !isWordCharacter(letter &+ 2)
    default: return true
    }
  }

  private func isWordCharacter(_ i: Int) -> Bool {
    guard i < n else { return false }
    switch UnicodeTables.characterClass(decodeScalar(p, i, n).code) {
    case .letter, .digit: return true
    default: return false
    }
  }

  /// ASCII letters with single stops between them (`U.S.`, `e.g`), two or more, not glued to more: one word.
  private func acronym(_ start: Int, _ end: Int, _ sink: inout TokenSink) -> Int? {
    var letters = 0
    var i = start
    while i < end, letters <= 64, (p[i] | 0x20) &- 0x61 < 26 {
      letters += 1
      i += 1
      guard i < end, p[i] == 0x2E, i + 1 < end, (p[i + 1] | 0x20) &- 0x61 < 26 else { break }
      i += 1
    }
    guard letters >= 2, letters <= 64 else { return nil }
    if i < end,
      p[i] >= 0x80 || p[i] == 0x27 && !isPossessive(i, 1) || ASCIIClass.of(p[i]) == .alphanumeric || p[i] == 0x5F
    {
      return nil
    }
    sink.reserve()
    for k in 0..<letters { sink.bytes[sink.byteCount + k] = p[start + 2 * k] | 0x20 }
    sink.append(
      .word, offset: sink.byteCount, length: letters, hash: sink.hash(sink.byteCount, letters), from: start, to: i)
    sink.byteCount += letters
    return i
  }

  // MARK: - Codes

  private func emit(_ shape: CodeScanner.Shape, _ scanner: CodeScanner, _ sink: inout TokenSink) -> Int {
    let pieces = scratch.pieces
    let start = pieces[0].from
    let end = scanner.end
    let percent = shape == .number || shape == .chain ? percentSign(end) : nil
    if shape == .wordWithForm {
      appendPart(.word, pieces[0].offset, pieces[0].length + pieces[1].length, start, end, &sink)
      appendForm(scanner, 0..<scanner.count, percent: false, start, end, &sink)
      return afterPossessive(end)
    }
    let kind: TokenKind = shape == .code ? .codePart : .number
    for k in 0..<scanner.count {
      let piece = pieces[k]
      appendPart(kind, piece.offset, piece.length, piece.from, piece.to, &sink)
      guard k == 0 else { continue }
      if shape != .number {
        let forms = CodeForm.forms(scanner)
        for form in mode == .query ? forms.prefix(1) : forms[...] {
          appendForm(scanner, form, percent: false, start, end, &sink)
        }
      }
      if let percent { appendForm(scanner, 0..<scanner.count, percent: true, start, percent, &sink) }
    }
    return percent ?? afterPossessive(end)
  }

  private func percentSign(_ i: Int) -> Int? {
    let unit = CodeUnit.read(p, i, n)
    return unit.kind == .percent ? i + unit.length : nil
  }

  private func appendPart(
    _ kind: TokenKind, _ offset: Int, _ length: Int, _ from: Int, _ to: Int, _ sink: inout TokenSink
  ) {
    sink.reserve()
    for k in 0..<length { sink.bytes[sink.byteCount + k] = scratch.text[offset + k] }
    sink.append(
      kind, offset: sink.byteCount, length: length, hash: sink.hash(sink.byteCount, length), from: from, to: to)
    sink.byteCount += length
  }

  private func appendForm(
    _ scanner: CodeScanner, _ range: Range<Int>, percent: Bool, _ from: Int, _ to: Int, _ sink: inout TokenSink
  ) {
    sink.reserve()
    let out = sink.bytes + sink.byteCount
    out[0] = CodeForm.termPrefix[0]
    out[1] = CodeForm.termPrefix[1]
    var length = 2 + CodeForm.write(scanner, range, to: out + 2)
    if percent {
      out[length] = 0x25
      length += 1
    }
    sink.appendAtSamePosition(.code, offset: sink.byteCount, length: length, from: from, to: to)
    sink.byteCount += length
  }

  // MARK: - Plain words

  /// The longest run of letters, digits and dropped characters from `start`.
  @inline(never) func plainWord(_ start: Int, _ sink: inout TokenSink) -> Int {
    var term = OpenTerm()
    var i = start
    scan: while i < n {
      let scalar = decodeScalar(p, i, n)
      let kind = UnicodeTables.characterClass(scalar.code)
      switch kind {
      case .letter, .digit: add(scalar, kind, at: i, &term, &sink)
      case .dropped: if term.length > 0 { term.to = i &+ scalar.length }
      default: break scan
      }
      i &+= scalar.length
    }
    close(&term, &sink)
    return max(i, start &+ 1)
  }

  // MARK: - Runs without spaces

  /// A run of characters written without spaces, from `start`.
  @inline(never) func pairRun(_ start: Int, _ sink: inout TokenSink) -> Int {
    var i = start
    var characters = 0
    var (offset, length, from, to) = (0, 0, 0, 0)
    while i < n && sink.byteCount < TokenSink.byteLimit {
      let scalar = decodeScalar(p, i, n)
      let isIdeograph = scalar.code &- 0x4E00 < 0x5200
      let kind = isIdeograph ? CharacterClass.pair : UnicodeTables.characterClass(scalar.code)
      if kind == .dropped {
        i &+= scalar.length
        continue
      }
      guard kind == .pair else { break }
      sink.reserve()
      let next = sink.byteCount
      let added = fold(scalar, at: i, sink, next)
      let first = i
      i &+= scalar.length
      if added == 0 { continue }
      if !isIdeograph && added == 3 { voice(sink.bytes + next, marksAt: &i) }
      sink.byteCount &+= added
      if characters > 0 {
        let both = length &+ added
        sink.append(
          .cjkBigram, offset: offset, length: both, hash: sink.hash(offset, both), from: from, to: i)
        sink.reserve()
      }
      characters &+= 1
      (offset, length, from, to) = (next, added, first, i)
    }
    if characters > 0 {
      if mode == .query && characters > 1 {
        sink.nextPosition &+= 1
      } else {
        sink.append(.cjkLast, offset: offset, length: length, hash: sink.hash(offset, length), from: from, to: to)
      }
    }
    return max(i, start &+ 1)
  }

  /// Makes the kana at `out` (3 bytes) voiced by the sound marks at `i` that stand apart, as in half-width kana.
  private func voice(_ out: UnsafeMutablePointer<UInt8>, marksAt i: inout Int) {
    while i < n {
      let mark = decodeScalar(p, i, n)
      let isSemi = mark.code == 0x309A || mark.code == 0xFF9F
      guard isSemi || mark.code == 0x3099 || mark.code == 0xFF9E else { return }
      i &+= mark.length
      guard let voiced = Self.voiced(decodeScalar(UnsafePointer(out), 0, 3).code, isSemi: isSemi) else { continue }
      out[0] = UInt8(truncatingIfNeeded: 0xE0 | voiced &>> 12)
      out[1] = UInt8(truncatingIfNeeded: 0x80 | voiced &>> 6 & 63)
      out[2] = UInt8(truncatingIfNeeded: 0x80 | voiced & 63)
    }
  }

  /// The voiced (or semi-voiced) form of a kana, or nil: か to が, は to ば or ぱ, ウ to ヴ.
  private static func voiced(_ code: UInt32, isSemi: Bool) -> UInt32? {
    guard code >= 0x3041, code <= 0x30FA else { return nil }
    let hiragana = code >= 0x30A1 ? code &- 0x60 : code
    if hiragana >= 0x306F, hiragana <= 0x307B, (hiragana &- 0x306F) % 3 == 0 { return code &+ (isSemi ? 2 : 1) }
    if isSemi { return nil }
    if hiragana >= 0x304B, hiragana <= 0x3061, hiragana & 1 == 1 { return code &+ 1 }
    switch hiragana {
    case 0x3064, 0x3066, 0x3068: return code &+ 1
    case 0x3046: return code >= 0x30A1 ? 0x30F4 : 0x3094
    default: return nil
    }
  }
}
