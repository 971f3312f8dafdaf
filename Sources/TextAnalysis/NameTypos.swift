/// Which differences between two words of names look like a typing error, and which like another company.
enum NameTypos {
  enum Kind: Hashable { case replaced, inserted, doubled, exchanged, insertedAtEnd }

  /// The one edit between two words; nil for equal words and for more than one. Linear.
  static func kind(_ one: String, _ other: String) -> Kind? {
    let long = Array(one.utf8.count >= other.utf8.count ? one.utf8 : other.utf8)
    let short = Array(one.utf8.count >= other.utf8.count ? other.utf8 : one.utf8)
    guard long.count - short.count <= 1, long != short else { return nil }
    var start = 0
    while start < short.count, short[start] == long[start] { start += 1 }
    if long.count > short.count {
      guard long[(start + 1)...].elementsEqual(short[start...]) else { return nil }
      if start > 0, long[start] == long[start - 1] { return start == short.count ? .insertedAtEnd : .doubled }
      return start == short.count ? .insertedAtEnd : .inserted
    }
    if long[(start + 1)...].elementsEqual(short[(start + 1)...]) { return .replaced }
    if start + 1 < long.count, long[start] == short[start + 1], long[start + 1] == short[start],
      long[(start + 2)...].elementsEqual(short[(start + 2)...])
    {
      return .exchanged
    }
    return nil
  }

  /// Whether two words are one but for a typing error. The first letter is never mistyped; two words that both are known,
  /// or both could be Chinese names, are two words.
  static func isTypo(_ one: String, _ other: String) -> Bool {
    guard one.utf8.first == other.utf8.first else { return false }
    let length = min(one.utf8.count, other.utf8.count)
    let isKnown = NameVocabulary.commonWords.contains(NameVocabulary.singular(one))
    let otherIsKnown = NameVocabulary.commonWords.contains(NameVocabulary.singular(other))
    if isKnown && otherIsKnown { return false }
    guard let kind = kind(one, other) else {
      return length >= 8 && (isKnown || otherIsKnown)
        && EditDistance.between(Array(one.utf8), Array(other.utf8), limit: 2) <= 2
    }
    if isKnown || otherIsKnown {
      // Union is not unison, but electornics are electronics.
      switch kind {
      case .replaced: return length >= 7
      case .inserted, .insertedAtEnd: return length >= 6
      case .doubled, .exchanged: return length >= 4
      }
    }
    if Pinyin.isPinyin(one), Pinyin.isPinyin(other) { return false }
    switch kind {
    case .replaced, .insertedAtEnd: return false
    case .exchanged: return length >= 5
    case .doubled: return length >= 7
    case .inserted: return length >= 8
    }
  }

  /// Whether two names in ideographs are one but for a character that sounds the same inside a word of the vocabulary:
  /// 玩俱 for 玩具.
  static func isHomophone(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Bool {
    guard one.count == other.count else { return false }
    let places = one.indices.filter { one[$0] != other[$0] }
    guard places.count == 1, let place = places.first,
      Pinyin.key(of: String(Character(one[place]))) == Pinyin.key(of: String(Character(other[place])))
    else { return false }
    return [one, other].contains { text in
      text.indices.contains { start in
        start <= place
          && (NameVocabulary.termsByFirst[text[start]] ?? []).contains {
            let term = NameVocabulary.terms[$0].ideographs
            return !NameVocabulary.terms[$0].isOwn && term.count > 1 && start + term.count > place
              && text[start...].starts(with: term)
          }
      }
    }
  }
}

/// Edit distance of short texts: inserting, leaving out, replacing, exchanging neighbours.
enum EditDistance {
  /// The distance, or `limit + 1` when it is larger. Cost: the product of the lengths.
  static func between<Element: Equatable>(_ one: [Element], _ other: [Element], limit: Int) -> Int {
    guard abs(one.count - other.count) <= limit else { return limit + 1 }
    var before: [Int] = []
    var previous = Array(0...other.count)
    for i in one.indices {
      var row = [i + 1]
      row.reserveCapacity(other.count + 1)
      for j in other.indices {
        var best = min(previous[j + 1], row[j]) + 1
        best = min(best, previous[j] + (one[i] == other[j] ? 0 : 1))
        if i > 0, j > 0, one[i] == other[j - 1], one[i - 1] == other[j] { best = min(best, before[j - 1] + 1) }
        row.append(best)
      }
      if row.min() ?? 0 > limit { return limit + 1 }
      before = previous
      previous = row
    }
    return min(previous[other.count], limit + 1)
  }
}
