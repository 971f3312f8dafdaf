/// Finds the places that a text names.
struct PlaceScanner {
  private let scalars: [Unicode.Scalar]
  /// The byte offset of each scalar, and of the end.
  private let offsets: [Int]

  /// All places named in `text`, in order. Linear.
  static func mentions(in text: String) -> [PlaceMention] { PlaceScanner(text).mentions() }

  private init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    var offset = 0
    var offsets: [Int] = []
    offsets.reserveCapacity(scalars.count + 1)
    for scalar in scalars {
      offsets.append(offset)
      offset += UTF8.width(scalar)
    }
    offsets.append(offset)
    self.offsets = offsets
  }

  private func mentions() -> [PlaceMention] {
    var found: [PlaceMention] = []
    var place = 0
    while place < scalars.count {
      guard let (reference, end) = reference(at: place), end > place else {
        place += 1
        continue
      }
      let range = offsets[place]..<offsets[end]
      if reference == nil {
        // 第三款 behind 第二十条 says which paragraph of the article is meant.
        if let last = found.last, last.range.upperBound == range.lowerBound, last.place.kind == .article,
          last.place.subparagraph == nil, let (number, _) = ChineseNumber.read(scalars, at: place + 1)
        {
          found[found.count - 1].place.subparagraph = number
          found[found.count - 1].range = last.range.lowerBound..<range.upperBound
        }
      } else if let reference {
        found.append(PlaceMention(place: reference, range: range))
      }
      place = end
    }
    return found
  }

  /// The place that begins here and where it ends; a nil place for a `款` alone.
  private func reference(at start: Int) -> (PlaceReference?, Int)? {
    switch scalars[start] {
    case "第": return chinese(at: start)
    case "¶", "§":
      let kind: PlaceReference.Kind = scalars[start] == "¶" ? .paragraph : .article
      var place = start + 1
      if place < scalars.count, scalars[place] == scalars[start] { place += 1 }
      guard let (numbers, end) = list(at: skipSpaces(place)) else { return nil }
      return (PlaceReference(kind, numbers), end)
    default: return latin(at: start)
    }
  }

  // MARK: Chinese

  private static func kind(_ scalar: Unicode.Scalar) -> PlaceReference.Kind? {
    switch scalar {
    case "条", "條": .article
    case "段": .paragraph
    case "章": .chapter
    case "节", "節": .section
    case "编", "編": .part
    default: nil
    }
  }

  private func chinese(at start: Int) -> (PlaceReference?, Int)? {
    var numbers: [Int] = []
    var place = start + 1
    while let (number, end) = ChineseNumber.read(scalars, at: skipSpaces(place)) {
      numbers.append(number)
      place = skipSpaces(end)
      // 第二、三段
      guard place < scalars.count, "、，,和及与".unicodeScalars.contains(scalars[place]), numbers.count < 16,
        ChineseNumber.read(scalars, at: skipSpaces(place + 1)) != nil
      else { break }
      place += 1
    }
    guard let first = numbers.first, place < scalars.count else { return nil }
    if scalars[place] == "款" { return (nil, place + 1) }
    if scalars[place] == "自", place + 2 < scalars.count, scalars[place + 1] == "然", scalars[place + 2] == "段" {
      return (PlaceReference(.paragraph, numbers), place + 3)
    }
    guard let kind = Self.kind(scalars[place]) else { return nil }
    place += 1
    // 第三条至第五条
    if place + 1 < scalars.count, "至到-—～".unicodeScalars.contains(scalars[place]), scalars[place + 1] == "第",
      let (last, end) = ChineseNumber.read(scalars, at: place + 2), end < scalars.count,
      Self.kind(scalars[end]) == kind
    {
      return (PlaceReference(kind, spelledOut(first, last)), end + 1)
    }
    if kind == .article, place + 1 < scalars.count, scalars[place] == "之",
      let (insertion, end) = ChineseNumber.read(scalars, at: place + 1)
    {
      return (PlaceReference(kind, numbers, insertion: insertion), end)
    }
    return (PlaceReference(kind, numbers), place)
  }

  // MARK: English

  private static let words: [String: PlaceReference.Kind] = [
    "para": .paragraph, "paras": .paragraph, "par": .paragraph, "paragraph": .paragraph, "paragraphs": .paragraph,
    "article": .article, "articles": .article, "art": .article, "arts": .article, "clause": .article,
    "clauses": .article, "section": .section, "sections": .section, "sec": .section, "chapter": .chapter,
    "chapters": .chapter, "part": .part,
  ]

  private func latin(at start: Int) -> (PlaceReference?, Int)? {
    guard isLetter(start), start == 0 || !(isLetter(start - 1) || isDigit(start - 1)) else { return nil }
    var word = ""
    var place = start
    while isLetter(place), word.utf8.count <= 10 {
      word.unicodeScalars.append(Unicode.Scalar(UInt8(truncatingIfNeeded: scalars[place].value) | 0x20))
      place += 1
    }
    guard let kind = Self.words[word] else { return nil }
    if place < scalars.count, scalars[place] == "." { place += 1 }
    place = skipSpaces(place)
    if place < scalars.count, scalars[place] == "(" { place += 1 }
    guard let (numbers, end) = list(at: place) else { return nil }
    return (PlaceReference(kind, numbers), end)
  }

  /// `3`, `2 and 3`, `2, 3`, `2-4`, `2 to 4`.
  private func list(at start: Int) -> ([Int], Int)? {
    guard let (first, firstEnd) = number(at: start) else { return nil }
    var numbers = [first]
    var place = firstEnd
    while numbers.count < PlaceReference.longestList {
      let joint = skipSpaces(place)
      guard joint < scalars.count else { break }
      if "-–—".unicodeScalars.contains(scalars[joint]), let (last, end) = number(at: skipSpaces(joint + 1)) {
        numbers += spelledOut(numbers.removeLast(), last)
        place = end
      } else if let behind = word("to", at: joint), let (last, end) = number(at: skipSpaces(behind)) {
        numbers += spelledOut(numbers.removeLast(), last)
        place = end
      } else if let behind = word("and", at: joint)
        ?? (",&、".unicodeScalars.contains(scalars[joint]) ? joint + 1 : nil),
        let (next, end) = number(at: skipSpaces(behind))
      {
        numbers.append(next)
        place = end
      } else {
        break
      }
    }
    return (numbers, place)
  }

  /// Figures that no letter or figure follows, nor a decimal part.
  private func number(at start: Int) -> (Int, Int)? {
    guard start < scalars.count, isDigit(start) else { return nil }
    var place = start
    var value = 0
    while isDigit(place), let digit = ChineseNumber.digit(scalars[place]) {
      value = value * 10 + digit
      if value > ChineseNumber.largest { return nil }
      place += 1
    }
    if isLetter(place) { return nil }
    if place + 1 < scalars.count, scalars[place] == ".", isDigit(place + 1) { return nil }
    if place < scalars.count, scalars[place] == "%" { return nil }
    return value > 0 ? (value, place) : nil
  }

  private func word(_ word: String, at start: Int) -> Int? {
    let end = start + word.unicodeScalars.count
    guard end < scalars.count, scalars[start..<end].elementsEqual(word.unicodeScalars), !isLetter(end) else {
      return nil
    }
    return end
  }

  private func spelledOut(_ first: Int, _ last: Int) -> [Int] {
    guard first <= last else { return [first, last] }
    return Array(first...min(last, first + PlaceReference.longestList - 1))
  }

  // MARK: Characters

  private func skipSpaces(_ start: Int) -> Int {
    var place = start
    while place < scalars.count, place - start < 4, [" ", "\u{A0}", "\t", "\u{3000}"].contains(scalars[place]) {
      place += 1
    }
    return place
  }

  private func isLetter(_ place: Int) -> Bool {
    guard place >= 0, place < scalars.count else { return false }
    let value = scalars[place].value | 0x20
    return value >= 0x61 && value <= 0x7A && scalars[place].value < 0x80
  }

  private func isDigit(_ place: Int) -> Bool {
    guard place >= 0, place < scalars.count else { return false }
    let value = scalars[place].value
    return (0x30...0x39).contains(value) || (0xFF10...0xFF19).contains(value)
  }
}
