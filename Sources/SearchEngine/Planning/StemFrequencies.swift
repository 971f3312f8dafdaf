import Synchronization

/// In how many documents of some segments each stem of their vectors stands, found when it is first asked for and kept as
/// long as the snapshots are: second passes of other queries ask for the same stems again.
///
/// 4 bytes a stem of each segment, touched where asked.
final class StemFrequencies: Sendable {
  /// By segment.
  private let tables: [Table]

  init(_ segments: [SegmentContext]) { tables = segments.map { Table(Int($0.reader.vectors?.termCount ?? 0)) } }

  /// The number kept for a stem of a segment; nil before ``keep(_:for:of:)``, and for what is no stem of it.
  func known(_ ordinal: UInt32, of segment: Int) -> UInt64? {
    guard segment < tables.count, ordinal < tables[segment].count else { return nil }
    let found = tables[segment].values[Int(ordinal)].load(ordering: .relaxed)
    return found == 0 ? nil : UInt64(found - 1)
  }

  /// Numbers from 2^32 - 1 on are not kept.
  func keep(_ frequency: UInt64, for ordinal: UInt32, of segment: Int) {
    guard segment < tables.count, ordinal < tables[segment].count, frequency < UInt64(UInt32.max) else { return }
    // Whoever comes second writes the same.
    tables[segment].values[Int(ordinal)].store(UInt32(truncatingIfNeeded: frequency) + 1, ordering: .relaxed)
  }

  /// 0 where nothing is known, else one more than the number.
  private final class Table: Sendable {
    let count: Int
    /// SAFETY: `count` values, made in `init` and freed in `deinit`; every index is compared with `count` before. The pointer
    /// never changes and what it points at is atomic, so threads may share it.
    nonisolated(unsafe) let values: UnsafeMutablePointer<Atomic<UInt32>>

    init(_ count: Int) {
      self.count = count
      values = .allocate(capacity: max(1, count))
      for index in 0..<count { (values + index).initialize(to: Atomic(0)) }
    }

    deinit {
      values.deinitialize(count: count)
      values.deallocate()
    }
  }
}
