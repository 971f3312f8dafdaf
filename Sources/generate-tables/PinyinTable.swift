/// The first Mandarin reading of each ideograph, its tone mark dropped, from the Unihan Database (kMandarin).
struct PinyinTable {
  private var readings: [Int: String] = [:]

  init(path: String) {
    let plain: [Character: Character] = [
      "ā": "a", "á": "a", "ǎ": "a", "à": "a", "ē": "e", "é": "e", "ě": "e", "è": "e", "ê": "e", "ī": "i", "í": "i",
      "ǐ": "i", "ì": "i", "ō": "o", "ó": "o", "ǒ": "o", "ò": "o", "ū": "u", "ú": "u", "ǔ": "u", "ù": "u", "ü": "v",
      "ǖ": "v", "ǘ": "v", "ǚ": "v", "ǜ": "v", "ń": "n", "ň": "n", "ǹ": "n", "ḿ": "m",
    ]
    let command = path.hasSuffix(".bz2") ? "bzip2 -dc '\(path)'" : "cat '\(path)'"
    for line in UnicodeSource.read(command).split(separator: "\n") {
      let fields = line.split(separator: "\t")
      guard fields.count == 3, fields[1] == "kMandarin", let code = Int(fields[0].dropFirst(2), radix: 16),
        let reading = fields[2].split(separator: " ").first
      else { continue }
      let letters = String(reading.map { plain[$0] ?? $0 })
      guard letters.utf8.allSatisfy({ (97...122).contains($0) }) else { continue }
      readings[code] = letters
    }
    guard readings.count > 20_000 else { stop("too few readings in \(path)") }
  }

  var parts: [TablePart] {
    let syllables = Set(readings.values).sorted()
    let pool = syllables.flatMap { text -> [UInt32] in
      let padded = text.unicodeScalars.map(\.value)
      return padded + Array(repeating: 0x20, count: 6 - padded.count)
    }
    let numbers = Dictionary(uniqueKeysWithValues: zip(syllables, 1...))
    let table = TwoStage(width: 2, blockBits: 5) { code in readings[code].flatMap { numbers[$0] } ?? 0 }
    return table.parts + [
      TablePart(name: "pool", summary: "Syllables, six bytes each, padded with spaces.", scalars: pool)
    ]
  }
}
