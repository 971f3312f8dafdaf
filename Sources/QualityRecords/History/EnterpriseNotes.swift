import Records
import SearchEngine

/// The inspection notes of one enterprise: those that give its id, and those that give a name which it alone has. Found in
/// the dictionaries, never by a scan.
struct EnterpriseNotes {
  /// Notes that name the enterprise by a name that others have, too: they belong to nobody.
  struct Ambiguous: Hashable {
    var name: String
    /// Those that are called so, as far as they are listed.
    var ids: [String]
    var count: Int
  }

  private(set) var places: [RecordPlace] = []
  private(set) var ambiguous: [Ambiguous] = []

  /// Cost: a look-up for each name of the enterprise in each segment of notes, then one step a note.
  init(
    of file: EnterpriseFile, in snapshots: [Snapshot], _ names: inout EnterpriseNames
  ) throws(IndexError) {
    var unclear: [String: Ambiguous] = [:]
    var known = names
    for reference in file.references {
      for snapshot in snapshots {
        _ = try snapshot.forEachPlace(kind: Schema.inspection.kind, field: "enterprise", value: reference) {
          (place) throws(IndexError) in
          // Values of one folded form may still differ: an id is meant as it is written.
          let written = try place.value(of: "enterprise") ?? reference
          switch try known.meaning(of: written) {
          case .one(let id, _): if id == file.id { places.append(place) }
          case .several(let ids): unclear[written, default: Ambiguous(name: written, ids: ids, count: 0)].count += 1
          case .none: break
          }
          return true
        }
      }
    }
    names = known
    ambiguous = unclear.values.sorted { $0.name < $1.name }
  }
}
