/// Reads JSON texts (RFC 8259), strictly: what the grammar does not allow is an error with its place.
///
/// A reader is kept over many texts (the lines of a file): it remembers long member names, so that the same name in
/// the next object costs no allocation. One reader belongs to one thread.
public struct JSONReader: Sendable {
  /// What to do when an object holds one name twice. RFC 8259 section 4 leaves it open; records must not lose data in
  /// silence, so the default is to refuse.
  public enum DuplicateNames: Hashable, Sendable { case refuse, keepFirst, keepLast }

  public struct Options: Hashable, Sendable {
    /// Arrays and objects inside one another. 64 is far beyond any record and far below what a thread's stack bears
    /// (4,096 is the most that is taken, whatever is asked).
    public var maximumDepth = 64
    /// Characters of one number. 1,000 is more than any precision in use, and keeps later conversions bounded.
    public var maximumNumberLength = 1_000
    /// Values of the whole text, arrays and objects among them: what bounds the memory of the tree. No bound by default.
    public var maximumValues = Int.max
    public var duplicateNames = DuplicateNames.refuse
    /// A `\uD800` without its other half is no character: refused, or read as U+FFFD.
    public var replacesLoneSurrogates = false

    public init() {}
  }

  public let options: Options
  private var memory = ScannerMemory()

  public init(options: Options = Options()) { self.options = options }

  /// The one value that the bytes hold, white space around it allowed. A UTF-8 byte order mark at the beginning is
  /// skipped (RFC 8259 section 8.1). Linear in the number of bytes.
  /// - Throws: `JSONError` at the first broken rule, malformed UTF-8 among them.
  public mutating func read(_ bytes: UnsafeRawBufferPointer) throws(JSONError) -> JSONValue {
    var scanner = JSONScanner(bytes: bytes, offset: 0, options: options, memory: takeMemory())
    defer { memory = scanner.memory }
    scanner.skipByteOrderMark()
    let value = try scanner.value()
    try scanner.end()
    return value
  }

  public mutating func read(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
    try bytes.withUnsafeBytes { buffer in result(of: buffer) }.get()
  }

  public mutating func read(_ text: String) throws(JSONError) -> JSONValue {
    var text = text
    return try text.withUTF8 { result(of: UnsafeRawBufferPointer($0)) }.get()
  }

  /// The standard library's `with…` calls carry no typed error; a result does.
  private mutating func result(of bytes: UnsafeRawBufferPointer) -> Result<JSONValue, JSONError> {
    do throws(JSONError) { return .success(try read(bytes)) } catch { return .failure(error) }
  }

  /// The next value at `offset`, whatever follows it; moves `offset` behind the value. For texts that hold many
  /// values: the caller passes over what stands between them.
  /// - Throws: `JSONError`, with places counted from the beginning of `bytes`; `offset` is then unchanged.
  public mutating func readValue(
    in bytes: UnsafeRawBufferPointer, at offset: inout Int
  ) throws(JSONError) -> JSONValue {
    precondition(offset >= 0 && offset <= bytes.count, "an offset inside the bytes")
    var scanner = JSONScanner(bytes: bytes, offset: offset, options: options, memory: takeMemory())
    defer { memory = scanner.memory }
    let value = try scanner.value()
    offset = scanner.position
    return value
  }

  /// Hands the memory over, so that it has one owner and is never copied.
  private mutating func takeMemory() -> ScannerMemory {
    var taken = ScannerMemory()
    swap(&taken, &memory)
    taken.signatures.removeAll(keepingCapacity: true)
    taken.nameOffsets.removeAll(keepingCapacity: true)
    return taken
  }
}

extension JSONValue {
  /// Reads one JSON text with the default options.
  public init(parsing text: String) throws(JSONError) {
    var reader = JSONReader()
    self = try reader.read(text)
  }

  /// Reads one JSON text with the default options.
  public init(parsing bytes: [UInt8]) throws(JSONError) {
    var reader = JSONReader()
    self = try reader.read(bytes)
  }
}

/// What a scanner needs besides the text, kept from one text to the next.
struct ScannerMemory: Sendable {
  /// Of the names of all objects that are open, innermost last: a few bytes of each, to tell most names apart.
  var signatures: [UInt64] = []
  var nameOffsets: [Int] = []
  var scratch: [UInt8] = []
  /// Members of the object read last: objects in one file are much alike.
  var usualMemberCount = 0
  /// Names longer than a small string (15 bytes): a hit saves the allocation. 64 slots hold the long names of any
  /// record; a collision only costs an allocation.
  private var names: [String] = []

  /// - Returns: nil when the bytes are no UTF-8.
  mutating func name(_ bytes: UnsafeBufferPointer<UInt8>, signature: UInt64) -> String? {
    if names.isEmpty { names = [String](repeating: "", count: 64) }
    let slot = Int(truncatingIfNeeded: (signature &* 0x9E37_79B9_7F4A_7C15) >> 58)
    if names[slot].hasBytes(bytes) { return names[slot] }
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    names[slot] = text
    return text
  }
}

extension String {
  /// Whether the string's UTF-8 is these bytes; `==` would call canonically equivalent names equal, at some cost.
  func hasBytes(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let view = utf8
    guard view.count == bytes.count else { return false }
    return view.withContiguousStorageIfAvailable { $0.elementsEqual(bytes) } ?? view.elementsEqual(bytes)
  }

  /// Whether both strings are the same bytes.
  func hasSameBytes(as other: String) -> Bool {
    let view = other.utf8
    guard utf8.count == view.count else { return false }
    return view.withContiguousStorageIfAvailable { hasBytes($0) } ?? utf8.elementsEqual(view)
  }
}
