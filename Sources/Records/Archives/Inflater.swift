/// Unpacks a stream of the DEFLATE format (RFC 1951), pulled piece by piece: memory is the window of 32 KB and a buffer.
///
/// Input is never trusted: every code, length and distance is checked, and damage is an error, never a trap. Cost: linear
/// in the bytes read and written.
final class Inflater {
  static let windowLength = 32_768
  private static let inputLength = 32 << 10

  private enum Block {
    case none
    case stored(remaining: Int)
    case packed(literals: HuffmanCode, distances: HuffmanCode)
    case end
  }

  private var source: any ByteSource
  private var input = [UInt8](repeating: 0, count: Inflater.inputLength)
  private var inputPosition = 0
  private var inputEnd = 0
  private var bits: UInt64 = 0
  private var bitCount = 0

  private var window = [UInt8](repeating: 0, count: Inflater.windowLength)
  private var windowPosition = 0
  /// Bytes written so far, as far as they matter: a distance may not reach before the first.
  private var history = 0
  private var block = Block.none
  private var isLastBlock = false
  /// A match that did not fit into the caller's buffer.
  private var matchLength = 0
  private var matchDistance = 0

  init(_ source: any ByteSource) { self.source = source }

  /// Fills the beginning of the buffer; 0 at the end of the stream.
  /// - Throws: `RecordError` for a damaged or cut stream, and what the source throws.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(RecordError) -> Int {
    var written = 0
    while written < buffer.count {
      if matchLength > 0 {
        copyMatch(buffer, &written)
        continue
      }
      switch block {
      case .end: return written
      case .none:
        if isLastBlock { block = .end } else { try beginBlock() }
      case .stored(let remaining):
        if remaining == 0 {
          block = .none
        } else {
          put(try nextAlignedByte(), buffer, &written)
          block = .stored(remaining: remaining - 1)
        }
      case .packed(let literals, let distances):
        try unpack(literals, distances, buffer, &written)
      }
    }
    return written
  }

  /// The byte behind what was unpacked, counted from the next whole byte: for what stands behind the stream.
  func nextAlignedByte() throws(RecordError) -> UInt8 {
    guard let byte = try optionalAlignedByte() else { throw Self.damage("the data ends too early") }
    return byte
  }

  /// The same; nil at the end of the source.
  func optionalAlignedByte() throws(RecordError) -> UInt8? {
    let odd = bitCount & 7
    bits >>= UInt64(odd)
    bitCount -= odd
    if bitCount >= 8 {
      let byte = UInt8(truncatingIfNeeded: bits)
      bits >>= 8
      bitCount -= 8
      return byte
    }
    return try inputByte()
  }

  /// Begins anew behind the end of a stream: another member of a gzip file.
  func restart() {
    block = .none
    isLastBlock = false
    history = 0
  }

  // MARK: Blocks

  private func beginBlock() throws(RecordError) {
    isLastBlock = try take(1) == 1
    switch try take(2) {
    case 0:
      var length = 0
      var complement = 0
      for shift in [0, 8] { length |= Int(try nextAlignedByte()) << shift }
      for shift in [0, 8] { complement |= Int(try nextAlignedByte()) << shift }
      guard length == ~complement & 0xFFFF else { throw Self.damage("the length of a stored block is wrong") }
      block = .stored(remaining: length)
    case 1:
      guard let literals = Self.fixedLiterals, let distances = Self.fixedDistances else { return }
      block = .packed(literals: literals, distances: distances)
    case 2: block = try dynamicCodes()
    default: throw Self.damage("a block of an unknown kind")
    }
  }

  private static let fixedLiterals = HuffmanCode(
    lengths: (Array(repeating: 8, count: 144) + Array(repeating: 9, count: 112) + Array(repeating: 7, count: 24)
      + Array(repeating: 8, count: 8))[...])
  private static let fixedDistances = HuffmanCode(lengths: Array(repeating: 5, count: 32)[...])

  /// The order in which the lengths of the code for code lengths are written (RFC 1951, 3.2.7).
  private static let lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

  private func dynamicCodes() throws(RecordError) -> Block {
    let literalCount = Int(try take(5)) + 257
    let distanceCount = Int(try take(5)) + 1
    let lengthCount = Int(try take(4)) + 4
    guard literalCount <= 286, distanceCount <= 30 else { throw Self.damage("too many codes") }
    var codeLengths = [UInt8](repeating: 0, count: 19)
    for place in Self.lengthOrder.prefix(lengthCount) { codeLengths[place] = UInt8(try take(3)) }
    guard let code = HuffmanCode(lengths: codeLengths[...]) else { throw Self.damage("the code lengths are no code") }
    var lengths: [UInt8] = []
    while lengths.count < literalCount + distanceCount {
      switch try symbol(code) {
      case let length where length < 16: lengths.append(UInt8(length))
      case 16:
        guard let last = lengths.last else { throw Self.damage("a repetition of nothing") }
        lengths += Array(repeating: last, count: 3 + Int(try take(2)))
      case 17: lengths += Array(repeating: 0, count: 3 + Int(try take(3)))
      default: lengths += Array(repeating: 0, count: 11 + Int(try take(7)))
      }
    }
    guard lengths.count == literalCount + distanceCount, lengths[256] > 0,
      let literals = HuffmanCode(lengths: lengths[..<literalCount]),
      let distances = HuffmanCode(lengths: lengths[literalCount...])
    else { throw Self.damage("the lengths of a block's codes are wrong") }
    return .packed(literals: literals, distances: distances)
  }

  /// Symbol 257 + i stands for a match of this length and up to 2^extra - 1 more (RFC 1951, 3.2.5).
  private static let lengthBases = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
  ]
  private static let lengthExtras = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distanceBases = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
    8193, 12_289, 16_385, 24_577,
  ]

  private func unpack(
    _ literals: HuffmanCode, _ distances: HuffmanCode, _ buffer: UnsafeMutableRawBufferPointer, _ written: inout Int
  ) throws(RecordError) {
    while written < buffer.count {
      let value = try symbol(literals)
      if value < 256 {
        put(UInt8(value), buffer, &written)
        continue
      }
      if value == 256 {
        block = .none
        return
      }
      let kind = value - 257
      guard kind < Self.lengthBases.count else { throw Self.damage("a match of an unknown length") }
      matchLength = Self.lengthBases[kind] + Int(try take(Self.lengthExtras[kind]))
      let place = try symbol(distances)
      guard place < Self.distanceBases.count else { throw Self.damage("a match at an unknown distance") }
      matchDistance = Self.distanceBases[place] + Int(try take(max(0, place / 2 - 1)))
      guard matchDistance <= history else { throw Self.damage("a match before the beginning") }
      copyMatch(buffer, &written)
    }
  }

  private func copyMatch(_ buffer: UnsafeMutableRawBufferPointer, _ written: inout Int) {
    while matchLength > 0, written < buffer.count {
      put(window[(windowPosition - matchDistance) & (Self.windowLength - 1)], buffer, &written)
      matchLength -= 1
    }
  }

  private func put(_ byte: UInt8, _ buffer: UnsafeMutableRawBufferPointer, _ written: inout Int) {
    buffer[written] = byte
    written += 1
    window[windowPosition] = byte
    windowPosition = (windowPosition + 1) & (Self.windowLength - 1)
    if history < Self.windowLength { history += 1 }
  }

  // MARK: Bits

  private func inputByte() throws(RecordError) -> UInt8? {
    if inputPosition == inputEnd {
      var outcome: Result<Int, RecordError> = .success(0)
      input.withUnsafeMutableBytes { bytes in
        do throws(RecordError) { outcome = .success(try source.read(into: bytes)) } catch { outcome = .failure(error) }
      }
      inputEnd = min(max(0, try outcome.get()), Self.inputLength)
      inputPosition = 0
      if inputEnd == 0 { return nil }
    }
    inputPosition += 1
    return input[inputPosition - 1]
  }

  private func refill(_ count: Int) throws(RecordError) {
    while bitCount < count, let byte = try inputByte() {
      bits |= UInt64(byte) << UInt64(bitCount)
      bitCount += 8
    }
  }

  /// The next `count` bits, at most 16.
  private func take(_ count: Int) throws(RecordError) -> UInt64 {
    try refill(count)
    guard bitCount >= count else { throw Self.damage("the data ends too early") }
    let value = bits & ((1 << UInt64(count)) - 1)
    bits >>= UInt64(count)
    bitCount -= count
    return value
  }

  private func symbol(_ code: HuffmanCode) throws(RecordError) -> Int {
    try refill(HuffmanCode.longestCode)
    guard let found = code.decode(bits, available: bitCount) else {
      throw Self.damage(
        bitCount < HuffmanCode.longestCode ? "the data ends too early" : "a code that stands for nothing")
    }
    bits >>= UInt64(found.length)
    bitCount -= found.length
    return found.symbol
  }

  private static func damage(_ what: String) -> RecordError {
    RecordError(.unreadable, message: "compressed data is damaged: \(what)")
  }
}
