/// The word that was meant, perhaps.
enum NearestWord {
  /// Longest word that is compared: longer than any name, and short enough to be instant.
  private static let maximumLength = 64

  /// The nearest of some words by insertions, deletions, changes and swaps of neighbours (Damerau 1964, as optimal string
  /// alignment); nil when it is further than a third of the letters, at least one. A word that the text begins is near.
  static func find(_ text: String, among words: [String]) -> String? {
    let letters = Array(text.lowercased().unicodeScalars)
    guard !letters.isEmpty, letters.count <= maximumLength else { return nil }
    var best: (word: String, distance: Int)?
    for word in words {
      let found = distance(letters, Array(word.unicodeScalars))
      let allowed = max(1, max(letters.count, word.unicodeScalars.count) / 3)
      if found <= allowed, found < best?.distance ?? .max { best = (word, found) }
    }
    if let best { return best.word }
    let begun = words.filter { letters.count >= 3 && $0.hasPrefix(text.lowercased()) }
    return begun.count == 1 ? begun[0] : nil
  }

  /// Cost: the product of the lengths.
  static func distance(_ from: [Unicode.Scalar], _ to: [Unicode.Scalar]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...to.count)
    for i in from.indices {
      var row = [i + 1]
      for j in to.indices {
        var least = min(row[j] + 1, previous[j + 1] + 1, previous[j] + (from[i] == to[j] ? 0 : 1))
        if i > 0, j > 0, from[i] == to[j - 1], from[i - 1] == to[j] { least = min(least, beforePrevious[j - 1] + 1) }
        row.append(least)
      }
      beforePrevious = previous
      previous = row
    }
    return previous[to.count]
  }
}
