import Digests

/// What an answer can be checked by later: a digest over the canonical query, the commits, the versions of analysis and
/// thesaurus, the total and the ids returned. `R-` and 80 bits in Crockford's base 32.
enum Receipt {
  /// 16 characters of five bits: two different answers share one by chance once in 2^80.
  static let digestBytes = 10

  /// - Parameters: parts of any text; their lengths are part of what is digested, so no two lists are mixed up.
  static func code(_ parts: [String]) -> String {
    var digest = SHA256()
    for part in parts {
      let bytes = Array(part.utf8)
      digest.update((0..<8).map { UInt8(truncatingIfNeeded: UInt64(bytes.count) >> (8 * UInt64($0))) })
      digest.update(bytes)
    }
    return "R-" + Base32.grouped(Base32.encode(digest.finalized().prefix(digestBytes)))
  }
}
