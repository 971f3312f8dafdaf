import JSONText

/// Where a record or a rejected row was read.
public struct RecordOrigin: Hashable, Sendable {
  public let file: String
  public let line: Int
  public let column: Int
}

public enum RecordResult: Hashable, Sendable {
  case record(Record, RecordOrigin)
  case rejected(Reject)
}

/// Files turned into records, one at a time: bytes, rows, mapping, canonical form, and a record or a reject.
///
/// A file that cannot be read is one reject, and the next file goes on. Memory is that of one row, of the reader's
/// buffer, and of the files that a mapping folds in.
public struct RecordSource {
  public typealias OpenBytes = (String) throws(RecordError) -> any ByteSource
  public typealias OpenRows =
    (String, any ByteSource, FileFormat?, String?) throws(RecordError) -> any RowReader

  /// Members that the records' kinds do not have, `kind.member`, and in how many records each stood. After the first
  /// ``unknownNames`` names the rest is counted together, under ``furtherNames``.
  public private(set) var unknownMembers: [String: Int] = [:]
  /// Bytes held for folds at present.
  public var foldMemoryBytes: Int { folds.reduce(0) { $0 + $1.memoryBytes } }

  private let inputs: [RecordInput]
  private let openBytes: OpenBytes
  private let openReader: OpenRows
  private let foldMemoryLimit: Int
  private let canonicalizer = RecordCanonicalizer()
  private var nextInput = 0
  private var current: (input: RecordInput, reader: any RowReader)?
  private var rowsOfFile = 0
  private var folds: [FoldIndex] = []
  private var foldPaths: [String] = []
  /// Rejects that came up together, to be handed out one at a time, from `firstWaiting` on.
  private var waiting: [Reject] = []
  private var firstWaiting = 0

  public init(
    inputs: [RecordInput], foldMemoryLimit: Int? = nil,
    openBytes: @escaping OpenBytes = RecordSource.openFile,
    openRows: @escaping OpenRows = Records.openRows(path:source:format:kind:)
  ) {
    self.inputs = inputs
    self.foldMemoryLimit = foldMemoryLimit ?? FoldIndex.defaultMemoryLimit
    self.openBytes = openBytes
    openReader = openRows
  }

  /// A file, or standard input for `-`.
  public static func openFile(_ path: String) throws(RecordError) -> any ByteSource {
    path == "-" ? FileByteSource.standardInput : try FileByteSource(path: path)
  }

  /// The next record or reject; nil when all files are read.
  public mutating func next() -> RecordResult? {
    while true {
      if firstWaiting < waiting.count {
        firstWaiting += 1
        return .rejected(waiting[firstWaiting - 1])
      }
      waiting.removeAll()
      firstWaiting = 0
      guard var file = current else {
        guard nextInput < inputs.count else { return nil }
        open(inputs[nextInput])
        nextInput += 1
        continue
      }
      do throws(RecordError) {
        let result = try file.reader.next()
        current = file
        switch result {
        case .row(let row)?: return take(row, from: file.input)
        case .rejected(let line, let column, let reason, let raw)?:
          return .rejected(
            Reject(file: file.input.path, line: line, column: column, reason: reason, raw: raw))
        case nil: finish(file.input)
        }
      } catch {
        current = nil
        folds = []
        return .rejected(Self.reject(error, file: file.input.path))
      }
    }
  }

  // MARK: Files

  private mutating func open(_ input: RecordInput) {
    rowsOfFile = 0
    do throws(RecordError) {
      try loadFolds(of: input)
      let bytes = try openBytes(input.path)
      current = (
        input, try openReader(input.path, bytes, input.format, input.mapping?.kind ?? input.kind)
      )
    } catch {
      folds = []
      waiting.append(Self.reject(error, file: input.path))
    }
  }

  private mutating func finish(_ input: RecordInput) {
    current = nil
    guard let mapping = input.mapping else { return }
    for (index, fold) in folds.enumerated() {
      let into = mapping.folds[index].into
      let rejects = fold.unusedRows().map { unused in
        Reject(
          file: foldPaths[index], line: unused.line, column: 1,
          reason: "no record of \(input.path) has the key \"\(unused.key)\"",
          row: [into: .array([.object(unused.row)])])
      }
      waiting += rejects
    }
    folds = []
  }

  /// Reads the files that the mapping folds in.
  private mutating func loadFolds(of input: RecordInput) throws(RecordError) {
    folds = []
    foldPaths = []
    for fold in input.mapping?.folds ?? [] {
      let (path, bytes) = try openFold(fold.path, of: input)
      var reader = try openReader(path, bytes, nil, nil)
      var index = FoldIndex()
      while let result = try reader.next() {
        switch result {
        case .rejected(let line, let column, let reason, let raw):
          waiting.append(Reject(file: path, line: line, column: column, reason: reason, raw: raw))
        case .row(let row):
          var object = JSONObject()
          var problem: RecordProblem?
          Mapping.map(row.members, by: fold.fields, into: &object, path: "\(fold.into).", problem: &problem)
          do throws(RecordProblem) {
            let key = try fold.on.filled(from: row.members)
            if let problem { throw problem }
            if !object.isEmpty { index.add(object, key: key, line: row.line) }
          } catch {
            waiting.append(
              Reject(
                file: path, line: row.line, column: row.column, reason: error.description, row: row.members,
                raw: row.raw))
          }
        }
        guard index.memoryBytes + foldMemoryBytes <= foldMemoryLimit, index.count < Int32.max else {
          throw RecordError(
            .tooLarge, file: path,
            message: "folding this file needs more than \(foldMemoryLimit >> 20) MB; split both files by their key")
        }
      }
      folds.append(index)
      foldPaths.append(path)
    }
  }

  private func openFold(_ path: String, of input: RecordInput) throws(RecordError) -> (String, any ByteSource) {
    let beside = FilePath.joined(FilePath.folder(of: input.path), path)
    do throws(RecordError) {
      return (beside, try openBytes(beside))
    } catch {
      guard let folder = input.mappingFolder else { throw error }
      let other = FilePath.joined(folder, path)
      guard other != beside, let bytes = try? openBytes(other) else { throw error }
      return (other, bytes)
    }
  }

  private static func reject(_ error: RecordError, file: String) -> Reject {
    Reject(file: error.file ?? file, line: error.line ?? 0, column: error.column ?? 0, reason: error.message)
  }

  private static let notMended = "not mended: write the record as an object under \"row\""

  // MARK: Rows

  private mutating func take(_ row: SourceRow, from input: RecordInput) -> RecordResult {
    rowsOfFile += 1
    var origin = RecordOrigin(file: input.path, line: row.line, column: row.column)
    var members = row.members
    var mapping = input.mapping
    if let reject = Reject(members) {
      // A rejects file that was mended: the row is a record already. Its place stays that of the first file.
      guard let mended = reject.row else {
        return .rejected(
          Reject(
            file: reject.file, line: reject.line, column: reject.column,
            reason: reject.reason.hasPrefix(Self.notMended) ? reject.reason : "\(Self.notMended); \(reject.reason)",
            raw: reject.raw))
      }
      origin = RecordOrigin(file: reject.file, line: reject.line, column: reject.column)
      members = mended
      mapping = nil
    }
    var problem: RecordProblem?
    if let mapping {
      let mapped = mapping.apply(to: members) { index, key in
        folds.indices.contains(index) ? folds[index].rows(for: key) : []
      }
      (members, problem) = (mapped.members, mapped.problem)
    }
    if members["kind"] == nil, let kind = input.kind {
      members.members.insert(JSONObject.Member(name: "kind", value: .string(kind)), at: 0)
    }
    do throws(RecordProblem) {
      if let problem { throw problem }
      let record = try canonicalizer.record(from: members, kind: input.kind, defaultID: defaultID(for: input))
      for name in canonicalizer.unknownMembers(of: record) { count(unknown: "\(record.kind).\(name)") }
      return .record(record, origin)
    } catch {
      return .rejected(
        Reject(
          file: origin.file, line: origin.line, column: origin.column, reason: error.description, row: members,
          raw: mapping == nil ? nil : row.raw))
    }
  }

  private mutating func count(unknown name: String) {
    if unknownMembers[name] != nil || unknownMembers.count < Self.unknownNames {
      unknownMembers[name, default: 0] += 1
    } else {
      unknownMembers[Self.furtherNames, default: 0] += 1
    }
  }

  /// Names told apart: thousands are data in the place of names, and the list is held while all files are read.
  static let unknownNames = 4_096
  /// What stands for the names beyond.
  static let furtherNames = "…"

  /// The stem of a file that is one document: the first row of it, so that a file of many rows is not taken for one.
  private func defaultID(for input: RecordInput) -> String? {
    let documents = ["json", "md", "markdown", "txt", "text", "html", "htm", "xhtml", "xml", "docx", "pdf"]
    let path = FilePath.unpacked(input.path)
    guard rowsOfFile == 1, input.path != "-", documents.contains(FilePath.fileExtension(of: path)) else { return nil }
    return FilePath.stem(of: path)
  }
}
