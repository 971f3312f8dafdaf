/// Writes JSON (RFC 8259) into a buffer of bytes, member by member, in the order of the calls.
///
/// Escapes are the fewest that the grammar demands: the quote, the backslash and the control characters; everything
/// else is UTF-8 as it is. The same calls give the same bytes. Commas are the writer's care; that every `begin` has
/// its `end`, and that a name comes before each value of an object, is the caller's.
public struct JSONWriter: Sendable {
  /// What was written so far. Callers may empty it between values (streaming) and may append line ends.
  public var bytes: [UInt8]
  /// Two spaces a level and a line for every member, or all in one line.
  public let isPretty: Bool
  private var needsComma = false
  private var level = 0

  public init(isPretty: Bool = false, capacity: Int = 0) {
    bytes = []
    bytes.reserveCapacity(capacity)
    self.isPretty = isPretty
  }

  /// What was written, as text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  // MARK: Structure

  public mutating func beginObject() { begin(UInt8(ascii: "{")) }
  public mutating func endObject() { end(UInt8(ascii: "}")) }
  public mutating func beginArray() { begin(UInt8(ascii: "[")) }
  public mutating func endArray() { end(UInt8(ascii: "]")) }

  /// The name of the next member.
  public mutating func name(_ name: String) {
    separate()
    appendQuoted(name)
    bytes.append(UInt8(ascii: ":"))
    if isPretty { bytes.append(0x20) }
    needsComma = false
    isAfterName = true
  }

  private var isAfterName = false

  private mutating func begin(_ open: UInt8) {
    separate()
    bytes.append(open)
    needsComma = false
    level += 1
  }

  private mutating func end(_ close: UInt8) {
    level = max(level - 1, 0)
    if isPretty && needsComma { newLine() }
    bytes.append(close)
    needsComma = level > 0
  }

  private mutating func separate() {
    if isAfterName {
      isAfterName = false
      return
    }
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    if isPretty && level > 0 { newLine() }
  }

  private mutating func newLine() {
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: 2 * level))
  }

  // MARK: Values

  public mutating func string(_ value: String) {
    separate()
    appendQuoted(value)
    needsComma = level > 0
  }

  public mutating func int(_ value: some BinaryInteger) {
    separate()
    bytes.append(contentsOf: String(value).utf8)
    needsComma = level > 0
  }

  /// The shortest spelling that reads back as the same double; what JSON cannot say (not a number, infinities) is null.
  public mutating func double(_ value: Double) {
    guard value.isFinite else { return null() }
    var text = value.description
    if text.hasSuffix(".0") { text.removeLast(2) }
    spelled(text)
  }

  public mutating func bool(_ value: Bool) { spelled(value ? "true" : "false") }
  public mutating func null() { spelled("null") }

  private mutating func spelled(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
    needsComma = level > 0
  }

  public mutating func value(_ value: JSONValue) {
    switch value {
    case .null: null()
    case .bool(let value): bool(value)
    case .number(let text):
      // A value may have been built by hand: what is no number is written as the string that it is.
      if Self.isNumber(text) { spelled(text) } else { string(text) }
    case .string(let text): string(text)
    case .array(let values):
      beginArray()
      for element in values { self.value(element) }
      endArray()
    case .object(let object): self.object(object)
    }
  }

  public mutating func object(_ object: JSONObject) {
    beginObject()
    for member in object.members {
      name(member.name)
      value(member.value)
    }
    endObject()
  }

  // MARK: Members

  public mutating func member(_ name: String, _ value: String) {
    self.name(name)
    string(value)
  }

  public mutating func member(_ name: String, _ value: some BinaryInteger) {
    self.name(name)
    int(value)
  }

  public mutating func member(_ name: String, _ value: Double) {
    self.name(name)
    double(value)
  }

  public mutating func member(_ name: String, _ value: Bool) {
    self.name(name)
    bool(value)
  }

  public mutating func member(_ name: String, _ value: JSONValue) {
    self.name(name)
    self.value(value)
  }

  /// The string, or null where there is none.
  public mutating func member(_ name: String, orNull value: String?) {
    self.name(name)
    if let value { string(value) } else { null() }
  }

  // MARK: Bytes

  private mutating func appendQuoted(_ text: String) {
    bytes.append(0x22)
    var text = text
    text.withUTF8 { appendEscaped($0) }
    bytes.append(0x22)
  }

  private mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>) {
    var runStart = 0
    for index in text.indices {
      let byte = text[index]
      guard byte < 0x20 || byte == 0x22 || byte == 0x5C else { continue }
      bytes.append(contentsOf: text[runStart..<index])
      runStart = index + 1
      bytes.append(0x5C)
      switch byte {
      case 0x22, 0x5C: bytes.append(byte)
      case 0x08: bytes.append(UInt8(ascii: "b"))
      case 0x09: bytes.append(UInt8(ascii: "t"))
      case 0x0A: bytes.append(UInt8(ascii: "n"))
      case 0x0C: bytes.append(UInt8(ascii: "f"))
      case 0x0D: bytes.append(UInt8(ascii: "r"))
      default:
        bytes.append(contentsOf: "u00".utf8)
        bytes.append(byte >> 4 == 0 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
        let low = byte & 0x0F
        bytes.append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
      }
    }
    bytes.append(contentsOf: text[runStart...])
  }

  private static func isNumber(_ text: String) -> Bool {
    var reader = JSONReader()
    guard let first = text.utf8.first, let last = text.utf8.last, first != 0x20, last <= UInt8(ascii: "9"),
      last >= UInt8(ascii: "0"),
      first == UInt8(ascii: "-") || (first >= UInt8(ascii: "0") && first <= UInt8(ascii: "9"))
    else { return false }
    if text.utf8.count <= 18, text.utf8.dropFirst().allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), first >= 0x31 {
      return true
    }
    guard case .number? = try? reader.read(text) else { return false }
    return true
  }
}

extension JSONValue {
  /// The value as JSON text, in one line or pretty.
  public func text(isPretty: Bool = false) -> String {
    var writer = JSONWriter(isPretty: isPretty)
    writer.value(self)
    return writer.text
  }
}

extension JSONObject {
  /// The object as JSON text, in one line or pretty.
  public func text(isPretty: Bool = false) -> String { JSONValue.object(self).text(isPretty: isPretty) }
}
