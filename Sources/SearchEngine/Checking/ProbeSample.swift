import JSONText
import Records
import Storage

/// A small index in memory that holds every structure, and what a probe needs of it: the files to begin from and the terms
/// by which lists are found.
final class ProbeSample: Sendable {
  let files: [FileKind: [UInt8]]
  /// The manifest's file.
  let manifest: [UInt8]
  let documentCount: UInt32
  /// Entries of the dictionary, by which postings are opened.
  let infos: [TermInfo]
  let terms: [[UInt8]]

  /// Records: enough that a common word has a list of a whole block and a tail, and no more: a run reads them all.
  static let wholeBlock = 140
  /// Records of which a run reads all in a tenth of the time: most runs have these.
  static let few = 12
  private static let words = [
    "lead", "paint", "painted", "toys", "inspection", "甲醛", "家具", "GB", "6675-2014", "formaldehyde", "board",
  ]

  /// - Parameter recordCount: ``wholeBlock`` or ``few``.
  init(recordCount: Int) throws(IndexError) {
    let schema = Schema(
      kind: "file",
      fields: [
        FieldDefinition(name: "title", type: .name, weight: 3), FieldDefinition(name: "text", type: .text),
        FieldDefinition(name: "items.text", type: .text), FieldDefinition(name: "tags", type: .keyword, isList: true),
        FieldDefinition(name: "date", type: .date), FieldDefinition(name: "n", type: .number),
        FieldDefinition(name: "grade", type: .ordered(["low", "mid", "high"])),
      ])
    let memory = InMemoryFileSystem()
    let writer = try IndexWriter(memory, schemas: [schema])
    for number in 0..<recordCount { _ = try writer.add(Self.record(number)) }
    // Records that are replaced leave deletions behind.
    for number in [3, 64, 65, 130] where number < recordCount { _ = try writer.delete(kind: "file", id: "r\(number)") }
    _ = try writer.commit()
    let snapshot = try Snapshot.open(memory)
    guard let segment = snapshot.segments.first else { throw .missing(path: memory.path) }
    var files: [FileKind: [UInt8]] = [:]
    for (kind, entry) in segment.entry.files { files[kind] = memory.files[entry.name] }
    self.files = files
    manifest = memory.files[snapshot.manifestName] ?? []
    documentCount = segment.documentCount
    var infos: [TermInfo] = []
    var terms: [[UInt8]] = []
    let cursor = segment.dictionary.cursor()
    while try cursor.next() {
      let info = try cursor.info()
      // Every eighth word stands for all of them, and the most frequent ones.
      if terms.count % 8 == 0 || info.documentFrequency > recordCount * 5 / 7 { infos.append(info) }
      terms.append(Array(cursor.term))
    }
    self.infos = infos
    self.terms = terms
  }

  private static func record(_ number: Int) -> Record {
    func word(_ step: Int) -> String { words[(number * step + step) % words.count] }
    var body = JSONObject()
    body.append("title", .string("\(word(2)) works \(number % 3)"))
    body.append("text", .string("common \(word(1)) \(word(3)). \(word(5)) common\n\n\(word(7)) w\(number % 6)"))
    if number % 8 == 0 {
      body.append("items", .array([.object(["text": .string(word(4))]), .object(["text": .string(word(6))])]))
    }
    body.append("tags", .array([.string(word(8)), .string("t\(number % 5)")]))
    if number % 4 > 0 { body.append("date", .string("200\(number % 9)-0\(number % 8 + 1)")) }
    body.append("n", .number("\(number * number)"))
    body.append("grade", .string(["low", "mid", "high"][number % 3]))
    return Record(kind: "file", id: "r\(number)", body: body)
  }
}
