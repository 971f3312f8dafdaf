import Records
import SearchEngine

/// Who a line of a list may be: the enterprises of its licence and of its name, the likeliest first.
struct EnterpriseResolver {
  struct Candidate: Hashable {
    var id: String
    var rung: String
    /// 0 to 1: how sure a reader may be without looking.
    var confidence: Double
    /// False: no more than an offer.
    var isMatch = true
    var note = ""
  }

  /// Candidates that are told: more are not looked through.
  private static let limit = 10
  /// By licence and name together.
  private static let certain = 1.0
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
            confidence: Self.certain, note: "licence and name"))
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

  /// Enterprises that are called so, as all jobs understand names; those of one sure name share its confidence.
  private func candidates(named name: String) throws(QualityError) -> [Candidate] {
    let name = name.trimmedWhitespace
    guard !name.isEmpty else { return [] }
    var found: [EnterpriseCandidate] = []
    for candidate in try index.enterprises(named: name, limit: Self.limit)
    where !found.contains(where: { $0.id == candidate.id }) {
      found.append(candidate)
    }
    let best =
      found.first.map { first in found.count { $0.rung == first.rung && $0.confidence == first.confidence } } ?? 0
    return found.enumerated().map { place, candidate in
      let isShared = place < best && best > 1
      var note = isShared ? "\(best) have this name" : ""
      if let former = candidate.formerly {
        note = "formerly \(former.name)\(former.until.map { ", until \($0)" } ?? "")"
      }
      return Candidate(
        id: candidate.id, rung: candidate.rung.name,
        confidence: isShared ? candidate.confidence / Double(best) : candidate.confidence, isMatch: candidate.isMatch,
        note: note)
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
