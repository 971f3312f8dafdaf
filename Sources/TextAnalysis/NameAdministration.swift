/// Words that say what kind of place a name's place is (`County`, `Dist.`, `Xian`), and abbreviations that are written out for
/// comparison alone.
enum NameAdministration {
  /// Abbreviations beside those of the keys, where they stand for one word.
  static let full: [String: String] = {
    var found: [String: String] = [:]
    let text =
      "dist district|cnty county|twp township|alum aluminum|alu aluminum|hdwe hardware|hdware hardware|appl appliance|"
      + "appls appliance|garm garment|gmt garment|gmts garment|grmts garment|cer ceramic|ceram ceramic|cosm cosmetic|"
      + "leath leather|rubb rubber|plas plastic|stat stationery|txtl textile|txtls textile|prec precision|lgt lighting|"
      + "ltg lighting|embr embroidery|glswr glassware|fac factory|fact factory|util utensil|mtl metal|mtls metal|"
      + "biotech biotechnology|optoelec optoelectronic|pwr power|batt battery|acces accessory|coop cooperative|"
      + "handicr handicraft|packag packaging|print printing|prtg printing|knitt knitting|foodst foodstuff|cas case"
    for entry in text.split(separator: "|") {
      let words = entry.split(separator: " ").map(String.init)
      if words.count == 2 { found[words[0]] = words[1] }
    }
    return found
  }()

  private static let english: Set<String> = [
    "county", "district", "town", "township", "city", "province", "village", "municipality", "prefecture",
    "subdistrict",
  ]
  /// None of them is a syllable of pinyin.
  private static let articles: Set<String> = ["les", "los", "las", "el", "gli", "der", "das", "het"]
  private static let pinyin: Set<String> = ["shi", "xian", "qu", "zhen", "xiang", "sheng", "cun"]

  /// The words without those that follow a place: English ones behind any word, pinyin ones (`Ningjin Xian`) behind a word
  /// of two syllables or more, since `Shi` alone may be a part of a name. Something must follow.
  /// An article in front says nothing either.
  static func dropped(_ words: [String]) -> [String] {
    let hasArticle = words.count > 2 && articles.contains(words[0])
    let words = hasArticle ? Array(words.dropFirst()) : words
    return words.enumerated().filter { index, word in
      guard index > 0, index + 1 < words.count else { return true }
      if english.contains(word) { return false }
      let before = words[index - 1]
      guard pinyin.contains(word) else { return true }
      return
        !(NamePlaces.byAnyLatin[before] != nil
        || before.utf8.count > 3 && Pinyin.segmentations(of: before).contains { $0.count > 1 })
    }.map(\.element)
  }
}
