/// What remains of a company's name when width, case, punctuation, word spacing and the legal form are taken away.
///
/// `Hongda Toys Co., Ltd.`, `HONGDA TOYS COMPANY LIMITED` and `Hong-Da Toys (Shenzhen) Co Ltd` have one `core`,
/// `hongdatoys`; what stood in brackets is kept apart as a qualifier, so that (Shenzhen) and (Dongguan) do not match.
/// The legal form is never evidence: it is no part of the key, unless nothing else is there.
public struct NameKey: Hashable, Sendable {
  /// Folded letters and digits of the name, without spaces; empty only for a name without letters and digits.
  public let core: String
  /// Folded contents of brackets that are not a legal form, in order.
  public let qualifiers: [String]
  /// The words of the core, for prefix and fuzzy search.
  public let words: [String]

  /// The key of a name. Cost: linear in the name.
  public static func key(of name: String) -> NameKey {
    let (split, brackets) = split(name)
    var outer = split
    var qualifiers: [String] = []
    var inserted = 0
    for bracket in brackets {
      let text = bracket.words.joined()
      if text.isEmpty || isLegalForm(bracket.words) || FormerNames.isMarked(text) { continue }
      if isPartOfName(bracket.words) {
        outer.insert(contentsOf: bracket.words, at: min(bracket.place + inserted, outer.count))
        inserted += bracket.words.count
      } else {
        qualifiers.append(dropAdministrativeMarks(text))
      }
    }
    dropLegalForm(&outer)
    if outer.isEmpty, !qualifiers.isEmpty {  // a name wholly in brackets
      outer = [qualifiers.removeFirst()]
    }
    return NameKey(core: outer.joined(), qualifiers: qualifiers, words: outer)
  }

  /// What stands in brackets and yet says which company it is: `(Group)`, `（集团）`, `（二厂）`, `(No. 2 Factory)`, a branch.
  private static func isPartOfName(_ words: [String]) -> Bool {
    guard let last = words.last else { return false }
    if ["集团", "厂", "分公司", "分店", "分厂", "总公司", "办事处"].contains(where: { last.hasSuffix($0) }) { return true }
    return ["group", "grp", "gp", "branch", "factory", "holding", "holdings"].contains(last)
  }

  /// Whether two names can be one company's: the same core, and no contradicting qualifiers.
  public func matches(_ other: NameKey) -> Bool {
    !core.isEmpty && core == other.core
      && (qualifiers.isEmpty || other.qualifiers.isEmpty || qualifiers == other.qualifiers)
  }

  /// Whether nothing but a legal form was there: `Co., Ltd.`, `有限公司`.
  public var isLegalFormAlone: Bool {
    words.allSatisfy {
      LegalForms.words.contains($0) || LegalForms.ideographs.contains($0) || LegalForms.joining.contains($0)
    }
  }

  /// A core with umlauts spelled out (`mueller`) as it is written without them (`muller`); nil where there are none, or
  /// where the letters are pinyin (`xuejue`). For look-ups: what is found is then compared.
  static func withoutSpelledUmlauts(_ core: String) -> String? {
    guard !Pinyin.hasIdeographs(core), Pinyin.segmentations(of: core).isEmpty else { return nil }
    var bytes: [UInt8] = []
    for byte in core.utf8 {
      if byte == 0x65, let last = bytes.last, last == 0x61 || last == 0x6F || last == 0x75 { continue }
      bytes.append(byte)
    }
    return bytes.count == core.utf8.count ? nil : String(decoding: bytes, as: UTF8.self)
  }

  // MARK: - Folding

  private static let brackets: [Unicode.Scalar: Unicode.Scalar] = [
    "(": ")", "（": "）", "[": "]", "【": "】", "〔": "〕", "﹙": "﹚", "［": "］", "{": "}", "「": "」", "『": "』",
  ]

  /// ㈜, ㈱, ㈲: forms in one sign.
  private static let signs: Set<Unicode.Scalar> = ["㈜", "㈱", "㈲", "㍿"]
  /// Letters that folding keeps apart, as they are typed without them.
  private static let plainLetters: [Unicode.Scalar: String] = [
    "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "ı": "i", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th",
    "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ħ": "h", "Ħ": "h", "ß": "ss", "ẞ": "ss",
  ]

  /// The words of one pair of brackets, and behind how many words outside it stands.
  private typealias Bracket = (words: [String], place: Int)

  /// Folded words: those outside of brackets, and those of each bracket. An open bracket ends with the name.
  private static func split(_ name: String) -> (outer: [String], brackets: [Bracket]) {
    var outer: [String] = []
    var inner: [Bracket] = []
    var word: [UInt8] = []
    var closing: Unicode.Scalar?
    func flush() {
      guard !word.isEmpty else { return }
      let text = String(decoding: word, as: UTF8.self)
      word.removeAll()
      if closing == nil { outer.append(text) } else { inner[inner.count - 1].words.append(text) }
    }
    for scalar in name.unicodeScalars {
      if let open = closing {
        if scalar == open {
          flush()
          closing = nil
          continue
        }
      } else if let close = brackets[scalar] {
        flush()
        inner.append(([], outer.count))
        closing = close
        continue
      }
      if signs.contains(scalar) {
        flush()
        continue
      }
      switch UnicodeTables.characterClass(scalar.value) {
      case .letter, .digit, .pair:
        if let plain = plainLetters[scalar] {
          word.append(contentsOf: plain.utf8)
          continue
        }
        if let form = UnicodeTables.folded(scalar.value) {
          word.append(contentsOf: form)
        } else {
          word.append(contentsOf: String(Character(scalar)).lowercased().utf8)
        }
      case .dropped, .closedUp: break
      case .other: flush()
      }
    }
    flush()
    return (outer, inner)
  }

  // MARK: - Legal forms

  private static func isLegalForm(_ words: [String]) -> Bool {
    LegalForms.inBrackets.contains(words.joined(separator: " ")) || LegalForms.inBrackets.contains(words.joined())
      || words.allSatisfy { LegalForms.words.contains($0) } || LegalForms.ideographs.contains(words.joined())
  }

  /// Takes the forms off, the article and joining words out, and writes abbreviations out, as long as a word remains.
  private static func dropLegalForm(_ words: inout [String]) {
    writeOut(&words)
    let whole = words
    LegalForms.drop(from: &words)
    if words.count > 1 { words = words.filter { !LegalForms.joining.contains($0) } }
    if words.isEmpty { words = whole }
    if let last = words.last, Pinyin.hasIdeographs(last) || last.utf8.contains(where: { $0 >= 0xE0 }) {
      let rest = LegalForms.dropIdeographs(last)
      if !rest.isEmpty || words.count > 1 {
        words.removeLast()
        if !rest.isEmpty { words.append(rest) }
      }
    }
    if words.count > 1, let first = words.first, LegalForms.ideographOpenings.contains(first) { words.removeFirst() }
    words = words.enumerated().compactMap { index, word in
      // `No. 1`, `Shenzhen City`, `Guangdong Province`.
      if index + 1 < words.count, numberMarks.contains(word), words[index + 1].utf8.allSatisfy({ $0 &- 0x30 < 10 }) {
        return nil
      }
      if index > 0, index + 1 < words.count, administrativeWords.contains(word),
        NamePlaces.byLatin[words[index - 1]] != nil
      {
        return nil
      }
      return NameVocabulary.canonical(word)
    }
    if let first = words.first { words[0] = dropAdministrativeMarks(first) }
    if let last = words.last, last.hasSuffix("工厂") { words[words.count - 1] = last.dropLast(2) + "厂" }
  }

  /// Abbreviations of words that begin a name, or a part of it: what they stand for. `St. George`, `Gebr. Müller`.
  private static let beginnings: [(words: [String], full: String)] = [
    (["st"], "saint"), (["mt"], "mount"), (["ft"], "fort"), (["ets"], "etablissements"), (["f", "lli"], "fratelli"),
    (["flli"], "fratelli"), (["gebr"], "gebruder"), (["gebrueder"], "gebruder"), (["hnos"], "hermanos"),
    (["fa", "gebr"], "gebruder"), (["comp"], "company"),
  ]

  /// Writes such abbreviations out where a word follows.
  private static func writeOut(_ words: inout [String]) {
    var index = 0
    while index < words.count {
      for (short, full) in beginnings
      where index + short.count < words.count && words[index..<index + short.count].elementsEqual(short) {
        words.replaceSubrange(index..<index + short.count, with: [full])
        break
      }
      index += 1
    }
    // Brothers stand behind as often as in front.
    if words.count > 1, let last = words.indices.last {
      for (short, full) in [("hnos", "hermanos"), ("gebr", "gebruder")] where words[last] == short {
        words[last] = full
      }
    }
    // The form of a name that is written in one word: `hongdawanjuyouxiangongsi`.
    if let last = words.last, last.utf8.count > pinyinForm.utf8.count, last.hasSuffix(pinyinForm) {
      words[words.count - 1] = String(last.dropLast(pinyinForm.count))
    }
  }

  private static let pinyinForm = "youxiangongsi"

  private static let numberMarks: Set<String> = ["no", "nr", "number", "num"]
  private static let administrativeWords: Set<String> = [
    "city", "province", "prov", "municipality", "county", "district",
  ]

  /// `广东省深圳市宏达玩具`: `广东深圳宏达玩具`; the marks of places at the beginning say nothing. A place that is not known has
  /// two or three characters.
  static func dropAdministrativeMarks(_ text: String) -> String {
    guard let first = text.unicodeScalars.first, first.value >= 0x2E80 else { return text }
    var characters = Array(text)
    var start = 0
    for _ in 0..<3 {
      var next: Int?
      for count in NamePlaces.ideographCounts.reversed() where start + count < characters.count {
        let isKnown = NamePlaces.byIdeographs[String(characters[start..<start + count])] != nil
        let behind = start + count
        if isKnown, let length = autonomous(characters[behind...]) {
          characters.removeSubrange(behind..<behind + length)
          next = behind
        } else if "省市县区镇".contains(characters[behind]), isKnown || count <= 3, behind + 1 < characters.count {
          characters.remove(at: behind)
          next = behind
        } else if isKnown {
          next = behind
        }
        if next != nil { break }
      }
      guard let next else { break }
      start = next
    }
    return String(characters)
  }

  /// The length of `壮族自治区`, `特别行政区` at the beginning.
  private static func autonomous(_ text: ArraySlice<Character>) -> Int? {
    ["壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "特别行政区"].first { text.starts(with: $0) }?.count
  }
}
