import Storage

/// Writes the term vectors of a segment, in document order. Memory: 8 bytes a document.
final class TermVectorsWriter {
  private let file: IndexFileWriter
  private var starts: [UInt64] = []
  private var position: UInt64 = 0
  private var total: UInt64 = 0

  /// Makes the file `name`, which must not exist.
  init(_ fileSystem: any FileSystem, name: String, identity: FileIdentity) throws(IndexError) {
    file = try IndexFileWriter(fileSystem, name: name, kind: .termVectors, identity: identity)
    try file.beginSection(TermVectorsFormat.data)
  }

  /// The vectors of the next documents.
  func add(_ vectors: borrowing CodedVectors) throws(IndexError) {
    for length in vectors.lengths {
      starts.append(position)
      position += UInt64(length)
    }
    total += vectors.total
    try file.write(vectors.buffer.bytes)
  }

  /// Writes the numbers of the stems, by rising hash, and closes the file. Returns what the manifest says of it.
  func finish(hashes: [UInt32], documentFrequencies: [UInt32]) throws(IndexError) -> FileEntry {
    file.endSection()
    try file.beginSection(TermVectorsFormat.offsets)
    for start in starts { try file.write(uint64: start) }
    try file.write(uint64: position)
    file.endSection()
    try file.beginSection(TermVectorsFormat.terms)
    for (hash, frequency) in zip(hashes, documentFrequencies) {
      try file.write(uint32: hash)
      try file.write(uint32: frequency)
    }
    file.endSection()
    try file.beginSection(TermVectorsFormat.meta)
    try file.write(uint32: UInt32(truncatingIfNeeded: starts.count))
    try file.write(uint32: UInt32(truncatingIfNeeded: hashes.count))
    try file.write(uint64: total)
    file.endSection()
    return try file.finish()
  }
}

/// Vectors of some documents in a row, as they stand in the file.
struct CodedVectors: ~Copyable {
  fileprivate var buffer = ByteBuffer()
  fileprivate var lengths: [UInt32] = []
  fileprivate var total: UInt64 = 0

  mutating func removeAll() {
    buffer.removeAll()
    lengths.removeAll(keepingCapacity: true)
    total = 0
  }

  /// The vector of the next document.
  /// - Precondition: ordinals rise, frequencies are 1 or more.
  mutating func append(_ vector: TermVector) {
    precondition(vector.ordinals.count == vector.frequencies.count, "a frequency for each stem")
    total += UInt64(vector.length)
    let before = buffer.count
    buffer.appendVarint(vector.length)
    buffer.appendVarint(vector.ordinals.count)
    var previous: Int64 = -1
    for (ordinal, frequency) in zip(vector.ordinals, vector.frequencies) {
      precondition(Int64(ordinal) > previous && frequency > 0, "rising ordinals of stems that are there")
      let gap = UInt64(Int64(ordinal) - previous)
      buffer.appendVarint(gap << 1 | (frequency > 1 ? 1 : 0))
      if frequency > 1 { buffer.appendVarint(frequency - 2) }
      previous = Int64(ordinal)
    }
    lengths.append(UInt32(truncatingIfNeeded: buffer.count - before))
  }
}
