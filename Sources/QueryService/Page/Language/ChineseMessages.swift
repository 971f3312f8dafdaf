/// Messages of the jobs in Chinese. The jobs say what they have to say in English, to programs and to people alike; here are
/// the forms of these messages, with holes, and how each reads in Chinese.
///
/// A message that has no form here stays as it is, and is marked as English; `ChineseMessagesTests` looks for such ones.
struct ChineseMessages: Sendable {
  /// One form: what stands between its holes, in English, and its Chinese with `{0}`, `{1}`.
  struct Form: Sendable {
    let pieces: [[UInt8]]
    let chinese: String

    /// Bytes that are no holes: of two forms that fit, the one that says more is meant.
    var weight: Int { pieces.reduce(0) { $0 + $1.count } }
  }

  static let shared = ChineseMessages([queries, answers, scores])

  let forms: [Form]
  /// Words that fill holes: names of kinds, of units.
  private let words: [String: String]

  /// What stands between a form and its Chinese, in the tables.
  static let divider = " ⇒ "
  /// Messages are short; what is longer holds data.
  private static let longest = 4_096
  /// Parts of a message at most, joined by semicolons.
  private static let mostParts = 12

  init(_ tables: [StaticString]) {
    var forms: [Form] = []
    var words: [String: String] = [:]
    for table in tables {
      let text = table.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }
      for line in text.split(separator: "\n") {
        guard let place = line.firstRange(of: Self.divider) else { continue }
        let english = String(line[..<place.lowerBound])
        let chinese = String(line[place.upperBound...])
        if english.hasPrefix("=") {
          words[String(english.dropFirst())] = chinese
        } else {
          forms.append(Form(pieces: Self.pieces(english), chinese: chinese))
        }
      }
    }
    self.forms = forms.sorted { $0.weight > $1.weight }
    self.words = words
  }

  /// A message in Chinese; nil where it has no form here. Cost: its length times the number of forms that begin as it does.
  func text(_ message: String) -> String? {
    guard message.utf8.count <= Self.longest else { return nil }
    if let word = words[message] { return word }
    if let whole = filled(message, allowsParts: false) { return whole }
    return parts(message) ?? filled(message, allowsParts: true)
  }

  /// Sentences that are joined by semicolons, each by itself; the longest that fits first.
  private func parts(_ message: String) -> String? {
    let parts = message.split(separator: "; ", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1, parts.count <= Self.mostParts else { return nil }
    var result: [String] = []
    var start = 0
    while start < parts.count {
      var end = parts.count
      if start == 0 { end -= 1 }
      var found: String?
      while end > start, found == nil {
        let part = parts[start..<end].joined(separator: "; ")
        found = words[part] ?? filled(part, allowsParts: false)
        if found == nil { end -= 1 }
      }
      guard let found else { return nil }
      result.append(found)
      start = end
    }
    return result.joined(separator: "；")
  }

  private func filled(_ message: String, allowsParts: Bool) -> String? {
    let bytes = Array(message.utf8)
    for form in forms {
      guard let holes = Self.holes(of: bytes, form.pieces) else { continue }
      let texts = holes.map { String(decoding: bytes[$0], as: UTF8.self) }
      guard allowsParts || !texts.contains(where: { $0.firstRange(of: "; ") != nil }) else { continue }
      return fill(form.chinese, texts)
    }
    return nil
  }

  private func fill(_ chinese: String, _ holes: [String]) -> String {
    var result = ""
    var rest = Substring(chinese)
    while let open = rest.firstIndex(of: "{") {
      let behind = rest.index(after: open)
      guard let close = rest[behind...].firstIndex(of: "}"), let number = Int(rest[behind..<close]),
        holes.indices.contains(number)
      else {
        // A brace that is text.
        result += rest[...open]
        rest = rest[behind...]
        continue
      }
      result += rest[..<open] + filling(holes[number])
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }

  /// What fills a hole: a known word, a sentence of its own, else as it is.
  private func filling(_ text: String) -> String {
    if let word = words[text] { return word }
    // A sentence inside another: not one that is all hole.
    if text.utf8.count > 12, text.firstIndex(of: " ") != nil, let inner = filled(text, allowsParts: false) {
      return inner
    }
    return text
  }

  /// The text between holes, `{0}` and so on in the order of the English.
  private static func pieces(_ english: String) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    var piece: [UInt8] = []
    let bytes = Array(english.utf8)
    var place = 0
    while place < bytes.count {
      if place + 2 < bytes.count, bytes[place] == UInt8(ascii: "{"), bytes[place + 2] == UInt8(ascii: "}"),
        (0x30...0x39).contains(bytes[place + 1]), bytes[place + 1] - 0x30 == UInt8(pieces.count)
      {
        pieces.append(piece)
        piece = []
        place += 3
      } else {
        piece.append(bytes[place])
        place += 1
      }
    }
    pieces.append(piece)
    return pieces
  }

  /// Where the holes of a form are in a text; nil where it does not fit. No hole is empty.
  private static func holes(of bytes: [UInt8], _ pieces: [[UInt8]]) -> [Range<Int>]? {
    guard let first = pieces.first, let last = pieces.last, bytes.starts(with: first) else { return nil }
    if pieces.count == 1 { return bytes.count == first.count ? [] : nil }
    guard bytes.count >= first.count + last.count, bytes[(bytes.count - last.count)...].elementsEqual(last) else {
      return nil
    }
    let end = bytes.count - last.count
    var holes: [Range<Int>] = []
    var place = first.count
    for piece in pieces.dropFirst().dropLast() {
      // Two holes side by side: the first takes one character.
      guard var found = find(piece, in: bytes, from: place + 1, to: end) else { return nil }
      if piece.last == UInt8(ascii: "(") {
        // Brackets of messages hold numbers; those before may be a name's.
        var next: Int? = found
        while let start = next, start + piece.count >= end || !isDigit(bytes[start + piece.count]) {
          next = find(piece, in: bytes, from: start + 1, to: end)
        }
        found = next ?? found
      }
      holes.append(place..<found)
      place = found + piece.count
    }
    guard place < end else { return nil }
    holes.append(place..<end)
    return holes
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  private static func find(_ needle: [UInt8], in bytes: [UInt8], from start: Int, to end: Int) -> Int? {
    guard let first = needle.first else { return start <= end ? start : nil }
    var place = start
    while place + needle.count <= end {
      if bytes[place] == first, bytes[place..<place + needle.count].elementsEqual(needle) { return place }
      place += 1
    }
    return nil
  }
}
