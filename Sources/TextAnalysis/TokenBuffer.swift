/// The tokens of the text analysed last. Reusable: its memory grows to the largest text and stays. One per thread.
public final class TokenBuffer {
  /// `count` tokens, in order of position, then of beginning.
  public private(set) var tokens: UnsafeMutablePointer<Token>
  public private(set) var count = 0
  /// Folded terms. At least 8 bytes can be read (their value is unspecified) behind the end of every term.
  public private(set) var bytes: UnsafeMutablePointer<UInt8>
  public private(set) var byteCount = 0
  /// Positions at which a sentence begins, ascending; the first sentence (position 0) is left out.
  public internal(set) var sentences: [UInt32] = []
  /// Positions at which a paragraph begins after a blank line, ascending; position 0 is left out.
  public internal(set) var paragraphs: [UInt32] = []
  /// Positions used: 1 + the position of the last token, or of the last character of a run without spaces.
  public private(set) var positionCount: UInt32 = 0

  private var tokenCapacity: Int
  private var byteCapacity: Int
  let codes = CodeScratch()

  public init() {
    tokenCapacity = 1024
    byteCapacity = 8192
    tokens = .allocate(capacity: tokenCapacity)
    bytes = .allocate(capacity: byteCapacity)
    bytes.initialize(repeating: 0, count: byteCapacity)
  }

  deinit {
    tokens.deallocate()
    bytes.deallocate()
  }

  /// The folded bytes of a token of this buffer.
  public func term(_ token: Token) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: bytes + Int(token.termOffset), count: Int(token.termLength))
  }

  /// The folded term as a string: for people and tests, not for loops.
  public func text(_ token: Token) -> String { String(decoding: term(token), as: UTF8.self) }

  /// An empty sink over this buffer's memory.
  func sink() -> TokenSink {
    sentences.removeAll(keepingCapacity: true)
    paragraphs.removeAll(keepingCapacity: true)
    codes.segmentEnd = 0
    return TokenSink(
      buffer: self, tokens: tokens, tokenCapacity: tokenCapacity, bytes: bytes, byteCapacity: byteCapacity)
  }

  /// Takes the memory and the counts back.
  func take(_ sink: borrowing TokenSink) {
    tokens = sink.tokens
    tokenCapacity = sink.tokenCapacity
    bytes = sink.bytes
    byteCapacity = sink.byteCapacity
    count = sink.count
    byteCount = sink.byteCount
    positionCount = UInt32(truncatingIfNeeded: sink.nextPosition)
  }
}

/// The growing end of a token buffer while a text is analysed: a local value, so that its members stay in registers.
struct TokenSink: ~Copyable {
  let buffer: TokenBuffer
  private(set) var tokens: UnsafeMutablePointer<Token>
  private(set) var tokenCapacity: Int
  private(set) var bytes: UnsafeMutablePointer<UInt8>
  private(set) var byteCapacity: Int
  var count = 0
  var byteCount = 0
  var nextPosition = 0
  var lastPosition = -1
  /// A sentence, a paragraph begins with the next position.
  var breaks: UnitBreaks = []

  struct UnitBreaks: OptionSet {
    let rawValue: UInt8
    static let sentence = UnitBreaks(rawValue: 1)
    static let paragraph = UnitBreaks(rawValue: 2)
  }

  init(
    buffer: TokenBuffer, tokens: UnsafeMutablePointer<Token>, tokenCapacity: Int, bytes: UnsafeMutablePointer<UInt8>,
    byteCapacity: Int
  ) {
    self.buffer = buffer
    self.tokens = tokens
    self.tokenCapacity = tokenCapacity
    self.bytes = bytes
    self.byteCapacity = byteCapacity
  }

  /// Largest number of bytes that one `reserve` promises: a term of 255 bytes, one folded character more (63), the
  /// overhang of 8-byte stores, and the readable padding.
  static let slack = 352

  /// Analysis stops when the terms have this many bytes, so that offsets fit 32 bits: 15/16 of 4 GiB, the rest being
  /// room for what one step may still add.
  static let byteLimit = 0xF000_0000

  /// Makes room for one more token and for `slack` bytes.
  @inline(__always) mutating func reserve() {
    if count == tokenCapacity || byteCount &+ Self.slack > byteCapacity { grow() }
  }

  /// Makes room for some 100 words and says how many tokens, and how many bytes before a next word of up to 255, fit.
  @inline(__always) mutating func reserveStretch() -> (tokens: Int, bytes: Int) {
    if count &+ 64 > tokenCapacity || byteCount &+ 2 &* Self.slack > byteCapacity { growStretch() }
    return (tokenCapacity &- count, byteCapacity &- byteCount &- Self.slack)
  }

  @inline(never) private mutating func growStretch() {
    while count + 64 > tokenCapacity { growTokens() }
    while byteCount + 2 * Self.slack > byteCapacity { growBytes() }
  }

  /// Counts tokens that were written straight behind the last one, each one position further, and their bytes.
  @inline(__always) mutating func advance(tokens added: Int, byteCount used: Int) {
    guard added > 0 else { return }
    count &+= added
    byteCount = used
    lastPosition = nextPosition &+ added &- 1
    nextPosition &+= added
  }

  @inline(never) private mutating func grow() {
    if count == tokenCapacity { growTokens() }
    if byteCount + Self.slack > byteCapacity { growBytes() }
  }

  private mutating func growTokens() {
    let larger = UnsafeMutablePointer<Token>.allocate(capacity: tokenCapacity * 2)
    larger.moveInitialize(from: tokens, count: count)
    tokens.deallocate()
    tokens = larger
    tokenCapacity *= 2
  }

  private mutating func growBytes() {
    let capacity = byteCapacity * 2
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.moveInitialize(from: bytes, count: byteCapacity)
    (larger + byteCapacity).initialize(repeating: 0, count: capacity - byteCapacity)
    bytes.deallocate()
    bytes = larger
    byteCapacity = capacity
  }

  /// Appends a token at the next position. The caller has reserved.
  @inline(__always) mutating func append(
    _ kind: TokenKind, offset: Int, length: Int, hash: UInt32, from: Int, to: Int
  ) {
    if !breaks.isEmpty { recordBreaks() }
    tokens[count] = Token(
      termOffset: UInt32(truncatingIfNeeded: offset), termLength: UInt16(truncatingIfNeeded: length), kind: kind,
      positionStep: UInt8(truncatingIfNeeded: nextPosition &- lastPosition), hash: hash,
      from: UInt32(truncatingIfNeeded: from), to: UInt32(truncatingIfNeeded: to))
    count &+= 1
    lastPosition = nextPosition
    nextPosition &+= 1
  }

  /// Appends a token at the position of the token before. The caller has reserved.
  mutating func appendAtSamePosition(_ kind: TokenKind, offset: Int, length: Int, from: Int, to: Int) {
    tokens[count] = Token(
      termOffset: UInt32(truncatingIfNeeded: offset), termLength: UInt16(truncatingIfNeeded: length), kind: kind,
      positionStep: 0, hash: hash(offset, length), from: UInt32(truncatingIfNeeded: from),
      to: UInt32(truncatingIfNeeded: to))
    count += 1
  }

  func hash(_ offset: Int, _ length: Int) -> UInt32 {
    Token.hash(UnsafeRawBufferPointer(start: bytes + offset, count: length))
  }

  @inline(never) mutating func recordBreaks() {
    if nextPosition > 0 {
      let position = UInt32(truncatingIfNeeded: nextPosition)
      buffer.sentences.append(position)
      if breaks.contains(.paragraph) { buffer.paragraphs.append(position) }
    }
    breaks = []
  }
}
