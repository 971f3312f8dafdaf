import JSONText

/// Rows of a CSV or TSV file (RFC 4180): separator (comma, semicolon, tab, bar) and quoting mark are detected from the
/// first 64 KB, the first record names the columns. Every value is a string.
///
/// A record with another number of fields than the header, with text after a closing quote, with an unclosed quote, with
/// malformed characters or a NUL, or longer than 16 MB is rejected with its place; reading goes on at the next line.
struct DelimitedReader: DetectingReader {
  /// The longest record: a stray quote swallows no more than this. Far above any table cell.
  static let largestRecord = 16 << 20
  /// The longest text that a rejection carries along.
  static let largestRaw = 1 << 20

  let detectedFormat: FileFormat
  private(set) var dialect = Dialect(separator: 0x2C, quote: 0x22)
  /// Names of the columns: empty ones are `columnN`, repeated ones get `_2`, `_3` …
  private(set) var header: [String] = []

  private let input: TextInput
  private var scanner = DelimitedScanner(dialect: Dialect(separator: 0x2C, quote: 0x22))
  private var line = 1
  private var begun = false
  private var failed = false

  init(input: TextInput, format: FileFormat) {
    self.input = input
    self.detectedFormat = format
  }

  var detectedEncoding: TextEncoding? { input.encoding }

  /// Whether the file began with a byte order mark.
  var hasMark: Bool { input.hasMark }

  /// Reads the header before any row is asked for.
  /// - Returns: the rejection of a header that cannot be read; there are no rows then.
  mutating func readHeader() throws(RecordError) -> RowResult? {
    if begun { return nil }
    let rejection = try begin()
    failed = rejection != nil
    return rejection
  }

  mutating func next() throws(RecordError) -> RowResult? {
    if failed { return nil }
    if !begun {
      if let rejection = try begin() {
        failed = true
        return rejection
      }
    }
    while true {
      let start = line
      switch try record() {
      case .end: return nil
      case .blank: continue
      case .rejected(let result): return result
      case .fields(let values, let raw):
        guard values.count == header.count else {
          let reason = "\(values.count) fields; the header has \(header.count)"
          return .rejected(line: start, column: 1, reason: reason, raw: raw)
        }
        var members: [JSONObject.Member] = []
        members.reserveCapacity(values.count)
        for (name, value) in zip(header, values) { members.append(.init(name: name, value: .string(value))) }
        return .row(SourceRow(members: JSONObject(members), line: start, column: 1))
      }
    }
  }

  private enum Item {
    case end
    case blank
    case rejected(RowResult)
    case fields([String], raw: String?)
  }

  /// Detects the dialect and reads the header.
  private mutating func begin() throws(RecordError) -> RowResult? {
    begun = true
    try input.fill(TextInput.chunk)
    let isWhole = input.available < TextInput.chunk
    let preferred: UInt8 = detectedFormat == .tsv ? 0x09 : 0x2C
    let declared = input.withWindow { Self.declaredSeparator($0) }
    if let declared {
      dialect = Dialect(separator: declared.separator, quote: 0x22)
      input.advance(declared.length)
      line += 1
    } else {
      dialect = input.withWindow {
        let sample = UnsafeBufferPointer(rebasing: $0[..<min($0.count, TextInput.chunk)])
        return Dialect.detect(sample, isWhole: isWhole, preferred: preferred).dialect
      }
    }
    scanner = DelimitedScanner(dialect: dialect)
    while true {
      switch try record() {
      case .end: return nil
      case .blank: continue
      case .rejected(let result):
        guard case .rejected(let line, let column, let reason, let raw) = result else { return result }
        return .rejected(line: line, column: column, reason: "header row: \(reason)", raw: raw)
      case .fields(let names, _):
        header = Self.distinct(names)
        return nil
      }
    }
  }

  /// `sep=;` as a first line, which spreadsheets write.
  private static func declaredSeparator(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) -> (separator: UInt8, length: Int)? {
    guard bytes.count >= 6, bytes[0] | 0x20 == 0x73, bytes[1] | 0x20 == 0x65, bytes[2] | 0x20 == 0x70, bytes[3] == 0x3D,
      bytes[4] < 0x80, bytes[4] > 0x20 || bytes[4] == 0x09, bytes[4] != 0x22
    else { return nil }
    if bytes[5] == 0x0A { return (bytes[4], 6) }
    guard bytes[5] == 0x0D else { return nil }
    return (bytes[4], bytes.count > 6 && bytes[6] == 0x0A ? 7 : 6)
  }

  /// Names of columns, none empty and none twice. Linear, however many have one name: numbers are counted on.
  static func distinct(_ names: [String]) -> [String] {
    var taken: Set<String> = []
    var numbers: [String: Int] = [:]
    var result: [String] = []
    for (index, name) in names.enumerated() {
      let trimmed = TextLines.trimmed(name)
      let base = trimmed.isEmpty ? "column\(index + 1)" : trimmed
      var candidate = base
      while !taken.insert(candidate).inserted {
        let number = numbers[base, default: 2]
        candidate = "\(base)_\(number)"
        numbers[base] = number + 1
      }
      result.append(candidate)
    }
    return result
  }

  private mutating func record() throws(RecordError) -> Item {
    scanner.reset()
    if input.available == 0, try !input.more() { return .end }
    while true {
      let isLast = input.atEnd
      let outcome = input.withWindow { scanner.scan($0, isLast: isLast) }
      switch outcome {
      case .needsMore:
        if scanner.offset >= Self.largestRecord {
          let column = 1
          return try resynchronise(
            column: column, reason: "record longer than 16 MB; is a quote left open?", keepsRaw: false)
        }
        _ = try input.more()
      case .record(let length): return finish(length)
      case .tooManyFields:
        return try resynchronise(
          column: 1, reason: "more than \(RecordLimits.maximumColumns) fields", keepsRaw: false)
      case .strayText(let offset):
        let column = input.withWindow { UTF8Text.place(of: offset, in: $0) }
        let reason = "text after a closing quote, \(column.line - 1) lines on, at column \(column.column)"
        return try resynchronise(
          column: column.line == 1 ? column.column : 1,
          reason: column.line == 1 ? "text after a closing quote" : reason, keepsRaw: true)
      case .openQuote(let offset):
        let column = input.withWindow { UTF8Text.place(of: offset, in: $0).column }
        return try resynchronise(column: column, reason: "quote opened here is not closed", keepsRaw: true)
      }
    }
  }

  private mutating func finish(_ length: Int) -> Item {
    let start = line
    line += scanner.lineBreaks
    defer { input.advance(length) }
    let fields = scanner.fields
    if fields.count == 1, fields[0].start == fields[0].end, length <= 2 { return .blank }
    let hasZero = scanner.hasZero
    let quote = dialect.quote
    return input.withWindow { window in
      let record = UnsafeBufferPointer(rebasing: window[..<length])
      if let invalid = UTF8Text.firstInvalid(record) {
        let place = UTF8Text.place(of: invalid, in: record, firstLine: start)
        return .rejected(
          .rejected(line: place.line, column: place.column, reason: "malformed characters", raw: Self.text(record)))
      }
      if hasZero, let zero = record.firstIndex(of: 0) {
        let place = UTF8Text.place(of: zero, in: record, firstLine: start)
        return .rejected(.rejected(line: place.line, column: place.column, reason: "NUL byte", raw: Self.text(record)))
      }
      var values: [String] = []
      values.reserveCapacity(fields.count)
      for field in fields {
        let content = UnsafeBufferPointer(rebasing: record[field.start..<field.end])
        values.append(field.isEscaped ? Self.unescaped(content, quote) : String(decoding: content, as: UTF8.self))
      }
      // The text is wanted only for a rejection, and that is known only for the row's number of fields.
      return .fields(values, raw: begunHeader && values.count != header.count ? Self.text(record) : nil)
    }
  }

  private var begunHeader: Bool { !header.isEmpty }

  private static func unescaped(_ bytes: UnsafeBufferPointer<UInt8>, _ quote: UInt8) -> String {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      output.append(bytes[index])
      index += bytes[index] == quote ? 2 : 1
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    var end = bytes.count
    while end > 0, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return end <= largestRaw ? String(decoding: bytes[..<end], as: UTF8.self) : nil
  }

  /// Rejects the line on which the record began and goes on at the next one. Linear over a file: a line that opens a
  /// quote also ends any quoted field that runs into it.
  private mutating func resynchronise(column: Int, reason: String, keepsRaw: Bool) throws(RecordError) -> Item {
    let start = line
    var scanned = 0
    while true {
      let found = input.withWindow { window in
        window[scanned...].firstIndex { $0 == 0x0A || $0 == 0x0D }
      }
      if let found {
        try input.fill(found + 2)
        let length = input.withWindow { window in
          window[found] == 0x0D && found + 1 < window.count && window[found + 1] == 0x0A ? found + 2 : found + 1
        }
        return end(length)
      }
      scanned = input.available
      if scanned > Self.largestRecord {
        // One line without end: what was seen of it is dropped piece by piece.
        input.advance(scanned)
        scanned = 0
      }
      if try !input.more() { return end(input.available) }
    }
    func end(_ length: Int) -> Item {
      let raw = keepsRaw ? input.withWindow { Self.text(UnsafeBufferPointer(rebasing: $0[..<length])) } : nil
      input.advance(length)
      line = start + 1
      return .rejected(.rejected(line: start, column: column, reason: reason, raw: raw))
    }
  }
}
