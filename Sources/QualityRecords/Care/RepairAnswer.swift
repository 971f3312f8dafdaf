import JSONText
import Records
import SearchEngine

/// What a repair saved, and what it could not.
public struct RepairAnswer: Answer, Hashable {
  public let report: IndexRepairReport

  public static var schemaName: String { "repair" }
  /// Partial when something is lost or in doubt: whoever runs it by a script must notice.
  public var exitCode: QualityError.ExitCode { isWhole ? .done : .partial }

  /// Whether nothing was lost, left out or put in doubt.
  public var isWhole: Bool {
    report.lostCount == 0 && report.doubtfulCount == 0 && report.droppedFiles.isEmpty && !report.rolledBack
  }

  /// Repairs an index: what is whole stays, what can be read of damaged segments is indexed again, the rest is listed.
  ///
  /// - Throws: `index-locked`, `index-missing`, `index-too-new`, `index-outdated`; `index-damaged` when no manifest can be
  ///   read, so that nothing says which files belong together; what writing throws. The index is then as it was.
  public init(repairing path: String, mapped: Bool = true) throws(QualityError) {
    do throws(IndexError) {
      report = try IndexDirectory.repair(
        path: path, options: IndexJob.writerOptions(), mapped: mapped, derive: { Array(DirectivePassages.of($0)) },
        // Files of which records were lost are no longer unchanged: indexing them again brings the records back.
        properties: { KnownSources().properties($0) })
    } catch { throw QualityError(error) }
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("repaired", report.commit != nil)
    writer.member("damagedCommit", report.damagedCommit)
    writer.name("commit")
    if let commit = report.commit { writer.int(commit) } else { writer.null() }
    writer.member("rolledBack", report.rolledBack)
    writer.member("removedOlder", report.removedOlder)
    writer.name("segments")
    writer.beginArray()
    for segment in report.segments {
      writer.beginObject()
      writer.member("segment", segment.id)
      writer.member("kind", segment.kind)
      writer.member("problems", segment.problems)
      writer.member("message", segment.message)
      writer.member("kept", segment.kept)
      writer.member("lost", segment.lost)
      writer.endObject()
    }
    writer.endArray()
    write(report.lost, report.lostCount, "lost", to: &writer)
    write(report.doubtful, report.doubtfulCount, "doubtful", to: &writer)
    writer.member("droppedFiles", report.droppedFiles.map(\.suffix))
    writer.endObject()
  }

  /// A list, and how many there are in all.
  private func write(_ records: [LostRecord], _ count: Int, _ name: String, to writer: inout JSONWriter) {
    writer.member("\(name)Count", count)
    writer.name(name)
    writer.beginArray()
    for record in records {
      writer.beginObject()
      writer.member("kind", record.kind)
      writer.name("id")
      if let id = record.id { writer.string(id) } else { writer.null() }
      writer.name("key")
      if let key = record.keyHash { writer.string(key) } else { writer.null() }
      writer.member("reason", record.reason)
      writer.endObject()
    }
    writer.endArray()
  }
}
