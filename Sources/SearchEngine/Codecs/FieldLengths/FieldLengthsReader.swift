/// Reads the lengths of a segment's documents in place.
final class FieldLengthsReader: Sendable {
  let documentCount: UInt32
  /// Bytes a length takes in the file: 1, 2 or 4, little-endian.
  let width: Int
  /// Sum of all lengths, and the largest.
  let totalLength: UInt64
  let maximumLength: UInt32
  private let data: ByteSlice

  /// Cost: constant. Throws corruption when the numbers do not fit each other.
  init(file: IndexFile) throws(IndexError) {
    let meta = try file.section(FieldLengthsFormat.meta)
    data = try file.section(FieldLengthsFormat.data)
    guard meta.count == FieldLengthsFormat.metaLength else {
      throw meta.damaged(at: 0, expected: "\(FieldLengthsFormat.metaLength) bytes", found: "\(meta.count)")
    }
    var reader = try meta.reader()
    documentCount = try reader.uint32()
    let width = try reader.uint32()
    totalLength = try reader.uint64()
    maximumLength = try reader.uint32()
    guard width == 1 || width == 2 || width == 4, data.count == Int(documentCount) * Int(width) else {
      throw meta.damaged(
        at: 0, expected: "lengths of 1, 2 or 4 bytes that fill \(data.count)", found: "\(documentCount) of \(width)")
    }
    self.width = Int(width)
    guard totalLength <= UInt64(documentCount) * UInt64(maximumLength) else {
      throw meta.damaged(
        at: 8, expected: "a total of at most \(documentCount) × \(maximumLength)", found: "\(totalLength)")
    }
  }

  /// The weighted length of a document. Throws corruption, also when there is no such document. Cost: two loads.
  subscript(document: UInt32) -> UInt32 {
    @inline(__always)
    get throws(IndexError) {
      guard document < documentCount else {
        throw data.damaged(at: 0, expected: "a document below \(documentCount)", found: "\(document)")
      }
      let offset = Int(document) &* width
      try data.verify(offset, width)
      return load(offset)
    }
  }

  /// SAFETY (caller's proof): the `width` bytes from `offset` are inside the section.
  @inline(__always)
  private func load(_ offset: Int) -> UInt32 {
    switch width {
    case 1: UInt32(data.base.load(fromByteOffset: offset, as: UInt8.self))
    case 2: UInt32(UInt16(littleEndian: data.base.loadUnaligned(fromByteOffset: offset, as: UInt16.self)))
    default: UInt32(littleEndian: data.base.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }
  }

  /// The lengths of the documents `window * 4096 ..< min((window + 1) * 4096, documentCount)`, verified: element `i` of
  /// `width` bytes, little-endian and aligned, belongs to document `window * 4096 + i`. The pointer lives as long as
  /// this reader. Throws corruption, also when there is no such window. Cost: a check of one flag once it was verified.
  func lengths(_ window: Int) throws(IndexError) -> (base: UnsafeRawPointer, count: Int) {
    let windowLength = FieldLengthsFormat.windowLength
    guard window >= 0, window <= Int(documentCount) / windowLength else {
      throw data.damaged(at: 0, expected: "a window below \(documentCount) documents", found: "\(window)")
    }
    let first = window &* windowLength
    let count = min(windowLength, Int(documentCount) &- first)
    try data.verify(first &* width, count &* width)
    return (data.base + first &* width, count)
  }

  /// The length of document 0, those of `first ... last` verified: the element of `width` bytes with a document's number is
  /// its length. Throws corruption, also when there are no such documents.
  func lengths(from first: UInt32, through last: UInt32) throws(IndexError) -> UnsafeRawPointer {
    guard first <= last, last < documentCount else {
      throw data.damaged(at: 0, expected: "documents below \(documentCount)", found: "\(first) to \(last)")
    }
    try data.verify(Int(first) &* width, Int(last &- first &+ 1) &* width)
    return data.base
  }

  /// Checks that total and maximum are those of the lengths. Cost: linear. Throws corruption.
  func verifyStructure() throws(IndexError) {
    try data.verify(0, data.count)
    var total: UInt64 = 0
    var largest: UInt32 = 0
    for document in 0..<Int(documentCount) {
      let length = load(document * width)
      total += UInt64(length)
      largest = max(largest, length)
    }
    guard total == totalLength, largest == maximumLength else {
      throw data.damaged(
        at: 0, expected: "a total of \(totalLength) and a largest of \(maximumLength)", found: "\(total) and \(largest)"
      )
    }
  }
}
