extension Pinyin {
  /// The toneless reading of one ideograph in lower-case letters; nil for anything else. Constant time.
  public static func reading(of scalar: UInt32) -> String? {
    UnicodeTables.pinyin(scalar).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Ideographs by their reading, from U+3400 to U+9FFF, each list rising: what may be meant by letters that are typed.
  /// Made once: some 28,000 look-ups, about a millisecond.
  public static let ideographs: [String: [UInt32]] = {
    var found: [String: [UInt32]] = [:]
    for scalar in UInt32(0x3400)...0x9FFF {
      if let reading = reading(of: scalar) { found[reading, default: []].append(scalar) }
    }
    return found
  }()
}
