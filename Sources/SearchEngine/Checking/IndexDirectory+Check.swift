extension IndexDirectory {
  /// ``IndexCheck/run(_:deep:mapped:)`` of the index in a directory. Throws `missing` where there is no directory or no
  /// commit in it, and what opening the directory throws; damage is in the report.
  public static func check(path: String, deep: Bool) throws(IndexError) -> IndexCheckReport {
    let fileSystem = try fileSystem(path, create: false)
    if try CommitStore(fileSystem: fileSystem).generations().isEmpty { throw .missing(path: path) }
    return IndexCheck.run(fileSystem, deep: deep)
  }
}
