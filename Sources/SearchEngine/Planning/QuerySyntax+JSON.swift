public import JSONText
public import QueryLanguage

// A query as a JSON tree and back: for programs that build queries, and for those that read what was understood.
//
//     {"type": "near", "distance": 5, "ordered": false, "children": [{"type": "word", "text": "lead"}, …]}
//
// `type` is the label of ``QueryOutline``, the other members are its properties by name, and `children` is left out where
// there are none.

extension QuerySyntax {
  /// The tree. Ranges are left out: `QuerySyntax(json: tree.json)` is equal to the tree.
  public var json: JSONValue { outline.json }

  /// Reads a tree back, by the rules that hold for typed queries.
  ///
  /// - Throws: ``QueryTreeError`` for a value that is no tree, with its place, and for a tree that could not be typed.
  /// - Cost: linear; nesting beyond what could be typed is refused before it is followed.
  public init(json: JSONValue) throws(QueryTreeError) {
    let outline = try QueryOutline(json: json, path: "$", depth: 0)
    guard let tree = QuerySyntax(outline) else {
      throw QueryTreeError(
        path: "$",
        message: "the tree is none that could be typed: a property is missing or out of bounds, "
          + "the number of children is wrong, or it is too large")
    }
    self = tree
  }
}

/// Why a JSON value is no query.
public struct QueryTreeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Where, as `$.children[2].text`.
  public let path: String
  /// What was expected and what was found.
  public let message: String

  public var description: String { "\(path): \(message)" }
}

extension QueryOutline {
  /// Levels of a tree at most: each level of a typed query makes a few of its own.
  private static let deepest = QueryLimits.nesting * 5

  fileprivate var json: JSONValue {
    var object = JSONObject([JSONObject.Member(name: "type", value: .string(label))])
    for property in properties {
      let value: JSONValue =
        switch property.value {
        case .text(let text): .string(text)
        case .integer(let number): .number(String(number))
        case .number(let number): .number(Self.spelled(number))
        case .flag(let flag): .bool(flag)
        }
      object.append(property.name, value)
    }
    if !children.isEmpty { object.append("children", .array(children.map(\.json))) }
    return .object(object)
  }

  /// The shortest decimal that reads back the same.
  private static func spelled(_ number: Double) -> String {
    let text = number.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  fileprivate init(json: JSONValue, path: String, depth: Int) throws(QueryTreeError) {
    guard depth <= Self.deepest else {
      throw QueryTreeError(path: path, message: "expected at most \(Self.deepest) levels")
    }
    guard case .object(let object) = json else {
      throw QueryTreeError(path: path, message: "expected an object, found \(json.typeName)")
    }
    guard let type = object["type"]?.stringValue else {
      throw QueryTreeError(path: path + ".type", message: "expected the name of a form, such as \"word\" or \"and\"")
    }
    var properties: [(name: String, value: Value)] = []
    var children: [QueryOutline] = []
    for member in object.members where member.name != "type" {
      let place = path + "." + member.name
      switch member.value {
      case .string(let text): properties.append((member.name, .text(text)))
      case .bool(let flag): properties.append((member.name, .flag(flag)))
      case .number(let spelling):
        if let number = Int(spelling) {
          properties.append((member.name, .integer(number)))
        } else if let number = Double(spelling), number.isFinite {
          properties.append((member.name, .number(number)))
        } else {
          throw QueryTreeError(path: place, message: "expected a number, found \(spelling.prefix(30))")
        }
      case .array(let values) where member.name == "children":
        for (index, value) in values.enumerated() {
          children.append(try QueryOutline(json: value, path: "\(place)[\(index)]", depth: depth + 1))
        }
      case .array, .object, .null:
        throw QueryTreeError(
          path: place, message: "expected a text, a number or a flag, found \(member.value.typeName)")
      }
    }
    self.init(type, properties, children)
  }
}
