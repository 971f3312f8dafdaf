/// The ordinals of all documents of one window of a column, decoded together: some 3 ns a value, where asking document by
/// document takes ten times that.
final class ColumnWindow {
  private let column: OrdinalColumn
  /// Ordinals of document `i` of the window: `ordinals[bounds[i] ..< bounds[i + 1]]`.
  ///
  /// SAFETY: 4,097 numbers, and 64 words; allocated in `init`, freed in `deinit`.
  private let bounds: UnsafeMutablePointer<UInt32>
  private let presence: UnsafeMutablePointer<UInt64>
  private(set) var ordinals: [UInt32] = []
  /// Documents of the window.
  private(set) var count = 0

  init(_ column: OrdinalColumn) {
    self.column = column
    bounds = .allocate(capacity: DocValuesFormat.windowLength + 1)
    bounds.initialize(repeating: 0, count: DocValuesFormat.windowLength + 1)
    presence = .allocate(capacity: DocValuesFormat.windowLength / 64)
    presence.initialize(repeating: 0, count: DocValuesFormat.windowLength / 64)
  }

  deinit {
    bounds.deallocate()
    presence.deallocate()
  }

  /// The places in ``ordinals`` of a document of the window; none where there is no such document.
  @inline(__always)
  func range(_ place: Int) -> Range<Int> {
    guard place >= 0, place < count else { return 0..<0 }
    return Int(bounds[place])..<Int(bounds[place &+ 1])
  }

  /// Decodes a window in place of the one before. Throws corruption.
  func load(_ window: Int) throws(IndexError) {
    if column.isMultiValued { return try loadLists(window) }
    ordinals.removeAll(keepingCapacity: true)
    ordinals.reserveCapacity(DocValuesFormat.windowLength)
    let found = UnsafeMutablePointer<UInt32>.allocate(capacity: DocValuesFormat.windowLength)
    defer { found.deallocate() }
    count = try column.decode(window: window, into: found, presence: presence)
    bounds[0] = 0
    for place in 0..<count {
      if presence[place &>> 6] &>> UInt64(place & 63) & 1 == 1 { ordinals.append(found[place]) }
      bounds[place &+ 1] = UInt32(truncatingIfNeeded: ordinals.count)
    }
  }

  private func loadLists(_ window: Int) throws(IndexError) {
    do throws(IndexError) {
      count = try column.decode(window: window, starts: bounds, ordinals: &ordinals)
    } catch {
      // More values than are decoded at once: one document after the other.
      guard case .limit = error else { throw error }
      let first = window * DocValuesFormat.windowLength
      count = max(0, min(DocValuesFormat.windowLength, column.documentCount - first))
      ordinals.removeAll()
      var own: [UInt32] = []
      bounds[0] = 0
      for place in 0..<count {
        try column.ordinals(of: UInt32(truncatingIfNeeded: first + place), into: &own)
        ordinals += own
        guard let end = UInt32(exactly: ordinals.count) else { throw error }
        bounds[place + 1] = end
      }
    }
  }
}
