/// A name taken apart for comparison: its places, its numbers, and what remains, in order.
struct NameParts: Sendable {
  /// Written in ideographs, at least in part.
  let isIdeographic: Bool
  /// Places in the name itself; each the places that its spelling may be.
  private(set) var places: [Set<Int>] = []
  /// Places in brackets.
  private(set) var bracketPlaces: [Set<Int>] = []
  /// Other brackets, folded.
  private(set) var qualifiers: [String] = []
  /// `No. 1`, 第一, 二厂, `2nd`, in order.
  private(set) var numbers: [String] = []
  /// The words that remain of a name in Latin letters.
  private(set) var words: [String] = []
  /// What remains of a name in ideographs.
  private(set) var text: [Unicode.Scalar] = []

  /// Longer names are compared by their beginning: no company's name is as long.
  static let maximumLength = 160

  /// Whether ä, ö or ü stood in it.
  let hasUmlaut: Bool
  /// Districts, towns and counties that are no ``places``: 龙岗 of 深圳市龙岗区.
  private(set) var districts: [String] = []
  /// ``text`` with the districts in front.
  var textWithDistricts: [Unicode.Scalar] { districts.flatMap { Array($0.unicodeScalars) } + text }
  /// Folded words of three letters or more that a full stop abbreviates: `Joh.`
  let abbreviated: Set<String>

  /// Whether `'s` stood in it: Lü's is 吕氏.
  let isPossessive: Bool
  /// Folded words that were written with ü: Lüzhou is not 泸州.
  private let umlautWords: Set<String>

  /// Ways of reading a name in Latin letters.
  enum Reading: Hashable, Sendable {
    /// Words like a place's name are that place.
    case lenient
    /// They are none; nor is a word that is a place far from the one before it (Lüliang Xinyu); words like `County`, `Dist.`
    /// and `Xian` behind another are left out.
    case strict
    /// There is no place at all: Xinyu Toys may be 鑫宇玩具.
    case placeless
  }

  init(_ key: NameKey, _ name: String, as reading: Reading = .lenient) {
    isPossessive = Self.isPossessive(name)
    umlautWords = Self.umlautWords(name)
    hasUmlaut = name.unicodeScalars.contains { "äöüÄÖÜ\u{308}".unicodeScalars.contains($0) }
    isIdeographic = Pinyin.hasIdeographs(key.core)
    abbreviated = isIdeographic ? [] : Self.abbreviated(name)
    for qualifier in key.qualifiers {
      let found = NamePlaces.byIdeographs[qualifier].map { Set([$0]) } ?? Self.latinPlace(qualifier, isFuzzy: true)
      if let found { bracketPlaces.append(found) } else { qualifiers.append(qualifier) }
    }
    if isIdeographic {
      takeApart(ideographs: Array(Self.restored(key.core, name).prefix(Self.maximumLength)), Self.district(name))
    } else {
      let words = key.words.prefix(Self.maximumLength / 4).map { NameAdministration.full[$0] ?? $0 }
      takeApart(words: reading == .lenient ? words : NameAdministration.dropped(words), reading)
    }
  }

  // MARK: Ideographs

  private mutating func takeApart(ideographs characters: [Character], _ district: String?) {
    var rest = takeNumbers(characters)
    // Places in front, then one behind, then one before a branch.
    while let count = Self.place(rest[...]), count < rest.count {
      places.append([Self.number(rest[..<count])])
      rest.removeFirst(count)
    }
    if let district, rest.count > district.count + 1, rest.starts(with: district) {
      districts.append(district)
      rest.removeFirst(district.count)
    }
    let branches = ["分公司", "分厂", "办事处", "分店"].map(Array.init)
    let tail = branches.first { rest.count > $0.count && rest.suffix($0.count).elementsEqual($0) }?.count ?? 0
    for count in NamePlaces.ideographCounts.reversed() where rest.count > tail + count {
      let end = rest.count - tail
      // `深圳市分公司` has its mark inside.
      let marked = tail > 0 && "市省县区".contains(rest[end - 1]) ? 1 : 0
      guard end - marked - count > 0 else { continue }
      let range = end - marked - count..<end - marked
      guard NamePlaces.byIdeographs[String(rest[range])] != nil else { continue }
      // 复合肥 is a fertilizer, not 合肥.
      if tail == 0, NameVocabulary.hasTerm(endingIn: rest, longerThan: count) { continue }
      places.append([Self.number(rest[range])])
      rest.removeSubrange(range.lowerBound..<end)
      break
    }
    takeBareNumber(&rest)
    text = rest.flatMap { Array($0.unicodeScalars) }
  }

  /// 三塑料厂 is 第三塑料厂: numerals before nothing but lines of business and 厂.
  private mutating func takeBareNumber(_ rest: inout [Character]) {
    guard numbers.isEmpty, rest.last == "厂", !places.isEmpty else { return }
    let end = rest.firstIndex { Self.digits[$0] == nil && !Self.isDigit($0) } ?? rest.count
    guard (1...3).contains(end), NameVocabulary.isBusiness(rest[end...]), !NameVocabulary.isBusiness(rest[...]) else {
      return
    }
    numbers.append(Self.value(rest[..<end]))
    rest.removeFirst(end)
  }

  private static func isPossessive(_ name: String) -> Bool {
    var isBehindMark = false
    for scalar in name.unicodeScalars {
      if isBehindMark, scalar == "s" || scalar == "S" { return true }
      isBehindMark = scalar == "'" || scalar == "’"
    }
    return false
  }

  private static let umlauts = Set("üÜ\u{308}ǖǘǚǜǕǗǙǛ".unicodeScalars)

  /// Folded words with ü.
  private static func umlautWords(_ name: String) -> Set<String> {
    guard name.unicodeScalars.contains(where: umlauts.contains) else { return [] }
    return Set(
      name.split { !$0.isLetter }.filter { $0.unicodeScalars.contains(where: umlauts.contains) }.map {
        String(decoding: Folding.folded(String($0)), as: UTF8.self)
      })
  }

  /// Words that keys cut as if a mark of a place or a works stood in them: 化工厂, 门市部.
  private static let cutWords = [
    ("化厂", "化工厂"), ("加厂", "加工厂"), ("木厂", "木工厂"), ("电厂", "电工厂"), ("精厂", "精工厂"), ("军厂", "军工厂"),
    ("重厂", "重工厂"), ("轻厂", "轻工厂"), ("门部", "门市部"), ("超连锁", "超市连锁"), ("超公司", "超市公司"), ("场", "市场"),
  ]

  /// A core with such words as they were written.
  private static func restored(_ core: String, _ name: String) -> String {
    guard core.contains("厂") || core.contains("部") || core.contains("超") || core.contains("场") else { return core }
    let written = String(decoding: Folding.folded(name), as: UTF8.self)
    for (cut, whole) in cutWords where written.contains(whole) && !core.contains(whole) && core.contains(cut) {
      let characters = Array(core)
      let part = Array(cut)
      guard let start = characters.indices.last(where: { characters[$0...].starts(with: part) }) else { continue }
      return String(characters[..<start]) + whole + String(characters[(start + part.count)...])
    }
    return core
  }

  private static func abbreviated(_ name: String) -> Set<String> {
    var found: Set<String> = []
    let characters = Array(name.prefix(maximumLength))
    var start = 0
    for (index, character) in characters.enumerated() where !character.isLetter {
      if character == ".", index - start >= 3 {
        found.insert(String(decoding: Folding.folded(String(characters[start..<index])), as: UTF8.self))
      }
      start = index + 1
    }
    return found
  }

  /// The district behind the places in front: two or three characters before 区, 县, 镇 or 乡, as long as a name follows. A
  /// place of ``NamePlaces`` is none.
  private static func district(_ name: String) -> String? {
    let folded = String(decoding: Folding.folded(String(name.prefix(maximumLength))), as: UTF8.self)
    let text = Array(folded.filter { !$0.isWhitespace })
    var start = 0
    while let count = place(text[start...]) {
      start += count
      if start < text.count, "省市县区镇".contains(text[start]) { start += 1 }
    }
    for count in 2...3 where start + count + 2 < text.count && "区县镇乡".contains(text[start + count]) {
      let own = text[start..<start + count]
      return own.allSatisfy { Pinyin.hasIdeographs(String($0)) } ? String(own) : nil
    }
    return nil
  }

  /// The length of the longest place at the beginning.
  private static func place(_ text: ArraySlice<Character>) -> Int? {
    NamePlaces.ideographCounts.reversed().first {
      text.count > $0 && NamePlaces.byIdeographs[String(text.prefix($0))] != nil
    }
  }

  private static func number(_ place: ArraySlice<Character>) -> Int { NamePlaces.byIdeographs[String(place)] ?? -1 }

  private static let digits: [Character: Int] = [
    "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "壹": 1, "贰": 2, "叁": 3,
  ]
  private static let numbered = ["厂", "分厂", "号", "分公司", "车间", "部", "店", "分店", "分部", "公司", "玩具厂", "家具厂", "建"].map(
    Array.init)

  /// Takes 第一, and 一 or 1 in front of 厂 and the like, out.
  private mutating func takeNumbers(_ characters: [Character]) -> [Character] {
    var rest: [Character] = []
    var index = 0
    while index < characters.count {
      let isOrdinal = characters[index] == "第"
      let start = isOrdinal ? index + 1 : index
      var end = start
      while end < characters.count, end - start < 4,
        Self.digits[characters[end]] != nil || Self.isDigit(characters[end])
      {
        end += 1
      }
      let follows = characters[end...]
      let isNumbered = rest.count > 1 && Self.numbered.contains { follows.starts(with: $0) }
      // 3M, A1: a digit within letters stays.
      let isWithinLetters = !isOrdinal && (rest.last.map { $0.isASCII } ?? false)
      if end > start, isOrdinal || isNumbered, !isWithinLetters {
        numbers.append(Self.value(characters[start..<end]))
        index = end
        if index < characters.count, characters[index] == "号" { index += 1 }
        continue
      }
      rest.append(characters[index])
      index += 1
    }
    return rest.isEmpty ? characters : rest
  }

  private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }

  /// 十二: 12.
  private static func value(_ characters: ArraySlice<Character>) -> String {
    if characters.allSatisfy(isDigit) { return String(characters.drop { $0 == "0" }) }
    var value = 0
    for character in characters {
      let digit = digits[character] ?? character.wholeNumberValue ?? 0
      if digit == 10 {
        value = max(value, 1) * 10
      } else {
        value = value % 10 == 0 && value > 0 ? value + digit : value * 10 + digit
      }
    }
    return String(value)
  }

  // MARK: Words

  private static let ordinals: [String: String] = [
    "first": "1", "1st": "1", "second": "2", "2nd": "2", "third": "3", "3rd": "3", "fourth": "4", "4th": "4",
    "fifth": "5",
    "5th": "5", "sixth": "6", "6th": "6", "seventh": "7", "7th": "7", "eighth": "8", "8th": "8", "ninth": "9",
    "9th": "9", "tenth": "10", "10th": "10", "ii": "2", "iii": "3", "iv": "4",
  ]
  private static let cardinals: [String: String] = [
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "i": "1",
  ]

  private mutating func takeApart(words all: [String], _ reading: Reading) {
    var rest: [String] = []
    var index = 0
    while index < all.count {
      let word = all[index]
      if let number = Self.ordinals[word], all.count > 1, index > 0 || !word.hasPrefix("i") {
        numbers.append(number)
      } else if word == "no" || word == "number", index + 1 < all.count, let number = Self.cardinals[all[index + 1]] {
        numbers.append(number)
        index += 1
      } else if word.hasPrefix("no"), word.utf8.count > 2, word.utf8.dropFirst(2).allSatisfy({ $0 &- 0x30 < 10 }) {
        numbers.append(String(word.dropFirst(2).drop { $0 == "0" }))
      } else if word.utf8.allSatisfy({ $0 &- 0x30 < 10 }), all.count > 1 {
        numbers.append(String(word.drop { $0 == "0" }))
      } else {
        rest.append(word)
      }
      index += 1
    }
    if rest.isEmpty { rest = all }
    if reading != .placeless { takePlaces(&rest, isStrict: reading == .strict) }
    // `Blue Lantern Company Hong Kong`: behind the place is the end.
    if !places.isEmpty, rest.count > 1 { LegalForms.dropEnd(&rest) }
    words = rest
  }

  /// Takes places out, wherever they stand, as long as a word remains.
  private mutating func takePlaces(_ words: inout [String], isStrict: Bool) {
    var index = 0
    next: while index < words.count {
      for count in (1...NamePlaces.longestLatin).reversed() where index + count <= words.count && words.count > count {
        let word = words[index..<index + count].joined()
        guard var found = Self.latinPlace(word, isFuzzy: !isStrict && index == 0) else { continue }
        if umlautWords.contains(word) {
          found = found.filter { NamePlaces.places.indices.contains($0) && NamePlaces.hasUmlaut($0) }
          if found.isEmpty { continue }
        }
        if isStrict, let first = places.first, Self.isCity(found), !Self.isWithin(found, first),
          !Self.areNeighbours(found, first)
        {
          continue
        }
        places.append(found)
        words.removeSubrange(index..<index + count)
        continue next
      }
      index += 1
    }
  }

  /// The places that a word may be; typing errors of long names taken for them where `isFuzzy`.
  private static func latinPlace(_ word: String, isFuzzy: Bool) -> Set<Int>? {
    if let known = NamePlaces.byAnyLatin[word] { return known }
    guard isFuzzy, word.utf8.count >= 6 else { return nil }
    var found: Set<Int> = []
    for (name, numbers) in NamePlaces.byAnyLatin where name.utf8.count >= 7 && name.utf8.first == word.utf8.first {
      guard abs(name.utf8.count - word.utf8.count) < 2 else { continue }
      if NameTypos.kind(word, name).map({ $0 != .replaced }) ?? false { found.formUnion(numbers) }
    }
    return found.isEmpty ? nil : found
  }

  // MARK: Agreement of places

  enum Agreement { case same, moved, missingBracket, missing, contrary }

  /// How the places of two names agree. A province says nothing beside a city of it, nor does a city beside a place in its
  /// province that both have; two cities that are not in both are two places.
  static func agreement(_ one: NameParts, _ other: NameParts) -> Agreement {
    let left = one.places + one.bracketPlaces
    let right = other.places + other.bracketPlaces
    let common = left.filter { place in right.contains { !$0.isDisjoint(with: place) } }
    let ownLeft = left.filter { place in !right.contains { !$0.isDisjoint(with: place) } }
    let ownRight = right.filter { place in !left.contains { !$0.isDisjoint(with: place) } }
    if ownLeft.contains(where: isCity), ownRight.contains(where: isCity) { return .contrary }
    func isCovered(_ place: Set<Int>, by others: [Set<Int>]) -> Bool {
      others.contains { isWithin(place, $0) } || isCity(place) && common.contains { areNeighbours(place, $0) }
    }
    let missingLeft = ownLeft.filter { !isCovered($0, by: right) }
    let missingRight = ownRight.filter { !isCovered($0, by: left) }
    if missingLeft.isEmpty, missingRight.isEmpty {
      return one.places.count == other.places.count ? .same : .moved
    }
    if !missingLeft.isEmpty, !missingRight.isEmpty { return .contrary }
    let isBracket =
      missingLeft.allSatisfy { one.bracketPlaces.contains($0) }
      && missingRight.allSatisfy { other.bracketPlaces.contains($0) }
    guard isBracket else { return .missing }
    // (Dongguan) beside Shenzhen in the name of the other is another place.
    return left.isEmpty || right.isEmpty || one.places.count == other.places.count ? .missingBracket : .missing
  }

  private static func province(_ number: Int) -> Int? {
    NamePlaces.places.indices.contains(number) ? NamePlaces.places[number].within : nil
  }

  private static func isCity(_ place: Set<Int>) -> Bool { place.contains { province($0) != nil } }

  /// Whether two cities lie in one province.
  private static func areNeighbours(_ one: Set<Int>, _ other: Set<Int>) -> Bool {
    one.contains { number in
      province(number).map { place in other.contains { province($0) == place } } ?? false
    }
  }

  private static func isWithin(_ place: Set<Int>, _ other: Set<Int>) -> Bool {
    func within(_ inner: Set<Int>, _ outer: Set<Int>) -> Bool {
      inner.contains { province($0).map { outer.contains($0) } ?? false }
    }
    return within(place, other) || within(other, place)
  }
}
