// What proximity clauses mark.
extension HitInspector {
  /// What a clause over positions marks; nil for one whose unit is no part of a single text.
  func clause(_ node: PlanNode, _ address: DocumentAddress) -> HighlightClause? {
    switch node {
    case .near: return HighlightClause(node: highlightNode(node, address), scope: .text)
    case .same(.sentence, let inner): return HighlightClause(node: highlightNode(inner, address), scope: .sentence)
    case .same(.paragraph, let inner): return HighlightClause(node: highlightNode(inner, address), scope: .paragraph)
    default: return nil
    }
  }

  private func highlightNode(_ node: PlanNode, _ address: DocumentAddress) -> HighlightNode {
    switch node {
    case .term, .phrase: return highlightTerm(node, address).map { .span($0) } ?? .nothing
    case .near(let nodes, let distance, let ordered):
      let terms = nodes.compactMap { highlightTerm($0, address) }
      return terms.count == nodes.count ? .near(terms, distance: distance, ordered: ordered) : .nothing
    case .all(let required, _, let excluded):
      return .all(
        required.map { highlightNode($0, address) }, excluded: excluded.map { highlightNode($0, address) })
    case .any(let nodes, let minimum, _): return .any(nodes.map { highlightNode($0, address) }, minimum: minimum)
    default: return .nothing
    }
  }

  /// A word or a phrase as it is marked; nil for other nodes.
  private func highlightTerm(_ node: PlanNode, _ address: DocumentAddress) -> HighlightTerm? {
    switch node {
    case .term(let term, let fields): HighlightTerm(slots: [(forms(term, address), 0)], fields: fields)
    case .phrase(let slots, let fields):
      HighlightTerm(slots: slots.map { (forms($0.term, address), $0.offset) }, fields: fields)
    default: nil
    }
  }
}
