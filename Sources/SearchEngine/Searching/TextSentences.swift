/// The sentences of a text, as `SAME SENTENCE` takes them.
public enum TextSentences {
  /// Byte ranges of the UTF-8 of `text`, rising, together the whole text; none of an empty text. White space belongs to the
  /// sentence before it. Linear.
  public static func ranges(of text: String) -> [Range<Int>] {
    let length = text.utf8.count
    guard length > 0 else { return [] }
    let (tokens, starts) = QueryAnalyzer().tokensAndSentences(text)
    var borders: [Int] = [0]
    var next = 0
    for token in tokens {
      guard next < starts.count else { break }
      if token.position >= starts[next] {
        while next < starts.count, token.position >= starts[next] { next += 1 }
        // Several tokens may stand at one position: the first of them begins the sentence.
        if let last = borders.last, token.from > last { borders.append(token.from) }
      }
    }
    borders.append(length)
    return zip(borders, borders.dropFirst()).filter { $0 < $1 }.map { $0..<$1 }
  }
}
