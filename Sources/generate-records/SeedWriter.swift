#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Writes the generated part of the sample collection: the same shape as large collections, plain words only, and several
/// formats among the files. What is written by hand (special cases, directives as pages, queries, mappings) stays as it is.
struct SeedWriter {
  static let enterpriseCount = 330
  static let inspectionCount = 1650
  static let directiveCount = 20
  /// Directives below this number are written by hand.
  static let firstDirective = 101
  /// 2007, the year of the campaign, is the seed of the sample collection.
  static let seed: UInt64 = 2007

  private let bank = Bank()

  func write(to folder: String) throws(FileFailure) {
    mkdir(folder, 0o755)
    let enterprises = EnterpriseFactory(bank: bank, seed: Self.seed, idDigits: 4)
    var line = JSONLine()
    let files = try ByteOutput(folder + "/enterprises.jsonl")
    for ordinal in 0..<Self.enterpriseCount {
      line.write(enterprises.enterprise(ordinal), bank, withKind: false)
      try files.write(line.bytes)
    }
    try files.finish()
    try writeInspections(enterprises, to: folder)
    let directives = DirectiveFactory(
      bank: bank, seed: Self.seed, idDigits: 4, firstNumber: Self.firstDirective, growsVocabulary: false)
    let pages = try ByteOutput(folder + "/directives.jsonl")
    for ordinal in 0..<Self.directiveCount {
      line.write(directives.directive(ordinal), withKind: true)
      try pages.write(line.bytes)
    }
    try pages.finish()
    try write(ProductTree.text(bank), folder + "/thesaurus.txt")
    try write(TargetList.text(bank), folder + "/targets.json")
  }

  /// One year a file: a JSON array, a table with Chinese headers and its violations in a second table, JSON lines, and JSON
  /// lines in UTF-16.
  private func writeInspections(_ enterprises: EnterpriseFactory, to folder: String) throws(FileFailure) {
    let factory = InspectionFactory(
      enterprises: enterprises, enterpriseCount: Self.enterpriseCount, count: Self.inspectionCount, idDigits: 4,
      growsVocabulary: false)
    let array = try ByteOutput(folder + "/inspections-2005.json")
    let table = try ByteOutput(folder + "/inspections-2006.csv")
    let violations = try ByteOutput(folder + "/violations-2006.csv")
    let lines = try ByteOutput(folder + "/inspections-2007.jsonl")
    let wide = try ByteOutput(folder + "/inspections-2008.jsonl", utf16: true)
    try table.write(InspectionTable.header)
    try violations.write(InspectionTable.violationHeader)
    var line = JSONLine()
    var text: [UInt8] = []
    var isFirst = true
    for ordinal in 0..<Self.inspectionCount {
      let note = factory.note(ordinal, into: &text)
      line.write(note, withKind: false)
      switch note.day.parts.year {
      case 2005:
        try array.write((isFirst ? "[\n" : ",\n") + String(decoding: line.bytes.dropLast(), as: UTF8.self))
        isFirst = false
      case 2006:
        try table.write(InspectionTable.row(note))
        try violations.write(InspectionTable.violationRows(note))
      case 2007: try lines.write(line.bytes)
      default: try wide.write(line.bytes)
      }
    }
    try array.write("\n]\n")
    for output in [array, table, violations, lines, wide] { try output.finish() }
  }

  private func write(_ text: String, _ path: String) throws(FileFailure) {
    let output = try ByteOutput(path)
    try output.write(text)
    try output.finish()
  }
}
