/// Well-formedness of UTF-8 (Unicode 15, table 3-7), and small steps over bytes.
enum UTF8Text {
  enum Sequence: Equatable {
    case valid(length: Int)
    case invalid
    case truncated
  }

  /// The sequence that begins at `index`.
  /// - Precondition: `index < bytes.count`.
  static func sequence(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Sequence {
    let first = bytes[index]
    let length: Int
    var low: UInt8 = 0x80
    var high: UInt8 = 0xBF
    switch first {
    case 0x00...0x7F: return .valid(length: 1)
    case 0xC2...0xDF: length = 2
    case 0xE0:
      length = 3
      low = 0xA0
    case 0xE1...0xEC, 0xEE...0xEF: length = 3
    case 0xED:
      length = 3
      high = 0x9F
    case 0xF0:
      length = 4
      low = 0x90
    case 0xF1...0xF3: length = 4
    case 0xF4:
      length = 4
      high = 0x8F
    default: return .invalid
    }
    for place in 1..<length {
      guard index + place < bytes.count else { return .truncated }
      let byte = bytes[index + place]
      guard byte >= low, byte <= high else { return .invalid }
      low = 0x80
      high = 0xBF
    }
    return .valid(length: length)
  }

  /// Offset of the first byte that is not part of well-formed UTF-8, or nil.
  /// - Complexity: O(n), eight ASCII bytes a step.
  static func firstInvalid(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var index = 0
    while index < bytes.count {
      if bytes[index] < 0x80 {
        index = endOfASCII(bytes, from: index)
        continue
      }
      guard case .valid(let length) = sequence(bytes, at: index) else { return index }
      index += length
    }
    return nil
  }

  /// The first offset at or after `start` whose byte is not ASCII, or the count.
  static func endOfASCII(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start
    if let base = bytes.baseAddress {
      while bytes.count - index >= 8 {
        let word = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
        guard word & 0x8080_8080_8080_8080 == 0 else { break }
        index += 8
      }
    }
    while index < bytes.count, bytes[index] < 0x80 { index += 1 }
    return index
  }

  /// Behind the whole words of eight bytes, from `start` on, that hold neither a quotation mark nor a backslash.
  static func endOfPlainString(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    skipWords(bytes, from: start) { word in
      zeroBytes(word ^ 0x2222_2222_2222_2222) | zeroBytes(word ^ 0x5C5C_5C5C_5C5C_5C5C)
    }
  }

  /// Behind the whole words of eight bytes, from `start` on, that are printable ASCII.
  static func endOfPrintableASCII(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    // A byte below 0x20 borrows from its top bit, as far as none is above 0x7F.
    skipWords(bytes, from: start) { word in (word | (word &- 0x2020_2020_2020_2020)) & 0x8080_8080_8080_8080 }
  }

  @inline(__always)
  private static func skipWords(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, until test: (UInt64) -> UInt64
  ) -> Int {
    var index = start
    guard let base = bytes.baseAddress else { return index }
    while bytes.count - index >= 8 {
      guard test(UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)) == 0 else { break }
      index += 8
    }
    return index
  }

  /// Nonzero when a byte of the word is zero (Warren, Hacker's Delight, section 6-1).
  private static func zeroBytes(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }

  /// Appends a scalar as UTF-8; a surrogate or a number above U+10FFFF appends the byte 0xFF, which is never valid.
  static func append(_ scalar: UInt32, to output: inout [UInt8]) {
    guard let value = Unicode.Scalar(scalar) else {
      output.append(0xFF)
      return
    }
    output.append(contentsOf: UTF8.encode(value)?.map { $0 } ?? [0xFF])
  }

  /// Line and column (both from 1, columns in characters of UTF-8) of an offset.
  /// - Complexity: O(offset).
  static func place(
    of offset: Int, in bytes: UnsafeBufferPointer<UInt8>, firstLine: Int = 1
  ) -> (line: Int, column: Int) {
    var line = firstLine
    var column = 1
    var index = 0
    while index < min(offset, bytes.count) {
      let byte = bytes[index]
      if byte == 0x0A || (byte == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A)) {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
      index += 1
    }
    return (line, column)
  }
}
