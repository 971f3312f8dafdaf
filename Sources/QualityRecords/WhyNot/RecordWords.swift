import JSONText
import SearchEngine

/// The words of one record as they are indexed, and what stands where: for looking for what is near.
struct RecordWords: Sendable {
  struct Word: Hashable, Sendable {
    var term: String
    var stem: String?
    var kind: String
    /// As written.
    var text: String
    var position: Int
    /// Place of its text in ``texts``.
    var textNumber: Int
  }

  struct Text: Hashable, Sendable {
    var field: String
    var paragraph: Int?
    var text: String
  }

  let texts: [Text]
  let words: [Word]

  /// Words of a record that are looked at: more are in long directives alone.
  private static let mostWords = 200_000

  /// All texts of a record's members. Linear.
  init(_ members: JSONObject) {
    var texts: [Text] = []
    func walk(_ value: JSONValue, _ field: String, _ paragraph: Int?) {
      switch value {
      case .string(let text): if !text.isEmpty { texts.append(Text(field: field, paragraph: paragraph, text: text)) }
      case .number(let text): texts.append(Text(field: field, paragraph: paragraph, text: text))
      case .array(let values): for value in values { walk(value, field, paragraph) }
      case .object(let object):
        let number = object["n"]?.intValue
        for member in object.members where member.name != "n" {
          walk(member.value, field.isEmpty ? member.name : "\(field).\(member.name)", number ?? paragraph)
        }
      case .bool, .null: break
      }
    }
    for member in members.members where !["kind", "id"].contains(member.name) { walk(member.value, member.name, nil) }
    var words: [Word] = []
    for (number, text) in texts.enumerated() where words.count < Self.mostWords {
      let bytes = Array(text.text.utf8)
      for token in TextTokens.of(text.text) {
        guard token.range.upperBound <= bytes.count else { continue }
        words.append(
          Word(
            term: token.term, stem: token.stem, kind: token.kind,
            text: String(decoding: bytes[token.range], as: UTF8.self), position: token.position, textNumber: number))
      }
    }
    self.texts = texts
    self.words = words
  }

  /// `text`, `¶3`, `violations.text`: where a word stands.
  func place(of word: Word) -> String {
    let text = texts[word.textNumber]
    return text.paragraph.map { "paragraph \($0)" } ?? text.field
  }

  /// Where the exact words of a phrase stand one behind the other.
  func occurrences(of phrase: [String]) -> [Int] {
    guard let first = phrase.first else { return [] }
    var found: [Int] = []
    for (place, word) in words.enumerated() where word.term == first {
      var isWhole = true
      for (step, term) in phrase.enumerated().dropFirst() {
        let wanted = word.position + step
        let near = words[place..<min(place + phrase.count * 4, words.count)]
        if !near.contains(where: { $0.textNumber == word.textNumber && $0.position == wanted && $0.term == term }) {
          isWhole = false
          break
        }
      }
      if isWhole { found.append(place) }
    }
    return found
  }
}
