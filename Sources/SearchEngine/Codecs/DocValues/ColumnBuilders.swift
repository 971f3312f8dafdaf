/// Gathers the numbers of one field in memory, document by document.
final class IntegerColumnBuilder {
  let name: String
  private(set) var documents: [UInt32] = []
  private(set) var values: [Int64] = []

  init(_ name: String) { self.name = name }

  /// Bytes that are held.
  var byteCount: Int { grownCount(documents.count) * (4 + 8) }
  var isEmpty: Bool { documents.isEmpty }

  /// The number of a document. A document has one: the first given stays, and false is returned for a later one.
  /// - Precondition: documents do not fall.
  @discardableResult
  func append(_ document: UInt32, _ value: Int64) -> Bool {
    if let last = documents.last {
      precondition(last <= document, "documents are given in order")
      if last == document { return false }
    }
    documents.append(document)
    values.append(value)
    return true
  }

  /// Forgets all numbers, keeping the memory.
  func removeAll() {
    documents.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
  }
}

/// Gathers the values of one field in memory, document by document, each distinct one once.
final class OrdinalColumnBuilder {
  let name: String
  private(set) var documents: [UInt32] = []
  /// The value of each entry, in the order of first appearance.
  private(set) var values: [UInt32] = []
  private var bytes = ByteBuffer(capacity: 256)
  /// Where each distinct value ends in `bytes`.
  private var ends: [Int] = []
  /// Open addressing by linear steps: a value's number and one, 0 for free; half full at most.
  private var slots: [UInt32] = Array(repeating: 0, count: 64)

  init(_ name: String) { self.name = name }

  /// Bytes that are held.
  var byteCount: Int {
    grownCount(documents.count) * (4 + 4) + grownCount(ends.count) * 8 + slots.count * 4 + bytes.count
  }
  var isEmpty: Bool { documents.isEmpty }
  /// Distinct values.
  var valueCount: Int { ends.count }
  /// Whether a document has two different values. Cost: one pass.
  var isMultiValued: Bool {
    documents.indices.dropFirst().contains { documents[$0] == documents[$0 - 1] && values[$0] != values[$0 - 1] }
  }

  /// Adds a value to a document. A document may have several; the same one twice counts once. Throws a limit when it is
  /// longer than ``DocValuesFormat/maximumValueLength``.
  /// - Precondition: documents do not fall.
  func append(_ document: UInt32, _ value: UnsafeRawBufferPointer) throws(IndexError) {
    guard value.count <= DocValuesFormat.maximumValueLength else {
      throw .limit(what: "bytes of a column's value", limit: DocValuesFormat.maximumValueLength)
    }
    if let last = documents.last { precondition(last <= document, "documents are given in order") }
    documents.append(document)
    values.append(number(of: value))
  }

  /// Distinct value `number`. Valid until the next `append`.
  func value(_ number: Int) -> UnsafeRawBufferPointer {
    let start = number == 0 ? 0 : ends[number - 1]
    return UnsafeRawBufferPointer(rebasing: bytes.bytes[start..<ends[number]])
  }

  /// The distinct values' numbers in byte order of the values.
  func sortedValues() -> [UInt32] {
    let keys = (0..<valueCount).map { FrontCoding.sortKey(value($0)) }
    return (0..<UInt32(valueCount)).sorted { first, second in
      let (a, b) = (keys[Int(first)], keys[Int(second)])
      return a == b ? FrontCoding.compare(value(Int(first)), value(Int(second))) < 0 : a < b
    }
  }

  private func number(of value: UnsafeRawBufferPointer) -> UInt32 {
    let mask = slots.count - 1
    var slot = Self.hash(value) & mask
    while slots[slot] != 0 {
      let number = slots[slot] - 1
      if FrontCoding.compare(self.value(Int(number)), value) == 0 { return number }
      slot = (slot + 1) & mask
    }
    // Fewer values than documents were given, which are 32-bit numbers.
    let number = UInt32(ends.count)
    bytes.append(value)
    ends.append(bytes.count)
    slots[slot] = number + 1
    if ends.count * 2 > slots.count { grow() }
    return number
  }

  private static func hash(_ value: UnsafeRawBufferPointer) -> Int {
    var hasher = Hasher()
    hasher.combine(bytes: value)
    return hasher.finalize()
  }

  private func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    let mask = slots.count - 1
    for number in ends.indices {
      var slot = Self.hash(value(number)) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(number) + 1
    }
  }

  /// Forgets all values, keeping the memory.
  func removeAll() {
    documents.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    bytes.removeAll()
    ends.removeAll(keepingCapacity: true)
    for slot in slots.indices { slots[slot] = 0 }
  }
}

/// Room of an array that grew to a count by doubling. Its capacity says about the same and hangs on the allocator, so that a
/// budget would be reached at another record each time.
func grownCount(_ count: Int) -> Int { count < 2 ? count : 1 << (Int.bitWidth - (count - 1).leadingZeroBitCount) }
