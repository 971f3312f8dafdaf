/// A typed query as a tree: what was asked, before any schema is known.
///
/// Every node keeps the byte range of the UTF-8 query text it came from, so that a message can point at it. Ranges do
/// not take part in `==`: two trees are equal when they ask the same thing, wherever the words stood.
///
/// Invariants of a tree made by ``QueryParser``: `flat`, `and`, `or` and `near` have at least two children; texts are
/// not empty; nesting is at most ``QueryLimits/nesting``; there are at most ``QueryLimits/clauses`` leaves.
/// `QueryParser.parse(tree.description)` gives an equal tree, with no repair.
public struct QuerySyntax: Sendable {
  /// What this node asks.
  public var kind: Kind
  /// Where it stood in the query: a byte range of its UTF-8 text. Empty for a node that was not typed.
  public var range: Range<Int>

  public init(_ kind: Kind, range: Range<Int> = 0..<0) {
    self.kind = kind
    self.range = range
  }

  /// The forms of the query language. Texts are as typed: no folding, no stemming, escapes already undone.
  public indirect enum Kind: Equatable, Sendable {
    /// Nothing was asked. Only ever the root.
    case empty
    /// `*`: every record; as a field's value (`licence:*`), every record that has the field.
    case everything
    /// `formaldehyde`, `XK16-204-00123`: a bare word or code; hyphens and slashes inside belong to it.
    case word(String)
    /// `=inspected`: this spelling only.
    case exact(String)
    /// `"quality files"`: the text between the quotes; its words exact, adjacent, in order.
    case phrase(String)
    /// `lead*`: the text before the star.
    case prefix(String)
    /// `l?ad`, `*ing`: a pattern in which `?` is one character, `*` any number, and `\` takes the next as it is.
    case wildcard(String)
    /// `/re/`: the pattern between the slashes.
    case regularExpression(String)
    /// `recti~1`: words at an edit distance of 1 or 2.
    case fuzzy(String, distance: Int)
    /// `a b c`: clauses side by side, all required; the only form whose bare words may be relaxed (at the root).
    case flat([QuerySyntax])
    /// `a AND b`: all required, never relaxed.
    case and([QuerySyntax])
    /// `a OR b`: one suffices.
    case or([QuerySyntax])
    /// `NOT a`.
    case not(QuerySyntax)
    /// `+a`: required, never relaxed.
    case required(QuerySyntax)
    /// `-a`: excluded; matches the same as `NOT a`.
    case excluded(QuerySyntax)
    /// `a^2`: the score of `a` times the factor, which lies in ``QueryLimits/boosts``.
    case boost(QuerySyntax, factor: Double)
    /// `a NEAR/5 b` (any order) and `a ONEAR/5 b` (in this order): at most `distance` words from one to the next.
    case near([QuerySyntax], distance: Int, ordered: Bool)
    /// `SAME SENTENCE (…)`, `SAME PARA (…)`: the inner query holds within one such unit.
    case same(TextUnit, QuerySyntax)
    /// `violation(…)`, `product(…)`, `paragraph(…)`: the inner query holds within one and the same item of that list.
    case unit(Name, QuerySyntax)
    /// `field:x`, `field:"x y"`, `field:=x`, `field:(a OR b)`: the inner query is asked of one field.
    case field(Name, QuerySyntax)
    /// `field:[a TO b]`, `field:{a TO b}`, `field:a..b`, `severity:>=serious`: values of a field between bounds;
    /// at least one bound is given.
    case range(Name, lower: Bound?, upper: Bound?)
    /// `date:2007`, `date:2007-03..2007-10`, `since:2007-03`, `until:2007`, `last:90d` (already absolute).
    case date(DateSpan)
    /// `has(inspection: …)`, `has(inspection)`: an enterprise that has such a record; anti-join under `not`.
    case has(Name, QuerySyntax?)
    /// `by(enterprise: …)`: a record that belongs to such an enterprise.
    case by(Name, QuerySyntax?)
  }

  /// The unit that `SAME` names.
  public enum TextUnit: String, Sendable, CaseIterable {
    case sentence = "SENTENCE"
    case paragraph = "PARA"
  }

  /// A name (of a field, a kind, a unit) as typed, and where; the range does not take part in `==`.
  public struct Name: Sendable, Equatable, ExpressibleByStringLiteral {
    public var text: String
    public var range: Range<Int>

    public init(_ text: String, range: Range<Int> = 0..<0) {
      self.text = text
      self.range = range
    }

    public init(stringLiteral text: String) { self.init(text) }

    public static func == (left: Name, right: Name) -> Bool { left.text == right.text }
  }

  /// One end of a range: its value as typed (never `*`, which is an open end), and whether the value itself is inside.
  public struct Bound: Sendable, Equatable {
    public var value: String
    public var isInclusive: Bool
    public var range: Range<Int>

    public init(_ value: String, isInclusive: Bool, range: Range<Int> = 0..<0) {
      self.value = value
      self.isInclusive = isInclusive
      self.range = range
    }

    public static func == (left: Bound, right: Bound) -> Bool {
      left.value == right.value && left.isInclusive == right.isInclusive
    }
  }
}

extension QuerySyntax: Equatable {
  /// Same question, ranges apart.
  public static func == (left: QuerySyntax, right: QuerySyntax) -> Bool { left.kind == right.kind }
}

extension QuerySyntax {
  /// The clauses of the root: the children of a `flat` or `and` node, else the node itself; none when empty.
  public var clauses: [QuerySyntax] {
    switch kind {
    case .empty: return []
    case .flat(let nodes), .and(let nodes): return nodes
    default: return [self]
    }
  }

  /// Whether each of ``clauses`` may be dropped when no record holds them all: only bare unquoted words that stand in
  /// a flat query of two clauses or more. Ask the root. (A word that turns out to be a code is never relaxed either:
  /// the planner knows, this tree does not.)
  public var relaxable: [Bool] {
    guard case .flat(let nodes) = kind else { return clauses.map { _ in false } }
    return nodes.map(\.isBareWord)
  }

  /// Whether this is a bare unquoted word, with no sign, quote, pattern, field or boost.
  public var isBareWord: Bool {
    if case .word = kind { return true }
    return false
  }

  /// The direct children, in the order typed.
  public var children: [QuerySyntax] {
    switch kind {
    case .flat(let nodes), .and(let nodes), .or(let nodes), .near(let nodes, _, _): return nodes
    case .not(let node), .required(let node), .excluded(let node), .boost(let node, _), .same(_, let node),
      .unit(_, let node), .field(_, let node):
      return [node]
    case .has(_, let node), .by(_, let node): return node.map { [$0] } ?? []
    case .empty, .everything, .word, .exact, .phrase, .prefix, .wildcard, .regularExpression, .fuzzy, .range, .date:
      return []
    }
  }

  /// The number of leaves below and including this node.
  public var leafCount: Int {
    let children = children
    return children.isEmpty ? 1 : children.reduce(0) { $0 + $1.leafCount }
  }
}
