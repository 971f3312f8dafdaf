import JSONText
import Records
import SearchEngine

/// A run of adds, replacements, deletions, merges and commits, the same every time from the same seed, with what every
/// commit must hold. The process that is killed runs it; the process that judges holds what must be found.
struct FaultScript {
  static let kind = "file"
  static let schemas = [
    Schema(
      kind: kind,
      fields: [
        FieldDefinition(name: "text", type: .text), FieldDefinition(name: "tag", type: .keyword, weight: 0),
        FieldDefinition(name: "date", type: .date, weight: 0),
      ])
  ]

  enum Step {
    case add(Record)
    case delete(String)
    case mergeFully
    case commit
  }

  /// The steps of one writer after another.
  let sessions: [[Step]]
  /// The canonical records of each commit, in the order of their bytes; 0 is before the first.
  let contents: [[String]]

  static var options: IndexWriter.Options {
    var options = IndexWriter.Options()
    options.memory = IndexWriter.minimumMemory
    return options
  }

  /// - Parameters:
  ///   - words: words of a record: many make large files.
  ///   - perSession: commits of one writer, before the next one takes the lock.
  init(seed: UInt64, commits: Int, words: Int = 12, perSession: Int = 3) {
    var random = Sequence64(state: seed)
    var model: [String: String] = [:]
    var sessions: [[Step]] = []
    var steps: [Step] = []
    var contents: [[String]] = [[]]
    for commit in 1...max(1, commits) {
      for _ in 0..<4 {
        let id = "r\(random.below(12))"
        let record = Self.record(id, words, &random)
        model[id] = JSONValue.object(record.json).text()
        steps.append(.add(record))
      }
      if commit % 2 == 0, let id = model.keys.sorted().first {
        model[id] = nil
        steps.append(.delete(id))
      }
      if commit % 4 == 0 { steps.append(.mergeFully) }
      // A commit of its own is certain: what is added again unchanged would make none.
      let mark = Self.record("mark-\(commit)", 2, &random)
      model[mark.id] = JSONValue.object(mark.json).text()
      model["mark-\(commit - 1)"] = nil
      steps.append(.add(mark))
      if commit > 1 { steps.append(.delete("mark-\(commit - 1)")) }
      steps.append(.commit)
      contents.append(model.values.sorted())
      if commit % perSession == 0 {
        sessions.append(steps)
        steps = []
      }
    }
    if !steps.isEmpty { sessions.append(steps) }
    self.sessions = sessions
    self.contents = contents
  }

  private static let vocabulary = [
    "lead", "paint", "toys", "甲醛", "家具", "board", "GB 6675-2014", "inspected", "quality",
  ]

  private static func record(_ id: String, _ words: Int, _ random: inout Sequence64) -> Record {
    let text = (0..<words).map { _ in
      random.below(3) == 0 ? "w\(random.below(100_000))" : vocabulary[random.below(vocabulary.count)]
    }
    return Record(
      kind: kind, id: id,
      body: [
        "text": .string(text.joined(separator: " ")), "tag": .string("t\(random.below(4))"),
        "date": .string("200\(random.below(9))-03"),
      ])
  }

  /// Runs all sessions; `acknowledge` is told of every commit that was acknowledged.
  func run(_ path: String, acknowledge: (UInt64) -> Void) throws(IndexError) {
    for session in sessions {
      let writer = try IndexDirectory.writer(path: path, schemas: Self.schemas, options: Self.options, create: true)
      for step in session {
        switch step {
        case .add(let record): _ = try writer.add(record)
        case .delete(let id): _ = try writer.delete(kind: Self.kind, id: id)
        case .mergeFully: try writer.mergeFully()
        case .commit: acknowledge(try writer.commit())
        }
      }
    }
  }

  private static let late = Record(kind: kind, id: "late", body: ["text": .string("while it was recovered from")])

  /// The record that ``recover(_:acknowledge:)`` adds, in canonical form.
  static var recovered: String { JSONValue.object(late.json).text() }

  /// The writer that comes after a fault: it clears up, adds one record and commits.
  static func recover(_ path: String, acknowledge: (UInt64) -> Void) throws(IndexError) {
    let writer = try IndexDirectory.writer(path: path, schemas: schemas, options: options, create: true)
    _ = try writer.add(late)
    acknowledge(try writer.commit())
  }

  /// The records of a snapshot, in the order of their bytes.
  static func records(_ snapshot: Snapshot) throws(IndexError) -> [String] {
    var found: [String] = []
    _ = try snapshot.forEachRecord(kinds: [kind]) { bytes in
      found.append(String(decoding: bytes, as: UTF8.self))
      return true
    }
    return found.sorted()
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014).
struct Sequence64 {
  var state: UInt64

  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ mixed >> 31) % UInt64(max(1, bound)))
  }
}
