/// A query resolved against one schema: what every segment of that kind evaluates. Scored words are named by their place in
/// ``QueryPlan/terms``, so that their order, and with it the order of additions, is that of the query in every kind.
indirect enum PlanNode: Hashable, Sendable {
  /// No record: a field that this kind does not have.
  case nothing
  case everything
  /// A word, in any of `fields` when given.
  case term(Int, fields: FieldSet?)
  /// Words at fixed distances from the first one, in any of `fields` when given. At least two slots.
  case phrase([PhraseSlot], fields: FieldSet?)
  /// Records that hold any of these dictionary entries; never scored.
  case entries([[UInt8]])
  /// Records that hold an entry beginning with these bytes; never scored.
  case entryPrefix([UInt8])
  /// A number of the column lies in the closed range.
  case integers(column: String, ClosedRange<Int64>)
  /// A date lies in the closed range of days: wholly when `isCertain`, in part otherwise.
  case days(column: String, ClosedRange<Int64>, isCertain: Bool)
  /// A value of the column lies between the bounds, in byte order.
  case values(column: String, lower: ValueBound?, upper: ValueBound?)
  /// All of `required` and none of `excluded`; `optional` only adds to the score.
  case all(required: [PlanNode], optional: [PlanNode], excluded: [PlanNode])
  /// At least `minimum` of the nodes. When `isCoordinated`, records that match more of them come first.
  case any([PlanNode], minimum: Int, isCoordinated: Bool)
  /// The record is, or belongs to, a hub record of the set of this number in ``QueryPlan/joins``; never scored.
  case joined(Int)
  /// The inner node, which adds nothing to a score here: it does elsewhere.
  case unscored(PlanNode)
  /// The inner node holds inside one unit of the scope.
  case same(UnitScope, PlanNode)
  /// Each of the words or phrases, from one to the next at most `distance` words apart.
  case near([PlanNode], distance: Int, ordered: Bool)
}

/// A word of a phrase and its distance from the first word.
struct PhraseSlot: Hashable, Sendable {
  var term: Int
  var offset: UInt32
}

/// A bound of a range of values.
struct ValueBound: Hashable, Sendable {
  var bytes: [UInt8]
  var isInclusive: Bool
}

/// The unit that holds all of a `SAME` or item clause.
enum UnitScope: Hashable, Sendable {
  case sentence, paragraph
  /// An item of the list of that number: groups are counted in schema order.
  case item(group: UInt8)
}

/// A set of fields of one schema, by their places in it.
struct FieldSet: Hashable, Sendable {
  private(set) var bits: UInt64 = 0

  init(_ fields: some Sequence<Int>) { for field in fields { insert(field) } }

  /// Fields past 63 do not exist (``Schema`` holds at most 64).
  mutating func insert(_ field: Int) { if (0..<64).contains(field) { bits |= 1 << UInt64(field) } }

  func contains(_ field: UInt32) -> Bool { field < 64 && bits >> UInt64(field) & 1 == 1 }

  var isEmpty: Bool { bits == 0 }

  func intersection(_ other: FieldSet) -> FieldSet {
    var both = self
    both.bits &= other.bits
    return both
  }

  var members: [Int] { (0..<64).filter { bits >> UInt64($0) & 1 == 1 } }
}

extension PlanNode {
  /// Whether places or units are read of each candidate.
  var readsPositions: Bool {
    switch self {
    case .term(_, let fields): fields != nil
    case .phrase, .same, .near: true
    case .nothing, .everything, .entries, .entryPrefix, .integers, .days, .values, .all, .any, .joined, .unscored: false
    }
  }

  /// Whether it asks what stands in one item of a list: names of products, widened to all below them in the product tree.
  var asksOfItems: Bool {
    switch self {
    case .same(.item, _): true
    case .all(let required, let optional, let excluded): (required + optional + excluded).contains(where: \.asksOfItems)
    case .any(let nodes, _, _): nodes.contains(where: \.asksOfItems)
    case .unscored(let node): node.asksOfItems
    default: false
    }
  }

  /// Whether its documents are worth keeping as a set: where finding them takes more than reading the set.
  var isWorthKeeping: Bool {
    switch self {
    case .entries, .entryPrefix: true
    default: readsPositions
    }
  }

  /// The places in ``QueryPlan/terms`` that can add to a score: those not below `excluded`.
  var scoredTerms: [Int] {
    switch self {
    case .term(let term, _): [term]
    case .phrase(let slots, _): slots.map(\.term)
    case .all(let required, let optional, _): (required + optional).flatMap(\.scoredTerms)
    case .any(let nodes, _, _), .near(let nodes, _, _): nodes.flatMap(\.scoredTerms)
    case .same(_, let node): node.scoredTerms
    case .nothing, .everything, .entries, .entryPrefix, .integers, .days, .values, .joined, .unscored: []
    }
  }

  /// A weaker node that looks at documents alone, not at positions: what it does not match, this does not match.
  var withoutPositions: PlanNode {
    switch self {
    case .term(let term, _): .term(term, fields: nil)
    case .phrase(let slots, _):
      .all(required: slots.map { .term($0.term, fields: nil) }, optional: [], excluded: [])
    case .all(let required, _, _): .all(required: required.map(\.withoutPositions), optional: [], excluded: [])
    case .any(let nodes, let minimum, _):
      .any(nodes.map(\.withoutPositions), minimum: minimum, isCoordinated: false)
    case .same(_, let node), .unscored(let node): node.withoutPositions
    case .near(let nodes, _, _): .all(required: nodes.map(\.withoutPositions), optional: [], excluded: [])
    case .nothing, .everything, .entries, .entryPrefix, .integers, .days, .values, .joined: self
    }
  }
}

extension PlanNode {
  /// The fields whose words alone decide whether a document matches; nil where more does.
  var decidingFields: FieldSet? {
    switch self {
    case .term(_, let fields), .phrase(_, let fields): fields
    default: nil
    }
  }
  /// Of a node that asks for one thing and excludes values in one item: the items that none of the values is in. What asks
  /// for different things and excludes the same shares it (a name of products, where no category stands beside it); its
  /// documents are often few. `isValue`: whether a word is an entry of a field's value.
  func exclusion(_ isValue: (Int) -> Bool) -> PlanNode? {
    guard case .same(.item(let group), .all(let required, _, let excluded)) = self, !required.isEmpty, !excluded.isEmpty
    else { return nil }
    for node in excluded {
      guard case .term(let term, nil) = node, isValue(term) else { return nil }
    }
    return .same(.item(group: group), .all(required: [], optional: [], excluded: excluded))
  }

  /// Whether it asks for items that something is not in, and for nothing else: of every record.
  var isExclusion: Bool {
    guard case .same(.item, .all(let required, _, _)) = self else { return false }
    return required.isEmpty
  }
}
