import JSONText
import Records

// Care of the index in a directory, for layers that know no file system.
extension IndexDirectory {
  /// ``IndexCheck/run(_:deep:mapped:)`` of the index in a directory. Throws `missing` where there is no directory or no
  /// commit in it, and what opening the directory throws; damage is in the report.
  public static func check(path: String, deep: Bool, mapped: Bool = true) throws(IndexError) -> IndexCheckReport {
    let fileSystem = try fileSystem(path, create: false)
    if try CommitStore(fileSystem: fileSystem).generations().isEmpty { throw .missing(path: path) }
    return IndexCheck.run(fileSystem, deep: deep, mapped: mapped)
  }

  /// ``IndexRepair/run(_:options:derive:properties:)`` of the index in a directory; `mapped` as for ``check(path:deep:mapped:)``.
  public static func repair(
    path: String, options: IndexWriter.Options, mapped: Bool = true, derive: (Record) -> [Record],
    properties: (JSONObject) -> JSONObject
  ) throws(IndexError) -> IndexRepairReport {
    try IndexRepair.run(
      try fileSystem(path, create: false, mapped: mapped), options: options, derive: derive, properties: properties)
  }

  /// ``IndexBackup/backUp(_:to:linking:)`` from one directory into another, which is made where it is missing.
  public static func backUp(path: String, to target: String, linking: Bool) throws(IndexError) -> IndexCopyReport {
    let source = try fileSystem(path, create: false)
    // An index that is not there leaves no empty folder behind.
    if try CommitStore(fileSystem: source).generations().isEmpty { throw .missing(path: path) }
    return try IndexBackup.backUp(source, to: try fileSystem(target, create: true), linking: linking)
  }

  /// ``IndexBackup/restore(from:to:)`` from one directory into another, which is made where it is missing.
  public static func restore(from backup: String, to path: String) throws(IndexError) -> IndexCopyReport {
    let source = try fileSystem(backup, create: false)
    if try CommitStore(fileSystem: source).generations().isEmpty { throw .missing(path: backup) }
    return try IndexBackup.restore(from: source, to: try fileSystem(path, create: true))
  }
}
