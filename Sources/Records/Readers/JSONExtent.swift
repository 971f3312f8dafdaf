/// Finds where a JSON value ends, by its brackets and strings alone; keeps its state when the bytes run out.
struct JSONExtent {
  private(set) var offset = 0
  private var depth: Int
  private var inString = false
  private var escaped = false
  private var begun: Bool
  private var isScalar = false

  /// - Parameter depth: how many brackets are open already.
  init(depth: Int = 0) {
    self.depth = depth
    begun = depth > 0
  }

  /// The bytes scanned so far are gone; the next call begins behind them.
  mutating func restart() { offset = 0 }

  /// The length of the value at the front of `bytes` (white space before it taken in), or nil when more is needed.
  mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool) -> Int? {
    while offset < bytes.count {
      let byte = bytes[offset]
      if inString {
        if !escaped { offset = UTF8Text.endOfPlainString(bytes, from: offset) }
        guard offset < bytes.count else { break }
        let byte = bytes[offset]
        if escaped {
          escaped = false
        } else if byte == 0x5C {
          escaped = true
        } else if byte == 0x22 {
          inString = false
          if depth == 0, !isScalar { return take(1) }
        }
        offset += 1
        continue
      }
      switch byte {
      case 0x22:
        if isScalar, depth == 0 { return offset }
        inString = true
        begun = true
      case 0x5B, 0x7B:
        if isScalar, depth == 0 { return offset }
        depth += 1
        begun = true
      case 0x5D, 0x7D:
        if depth == 0 { return begun ? offset : take(1) }
        depth -= 1
        if depth == 0 { return take(1) }
      case 0x2C, 0x20, 0x09, 0x0A, 0x0D:
        if depth == 0, begun { return offset }
        if depth == 0, byte == 0x2C { return take(1) }
      default:
        if depth == 0 {
          isScalar = true
          begun = true
        }
      }
      offset += 1
    }
    return isLast ? offset : nil
  }

  private mutating func take(_ count: Int) -> Int {
    offset += count
    return offset
  }
}
