import JSONText
import Records
import SearchEngine

/// What a change of an index did.
public struct ChangeAnswer: Answer, Hashable {
  public var deleted = 0
  public var commit: UInt64
  public var segmentsBefore: Int
  public var segments: Int
  public var bytesBefore: Int
  public var bytes: Int

  public static var schemaName: String { "change" }
  public var exitCode: QualityError.ExitCode { .done }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("deleted", deleted)
    writer.member("commit", commit)
    writer.member("segmentsBefore", segmentsBefore)
    writer.member("segments", segments)
    writer.member("bytesBefore", bytesBefore)
    writer.member("bytes", bytes)
    writer.endObject()
  }
}

/// Changes of one index that are no indexing: deleting and merging. `mapped` false reads the files into memory.
public enum CareJobs {
  /// Deletes records by `ID` or `KIND/ID`: all of them or, where one is not there or not clear, none.
  ///
  /// - Throws: `no-such-id`, `ambiguous-id`, `index-locked`, what reading and writing the index throws.
  public static func delete(
    ids: [String], index path: String, mapped: Bool = true
  ) throws(QualityError) -> ChangeAnswer {
    try change(path, mapped) { (index, writer) throws(QualityError) in
      var keys: [(kind: String, id: String)] = []
      for text in ids {
        let found = try index.reading { () throws(IndexError) in try index.records(called: text) }
        guard let first = found.first else {
          throw QualityError("no-such-id", "no record has the id '\(text)'", hint: "nothing was deleted")
        }
        guard found.count == 1 else {
          throw QualityError(
            "ambiguous-id",
            "'\(text)' may be \(found.map { "\($0.kind)/\($0.id)" }.joined(separator: " or "))",
            hint: "write the kind before it; nothing was deleted")
        }
        keys.append((first.kind, first.id))
      }
      return keys
    }
  }

  /// Deletes every record that answers a query; weaker forms of it are not tried.
  ///
  /// - Throws: the query's errors, `index-locked`, what reading and writing the index throws.
  public static func delete(
    query: String, kinds: [String] = [], index path: String, mapped: Bool = true
  ) throws(QualityError) -> ChangeAnswer {
    try change(path, mapped) { (index, writer) throws(QualityError) in
      var options = SearchOptions(query)
      options.kinds = kinds
      try options.check()
      guard !query.allSatisfy(\.isWhitespace) else {
        throw QualityError("usage", "an empty query names no records", hint: "'*' is every record")
      }
      var keys: [(kind: String, id: String)] = []
      try index.forEachMatch(options) { (kind, bytes) throws(QualityError) in
        if let id = StoredRecord.members(bytes)?["id"]?.stringValue { keys.append((kind, id)) }
        return true
      }
      return keys
    }
  }

  /// Merges the segments that are due, or with `full` all of each kind into one, without what is deleted.
  public static func merge(
    full: Bool, index path: String, mapped: Bool = true
  ) throws(QualityError) -> ChangeAnswer {
    try change(path, mapped, merging: full) { (_, _) throws(QualityError) in [] }
  }

  private static func change(
    _ path: String, _ mapped: Bool, merging full: Bool? = nil,
    _ keys: (QualityIndex, IndexWriter) throws(QualityError) -> [(kind: String, id: String)]
  ) throws(QualityError) -> ChangeAnswer {
    // The lock first: what is looked up afterwards is what will be changed.
    let writer: IndexWriter
    do throws(IndexError) {
      writer = try IndexDirectory.writer(
        path: path, schemas: IndexJob.schemas, options: IndexJob.writerOptions(), create: false, mapped: mapped)
    } catch { throw QualityError(error) }
    let index = try QualityIndex(paths: [path], mapped: mapped)
    let before = index.snapshots[0]
    let keys = try keys(index, writer)
    var answer = ChangeAnswer(
      commit: before.generation, segmentsBefore: before.segmentCount, segments: before.segmentCount,
      bytesBefore: before.byteCount, bytes: before.byteCount)
    do throws(IndexError) {
      for key in keys where try writer.delete(kind: key.kind, id: key.id) { answer.deleted += 1 }
      if let full { full ? try writer.mergeFully() : try writer.merge() }
      // Files that hold deleted records are no longer unchanged.
      let properties = answer.deleted > 0 ? KnownSources().properties(before.manifest.properties) : nil
      answer.commit = try writer.commit(properties: properties)
      let after = try IndexDirectory.open(path: path, mapped: mapped)
      answer.segments = after.segmentCount
      answer.bytes = after.byteCount
    } catch { throw QualityError(error) }
    return answer
  }
}
