/// Pieces of an XML text, pulled from the input one by one. Tolerant: what is no markup is text. Declarations are passed
/// over unread, so there are no entities but the five of XML and numbers: nothing external, nothing that expands.
final class XMLScanner {
  enum Event {
    case start(name: String, attributes: [(name: String, value: String)], isEmpty: Bool)
    case end(name: String)
    /// References resolved.
    case text([UInt8])
    /// A piece longer than 16 MB, passed over.
    case tooLong
  }

  /// The longest tag, comment or run of text.
  static let largestPiece = 16 << 20

  private let input: TextInput
  /// Where the next piece begins.
  private(set) var place = PlaceCounter()
  /// Where the piece last returned began.
  private(set) var eventPlace = PlaceCounter()
  /// How many bytes were read.
  private(set) var consumed = 0

  init(input: TextInput) { self.input = input }

  func next() throws(RecordError) -> Event? {
    while true {
      try input.fill(9)
      guard input.available > 0 else { return nil }
      eventPlace = place
      let front = input.withWindow { Array($0.prefix(9)) }
      guard front[0] == 0x3C else {
        guard let length = try find([0x3C], from: 1) else { return .tooLong }
        let content = take(length)
        return .text(HTMLEntities.resolved(content[...], isXML: true))
      }
      if front.starts(with: Array("<!--".utf8)) {
        guard let end = try find(Array("-->".utf8), from: 4) else { return .tooLong }
        consume(min(end + 3, input.available))
      } else if front.starts(with: Array("<![CDATA[".utf8)) {
        guard let end = try find(Array("]]>".utf8), from: 9) else { return .tooLong }
        let content = take(end)
        consume(min(3, input.available))
        return .text(Array(content.dropFirst(9)))
      } else if front.count > 1, front[1] == 0x21 {
        guard try declaration() else { return .tooLong }
      } else if front.count > 1, front[1] == 0x3F {
        guard let end = try find(Array("?>".utf8), from: 2) else { return .tooLong }
        consume(min(end + 2, input.available))
      } else if front.count > 1, Self.isNameStart(front[1]) || front[1] == 0x2F {
        guard let length = try tagLength() else { return .tooLong }
        return Self.tag(take(length))
      } else {
        guard let length = try find([0x3C], from: 1) else { return .tooLong }
        return .text(HTMLEntities.resolved(take(length)[...], isXML: true))
      }
    }
  }

  /// Where the mark begins, or where the input ends; nil (and the piece dropped) beyond the largest piece.
  private func find(_ mark: [UInt8], from start: Int) throws(RecordError) -> Int? {
    var from = start
    while true {
      let scanned = from
      let found = input.withWindow { window -> Int? in
        guard scanned < window.count, let first = mark.first else { return nil }
        var index = scanned
        while index + mark.count <= window.count {
          if window[index] == first, window[index..<(index + mark.count)].elementsEqual(mark) { return index }
          index += 1
        }
        return nil
      }
      if let found { return found }
      from = max(start, input.available - mark.count + 1)
      if from > Self.largestPiece {
        consume(input.available)
        return nil
      }
      if try !input.more() { return input.available }
    }
  }

  /// Passes over `<!DOCTYPE …>` with its internal subset.
  private func declaration() throws(RecordError) -> Bool {
    var depth = 0
    var offset = 2
    while true {
      let length = input.withWindow { window -> Int? in
        while offset < window.count {
          switch window[offset] {
          case 0x5B: depth += 1
          case 0x5D: depth -= 1
          case 0x3E:
            if depth <= 0 { return offset + 1 }
          default: break
          }
          offset += 1
        }
        return nil
      }
      if let length {
        consume(length)
        return true
      }
      if offset > Self.largestPiece {
        consume(input.available)
        return false
      }
      if try !input.more() {
        consume(input.available)
        return true
      }
    }
  }

  /// The length of a tag: up to `>` outside quotes.
  private func tagLength() throws(RecordError) -> Int? {
    var offset = 1
    var quote: UInt8 = 0
    while true {
      let length = input.withWindow { window -> Int? in
        while offset < window.count {
          let byte = window[offset]
          if quote != 0 {
            if byte == quote { quote = 0 }
          } else if byte == 0x3E {
            return offset + 1
          } else if byte == 0x22 || byte == 0x27 {
            quote = byte
          }
          offset += 1
        }
        return nil
      }
      if let length { return length }
      if offset > Self.largestPiece {
        consume(input.available)
        return nil
      }
      if try !input.more() { return input.available }
    }
  }

  private func take(_ count: Int) -> [UInt8] {
    let content = input.withWindow { Array($0.prefix(count)) }
    consume(count)
    return content
  }

  private func consume(_ count: Int) {
    input.withWindow { place.advance(over: UnsafeBufferPointer(rebasing: $0[..<min(max(0, count), $0.count)])) }
    input.advance(count)
    consumed += count
  }

  private static func isNameStart(_ byte: UInt8) -> Bool {
    byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte == 0x5F || byte == 0x3A || byte >= 0x80
  }

  private static func tag(_ bytes: [UInt8]) -> Event {
    var content = bytes.dropFirst()
    if content.last == 0x3E { content.removeLast() }
    let isEnd = content.first == 0x2F
    if isEnd { content.removeFirst() }
    let isEmpty = !isEnd && content.last == 0x2F
    if isEmpty { content.removeLast() }
    let nameBytes = content.prefix { !HTMLTokenizer.isSpace($0) && $0 != 0x2F }
    let name = localName(nameBytes)
    if isEnd { return .end(name: name) }
    var attributes: [(name: String, value: String)] = []
    var index = nameBytes.endIndex
    // More attributes than that on one element are passed over.
    while index < content.endIndex, attributes.count < 256 {
      while index < content.endIndex, HTMLTokenizer.isSpace(content[index]) || content[index] == 0x2F { index += 1 }
      let start = index
      while index < content.endIndex, content[index] != 0x3D, !HTMLTokenizer.isSpace(content[index]) { index += 1 }
      let name = content[start..<index]
      while index < content.endIndex, HTMLTokenizer.isSpace(content[index]) { index += 1 }
      guard index < content.endIndex, content[index] == 0x3D else { continue }
      index += 1
      while index < content.endIndex, HTMLTokenizer.isSpace(content[index]) { index += 1 }
      guard index < content.endIndex else { break }
      let quote = content[index]
      var end = index
      if quote == 0x22 || quote == 0x27 {
        index += 1
        end = content[index...].firstIndex(of: quote) ?? content.endIndex
      } else {
        end = content[index...].firstIndex { HTMLTokenizer.isSpace($0) } ?? content.endIndex
      }
      let isNamespace = name.starts(with: Array("xmlns".utf8)) || name.starts(with: Array("xsi:".utf8))
      if !name.isEmpty, !isNamespace {
        let value = HTMLEntities.resolved(content[index..<end], isXML: true)
        attributes.append((localName(name), String(decoding: value, as: UTF8.self)))
      }
      index = min(end + 1, content.endIndex)
    }
    return .start(name: name, attributes: attributes, isEmpty: isEmpty)
  }

  /// The name without its namespace's prefix.
  private static func localName(_ bytes: ArraySlice<UInt8>) -> String {
    let start = bytes.lastIndex(of: 0x3A).map { $0 + 1 } ?? bytes.startIndex
    return String(decoding: bytes[start...], as: UTF8.self)
  }
}
