extension Analyzer {
  /// Raised with every change of a rule that changes tokens, stems, forms or entries of names; the tables count by themselves.
  static let ruleRevision = 3

  /// Names the tables and rules: two indexes with equal versions hold the same tokens for the same text.
  /// The rule revision, a dash, and 16 hexadecimal digits over the tables' checksums.
  public static let version: String = {
    var sum: UInt64 = 0xcbf2_9ce4_8422_2325
    let checksums = [
      WordBreakTable.checksum, SentenceBreakTable.checksum, CharacterClassTable.checksum, FoldingTable.checksum,
      PinyinTable.checksum,
    ]
    for checksum in checksums { sum = (sum ^ checksum) &* 0x100_0000_01b3 }
    let digits = String(sum, radix: 16)
    return "\(ruleRevision)-" + String(repeating: "0", count: 16 - digits.count) + digits
  }()
}
