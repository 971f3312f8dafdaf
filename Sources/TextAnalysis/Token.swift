/// What a token is.
@frozen public enum TokenKind: UInt8, Sendable, CaseIterable {
  /// Letters, or letters mixed with digits.
  case word
  /// Digits only.
  case number
  /// Two neighbouring characters of a run written without spaces (Han, kana, Hangul, Thai …).
  case cjkBigram
  /// The last character of such a run, alone: makes one-character queries answerable by a prefix range.
  case cjkLast
  /// A run of letters or of digits inside a code: `gb`, `6675`, `2014` of `GB 6675-2014`.
  case codePart
  /// The normal form of a whole code, number chain or percentage; stands at the position of its first part.
  /// Its term begins with the two bytes of `CodeForm.termPrefix`.
  case code
  /// A word longer than 255 bytes, cut there on a character border.
  case longWord
}

/// One token of an analysed text: 20 bytes, trivial.
@frozen public struct Token: Sendable {
  /// Where the folded term begins in `TokenBuffer.bytes`. Terms may overlap.
  public var termOffset: UInt32
  /// Bytes of the folded term, 1...255.
  public var termLength: UInt16
  public var kind: TokenKind
  /// Position of this token less that of the token before; the first token counts from -1, so its step is 1.
  /// 0: the same position as the token before; 2: after a run of `cjkBigram` in query mode, whose last character has
  /// a position but no token of its own.
  public var positionStep: UInt8
  /// `Token.hash` of the term's bytes.
  public var hash: UInt32
  /// Byte range in the original UTF-8 text.
  public var from: UInt32
  public var to: UInt32

  @inlinable public init(
    termOffset: UInt32, termLength: UInt16, kind: TokenKind, positionStep: UInt8, hash: UInt32, from: UInt32, to: UInt32
  ) {
    self.termOffset = termOffset
    self.termLength = termLength
    self.kind = kind
    self.positionStep = positionStep
    self.hash = hash
    self.from = from
    self.to = to
  }

  /// The hash of a term, the same on every path and machine.
  ///
  /// Rule: `h` starts at `hashSeed`; each 8 bytes, little-endian, the last group padded with zeros (no group when
  /// nothing is left), give `h = mix(h ^ group)`; at the end `h = mix(h ^ length)` and the low half is the hash.
  /// `mix(x)` is the high half of the 128-bit product of x and `hashFactor` xor its low half.
  ///
  /// Cost: one multiplication for each 8 bytes and one more.
  @inlinable public static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    var state = hashSeed
    var offset = 0
    while offset + 8 <= bytes.count {
      state = mix(state ^ UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
      offset += 8
    }
    if offset < bytes.count {
      var group: UInt64 = 0
      var shift: UInt64 = 0
      while offset < bytes.count {
        group |= UInt64(bytes[offset]) &<< shift
        shift &+= 8
        offset += 1
      }
      state = mix(state ^ group)
    }
    return finish(state, length: bytes.count)
  }

  /// First 64 bits of the fraction of pi: a number without structure.
  @inlinable static var hashSeed: UInt64 { 0x243F_6A88_85A3_08D3 }
  /// The golden ratio's 64-bit fraction, odd.
  @inlinable static var hashFactor: UInt64 { 0x9E37_79B9_7F4A_7C15 }

  @inlinable @inline(__always) static func mix(_ value: UInt64) -> UInt64 {
    let (high, low) = value.multipliedFullWidth(by: hashFactor)
    return high ^ low
  }

  @inlinable @inline(__always) static func finish(_ state: UInt64, length: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: mix(state ^ UInt64(truncatingIfNeeded: length)))
  }
}
