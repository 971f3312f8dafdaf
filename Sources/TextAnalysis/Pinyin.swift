/// Chinese names in Latin letters: the first Mandarin reading of each ideograph, without tones.
public enum Pinyin {
  /// The syllables of a text's ideographs; folded letters and digits come as words of their own, all else separates.
  /// Traditional characters are simplified first. `宏达玩具 Toys`: `hong da wan ju toys`.
  public static func syllables(of text: String) -> [String] {
    var syllables: [String] = []
    var word: [UInt8] = []
    func flush() {
      if !word.isEmpty { syllables.append(String(decoding: word, as: UTF8.self)) }
      word.removeAll()
    }
    for scalar in text.unicodeScalars {
      let form = UnicodeTables.folded(scalar.value)
      let code = form.flatMap { String(decoding: $0, as: UTF8.self).unicodeScalars.first?.value } ?? scalar.value
      if let reading = UnicodeTables.pinyin(code) ?? UnicodeTables.pinyin(scalar.value) {
        flush()
        syllables.append(String(decoding: reading, as: UTF8.self))
        continue
      }
      switch UnicodeTables.characterClass(scalar.value) {
      case .letter, .digit, .pair:
        if let form {
          word.append(contentsOf: form)
        } else {
          word.append(contentsOf: String(Character(scalar)).lowercased().utf8)
        }
      case .dropped, .closedUp: break
      case .other: flush()
      }
    }
    flush()
    return syllables
  }

  /// Whether a text holds a character that has a reading.
  public static func hasIdeographs(_ text: String) -> Bool {
    text.unicodeScalars.contains { $0.value >= 0x2E80 && UnicodeTables.pinyin($0.value) != nil }
  }

  /// ``syllables(of:)`` with ü as u: the syllables of entries and of ``segmentations(of:)``.
  public static func plainSyllables(of text: String) -> [String] { syllables(of: text).map(plain) }

  /// A syllable of the table with u for v.
  static func plain(_ syllable: String) -> String {
    syllable.utf8.contains(0x76) && (syllable.hasPrefix("lv") || syllable.hasPrefix("nv"))
      ? String(decoding: syllable.utf8.map { $0 == 0x76 ? 0x75 : $0 }, as: UTF8.self) : syllable
  }

  /// One string for a Chinese name and for what is typed for it: no spaces, no tones (marks or the digits 1 to 5 behind
  /// letters), ü as u (typed `v` behind l or n too). `宏达玩具`, `hongda wanju`, `hóng dá wán jù`, `hong2da2` …
  public static func key(of text: String) -> String {
    var key: [UInt8] = []
    for syllable in syllables(of: text) {
      var previous: UInt8 = 0
      for byte in syllable.utf8 {
        let followsLetter = previous &- 0x61 < 26
        if byte &- 0x31 < 5, followsLetter { continue }
        key.append(byte == 0x76 && (previous == 0x6C || previous == 0x6E) ? 0x75 : byte)
        previous = byte
      }
    }
    return String(decoding: key, as: UTF8.self)
  }
}
