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
