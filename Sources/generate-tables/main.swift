// Writes the Unicode, folding and pinyin tables of TextAnalysis as Swift source.
//
//   generate-tables --ucd DIR --t2s FILE --pinyin FILE --out Sources/TextAnalysis/Tables
//
// DIR holds the files of the Unicode Character Database (plain or .gz), FILE after --t2s is OpenCC's
// TSCharacters.txt, FILE after --pinyin is Unihan_Readings.txt (plain or .bz2).

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

func stop(_ message: String) -> Never {
  print("generate-tables: \(message)")
  exit(2)
}

var options: [String: String] = [:]
var arguments = CommandLine.arguments.dropFirst()
while let name = arguments.popFirst() {
  guard name.hasPrefix("--"), let value = arguments.popFirst() else {
    stop("expected --ucd DIR --t2s FILE --pinyin FILE --out DIR, found '\(name)'")
  }
  options[String(name.dropFirst(2))] = value
}
guard let ucd = options["ucd"], let traditional = options["t2s"], let readings = options["pinyin"],
  let out = options["out"]
else { stop("expected --ucd DIR --t2s FILE --pinyin FILE --out DIR") }

let source = UnicodeSource(directory: ucd)
let database = CharacterDatabase(source)
let unicodeNotice = "Unicode Character Database 15.0.0, (c) 1991-2022 Unicode, Inc., Unicode License v3"
let writer = TableWriter(directory: out)

writer.write(
  "WordBreakTable", notice: unicodeNotice,
  summary: "Word_Break property, plus 32 where Extended_Pictographic (UAX #29).",
  parts: TwoStage(width: 1, blockBits: 5) { database.wordBreak($0) }.parts)
writer.write(
  "SentenceBreakTable", notice: unicodeNotice, summary: "Sentence_Break property (UAX #29).",
  parts: TwoStage(width: 1, blockBits: 5) { database.sentenceBreak($0) }.parts)

let simplified = TraditionalToSimplified(path: traditional)
let folding = FoldingTable(database, simplified)
writer.write(
  "CharacterClassTable", notice: unicodeNotice, summary: "Class of a character for tokenising.",
  parts: TwoStage(width: 1, blockBits: 5) { folding.characterClass($0) }.parts)
writer.write(
  "FoldingTable",
  notice: unicodeNotice + "; Traditional to Simplified after OpenCC's TSCharacters, Apache License 2.0",
  summary: "Case, width, compatibility, diacritic and Traditional to Simplified folding of one character.",
  parts: folding.parts)

let pinyin = PinyinTable(path: readings)
writer.write(
  "PinyinTable", notice: "Unihan Database 15.0.0 (kMandarin), (c) 1991-2022 Unicode, Inc., Unicode License v3",
  summary: "The first Mandarin reading of a character, without tone.", parts: pinyin.parts)
