import JSONText
import SearchEngine

/// What a backup or a restore copied.
public struct CopyAnswer: Answer, Hashable {
  public let from: String
  public let to: String
  /// The commit's number in the place it was copied to.
  public let commit: UInt64
  public let files: Int
  public let bytes: Int

  public static var schemaName: String { "copy" }
  public var exitCode: QualityError.ExitCode { .done }

  /// Copies the newest commit of an index into a folder that is empty or is made, each byte compared with its checksum,
  /// while others may search and write.
  ///
  /// - Parameter linking: hard links where both places are of one file system, which takes no time and no space.
  /// - Throws: `index-missing`, `index-damaged`, `folder-taken`, what reading and writing throws.
  public init(backingUp path: String, to folder: String, linking: Bool) throws(QualityError) {
    let report: IndexCopyReport
    do throws(IndexError) {
      report = try IndexDirectory.backUp(path: path, to: folder, linking: linking)
    } catch {
      guard let taken = error.takenPath else { throw QualityError(error) }
      throw QualityError(
        "folder-taken", "\(folder) is not empty: \(taken)", hint: "a backup takes a folder of its own: name a new one")
    }
    self.init(report, from: path, to: folder)
  }

  /// Makes the newest commit of a backup the newest commit of an index, made where it is missing.
  ///
  /// - Throws: `no-backup`, `backup-damaged`, `index-locked`, what reading and writing throws. The index is then as it was.
  public init(restoring folder: String, to path: String) throws(QualityError) {
    let report: IndexCopyReport
    do throws(IndexError) {
      report = try IndexDirectory.restore(from: folder, to: path)
    } catch {
      switch error {
      case .missing(path: let place):
        throw QualityError("no-backup", "no backup at \(place)", hint: "dossier backup DIR makes one", exitCode: .index)
      case .corruption:
        throw QualityError(
          "backup-damaged", "\(error)",
          hint: "dossier check --deep --index \(ShellWord.quoted(folder)) says more; try an older backup",
          exitCode: .index)
      default: throw QualityError(error)
      }
    }
    self.init(report, from: folder, to: path)
  }

  private init(_ report: IndexCopyReport, from: String, to: String) {
    self.from = from
    self.to = to
    commit = report.commit
    files = report.files
    bytes = report.bytes
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("from", from)
    writer.member("to", to)
    writer.member("commit", commit)
    writer.member("files", files)
    writer.member("bytes", bytes)
    writer.endObject()
  }
}
