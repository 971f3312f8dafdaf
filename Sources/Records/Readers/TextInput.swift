/// The text of one file as UTF-8, pulled through a window that grows only as far as its reader asks: encoding detected,
/// mark stripped, malformed input of other encodings shown as the byte 0xFF (never valid in UTF-8, so that the row which
/// holds it is rejected and the rest goes on). Malformed UTF-8 is passed on as it is.
///
/// Detection is put off until the first byte that is not ASCII, and then judges the 64 KB that follow: a file of any
/// length is read once, with flat memory.
final class TextInput {
  /// One read of the source, and the look-ahead of the detection: enough characters to judge by.
  static let chunk = 64 * 1024

  /// The window: decoded bytes, of which those before `position` are used up.
  private(set) var bytes: [UInt8] = []
  private(set) var position = 0
  private(set) var atEnd = false
  /// The encoding found; nil while all that was read is ASCII.
  private(set) var encoding: TextEncoding?
  /// Whether the text began with a byte order mark.
  private(set) var hasMark = false

  private var source: any ByteSource
  private var pending: [UInt8] = []
  private var sourceEnded = false
  private var begun = false
  private let declared: TextEncoding?
  /// What one read of the source fills.
  private let chunkBuffer: UnsafeMutableBufferPointer<UInt8>

  /// - Parameter encoding: taken as given, but for a byte order mark; nil to detect it.
  init(source: any ByteSource, encoding: TextEncoding? = nil) {
    self.source = source
    self.declared = encoding
    chunkBuffer = .allocate(capacity: Self.chunk)
    chunkBuffer.initialize(repeating: 0)
  }

  deinit { chunkBuffer.deallocate() }

  /// Bytes in reach.
  var available: Int { bytes.count - position }

  /// Uses up `count` bytes.
  func advance(_ count: Int) {
    position = min(position + max(0, count), bytes.count)
    // The memory of a large row goes as soon as the row is used up.
    if position >= Self.keptLength {
      bytes = Array(bytes[position...])
      position = 0
    }
  }

  /// Used-up bytes that the window keeps at most before it is made anew: some tens of reads.
  private static let keptLength = 1 << 20

  /// The window at `position`; not to be kept.
  func withWindow<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[position...])) }
  }

  /// Reads until `count` bytes are in reach or the source ends.
  func fill(_ count: Int) throws(RecordError) {
    while available < count, try more() {}
  }

  /// Brings at least one more byte into reach.
  /// - Returns: false at the end.
  func more() throws(RecordError) -> Bool {
    if position >= Self.chunk || position == bytes.count {
      bytes.removeFirst(position)
      position = 0
    }
    let before = bytes.count
    while bytes.count == before {
      if sourceEnded, pending.isEmpty {
        atEnd = true
        return false
      }
      if !sourceEnded { try pull() }
      if !begun { try begin() }
      try decode()
    }
    return true
  }

  private func pull() throws(RecordError) {
    let count = try source.read(into: UnsafeMutableRawBufferPointer(chunkBuffer))
    let taken = min(max(0, count), Self.chunk)
    pending.append(contentsOf: UnsafeBufferPointer(rebasing: chunkBuffer[..<taken]))
    if taken == 0 { sourceEnded = true }
  }

  private func begin() throws(RecordError) {
    while pending.count < 4096, !sourceEnded { try pull() }
    begun = true
    let mark = pending.withUnsafeBufferPointer { EncodingDetector.byteOrderMark($0) }
    if let mark {
      encoding = mark.encoding
      hasMark = true
      pending.removeFirst(mark.length)
    } else if let declared {
      encoding = declared
    } else {
      encoding = pending.withUnsafeBufferPointer { EncodingDetector.unmarkedUTF16($0) }
    }
  }

  private func decode() throws(RecordError) {
    if encoding == nil {
      let plain = pending.withUnsafeBufferPointer { UTF8Text.endOfASCII($0, from: 0) }
      bytes.append(contentsOf: pending[..<plain])
      pending.removeFirst(plain)
      if pending.isEmpty { return }
      while pending.count < Self.chunk, !sourceEnded { try pull() }
      encoding = pending.withUnsafeBufferPointer { EncodingDetector.utf8OrGB18030($0) }
    }
    switch encoding {
    case .utf8, nil:
      bytes.append(contentsOf: pending)
      pending.removeAll(keepingCapacity: true)
    case .gb18030: decodeGB18030()
    case .utf16LittleEndian: decodeUTF16(low: 0, high: 1)
    case .utf16BigEndian: decodeUTF16(low: 1, high: 0)
    case .windows1252:
      for byte in pending { UTF8Text.append(Windows1252.scalar(byte), to: &bytes) }
      pending.removeAll(keepingCapacity: true)
    }
  }

  private func decodeGB18030() {
    var index = 0
    pending.withUnsafeBufferPointer { input in
      decoding: while index < input.count {
        let plain = UTF8Text.endOfASCII(input, from: index)
        bytes.append(contentsOf: input[index..<plain])
        index = plain
        guard index < input.count else { break }
        switch GB18030.decode(input, at: index) {
        case .scalar(let scalar, let length):
          UTF8Text.append(scalar, to: &bytes)
          index += length
        case .malformed(let length):
          bytes.append(0xFF)
          index += length
        case .truncated:
          guard sourceEnded else { break decoding }
          bytes.append(0xFF)
          index += 1
        }
      }
    }
    pending.removeFirst(index)
  }

  private func decodeUTF16(low: Int, high: Int) {
    var index = 0
    pending.withUnsafeBufferPointer { input in
      while index + 1 < input.count {
        let unit = UInt32(input[index + high]) << 8 | UInt32(input[index + low])
        if unit & 0xFC00 == 0xD800 {
          guard index + 3 < input.count else {
            guard sourceEnded else { break }
            bytes.append(0xFF)
            index += 2
            continue
          }
          let next = UInt32(input[index + 2 + high]) << 8 | UInt32(input[index + 2 + low])
          if next & 0xFC00 == 0xDC00 {
            UTF8Text.append(0x10000 + (unit & 0x3FF) << 10 + (next & 0x3FF), to: &bytes)
            index += 4
            continue
          }
        }
        UTF8Text.append(unit, to: &bytes)
        index += 2
      }
      if sourceEnded, index < input.count {
        bytes.append(0xFF)
        index = input.count
      }
    }
    pending.removeFirst(index)
  }
}

/// windows-1252 (WHATWG Encoding Standard, index windows-1252).
enum Windows1252 {
  private static let upper: [UInt16] = [
    0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D, 0x17D, 0x8F,
    0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D, 0x17E,
    0x178,
  ]

  static func scalar(_ byte: UInt8) -> UInt32 {
    byte >= 0x80 && byte < 0xA0 ? UInt32(upper[Int(byte) - 0x80]) : UInt32(byte)
  }
}
