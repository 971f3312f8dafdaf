/// Writes a packed array window by window as numbers come in. Memory: one window, and 32 bytes for each one written.
final class PackedArrayWriter {
  private let file: IndexFileWriter
  private var values: [Int64] = []
  private var presence: [UInt64]
  private var present = 0
  private var minimum = Int64.max
  private var maximum = Int64.min
  private var zones = ByteBuffer(capacity: 1024)
  private var packed = ByteBuffer(capacity: 4096)
  private var count = 0

  /// Windows go to the open section of `file`, which is DATA.
  init(_ file: IndexFileWriter) {
    self.file = file
    values.reserveCapacity(DocValuesFormat.windowLength)
    presence = Array(repeating: 0, count: DocValuesFormat.windowLength / 64)
  }

  /// The next number; nil when it is missing.
  @inline(__always)
  func append(_ value: Int64?) throws(IndexError) {
    let place = values.count
    if let value {
      values.append(value)
      presence[place >> 6] |= 1 << UInt64(place & 63)
      present &+= 1
      minimum = min(minimum, value)
      maximum = max(maximum, value)
    } else {
      values.append(0)
    }
    if values.count == DocValuesFormat.windowLength { try flush() }
  }

  private func flush() throws(IndexError) {
    guard !values.isEmpty else { return }
    try file.align()
    let offset = file.position
    let span = present == 0 ? 0 : UInt64(bitPattern: maximum &- minimum)
    let width = DocValuesFormat.width(span: span)
    if present > 0, present < values.count {
      for word in 0..<DocValuesFormat.presenceLength(count: values.count) / 8 { try file.write(uint64: presence[word]) }
    }
    if width > 0 { try pack(width: width) }
    zones.append(UInt64(bitPattern: present == 0 ? 0 : minimum))
    zones.append(UInt64(bitPattern: present == 0 ? 0 : maximum))
    zones.append(UInt64(offset))
    zones.append(UInt32(present))
    zones.append(UInt32(width))
    count += values.count
    values.removeAll(keepingCapacity: true)
    for word in presence.indices { presence[word] = 0 }
    present = 0
    minimum = .max
    maximum = .min
  }

  /// Writes the differences from the least, lowest bit first, and the padding. Missing numbers are zeros.
  private func pack(width: Int) throws(IndexError) {
    packed.removeAll()
    let length = DocValuesFormat.packedLength(count: values.count, width: width)
    let target = packed.reserve(length)
    target.initializeMemory(as: UInt8.self, repeating: 0, count: length)
    for (place, value) in values.enumerated() {
      guard presence[place >> 6] >> UInt64(place & 63) & 1 == 1 else { continue }
      let difference = UInt64(bitPattern: value &- minimum)
      let bit = place * width
      if width == 64 {
        target.storeBytes(of: difference.littleEndian, toByteOffset: bit / 8, as: UInt64.self)
      } else {
        let word = UInt64(littleEndian: target.loadUnaligned(fromByteOffset: bit / 8, as: UInt64.self))
        target.storeBytes(
          of: (word | difference << UInt64(bit & 7)).littleEndian, toByteOffset: bit / 8, as: UInt64.self)
      }
    }
    packed.advance(by: length)
    try file.write(packed.bytes)
  }

  /// Writes the last window and the zone entries. Returns where the array lies.
  func finish() throws(IndexError) -> PackedArrayPlace {
    try flush()
    try file.align()
    let place = PackedArrayPlace(count: count, zones: file.position)
    try file.write(zones.bytes)
    return place
  }
}
