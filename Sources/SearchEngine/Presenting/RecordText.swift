import JSONText
import Records

/// One text of a stored record, as it was indexed.
struct RecordText {
  var field: String
  /// Place in the schema; the number of fields for members that no field names.
  var number: Int
  var type: FieldType
  var weight: Int
  var paragraph: Int?
  var text: String

  /// The texts of a record in the order of its line of positions. `n` beside a text in a list of groups is its paragraph's
  /// number; lists without it are not numbered.
  static func all(of body: JSONObject, schema: Schema) -> [RecordText] {
    var found: [RecordText] = []
    var doneGroups: Set<String> = []
    for (number, field) in schema.fields.enumerated() {
      if let group = field.group {
        guard doneGroups.insert(group).inserted, case .array(let items)? = body[group] else { continue }
        for item in items { append(item, group: group, schema, to: &found) }
      } else if let value = body[field.name] {
        append(value, field, number, paragraph: nil, to: &found)
      }
    }
    guard schema.keepsUnknownFields else { return found }
    let known = Set(schema.fields.map { $0.group ?? $0.name })
    for member in body.members where !known.contains(member.name) && member.name != "kind" && member.name != "id" {
      let field = FieldDefinition(name: member.name, type: .text)
      append(member.value, field, schema.fields.count, paragraph: nil, to: &found)
    }
    return found
  }

  private static func append(_ item: JSONValue, group: String, _ schema: Schema, to found: inout [RecordText]) {
    guard case .object(let members) = item else { return }
    let paragraph = members["n"]?.intValue
    for (number, field) in schema.fields.enumerated() where field.group == group {
      let name = String(field.name.dropFirst(group.count + 1))
      if name == "n" { continue }
      if let value = members[name] { append(value, field, number, paragraph: paragraph, to: &found) }
    }
  }

  private static func append(
    _ value: JSONValue, _ field: FieldDefinition, _ number: Int, paragraph: Int?, to found: inout [RecordText]
  ) {
    switch value {
    case .array(let values):
      for value in values { append(value, field, number, paragraph: paragraph, to: &found) }
    case .object(let object):
      for member in object.members { append(member.value, field, number, paragraph: paragraph, to: &found) }
    case .string(let text) where !text.isEmpty:
      found.append(
        RecordText(
          field: field.name, number: number, type: field.type, weight: field.weight, paragraph: paragraph, text: text))
    case .number(let text):
      found.append(
        RecordText(
          field: field.name, number: number, type: field.type, weight: field.weight, paragraph: paragraph, text: text))
    case .string, .bool, .null: break
    }
  }
}
