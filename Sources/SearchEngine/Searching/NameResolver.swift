import JSONText
import Records
import TextAnalysis

/// A record that a typed name may mean, and why.
public struct NamedRecord: Hashable, Sendable {
  public let id: String
  /// The first name of the record; its id where it has none.
  public let name: String
  /// `exact` (an id, or a name as it is written, but for case and width), `name`, `pinyin`, `fuzzy`.
  public let rung: Rung
  /// 0…1; below ``NameResolver/threshold`` it is an offer, no match.
  public let confidence: Double
  /// The name of the record that was recognised, and its field; nil where the id was typed.
  public let matched: String?
  public let field: String?
  /// The element of a list of names that ``matched`` stands in (`formerNames`): what else it says.
  public let item: JSONObject?

  var isMatch: Bool { confidence >= NameResolver.threshold }

  /// Matches before offers, stronger rungs first, then the surer, then names of the record itself before those of its lists, then by id.
  public static func precedes(_ left: NamedRecord, _ right: NamedRecord) -> Bool {
    let (isMatch, isOtherMatch) = (left.isMatch, right.isMatch)
    if isMatch != isOtherMatch { return isMatch }
    if left.rung != right.rung { return left.rung < right.rung }
    if left.confidence != right.confidence { return left.confidence > right.confidence }
    if (left.item == nil) != (right.item == nil) { return left.item == nil }
    return left.id < right.id
  }
}

/// Finds the records of a kind that a typed name may mean: by id; by a name as written; by the name key; by pinyin or
/// translation where none of these is sure; within a bounded edit distance where there is nothing else at all. Nothing is
/// read ahead and nothing scanned.
public struct NameResolver: Sendable {
  /// The least confidence of a match.
  public static let threshold = NameMatch.threshold

  private let snapshots: [Snapshot]
  private let schema: Schema

  /// Records read for one look-up at most: more of one name are not told apart by reading on.
  private static let recordLimit = 100
  /// Characters from which a name is fuzzed at all, and from which by two edits: in a short name another letter is another
  /// company. Ideographs say more each.
  private static let oneEdit = 5
  private static let twoEdits = 10
  private static let oneEditOfIdeographs = 4

  public init(_ snapshots: [Snapshot], schema: Schema) {
    self.snapshots = snapshots
    self.schema = schema
  }

  /// How like two names are: the rung that recognises them, if any, and the confidence (`NameMatch`).
  public static func compare(_ one: String, _ other: String) -> (rung: Rung?, confidence: Double) {
    let match = NameMatch.compare(one, other)
    return (match.rung.map(Self.rung), match.confidence)
  }

  /// The likeliest first, at most `limit`.
  ///
  /// - Throws: what reading the index throws.
  /// - Cost: a few look-ups in the dictionary of each segment and the reading of the records found; for a name that nothing
  ///   is like, a walk over the names near it.
  /// - Parameter offers: whether those are given, too, whose names only sound like it or say more (`hongda toys`: Hongda Plush
  ///   Toys), behind the matches: for people to choose from. None of them is a match.
  public func records(
    named typed: String, limit: Int, offers: Bool = false
  ) throws(IndexError) -> [NamedRecord] {
    if let record = try byID(typed) { return [record] }
    var found: [String: NamedRecord] = [:]
    let name = NameMatch.Name(typed)
    let lookups = name.lookups
    // Names that are equal as written have one core, too.
    for core in lookups.wholes { try look(.whole(core), name, least: 0, &found) }
    if !found.values.contains(where: { $0.confidence >= Self.threshold }) {
      for core in lookups.pinyinWholes { try look(.whole(core), name, least: Self.threshold, &found) }
      for span in lookups.spans { try look(.span(span), name, least: Self.threshold, &found) }
      for prefix in lookups.pinyinPrefixes { try look(.pinyin(prefix), name, least: Self.threshold, &found) }
    }
    if offers {
      for core in lookups.pinyinWholes { try look(.whole(core), name, least: 0, offers: true, &found) }
      for span in lookups.spans { try look(.span(span), name, least: 0, offers: true, &found) }
      for prefix in lookups.pinyinPrefixes { try look(.pinyin(prefix), name, least: 0, offers: true, &found) }
    }
    if found.isEmpty, let core = lookups.wholes.first {
      let count = core.unicodeScalars.count
      if count >= (Pinyin.hasIdeographs(core) ? Self.oneEditOfIdeographs : Self.oneEdit) {
        try look(.near(core, distance: count >= Self.twoEdits ? 2 : 1), name, least: 0, &found)
      }
    }
    return Array(found.values.sorted(by: NamedRecord.precedes).prefix(limit))
  }

  private func byID(_ id: String) throws(IndexError) -> NamedRecord? {
    for snapshot in snapshots {
      guard let record = try snapshot.record(kind: schema.kind, id: id) else { continue }
      let members = Self.members(record)
      return NamedRecord(
        id: id, name: members.flatMap(firstName) ?? id, rung: .exact, confidence: 1, matched: nil, field: nil, item: nil
      )
    }
    return nil
  }

  private func look(
    _ lookup: NameLookup, _ typed: NameMatch.Name, least: Double, offers: Bool = false,
    _ found: inout [String: NamedRecord]
  ) throws(IndexError) {
    for snapshot in snapshots {
      for record in try snapshot.records(kind: schema.kind, named: lookup, limit: Self.recordLimit) {
        guard let members = Self.members(record), let candidate = best(members, typed, offers: offers),
          candidate.confidence >= least
        else { continue }
        if let known = found[candidate.id], !NamedRecord.precedes(candidate, known) { continue }
        found[candidate.id] = candidate
      }
    }
  }

  /// The record by that of its names that is most like the typed one; nil where none is like it at all.
  private func best(_ members: JSONObject, _ typed: NameMatch.Name, offers: Bool) -> NamedRecord? {
    guard let id = members["id"]?.stringValue else { return nil }
    let name = firstName(members) ?? id
    var best: NamedRecord?
    for index in schema.ownNameFields {
      let field = schema.fields[index]
      for (value, item) in Self.values(of: field, members) {
        let written = NameMatch.Name(value)
        var match = NameMatch.compare(typed, written)
        if offers, match.rung == nil { match = NameMatch.offer(typed, written) }
        guard let rung = match.rung.map(Self.rung) else { continue }
        let candidate = NamedRecord(
          id: id, name: name, rung: rung, confidence: match.confidence, matched: value, field: field.name, item: item)
        if let known = best, !NamedRecord.precedes(candidate, known) { continue }
        best = candidate
      }
    }
    return best
  }

  private func firstName(_ members: JSONObject) -> String? {
    schema.ownNameFields.lazy.flatMap { Self.values(of: schema.fields[$0], members) }.first?.value
  }

  private static func values(of field: FieldDefinition, _ members: JSONObject) -> [(value: String, item: JSONObject?)] {
    guard let group = field.group else { return strings(members[field.name]).map { ($0, nil) } }
    let member = String(field.name.dropFirst(group.count + 1))
    return (members[group]?.arrayValue ?? []).flatMap { element in
      strings(element[member]).map { ($0, element.objectValue) }
    }
  }

  private static func strings(_ value: JSONValue?) -> [String] {
    switch value {
    case .string(let text)?: [text]
    case .array(let values)?: values.compactMap(\.stringValue)
    default: []
    }
  }

  private static func members(_ record: [UInt8]) -> JSONObject? { (try? JSONValue(parsing: record))?.objectValue }

  private static func rung(_ rung: NameMatch.Rung) -> Rung {
    switch rung {
    case .exact: .exact
    case .name: .name
    case .pinyin: .pinyin
    case .fuzzy: .fuzzy
    }
  }
}
