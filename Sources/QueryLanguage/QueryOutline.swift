/// A query tree in neutral form, for whoever writes it in another notation: a label, texts, numbers and children.
///
/// The labels are the names of ``QuerySyntax/Kind`` in lower case with dashes, and stable. ``QuerySyntax/init(_:)``
/// reads an outline back.
public struct QueryOutline: Equatable, Sendable {
  /// The form, such as `and`, `word`, `near`.
  public var label: String
  /// Its properties, in a fixed order: texts, numbers and flags by name.
  public var properties: [(name: String, value: Value)]
  public var children: [QueryOutline]

  /// One property.
  public enum Value: Equatable, Sendable {
    case text(String)
    case integer(Int)
    case number(Double)
    case flag(Bool)
  }

  public init(_ label: String, _ properties: [(name: String, value: Value)] = [], _ children: [QueryOutline] = []) {
    self.label = label
    self.properties = properties
    self.children = children
  }

  public static func == (left: QueryOutline, right: QueryOutline) -> Bool {
    left.label == right.label && left.children == right.children
      && left.properties.elementsEqual(right.properties) { $0.name == $1.name && $0.value == $1.value }
  }

  func text(_ name: String) -> String? {
    guard case .text(let text)? = properties.first(where: { $0.name == name })?.value, !text.isEmpty else { return nil }
    return text
  }

  func integer(_ name: String) -> Int? {
    guard case .integer(let number)? = properties.first(where: { $0.name == name })?.value else { return nil }
    return number
  }

  func number(_ name: String) -> Double? {
    switch properties.first(where: { $0.name == name })?.value {
    case .number(let number)?: return number
    case .integer(let number)?: return Double(number)
    default: return nil
    }
  }

  func flag(_ name: String) -> Bool? {
    guard case .flag(let flag)? = properties.first(where: { $0.name == name })?.value else { return nil }
    return flag
  }
}
