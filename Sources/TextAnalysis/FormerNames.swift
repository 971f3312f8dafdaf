/// Marks of names that a company had, or has besides: `（原新达玩具厂）`, `formerly`, `trading as`.
enum FormerNames {
  private static let ideographs = ["原名称", "原名", "曾用名", "更名前", "前身", "旧称", "旧名", "又名", "简称", "现名", "别名", "原"]
  private static let latin = [
    "formerlyknownas", "formerly", "previouslyknownas", "previously", "formername", "fka", "nowknownas", "aka",
    "alsoknownas", "dba", "doingbusinessas", "tradingas", "exname",
  ]

  /// Whether the folded text of a bracket, words joined, is another name.
  static func isMarked(_ text: String) -> Bool { name(in: text) != nil }

  /// The name behind the mark at the beginning; nil without one.
  static func name(in text: String) -> String? {
    for mark in ideographs + latin where text.hasPrefix(mark) {
      let rest = text.dropFirst(mark.count)
      // 原野, 原木: a character is no name.
      if rest.count >= 3 { return String(rest) }
    }
    return nil
  }

  /// Marks of ``split(_:)`` beside those of keys, folded.
  private static let moreIdeographs = [
    "前称", "前名", "原称", "曾用名称", "曾用", "旧名称", "旧", "前为", "改名前", "现更名为", "更名为", "已更名为", "现名称", "后更名为", "亦称", "又称", "也称",
    "英文名", "简称为", "以前称", "先前名", "구", "전", "舊",
  ]
  private static let phrases = [
    " formerly known as ", " formerly called ", " formerly named ", " formerly trading as ", " formerly: ",
    " formerly ",
    " previously known as ", " previously ", " f/k/a ", " fka ", " f.k.a. ", " d/b/a ", " dba ", " d.b.a. ",
    " trading as ", " t/a ", " a/k/a ", " aka ", " a.k.a. ", " also known as ", " now known as ", " n/k/a ",
    " doing business as ", " vormals ", " anciennement ", " vorher ", " ehemals ", " voorheen ", " dawniej ",
    " anteriormente ", " antiguamente ", " precedentemente ",
  ]
  /// Words that are such marks at the beginning of a bracket, yet common elsewhere.
  private static let inBrackets = [
    "ex ", "ex-", "gia ", "antes ", "fruher ", "frueher ", "prev. ", "former name: ", "former name ", "old name: ",
    "name before ",
    "now ", "tidigare ", "tidligere ", "formalmente ", "ci-devant ", "precedemment ", "autrefois ", "alias ",
    "entidligere ", "formerly, ", "ранее ", "бывш. ", "бывшее ", "бывший ", "tien than ", "eski adi ", "fosta ",
  ]

  /// The name itself and the other names that its text gives. Linear.
  static func split(_ text: String) -> [String] {
    var others: [String] = []
    var outer = ""
    var inner: String?
    for character in text {
      if let open = inner {
        guard ")）]】".contains(character) else {
          inner = open + String(character)
          continue
        }
        if let name = marked(open) {
          others.append(name)
          outer += " "
        } else {
          outer += "(" + open + ")"
        }
        inner = nil
      } else if "(（[【".contains(character) {
        inner = ""
      } else {
        outer.append(character)
      }
    }
    if let open = inner { outer += "(" + open }
    var main = outer
    if let (place, count) = phrase(in: outer) {
      others.append(String(outer.dropFirst(place + count)))
      main = String(outer.prefix(place))
    }
    // `…有限公司，曾用名…`: a mark behind a comma or a space.
    if main.count == outer.count, let cut = outer.lastIndex(where: { "，,;； ".contains($0) }), cut > outer.startIndex {
      let rest = String(outer[outer.index(after: cut)...])
      if let mark = marks.first(where: { $0.count > 1 && folded(rest).hasPrefix($0) }),
        rest.count >= mark.count + 3
      {
        others.append(String(rest.dropFirst(mark.count).drop { "：:为 ".contains($0) }))
        main = String(outer[..<cut])
      }
    }
    return [main.allSatisfy(\.isWhitespace) ? text : main] + others
  }

  /// The name behind the mark at the beginning of a bracket; nil without one.
  private static func marked(_ bracket: String) -> String? {
    let trimmed = String(bracket.drop(while: \.isWhitespace))
    let form = folded(trimmed)
    for mark in marks where form.hasPrefix(mark) && form.count >= mark.count + 3 {
      // A mark in hangul stands apart; 旧 and 原 begin other words, too, yet a bracket of four characters is no place.
      if mark == "구" || mark == "전" {
        guard form.dropFirst(mark.count).first.map({ " :".contains($0) }) ?? false else { continue }
      }
      return String(trimmed.dropFirst(mark.count).drop { "：:为 ".contains($0) })
    }
    for phrase in openings where form.hasPrefix(phrase) {
      return String(trimmed.dropFirst(phrase.count))
    }
    return nil
  }

  private static func folded(_ text: String) -> String { String(decoding: Folding.folded(text), as: UTF8.self) }

  private static let marks = (ideographs + moreIdeographs).sorted { $0.count > $1.count }
  private static let openings = phrases.map { String($0.dropFirst()) } + inBrackets
  private static let phraseBytes = phrases.map { Array($0.utf8) }
  private static let phraseStarts = Set(phraseBytes.compactMap { $0.dropFirst().first })

  /// The first phrase in a text, as numbers of characters before it and in it; each begins with a space.
  private static func phrase(in text: String) -> (place: Int, count: Int)? {
    let bytes = Array(text.lowercased().utf8)
    for place in bytes.indices.dropLast() where bytes[place] == 0x20 && phraseStarts.contains(bytes[place + 1]) {
      guard let found = phraseBytes.first(where: { bytes[place...].starts(with: $0) }) else { continue }
      return (String(decoding: bytes[..<place], as: UTF8.self).count, found.count)
    }
    return nil
  }
}
