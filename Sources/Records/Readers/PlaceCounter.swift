/// Line and column of what was consumed, from 1; columns in characters.
struct PlaceCounter: Equatable {
  private(set) var line = 1
  private(set) var column = 1
  private var afterReturn = false

  mutating func advance(over bytes: UnsafeBufferPointer<UInt8>) {
    var index = 0
    while index < bytes.count {
      let printable = UTF8Text.endOfPrintableASCII(bytes, from: index)
      if printable > index {
        column += printable - index
        index = printable
        afterReturn = false
        continue
      }
      let byte = bytes[index]
      index += 1
      if byte == 0x0A {
        if !afterReturn { line += 1 }
        column = 1
      } else if byte == 0x0D {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
      afterReturn = byte == 0x0D
    }
  }
}
