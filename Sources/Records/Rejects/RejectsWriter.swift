import JSONText

/// Collects the lines of a rejects file and hands them on in pieces.
///
/// Of one cause in one file ``mostOfOneCause`` rows are written; the rest is counted, and said in a line of its own at the
/// end, with the lines where it begins and ends: an open quote makes millions of rejects of one mistake, which is mended in
/// the file or the mapping and not row by row.
public struct RejectsWriter {
  /// Rejects, those counted without being written among them.
  public private(set) var count = 0
  /// Of these, rejects that were counted without being written.
  public private(set) var leftOut = 0
  private var writer = JSONWriter()
  private let flush: ([UInt8]) -> Void
  private let mostOfOneCause: Int
  private var causes: [Cause: Found] = [:]

  /// Rows that somebody mends one by one, by a program even, are fewer; and they take some 20 MB.
  public static let mostOfOneCause = 100_000
  /// Causes that are told apart. Beyond them all of a file count as one: what is kept here is bounded.
  private static let mostCauses = 1_000
  /// Bytes by which causes are told apart.
  private static let longestCause = 200

  private struct Cause: Hashable {
    var file: String
    var text: String
  }

  private struct Found {
    var count = 0
    var first = 0
    var last = 0
    var example = ""
  }

  /// - Parameter flush: takes pieces of about 64 KB, and the rest at `finish`.
  public init(mostOfOneCause: Int = Self.mostOfOneCause, flush: @escaping ([UInt8]) -> Void) {
    self.mostOfOneCause = mostOfOneCause
    self.flush = flush
  }

  public mutating func write(_ reject: Reject) {
    count += 1
    var cause = Cause(file: reject.file, text: Self.cause(reject.reason))
    if causes[cause] == nil, causes.count >= Self.mostCauses { cause.text = "" }
    // Bounded even where every row names a file of its own.
    if causes[cause] == nil, causes.count >= 2 * Self.mostCauses { return put(reject) }
    var found = causes[cause] ?? Found()
    defer { causes[cause] = found }
    found.count += 1
    guard found.count > mostOfOneCause else { return put(reject) }
    if found.first == 0 {
      found.first = reject.line
      found.example = reject.reason
    }
    found.last = reject.line
    leftOut += 1
  }

  /// Says what was counted without being written, and hands on what is left.
  public mutating func finish() {
    let more = causes.filter { $1.count > mostOfOneCause }
    for (cause, found) in more.sorted(by: { ($0.key.file, $0.value.first) < ($1.key.file, $1.value.first) }) {
      put(
        Reject(
          file: cause.file, line: found.first, column: 1,
          reason: "\(found.count - mostOfOneCause) more rows from here to line \(found.last), as: \(found.example)"))
    }
    causes = [:]
    handOn()
  }

  private mutating func put(_ reject: Reject) {
    writer.object(reject.json)
    writer.bytes.append(0x0A)
    if writer.bytes.count >= 64 << 10 { handOn() }
  }

  private mutating func handOn() {
    if !writer.bytes.isEmpty { flush(writer.bytes) }
    writer.bytes.removeAll(keepingCapacity: true)
  }

  /// A reason without the numbers and quoted texts in it, which differ from row to row.
  private static func cause(_ reason: String) -> String {
    var text: [UInt8] = []
    var quote: UInt8?
    for byte in reason.utf8.prefix(longestCause) {
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == 0x22 || byte == 0x27 {
        quote = byte
      } else if byte < 0x30 || byte > 0x39 {
        text.append(byte)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
