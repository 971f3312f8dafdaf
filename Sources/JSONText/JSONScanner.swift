/// The grammar of RFC 8259 over bytes in memory. Every load is behind a test against `count`.
struct JSONScanner {
  let base: UnsafePointer<UInt8>
  let count: Int
  let options: JSONReader.Options
  var position: Int
  var memory: ScannerMemory
  private var depth = 0
  private var values = 0
  private let maximumDepth: Int
  /// Not 0 when the characters skipped last may hold some beyond ASCII.
  private var highBits: UInt64 = 0

  init(bytes: UnsafeRawBufferPointer, offset: Int, options: JSONReader.Options, memory: ScannerMemory) {
    let typed = bytes.bindMemory(to: UInt8.self)
    // An empty buffer has no address; it is never loaded from, any address serves.
    base = typed.baseAddress ?? UnsafePointer(bitPattern: 1).unsafelyUnwrapped
    count = typed.count
    position = offset
    self.options = options
    self.memory = memory
    maximumDepth = min(max(options.maximumDepth, 0), 4_096)
  }

  mutating func skipByteOrderMark() {
    if count >= 3, base[0] == 0xEF, base[1] == 0xBB, base[2] == 0xBF { position = 3 }
  }

  /// Nothing but white space may follow.
  mutating func end() throws(JSONError) {
    skipSpace()
    if position < count { throw error(.trailingContent, expected: "nothing more after the value") }
  }

  mutating func value() throws(JSONError) -> JSONValue {
    skipSpace()
    guard position < count else { throw error(.unexpectedEnd, expected: "a value") }
    guard values < options.maximumValues else {
      throw error(.tooManyValues, expected: "at most \(options.maximumValues) values", found: "one more")
    }
    values &+= 1
    switch base[position] {
    case UInt8(ascii: "\""):
      position += 1
      return .string(try string())
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    case UInt8(ascii: "t"): return try literal("true", .bool(true))
    case UInt8(ascii: "f"): return try literal("false", .bool(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    default: throw error(.unexpectedCharacter, expected: "a value")
    }
  }

  // MARK: Arrays and objects

  private mutating func array() throws(JSONError) -> JSONValue {
    try descend()
    var values: [JSONValue] = []
    if !(try closes(UInt8(ascii: "]"), "a value or ]")) {
      repeat { values.append(try value()) } while try continues(UInt8(ascii: "]"), ", or ]")
    }
    depth -= 1
    return .array(values)
  }

  private mutating func object() throws(JSONError) -> JSONValue {
    try descend()
    let firstName = memory.signatures.count
    var members: [JSONObject.Member] = []
    if !(try closes(UInt8(ascii: "}"), "a member name in quotes or }")) {
      members.reserveCapacity(min(memory.usualMemberCount, 256))
      repeat {
        skipSpace()
        guard position < count else { throw error(.unexpectedEnd, expected: "a member name in quotes") }
        guard base[position] == UInt8(ascii: "\"") else {
          throw error(.unexpectedCharacter, expected: "a member name in quotes")
        }
        memory.nameOffsets.append(position)
        position += 1
        let name = try memberName()
        skipSpace()
        guard position < count, base[position] == UInt8(ascii: ":") else {
          throw error(position < count ? .unexpectedCharacter : .unexpectedEnd, expected: ": after the member name")
        }
        position += 1
        members.append(JSONObject.Member(name: name, value: try value()))
      } while try continues(UInt8(ascii: "}"), ", or }")
      try settleDuplicates(&members, firstName: firstName)
      memory.usualMemberCount = members.count
    }
    memory.signatures.removeLast(memory.signatures.count - firstName)
    memory.nameOffsets.removeLast(memory.nameOffsets.count - firstName)
    depth -= 1
    return .object(JSONObject(members))
  }

  private mutating func descend() throws(JSONError) {
    guard depth < maximumDepth else {
      throw error(
        .tooDeep, expected: "at most \(maximumDepth) arrays and objects inside one another", found: "one more")
    }
    depth += 1
    position += 1
  }

  /// Whether the container ends right after it began.
  private mutating func closes(_ close: UInt8, _ expected: String) throws(JSONError) -> Bool {
    skipSpace()
    guard position < count else { throw error(.unexpectedEnd, expected: expected) }
    guard base[position] == close else { return false }
    position += 1
    return true
  }

  /// After an element: whether a comma promises another one.
  private mutating func continues(_ close: UInt8, _ expected: String) throws(JSONError) -> Bool {
    skipSpace()
    guard position < count else { throw error(.unexpectedEnd, expected: expected) }
    let byte = base[position]
    guard byte == close || byte == UInt8(ascii: ",") else { throw error(.unexpectedCharacter, expected: expected) }
    position += 1
    return byte != close
  }

  /// Finds names that stand twice. Up to 32 members by comparing signatures pair by pair, beyond by sorting, so that
  /// no object costs more than n log n.
  private mutating func settleDuplicates(
    _ members: inout [JSONObject.Member], firstName: Int
  ) throws(JSONError) {
    let total = members.count
    var duplicates: [(earlier: Int, later: Int)] = []
    if total <= 32 {
      for later in 1..<max(total, 1) {
        let signature = memory.signatures[firstName + later]
        for earlier in 0..<later where memory.signatures[firstName + earlier] == signature {
          if members[earlier].name.hasSameBytes(as: members[later].name) {
            duplicates.append((earlier, later))
            break
          }
        }
      }
    } else {
      let sorted = members.indices.sorted { left, right in
        let (first, second) = (members[left].name, members[right].name)
        return first.hasSameBytes(as: second)
          ? left < right : first.utf8.lexicographicallyPrecedes(second.utf8)
      }
      var earliest = sorted[0]
      for index in sorted.dropFirst() {
        if members[earliest].name.hasSameBytes(as: members[index].name) {
          duplicates.append((earliest, index))
        } else {
          earliest = index
        }
      }
      duplicates.sort { $0.later < $1.later }
    }
    guard let first = duplicates.first else { return }
    switch options.duplicateNames {
    case .refuse:
      throw error(
        .duplicateName, expected: "each name once in an object",
        found: "\"\(members[first.later].name)\" for the second time", at: memory.nameOffsets[firstName + first.later])
    case .keepFirst: break
    case .keepLast:
      for duplicate in duplicates { members[duplicate.earlier].value = members[duplicate.later].value }
    }
    let dropped = Set(duplicates.map(\.later))
    members = members.enumerated().filter { !dropped.contains($0.offset) }.map(\.element)
  }

  // MARK: Strings

  private mutating func memberName() throws(JSONError) -> String {
    let start = position
    skipPlainCharacters()
    if position < count, base[position] == UInt8(ascii: "\"") {
      let bytes = UnsafeBufferPointer(start: base + start, count: position - start)
      let signature = Self.signature(bytes)
      memory.signatures.append(signature)
      position += 1
      if bytes.count <= 15 { return try checked(bytes, at: start) }
      if let name = memory.name(bytes, signature: signature) { return name }
      return try checked(bytes, at: start)
    }
    position = start
    let name = try string()
    var copy = name
    memory.signatures.append(copy.withUTF8 { Self.signature($0) })
    return name
  }

  /// The string whose opening quote was just passed.
  private mutating func string() throws(JSONError) -> String {
    let start = position
    skipPlainCharacters()
    if position < count, base[position] == UInt8(ascii: "\"") {
      let text = try checked(UnsafeBufferPointer(start: base + start, count: position - start), at: start)
      position += 1
      return text
    }
    memory.scratch.removeAll(keepingCapacity: true)
    var runStart = start
    while true {
      guard position < count else { throw error(.unexpectedEnd, expected: "the \" that ends the string") }
      memory.scratch.append(contentsOf: UnsafeBufferPointer(start: base + runStart, count: position - runStart))
      switch base[position] {
      case UInt8(ascii: "\""):
        position += 1
        if let text = String(validating: memory.scratch, as: UTF8.self) { return text }
        throw invalidUTF8(from: start)
      case UInt8(ascii: "\\"): try escape()
      default: throw error(.controlCharacter, expected: "control characters in strings to be escaped")
      }
      runStart = position
      skipPlainCharacters()
    }
  }

  /// Moves to the next quote, backslash or control character, or to the end; eight bytes a step.
  private mutating func skipPlainCharacters() {
    highBits = 0
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    while count - position >= 8 {
      let word = UInt64(
        littleEndian: UnsafeRawPointer(base + position).loadUnaligned(as: UInt64.self))
      let quotes = word ^ (ones &* 0x22)
      let slashes = word ^ (ones &* 0x5C)
      // The lowest byte that is marked is exact; a borrow can only mark bytes above it.
      let hits =
        (((quotes &- ones) & ~quotes) | ((slashes &- ones) & ~slashes) | ((word &- ones &* 0x20) & ~word)) & highs
      // Bytes behind the end may be counted too: the string is then validated for nothing.
      highBits |= word & highs
      if hits != 0 {
        position &+= hits.trailingZeroBitCount >> 3
        return
      }
      position &+= 8
    }
    while position < count {
      let byte = base[position]
      if byte == 0x22 || byte == 0x5C || byte < 0x20 { return }
      highBits |= UInt64(byte & 0x80)
      position &+= 1
    }
  }

  private func checked(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) throws(JSONError) -> String {
    if highBits == 0 {
      // ASCII needs no validation, and this initialiser is free of the generic one's metadata look-ups.
      return String(unsafeUninitializedCapacity: bytes.count) { $0.initialize(fromContentsOf: bytes) }
    }
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    throw invalidUTF8(from: start)
  }

  private func invalidUTF8(from start: Int) -> JSONError {
    let offset = UTF8Check.firstFault(UnsafeBufferPointer(start: base + start, count: count - start)) ?? 0
    return error(
      .invalidUTF8, expected: "UTF-8 text", found: "the byte \(hexadecimal(base[min(start + offset, count - 1)]))",
      at: start + offset)
  }

  private mutating func escape() throws(JSONError) {
    let start = position
    guard count - position >= 2 else { throw error(.unexpectedEnd, expected: "a character after \\", at: count) }
    let byte = base[position + 1]
    position += 2
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): memory.scratch.append(byte)
    case UInt8(ascii: "b"): memory.scratch.append(0x08)
    case UInt8(ascii: "f"): memory.scratch.append(0x0C)
    case UInt8(ascii: "n"): memory.scratch.append(0x0A)
    case UInt8(ascii: "r"): memory.scratch.append(0x0D)
    case UInt8(ascii: "t"): memory.scratch.append(0x09)
    case UInt8(ascii: "u"): try unicodeEscape(from: start)
    default:
      throw error(.badEscape, expected: "one of \" \\ / b f n r t u after \\", at: start + 1)
    }
  }

  private mutating func unicodeEscape(from start: Int) throws(JSONError) {
    let unit = try fourDigits()
    var code = UInt32(unit)
    if UTF16.isLeadSurrogate(unit), count - position >= 6, base[position] == UInt8(ascii: "\\"),
      base[position + 1] == UInt8(ascii: "u")
    {
      let back = position
      position += 2
      let next = try fourDigits()
      if UTF16.isTrailSurrogate(next) {
        code = 0x1_0000 + (UInt32(unit) & 0x3FF) << 10 + (UInt32(next) & 0x3FF)
      } else {
        position = back
      }
    }
    if let scalar = Unicode.Scalar(code) {
      memory.scratch.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    } else if options.replacesLoneSurrogates {
      memory.scratch.append(contentsOf: UTF8.encodedReplacementCharacter)
    } else {
      throw error(
        .loneSurrogate, expected: "a surrogate pair", found: "one surrogate alone, \\u\(String(unit, radix: 16))",
        at: start)
    }
  }

  private mutating func fourDigits() throws(JSONError) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard position < count else { throw error(.unexpectedEnd, expected: "four hexadecimal digits after \\u") }
      let digit: UInt8
      switch base[position] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = base[position] - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = base[position] - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = base[position] - UInt8(ascii: "A") + 10
      default: throw error(.badEscape, expected: "four hexadecimal digits after \\u")
      }
      unit = unit << 4 | UInt16(digit)
      position += 1
    }
    return unit
  }

  // MARK: Numbers, literals, space

  private mutating func number() throws(JSONError) -> JSONValue {
    let start = position
    if base[position] == UInt8(ascii: "-") { position += 1 }
    if position < count, base[position] == UInt8(ascii: "0") {
      position += 1
      if position < count, isDigit(base[position]) {
        throw error(.badNumber, expected: "no digit after a leading 0")
      }
    } else {
      try digits("a digit")
    }
    if position < count, base[position] == UInt8(ascii: ".") {
      position += 1
      try digits("a digit after the decimal point")
    }
    if position < count, base[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < count, base[position] == UInt8(ascii: "+") || base[position] == UInt8(ascii: "-") { position += 1 }
      try digits("a digit of the exponent")
    }
    guard position - start <= options.maximumNumberLength else {
      throw error(
        .numberTooLong, expected: "a number of at most \(options.maximumNumberLength) characters",
        found: "\(position - start)", at: start)
    }
    return .number(String(decoding: UnsafeBufferPointer(start: base + start, count: position - start), as: UTF8.self))
  }

  private mutating func digits(_ expected: String) throws(JSONError) {
    guard position < count, isDigit(base[position]) else {
      throw error(position < count ? .badNumber : .unexpectedEnd, expected: expected)
    }
    repeat { position += 1 } while position < count && isDigit(base[position])
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

  private mutating func literal(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
    let length = word.utf8CodeUnitCount
    for index in 0..<length {
      guard position + index < count else { throw error(.unexpectedEnd, expected: "\(word)", at: count) }
      guard base[position + index] == word.utf8Start[index] else {
        throw error(.unexpectedCharacter, expected: "\(word)", at: position + index)
      }
    }
    position += length
    return value
  }

  private mutating func skipSpace() {
    while position < count {
      switch base[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position &+= 1
      default: return
      }
    }
  }

  /// Length, first and last bytes in one word: equal names have equal signatures.
  private static func signature(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var first: UInt64 = 0
    var last: UInt64 = 0
    if bytes.count >= 8, let base = bytes.baseAddress {
      first = UnsafeRawPointer(base).loadUnaligned(as: UInt64.self)
      last = UnsafeRawPointer(base + (bytes.count - 8)).loadUnaligned(as: UInt64.self)
    } else {
      for byte in bytes { first = first << 8 | UInt64(byte) }
    }
    return first ^ (last &* 0x9E37_79B9_7F4A_7C15) ^ UInt64(truncatingIfNeeded: bytes.count) << 56
  }
}
