/// The properties of the Unicode Character Database that the tables are made of.
struct CharacterDatabase {
  static let limit = 0x110000

  private var categories = [String](repeating: "Cn", count: limit)
  private var scripts: [Int: String] = [:]
  private var decompositions: [Int: [Int]] = [:]
  private var caseFolds: [Int: [Int]] = [:]
  private var digits: [Int: Int] = [:]
  private var wordBreaks = [UInt8](repeating: 0, count: limit)
  private var sentenceBreaks = [UInt8](repeating: 0, count: limit)

  /// The order is that of `WordBreakClass` in TextAnalysis.
  static let wordBreakNames = [
    "Other", "CR", "LF", "Newline", "Extend", "ZWJ", "Regional_Indicator", "Format", "Katakana", "Hebrew_Letter",
    "ALetter", "Single_Quote", "Double_Quote", "MidNumLet", "MidLetter", "MidNum", "Numeric", "ExtendNumLet",
    "WSegSpace",
  ]
  /// The order is that of `SentenceBreakClass` in TextAnalysis.
  static let sentenceBreakNames = [
    "Other", "CR", "LF", "Extend", "Sep", "Format", "Sp", "Lower", "Upper", "OLetter", "Numeric", "ATerm",
    "SContinue", "STerm", "Close",
  ]

  init(_ source: UnicodeSource) {
    var first: Int?
    for fields in source.lines("UnicodeData.txt") {
      guard fields.count > 8, let code = Int(fields[0], radix: 16) else { continue }
      if fields[1].hasSuffix("First>") { first = code }
      for each in (first ?? code)...code where first == nil || fields[1].hasSuffix("Last>") {
        categories[each] = fields[2]
      }
      if fields[1].hasSuffix("Last>") { first = nil }
      if !fields[5].isEmpty {
        let mapping = fields[5].split(separator: ">").last ?? ""
        decompositions[code] = UnicodeSource.sequence(mapping)
      }
      if fields[2] == "Nd", let digit = Int(fields[6]) { digits[code] = digit }
    }
    for fields in source.lines("Scripts.txt") {
      for code in UnicodeSource.range(fields[0]) { scripts[code] = fields[1] }
    }
    for fields in source.lines("CaseFolding.txt") where fields[1] == "C" || fields[1] == "F" {
      if let code = Int(fields[0], radix: 16) { caseFolds[code] = UnicodeSource.sequence(fields[2]) }
    }
    for fields in source.lines("WordBreakProperty.txt") {
      guard let value = Self.wordBreakNames.firstIndex(of: fields[1]) else { stop("unknown Word_Break \(fields[1])") }
      for code in UnicodeSource.range(fields[0]) { wordBreaks[code] = UInt8(value) }
    }
    for fields in source.lines("SentenceBreakProperty.txt") {
      guard let value = Self.sentenceBreakNames.firstIndex(of: fields[1]) else {
        stop("unknown Sentence_Break \(fields[1])")
      }
      for code in UnicodeSource.range(fields[0]) { sentenceBreaks[code] = UInt8(value) }
    }
    for fields in source.lines("emoji-data.txt") where fields[1] == "Extended_Pictographic" {
      for code in UnicodeSource.range(fields[0]) { wordBreaks[code] += 32 }
    }
  }

  func wordBreak(_ code: Int) -> Int { Int(wordBreaks[code]) }
  func sentenceBreak(_ code: Int) -> Int { Int(sentenceBreaks[code]) }
  func category(_ code: Int) -> String { categories[code] }
  func script(_ code: Int) -> String { scripts[code] ?? "Unknown" }
  func caseFold(_ code: Int) -> [Int] { caseFolds[code] ?? [code] }
  func digit(_ code: Int) -> Int? { digits[code] }

  /// Full compatibility decomposition (NFKD without reordering, which dropping the marks makes needless).
  func decomposed(_ code: Int) -> [Int] {
    guard let parts = decompositions[code] else { return [code] }
    return parts.flatMap { decomposed($0) }
  }
}
