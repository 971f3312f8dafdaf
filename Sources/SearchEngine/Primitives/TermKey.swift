/// The byte strings under which things stand in a segment's one dictionary. Words stand as they are, folded UTF-8, whose
/// first byte is never below 0x20; all else begins with 0x01 and a letter, so that the namespaces never mix and a word
/// prefix never reaches them.
enum TermKey {
  static let namespaceByte: UInt8 = 0x01
  static let codeLetter = UInt8(ascii: "c")
  static let keywordLetter = UInt8(ascii: "k")
  static let presenceLetter = UInt8(ascii: "u")
  static let nameLetter = UInt8(ascii: "n")
  static let pinyinLetter = UInt8(ascii: "p")
  static let wholeNameLetter = UInt8(ascii: "w")
  /// Field `i` is written as this plus `i`: a printable byte for each of the 64 fields that a schema may have.
  static let firstField: UInt8 = 0x30

  static func field(_ index: Int) -> UInt8 { firstField &+ UInt8(truncatingIfNeeded: index & 63) }

  /// A whole code in its normal form.
  static func code(_ normalForm: some Sequence<UInt8>) -> [UInt8] { [namespaceByte, codeLetter] + normalForm }

  /// A whole value of a field, folded.
  static func keyword(field index: Int, _ foldedValue: some Sequence<UInt8>) -> [UInt8] {
    [namespaceByte, keywordLetter, field(index)] + foldedValue
  }

  /// Every record in which the field has a value.
  static func presence(field index: Int) -> [UInt8] { [namespaceByte, presenceLetter, field(index)] }

  /// Neighbouring words of a name, joined, its legal form left out (`NameEntries.spans`).
  static func nameKey(_ core: String) -> [UInt8] { [namespaceByte, nameLetter] + core.utf8 }

  /// A whole name, joined, its legal form left out (`NameEntries.whole`).
  static func wholeName(_ core: String) -> [UInt8] { [namespaceByte, wholeNameLetter] + core.utf8 }

  /// Syllables of a Chinese name, each followed by a space (`NameEntries.pinyin`); a prefix finds what begins so.
  static func pinyin(_ syllables: String) -> [UInt8] { [namespaceByte, pinyinLetter] + syllables.utf8 }

  /// Terms are cut at this length, on a character's border: longer ones are no words, and the dictionary's blocks stay small.
  static let maximumLength = 255
}
