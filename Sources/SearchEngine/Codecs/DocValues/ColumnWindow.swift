/// The ordinals of all documents of one window of a column, decoded together: some 3 ns a value, where asking document by
/// document takes ten times that.
struct ColumnWindow {
  private let column: OrdinalColumn
  /// Ordinals of document `i` of the window: `ordinals[bounds[i] ..< bounds[i + 1]]`.
  private var bounds = [UInt32](repeating: 0, count: DocValuesFormat.windowLength + 1)
  private(set) var ordinals: [UInt32] = []
  private var presence = [UInt64](repeating: 0, count: DocValuesFormat.windowLength / 64)
  private var found: [UInt32] = []
  /// Documents of the window.
  private(set) var count = 0

  init(_ column: OrdinalColumn) { self.column = column }

  /// The places in ``ordinals`` of a document of the window; none where there is no such document.
  @inline(__always)
  func range(_ place: Int) -> Range<Int> {
    guard place >= 0, place < count else { return 0..<0 }
    return Int(bounds[place])..<Int(bounds[place &+ 1])
  }

  /// Decodes a window in place of the one before. Throws corruption.
  mutating func load(_ window: Int) throws(IndexError) {
    if column.isMultiValued { return try loadLists(window) }
    if found.isEmpty { found = Array(repeating: 0, count: DocValuesFormat.windowLength) }
    // The arrays have the room that `decode` asks for: 4,096 numbers and 64 words.
    let decoded = found.withUnsafeMutableBufferPointer { found in
      presence.withUnsafeMutableBufferPointer { presence -> Result<Int, IndexError> in
        guard let own = found.baseAddress, let bits = presence.baseAddress else { return .success(0) }
        do throws(IndexError) {
          return .success(try column.decode(window: window, into: own, presence: bits))
        } catch { return .failure(error) }
      }
    }
    count = try decoded.get()
    ordinals.removeAll(keepingCapacity: true)
    for place in 0..<count {
      if presence[place &>> 6] &>> UInt64(place & 63) & 1 == 1 { ordinals.append(found[place]) }
      bounds[place &+ 1] = UInt32(truncatingIfNeeded: ordinals.count)
    }
  }

  private mutating func loadLists(_ window: Int) throws(IndexError) {
    var own = ordinals
    ordinals = []
    let decoded = bounds.withUnsafeMutableBufferPointer { bounds -> Result<Int, IndexError> in
      guard let starts = bounds.baseAddress else { return .success(0) }
      do throws(IndexError) {
        return .success(try column.decode(window: window, starts: starts, ordinals: &own))
      } catch { return .failure(error) }
    }
    switch decoded {
    case .success(let found): count = found
    case .failure(.limit): try loadOneByOne(window, &own)
    case .failure(let error): throw error
    }
    ordinals = own
  }

  /// Windows with more values than are decoded at once: one document after the other.
  private mutating func loadOneByOne(_ window: Int, _ own: inout [UInt32]) throws(IndexError) {
    let first = window * DocValuesFormat.windowLength
    count = max(0, min(DocValuesFormat.windowLength, column.documentCount - first))
    own.removeAll()
    var values: [UInt32] = []
    bounds[0] = 0
    for place in 0..<count {
      try column.ordinals(of: UInt32(truncatingIfNeeded: first + place), into: &values)
      own += values
      bounds[place + 1] = UInt32(clamping: own.count)
    }
  }
}
