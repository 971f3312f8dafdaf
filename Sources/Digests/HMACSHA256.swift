/// HMAC (RFC 2104, FIPS 198-1) with SHA-256: who holds the key wrote these bytes.
public struct HMACSHA256: Sendable {
  private var inner = SHA256()
  private let outerKey: [UInt8]

  /// Keys of any length; those longer than a block are hashed first, as the standard says.
  public init(key: [UInt8]) {
    var block = key.count > SHA256.blockLength ? SHA256.digest(key) : key
    block.append(contentsOf: repeatElement(0, count: SHA256.blockLength - block.count))
    outerKey = block.map { $0 ^ 0x5C }
    inner.update(block.map { $0 ^ 0x36 })
  }

  public mutating func update(_ bytes: some Sequence<UInt8>) { inner.update(bytes) }

  /// The code (32 bytes) of everything fed so far.
  public func finalized() -> [UInt8] { SHA256.digest(outerKey + inner.finalized()) }

  /// The code of one message.
  public static func code(_ bytes: some Sequence<UInt8>, key: [UInt8]) -> [UInt8] {
    var code = HMACSHA256(key: key)
    code.update(bytes)
    return code.finalized()
  }
}

/// Whether two byte strings are equal, in a time that depends on their lengths alone: an attacker who measures it
/// learns nothing of where they differ. For tokens, codes and digests of secrets.
public func equalInConstantTime(_ left: [UInt8], _ right: [UInt8]) -> Bool {
  guard left.count == right.count else { return false }
  var difference: UInt8 = 0
  for index in left.indices { difference |= left[index] ^ right[index] }
  return difference == 0
}
