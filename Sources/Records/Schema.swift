/// What the fields of one kind of record are. The engine indexes by it; the readers and mappings check against it.
public struct Schema: Hashable, Sendable {
  public let kind: String
  /// In the order in which the fields stand on a record's line of positions. At most 64.
  public let fields: [FieldDefinition]
  /// Whether a record may carry members that no field names: they are kept, shown, and searchable as text.
  public let keepsUnknownFields: Bool

  public init(kind: String, fields: [FieldDefinition], keepsUnknownFields: Bool = true) {
    precondition(fields.count <= 64, "a schema has at most 64 fields")
    self.kind = kind
    self.fields = fields
    self.keepsUnknownFields = keepsUnknownFields
  }

  /// The field of that full name (`violations.text`), by its place in `fields`. Linear in the number of fields.
  public func index(of name: String) -> Int? { fields.firstIndex { $0.name == name } }
}

extension Schema {
  /// The fields whose values name the record itself: names of its own, and those of lists of names (`formerNames.name`); not
  /// the names of its products. By their places in ``fields``.
  public var ownNameFields: [Int] {
    fields.indices.filter { index in
      guard fields[index].type == .name else { return false }
      return fields[index].group.map { $0.lowercased().hasSuffix("names") } ?? true
    }
  }
}

/// One field of a schema.
public struct FieldDefinition: Hashable, Sendable {
  /// `name` for a member of the record, `group.name` for a member of each object of the list `group`.
  public let name: String
  public let type: FieldType
  /// How much one occurrence of a word in this field counts in a term's frequency and in the record's length: 1 or more;
  /// 0 keeps the field off the line of positions (it can then be filtered, not searched as text).
  public let weight: Int
  /// Whether the member is a list of values.
  public let isList: Bool
  /// `violations` of `violations.text`; nil for a plain member.
  public let group: String?

  public init(name: String, type: FieldType, weight: Int = 1, isList: Bool = false) {
    self.name = name
    group = name.firstIndex(of: ".").map { String(name[..<$0]) }
    self.type = type
    self.weight = weight
    self.isList = isList
  }

}

public enum FieldType: Hashable, Sendable {
  /// Running text: words, stems, sentences.
  case text
  /// The name of an enterprise or a product: words; matched whole by name keys too.
  case name
  /// One of a set of values: filtered and counted whole, searched by its words.
  case keyword
  /// A keyword whose values have an order, lowest first (`minor` … `critical`): compared by `>=`.
  case ordered([String])
  /// A code (`XK16-204-00123`, `GB 6675-2014`): matched in every spelling, never fuzzed.
  case code
  /// A date with its precision; an interval of days.
  case date
  case number
  case boolean
}
