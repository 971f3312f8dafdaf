/// Header fields in the order in which they stand. Names are compared without case.
public struct HeaderFields: Hashable, Sendable {
  public struct Field: Hashable, Sendable {
    /// In lower case.
    public let name: String
    public let value: String
  }

  public private(set) var fields: [Field] = []

  public init() {}

  public var count: Int { fields.count }

  mutating func append(_ name: String, _ value: String) { fields.append(Field(name: name, value: value)) }

  /// All values of a name, in order.
  public func values(_ name: String) -> [String] {
    let name = name.lowercased()
    return fields.compactMap { $0.name == name ? $0.value : nil }
  }

  /// The values of a name as one list, as RFC 9110, section 5.2, joins them; nil without any.
  public subscript(name: String) -> String? {
    let found = values(name)
    return found.isEmpty ? nil : found.joined(separator: ", ")
  }
}
