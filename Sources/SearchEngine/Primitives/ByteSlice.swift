/// A run of bytes of an index file, with its owner. The owner (a mapping or a heap copy of the file) lives as long as
/// any slice of it. Slices are handed around by readers; only ``ByteReader`` and the block decoders look inside.
struct ByteSlice: @unchecked Sendable {
  /// SAFETY: points into `file`'s bytes, which are immutable and live as long as `file`.
  let base: UnsafeRawPointer
  let count: Int
  let file: IndexFile
  /// Where `base` lies in the file: what errors report and what first-touch verification needs.
  let fileOffset: Int

  /// Checks the checksums of the 64 KB blocks that `range` (of this slice) touches, each once in the life of the file.
  /// Throws corruption when one differs, or when the range is not inside the slice. Cost when already verified: one load
  /// per 64 KB.
  @inline(__always)
  func verify(_ offset: Int, _ length: Int) throws(IndexError) {
    guard offset >= 0, length >= 0, offset <= count, length <= count &- offset else {
      throw damaged(at: offset, expected: "\(length) bytes inside a section of \(count)", found: "offset \(offset)")
    }
    try file.verify(fileOffset &+ offset, length)
  }

  /// The part of this slice from `offset`, `length` bytes long. Throws when it is not inside.
  func slice(_ offset: Int, _ length: Int) throws(IndexError) -> ByteSlice {
    guard offset >= 0, length >= 0, offset <= count, length <= count &- offset else {
      throw damaged(at: offset, expected: "\(length) bytes inside a section of \(count)", found: "offset \(offset)")
    }
    return ByteSlice(base: base + offset, count: length, file: file, fileOffset: fileOffset + offset)
  }

  /// A reader over the whole slice, its checksums verified first.
  func reader() throws(IndexError) -> ByteReader {
    try verify(0, count)
    return ByteReader(slice: self, from: 0, to: count)
  }

  /// A reader over a part of the slice, its checksums verified first.
  func reader(_ offset: Int, _ length: Int) throws(IndexError) -> ByteReader {
    try verify(offset, length)
    return ByteReader(slice: self, from: offset, to: offset + length)
  }

  func damaged(at offset: Int, expected: String, found: String) -> IndexError {
    .corruption(IndexCorruption(file: file.name, offset: fileOffset &+ offset, expected: expected, found: found))
  }
}
