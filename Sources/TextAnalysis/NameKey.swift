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
    var parts = split(name)
    var outer = parts.removeFirst()
    dropLegalForm(&outer)
    var qualifiers: [String] = []
    for part in parts {
      let text = part.joined()
      if !text.isEmpty && !isLegalForm(part) { qualifiers.append(dropAdministrativeMark(text)) }
    }
    if outer.isEmpty, !qualifiers.isEmpty {  // a name wholly in brackets
      outer = [qualifiers.removeFirst()]
    }
    return NameKey(core: outer.joined(), qualifiers: qualifiers, words: outer)
  }

  /// Whether two names can be one company's: the same core, and no contradicting qualifiers.
  public func matches(_ other: NameKey) -> Bool {
    !core.isEmpty && core == other.core
      && (qualifiers.isEmpty || other.qualifiers.isEmpty || qualifiers == other.qualifiers)
  }

  /// Whether nothing but a legal form was there: `Co., Ltd.`, `有限公司`.
  public var isLegalFormAlone: Bool { words.allSatisfy { Self.forms.contains($0) || Self.chineseForms.contains($0) } }

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

  /// Folded words: those outside of brackets first, then those of each bracket. An open bracket ends with the name.
  private static func split(_ name: String) -> [[String]] {
    var outer: [String] = []
    var inner: [[String]] = []
    var word: [UInt8] = []
    var closing: Unicode.Scalar?
    func flush() {
      guard !word.isEmpty else { return }
      let text = String(decoding: word, as: UTF8.self)
      word.removeAll()
      if closing == nil { outer.append(text) } else { inner[inner.count - 1].append(text) }
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
        inner.append([])
        closing = close
        continue
      }
      switch UnicodeTables.characterClass(scalar.value) {
      case .letter, .digit, .pair:
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
    return [outer] + inner
  }

  // MARK: - Legal forms

  private static let forms = Set(
    ("co company companies corp corporation inc incorporated ltd limited llc llp lp plc gmbh mbh ag kg kgaa ohg ug se sa "
      + "sas sarl srl spa bv nv ab oy oyj as asa aps pty pte sdn bhd kk kft zrt sro doo ooo oao zao pjsc jsc coltd cie "
      + "limitada ltda eirl sl slu").split(separator: " ").map(String.init))
  /// Spelled in single letters: `L.L.C.`, `S.A.`, `G.m.b.H.`; the letters join to a form of this list.
  private static let spelled: Set<String> = [
    "llc", "sa", "bv", "nv", "ag", "lp", "llp", "plc", "srl", "spa", "sarl", "gmbh",
  ]
  private static let small: Set<String> = ["the", "and", "of", "und", "et"]
  /// Longest first. A branch (分公司), a head office (总公司), a group (集团) and a works (厂) are part of the name.
  private static let chineseForms = [
    "股份有限责任公司", "有限责任公司", "股份有限公司", "责任有限公司", "无限责任公司", "股份公司", "有限公司", "公司",
  ]
  private static let bracketForms: Set<String> = [
    "有限合伙", "普通合伙", "特殊普通合伙", "个人独资", "个体工商户", "个体", "合伙企业", "有限公司", "private", "pvt",
  ]

  private static func isLegalForm(_ words: [String]) -> Bool {
    bracketForms.contains(words.joined(separator: " ")) || words.allSatisfy { forms.contains($0) }
  }

  /// Takes the form off the end, the article off the beginning, and joining words out, as long as a word remains.
  private static func dropLegalForm(_ words: inout [String]) {
    let whole = words
    var hasForm = true
    while hasForm, words.count > 1, let last = words.last {
      hasForm = false
      if forms.contains(last) || last == "and" {
        words.removeLast()
        hasForm = true
      } else if last.utf8.count == 1 {
        for length in stride(from: min(4, words.count - 1), through: 2, by: -1) {
          let letters = words.suffix(length)
          guard letters.allSatisfy({ $0.utf8.count == 1 }), spelled.contains(letters.joined()) else { continue }
          words.removeLast(length)
          hasForm = true
          break
        }
      }
    }
    if words.count > 1 { words = words.filter { !small.contains($0) } }
    if words.isEmpty { words = whole }
    guard let last = words.last else { return }
    for form in chineseForms where last.hasSuffix(form) {
      let rest = String(last.dropLast(form.count))
      if form == "公司", let before = rest.last, "分总子母".contains(before) { break }
      if rest.isEmpty && words.count == 1 { break }
      words.removeLast()
      if !rest.isEmpty { words.append(rest) }
      break
    }
    if let first = words.first { words[0] = dropAdministrativeMark(first) }
  }

  /// `深圳市宏达玩具`: `深圳宏达玩具`; the mark of a place of two or three characters at the beginning says nothing.
  private static func dropAdministrativeMark(_ text: String) -> String {
    let characters = Array(text)
    for place in 2...3 where characters.count >= place + 1 && !characters[0].isASCII {
      guard "省市县区".contains(characters[place]) else { continue }
      return String(characters[..<place]) + String(characters[(place + 1)...])
    }
    return text
  }
}
