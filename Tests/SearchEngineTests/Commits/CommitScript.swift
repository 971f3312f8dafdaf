import JSONText
import Records
import Storage

@testable import SearchEngine

/// A run of adds, replacements, deletions, merges and commits, the same every time, with what each commit must hold.
struct CommitScript {
  let schemas: [Schema]
  /// The steps of one writer after another.
  private let sessions: [[Step]]
  /// Stored records by commit number; 0 is the empty directory.
  let contents: [[String: [[UInt8]]]]

  private enum Step {
    case add(Record, [Record])
    case delete(String)
    case mergeFully
    case attach([UInt8])
    case commit
  }

  /// A small run: `commits` commits of three changes each.
  init(seed: UInt64, commits: Int) {
    var source = RandomRecords(seed: seed)
    schemas = source.schemas
    var model = IndexModel()
    var sessions: [[Step]] = []
    var steps: [Step] = []
    var contents: [[String: [[UInt8]]]] = [[:]]
    for commit in 1...commits {
      for change in 0..<3 {
        let id = "r\((commit + change * 2) % 4)"
        let (record, pieces) = (source.record(id), source.pieces(id))
        _ = model.put(record, pieces)
        steps.append(.add(record, pieces))
      }
      if commit % 2 == 0, let id = model.ids.first {
        _ = model.delete(id)
        steps.append(.delete(id))
      }
      if commit % 3 == 0 { steps.append(.mergeFully) }
      if commit % 3 == 1 { steps.append(.attach([UInt8(commit)])) }
      steps.append(.commit)
      contents.append(model.records)
      if commit % 2 == 0 {
        sessions.append(steps)
        steps = []
      }
    }
    self.sessions = sessions + [steps]
    self.contents = contents
  }

  static var options: IndexWriter.Options {
    var options = IndexWriter.Options()
    options.memory = 64 << 20
    options.derivedKinds = ["file": ["piece"]]
    return options
  }

  /// Runs it; `acknowledge` is called with the number of every commit that was acknowledged.
  func run(_ fileSystem: any FileSystem, acknowledge: (UInt64) -> Void) throws(IndexError) {
    for session in sessions { try run(session, fileSystem, acknowledge) }
  }

  /// The steps of one writer, which gives its lock back at the end.
  private func run(
    _ steps: [Step], _ fileSystem: any FileSystem, _ acknowledge: (UInt64) -> Void
  ) throws(IndexError) {
    let writer = try IndexWriter(fileSystem, schemas: schemas, options: Self.options)
    for step in steps {
      switch step {
      case .add(let record, let pieces): _ = try writer.add(record, derived: pieces)
      case .delete(let id): _ = try writer.delete(kind: "file", id: id)
      case .mergeFully: try writer.mergeFully()
      case .attach(let bytes): try writer.attach(.targets, bytes)
      case .commit: acknowledge(try writer.commit())
      }
    }
  }

  /// One more record, for a writer after a crash.
  var extra: Record { Record(kind: "piece", id: "extra", body: .init([.init(name: "text", value: .string("after"))])) }
}
