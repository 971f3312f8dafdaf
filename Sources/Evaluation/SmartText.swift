/// One entry of a file in the form of the SMART system, in which Cranfield, CACM, CISI and their like are handed on.
public struct SmartEntry: Hashable, Sendable {
  public let id: String
  /// By letter, in the order of the file: `T` title, `A` authors, `B` source, `W` text, `X` references.
  public fileprivate(set) var sections: [Section] = []

  public struct Section: Hashable, Sendable {
    public let letter: Character
    public fileprivate(set) var text: String
  }

  /// The text of the sections of these letters, joined by spaces.
  public func text(_ letters: String) -> String {
    sections.filter { letters.contains($0.letter) && !$0.text.isEmpty }.map(\.text).joined(separator: " ")
  }

  /// Whether a text begins as such a file does.
  public static func isForm(_ text: some StringProtocol) -> Bool {
    let start = text.utf8.drop { $0 <= 0x20 }
    return start.starts(with: ".I ".utf8) || start.starts(with: ".I\t".utf8)
  }

  /// Reads `.I id`, then sections that each begin with a line of a point and a capital. Other lines belong to the section
  /// before; those before the first section to the text.
  /// - Throws: `EvaluationError` for a line before the first `.I` and for an `.I` without an id.
  public static func read(_ text: String) throws(EvaluationError) -> [SmartEntry] {
    var entries: [SmartEntry] = []
    var lines: [Substring] = []
    // Sections are joined once: each line is copied twice at most.
    func close() {
      guard !entries.isEmpty, let last = entries[entries.count - 1].sections.indices.last else { return }
      entries[entries.count - 1].sections[last].text = lines.joined(separator: " ")
      lines.removeAll(keepingCapacity: true)
    }
    for (number, line) in byteLines(of: text) {
      let bytes = line.utf8
      if bytes.starts(with: ".I ".utf8) || bytes.starts(with: ".I\t".utf8) || line == ".I" {
        close()
        let id = String(decoding: bytes.dropFirst(2).filter { $0 > 0x20 }, as: UTF8.self)
        guard !id.isEmpty else { throw EvaluationError(line: number, expected: ".I and an id", found: String(line)) }
        entries.append(SmartEntry(id: id))
        continue
      }
      guard !entries.isEmpty else {
        throw EvaluationError(line: number, expected: ".I and an id", found: String(line.prefix(60)))
      }
      if let letter = sectionLetter(bytes) {
        close()
        entries[entries.count - 1].sections.append(Section(letter: letter, text: ""))
        continue
      }
      if entries[entries.count - 1].sections.isEmpty {
        entries[entries.count - 1].sections.append(Section(letter: "W", text: ""))
      }
      lines.append(line)
    }
    close()
    return entries
  }

  /// The letter of a line that is a point, a capital and nothing else but spaces.
  private static func sectionLetter(_ line: Substring.UTF8View) -> Character? {
    guard line.first == UInt8(ascii: "."), let letter = line.dropFirst().first,
      letter >= UInt8(ascii: "A"), letter <= UInt8(ascii: "Z"), line.dropFirst(2).allSatisfy({ $0 <= 0x20 })
    else { return nil }
    return Character(Unicode.Scalar(letter))
  }
}

/// The lines of a text with their numbers, without line ends, empty ones too. Cost: one look at each byte.
func byteLines(of text: String) -> [(number: Int, line: Substring)] {
  var found: [(number: Int, line: Substring)] = []
  let bytes = text.utf8
  var start = bytes.startIndex
  var number = 1
  while start < bytes.endIndex {
    let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
    var line = text[start..<end]
    if line.utf8.last == UInt8(ascii: "\r") { line = Substring(line.utf8.dropLast()) }
    found.append((number, line))
    guard end < bytes.endIndex else { break }
    start = bytes.index(after: end)
    number += 1
  }
  return found
}
