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
  static func longest(_ first: [TextWord], _ second: [TextWord]) -> Run? { Places(first).longest(second) }

  /// Where the words of a text stand, to compare many others with it.
  struct Places {
    private let words: [TextWord]
    private var places: [String: [Int]] = [:]

    init(_ words: [TextWord]) {
      self.words = words
      for (place, word) in words.prefix(mostWords).enumerated()
      where places[word.folded, default: []].count < mostPlaces { places[word.folded, default: []].append(place) }
    }

    /// The longest run that another text shares with this one; nil where no word is shared.
    func longest(_ second: [TextWord]) -> Run? {
      // Places in the first text, rising, at which a run ends, and its length.
      var ending: [(place: Int, length: Int)] = []
      var now: [(place: Int, length: Int)] = []
      var best: Run?
      var bestLength = 0
      for (place, word) in second.prefix(mostWords).enumerated() {
        now.removeAll(keepingCapacity: true)
        var before = 0
        for other in places[word.folded] ?? [] {
          while before < ending.count, ending[before].place < other - 1 { before += 1 }
          let length = before < ending.count && ending[before].place == other - 1 ? ending[before].length + 1 : 1
          now.append((other, length))
          if length > bestLength {
            bestLength = length
            best = Run(first: other + 1 - length..<other + 1, second: place + 1 - length..<place + 1, weight: 0)
          }
        }
        swap(&ending, &now)
      }
      if var run = best {
        run.weight = weight(words[run.first])
        return run
      }
      return nil
    }
  }
}
