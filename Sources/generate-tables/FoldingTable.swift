/// The first simplified form of each traditional character, from OpenCC's TSCharacters.txt.
struct TraditionalToSimplified {
  private var forms: [Int: Int] = [:]

  init(path: String) {
    for line in UnicodeSource.read("cat '\(path)'").split(separator: "\n") {
      let fields = line.split(separator: "\t")
      guard fields.count == 2, let from = fields[0].unicodeScalars.first,
        let target = fields[1].split(separator: " ").first?.unicodeScalars.first
      else { continue }
      forms[Int(from.value)] = Int(target.value)
    }
    guard forms.count > 3000 else { stop("too few lines in \(path)") }
  }

  func callAsFunction(_ code: Int) -> Int { forms[code] ?? code }
}

/// Folds one character to a sequence, and puts each character in a class.
struct FoldingTable {
  private let database: CharacterDatabase
  private let simplified: TraditionalToSimplified

  /// Scripts whose nonspacing marks are diacritics or optional points, dropped by folding.
  private static let droppedMarkScripts: Set<String> = [
    "Inherited", "Common", "Latin", "Greek", "Cyrillic", "Hebrew", "Arabic", "Syriac",
  ]
  /// Scripts written without spaces between words: indexed as pairs of characters.
  private static let pairScripts: Set<String> = [
    "Han", "Hiragana", "Katakana", "Hangul", "Bopomofo", "Yi", "Thai", "Lao", "Khmer", "Myanmar",
  ]
  /// Characters closed up inside a word: apostrophes, the Hebrew gershayim, the Catalan middle dot.
  private static let closedUp: Set<Int> = [0x27, 0x2018, 0x2019, 0x201B, 0xFF07, 0x5F3, 0x5F4, 0xB7, 0x387]

  init(_ database: CharacterDatabase, _ simplified: TraditionalToSimplified) {
    self.database = database
    self.simplified = simplified
  }

  private func isDroppedMark(_ code: Int) -> Bool {
    let category = database.category(code)
    return (category == "Mn" || category == "Me") && Self.droppedMarkScripts.contains(database.script(code))
  }

  /// The folded form: decomposed, case folded, marks dropped, simplified; repeated until nothing changes.
  func folded(_ code: Int) -> [Int] {
    // Syllables of Hangul and voiced kana stay composed: their parts are letters, not diacritics.
    let script = database.script(code)
    if database.category(code) == "Lo", script == "Hangul" || script == "Hiragana" || script == "Katakana",
      !(0xFF00...0xFFEF).contains(code)
    {
      return [code]
    }
    var current = [code]
    for _ in 0..<4 {
      let next = current.flatMap { database.decomposed($0) }
        .flatMap { database.caseFold($0) }
        .flatMap { database.decomposed($0) }
        .filter { !isDroppedMark($0) }
        .map { simplified($0) }
        .map { code in database.digit(code).map { $0 + 0x30 } ?? code }
        .map { $0 == 0x2044 ? 0x2F : $0 }
      if next == current { break }
      current = next
    }
    return current
  }

  /// The order is that of `CharacterClass` in TextAnalysis.
  func characterClass(_ code: Int) -> Int {
    let (other, letter, digit, dropped, pair, closed) = (0, 1, 2, 3, 4, 5)
    if Self.closedUp.contains(code) { return closed }
    let category = database.category(code)
    let script = database.script(code)
    if Self.pairScripts.contains(script) {
      switch category.first {
      case "L", "M", "N": return pair
      default: break
      }
    }
    // The sound marks of halfwidth and fullwidth kana, the ideographic repeat marks.
    if [0x30FC, 0xFF70, 0xFF9E, 0xFF9F, 0x3099, 0x309A, 0x3031, 0x3032, 0x3033, 0x3034, 0x3035].contains(code) {
      return pair
    }
    if isDroppedMark(code) { return dropped }
    if category == "Cf" { return [4, 5, 7].contains(database.wordBreak(code) & 31) ? dropped : other }
    switch category {
    case "Lu", "Ll", "Lt", "Lm", "Lo", "Nl", "Mn", "Mc", "Me": return letter
    case "Nd", "No":
      return folded(code).contains { database.script($0) == "Han" } ? pair : digit
    case "So", "Sk", "Sm":
      // Units and signs that stand for letters; the trade mark signs add nothing to a word.
      if [0xA9, 0xAE, 0x2120, 0x2122].contains(code) { return other }
      let form = folded(code)
      guard form != [code], let first = form.first(where: { $0 != 0x28 }) else { return other }
      if database.script(first) == "Han" || database.script(first) == "Katakana" { return pair }
      return database.category(first).first == "L" ? letter : other
    default: return other
    }
  }

  var parts: [TablePart] {
    var pool: [UInt32] = []
    var offset = 0
    var known: [[Int]: Int] = [:]
    func entry(_ form: [Int]) -> Int {
      if let found = known[form] { return found }
      let text = String(String.UnicodeScalarView(form.compactMap { Unicode.Scalar(UInt32($0)) }))
      guard text.utf8.count < 64 else { stop("fold too long: \(form)") }
      let number = offset + 1
      known[form] = number
      pool.append(UInt32(text.utf8.count) + 48)
      pool += text.unicodeScalars.map(\.value)
      offset += 1 + text.utf8.count
      return number
    }
    let table = TwoStage(width: 3, blockBits: 5) { code in
      guard characterClass(code) != 0, !(0xD800...0xDFFF).contains(code) else { return 0 }
      // Only letters, digits and the slash of fractions survive: spaces and brackets of forms such as U+3220 go.
      let form = folded(code).filter { characterClass($0) != 0 || $0 == 0x2F }
      return form == [code] ? 0 : entry(form)
    }
    return table.parts + [
      TablePart(
        name: "pool", summary: "Folded forms in UTF-8, each after its number of bytes as a digit.", scalars: pool)
    ]
  }
}
