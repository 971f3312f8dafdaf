/// The longest run of words that two texts share.
enum SharedWords {
  struct Run: Hashable, Sendable {
    /// Places among the words of either text.
    var first: Range<Int>
    var second: Range<Int>
    /// Three for a word, two for a character of a script without spaces.
    var weight: Int
  }

  /// A quotation: eight words, or twelve characters.
  static let quotation = 24
  /// Words of a text that are looked at.
  static let mostWords = 4_000
  /// Places of one word in the first text that are followed: words more frequent than this begin no run.
  private static let mostPlaces = 64

  static func weight(_ words: ArraySlice<TextWord>) -> Int { words.reduce(0) { $0 + ($1.isIdeograph ? 2 : 3) } }

  /// The longest run; nil where no word is shared. Cost: for each word of the second text, its places in the first.
  static func longest(_ first: [TextWord], _ second: [TextWord]) -> Run? {
    var places: [String: [Int]] = [:]
    for (place, word) in first.prefix(mostWords).enumerated() where places[word.folded, default: []].count < mostPlaces
    {
      places[word.folded, default: []].append(place)
    }
    // By the place in the first text where a run ends: its length.
    var ending: [Int: Int] = [:]
    var best: Run?
    var bestLength = 0
    for (place, word) in second.prefix(mostWords).enumerated() {
      var now: [Int: Int] = [:]
      for other in places[word.folded] ?? [] {
        let length = (ending[other - 1] ?? 0) + 1
        now[other] = length
        if length > bestLength {
          bestLength = length
          best = Run(first: other + 1 - length..<other + 1, second: place + 1 - length..<place + 1, weight: 0)
        }
      }
      ending = now
    }
    if var run = best {
      run.weight = weight(first[run.first])
      return run
    }
    return nil
  }
}
