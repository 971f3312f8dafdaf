import Digests
import JSONText
import SearchEngine

/// Whether an evidence folder is as it was written; with an index, whether its receipt still holds.
public struct PackCheckAnswer: Answer, Hashable {
  /// Something that is not as it was written.
  public struct Problem: Hashable, Sendable {
    public var file: String
    /// `changed`, `missing`, `added`, `unreadable`, `outside`, `malformed`, `receipt`.
    public var problem: String
    public var message: String
  }

  public var folder: String
  /// Files whose digests were compared.
  public var files: Int
  public var problems: [Problem]
  /// The receipt that the folder carries; nil when it cannot be read.
  public var receipt: String?
  /// Whether the index gives the same answer; nil when none was asked.
  public var holds: Bool?
  /// What the index gives now; nil when none was asked.
  public var receiptNow: String?
  public var totalNow: Int?

  public static var schemaName: String { "pack-check" }
  public var isGood: Bool { problems.isEmpty }
  public var exitCode: QualityError.ExitCode { isGood ? .done : .nothingFound }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("result", isGood ? "same" : "changed")
    writer.member("folder", folder)
    writer.member("files", files)
    writer.name("problems")
    writer.beginArray()
    for problem in problems {
      writer.beginObject()
      writer.member("file", problem.file)
      writer.member("problem", problem.problem)
      writer.member("message", problem.message)
      writer.endObject()
    }
    writer.endArray()
    writer.member("receipt", orNull: receipt)
    writer.name("holds")
    if let holds { writer.bool(holds) } else { writer.null() }
    writer.member("receiptNow", orNull: receiptNow)
    writer.name("totalNow")
    if let totalNow { writer.int(totalNow) } else { writer.null() }
    writer.endObject()
  }
}

/// Checks an evidence folder, file by file, without any index.
public struct EvidenceCheck {
  private let folder: PlainFolder
  private var problems: [PackCheckAnswer.Problem] = []

  /// Bytes of the small files at most.
  private static let longest = 16 << 20

  /// Compares every file with its digest, the list of digests with the manifest and the folder, and the hits with the
  /// receipt. With an index, asks again.
  ///
  /// - Throws: `no-such-folder`, `input-output`. What is wrong with the folder is no error but part of the answer.
  /// - Cost: every byte read once, the hits twice.
  public static func run(_ path: String, index: QualityIndex? = nil) throws(QualityError) -> PackCheckAnswer {
    let folder: PlainFolder
    do throws(IndexError) { folder = try PlainFolder(path: path, create: false) } catch {
      if case .missing = error {
        throw QualityError("no-such-folder", "there is no folder \(path)", hint: "dossier verify FOLDER, or CODE QUERY")
      }
      throw QualityError("input-output", "\(error)", exitCode: .inputOutput)
    }
    var check = EvidenceCheck(folder: folder)
    return try check.run(path, index)
  }

  private init(folder: PlainFolder) { self.folder = folder }

  private mutating func add(_ file: String, _ problem: String, _ message: String) {
    problems.append(PackCheckAnswer.Problem(file: file, problem: problem, message: message))
  }

  private mutating func run(_ path: String, _ index: QualityIndex?) throws(QualityError) -> PackCheckAnswer {
    let names = try EvidenceFolder.storing { () throws(IndexError) in try folder.names() }
    let listed = readSums()
    var checked = 0
    for (name, digest) in listed {
      guard Self.isPlain(name) else {
        add(name, "outside", "the name leads out of the folder")
        continue
      }
      checked += 1
      compare(name, digest)
    }
    let known = Set(listed.map(\.name))
    for name in names where name != EvidenceFolder.sums && !known.contains(name) {
      add(name, "added", "\(EvidenceFolder.sums) does not list it")
    }
    for name in EvidenceFolder.required where !known.contains(name) && !names.contains(name) {
      add(name, "missing", "every evidence folder has it")
    }
    compareManifest(listed)
    let request = readRequest()
    if let request, problems.isEmpty { compareReceipt(request) }
    var answer = PackCheckAnswer(
      folder: path, files: checked, problems: problems, receipt: request?.receipt, holds: nil, receiptNow: nil,
      totalNow: nil)
    if let index, let request, let options = SearchOptions(json: .object(request.options)) {
      let now = try index.wholeReceipt(options)
      answer.holds = now.receipt == request.receipt
      answer.receiptNow = now.receipt
      answer.totalNow = now.total
    }
    return answer
  }

  /// A name that stands in the folder itself.
  private static func isPlain(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 255 && name != "." && name != ".." && name != EvidenceFolder.sums
      && !name.unicodeScalars.contains { $0 == "/" || $0 == "\\" || $0.value < 0x20 || $0.value == 0x7F }
  }

  private mutating func small(_ name: String) -> [UInt8]? {
    do throws(IndexError) {
      if let bytes = try folder.read(name, limit: Self.longest) { return bytes }
      return nil
    } catch {
      add(name, "unreadable", "\(error)")
      return nil
    }
  }

  /// The lines of the list of digests. Any other spelling of the same list is a change, too.
  private mutating func readSums() -> [(name: String, digest: String)] {
    guard let bytes = small(EvidenceFolder.sums) else {
      if problems.isEmpty { add(EvidenceFolder.sums, "missing", "without it nothing can be compared") }
      return []
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      add(EvidenceFolder.sums, "malformed", "expected UTF-8 text")
      return []
    }
    var found: [(name: String, digest: String)] = []
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.isEmpty { continue }
      let digest = line.prefix(64)
      guard digest.utf8.count == 64, digest.allSatisfy({ $0.isHexDigit && !$0.isUppercase }),
        line.dropFirst(64).hasPrefix("  "), line.count > 66
      else {
        add(EvidenceFolder.sums, "malformed", "line \(number + 1): expected a digest, two blanks and a name")
        continue
      }
      found.append((String(line.dropFirst(66)), String(digest)))
    }
    if problems.isEmpty, !EvidenceFolder.sums(found).utf8.elementsEqual(bytes) {
      add(EvidenceFolder.sums, "changed", "it is not written as the program writes it")
    }
    if Set(found.map(\.name)).count != found.count {
      add(EvidenceFolder.sums, "malformed", "a name stands in it twice")
    }
    return found
  }

  private mutating func compare(_ name: String, _ digest: String) {
    var hash = SHA256()
    do throws(IndexError) {
      guard try folder.forEachPiece(of: name, { hash.update($0) }) else { return add(name, "missing", "it is listed") }
    } catch {
      return add(name, "unreadable", "\(error)")
    }
    let found = hash.finalized().hexadecimal
    if found != digest { add(name, "changed", "expected SHA-256 \(digest), found \(found)") }
  }

  private mutating func compareManifest(_ listed: [(name: String, digest: String)]) {
    guard let bytes = small(EvidenceFolder.manifest) else { return }
    guard let value = try? JSONValue(parsing: bytes), let version = value["version"]?.intValue,
      let rows = value["files"]?.arrayValue
    else { return add(EvidenceFolder.manifest, "malformed", "expected a manifest with version and files") }
    guard version <= EvidenceFolder.version else {
      return add(
        EvidenceFolder.manifest, "malformed", "version \(version); this program reads up to \(EvidenceFolder.version)")
    }
    var digests: [String: String] = [:]
    for entry in listed { digests[entry.name] = entry.digest }
    var named: Set<String> = [EvidenceFolder.manifest]
    for row in rows {
      guard let name = row["name"]?.stringValue, let digest = row["sha256"]?.stringValue else {
        add(EvidenceFolder.manifest, "malformed", "expected a name and a sha256 for each file")
        continue
      }
      named.insert(name)
      guard Self.isPlain(name) else {
        add(name, "outside", "the manifest names a place outside the folder")
        continue
      }
      if digests[name] == nil {
        add(EvidenceFolder.sums, "changed", "it does not list \(name), which the manifest names")
      } else if digests[name] != digest {
        add(EvidenceFolder.sums, "changed", "the manifest has another digest of \(name)")
      }
    }
    for entry in listed where !named.contains(entry.name) {
      add(entry.name, "added", "the manifest does not name it")
    }
  }

  private mutating func readRequest() -> EvidenceRequest? {
    guard let bytes = small(EvidenceFolder.request) else { return nil }
    guard let value = try? JSONValue(parsing: bytes), let request = EvidenceRequest(value) else {
      add(EvidenceFolder.request, "malformed", "expected a request with its receipt")
      return nil
    }
    return request
  }

  /// The receipt is a digest of the request and of the hits' ids: files made anew together still do not give it.
  private mutating func compareReceipt(_ request: EvidenceRequest) {
    var digest = request.digest
    var count = 0
    var isReadable = true
    var line: [UInt8] = []
    func take(_ line: [UInt8]) {
      guard let hit = try? JSONValue(parsing: line), let kind = hit["kind"]?.stringValue,
        let id = hit["id"]?.stringValue
      else {
        isReadable = false
        return
      }
      count += 1
      digest.add("\(kind)/\(id)")
    }
    do throws(IndexError) {
      _ = try folder.forEachPiece(of: EvidenceFolder.hits) { bytes in
        for piece in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
          if piece.offset > 0 {
            take(line)
            line.removeAll(keepingCapacity: true)
          }
          line.append(contentsOf: piece.element)
        }
      }
    } catch {
      return add(EvidenceFolder.hits, "unreadable", "\(error)")
    }
    guard isReadable, line.isEmpty, count == request.total else {
      return add(
        EvidenceFolder.hits, "receipt", "expected \(request.total) hits, one a line, found \(count) that can be read")
    }
    if digest.code != request.receipt {
      add(EvidenceFolder.request, "receipt", "request and hits have the receipt \(digest.code), not \(request.receipt)")
    }
  }
}
