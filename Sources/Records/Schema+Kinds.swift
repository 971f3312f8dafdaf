/// The kinds of records that are written down, and the one that is derived from them.
extension Schema {
  /// The quality file of one enterprise.
  public static let enterprise = Schema(
    kind: "enterprise",
    fields: [
      FieldDefinition(name: "name", type: .name, weight: 3),
      FieldDefinition(name: "aliases", type: .name, isList: true),
      FieldDefinition(name: "formerNames.name", type: .name),
      FieldDefinition(name: "formerNames.until", type: .date, weight: 0),
      FieldDefinition(name: "province", type: .keyword),
      FieldDefinition(name: "city", type: .keyword),
      FieldDefinition(name: "address", type: .text),
      FieldDefinition(name: "bureau", type: .keyword),
      FieldDefinition(name: "status", type: .keyword),
      FieldDefinition(name: "export", type: .boolean, weight: 0),
      FieldDefinition(name: "licence", type: .code),
      FieldDefinition(name: "products.id", type: .keyword, weight: 0),
      FieldDefinition(name: "products.name", type: .name),
      FieldDefinition(name: "products.category", type: .keyword),
      FieldDefinition(name: "products.licence", type: .code),
      FieldDefinition(name: "products.licenceIssued", type: .date, weight: 0),
      FieldDefinition(name: "products.ccc", type: .code),
      FieldDefinition(name: "products.legalInspection", type: .boolean, weight: 0),
      FieldDefinition(name: "products.evidenceCollected", type: .date, weight: 0),
      FieldDefinition(name: "products.examined", type: .date, weight: 0),
      FieldDefinition(name: "registered", type: .date, weight: 0),
      FieldDefinition(name: "qualityFile", type: .date, weight: 0),
      FieldDefinition(name: "reexamined", type: .date, weight: 0),
      FieldDefinition(name: "guaranteeSigned", type: .date, weight: 0),
      FieldDefinition(name: "capacityRatified", type: .date, weight: 0),
      FieldDefinition(name: "text", type: .text),
    ])

  /// An inspection note.
  public static let inspection = Schema(
    kind: "inspection",
    fields: [
      FieldDefinition(name: "enterprise", type: .keyword),
      FieldDefinition(name: "date", type: .date, weight: 0),
      FieldDefinition(name: "province", type: .keyword),
      FieldDefinition(name: "bureau", type: .keyword),
      FieldDefinition(name: "inspector", type: .keyword),
      FieldDefinition(name: "type", type: .keyword),
      FieldDefinition(name: "stage", type: .keyword),
      FieldDefinition(name: "product", type: .name),
      FieldDefinition(name: "category", type: .keyword),
      FieldDefinition(name: "batch", type: .code),
      FieldDefinition(name: "text", type: .text),
      FieldDefinition(name: "violations.code", type: .code),
      FieldDefinition(name: "violations.text", type: .text),
      FieldDefinition(name: "violations.severity", type: .ordered(["minor", "moderate", "serious", "critical"])),
      FieldDefinition(name: "result", type: .keyword),
      FieldDefinition(name: "disposition", type: .keyword),
      FieldDefinition(name: "due", type: .date, weight: 0),
      FieldDefinition(name: "followUpOf", type: .keyword),
    ])

  /// A conference directive, circular, notice or law.
  public static let directive = Schema(
    kind: "directive",
    fields: [
      FieldDefinition(name: "title", type: .text, weight: 3),
      FieldDefinition(name: "issuer", type: .keyword),
      FieldDefinition(name: "date", type: .date, weight: 0),
      FieldDefinition(name: "dateNote", type: .text),
      FieldDefinition(name: "pageDate", type: .date, weight: 0),
      FieldDefinition(name: "place", type: .keyword),
      FieldDefinition(name: "speakers", type: .keyword, isList: true),
      FieldDefinition(name: "paragraphs.n", type: .number, weight: 0),
      FieldDefinition(name: "paragraphs.text", type: .text),
      // What a saved page holds beside its text, slogans and menus: kept and shown, never searched.
      FieldDefinition(name: "furniture", type: .text, weight: 0, isList: true),
    ])

  /// One paragraph of a directive: derived when directives are indexed, never read from a file.
  public static let passage = Schema(
    kind: "passage",
    fields: [
      FieldDefinition(name: "title", type: .text),
      FieldDefinition(name: "text", type: .text),
      FieldDefinition(name: "issuer", type: .keyword),
      FieldDefinition(name: "date", type: .date, weight: 0),
      FieldDefinition(name: "directive", type: .keyword, weight: 0),
      FieldDefinition(name: "n", type: .number, weight: 0),
      FieldDefinition(name: "chapter", type: .number, weight: 0),
      FieldDefinition(name: "section", type: .number, weight: 0),
      FieldDefinition(name: "article", type: .number, weight: 0),
    ],
    keepsUnknownFields: false)

  /// The kinds that files may hold, in the order in which they are listed everywhere.
  public static let recordKinds: [Schema] = [enterprise, inspection, directive]

  /// The schema of a kind that files may hold.
  public static func recordKind(_ name: String) -> Schema? { recordKinds.first { $0.kind == name } }

  /// Members of a record in schema order: each plain field, each group once with its fields.
  public var memberShapes: [MemberShape] {
    var shapes: [MemberShape] = []
    for field in fields {
      guard let group = field.group else {
        shapes.append(MemberShape(name: field.name, fields: [field], isGroup: false))
        continue
      }
      if let index = shapes.firstIndex(where: { $0.isGroup && $0.name == group }) {
        shapes[index].fields.append(field)
      } else {
        shapes.append(MemberShape(name: group, fields: [field], isGroup: true))
      }
    }
    return shapes
  }
}

/// One member of a record: a plain field, or a list of objects that several fields describe.
public struct MemberShape: Hashable, Sendable {
  public let name: String
  /// One for a plain member.
  public internal(set) var fields: [FieldDefinition]
  public let isGroup: Bool
}
