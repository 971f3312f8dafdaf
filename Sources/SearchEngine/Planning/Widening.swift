import Records

/// What the bare words of one query may match by beside their own forms: names of the thesaurus, records of a hub that are
/// called so. Made before the plan, from the dictionaries of the snapshots, so that what matches nothing is no part of it.
struct Widening: Sendable {
  /// A way in which one word may match.
  struct Alternative: Hashable, Sendable {
    enum Form: Hashable, Sendable {
      /// Any of these names, their words by their stems, adjacent.
      case names([String])
      /// The record is, or belongs to, a record of the join of this number in ``Widening/joins``.
      case joined(Int)
    }
    var rung: Rung
    var form: Form
    /// Where the span stood in the query.
    var range: Range<Int>
    /// Of a span of several words, the first alone adds to scores: the alternative counts once.
    var isScored: Bool
  }

  /// A word by its text and place in the query.
  struct Word: Hashable, Sendable {
    var text: String
    var range: Range<Int>
  }

  /// What is to be said about a span that was widened.
  struct Span: Sendable {
    var rung: Rung
    /// As typed.
    var text: String
    var range: Range<Int>
    /// Names that it also stands for, or that the records found are called by; the first ones.
    var names: [String]
    /// How many there are.
    var count: Int
    /// Whether there were more names than were taken.
    var isCut = false
    /// The join that finds the records, where it is a name of theirs: a place in ``Widening/joins``.
    var join: Int?
  }

  var alternatives: [Word: [Alternative]] = [:]
  var joins: [PlanJoin] = []
  var spans: [Span] = []

  /// The rungs that any alternative is of.
  var rungs: Set<Rung> { Set(spans.map(\.rung)) }
}

/// The numbers of widening.
enum WideningLimits {
  /// Words of a span at most: names of products and companies have two to five, and a legal form one or two more.
  static let spanWords = 6
  /// Names that one span stands for at most, in the order of the tree; more, and the answer says so.
  static let names = 256
  /// Names that a note shows.
  static let shownNames = 5
  /// What a word of the thesaurus weighs beside the word typed. A record of tier 1 that holds one of two words as typed
  /// should come before one that holds both by other names: with 0.5 it does unless its word is far more frequent.
  static let thesaurusShare = 0.5
  /// What a word within an edit distance weighs beside the word typed.
  static let fuzzyShare = 0.5
  /// Edits that a fuzzy word may be away, where its length allows (``FuzzyBounds``).
  static let fuzzyDistance = 2
}

// Bare words with what they may match by beside their own forms.
extension QueryPlanner {
  /// Whether words take the forms of their stem: those below `NOT`, `has()` and `by()` on every level alike.
  func takesStems(_ context: PlanContext) -> Bool {
    options.ways.contains(.stem) && (options.level >= .stem || context.isFixed)
  }

  /// Whether words of `context` may match by other words at all.
  private func widens(_ context: PlanContext) -> Bool {
    options.level > .stem && context.fields == nil && context.scope == nil && !context.isFixed && !context.isNarrow
  }

  /// `own`, or what widens the word on the level of the plan.
  mutating func widened(
    _ own: PlanNode, _ text: String, _ range: Range<Int>, weight: Double, _ context: PlanContext
  ) -> PlanNode {
    let others = alternatives(text, range, weight: weight, context)
    return others.isEmpty ? own : .any([own] + others, minimum: 1, isCoordinated: false)
  }

  /// The nodes beside the word's own.
  mutating func alternatives(
    _ text: String, _ range: Range<Int>, weight: Double, _ context: PlanContext
  ) -> [PlanNode] {
    guard widens(context) else { return [] }
    var nodes: [PlanNode] = []
    for alternative in options.widening?.alternatives[Widening.Word(text: text, range: range)] ?? []
    where alternative.rung <= options.level && options.ways.contains(alternative.rung) {
      switch alternative.form {
      case .names(let names):
        let share = weight * context.boost * WideningLimits.thesaurusShare
        for name in names {
          let node = tokensNode(
            analyzer.tokens(name), exact: false, text: name, alternative.range, weight: share, context)
          nodes.append(alternative.isScored ? node : .unscored(node))
        }
      case .joined(let number):
        if let node = joined(number, context) { nodes.append(node) }
      }
    }
    if options.level >= .fuzzy, options.ways.contains(.fuzzy), let node = near(text, range, weight: weight, context) {
      nodes.append(node)
    }
    if !nodes.isEmpty { isWidened = true }
    return nodes
  }

  /// The records of a join, where those of the kind are or belong to them.
  private mutating func joined(_ number: Int, _ context: PlanContext) -> PlanNode? {
    guard let join = options.widening?.joins[number],
      context.schema.kind == join.hub || Self.belongs(context.schema, to: join.hub)
    else { return nil }
    if let known = joins.firstIndex(where: { $0.key == join.key }) { return .joined(known) }
    joins.append(join)
    return .joined(joins.count - 1)
  }

  /// The words within an edit distance; nil for what has none: codes, numbers, runs of characters, short words.
  private mutating func near(
    _ text: String, _ range: Range<Int>, weight: Double, _ context: PlanContext
  ) -> PlanNode? {
    let tokens = analyzer.tokens(text)
    guard tokens.count == 1,
      let distance = FuzzyBounds.distance(for: tokens[0], asked: WideningLimits.fuzzyDistance)
    else { return nil }
    let term = PlanTerm(
      .fuzzy(tokens[0].term, distance: distance, wordsOnly: true),
      weight: weight * context.boost * WideningLimits.fuzzyShare, text: "\(text)~\(distance)", range: range)
    return .term(place(term), fields: nil)
  }
}
