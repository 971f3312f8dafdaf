import JSONText
import SearchEngine

/// What a hit for a paragraph shows: the sentences in which something matched, one before them and one behind.
enum PassageContext {
  /// Sentences with a match that are shown at most: with those around them a screen's worth of lines.
  private static let sentences = 3
  /// Bytes of a text shown at most; a longer sentence is cut around its first mark.
  private static let longest = 1_600

  /// - Parameters: the passage's record, and its texts that matched with all their marks.
  /// - Returns: one snippet of the text, and the title where it matched.
  static func snippets(_ members: JSONObject, _ texts: [Snippet]) -> [Snippet] {
    var found: [Snippet] = []
    let own = texts.first { $0.field == "text" }
    let text = own?.text ?? members["text"]?.stringValue ?? ""
    if !text.isEmpty { found.append(cut(text, own?.marks ?? [])) }
    return found + texts.filter { $0.field != "text" && !$0.marks.isEmpty }
  }

  /// The best run of sentences: from the first of those with the most different marks on.
  private static func cut(_ text: String, _ marks: [Range<Int>]) -> Snippet {
    let sentences = TextSentences.ranges(of: text)
    let bytes = Array(text.utf8)
    var best = 0
    var bestEnd = 0
    var bestScore = -1
    for start in sentences.indices {
      let run = start..<min(start + Self.sentences, sentences.count)
      guard marks.contains(where: { $0.overlaps(sentences[start]) }) else { continue }
      // Different texts of marks say more than the same word again.
      var seen: Set<[UInt8]> = []
      var count = 0
      var last = start
      for place in run {
        for mark in marks where mark.overlaps(sentences[place]) {
          if seen.insert(bytes[mark].map { $0 | 0x20 }).inserted { last = place }
          count += 1
        }
      }
      let score = seen.count * 64 + min(count, 63) - (last - start)
      if score > bestScore { (best, bestEnd, bestScore) = (start, last, score) }
    }
    guard !sentences.isEmpty else { return Snippet(field: "text", paragraph: nil, text: text, marks: marks) }
    let first = max(0, best - 1)
    let last = min(sentences.count - 1, bestEnd + 1)
    var range = sentences[first].lowerBound..<sentences[last].upperBound
    if range.count > longest {
      let core = marks.first { $0.overlaps(sentences[best]) }?.lowerBound ?? range.lowerBound
      range =
        border(
          bytes, max(range.lowerBound, core - longest / 3))..<border(
          bytes, min(range.upperBound, core + longest * 2 / 3))
    }
    while range.count > 0, let end = bytes[range].last, end == 0x20 || end == 0x0A || end == 0x0D {
      range = range.lowerBound..<range.upperBound - 1
    }
    let inside = marks.filter { $0.lowerBound >= range.lowerBound && $0.upperBound <= range.upperBound }
    return Snippet(
      field: "text", paragraph: nil, text: String(decoding: bytes[range], as: UTF8.self),
      marks: inside.map { $0.lowerBound - range.lowerBound..<$0.upperBound - range.lowerBound })
  }

  /// The first border of a scalar at or behind a byte.
  private static func border(_ bytes: [UInt8], _ offset: Int) -> Int {
    var offset = offset
    while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
    return offset
  }
}
