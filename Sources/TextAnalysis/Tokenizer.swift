/// One pass over one text. Methods take the place of a token's beginning and return where to go on, always further.
struct Tokenizer {
  let p: UnsafePointer<UInt8>
  let n: Int
  let mode: AnalysisMode
  let usesFastPath: Bool
  let scratch: CodeScratch

  // MARK: - Eight bytes at a time

  @inline(__always) static var high: UInt64 { 0x8080_8080_8080_8080 }
  @inline(__always) static var ones: UInt64 { 0x0101_0101_0101_0101 }

  /// Eight bytes from `i`, zeros behind the end.
  @inline(__always) func load(_ i: Int) -> UInt64 {
    if i &+ 8 <= n {
      return UInt64(littleEndian: UnsafeRawPointer(p + i).loadUnaligned(as: UInt64.self))
    }
    return loadTail(i)
  }

  @inline(never) func loadTail(_ i: Int) -> UInt64 {
    var word: UInt64 = 0
    var k = i
    while k < n {
      word |= UInt64(p[k]) &<< UInt64((k &- i) &* 8)
      k &+= 1
    }
    return word
  }

  /// The high bit of each byte of `low7` (bytes below 0x80) that lies in `first...last`.
  @inline(__always) static func inRange(_ low7: UInt64, _ first: UInt64, _ last: UInt64) -> UInt64 {
    (low7 &+ (0x80 &- first) &* ones) & ~(low7 &+ (0x7F &- last) &* ones) & high
  }

  // MARK: - The whole text

  /// Modes index and query.
  func run(_ sink: inout TokenSink) {
    var i = 0
    while i < n && sink.byteCount < TokenSink.byteLimit {
      if usesFastPath {
        i = asciiStretch(i, &sink, plain: false)
        if i >= n { return }
      }
      let byte = p[i]
      if byte >= 0x80 {
        i = beyondASCII(i, &sink)
        continue
      }
      switch ASCIIClass.of(byte) {
      case .space: i &+= 1
      case .alphanumeric: i = word(i, &sink)
      case .terminator:
        if SentenceUnits.ends(p, n, at: i, 1, byte == 0x2E ? .aTerm : .sTerm) { sink.breaks.insert(.sentence) }
        i &+= 1
      case .lineBreak:
        sink.breaks.formUnion(SentenceUnits.breaks(p, n, lineBreak: i, 1))
        i &+= 1
      }
    }
  }

  /// Mode plain.
  func runPlain(_ sink: inout TokenSink) {
    var i = 0
    while i < n && sink.byteCount < TokenSink.byteLimit {
      if usesFastPath {
        i = asciiStretch(i, &sink, plain: true)
        if i >= n { return }
      }
      let scalar = decodeScalar(p, i, n)
      switch UnicodeTables.characterClass(scalar.code) {
      case .letter, .digit: i = plainWord(i, &sink)
      case .pair: i = pairRun(i, &sink)
      default: i &+= scalar.length
      }
    }
  }

  @inline(never) private func beyondASCII(_ i: Int, _ sink: inout TokenSink) -> Int {
    let scalar = decodeScalar(p, i, n)
    switch UnicodeTables.characterClass(scalar.code) {
    case .letter, .digit: return word(i, &sink)
    case .pair: return pairRun(i, &sink)
    default: break
    }
    let kind = UnicodeTables.sentenceBreak(scalar.code)
    if kind.isTerminator {
      if SentenceUnits.ends(p, n, at: i, scalar.length, kind) { sink.breaks.insert(.sentence) }
    } else if scalar.code == 0x2029 {
      sink.breaks = [.sentence, .paragraph]
    } else if kind.isParagraphSeparator {
      sink.breaks.formUnion(SentenceUnits.breaks(p, n, lineBreak: i, scalar.length))
    }
    return i &+ scalar.length
  }

  // MARK: - ASCII words

  /// Takes words of ASCII letters (in mode plain: letters and digits) from `start`, 8 bytes at a time, as long as nothing
  /// needs more care; returns where that begins, or the end of the text.
  ///
  /// Counters are local here, and the sink is asked for room once, so that a word costs one or two loads, one store of
  /// its letters, two multiplications and one store of its token.
  @inline(__always) private func asciiStretch(_ start: Int, _ sink: inout TokenSink, plain: Bool) -> Int {
    var i = start
    while true {
      let room = sink.reserveStretch()
      let tokens = sink.tokens
      let bytes = UnsafeMutableRawPointer(sink.bytes)
      let first = sink.count
      var count = first
      let limit = first &+ room.tokens
      let byteLimit = sink.byteCount &+ room.bytes
      var used = sink.byteCount
      var step = UInt8(truncatingIfNeeded: sink.nextPosition &- sink.lastPosition)
      var isDone = false
      stretch: while count < limit && used < byteLimit {
        // Separators.
        while true {
          if i >= n {
            isDone = true
            break stretch
          }
          let byte = p[i]
          if byte >= 0x80 {
            isDone = true
            break stretch
          }
          let kind = ASCIIClass.of(byte)
          if kind == .alphanumeric { break }
          if !plain && kind != .space {
            isDone = true
            break stretch
          }
          i &+= 1
        }
        // One word.
        var length = 0
        var state = Token.hashSeed
        var lettersSeen: UInt64 = 0
        let out = bytes + used
        while true {
          let chunk = load(i &+ length)
          let low7 = chunk & ~Self.high
          let upper = Self.inRange(low7, 0x41, 0x5A)
          let letters = upper | Self.inRange(low7, 0x61, 0x7A)
          let digits = Self.inRange(low7, 0x30, 0x39)
          let taken = plain ? letters | digits : letters
          let rest = (~taken | chunk) & Self.high
          let lower = chunk | upper &>> 2
          if rest == 0 && length <= 240 {
            out.storeBytes(of: lower.littleEndian, toByteOffset: length, as: UInt64.self)
            state = Token.mix(state ^ lower)
            lettersSeen |= letters
            length &+= 8
            continue
          }
          if rest == 0 {
            isDone = true
            break stretch
          }
          let shift = UInt64(rest.trailingZeroBitCount) &- 7  // 8 times the number of letters, below 64
          if (plain ? chunk : chunk | digits) &>> shift & 0x80 != 0 {
            // A character beyond ASCII follows, or a digit: but for the marks of running text, words of their own.
            if digits &>> shift & 0x80 != 0 || beyondNeedsCare(i &+ length &+ Int(shift &>> 3)) {
              isDone = true
              break stretch
            }
          }
          if shift != 0 {
            let mask: UInt64 = (1 &<< shift) &- 1
            let masked = lower & mask
            out.storeBytes(of: masked.littleEndian, toByteOffset: length, as: UInt64.self)
            state = Token.mix(state ^ masked)
            if plain { lettersSeen |= letters & mask }
            length &+= Int(shift &>> 3)
          }
          break
        }
        let end = i &+ length
        if !plain && end < n && needsCare(end, length) {
          isDone = true
          break stretch
        }
        if count == first && !sink.breaks.isEmpty { sink.recordBreaks() }
        tokens[count] = Token(
          termOffset: UInt32(truncatingIfNeeded: used), termLength: UInt16(truncatingIfNeeded: length),
          kind: plain && lettersSeen == 0 ? .number : .word, positionStep: step,
          hash: Token.finish(state, length: length), from: UInt32(truncatingIfNeeded: i),
          to: UInt32(truncatingIfNeeded: end))
        step = 1
        count &+= 1
        used &+= length
        i = end
      }
      sink.advance(tokens: count &- first, byteCount: used)
      if isDone || used >= TokenSink.byteLimit { return i }
    }
  }

  /// Whether the byte behind a run of letters may make more of it than a plain word.
  @inline(__always) private func needsCare(_ end: Int, _ length: Int) -> Bool {
    let byte = p[end]
    if byte == 0x20 {
      // A known prefix and a number, or a spaced dash, or a wide character.
      guard length <= 8, end &+ 1 < n else { return false }
      let next = p[end &+ 1]
      return next &- 0x30 < 10 || next >= 0x80 || next == 0x2D || next == 0x20
    }
    if byte >= 0x80 { return false }  // seen by the caller
    guard byte >= 0x27, byte <= 0x2F, end &+ 1 < n else { return false }
    let next = p[end &+ 1]
    let joins = next >= 0x80 || ASCIIClass.of(next) == .alphanumeric
    switch byte {
    case 0x27: return joins
    case 0x2E: return joins && (length == 1 || length <= 8 && next &- 0x30 < 10)
    case 0x2D, 0x2F: return length <= 8 && (joins || next == 0x20 || next == byte)
    default: return false
    }
  }

  /// False for the quotes and stops of running text, true for all else beyond ASCII.
  @inline(never) private func beyondNeedsCare(_ end: Int) -> Bool {
    guard end &+ 3 <= n else { return true }
    let (first, second, third) = (p[end], p[end &+ 1], p[end &+ 2])
    // U+2018, U+201A to U+2023, U+2026: not U+2019 (an apostrophe), not the dashes. U+3001, U+3002.
    if first == 0xE2, second == 0x80 { return !(third == 0x98 || third >= 0x9A && third <= 0xA3 || third == 0xA6) }
    return !(first == 0xE3 && second == 0x80 && (third == 0x81 || third == 0x82))
  }
}

/// What an ASCII byte means between tokens.
enum ASCIIClass: UInt8 {
  case space = 0x30
  case alphanumeric
  case terminator
  case lineBreak

  /// One look-up: a digit 0...3 for each byte below 0x80 (0: separates, 1: letter or digit, 2: `.` `!` `?`,
  /// 3: line feed, vertical tab, form feed, carriage return).
  private static let table: StaticString = """
    00000000003333000000000000000000\
    02000000000000201111111111000002\
    01111111111111111111111111100000\
    01111111111111111111111111100000
    """

  @inline(__always) static func of(_ byte: UInt8) -> ASCIIClass {
    ASCIIClass(rawValue: table.utf8Start[Int(byte & 0x7F)]) ?? .space
  }
}
