import JSONText

/// Rows of a JSON file: one object, several objects one after another, an array of objects, or an object that wraps one
/// such array. Arrays are streamed element by element: memory is flat in the file's size.
///
/// An object wraps rows when one of its members is an array of objects and it is called as collections are (`records`,
/// `results`, `data`, `enterprises` …), or when nothing before it makes the object a record of its own (an `id`, a
/// `kind`) and it is none of the lists that records have (`violations`, `products` …).
struct JSONDocumentReader: DetectingReader {
  /// The longest element: far above any record.
  static let largestElement = 16 << 20

  private enum State { case values, array(isWrapped: Bool), tail }

  private let input: TextInput
  private var reader = RecordLimits.jsonReader
  private var place = PlaceCounter()
  private var state = State.values

  init(input: TextInput) { self.input = input }

  var detectedFormat: FileFormat { .json }
  var detectedEncoding: TextEncoding? { input.encoding }

  mutating func next() throws(RecordError) -> RowResult? {
    while true {
      switch state {
      case .values:
        guard let byte = try peekContent() else { return nil }
        if byte == 0x5B {
          consume(1)
          state = .array(isWrapped: false)
        } else if byte == 0x7B {
          if let result = try object() { return result }
        } else {
          return try junk()
        }
      case .array(let isWrapped):
        guard let byte = try peekContent() else {
          state = .values
          return .rejected(
            line: place.line, column: place.column, reason: "the file ends inside an array: is it cut off?", raw: nil)
        }
        if byte == 0x5D {
          consume(1)
          state = isWrapped ? .tail : .values
        } else if byte == 0x2C {
          consume(1)
        } else {
          return try element()
        }
      case .tail:
        state = .values
        try skipTail()
      }
    }
  }

  /// The next byte that is not white space, which becomes the window's first.
  private mutating func peekContent() throws(RecordError) -> UInt8? {
    while true {
      let blank = input.withWindow { window in window.prefix { Self.isBlank($0) }.count }
      consume(blank)
      if input.available > 0 { return input.withWindow { $0.first } }
      if try !input.more() { return nil }
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

  private mutating func consume(_ count: Int) {
    guard count > 0 else { return }
    place = input.withWindow { window in
      var place = place
      place.advance(over: UnsafeBufferPointer(rebasing: window[..<min(count, window.count)]))
      return place
    }
    input.advance(count)
  }

  /// The value at the window's front as a row.
  private mutating func element() throws(RecordError) -> RowResult {
    let start = place
    var scanner = JSONExtent()
    while true {
      let isLast = input.atEnd
      if let length = input.withWindow({ scanner.scan($0, isLast: isLast) }) {
        let result = input.withWindow { window in
          let text = UnsafeBufferPointer(rebasing: window[..<length])
          return JSONRow.result(of: text, line: start.line, column: start.column, reader: &reader)
        }
        consume(length)
        return result
      }
      if scanner.offset > Self.largestElement {
        try discard(&scanner)
        return .rejected(line: start.line, column: start.column, reason: "value longer than 16 MB", raw: nil)
      }
      _ = try input.more()
    }
  }

  /// Text at top level that begins no object and no array: one rejection for the whole line.
  private mutating func junk() throws(RecordError) -> RowResult {
    let start = place
    var raw: String?
    while true {
      let line = input.withWindow { window in window.firstIndex { $0 == 0x0A || $0 == 0x0D } }
      let count = line ?? input.available
      if raw == nil {
        raw = input.withWindow { String(decoding: $0[..<min(count, 200)], as: UTF8.self) }
      }
      consume(count)
      if line != nil { break }
      if try !input.more() { break }
    }
    let reason = "expected an object or an array of objects"
    return .rejected(line: start.line, column: start.column, reason: reason, raw: raw)
  }

  /// Passes over the rest of a value without holding it.
  private mutating func discard(_ scanner: inout JSONExtent) throws(RecordError) {
    while true {
      consume(scanner.offset)
      scanner.restart()
      let isLast = input.atEnd
      if let length = input.withWindow({ scanner.scan($0, isLast: isLast) }) {
        consume(length)
        return
      }
      let isDry = input.available == scanner.offset
      if isDry, try !input.more() {
        consume(scanner.offset)
        return
      }
    }
  }

  /// An object at top level: nil when it turns out to wrap an array of rows, which then stands at the window's front.
  private mutating func object() throws(RecordError) -> RowResult? {
    var names: [String] = []
    var offset = 1
    while true {
      guard let name = try string(at: &offset), try skip(0x3A, at: &offset), let first = try content(at: &offset) else {
        return try element()
      }
      if first == 0x5B {
        var inner = offset + 1
        if try content(at: &inner) == 0x7B, RowContainer.wraps(name, after: names) {
          consume(offset + 1)
          state = .array(isWrapped: true)
          return nil
        }
      }
      names.append(name)
      guard try passValue(at: &offset), try skip(0x2C, at: &offset) else { return try element() }
    }
  }

  /// The byte at the next content from `offset` on; nil at the end or beyond the largest element.
  private func content(at offset: inout Int) throws(RecordError) -> UInt8? {
    while offset <= Self.largestElement {
      let from = offset
      let found = input.withWindow { window in
        from < window.count ? window[from...].firstIndex { !Self.isBlank($0) } : nil
      }
      if let found {
        offset = found
        return input.withWindow { $0[found] }
      }
      offset = max(offset, input.available)
      if try !input.more() { return nil }
    }
    return nil
  }

  private func skip(_ byte: UInt8, at offset: inout Int) throws(RecordError) -> Bool {
    guard try content(at: &offset) == byte else { return false }
    offset += 1
    return true
  }

  private func string(at offset: inout Int) throws(RecordError) -> String? {
    guard try content(at: &offset) == 0x22 else { return nil }
    let start = offset
    guard try passValue(at: &offset) else { return nil }
    let end = offset
    return input.withWindow { window in
      end - start > 2 ? String(decoding: window[start + 1..<end - 1], as: UTF8.self) : ""
    }
  }

  private func passValue(at offset: inout Int) throws(RecordError) -> Bool {
    var scanner = JSONExtent()
    let start = offset
    while true {
      let isLast = input.atEnd
      let length = input.withWindow { window in
        start < window.count ? scanner.scan(UnsafeBufferPointer(rebasing: window[start...]), isLast: isLast) : nil
      }
      if let length {
        offset = start + length
        return length > 0
      }
      if start + scanner.offset > Self.largestElement { return false }
      if try !input.more(), isLast { return false }
    }
  }

  /// What follows the wrapped array, up to the end of the object around it.
  private mutating func skipTail() throws(RecordError) {
    var scanner = JSONExtent(depth: 1)
    try discard(&scanner)
  }
}
