extension JSONValue {
  public var isNull: Bool { self == .null }

  /// The text of a string; nil for any other value.
  public var stringValue: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The value of a number spelled as a whole one (`12`, `-3`) that fits; nil otherwise.
  public var intValue: Int? {
    guard case .number(let text) = self else { return nil }
    return Int(text)
  }

  /// The nearest double of a number; nil for other values and for numbers beyond the range of doubles.
  public var doubleValue: Double? {
    guard case .number(let text) = self, let value = Double(text), value.isFinite else { return nil }
    return value
  }

  public var boolValue: Bool? {
    guard case .bool(let value) = self else { return nil }
    return value
  }

  public var arrayValue: [JSONValue]? {
    guard case .array(let values) = self else { return nil }
    return values
  }

  public var objectValue: JSONObject? {
    guard case .object(let object) = self else { return nil }
    return object
  }

  /// The member of that name of an object; nil where there is none, and for other values.
  public subscript(name: String) -> JSONValue? { objectValue?[name] }

  /// The element at that place of an array; nil where there is none, and for other values.
  public subscript(index: Int) -> JSONValue? {
    guard case .array(let values) = self, values.indices.contains(index) else { return nil }
    return values[index]
  }

  /// The value at a path (`establishment.address.0`): dots go down, a number chooses an element of an array.
  public func value(at path: String) -> JSONValue? {
    var value = self
    for part in path.split(separator: ".", omittingEmptySubsequences: false) {
      let next: JSONValue?
      switch value {
      case .object(let object): next = object[String(part)]
      case .array: next = Int(part).flatMap { value[$0] }
      default: next = nil
      }
      guard let next else { return nil }
      value = next
    }
    return value
  }

  /// What kind of value this is, as messages call it.
  public var typeName: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "a list"
    case .object: "an object"
    }
  }
}

extension JSONObject {
  public var isEmpty: Bool { members.isEmpty }

  /// Names in order.
  public var names: [String] { members.map(\.name) }

  /// Appends without looking whether the name is there already: the caller knows that it is new.
  public mutating func append(_ name: String, _ value: JSONValue) {
    members.append(Member(name: name, value: value))
  }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(nilLiteral: ()) { self = .null }
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int) { self = .number(String(value)) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  public init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(JSONObject(elements)) }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }

  init(_ elements: [(String, JSONValue)]) {
    self.init(elements.map { Member(name: $0.0, value: $0.1) })
  }
}
