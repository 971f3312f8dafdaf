import JSONText
import Records
import TextAnalysis

/// Lays one record out on its line of positions and gives every part of it to where it belongs: words and whole values to
/// the inverter, ranges to the units, values to the columns.
///
/// The order on the line is that of the schema; the fields of a group stand together, element by element. Between two
/// values lies a gap, so that no phrase and no pair of neighbours reaches over it.
final class RecordInverter {
  let schema: Schema
  /// Index of each field's weight among the distinct ones; nil for fields off the line.
  private let weightIndex: [Int?]
  let weights: [UInt32]
  private let groups: [String]
  /// Name and field numbers of each list of groups, in the order of ``groups``, and the members' names in its items.
  private let groupFields: [(fields: [Int], names: [String])]
  /// Members of a record that fields name.
  private let known: Set<String>
  /// The fields whose values name the record: kept under name keys and pinyin, too.
  private let nameFields: Set<Int>
  private let analyzer = Analyzer()
  private let tokens = TokenBuffer()
  private let mode: AnalysisMode

  /// Positions left free between two values: as many as the widest window in which neighbours count (ranking: 8).
  static let gap: UInt32 = 8

  /// Units for which the room is kept from record to record, 20 bytes each: a few hundred paragraphs have as many.
  static let keptUnits = 1 << 14

  private(set) var integerColumns: [String: IntegerColumnBuilder] = [:]
  private(set) var ordinalColumns: [String: OrdinalColumnBuilder] = [:]
  private let keepsColumns: Bool

  // The record being laid out.
  private var position: UInt32 = 0
  private(set) var length: UInt32 = 0
  private(set) var units = DocumentUnits()
  private var sentenceNumber: UInt32 = 0

  init(schema: Schema, options: SegmentOptions) {
    self.schema = schema
    mode = options.analyzesPlainly ? .plain : .index
    keepsColumns = !options.analyzesPlainly
    let distinct = Set(schema.fields.map(\.weight).filter { $0 > 0 } + (schema.keepsUnknownFields ? [1] : []))
    precondition(distinct.count <= Inverter.maximumWeights, "a schema has at most four distinct weights")
    let weights = distinct.isEmpty ? [1] : distinct.sorted().map { UInt32($0) }
    self.weights = weights
    weightIndex = schema.fields.map { field in weights.firstIndex(of: UInt32(max(field.weight, 0))) }
    let groups = Self.groups(of: schema)
    self.groups = groups
    groupFields = groups.map { group in
      let own = schema.fields.indices.filter { schema.fields[$0].group == group }
      return (own, own.map { String(schema.fields[$0].name.dropFirst(group.count + 1)) })
    }
    known = Set(schema.fields.map { $0.group ?? $0.name })
    nameFields = options.analyzesPlainly ? [] : Set(schema.ownNameFields)
  }

  /// The names of a schema's groups, in order: unit group `i + 1` is the i-th.
  static func groups(of schema: Schema) -> [String] {
    var groups: [String] = []
    for field in schema.fields {
      if let group = field.group, !groups.contains(group) { groups.append(group) }
    }
    return groups
  }

  var hasColumns: Bool { !ordinalColumns.isEmpty || !integerColumns.isEmpty }

  /// Bytes held by the columns.
  var memory: Int {
    integerColumns.values.reduce(0) { $0 + $1.byteCount } + ordinalColumns.values.reduce(0) { $0 + $1.byteCount }
  }

  /// The units of the record added last, given away.
  func takeUnits() -> [Unit] {
    defer { units.units = [] }
    return units.units
  }

  /// Forgets the columns' values.
  func removeAll() {
    for column in integerColumns.values { column.removeAll() }
    for column in ordinalColumns.values { column.removeAll() }
  }

  /// Lays out a record as document `document`. Afterwards ``length`` and ``units`` are the record's.
  func add(_ record: Record, document: UInt32, to inverter: inout Inverter) throws(IndexError) {
    position = 0
    length = 0
    sentenceNumber = 0
    // Those of a large record would stay in memory beside all that comes after it.
    units.units.removeAll(keepingCapacity: units.units.count <= Self.keptUnits)
    if keepsColumns { try ordinal("#id", document, record.id) }
    // A group stands where the first of its fields does; groups are in that order.
    var groupsDone = 0
    for (index, field) in schema.fields.enumerated() {
      guard field.group != nil else {
        if let value = record.body[field.name] { try add(value, field: index, document, &inverter, group: 0) }
        continue
      }
      guard groupsDone < groups.count, groupFields[groupsDone].fields.first == index else { continue }
      groupsDone += 1
      guard case .array(let items)? = record.body[groups[groupsDone - 1]] else { continue }
      try add(items, group: groupsDone - 1, document, &inverter)
    }
    if schema.keepsUnknownFields {
      for member in record.body.members where !known.contains(member.name) {
        try addUnknown(member.value, document, &inverter)
      }
    }
  }

  /// Lays out a text as the only field of a record.
  func add(text: UnsafeBufferPointer<UInt8>, document: UInt32, to inverter: inout Inverter) throws(IndexError) {
    analyzer.analyze(text, mode: mode, into: tokens)
    try inverter.add(tokens, document: document, base: 0, weight: 0)
    length = tokens.positionCount
  }

  private func add(
    _ items: [JSONValue], group: Int, _ document: UInt32, _ inverter: inout Inverter
  ) throws(IndexError) {
    let number = UInt8(truncatingIfNeeded: group + 1)
    let (fields, names) = groupFields[group]
    for (itemIndex, item) in items.enumerated() {
      guard case .object(let members) = item else { continue }
      let place = units.units.count
      let start = position
      units.units.append(
        Unit(kind: .item, ordinal: UInt32(truncatingIfNeeded: itemIndex), group: number, start: start, end: start))
      for (index, name) in zip(fields, names) {
        if let value = members[name] { try add(value, field: index, document, &inverter, group: number) }
      }
      if schema.keepsUnknownFields {
        for member in members.members where !names.contains(member.name) {
          try addUnknown(member.value, document, &inverter)
        }
      }
      units.units[place].end = position
    }
  }

  /// One value, or each of a list.
  private func add(
    _ value: JSONValue, field index: Int, _ document: UInt32, _ inverter: inout Inverter, group: UInt8
  ) throws(IndexError) {
    if case .array(let values) = value {
      for value in values { try add(value, field: index, document, &inverter, group: group) }
      return
    }
    guard let text = Self.text(of: value), !text.isEmpty else { return }
    let field = schema.fields[index]
    let start = position
    try inverter.add(TermKey.presence(field: index), document: document, position: start, weight: 0)
    switch field.type {
    case .text: break
    case .name, .keyword, .ordered, .boolean:
      let folded = FoldedValue.bytes(text)
      try inverter.add(TermKey.keyword(field: index, folded), document: document, position: start, weight: 0)
      try ordinal(field.name, document, text)
      if nameFields.contains(index) { try addName(text, document, position: start, &inverter) }
    case .code:
      for form in FoldedValue.codes(text) {
        try inverter.add(TermKey.keyword(field: index, form), document: document, position: start, weight: 0)
      }
      try ordinal(field.name, document, text)
    case .date:
      let days = FoldedValue.days(text)
      integer(field.name, document, days.lower)
      integer(field.name + "#upper", document, days.upper)
      try inverter.add(
        TermKey.keyword(field: index, FoldedValue.bytes(text)), document: document, position: start, weight: 0)
    case .number:
      if let number = Double(text) { integer(field.name, document, FoldedValue.sortable(number)) }
      // A column does not tell items apart: the entry does, by its position.
      if group != 0 {
        try inverter.add(
          TermKey.keyword(field: index, FoldedValue.bytes(text)), document: document, position: start, weight: 0)
      }
    }
    let isOnLine: Bool
    if let weight = weightIndex[index], field.weight > 0 {
      isOnLine = try addText(text, weight: weight, document, &inverter, unit: (UInt32(index), group))
    } else {
      isOnLine = false
    }
    if !isOnLine {
      // A value off the line, or without a word, still takes a place of its own, so that it lies inside its item.
      units.units.append(
        Unit(kind: .field, ordinal: UInt32(index), group: group, start: position, end: position + 1))
      position &+= 1
    }
  }

  /// What a name is found under beside its words: postings of the record, at the place where the name begins.
  private func addName(
    _ name: String, _ document: UInt32, position: UInt32, _ inverter: inout Inverter
  ) throws(IndexError) {
    let entries = NameEntries(of: name)
    guard !entries.whole.isEmpty else { return }
    try inverter.add(TermKey.wholeName(entries.whole), document: document, position: position, weight: 0)
    for span in entries.spans {
      try inverter.add(TermKey.nameKey(span), document: document, position: position, weight: 0)
    }
    for syllables in entries.pinyin {
      try inverter.add(TermKey.pinyin(syllables), document: document, position: position, weight: 0)
    }
  }

  /// A member that no field names: its texts are searchable, under the number after the last field.
  private func addUnknown(_ value: JSONValue, _ document: UInt32, _ inverter: inout Inverter) throws(IndexError) {
    switch value {
    case .array(let values): for value in values { try addUnknown(value, document, &inverter) }
    case .object(let object): for member in object.members { try addUnknown(member.value, document, &inverter) }
    default:
      guard let text = Self.text(of: value), let weight = weights.firstIndex(of: 1) else { return }
      _ = try addText(text, weight: weight, document, &inverter, unit: (UInt32(schema.fields.count), 0))
    }
  }

  /// Returns false when the text has no word.
  private func addText(
    _ text: String, weight: Int, _ document: UInt32, _ inverter: inout Inverter, unit: (ordinal: UInt32, group: UInt8)
  ) throws(IndexError) -> Bool {
    if text.utf8.count > TextPieces.longest {
      return try addLongText(text, weight: weight, document, &inverter, unit: unit)
    }
    var text = text
    let tokens = tokens
    let analyzer = analyzer
    let mode = mode
    text.withUTF8 { analyzer.analyze($0, mode: mode, into: tokens) }
    guard tokens.positionCount > 0 else { return false }
    let start = position
    let end = start &+ tokens.positionCount
    try inverter.add(tokens, document: document, base: start, weight: weight)
    length =
      length.addingReportingOverflow(
        tokens.positionCount.multipliedReportingOverflow(by: weights[weight]).partialValue
      ).partialValue
    units.units.append(Unit(kind: .field, ordinal: unit.ordinal, group: unit.group, start: start, end: end))
    appendParts(tokens.paragraphs, .paragraph, start, end)
    appendParts(tokens.sentences, .sentence, start, end)
    position = end &+ Self.gap
    return true
  }

  /// The same for a text whose tokens would take much memory at once: piece by piece.
  private func addLongText(
    _ text: String, weight: Int, _ document: UInt32, _ inverter: inout Inverter, unit: (ordinal: UInt32, group: UInt8)
  ) throws(IndexError) -> Bool {
    var text = text
    let start = position
    var end = start
    var paragraphs: [UInt32] = []
    var sentences: [UInt32] = []
    var failure: IndexError?
    text.withUTF8 { bytes in
      var pieces = TextPieces(bytes)
      while let piece = pieces.next() {
        analyzer.analyze(piece.bytes, mode: mode, into: tokens)
        guard tokens.positionCount > 0 else { continue }
        do throws(IndexError) {
          try inverter.add(tokens, document: document, base: end, weight: weight)
        } catch {
          failure = error
          return
        }
        let before = end &- start
        if before > 0, piece.beginsParagraph, paragraphs.count + sentences.count < Self.maximumParts {
          paragraphs.append(before)
          sentences.append(before)
        }
        let room = max(0, Self.maximumParts - paragraphs.count - sentences.count)
        paragraphs += tokens.paragraphs.prefix(room / 2).map { before &+ $0 }
        sentences += tokens.sentences.prefix(room / 2).map { before &+ $0 }
        end &+= tokens.positionCount
      }
    }
    if let failure { throw failure }
    guard end > start else { return false }
    length =
      length.addingReportingOverflow(
        (end &- start).multipliedReportingOverflow(by: weights[weight]).partialValue
      ).partialValue
    units.units.append(Unit(kind: .field, ordinal: unit.ordinal, group: unit.group, start: start, end: end))
    appendParts(paragraphs, .paragraph, start, end)
    appendParts(sentences, .sentence, start, end)
    position = end &+ Self.gap
    return true
  }

  /// Paragraphs and sentences that are told apart in one long text: what follows belongs to the last one. A text of 16 MB
  /// has some 200,000; each takes 20 bytes while its record is laid out.
  private static let maximumParts = 1 << 19

  /// Units of the parts that begin at the given places of a text, the first at its start. A text of one paragraph has no
  /// paragraph unit of its own: its field is it.
  private func appendParts(_ starts: [UInt32], _ kind: UnitKind, _ base: UInt32, _ end: UInt32) {
    if kind == .paragraph, starts.isEmpty { return }
    var first = base
    var number: UInt32 = kind == .paragraph ? 1 : 0
    for start in starts + [end &- base] {
      let next = base &+ start
      if next > first {
        units.units.append(
          Unit(kind: kind, ordinal: kind == .sentence ? sentenceNumber : number, start: first, end: next))
        sentenceNumber &+= kind == .sentence ? 1 : 0
        number &+= 1
      }
      first = next
    }
  }

  private func ordinal(_ name: String, _ document: UInt32, _ value: String) throws(IndexError) {
    guard keepsColumns else { return }
    if ordinalColumns[name] == nil { ordinalColumns[name] = OrdinalColumnBuilder(name) }
    guard let column = ordinalColumns[name] else { return }
    // A value longer than a column takes is cut: it is counted and sorted by its beginning, and stored whole.
    let bytes = FoldedValue.columnValue(value)
    var failure: IndexError?
    bytes.withUnsafeBytes { bytes in
      do throws(IndexError) { try column.append(document, bytes) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  private func integer(_ name: String, _ document: UInt32, _ value: Int64) {
    guard keepsColumns else { return }
    if integerColumns[name] == nil { integerColumns[name] = IntegerColumnBuilder(name) }
    integerColumns[name]?.append(document, value)
  }

  private static func text(of value: JSONValue) -> String? {
    switch value {
    case .string(let text): text
    case .number(let text): text
    case .bool(let flag): flag ? "true" : "false"
    default: nil
    }
  }
}
