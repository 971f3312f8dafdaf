/// SipHash (Aumasson and Bernstein, "SipHash: a fast short-input PRF", INDOCRYPT 2012): a keyed hash of 64 bits whose
/// collisions cannot be aimed at without the key and do not arise by accident more often than chance has it.
struct SipHash {
  private let compressionRounds: Int
  private let finalRounds: Int
  private let key0: UInt64
  private let key1: UInt64

  /// SipHash-c-d under the 128-bit key whose little-endian halves are `key0` and `key1`.
  init(compressionRounds: Int, finalRounds: Int, _ key0: UInt64, _ key1: UInt64) {
    self.compressionRounds = compressionRounds
    self.finalRounds = finalRounds
    self.key0 = key0
    self.key1 = key1
  }

  /// The hash of `bytes`. Cost: linear, about 1 ns for 1-2 bytes.
  func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    // The constants spell "somepseudorandomlygeneratedbytes" (section 2.2 of the paper).
    var state = State(
      v0: key0 ^ 0x736f_6d65_7073_6575, v1: key1 ^ 0x646f_7261_6e64_6f6d,
      v2: key0 ^ 0x6c79_6765_6e65_7261, v3: key1 ^ 0x7465_6462_7974_6573)
    var offset = 0
    while bytes.count &- offset >= 8 {
      state.absorb(
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)), compressionRounds)
      offset &+= 8
    }
    var last = UInt64(truncatingIfNeeded: bytes.count) << 56
    var shift: UInt64 = 0
    while offset < bytes.count {
      last |= UInt64(bytes[offset]) << shift
      shift &+= 8
      offset &+= 1
    }
    state.absorb(last, compressionRounds)
    state.v2 ^= 0xff
    for _ in 0..<finalRounds { state.round() }
    return state.v0 ^ state.v1 ^ state.v2 ^ state.v3
  }

  private struct State {
    var v0: UInt64
    var v1: UInt64
    var v2: UInt64
    var v3: UInt64

    @inline(__always)
    mutating func absorb(_ word: UInt64, _ rounds: Int) {
      v3 ^= word
      for _ in 0..<rounds { round() }
      v0 ^= word
    }

    @inline(__always)
    mutating func round() {
      v0 = v0 &+ v1
      v1 = (v1 &<< 13 | v1 &>> 51) ^ v0
      v0 = v0 &<< 32 | v0 &>> 32
      v2 = v2 &+ v3
      v3 = (v3 &<< 16 | v3 &>> 48) ^ v2
      v0 = v0 &+ v3
      v3 = (v3 &<< 21 | v3 &>> 43) ^ v0
      v2 = v2 &+ v1
      v1 = (v1 &<< 17 | v1 &>> 47) ^ v2
      v2 = v2 &<< 32 | v2 &>> 32
    }
  }
}
