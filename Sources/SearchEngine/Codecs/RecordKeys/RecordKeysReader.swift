/// Reads the keys of a segment's records in place.
final class RecordKeysReader: Sendable {
  /// Number of entries.
  let count: Int
  private let data: ByteSlice

  /// Interpolation steps before halving takes over: among 2^32 well-spread hashes five are expected (log log n; Perl,
  /// Itai and Avni, CACM 21(7), 1978), and hashes that are not well spread must not cost more than log n.
  private static let interpolationSteps = 6
  /// Below so many entries (three cache lines) they are walked.
  private static let walkLength = 8

  /// Cost: constant. Throws corruption when the sections do not fit each other.
  init(file: IndexFile) throws(IndexError) {
    let meta = try file.section(RecordKeysFormat.meta)
    data = try file.section(RecordKeysFormat.data)
    guard meta.count == RecordKeysFormat.metaLength else {
      throw meta.damaged(at: 0, expected: "\(RecordKeysFormat.metaLength) bytes", found: "\(meta.count)")
    }
    var reader = try meta.reader()
    let entries = try reader.uint64()
    guard data.count % RecordKeysFormat.entryLength == 0,
      UInt64(data.count / RecordKeysFormat.entryLength) == entries
    else { throw meta.damaged(at: 0, expected: "entries that fill \(data.count) bytes", found: "\(entries)") }
    count = data.count / RecordKeysFormat.entryLength
  }

  /// The key hash of entry `index`. Throws corruption, also when there is no such entry.
  @inline(__always)
  private func keyHash(_ index: Int) throws(IndexError) -> UInt64 {
    let offset = index &* RecordKeysFormat.entryLength
    try data.verify(offset, 8)
    // Eight bytes inside DATA: `verify` has proven it.
    return UInt64(littleEndian: data.base.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Entry `index`. Throws corruption.
  /// - Precondition: `index` is in `0 ..< count`.
  func entry(_ index: Int) throws(IndexError) -> RecordKey {
    precondition(index >= 0 && index < count, "an entry of the file")
    var reader = try data.reader(index &* RecordKeysFormat.entryLength, RecordKeysFormat.entryLength)
    return RecordKey(
      keyHash: try reader.uint64(), document: try reader.uint32(), contentHash: try reader.uint64())
  }

  /// The first entry, from `from` on, whose key hash is at least `keyHash`; `count` when there is none. Cost: a few
  /// cache misses, log n at worst.
  func firstEntry(atLeast keyHash: UInt64, from: Int = 0) throws(IndexError) -> Int {
    // Entries below `low` are less than wanted, entries from `high` on are not.
    var low = max(from, 0)
    var high = count
    guard low < high else { return high }
    var lowHash: UInt64 = try self.keyHash(low)
    if lowHash >= keyHash { return low }
    low += 1
    var highHash = UInt64.max
    var steps = 0
    while high &- low > Self.walkLength {
      var middle = (low &+ high) >> 1
      if steps < Self.interpolationSteps, highHash > lowHash {
        steps &+= 1
        // (wanted - lowHash) / (highHash - lowHash) of the way; the quotient is at most 1 as wanted is between them.
        let (top, rest) = (keyHash &- lowHash).multipliedFullWidth(by: UInt64(high &- low))
        let span = highHash &- lowHash
        if top < span {
          let way = Int(truncatingIfNeeded: span.dividingFullWidth((top, rest)).quotient)
          middle = min(max(low &+ way, low), high &- 1)
        }
      }
      let found = try self.keyHash(middle)
      if found < keyHash {
        low = middle &+ 1
        lowHash = found
      } else {
        high = middle
        highHash = max(found, lowHash)
      }
    }
    while low < high, try self.keyHash(low) < keyHash { low &+= 1 }
    return low
  }

  /// Calls `body` with every entry of that key hash, by rising document. Throws corruption and what `body` throws.
  func forEach(
    keyHash: UInt64, _ body: (RecordKey) throws(IndexError) -> Void
  ) throws(IndexError) {
    var index = try firstEntry(atLeast: keyHash)
    while index < count {
      let key = try entry(index)
      guard key.keyHash == keyHash else { return }
      try body(key)
      index &+= 1
    }
  }

  /// The entries of that key hash, by rising document.
  func entries(keyHash: UInt64) throws(IndexError) -> [RecordKey] {
    var found: [RecordKey] = []
    try forEach(keyHash: keyHash) { (key) throws(IndexError) in found.append(key) }
    return found
  }

  /// A cursor for hashes that rise: a batch of updates, a merge.
  func cursor() -> RecordKeysCursor { RecordKeysCursor(self) }

  /// Checks that entries rise strictly. Cost: linear. Throws corruption.
  func verifyStructure() throws(IndexError) {
    guard count > 0 else { return }
    var previous = try entry(0)
    for index in 1..<max(count, 1) {
      let key = try entry(index)
      guard previous < key else {
        throw data.damaged(
          at: index * RecordKeysFormat.entryLength, expected: "an entry after the one before it",
          found: "one that is not")
      }
      previous = key
    }
  }
}

/// Walks the keys forward. Hashes that rise are found by doubling steps from the last place, so that a batch of m among
/// n entries costs about m log(n / m).
struct RecordKeysCursor {
  private let reader: RecordKeysReader
  /// The entry the cursor stands on; `count` behind the last.
  private(set) var index = 0

  init(_ reader: RecordKeysReader) { self.reader = reader }

  /// The entry the cursor stands on; nil behind the last. Throws corruption.
  func current() throws(IndexError) -> RecordKey? {
    index < reader.count ? try reader.entry(index) : nil
  }

  /// Moves to the next entry.
  mutating func advance() { if index < reader.count { index += 1 } }

  /// Moves forward to the first entry whose key hash is at least `keyHash`, and returns it when it has that hash.
  mutating func seek(_ keyHash: UInt64) throws(IndexError) -> RecordKey? {
    var step = 1
    while index < reader.count {
      let probe = min(index &+ step, reader.count) &- 1
      if try reader.entry(probe).keyHash >= keyHash {
        // In `index ... probe`; halving among so few.
        var low = index
        var high = probe
        while low < high {
          let middle = (low &+ high) >> 1
          if try reader.entry(middle).keyHash < keyHash { low = middle &+ 1 } else { high = middle }
        }
        index = low
        let found = try reader.entry(low)
        return found.keyHash == keyHash ? found : nil
      }
      index = probe &+ 1
      step = step &<< 1 > 0 ? step &<< 1 : step
    }
    return nil
  }
}
