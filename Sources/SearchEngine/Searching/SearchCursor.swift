/// A place between two hits of an answer. Bound to the request and the commit: anything else refuses it.
public struct SearchCursor: Sendable, Hashable, CustomStringConvertible {
  /// Digest of commit, query and what else decides the order.
  let fingerprint: UInt64
  let key: HitKey

  init(fingerprint: UInt64, key: HitKey) {
    self.fingerprint = fingerprint
    self.key = key
  }

  private static let digits = Array("0123456789abcdef".utf8)
  /// The first letter names the layout of the rest.
  private static let prefix = UInt8(ascii: "d")

  /// 75 letters and digits.
  public var description: String {
    var text: [UInt8] = [Self.prefix]
    func append(_ value: UInt64, _ width: Int) {
      for place in (0..<width).reversed() {
        text.append(Self.digits[Int(value >> UInt64(place * 4) & 15)])
      }
    }
    append(fingerprint, 16)
    append(UInt64(key.rungTier), 2)
    append(UInt64(key.tier), 8)
    append(UInt64(bitPattern: key.sortValue), 16)
    append(key.score.bitPattern, 16)
    append(key.address.bits, 16)
    return String(decoding: text, as: UTF8.self)
  }

  /// The cursor that prints so; nil for any other text.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 75, bytes[0] == Self.prefix else { return nil }
    var numbers: [UInt64] = []
    var place = 1
    for width in [16, 2, 8, 16, 16, 16] {
      var value: UInt64 = 0
      for byte in bytes[place..<place + width] {
        guard let digit = Self.digits.firstIndex(of: byte) else { return nil }
        value = value << 4 | UInt64(digit)
      }
      numbers.append(value)
      place += width
    }
    let score = Double(bitPattern: numbers[4])
    guard !score.isNaN else { return nil }
    fingerprint = numbers[0]
    key = HitKey(
      rungTier: UInt8(truncatingIfNeeded: numbers[1]), tier: UInt32(truncatingIfNeeded: numbers[2]),
      sortValue: Int64(bitPattern: numbers[3]), score: score, address: DocumentAddress(bits: numbers[5]))
  }
}

/// FNV-1a over 64 bits: tells cursors of different requests apart, nothing more.
struct Fingerprint {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }

  mutating func add(_ text: String) {
    for byte in text.utf8 { add(byte: byte) }
    // A byte that stands in no UTF-8 text keeps parts apart.
    add(byte: 0xff)
  }

  mutating func add(_ number: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) { add(byte: UInt8(truncatingIfNeeded: number >> shift)) }
  }
}
