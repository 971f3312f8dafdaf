import JSONText

/// Rows of an XML file: the element that repeats is the row, found in the first megabyte; without one the file is one
/// row, or one document where it holds paragraphs.
///
/// Attributes and child elements become members (prefixes of namespaces taken off), an element of text alone a string,
/// repeated ones a list, text with elements in it one string. Deeper than 256 rejects the row.
struct XMLRowReader: DetectingReader {
  static let deepest = 256
  /// What is looked at to find the element that repeats.
  static let lookAhead = 1 << 20
  /// The longest row.
  static let largestRow = 16 << 20

  private let input: TextInput
  private let scanner: XMLScanner
  private let kind: String?
  private var begun = false
  private var isDone = false
  /// Names from the root down to the row, or nil when the root is the row.
  private var rowPath: [String]?
  /// Open elements above the row.
  private var path: [String] = []

  init(input: TextInput, kind: String?) {
    self.input = input
    self.kind = kind
    scanner = XMLScanner(input: input)
  }

  var detectedFormat: FileFormat { .xml }
  var detectedEncoding: TextEncoding? { input.encoding }

  mutating func next() throws(RecordError) -> RowResult? {
    if isDone { return nil }
    if !begun {
      begun = true
      try input.fill(Self.lookAhead)
      let sample = input.withWindow { Array($0.prefix(Self.lookAhead)) }
      rowPath = try XMLRowPath.find(sample)
    }
    while let event = try scanner.next() {
      switch event {
      case .start(let name, let attributes, let isEmpty):
        if rowPath == nil || path + [name] == rowPath {
          let start = scanner.eventPlace
          if rowPath == nil { isDone = true }
          return try row(name, attributes, isEmpty, start)
        }
        if !isEmpty, path.count < Self.deepest { path.append(name) }
      case .end(let name):
        if let index = path.lastIndex(of: name) { path.removeLast(path.count - index) }
      case .text: continue
      case .tooLong:
        let place = scanner.eventPlace
        return .rejected(line: place.line, column: place.column, reason: "text longer than 16 MB", raw: nil)
      }
    }
    isDone = true
    return nil
  }

  private mutating func row(
    _ name: String, _ attributes: [(name: String, value: String)], _ isEmpty: Bool, _ start: PlaceCounter
  ) throws(RecordError) -> RowResult {
    var tree = XMLTree(name: name, attributes: attributes)
    let from = scanner.consumed
    var fault: String?
    if !isEmpty {
      while true {
        guard let event = try scanner.next() else {
          fault = "the file ends inside <\(name)>"
          break
        }
        if case .tooLong = event { fault = fault ?? "text longer than 16 MB" }
        if scanner.consumed - from > Self.largestRow { fault = fault ?? "element longer than 16 MB" }
        if tree.add(event, isKept: fault == nil) { break }
        if tree.count > RecordLimits.maximumValues {
          fault = fault ?? "more than \(RecordLimits.maximumValues) elements and attributes"
        }
        if tree.depth > Self.deepest { fault = fault ?? "elements nested more than \(Self.deepest) deep" }
      }
    }
    if tree.isMalformed { fault = fault ?? "malformed characters" }
    if let fault { return .rejected(line: start.line, column: start.column, reason: fault, raw: nil) }
    return .row(SourceRow(members: members(of: tree), line: start.line, column: start.column))
  }

  private func members(of tree: XMLTree) -> JSONObject {
    if rowPath == nil, tree.paragraphs.count > 0 {
      let document = PageLayout.document(of: tree.paragraphs)
      var object = JSONObject()
      for member in tree.value.objectValue?.members ?? [] {
        if case .string = member.value, !XMLTree.textElements.contains(member.name.lowercased()) {
          object.append(member.name, member.value)
        }
      }
      for (name, value) in [
        ("title", document.title), ("issuer", document.issuer), ("date", document.date),
        ("dateNote", document.dateNote), ("pageDate", document.pageDate), ("place", document.place),
      ] {
        if let value, object[name] == nil { object.append(name, .string(value)) }
      }
      let isText = kind == "enterprise" || kind == "inspection"
      if isText {
        object.append("text", .string(document.paragraphs.joined(separator: "\n\n")))
      } else {
        object.append("paragraphs", .array(document.paragraphs.map { .string($0) }))
      }
      return object
    }
    var value = tree.value
    // A root around a single record.
    while rowPath == nil, let object = value.objectValue, object.members.count == 1, let only = object.members.first,
      case .object = only.value
    {
      value = only.value
    }
    if case .object(let object) = value { return object }
    return JSONObject([.init(name: "text", value: value)])
  }
}

/// One element, being built into a value.
struct XMLTree {
  /// Elements that hold running text.
  static let textElements: Set<String> = ["p", "para", "paragraph", "h1", "h2", "h3", "heading", "head", "li"]

  private struct Frame {
    var name: String
    var members = JSONObject()
    var text: [UInt8] = []
    /// Names to places: look-up stays constant however many children there are.
    var places: [String: Int] = [:]
    var hasText = false
  }

  private var frames: [Frame]
  /// Open elements; those too deep are counted, not built.
  private(set) var depth = 1
  private(set) var isMalformed = false
  /// Elements and attributes that were built.
  private(set) var count = 0
  private(set) var value = JSONValue.null
  /// Running text by paragraphs, where elements for it occur.
  private(set) var paragraphs: [PageBlock] = []

  init(name: String, attributes: [(name: String, value: String)]) {
    frames = []
    open(name, attributes)
  }

  private mutating func open(_ name: String, _ attributes: [(name: String, value: String)]) {
    var frame = Frame(name: name)
    count += 1 + attributes.count
    for attribute in attributes { Self.add(attribute.name, .string(attribute.value), to: &frame) }
    frames.append(frame)
  }

  /// - Returns: whether that closed the element itself.
  mutating func add(_ event: XMLScanner.Event, isKept: Bool) -> Bool {
    switch event {
    case .start(let name, let attributes, let isEmpty):
      if isEmpty {
        guard isKept, depth < XMLRowReader.deepest else { return false }
        open(name, attributes)
        close()
        return false
      }
      depth += 1
      if isKept, depth <= XMLRowReader.deepest { open(name, attributes) }
    case .end(let name):
      if depth > frames.count {
        depth -= 1
        return depth == 0
      }
      guard let index = frames.lastIndex(where: { $0.name == name }) else { return false }
      while frames.count > index { close() }
      depth = frames.count
      return frames.isEmpty
    case .text(let bytes):
      guard isKept, depth == frames.count, !frames.isEmpty else { return false }
      if bytes.withUnsafeBufferPointer({ UTF8Text.firstInvalid($0) }) != nil || bytes.contains(0) { isMalformed = true }
      frames[frames.count - 1].text += bytes
      if bytes.contains(where: { !HTMLTokenizer.isSpace($0) }) { frames[frames.count - 1].hasText = true }
    case .tooLong: break
    }
    return false
  }

  private mutating func close() {
    guard let frame = frames.popLast() else { return }
    let text = TextLines.collapsed(String(decoding: frame.text, as: UTF8.self))
    var own: JSONValue
    if frame.members.members.isEmpty
      || frame.hasText && frame.members.members.allSatisfy({ $0.value.stringValue != nil })
        && Self.textElements.contains(frame.name.lowercased())
    {
      own = .string(text)
    } else if frame.hasText {
      var members = frame.members
      members.append(members["text"] == nil ? "text" : "#text", .string(text))
      own = .object(members)
    } else {
      own = .object(frame.members)
    }
    if Self.textElements.contains(frame.name.lowercased()), frame.hasText {
      let level = frame.name.lowercased().hasPrefix("h") ? 2 : 0
      paragraphs.append(PageBlock(text: text, level: level))
    }
    guard !frames.isEmpty else {
      value = own
      return
    }
    let last = frames.count - 1
    if frames[last].hasText, frame.hasText { frames[last].text += frame.text }
    if case .string(let string) = own, string.isEmpty { own = .string("") }
    Self.add(frame.name, own, to: &frames[last])
  }

  private static func add(_ name: String, _ value: JSONValue, to frame: inout Frame) {
    guard let place = frame.places[name] else {
      frame.places[name] = frame.members.members.count
      frame.members.append(name, value)
      return
    }
    if case .array(var list) = frame.members.members[place].value {
      frame.members.members[place].value = .null
      list.append(value)
      frame.members.members[place].value = .array(list)
    } else {
      frame.members.members[place].value = .array([frame.members.members[place].value, value])
    }
  }
}

/// Finds the element that repeats.
enum XMLRowPath {
  private struct Count {
    var path: [String]
    var count = 0
    var parts = 0
    var siblingsBefore: [String] = []
  }

  /// The shallowest path whose element comes twice or more, has attributes or children, stands in one parent only, and
  /// is no list of a record. Paths deeper than 6 are not looked at.
  static func find(_ sample: [UInt8]) throws(RecordError) -> [String]? {
    let scanner = XMLScanner(input: TextInput(source: MemoryByteSource(sample), encoding: .utf8))
    var counts: [[String]: Count] = [:]
    var leaves: [[String]: [String]] = [:]
    var path: [String] = []
    var depth = 0
    while let event = try scanner.next() {
      switch event {
      case .start(let name, let attributes, let isEmpty):
        depth += 1
        if depth <= 7 {
          if !path.isEmpty { counts[path]?.parts += 1 }
          let own = path + [name]
          var entry = counts[own] ?? Count(path: own, siblingsBefore: leaves[path, default: []])
          entry.count += 1
          entry.parts += attributes.count
          counts[own] = entry
          if leaves[path, default: []].count < 64, !leaves[path, default: []].contains(name) {
            leaves[path, default: []].append(name)
          }
          path = own
        }
        if isEmpty {
          if depth <= 7, !path.isEmpty { path.removeLast() }
          depth -= 1
        }
      case .end(let name):
        if depth > 7 {
          depth -= 1
        } else if let index = path.lastIndex(of: name) {
          path.removeLast(path.count - index)
          depth = path.count
        }
      case .text, .tooLong: continue
      }
    }
    let candidates = counts.values.filter { entry in
      guard entry.path.count >= 2, entry.count >= 2, entry.parts >= entry.count, let name = entry.path.last else {
        return false
      }
      let parents = (1..<entry.path.count).map { Array(entry.path.prefix($0)) }
      return parents.allSatisfy { counts[$0]?.count == 1 } && RowContainer.wraps(name, after: entry.siblingsBefore)
    }
    return candidates.min { one, other in
      (one.path.count, -one.count, one.path.joined(separator: "/"))
        < (other.path.count, -other.count, other.path.joined(separator: "/"))
    }?.path
  }
}
