public import Records
import Storage

/// An index that is built, searched and gone with the process: for collections that measure, and for tests.
public enum MemoryIndex {
  /// A searcher over `records`, as a commit of all of them leaves it. Throws what writing throws.
  public static func searcher(
    schemas: [Schema], records: some Sequence<Record>, options: IndexWriter.Options = IndexWriter.Options()
  ) throws(IndexError) -> Searcher {
    let files = InMemoryFileSystem()
    let writer = try IndexWriter(files, schemas: schemas, options: options)
    for record in records { _ = try writer.add(record) }
    _ = try writer.commit()
    return Searcher(snapshots: [try Snapshot.open(files)])
  }
}
