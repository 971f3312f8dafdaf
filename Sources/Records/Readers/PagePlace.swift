/// Where an event took place, read from the sentence that gives its date.
enum PagePlace {
  static func firstSentenceEnd(_ text: [Unicode.Scalar]) -> Int {
    var index = 0
    while index < text.count {
      let scalar = text[index]
      if "。！？!?".unicodeScalars.contains(scalar) { return index }
      if scalar == ".", index + 1 == text.count || TextLines.isSpace(text[index + 1]) {
        // Not behind an abbreviated month or an initial.
        var start = index
        while start > 0, DateText.isLetter(text[start - 1]) { start -= 1 }
        if index - start > 4 || index + 1 == text.count || index > 0 && !DateText.isLetter(text[index - 1]) {
          return index
        }
      }
      index += 1
    }
    return text.count
  }

  /// `… in Beijing.` at the sentence's end, `BEIJING, Feb 20 -`, `2月20日在北京召开`, `新华社北京2月20日电`.
  static func find(in text: [Unicode.Scalar], sentenceEnd: Int) -> String? {
    dateline(text) ?? endOfSentence(text, sentenceEnd) ?? chinese(text, sentenceEnd)
  }

  private static func dateline(_ text: [Unicode.Scalar]) -> String? {
    var index = 0
    if let first = text.first, first == "(" { index = 1 }
    let start = index
    while index < text.count, index < 30, isUpper(text[index]) || text[index] == " " { index += 1 }
    guard index - start >= 4, index < text.count, text[index] == ",",
      let date = DateText.first(in: text, to: index + 12),
      date.range.lowerBound <= index + 3
    else { return nil }
    let words = String(String.UnicodeScalarView(text[start..<index])).split(separator: " ")
    return words.map { $0.prefix(1) + $0.dropFirst().lowercased() }.joined(separator: " ")
  }

  private static func isUpper(_ scalar: Unicode.Scalar) -> Bool { scalar.value >= 0x41 && scalar.value <= 0x5A }

  /// One to three capitalised words behind the last `in` of the sentence.
  private static func endOfSentence(_ text: [Unicode.Scalar], _ end: Int) -> String? {
    let words = String(String.UnicodeScalarView(text[..<end])).split(separator: " ")
    guard let last = words.lastIndex(of: "in") else { return nil }
    let place = words[(last + 1)...]
    guard (1...3).contains(place.count) else { return nil }
    let months: Set<Substring> = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
      "December", "Spring", "Summer", "Autumn", "Winter", "English", "Chinese",
    ]
    for word in place {
      guard let first = word.unicodeScalars.first, isUpper(first), !months.contains(word),
        word.unicodeScalars.allSatisfy({ DateText.isLetter($0) || $0 == "'" || $0 == "-" || $0 == "," }),
        word.unicodeScalars.contains(where: { !isUpper($0) })
      else { return nil }
    }
    return place.joined(separator: " ")
  }

  private static func chinese(_ text: [Unicode.Scalar], _ end: Int) -> String? {
    let sentence = Array(text[..<end])
    let acts = ["召开", "举行", "举办", "开幕", "发布", "启动", "闭幕"]
    for index in sentence.indices where sentence[index] == "在" {
      // A place's name has two to six characters.
      for length in 2...6 where index + 1 + length < sentence.count {
        let rest = sentence[(index + 1 + length)...]
        if acts.contains(where: { rest.starts(with: $0.unicodeScalars) }) {
          let name = sentence[(index + 1)..<(index + 1 + length)]
          if name.allSatisfy({ TextLines.isIdeographic($0) }) { return String(String.UnicodeScalarView(name)) }
        }
      }
    }
    // `新华社北京2月20日电`
    if let agency = firstIndex(of: "社", in: sentence), agency < 8, let date = DateText.first(in: sentence),
      date.range.upperBound < sentence.count, sentence[date.range.upperBound] == "电",
      (2...6).contains(date.range.lowerBound - agency - 1)
    {
      return String(String.UnicodeScalarView(sentence[(agency + 1)..<date.range.lowerBound]))
    }
    return nil
  }

  private static func firstIndex(of scalar: Unicode.Scalar, in text: [Unicode.Scalar]) -> Int? {
    text.firstIndex(of: scalar)
  }
}
