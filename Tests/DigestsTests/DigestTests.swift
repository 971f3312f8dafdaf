import Digests
import Testing

@Suite struct DigestTests {
  /// FIPS 180-4 examples and the NIST long message of a million letters.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
  ])
  func publishedDigests(message: String, digest: String) {
    #expect(SHA256.digest(message.utf8).hexadecimal == digest)
  }

  @Test func aMillionLetters() {
    var hash = SHA256()
    let thousand = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000)
    for _ in 0..<1_000 { hash.update(thousand) }
    #expect(hash.finalized().hexadecimal == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func piecesGiveTheDigestOfTheWhole() {
    for length in 0...200 {
      let message = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7) }
      let whole = SHA256.digest(message)
      for cut in [0, 1, 55, 56, 63, 64, 65, length] where cut <= length {
        var hash = SHA256()
        hash.update(message[..<cut])
        _ = hash.finalized()
        hash.update(message[cut...])
        #expect(hash.finalized() == whole)
      }
    }
  }

  /// Bytes side by side are taken by blocks, others one by one: the digests are the same, however both are mixed.
  @Test func bytesOfAnySequenceGiveTheSameDigest() {
    for length in [0, 1, 63, 64, 65, 127, 128, 129, 1_000] {
      let message = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 11) }
      let whole = SHA256.digest(message)
      #expect(SHA256.digest(AnySequence(message)) == whole)
      for step in [1, 7, 64, 100] {
        var hash = SHA256()
        for (turn, start) in stride(from: 0, to: length, by: step).enumerated() {
          let piece = message[start..<min(length, start + step)]
          if turn.isMultiple(of: 2) { hash.update(piece) } else { hash.update(AnySequence(piece)) }
        }
        #expect(hash.finalized() == whole)
      }
    }
  }

  /// RFC 4231, test cases 1 to 4, 6 and 7.
  @Test(arguments: [
    (
      [UInt8](repeating: 0x0B, count: 20), Array("Hi There".utf8),
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      [UInt8](repeating: 0xAA, count: 20), [UInt8](repeating: 0xDD, count: 50),
      "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
    ),
    (
      Array(1...25), [UInt8](repeating: 0xCD, count: 50),
      "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
    ),
    (
      [UInt8](repeating: 0xAA, count: 131), Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
    (
      [UInt8](repeating: 0xAA, count: 131),
      Array(
        ("This is a test using a larger than block-size key and a larger than block-size data. "
          + "The key needs to be hashed before being used by the HMAC algorithm.").utf8),
      "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
    ),
  ])
  func publishedCodes(key: [UInt8], message: [UInt8], code: String) {
    #expect(HMACSHA256.code(message, key: key).hexadecimal == code)
  }

  @Test func constantTimeComparison() {
    let token = Array("0123456789abcdef".utf8)
    #expect(equalInConstantTime(token, token))
    #expect(equalInConstantTime([], []))
    #expect(!equalInConstantTime(token, token.dropLast()))
    for index in token.indices {
      var other = token
      other[index] ^= 1
      #expect(!equalInConstantTime(token, other))
    }
  }

  @Test func base32() {
    #expect(Base32.encode([]) == "")
    #expect(Base32.encode([0xFF]) == "ZW")
    #expect(Base32.encode([0, 0, 0, 0, 0]) == "00000000")
    #expect(Base32.encode([0x12, 0x34, 0x56, 0x78, 0x9A]) == "28T5CY4T")
    for length in 0...40 {
      let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) }
      let code = Base32.encode(bytes)
      #expect(Base32.decode(code) == bytes)
      #expect(Base32.decode(Base32.grouped(code).lowercased()) == bytes)
    }
    #expect(Base32.decode("28T5-CY4T") == Base32.decode("28t5 cy4t"))
    #expect(Base32.decode("oO") == [0] && Base32.decode("lIIi") == Base32.decode("1111"))
    for wrong in ["U0", "!", "0", "000", "ZZ", "企"] { #expect(Base32.decode(wrong) == nil, "\(wrong)") }
    #expect(Base32.grouped("7F3K91C2AB") == "7F3K-91C2-AB")
  }
}
