import Records

/// Documents of a segment by the values that they have in some fields: what is asked of the words of those fields alone has
/// one answer for all documents of equal values, and so is asked of one of them.
struct ValueSets: Sendable {
  /// By set of values: one document that has it, the first.
  let samples: [UInt32]
  /// Documents of set `s`, rising: `documents[starts[s] ..< starts[s + 1]]`. Documents without a value are in none.
  private let starts: [UInt32]
  private let documents: [UInt32]

  /// Columns cut values at 1,024 bytes (``FoldedValue/columnValue(_:)``), or up to three before that: longer ones may be
  /// unlike though their columns agree.
  private static let longestValue = 1_020
  /// Sets are worth it where one stands for this many documents on average.
  private static let documentsPerSet = 8

  /// Nil where values are not known as they are written (fields of text, long values, segments without columns), or where they
  /// are too varied. `fields`: places in the schema. Cost: linear in documents and values, 4 bytes a document kept. Throws
  /// corruption.
  init?(_ fields: [Int], _ reader: SegmentReader) throws(IndexError) {
    guard reader.columns != nil, !fields.isEmpty else { return nil }
    var columns: [OrdinalColumn] = []
    for field in fields {
      guard reader.schema.fields.indices.contains(field) else { return nil }
      switch reader.schema.fields[field].type {
      case .name, .keyword, .ordered, .boolean, .code: break
      case .text, .date, .number: return nil
      }
      // Without a column no document has the field.
      guard let column = try reader.ordinalColumn(reader.schema.fields[field].name) else { continue }
      // Of one value at most a document there are at least as many sets as values: known without reading them.
      if !column.isMultiValued, column.valueCount * Self.documentsPerSet > Int(reader.documentCount) { return nil }
      columns.append(column)
    }
    let count = Int(reader.documentCount)
    var numbers = [UInt32](repeating: 0, count: count)
    var table = NumberTable()
    // Number 0: no value. Each further value makes of the number before it another one.
    _ = table.number(of: .max)
    var firstOrdinal: UInt64 = 0
    for column in columns {
      for ordinal in 0..<UInt32(clamping: column.valueCount) {
        if try column.value(ordinal).utf8.count > Self.longestValue { return nil }
      }
      var values = ColumnWindow(column)
      for window in 0..<column.windowCount {
        try values.load(window)
        let first = window * DocValuesFormat.windowLength
        for place in 0..<max(0, min(values.count, count - first)) {
          for value in values.range(place) {
            let ordinal = firstOrdinal + UInt64(values.ordinals[value])
            numbers[first + place] = table.number(of: UInt64(numbers[first + place]) << 32 | ordinal).number
          }
        }
        if table.count * Self.documentsPerSet > count { return nil }
      }
      firstOrdinal += UInt64(column.valueCount)
    }
    // Counting sort by number; numbers that only stood on the way to others have no documents.
    var starts = [UInt32](repeating: 0, count: table.count + 1)
    for number in numbers where number != 0 { starts[Int(number) + 1] += 1 }
    for index in starts.indices.dropFirst() { starts[index] += starts[index - 1] }
    var next = starts
    var documents = [UInt32](repeating: 0, count: Int(starts[table.count]))
    for (document, number) in numbers.enumerated() where number != 0 {
      documents[Int(next[Int(number)])] = UInt32(truncatingIfNeeded: document)
      next[Int(number)] += 1
    }
    var kept: [UInt32] = [0]
    var samples: [UInt32] = []
    for number in 0..<table.count where starts[number] < starts[number + 1] {
      samples.append(documents[Int(starts[number])])
      kept.append(starts[number + 1])
    }
    self.samples = samples
    self.starts = kept
    self.documents = documents
  }

  /// The documents of all sets of which the sample is among `matching`.
  func documents(ofSamples matching: BitSet) -> BitSet {
    var found = BitSet(bound: matching.bound)
    for (set, sample) in samples.enumerated() where matching.contains(Int(sample)) {
      for place in Int(starts[set])..<Int(starts[set + 1]) { found.insert(Int(documents[place])) }
    }
    return found
  }
}
