import Digests
import SearchEngine

/// What an answer can be checked by later: a digest over the canonical request, the commits, the versions of analysis and
/// thesaurus, the total and the ids returned. `R-` and 80 bits in Crockford's base 32.
public enum Receipt {
  /// 16 characters of five bits: two different answers share one by chance once in 2^80.
  static let digestBytes = 10
  private static let length = 16

  /// - Parameters: parts of any text; their lengths are part of what is digested, so no two lists are mixed up.
  static func code(_ parts: [String]) -> String {
    var digest = ReceiptDigest()
    for part in parts { digest.add(part) }
    return digest.code
  }

  /// A code as people type it (either case, with or without `R` and hyphens) in its one spelling; nil when it is none.
  public static func normalized(_ text: String) -> String? {
    let typed = text.drop { $0 == " " }
    let isMarked = typed.hasPrefix("R-") || typed.hasPrefix("r-")
    var code = typed.filter { $0 != "-" && $0 != " " }
    // R is a digit of the code, too: without the hyphen behind it, it is the mark when it is one more.
    if isMarked || code.utf8.count == length + 1 && (code.hasPrefix("R") || code.hasPrefix("r")) { code.removeFirst() }
    guard code.utf8.count == length, let bytes = Base32.decode(code), bytes.count == digestBytes else { return nil }
    return shown(bytes)
  }

  fileprivate static func shown(_ bytes: some Sequence<UInt8>) -> String {
    "R-" + Base32.grouped(Base32.encode(bytes))
  }
}

/// Takes the parts of a receipt one by one: for answers whose ids are not all in memory.
struct ReceiptDigest {
  private var digest = SHA256()

  mutating func add(_ part: String) {
    let bytes = Array(part.utf8)
    digest.update((0..<8).map { UInt8(truncatingIfNeeded: UInt64(bytes.count) >> (8 * UInt64($0))) })
    digest.update(bytes)
  }

  var code: String { Receipt.shown(digest.finalized().prefix(Receipt.digestBytes)) }
}

extension QualityIndex {
  /// The receipt of an answer of any job.
  ///
  /// - Parameters:
  ///   - request: texts that are equal for equal requests; the same for every way of asking the same.
  ///   - ids: what was returned, in order.
  func receipt(job: String, request: [String], total: Int, ids: [String]) -> String {
    Receipt.code([job] + request + [identity, TextTokens.version, thesaurusVersion, "\(total)"] + ids)
  }
}
