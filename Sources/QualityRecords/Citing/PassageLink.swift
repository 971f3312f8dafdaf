import Digests
import JSONText

/// A link to a paragraph that survives a re-issue: its number and a fingerprint of its words.
///
///     dir-0001#p3~K7Q2M-…        5 characters: a digest of all words; finds the same text wherever it moved to
///                     7          1 character: how many words, modulo 32
///                      0G2…      12 characters: an odd sketch of the words; finds a text that changed a little, and tells
///                                about how many words differ
///
/// The odd sketch (Mitzenmacher, Pagh, Pham: Efficient estimation for high similarities using odd sketches, 2014) is 60
/// bits; each word flips one. Two texts differ in about as many bits as words are in one of them alone, fewer as bits
/// collide: n = −m/2 · ln(1 − 2z/m).
public struct PassageLink: Hashable, Sendable {
  static let shortLength = 5
  static let sketchBits = 60
  static let fullLength = shortLength + 1 + sketchBits / 5
  /// Bits that may differ for a changed text to count as the same paragraph: unrelated texts differ in about 30 of 60.
  static let largestDifference = 20

  var number: Int
  var digest: String
  /// The number of words modulo 32, and the sketch; nil of a short link.
  var sketch: (length: Int, bits: UInt64)?

  public static func == (left: Self, right: Self) -> Bool { left.number == right.number && left.text == right.text }
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }

  /// The link of a paragraph's text. Linear.
  init(number: Int, text: String) {
    self.number = number
    let words = TextWord.all(in: text)
    let bytes = SHA256.digest(words.map(\.folded).joined(separator: "\u{1}").utf8)
    digest = String(Base32.encode(bytes.prefix(4)).prefix(Self.shortLength))
    var bits: UInt64 = 0
    var seen: [String: UInt64] = [:]
    for word in words {
      // The second occurrence of a word is a word of its own: else pairs would vanish.
      let count = seen[word.folded, default: 0]
      seen[word.folded] = count + 1
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ count
      for byte in word.folded.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
      hash = (hash ^ hash >> 32) &* 0x9E37_79B9_7F4A_7C15
      bits ^= 1 << ((hash >> 32) % UInt64(Self.sketchBits))
    }
    sketch = (words.count % 32, bits)
  }

  /// Reads the characters behind the tilde, short or full; dashes and case do not matter. Nil for anything else.
  init?(number: Int, fingerprint: String) {
    let text = fingerprint.uppercased().filter { $0 != "-" }
    guard text.count == Self.shortLength || text.count == Self.fullLength else { return nil }
    var values: [UInt64] = []
    for character in text.utf8 {
      guard let value = Self.value(character) else { return nil }
      values.append(value)
    }
    self.number = number
    digest = String(decoding: values.prefix(Self.shortLength).map { Self.alphabet[Int($0)] }, as: UTF8.self)
    guard values.count == Self.fullLength else { return }
    sketch = (Int(values[Self.shortLength]), values.dropFirst(Self.shortLength + 1).reduce(0) { $0 << 5 | $1 })
  }

  /// Crockford's, as receipts use it.
  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

  private static func value(_ character: UInt8) -> UInt64? {
    switch character {
    case UInt8(ascii: "O"): 0
    case UInt8(ascii: "I"), UInt8(ascii: "L"): 1
    default: alphabet.firstIndex(of: character).map { UInt64($0) }
    }
  }

  /// The characters behind the tilde.
  var text: String {
    guard let sketch else { return digest }
    var bytes = [Self.alphabet[sketch.length & 31]]
    for shift in stride(from: Self.sketchBits - 5, through: 0, by: -5) {
      bytes.append(Self.alphabet[Int(sketch.bits >> UInt64(shift) & 31)])
    }
    return digest + "-" + String(decoding: bytes, as: UTF8.self)
  }

  /// What became of the paragraph that a link was made of.
  public struct Outcome: Hashable, Sendable {
    public enum Status: String, Sendable { case same, moved, changed, movedAndChanged = "moved-and-changed", unknown }

    public var status: Status
    /// The number in the link, and the number now.
    public var was: Int
    public var now: Int
    /// About how many words differ; nil where that is not known, 0 for the same text.
    public var wordsDiffer: Int?

    /// `was ¶3, now ¶4; about 2 words differ`.
    public func description(mark: String = "¶") -> String {
      var parts: [String] = []
      if was != now { parts.append("was \(mark)\(was), now \(mark)\(now)") }
      switch wordsDiffer {
      case nil: parts.append("the text is not the one that was cited")
      case 0: if parts.isEmpty { parts.append("unchanged") }
      case 1: parts.append("about 1 word differs")
      case let count?: parts.append("about \(count) words differ")
      }
      return parts.joined(separator: "; ")
    }

    func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.member("status", status.rawValue)
      writer.member("was", was)
      writer.member("now", now)
      writer.name("wordsDiffer")
      if let wordsDiffer { writer.int(wordsDiffer) } else { writer.null() }
      writer.member("message", description())
      writer.endObject()
    }
  }

  /// Where the paragraph is now: the same words nearest to the old place, else the text that differs least, else whatever
  /// has the number.
  /// - Throws: `no-such-id` where nothing is like it and the number is gone.
  func resolve(in outline: DirectiveOutline) throws(QualityError) -> (DirectiveOutline.Entry, Outcome) {
    let links = outline.entries.map { ($0, PassageLink(number: $0.number, text: $0.text)) }
    let same = links.filter { $0.1.digest == digest }
    if let (entry, _) = same.min(by: { distance($0.0) < distance($1.0) }) {
      return (entry, outcome(entry, changed: false, 0))
    }
    if let sketch {
      var best: (entry: DirectiveOutline.Entry, bits: Int, length: Int)?
      for (entry, link) in links {
        guard let other = link.sketch else { continue }
        let bits = (other.bits ^ sketch.bits).nonzeroBitCount
        // Of a short text few bits are set at all: a third of them must agree.
        let most = max(other.bits.nonzeroBitCount, sketch.bits.nonzeroBitCount) * 2 / 3
        guard bits <= min(Self.largestDifference, most) else { continue }
        if best == nil || (bits, distance(entry)) < (best?.bits ?? 0, best.map { distance($0.entry) } ?? 0) {
          best = (entry, bits, other.length)
        }
      }
      if let best {
        // Words of one text alone, by the sketch; of these, how many more one text has than the other, by their lengths.
        let alone = Self.estimate(best.bits)
        var longer = (best.length - sketch.length + 32) % 32
        if longer > 16 { longer = 32 - longer }
        return (best.entry, outcome(best.entry, changed: true, max(1, (alone + longer) / 2)))
      }
    }
    guard let entry = outline.entry(number) else {
      throw QualityError(
        "no-such-id", "\(outline.id) has \(outline.entries.count) paragraphs, and none of them is like the one cited",
        hint: "dossier show \(outline.id)")
    }
    return (entry, Outcome(status: .unknown, was: number, now: number, wordsDiffer: nil))
  }

  private func distance(_ entry: DirectiveOutline.Entry) -> Int { abs(entry.number - number) }

  private func outcome(_ entry: DirectiveOutline.Entry, changed: Bool, _ words: Int) -> Outcome {
    let moved = entry.number != number
    let status: Outcome.Status = changed ? (moved ? .movedAndChanged : .changed) : moved ? .moved : .same
    return Outcome(status: status, was: number, now: entry.number, wordsDiffer: words)
  }

  /// −m/2 · ln(1 − 2z/m) for m of 60 and z up to ``largestDifference``, rounded.
  private static let estimates = [0, 1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 14, 15, 17, 19, 21, 23, 25, 27, 30, 33]

  private static func estimate(_ bits: Int) -> Int { estimates.indices.contains(bits) ? estimates[bits] : bits * 2 }
}
