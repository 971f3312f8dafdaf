import BitPacking
import Testing

@Suite struct BitPackingTests {
  /// A block decodes to what was packed, each value in the slot that the layout names, at every width.
  @Test(arguments: 0...31) func blockRoundTrip(width: Int) {
    var generator = SystemRandomNumberGenerator()
    let limit = UInt32(1) << UInt32(width)
    let values = (0..<128).map { _ in width == 0 ? 0 : UInt32.random(in: 0..<limit, using: &generator) }
    var packed = [UInt8](repeating: 0, count: BitPacking.blockByteCount(width: width) + 16)
    packed.withUnsafeMutableBytes { BitPacking.packBlock(values, width: width, into: $0.baseAddress!) }
    #expect(packed.suffix(16).allSatisfy { $0 == 0 }, "nothing is written past the block")
    var decoded = [UInt32](repeating: 0, count: 128)
    packed.withUnsafeBytes { BitPacking.unpackBlock($0.baseAddress!, width: width, into: &decoded) }
    #expect((0..<128).allSatisfy { decoded[BitPacking.slot(of: $0)] == values[$0] }, "\(values)")
    // One by one, from an allocation of exactly the block's length: the address sanitizer sees any read past it.
    let length = BitPacking.blockByteCount(width: width)
    let exact = UnsafeMutableRawPointer.allocate(byteCount: max(length, 1), alignment: 1)
    defer { exact.deallocate() }
    packed.withUnsafeBytes { exact.copyMemory(from: $0.baseAddress!, byteCount: length) }
    #expect((0..<128).allSatisfy { BitPacking.value($0, of: exact, width: width) == values[$0] }, "\(values)")
  }

  /// Gaps decode to the running sum plus one each, wrapping at 2^32, from any base.
  @Test(arguments: 0...31) func risingRoundTrip(width: Int) {
    var generator = SystemRandomNumberGenerator()
    let limit = UInt32(1) << UInt32(width)
    let gaps = (0..<128).map { _ in width == 0 ? 0 : UInt32.random(in: 0..<limit, using: &generator) }
    for base in [UInt32.max, 0, 77, 1 << 30] {
      var packed = [UInt8](repeating: 0, count: BitPacking.blockByteCount(width: width) + 16)
      packed.withUnsafeMutableBytes { BitPacking.packBlock(gaps, width: width, into: $0.baseAddress!) }
      var decoded = [UInt32](repeating: 0, count: 128)
      packed.withUnsafeBytes { BitPacking.unpackRising($0.baseAddress!, width: width, base: base, into: &decoded) }
      var expected = base
      for k in 0..<128 {
        expected = expected &+ gaps[k] &+ 1
        #expect(decoded[BitPacking.slot(of: k)] == expected)
      }
    }
  }

  @Test(arguments: 0...31) func runRoundTrip(width: Int) {
    var generator = SystemRandomNumberGenerator()
    let limit = UInt32(1) << UInt32(width)
    for count in [0, 1, 2, 3, 7, 31, 64, 127, 128, 200] {
      let values = (0..<count).map { _ in width == 0 ? 0 : UInt32.random(in: 0..<limit, using: &generator) }
      let length = BitPacking.runByteCount(count: count, width: width)
      var packed = [UInt8](repeating: 0xAA, count: length + 8)
      packed.withUnsafeMutableBytes { BitPacking.packRun(values, count: count, width: width, into: $0.baseAddress!) }
      #expect(packed.suffix(8).allSatisfy { $0 == 0xAA })
      // Decoded from an allocation of exactly the run's length: the address sanitizer sees any read past it.
      let exact = UnsafeMutableRawPointer.allocate(byteCount: max(length, 1), alignment: 1)
      defer { exact.deallocate() }
      packed.withUnsafeBytes { exact.copyMemory(from: $0.baseAddress!, byteCount: length) }
      var decoded = [UInt32](repeating: 0, count: count + 1)
      BitPacking.unpackRun(exact, count: count, width: width, into: &decoded)
      #expect(Array(decoded.prefix(count)) == values)
    }
  }

  @Test func slotsAreAPermutation() {
    #expect(Set((0..<128).map(BitPacking.slot(of:))) == Set(0..<128))
  }
}
