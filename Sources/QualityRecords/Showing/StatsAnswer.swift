import JSONText
import Records
import SearchEngine

/// Figures of the indexes.
public struct StatsAnswer: Answer, Hashable {
  public struct Index: Hashable, Sendable {
    public var path: String
    public var commit: UInt64
    public var records: Int
    public var segments: Int
    public var bytes: Int
  }

  public struct Ambiguous: Hashable, Sendable {
    public var name: String
    /// Enterprises that are called so.
    public var ids: [String]
  }

  /// Without the paragraphs of directives.
  public var records: Int
  public var byKind: [(kind: String, count: Int)] { kinds.map { ($0.kind, $0.count) } }
  public var passages: Int
  public var segments: Int
  public var bytes: Int
  public var commit: UInt64
  public var analysis: String
  public var indexes: [Index]
  /// Names in notes that several enterprises have, and those that none has.
  public var ambiguous: [Ambiguous]
  public var unresolved: [String]
  var kinds: [KindCount]

  struct KindCount: Hashable, Sendable {
    var kind: String
    var count: Int
  }

  public static var schemaName: String { "stats" }
  public var exitCode: QualityError.ExitCode { .done }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("records", records)
    writer.name("byKind")
    writer.beginObject()
    for kind in kinds { writer.member(kind.kind, kind.count) }
    writer.endObject()
    writer.member("passages", passages)
    writer.member("segments", segments)
    writer.member("bytes", bytes)
    writer.member("commit", commit)
    writer.member("analysis", analysis)
    writer.name("indexes")
    writer.beginArray()
    for index in indexes {
      writer.beginObject()
      writer.member("path", index.path)
      writer.member("commit", index.commit)
      writer.member("records", index.records)
      writer.member("segments", index.segments)
      writer.member("bytes", index.bytes)
      writer.endObject()
    }
    writer.endArray()
    writer.name("enterpriseNames")
    writer.beginObject()
    writer.name("ambiguous")
    writer.beginArray()
    for name in ambiguous {
      writer.beginObject()
      writer.member("name", name.name)
      writer.member("ids", name.ids)
      writer.endObject()
    }
    writer.endArray()
    writer.member("unresolved", unresolved)
    writer.endObject()
    writer.endObject()
  }
}

extension QualityIndex {
  /// Figures of the indexes. Cost: a look-up for each enterprise that notes name.
  public func stats() throws(QualityError) -> StatsAnswer {
    try reading { () throws(IndexError) in
      let kinds = Schema.recordKinds.map { schema in
        StatsAnswer.KindCount(
          kind: schema.kind, count: snapshots.reduce(0) { $0 + $1.recordCount(kind: schema.kind) })
      }
      var indexes: [StatsAnswer.Index] = []
      for (path, snapshot) in zip(paths, snapshots) {
        indexes.append(
          StatsAnswer.Index(
            path: path, commit: snapshot.generation,
            records: snapshot.recordCount() - snapshot.recordCount(kind: Schema.passage.kind),
            segments: snapshot.segmentCount, bytes: snapshot.byteCount))
      }
      let (ambiguous, unresolved) = try unclearNames()
      return StatsAnswer(
        records: kinds.reduce(0) { $0 + $1.count },
        passages: snapshots.reduce(0) { $0 + $1.recordCount(kind: Schema.passage.kind) },
        segments: indexes.reduce(0) { $0 + $1.segments }, bytes: indexes.reduce(0) { $0 + $1.bytes }, commit: commit,
        analysis: TextTokens.version, indexes: indexes, ambiguous: ambiguous, unresolved: unresolved, kinds: kinds)
    }
  }

  /// What notes call an enterprise without saying which.
  private func unclearNames() throws(IndexError) -> ([StatsAnswer.Ambiguous], [String]) {
    var names = EnterpriseNames(snapshots)
    var references: Set<String> = []
    for snapshot in snapshots {
      try snapshot.forEachValue(kind: Schema.inspection.kind, field: "enterprise") { references.insert($0) }
    }
    var ambiguous: [StatsAnswer.Ambiguous] = []
    var unresolved: [String] = []
    for reference in references.sorted() {
      switch try names.meaning(of: reference) {
      case .one: continue
      case .none: unresolved.append(reference)
      case .several(let ids): ambiguous.append(StatsAnswer.Ambiguous(name: reference, ids: ids))
      }
    }
    return (ambiguous, unresolved)
  }
}
