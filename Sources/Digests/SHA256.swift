/// SHA-256 (FIPS 180-4, section 6.2), fed in pieces of any size.
public struct SHA256: Sendable {
  /// Bytes of a digest.
  public static let digestLength = 32
  /// Bytes of a message block; also the block length of HMAC-SHA-256.
  public static let blockLength = 64

  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  private var schedule = [UInt32](repeating: 0, count: 64)
  /// The bytes of the block that is not full yet.
  private var pending: [UInt8] = []
  private var length: UInt64 = 0

  public init() { pending.reserveCapacity(Self.blockLength) }

  /// Takes more of the message. Linear: some 4 ns a byte where the bytes lie side by side, as those of arrays and texts do.
  public mutating func update(_ bytes: some Sequence<UInt8>) {
    if bytes.withContiguousStorageIfAvailable({ take($0) }) != nil { return }
    for byte in bytes {
      pending.append(byte)
      length &+= 1
      compressFullBlock()
    }
  }

  private mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) {
    length &+= UInt64(bytes.count)
    var place = 0
    if !pending.isEmpty {
      place = min(Self.blockLength - pending.count, bytes.count)
      pending.append(contentsOf: bytes[..<place])
      compressFullBlock()
    }
    while bytes.count - place >= Self.blockLength {
      compress(UnsafeBufferPointer(rebasing: bytes[place..<(place + Self.blockLength)]))
      place += Self.blockLength
    }
    pending.append(contentsOf: bytes[place...])
  }

  /// Takes the bytes that wait, once they fill a block.
  private mutating func compressFullBlock() {
    guard pending.count == Self.blockLength else { return }
    var block: [UInt8] = []
    swap(&block, &pending)
    block.withUnsafeBufferPointer { compress($0) }
    block.removeAll(keepingCapacity: true)
    swap(&block, &pending)
  }

  /// The digest of everything fed so far; the hash can be fed further afterwards.
  public func finalized() -> [UInt8] {
    var copy = self
    let bitLength = length &* 8
    copy.pending.append(0x80)
    if copy.pending.count > Self.blockLength - 8 {
      copy.pending.append(contentsOf: repeatElement(0, count: Self.blockLength - copy.pending.count))
      copy.compressFullBlock()
    }
    copy.pending.append(contentsOf: repeatElement(0, count: Self.blockLength - 8 - copy.pending.count))
    for shift in stride(from: 56, through: 0, by: -8) {
      copy.pending.append(UInt8(truncatingIfNeeded: bitLength >> UInt64(shift)))
    }
    copy.compressFullBlock()
    return copy.state.flatMap { word in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
    }
  }

  /// The digest of one message.
  public static func digest(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finalized()
  }

  /// Takes one whole block.
  private mutating func compress(_ block: UnsafeBufferPointer<UInt8>) {
    let constants = Self.constants
    for index in 0..<16 {
      schedule[index] =
        UInt32(block[4 * index]) << 24 | UInt32(block[4 * index + 1]) << 16
        | UInt32(block[4 * index + 2]) << 8 | UInt32(block[4 * index + 3])
    }
    for index in 16..<64 {
      let early = schedule[index - 15]
      let late = schedule[index - 2]
      let small0 = rotate(early, 7) ^ rotate(early, 18) ^ early >> 3
      let small1 = rotate(late, 17) ^ rotate(late, 19) ^ late >> 10
      schedule[index] = schedule[index - 16] &+ small0 &+ schedule[index - 7] &+ small1
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for index in 0..<64 {
      let large1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
      let choice = (e & f) ^ (~e & g)
      let first = h &+ large1 &+ choice &+ constants[index] &+ schedule[index]
      let large0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
      let majority = (a & b) ^ (a & c) ^ (b & c)
      (h, g, f, e, d, c, b, a) = (g, f, e, d &+ first, c, b, a, first &+ large0 &+ majority)
    }
    state[0] &+= a
    state[1] &+= b
    state[2] &+= c
    state[3] &+= d
    state[4] &+= e
    state[5] &+= f
    state[6] &+= g
    state[7] &+= h
  }

  private func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4, section 4.2.2).
  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
  ]
}
