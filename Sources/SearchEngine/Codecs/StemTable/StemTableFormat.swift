/// The stem table of a segment: which of its terms have a given stem, and how many documents hold any of them.
///
/// ```
/// ┌─────────────┬───────────────────────────┬──────────────────┬─────────────────┐
/// │ META: stems │ DATA: block 0, block 1, … │ KEYS: 8 B/block  │ OFFS: 4 B/block │
/// └─────────────┴───────────────────────────┴──────────────────┴─────────────────┘
/// ```
/// Built as the term dictionary is, with the same block index. Only stems that are worth an entry have one: those with
/// two forms or more, or with one that differs from the stem. A stem that is not found stands for itself.
enum StemTableFormat {
  static let meta = SectionTag("META")
  static let kind = FileKind.stemTable
  /// Begins META: "STEM" twice, so that a dictionary, whose sections have the same names, is not taken for a stem table.
  static let marker: UInt64 = 0x4d45_5453_4d45_5453
  /// META: marker (8), number of stems (8), number of blocks (8).
  static let metaLength = 24
  /// Stems a block: entries are some 20 bytes long, and a look-up passes over half of them by their lengths.
  static let blockLength = 16
  /// Forms a stem at most: more than any language has; a longer list is refused when written.
  static let maximumForms = 4096
  /// Bytes of all forms of a stem at most: bounds what an entry expands to, since each may repeat most of the one before.
  static let maximumFormBytes = 1 << 20
}

/// One stem with its forms.
struct StemEntry: Hashable, Sendable {
  var stem: [UInt8]
  /// Documents that hold any of the forms, each counted once.
  var documentFrequency: UInt32
  /// The terms of the segment that have the stem, rising in byte order.
  var forms: [[UInt8]]

  init(stem: [UInt8], documentFrequency: UInt32, forms: [[UInt8]]) {
    self.stem = stem
    self.documentFrequency = documentFrequency
    self.forms = forms
  }
}
