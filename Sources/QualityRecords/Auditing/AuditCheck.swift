import Digests
import JSONText

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Whether the lines of audit trails are those that were written, all of them.
public struct AuditCheck: Answer, Hashable {
  public struct Problem: Hashable, Sendable {
    public var file: String
    /// From 1; one more than there are for what is missing at the end.
    public var line: Int
    public var message: String
  }

  public struct Trail: Hashable, Sendable {
    public var file: String
    public var lines: Int
    /// The digest of the last line: kept elsewhere, it proves later that nothing before it was changed.
    public var head: String
  }

  public var trails: [Trail] = []
  public var problems: [Problem] = []

  public static var schemaName: String { "audit" }
  public var isGood: Bool { problems.isEmpty }
  public var exitCode: QualityError.ExitCode { isGood ? .done : .nothingFound }

  static let digestMark = ",\"digest\":\""
  /// Bytes of a line at most: a query of 16 KB, escaped, and the rest.
  private static let longestLine = 256 << 10
  private static let shownProblems = 100

  /// Checks the trails of a folder.
  /// - Throws: `no-state` where there is no trail; `input-output`.
  public init(folder: String) throws(QualityError) {
    var names: [String] = []
    if let open = opendir(folder) {
      defer { closedir(open) }
      while let entry = readdir(open) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: entry.pointee.d_name)) {
            String(cString: $0)
          }
        }
        if name.hasSuffix(AuditTrail.suffix) { names.append(name) }
      }
    }
    guard !names.isEmpty else {
      throw QualityError("no-state", "there is no audit trail in \(folder)", hint: "--state DIR names the folder")
    }
    for name in names.sorted() { try check("\(folder)/\(name)") }
  }

  private mutating func check(_ path: String) throws(QualityError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw AuditTrail.failure(path) }
    defer { _ = close(descriptor) }
    var head = AuditHead()
    var line = 0
    var found: [Problem] = []
    func problem(_ message: String) {
      if found.count < Self.shownProblems { found.append(Problem(file: path, line: line, message: message)) }
    }
    let rest = try Self.forEachLine(path, descriptor) { bytes in
      line += 1
      guard let parts = Self.parts(bytes) else { return problem("this is no line of a trail") }
      let digest = SHA256.digest(bytes[..<parts.signed]).hexadecimal
      if digest != parts.digest { problem("the line is not the one that was written") }
      if parts.previous != head.digest {
        problem("the line before is not the one that was there: lines are missing or changed")
      }
      if parts.number != head.number + 1 { problem("expected number \(head.number + 1), found \(parts.number)") }
      head.digest = parts.digest
      head.number = parts.number
    }
    line += 1
    if rest > 0 { problem("the last line is not whole") }
    let kept = Self.text(String(path.dropLast(AuditTrail.suffix.count)) + AuditTrail.headSuffix).flatMap {
      AuditHead(text: $0)
    }
    if let kept {
      if kept.number != head.number || kept.digest != head.digest {
        problem("the trail ended with line \(kept.number), it ends with \(head.number) now")
      }
    } else if line > 1 {
      problem("the file that says where the trail ends is missing")
    }
    problems += found
    trails.append(Trail(file: path, lines: line - 1, head: head.digest))
  }

  private static func parts(
    _ bytes: ArraySlice<UInt8>
  ) -> (signed: Int, digest: String, previous: String, number: Int)? {
    // The digest stands at the end, behind what it is of: 64 digits, a quote and a brace.
    let tail = digestMark.utf8.count + 66
    guard bytes.count > tail, bytes[(bytes.endIndex - tail)...].starts(with: digestMark.utf8),
      let value = try? JSONValue(parsing: Array(bytes)), let digest = value["digest"]?.stringValue,
      let previous = value["previous"]?.stringValue, let number = value["number"]?.intValue, number < Int.max
    else { return nil }
    return (bytes.endIndex - tail, digest, previous, number)
  }

  /// Hands on the whole lines of a file, without their ends. Returns the bytes behind the last.
  private static func forEachLine(
    _ path: String, _ descriptor: Int32, _ body: (ArraySlice<UInt8>) -> Void
  ) throws(QualityError) -> Int {
    var pending: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 256 << 10)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw AuditTrail.failure(path) }
      if count == 0 { return pending.count }
      pending += buffer[..<count]
      var start = 0
      while let end = pending[start...].firstIndex(of: 0x0A) {
        body(pending[start..<end])
        start = end + 1
      }
      pending.removeFirst(start)
      guard pending.count <= longestLine else {
        throw QualityError(
          "unreadable", "\(path): a line is longer than any of a trail", exitCode: .inputOutput)
      }
    }
  }

  private static func text(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { _ = close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = read(descriptor, &buffer, buffer.count)
    return count >= 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
  }

  /// Where a trail goes on: behind its last whole line. The chain before is not checked: that is `audit verify`'s work.
  static func end(of path: String, _ descriptor: Int32) throws(QualityError) -> AuditHead {
    let length = Int(lseek(descriptor, 0, SEEK_END))
    guard length > 0 else { return AuditHead() }
    let start = max(0, length - longestLine)
    var bytes = [UInt8](repeating: 0, count: length - start)
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress.map { $0 + filled }, $0.count - filled, off_t(start + filled))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw AuditTrail.failure(path) }
      filled += count
    }
    guard let lastEnd = bytes.lastIndex(of: 0x0A) else {
      guard start == 0 else {
        throw QualityError("state-damaged", "\(path) is no audit trail", hint: "move it away", exitCode: .inputOutput)
      }
      return AuditHead()
    }
    let lineStart = bytes[..<lastEnd].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    guard let parts = parts(bytes[lineStart..<lastEnd]) else {
      throw QualityError(
        "state-damaged", "\(path): the last line is none of a trail", hint: "move it away; dossier audit verify",
        exitCode: .inputOutput)
    }
    var head = AuditHead()
    head.number = parts.number
    head.digest = parts.digest
    head.length = start + lastEnd + 1
    return head
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("good", isGood)
    writer.name("trails")
    writer.beginArray()
    for trail in trails {
      writer.beginObject()
      writer.member("file", trail.file)
      writer.member("lines", trail.lines)
      writer.member("head", trail.head)
      writer.endObject()
    }
    writer.endArray()
    writer.name("problems")
    writer.beginArray()
    for problem in problems {
      writer.beginObject()
      writer.member("file", problem.file)
      writer.member("line", problem.line)
      writer.member("message", problem.message)
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
  }
}
