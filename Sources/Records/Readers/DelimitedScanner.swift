/// How a delimited file is written.
struct Dialect: Equatable, Sendable {
  var separator: UInt8
  var quote: UInt8
}

/// Finds the fields of one record of delimited text (RFC 4180, with any of CR LF, LF and CR as its end). It keeps its
/// state when the bytes run out, so that a record is scanned once however it arrives.
struct DelimitedScanner {
  struct Field: Equatable {
    /// Bytes of the content, quotes left off, relative to the start of the record.
    var start: Int
    var end: Int
    /// Whether the content holds doubled quotes.
    var isEscaped: Bool
  }

  enum Outcome: Equatable {
    case needsMore
    /// More fields than ``RecordLimits/maximumColumns``; no more are kept.
    case tooManyFields
    /// The record ends before its line break; `length` takes the break in.
    case record(length: Int)
    /// Text after a closing quote, at `offset`.
    case strayText(offset: Int)
    /// A quote that nothing closes, opened at `offset`.
    case openQuote(offset: Int)
  }

  private enum State { case fieldStart, plain, quoted, quoteSeen, carriageReturn }

  let dialect: Dialect
  private(set) var fields: [Field] = []
  /// Line breaks inside the record and at its end.
  private(set) var lineBreaks = 0
  private(set) var hasZero = false
  /// How far was scanned.
  private(set) var offset = 0
  /// Where the open quote stands, while a quoted field is being scanned.
  private(set) var quoteStart = 0
  private var state = State.fieldStart
  private var fieldStart = 0
  private var isEscaped = false
  private var lastWasReturn = false

  init(dialect: Dialect) { self.dialect = dialect }

  /// Makes ready for the next record.
  mutating func reset() {
    fields.removeAll(keepingCapacity: true)
    lineBreaks = 0
    hasZero = false
    offset = 0
    state = .fieldStart
    fieldStart = 0
    isEscaped = false
    lastWasReturn = false
  }

  /// Scans on from where the last call stopped.
  /// - Parameter bytes: the record from its start, and what follows.
  /// - Parameter isLast: whether nothing comes after `bytes`.
  mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool) -> Outcome {
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == 0 { hasZero = true }
      switch state {
      case .fieldStart:
        guard fields.count < RecordLimits.maximumColumns else { return .tooManyFields }
        if byte == dialect.quote {
          state = .quoted
          quoteStart = offset
          fieldStart = offset + 1
        } else {
          fieldStart = offset
          state = .plain
          continue
        }
      case .plain:
        if byte == dialect.separator {
          endField(offset)
        } else if byte == 0x0A {
          return endRecord(offset, next: offset + 1)
        } else if byte == 0x0D {
          fields.append(Field(start: fieldStart, end: offset, isEscaped: false))
          state = .carriageReturn
        }
      case .quoted:
        if byte == dialect.quote {
          state = .quoteSeen
        } else if byte == 0x0A {
          if !lastWasReturn { lineBreaks += 1 }
        } else if byte == 0x0D {
          lineBreaks += 1
        }
        lastWasReturn = byte == 0x0D
      case .quoteSeen:
        if byte == dialect.quote {
          isEscaped = true
          state = .quoted
          lastWasReturn = false
        } else if byte == dialect.separator {
          endField(offset - 1)
        } else if byte == 0x0A {
          return endRecord(offset - 1, next: offset + 1)
        } else if byte == 0x0D {
          fields.append(Field(start: fieldStart, end: offset - 1, isEscaped: isEscaped))
          state = .carriageReturn
        } else {
          return .strayText(offset: offset)
        }
      case .carriageReturn:
        lineBreaks += 1
        return .record(length: byte == 0x0A ? offset + 1 : offset)
      }
      offset += 1
    }
    guard isLast else { return .needsMore }
    switch state {
    case .quoted: return .openQuote(offset: quoteStart)
    case .carriageReturn:
      lineBreaks += 1
      return .record(length: offset)
    case .quoteSeen: fields.append(Field(start: fieldStart, end: offset - 1, isEscaped: isEscaped))
    case .fieldStart: fields.append(Field(start: offset, end: offset, isEscaped: false))
    case .plain: fields.append(Field(start: fieldStart, end: offset, isEscaped: false))
    }
    return .record(length: offset)
  }

  private mutating func endField(_ end: Int) {
    fields.append(Field(start: fieldStart, end: end, isEscaped: isEscaped))
    isEscaped = false
    state = .fieldStart
  }

  private mutating func endRecord(_ end: Int, next: Int) -> Outcome {
    fields.append(Field(start: fieldStart, end: end, isEscaped: isEscaped))
    lineBreaks += 1
    return .record(length: next)
  }
}

extension Dialect {
  /// The dialect under which the most records of a sample have the same number of fields, more than one; ties go to more
  /// fields, then to `preferred`. A sample without any separator is one column.
  /// - Complexity: eight scans of the sample.
  static func detect(_ sample: UnsafeBufferPointer<UInt8>, isWhole: Bool, preferred: UInt8) -> (
    dialect: Dialect, agreement: Double, columns: Int, records: Int
  ) {
    var best = (dialect: Dialect(separator: preferred, quote: 0x22), agreement: 0.0, columns: 1, records: 0)
    var bestScore = -1.0
    for quote: UInt8 in [0x22, 0x27] {
      // A single quote is a quoting mark only where it opens fields; apostrophes in words do not count.
      if quote == 0x27, !opensFields(0x27, sample) { continue }
      for separator in [preferred] + [0x2C, 0x3B, 0x09, 0x7C].filter({ $0 != preferred }) {
        let counts = fieldCounts(sample, isWhole: isWhole, Dialect(separator: separator, quote: quote))
        guard counts.total > 0 else { continue }
        var score = counts.columns > 1 ? counts.agreement : 0
        if counts.columns > 1 { score += 0.002 * Double(min(counts.columns, 50)) }
        if separator == preferred { score += 0.05 }
        if score > bestScore {
          bestScore = score
          best = (Dialect(separator: separator, quote: quote), counts.agreement, counts.columns, counts.total)
        }
      }
    }
    return best
  }

  private static func opensFields(_ quote: UInt8, _ sample: UnsafeBufferPointer<UInt8>) -> Bool {
    var opening = 0
    var doubles = 0
    var lines = 1
    for index in 0..<sample.count {
      let byte = sample[index]
      if byte == 0x22 { doubles += 1 }
      if byte == 0x0A { lines += 1 }
      guard byte == quote else { continue }
      let before = index == 0 ? 0x0A : sample[index - 1]
      if [0x0A, 0x0D, 0x2C, 0x3B, 0x09, 0x7C].contains(before) { opening += 1 }
    }
    return doubles == 0 && opening * 2 >= lines
  }

  private static func fieldCounts(
    _ sample: UnsafeBufferPointer<UInt8>, isWhole: Bool, _ dialect: Dialect
  ) -> (agreement: Double, columns: Int, total: Int) {
    var scanner = DelimitedScanner(dialect: dialect)
    var histogram: [Int: Int] = [:]
    var total = 0
    var faults = 0
    var start = 0
    scanning: while start < sample.count {
      scanner.reset()
      let rest = UnsafeBufferPointer(rebasing: sample[start...])
      switch scanner.scan(rest, isLast: isWhole) {
      case .record(let length):
        let isBlank = scanner.fields.count == 1 && scanner.fields[0].end == scanner.fields[0].start
        if !isBlank {
          histogram[scanner.fields.count, default: 0] += 1
          total += 1
        }
        start += max(1, length)
      case .tooManyFields:
        histogram[scanner.fields.count, default: 0] += 1
        total += 1
        break scanning
      case .strayText(let offset), .openQuote(let offset):
        faults += 1
        total += 1
        var next = min(rest.count, isWhole ? 0 : offset)
        while next < rest.count, rest[next] != 0x0A, rest[next] != 0x0D { next += 1 }
        start += next + 1
      case .needsMore: break scanning
      }
    }
    guard let mode = histogram.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }), total > 0 else {
      return (0, 1, total)
    }
    return (Double(mode.value) / Double(total), mode.key, total)
  }
}
