import JSONText
import Records
import SearchEngine

/// The quality file of one enterprise, as histories and traces read it.
public struct EnterpriseFile: Hashable, Sendable {
  public struct FormerName: Hashable, Sendable {
    public var name: String
    public var until: PartialDate?
  }

  /// A time in which a licence or certificate was not in force.
  public struct Suspension: Hashable, Sendable {
    public var from: PartialDate
    /// The day it ended; nil where the records tell none.
    public var until: PartialDate?
  }

  public struct Product: Hashable, Sendable {
    public var id: String
    public var name: String?
    public var category: String?
    public var licence: String?
    public var licenceIssued: PartialDate?
    public var ccc: String?
    public var evidenceCollected: PartialDate?
    public var examined: PartialDate?
    var licenceSuspended: [Suspension]
    var cccSuspended: [Suspension]

    /// How the product is called: its name, else its category, else its id.
    public var title: String { name ?? category ?? id }
  }

  public var id: String
  public var name: String?
  public var aliases: [String]
  /// In the order of the record.
  public var formerNames: [FormerName]
  public var province: String?
  public var city: String?
  public var bureau: String?
  public var status: String?
  public var export: Bool?
  public var licence: String?
  public var products: [Product]
  /// Dates of the enterprise as a whole, by field, in schema order.
  var dates: [FileDate]
  var licenceSuspended: [Suspension]
  var cccSuspended: [Suspension]

  struct FileDate: Hashable, Sendable {
    var field: String
    var date: PartialDate
  }

  /// Fields of the record whose dates are events of the enterprise.
  static let dateFields = ["registered", "qualityFile", "reexamined", "guaranteeSigned", "capacityRatified"]

  /// - Parameter members: a stored record. What is of another type than the schema says is left out.
  init(id: String, _ members: JSONObject) {
    func text(_ name: String) -> String? { members[name]?.stringValue }
    self.id = id
    name = text("name")
    aliases = members["aliases"]?.arrayValue?.compactMap(\.stringValue) ?? []
    formerNames = (members["formerNames"]?.arrayValue ?? []).compactMap { value in
      value["name"]?.stringValue.map { FormerName(name: $0, until: Self.date(value["until"])) }
    }
    province = text("province")
    city = text("city")
    bureau = text("bureau")
    status = text("status")
    export = members["export"]?.boolValue
    licence = text("licence")
    products = (members["products"]?.arrayValue ?? []).enumerated().map { index, value in
      Product(
        id: value["id"]?.stringValue ?? "\(index + 1)", name: value["name"]?.stringValue,
        category: value["category"]?.stringValue, licence: value["licence"]?.stringValue,
        licenceIssued: Self.date(value["licenceIssued"]), ccc: value["ccc"]?.stringValue,
        evidenceCollected: Self.date(value["evidenceCollected"]), examined: Self.date(value["examined"]),
        licenceSuspended: Self.suspensions(value["licenceSuspended"]),
        cccSuspended: Self.suspensions(value["cccSuspended"]))
    }
    dates = Self.dateFields.compactMap { field in
      Self.date(members[field]).map { FileDate(field: field, date: $0) }
    }
    licenceSuspended = Self.suspensions(members["licenceSuspended"])
    cccSuspended = Self.suspensions(members["cccSuspended"])
  }

  private static func date(_ value: JSONValue?) -> PartialDate? {
    value?.stringValue.flatMap { try? PartialDate(parsing: $0) }
  }

  /// `[{"from","until"}]`, or one such object; a member that no schema names, kept as it is written.
  private static func suspensions(_ value: JSONValue?) -> [Suspension] {
    guard let value else { return [] }
    return (value.arrayValue ?? [value]).compactMap { item in
      date(item["from"]).map { Suspension(from: $0, until: date(item["until"])) }
    }
  }

  func date(_ field: String) -> PartialDate? { dates.first { $0.field == field }?.date }

  /// The id and all names, each once.
  var references: [String] {
    var found: [String] = []
    var seen: Set<String> = []
    for reference in [id] + [name].compactMap({ $0 }) + aliases + formerNames.map(\.name) {
      if seen.insert(TextTokens.folded(reference)).inserted { found.append(reference) }
    }
    return found
  }

  /// The products that a note is about, by name or category; all where none fits or the note tells none.
  func products(of product: String?, category: String?) -> [Product] {
    let asked = Set([product, category].compactMap { $0 }.map(TextTokens.folded))
    let found = products.filter { product in
      [product.name, product.category].compactMap { $0 }.contains { asked.contains(TextTokens.folded($0)) }
    }
    return found.isEmpty ? products : found
  }
}

extension QualityIndex {
  /// The file of the enterprise of that id, of the first index that has it.
  func enterpriseFile(_ id: String) throws(IndexError) -> EnterpriseFile? {
    for snapshot in snapshots {
      guard let bytes = try snapshot.record(kind: Schema.enterprise.kind, id: id) else { continue }
      return EnterpriseFile(id: id, StoredRecord.members(bytes) ?? JSONObject())
    }
    return nil
  }
}
