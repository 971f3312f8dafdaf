import JSONText
import SearchEngine

/// Whether indexes are whole: what was looked at, and everything in it that no writer writes.
public struct CheckAnswer: Answer, Hashable {
  public struct Problem: Hashable, Sendable {
    public var index: String
    /// Empty where the problem is the directory's.
    public var file: String
    public var offset: Int?
    public var message: String
  }

  /// One structure over all indexes: manifests, terms, postings, ….
  public struct Structure: Hashable, Sendable {
    public var name: String
    /// Files by a shallow check; terms, postings, records by a deep one.
    public var items: UInt64
    public var bytes: Int
    /// All its problems, of which the first hundred are listed.
    public var problems: Int
  }

  public var isDeep: Bool
  /// Sum of the indexes' newest commits; nil when one has none that can be read.
  public var commit: UInt64?
  public var structures: [Structure] = []
  public var problems: [Problem] = []
  /// Files that no commit names; the next writer removes them.
  public var leftovers: [String] = []
  public var isGood: Bool { structures.allSatisfy { $0.problems == 0 } }

  public static var schemaName: String { "check" }
  public var exitCode: QualityError.ExitCode { isGood ? .done : .index }

  /// Checks every byte of the indexes in these directories against its checksum and, with `deep`, what the bytes say
  /// against each other. Goes on behind damage, so it needs no index that can be opened.
  ///
  /// - Throws: `QualityError` where a directory holds no index or cannot be read.
  public init(checking paths: [String], deep: Bool, mapped: Bool = true) throws(QualityError) {
    isDeep = deep
    commit = 0
    for path in paths {
      let report: IndexCheckReport
      do throws(IndexError) { report = try IndexDirectory.check(path: path, deep: deep, mapped: mapped) } catch {
        throw QualityError(error)
      }
      commit = commit.flatMap { sum in report.generation.map { sum + $0 } }
      for structure in report.structures {
        let place = structures.firstIndex { $0.name == structure.name } ?? structures.endIndex
        if place == structures.endIndex {
          structures.append(Structure(name: structure.name, items: 0, bytes: 0, problems: 0))
        }
        structures[place].items += structure.items
        structures[place].bytes += structure.bytes
        structures[place].problems += structure.problemCount
      }
      problems += report.problems.map { Problem(index: path, file: $0.file, offset: $0.offset, message: $0.message) }
      leftovers += report.leftovers
    }
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("good", isGood)
    writer.member("deep", isDeep)
    writer.name("commit")
    if let commit { writer.int(commit) } else { writer.null() }
    writer.name("structures")
    writer.beginArray()
    for structure in structures {
      writer.beginObject()
      writer.member("name", structure.name)
      writer.member("items", structure.items)
      writer.member("bytes", structure.bytes)
      writer.member("problems", structure.problems)
      writer.endObject()
    }
    writer.endArray()
    writer.name("problems")
    writer.beginArray()
    for problem in problems {
      writer.beginObject()
      writer.member("index", problem.index)
      writer.member("file", problem.file)
      writer.name("offset")
      if let offset = problem.offset { writer.int(offset) } else { writer.null() }
      writer.member("message", problem.message)
      writer.endObject()
    }
    writer.endArray()
    writer.name("leftovers")
    writer.beginArray()
    for name in leftovers { writer.string(name) }
    writer.endArray()
    writer.endObject()
  }
}

extension QualityIndex {
  /// ``CheckAnswer/init(checking:deep:)`` of the indexes that are open.
  public func check(deep: Bool) throws(QualityError) -> CheckAnswer { try CheckAnswer(checking: paths, deep: deep) }
}
