/// The units of every document: the ranges on its line of positions that are fields, paragraphs, sentences and items.
///
/// ```
/// ┌─────────────────┬───────────────────────────┬──────────────────────────────────┐
/// │ META: documents │ DATA: group 0, group 1, … │ OFFS: 8 B a group, and the end   │
/// └─────────────────┴───────────────────────────┴──────────────────────────────────┘
///   group of up to 128 documents:  width w (1 B) · w B of length a document · the documents' units
/// ```
/// A unit is coded against what the one before it lets expect, so that a sentence that follows its forerunner takes one
/// byte. The file-format page has every byte.
enum UnitsFormat {
  static let meta = SectionTag("META")
  static let data = SectionTag("DATA")
  static let offsets = SectionTag("OFFS")
  /// META: number of documents (8).
  static let metaLength = 8
  /// Documents a group: one 64-bit offset is shared by so many, and finding a document sums up to 127 lengths.
  static let groupLength = 128

  // The first byte of a unit.
  /// Bit 0 set: a sentence as expected; bits 1-7 hold its length, this value that a varint of the rest follows.
  static let sentenceFlag: UInt8 = 1
  static let lengthEscape: UInt32 = 127
  /// Bit 0 clear: bits 1-2 hold the kind; these bits say which of start, ordinal, group are not as expected and follow.
  static let startFlag: UInt8 = 1 << 3
  static let ordinalFlag: UInt8 = 1 << 4
  static let groupFlag: UInt8 = 1 << 5
  /// Bits that no writer sets.
  static let spareBits: UInt8 = 0xc0
}

/// What a unit is. The raw value stands in the file.
enum UnitKind: UInt8, Sendable, CaseIterable {
  /// One element of a list of groups (`violations[2]`); encloses its fields.
  case item = 0
  /// One value of a field.
  case field = 1
  case paragraph = 2
  case sentence = 3
}

/// A range of a document's positions.
struct Unit: Hashable, Sendable {
  var kind: UnitKind
  /// Of a field: its index in the schema. Of a paragraph: its number. Of an item: its index in the list. Of a sentence:
  /// its number in the document, from 0 (the expected one costs nothing).
  var ordinal: UInt32
  /// Which list of groups the unit belongs to, 0 when to none.
  var group: UInt8
  /// The positions `start ..< end`.
  var start: UInt32
  var end: UInt32

  init(kind: UnitKind, ordinal: UInt32, group: UInt8 = 0, start: UInt32, end: UInt32) {
    self.kind = kind
    self.ordinal = ordinal
    self.group = group
    self.start = start
    self.end = end
  }
}

/// The units of one document, in the order in which they were given: an enclosing unit before those inside it.
struct DocumentUnits: Hashable, Sendable {
  var units: [Unit] = []

  init(_ units: [Unit] = []) { self.units = units }
}

/// What the units so far let expect of the next one. Writer and reader keep it alike.
struct UnitExpectation {
  private var previous = Unit(kind: .item, ordinal: 0, start: 0, end: 0)
  private var isFirst = true
  /// The next ordinal of each kind: one more than the last; paragraphs begin at 1.
  private var item: UInt32 = 0
  private var field: UInt32 = 0
  private var paragraph: UInt32 = 1
  private var sentence: UInt32 = 0

  /// The group of the unit before.
  var group: UInt8 { previous.group }

  /// A unit of a narrower kind begins where its forerunner does, any other where that one ends.
  @inline(__always)
  func start(_ kind: UnitKind) -> UInt32 {
    kind.rawValue > previous.kind.rawValue || isFirst ? previous.start : previous.end
  }

  @inline(__always)
  func ordinal(_ kind: UnitKind) -> UInt32 {
    switch kind {
    case .item: item
    case .field: field
    case .paragraph: paragraph
    case .sentence: sentence
    }
  }

  @inline(__always)
  mutating func advance(_ unit: Unit) {
    previous = unit
    isFirst = false
    let next = unit.ordinal &+ 1
    switch unit.kind {
    case .item: item = next
    case .field: field = next
    case .paragraph: paragraph = next
    case .sentence: sentence = next
    }
  }
}
