/// A strict reader of what the page writes: elements that open and close in order, quoted values, known character
/// references; anything else is an error. Written apart from the writer.
struct HTMLDocument {
  final class Element {
    let name: String
    let attributes: [String: String]
    var children: [Node] = []
    weak var parent: Element?

    init(_ name: String, _ attributes: [String: String], parent: Element?) {
      self.name = name
      self.attributes = attributes
      self.parent = parent
    }

    /// All text inside.
    var text: String {
      children.map {
        switch $0 {
        case .text(let text): text
        case .element(let element): element.text
        }
      }.joined()
    }

    /// The elements inside, in order of the document.
    var descendants: [Element] {
      children.flatMap { node -> [Element] in
        guard case .element(let element) = node else { return [] }
        return [element] + element.descendants
      }
    }

    func all(_ name: String) -> [Element] { descendants.filter { $0.name == name } }

    func has(class style: String) -> Bool {
      (attributes["class"] ?? "").split(separator: " ").contains(Substring(style))
    }

    var ancestors: [Element] {
      var found: [Element] = []
      var next = parent
      while let element = next {
        found.append(element)
        next = element.parent
      }
      return found
    }
  }

  enum Node {
    case text(String)
    case element(Element)
  }

  struct Fault: Error, CustomStringConvertible {
    var description: String
  }

  static let voids: Set<String> = ["meta", "link", "input", "br", "hr", "wbr"]
  static let references = ["amp": "&", "lt": "<", "gt": ">", "quot": "\""]

  let root: Element
  let source: String

  var elements: [Element] { [root] + root.descendants }
  func all(_ name: String) -> [Element] { root.all(name) }
  func element(id: String) -> Element? { elements.first { $0.attributes["id"] == id } }

  init(_ source: String) throws {
    self.source = source
    var reader = Reader(Array(source.utf8))
    guard reader.take("<!doctype html>\n") else { throw Fault(description: "no doctype") }
    let top = Element("#document", [:], parent: nil)
    var open = [top]
    while !reader.isAtEnd {
      let text = try reader.text()
      if !text.isEmpty { open[open.count - 1].children.append(.text(text)) }
      if reader.isAtEnd { break }
      if reader.take("</") {
        let name = reader.name()
        guard reader.take(">"), open.count > 1, open[open.count - 1].name == name else {
          throw Fault(description: "</\(name)> closes \(open[open.count - 1].name) at \(reader.place)")
        }
        open.removeLast()
      } else {
        guard reader.take("<") else { throw Fault(description: "expected a tag at \(reader.place)") }
        let name = reader.name()
        guard !name.isEmpty else { throw Fault(description: "a tag without a name at \(reader.place)") }
        let element = Element(name, try reader.attributes(), parent: open[open.count - 1])
        open[open.count - 1].children.append(.element(element))
        if !Self.voids.contains(name) { open.append(element) }
      }
    }
    guard open.count == 1, let root = top.descendants.first, root.name == "html" else {
      throw Fault(description: "\(open.map(\.name)) left open")
    }
    root.parent = nil
    self.root = root
  }

  private struct Reader {
    let bytes: [UInt8]
    var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { place >= bytes.count }

    mutating func take(_ text: String) -> Bool {
      guard bytes[place...].starts(with: Array(text.utf8)) else { return false }
      place += text.utf8.count
      return true
    }

    mutating func name() -> String {
      let start = place
      while place < bytes.count, bytes[place].isNameByte { place += 1 }
      return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    mutating func text() throws -> String {
      let start = place
      while place < bytes.count, bytes[place] != UInt8(ascii: "<") { place += 1 }
      return try Self.unescaped(bytes[start..<place])
    }

    mutating func attributes() throws -> [String: String] {
      var found: [String: String] = [:]
      while take(" ") {
        let name = name()
        guard !name.isEmpty, found[name] == nil else { throw Fault(description: "attribute at \(place)") }
        guard take("=") else {
          found[name] = ""
          continue
        }
        guard take("\"") else { throw Fault(description: "a value without quotes at \(place)") }
        let start = place
        while place < bytes.count, bytes[place] != UInt8(ascii: "\"") { place += 1 }
        found[name] = try Self.unescaped(bytes[start..<place])
        place += 1
      }
      guard take(">") else { throw Fault(description: "a tag that does not end at \(place)") }
      return found
    }

    static func unescaped(_ bytes: ArraySlice<UInt8>) throws -> String {
      var result: [UInt8] = []
      var rest = bytes
      while let byte = rest.popFirst() {
        guard byte == UInt8(ascii: "&") else {
          guard byte != UInt8(ascii: "<"), byte != UInt8(ascii: ">") else { throw Fault(description: "a bare bracket") }
          result.append(byte)
          continue
        }
        let name = String(decoding: rest.prefix { $0 != UInt8(ascii: ";") }, as: UTF8.self)
        guard let value = HTMLDocument.references[name] else { throw Fault(description: "&\(name.prefix(12))") }
        result += value.utf8
        rest = rest.dropFirst(name.utf8.count + 1)
      }
      return String(decoding: result, as: UTF8.self)
    }
  }
}

extension UInt8 {
  fileprivate var isNameByte: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
