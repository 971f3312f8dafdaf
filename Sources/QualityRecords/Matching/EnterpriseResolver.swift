import Records
import SearchEngine

/// Who a line of a list may be: the enterprises of its licence and of its name, the likeliest first.
struct EnterpriseResolver {
  struct Candidate: Hashable {
    var id: String
    var rung: String
    /// 0 to 1: how sure a reader may be without looking.
    var confidence: Double
    var note = ""
  }

  /// Candidates that are told: more are not looked through.
  private static let limit = 10
  /// By licence and name together.
  private static let certain = 1.0
  /// By a name that one enterprise alone has: names are not numbers.
  private static let byName = 0.95
  /// By licence where the name is another's or nobody's: to be looked at.
  private static let byLicence = 0.8
  /// By licence, and the name is that of another enterprise.
  private static let contradicted = 0.5

  private let index: QualityIndex

  init(_ index: QualityIndex) { self.index = index }

  func candidates(name: String, licence: String) throws(QualityError) -> [Candidate] {
    let named = try candidates(named: name)
    let licensed = try ids(licence: licence)
    guard !licensed.isEmpty else { return named }
    var found: [Candidate] = []
    for id in licensed {
      if let same = named.first(where: { $0.id == id }) {
        found.append(
          Candidate(
            id: id, rung: same.rung,
            confidence: same.rung == "exact" ? Self.certain : max(same.confidence, Self.byName),
            note: "licence and name"))
      } else {
        let isOther = named.contains { $0.rung == "exact" }
        found.append(
          Candidate(
            id: id, rung: "exact", confidence: isOther ? Self.contradicted : Self.byLicence,
            note: isOther ? "by licence; the name is another's" : "by licence; the name differs"))
      }
    }
    // Of several with one licence, those that have the name as well come first.
    found.sort { $0.confidence > $1.confidence }
    return found + named.filter { candidate in !found.contains { $0.id == candidate.id } }
  }

  /// Enterprises of that name, alias or former name, compared folded.
  private func candidates(named name: String) throws(QualityError) -> [Candidate] {
    let name = name.trimmedWhitespace
    guard !name.isEmpty else { return [] }
    var ids: [String] = []
    for snapshot in index.snapshots {
      for field in EnterpriseNames.fields {
        let found = try index.reading { () throws(IndexError) in
          try snapshot.ids(kind: Schema.enterprise.kind, field: field, value: name, limit: Self.limit)
        }
        for id in found where !ids.contains(id) { ids.append(id) }
      }
    }
    let confidence = ids.count > 1 ? 1 / Double(ids.count) : Self.byName
    return ids.map { id in
      Candidate(
        id: id, rung: "exact", confidence: confidence, note: ids.count > 1 ? "\(ids.count) have this name" : "")
    }
  }

  private func ids(licence: String) throws(QualityError) -> [String] {
    let licence = licence.trimmedWhitespace
    guard !licence.isEmpty else { return [] }
    var ids: [String] = []
    for snapshot in index.snapshots {
      for field in ["licence", "products.licence", "products.ccc"] {
        let found = try index.reading { () throws(IndexError) in
          try snapshot.ids(kind: Schema.enterprise.kind, field: field, code: licence, limit: Self.limit)
        }
        for id in found where !ids.contains(id) { ids.append(id) }
      }
    }
    return ids
  }
}

extension String {
  /// Without white space at its ends, that of Chinese text (U+3000) among it.
  var trimmedWhitespace: String {
    var text = self[...]
    while let first = text.first, first.isWhitespace { text = text.dropFirst() }
    while let last = text.last, last.isWhitespace { text = text.dropLast() }
    return String(text)
  }
}
