import TextAnalysis

/// A name that the thesaurus puts beside, above or below another.
public struct RelatedName: Sendable, Hashable {
  public enum Relation: String, Sendable, CaseIterable {
    case synonym, narrower, broader, sibling
  }

  public let name: String
  public let relation: Relation
}

extension Searcher {
  /// The names of the terms of the thesaurus that are called so, as written, the one to show first; empty where it knows
  /// none. Cost: one look-up.
  public func synonyms(of name: String) -> [String] {
    guard let thesaurus else { return [] }
    return thesaurus.places(of: name).flatMap { thesaurus.terms[$0].names }
  }

  /// Names related to one, nearest relation first: its synonyms, all under it, the one above it, those beside it. Empty
  /// where the thesaurus does not know the name. At most `limit`.
  public func relatedNames(of name: String, limit: Int = 1_000) -> [RelatedName] {
    guard let thesaurus else { return [] }
    var found: [RelatedName] = []
    var seen: Set<String> = [name.lowercased()]
    func add(_ names: [String], _ relation: RelatedName.Relation) {
      for name in names where found.count < limit && seen.insert(name.lowercased()).inserted {
        found.append(RelatedName(name: name, relation: relation))
      }
    }
    let terms = thesaurus.terms
    let places = thesaurus.places(of: name)
    for place in places { add(terms[place].names, .synonym) }
    for place in places {
      for below in terms[place].narrower { add(thesaurus.namesUnder(terms[below].names.first ?? ""), .narrower) }
    }
    for place in places { if let above = terms[place].broader { add(terms[above].names, .broader) } }
    for place in places {
      guard let above = terms[place].broader else { continue }
      for beside in terms[above].narrower where beside != place { add(terms[beside].names, .sibling) }
    }
    return found
  }
}

extension TextTokens {
  /// Edits between two words: characters inserted, left out, replaced, or exchanged with their neighbour.
  public static func edits(_ left: String, _ right: String) -> Int {
    EditDistance.between(Array(left.unicodeScalars), Array(right.unicodeScalars))
  }
}
