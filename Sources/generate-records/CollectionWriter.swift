#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Writes collections of any size, record by record: memory does not grow with them.
struct CollectionWriter {
  let seed: UInt64
  let bank = Bank()

  /// Digits that hold every number up to `count`, at least four.
  static func digits(_ count: Int) -> Int { max(4, String(count).count) }

  func enterprises(_ count: Int) -> EnterpriseFactory {
    EnterpriseFactory(bank: bank, seed: seed, idDigits: Self.digits(count))
  }

  func inspections(_ count: Int, of enterpriseCount: Int) -> InspectionFactory {
    InspectionFactory(
      enterprises: enterprises(enterpriseCount), enterpriseCount: enterpriseCount, count: count,
      idDigits: Self.digits(count), growsVocabulary: true)
  }

  func directives(_ count: Int) -> DirectiveFactory {
    DirectiveFactory(bank: bank, seed: seed, idDigits: Self.digits(count), firstNumber: 1, growsVocabulary: true)
  }

  func writeEnterprises(_ count: Int, to path: String, truth: inout CoverageTruth) throws(FileFailure) {
    let factory = enterprises(count)
    let output = try ByteOutput(path)
    var line = JSONLine()
    for ordinal in 0..<count {
      let enterprise = factory.enterprise(ordinal)
      truth.add(enterprise)
      line.write(enterprise, bank, withKind: true)
      try output.write(line.bytes)
    }
    try output.finish()
  }

  func writeInspections(_ count: Int, of enterpriseCount: Int, to path: String, truth: inout CoverageTruth)
    throws(FileFailure)
  {
    let factory = inspections(count, of: enterpriseCount)
    let output = try ByteOutput(path)
    var line = JSONLine()
    var text: [UInt8] = []
    for ordinal in 0..<count {
      let note = factory.note(ordinal, into: &text)
      truth.add(note)
      line.write(note, withKind: true)
      try output.write(line.bytes)
    }
    try output.finish()
  }

  func writeDirectives(_ count: Int, to path: String) throws(FileFailure) {
    let factory = directives(count)
    let output = try ByteOutput(path)
    var line = JSONLine()
    for ordinal in 0..<count {
      line.write(factory.directive(ordinal), withKind: true)
      try output.write(line.bytes)
    }
    try output.finish()
  }

  /// A folder with `enterprises.jsonl`, `inspections.jsonl`, `directives.jsonl`, `truth.json` and the files that make it a
  /// collection.
  func writeCollection(enterprises: Int, inspections: Int, directives: Int, to folder: String) throws(FileFailure) {
    mkdir(folder, 0o755)
    var truth = CoverageTruth()
    try writeEnterprises(enterprises, to: folder + "/enterprises.jsonl", truth: &truth)
    try writeInspections(inspections, of: enterprises, to: folder + "/inspections.jsonl", truth: &truth)
    try writeDirectives(directives, to: folder + "/directives.jsonl")
    let description = """
      {
        "name": "generated, seed \(seed)",
        "files": [
          {"path": "enterprises.jsonl", "kind": "enterprise"},
          {"path": "inspections.jsonl", "kind": "inspection"},
          {"path": "directives.jsonl", "kind": "directive"}
        ],
        "thesaurus": "thesaurus.txt",
        "targets": "targets.json"
      }

      """
    try write(description, folder + "/collection.json")
    try write(ProductTree.text(bank), folder + "/thesaurus.txt")
    try write(TargetList.text(bank), folder + "/targets.json")
    let json = truth.json(enterprises: enterprises, inspections: inspections, directives: directives, seed: seed)
    try write(json, folder + "/truth.json")
    try ByteOutput.toStandardError(json)
  }

  func write(_ text: String, _ path: String) throws(FileFailure) {
    let output = try ByteOutput(path)
    try output.write(text)
    try output.finish()
  }
}
