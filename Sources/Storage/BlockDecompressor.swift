extension BlockCompression {
  /// Decompresses a block into memory that it must fill exactly. Reads and writes nothing outside the two buffers,
  /// whatever the bytes are. Cost: about 1 GB of data a second; every sequence is checked before it is copied.
  /// - Throws: `Failure`; the memory is then in part overwritten.
  public static func decompress(
    _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
  ) throws(Failure) {
    guard let input = source.baseAddress, source.count > 0 else { throw .truncated(offset: 0) }
    let end = source.count
    let capacity = target.count
    var read = 0
    var written = 0
    while read < end {
      let token = Int(input.load(fromByteOffset: read, as: UInt8.self))
      read &+= 1
      var literals = token &>> 4
      // Nearly every sequence is short and far from both ends: two comparisons prove that 16 bytes of literals can be
      // read and written, that an offset follows, and that 24 bytes of a match fit.
      let isEasy = literals < 15 && end &- read >= 18 && capacity &- written >= 40
      if isEasy, let output = target.baseAddress {
        copy16(from: input + read, to: output + written)
        read &+= literals
        written &+= literals
      } else {
        if literals == 15 { literals = try longLength(input, &read, end, capacity) }
        guard literals <= end &- read else { throw .truncated(offset: read) }
        guard literals <= capacity &- written else { throw .tooLong(offset: read, expected: capacity) }
        if literals > 0, let output = target.baseAddress {
          (output + written).copyMemory(from: input + read, byteCount: literals)
        }
        read &+= literals
        written &+= literals
        if read == end { break }
        guard end &- read >= 2 else { throw .truncated(offset: read) }
      }

      let distance = Int(UInt16(littleEndian: input.loadUnaligned(fromByteOffset: read, as: UInt16.self)))
      guard distance > 0, distance <= written else {
        throw .badOffset(offset: read, distance: distance, produced: written)
      }
      read &+= 2
      var length = token & 15
      if isEasy, length < 15, distance >= 8, let output = target.baseAddress {
        let to = output + written
        let from = UnsafeRawPointer(to - distance)
        copy8(from: from, to: to)
        copy8(from: from + 8, to: to + 8)
        copy8(from: from + 16, to: to + 16)
        written &+= length &+ shortestMatch
        continue
      }
      if length == 15 { length = try longLength(input, &read, end, capacity) }
      length &+= shortestMatch
      guard length <= capacity &- written, let output = target.baseAddress else {
        throw .tooLong(offset: read, expected: capacity)
      }
      copyMatch(output + written, distance, length, room: capacity &- written)
      written &+= length
      // Literals come last, so that a block cannot end here.
      guard read < end else { throw .truncated(offset: read) }
    }
    guard written == capacity else { throw .tooShort(expected: capacity, found: written) }
  }

  /// Reads the bytes that continue a length of 15. Ends with an error once the length exceeds `most`, so that the sum
  /// cannot overflow.
  private static func longLength(
    _ input: UnsafeRawPointer, _ read: inout Int, _ end: Int, _ most: Int
  ) throws(Failure) -> Int {
    var length = 15
    while true {
      guard read < end else { throw .truncated(offset: read) }
      let byte = input.load(fromByteOffset: read, as: UInt8.self)
      read &+= 1
      length &+= Int(byte)
      if byte != 255 { return length }
      if length > most { throw .tooLong(offset: read, expected: most) }
    }
  }

  /// Copies `length` bytes that lie `distance` before `target`, first byte first: the copy may repeat what it writes.
  /// `room` bytes may be written at `target`, of which those beyond `length` are overwritten later.
  @inline(__always)
  private static func copyMatch(_ target: UnsafeMutableRawPointer, _ distance: Int, _ length: Int, room: Int) {
    let from = UnsafeRawPointer(target - distance)
    var done = 0
    if distance >= 16, room >= length &+ 16 {
      while done < length {
        copy16(from: from + done, to: target + done)
        done &+= 16
      }
    } else if distance >= 8, room >= length &+ 8 {
      while done < length {
        copy8(from: from + done, to: target + done)
        done &+= 8
      }
    } else if distance == 1 {
      target.initializeMemory(as: UInt8.self, repeating: from.load(as: UInt8.self), count: length)
    } else {
      while done < length {
        target.storeBytes(of: from.load(fromByteOffset: done, as: UInt8.self), toByteOffset: done, as: UInt8.self)
        done &+= 1
      }
    }
  }

  @inline(__always)
  private static func copy8(from source: UnsafeRawPointer, to target: UnsafeMutableRawPointer) {
    target.storeBytes(of: source.loadUnaligned(as: UInt64.self), as: UInt64.self)
  }

  @inline(__always)
  private static func copy16(from source: UnsafeRawPointer, to target: UnsafeMutableRawPointer) {
    target.storeBytes(of: source.loadUnaligned(as: SIMD2<UInt64>.self), as: SIMD2<UInt64>.self)
  }
}
