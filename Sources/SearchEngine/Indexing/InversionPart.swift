import Records

/// What one thread has inverted of the segment being built: terms with their postings, and columns. Documents bear the
/// numbers of the whole segment; those that other threads have are left out.
///
/// SAFETY: one thread at a time touches it. That is the thread of the crew to which its runs go, one after another, and the
/// writer's thread when all of them are back. While the segment is written many read it and none changes it.
final class InversionPart: @unchecked Sendable {
  let layout: RecordInverter
  private(set) var inverter: Inverter

  /// `budget` is that of the whole segment: what each part may take at most.
  init(schema: Schema, budget: Int, options: SegmentOptions) {
    layout = RecordInverter(schema: schema, options: options)
    inverter = Inverter(budget: budget, weights: layout.weights, headroom: options.headroom)
  }

  /// Bytes in use.
  var memory: Int { inverter.memory + layout.memory }
  /// Weighted length of the record added last.
  var length: UInt32 { layout.length }
  /// Units of the record added last.
  var units: [Unit] { layout.units.units }

  /// The same, given away.
  func takeUnits() -> [Unit] { layout.takeUnits() }

  /// - Precondition: documents rise.
  func add(_ record: Record, document: UInt32) throws(IndexError) {
    try layout.add(record, document: document, to: &inverter)
  }

  func add(text: UnsafeBufferPointer<UInt8>, document: UInt32) throws(IndexError) {
    try layout.add(text: text, document: document, to: &inverter)
  }

  /// Forgets the segment; tables and arena stay.
  func removeAll() {
    inverter.removeAll()
    layout.removeAll()
  }
}
