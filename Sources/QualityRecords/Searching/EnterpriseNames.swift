import JSONText
import Records
import SearchEngine

/// Which enterprise a note means: by id, or by a name, an alias or a former name that one enterprise alone has. Names are
/// compared folded. Nothing is read ahead: each question is a look-up in the snapshots' dictionaries.
struct EnterpriseNames {
  enum Meaning: Hashable {
    case one(id: String, name: String?)
    /// Ids of those that are called so.
    case several([String])
    case none
  }

  /// Fields that hold a name of an enterprise.
  static let fields = ["name", "aliases", "formerNames.name"]
  /// Enterprises of one name that are listed: more are not told apart by reading on.
  static let candidateLimit = 20

  let snapshots: [Snapshot]
  private var known: [String: Meaning] = [:]

  init(_ snapshots: [Snapshot]) { self.snapshots = snapshots }

  /// The enterprise that `reference` means. Cost: a look-up in the keys, then three in the dictionary of each segment.
  mutating func meaning(of reference: String) throws(IndexError) -> Meaning {
    if let meaning = known[reference] { return meaning }
    let meaning = try resolved(reference)
    known[reference] = meaning
    return meaning
  }

  private func resolved(_ reference: String) throws(IndexError) -> Meaning {
    if let name = try name(ofID: reference) { return .one(id: reference, name: name) }
    var ids: [String] = []
    for snapshot in snapshots {
      for field in Self.fields {
        let found = try snapshot.ids(
          kind: Schema.enterprise.kind, field: field, value: reference, limit: Self.candidateLimit)
        for id in found where !ids.contains(id) { ids.append(id) }
      }
    }
    switch ids.count {
    case 0: return .none
    case 1: return .one(id: ids[0], name: try name(ofID: ids[0]))
    default: return .several(ids.sorted())
    }
  }

  /// The name of the enterprise of that id; empty where it has none, nil where there is no such enterprise.
  private func name(ofID id: String) throws(IndexError) -> String? {
    for snapshot in snapshots {
      guard let bytes = try snapshot.record(kind: Schema.enterprise.kind, id: id) else { continue }
      return StoredRecord.members(bytes)?["name"]?.stringValue ?? ""
    }
    return nil
  }
}

/// The members of a stored record.
enum StoredRecord {
  static func members(_ bytes: [UInt8]) -> JSONObject? { (try? JSONValue(parsing: bytes))?.objectValue }
}
