/// A piece of a record's text in which words of the query stand.
public struct Snippet: Sendable, Hashable {
  /// Full name of the field; of a member that no field names, the member's.
  public let field: String
  /// Number of the paragraph, from 1, where the record's paragraphs are numbered.
  public let paragraph: Int?
  public let text: String
  /// Byte ranges of the UTF-8 of `text`, rising, not overlapping: what matched.
  public let marks: [Range<Int>]

  public init(field: String, paragraph: Int?, text: String, marks: [Range<Int>]) {
    self.field = field
    self.paragraph = paragraph
    self.text = text
    self.marks = marks
  }
}

/// How snippets are cut.
public struct SnippetOptions: Sendable, Hashable {
  /// Characters of a snippet, about: two lines of a terminal, what two lines of a results page hold.
  public var length = 200
  /// Snippets of one hit at most.
  public var count = 3

  public init() {}
}

/// What is marked: a word or a phrase in one of its forms, in some fields only when given.
struct HighlightTerm: Hashable, Sendable {
  /// Alternatives for each place, by folded bytes, with the distance from the first.
  var slots: [(forms: Set<[UInt8]>, offset: UInt32)]
  var fields: FieldSet?
  /// Set in place of slots: a clause of which only what makes it hold is marked.
  var clause: HighlightClause?

  init(slots: [(forms: Set<[UInt8]>, offset: UInt32)], fields: FieldSet?, clause: HighlightClause? = nil) {
    self.slots = slots
    self.fields = fields
    self.clause = clause
  }

  static func == (left: Self, right: Self) -> Bool {
    left.fields == right.fields && left.slots.count == right.slots.count
      && zip(left.slots, right.slots).allSatisfy { $0.forms == $1.forms && $0.offset == $1.offset }
  }

  func hash(into hasher: inout Hasher) {
    for slot in slots { hasher.combine(slot.forms) }
  }
}
