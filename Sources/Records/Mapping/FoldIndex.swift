import JSONText

/// The rows of a fold's file by their key, in memory: only the mapped fields are kept, as compact JSON in one buffer.
///
/// About 40 bytes a row and 60 a key come on top of the text; `memoryBytes` counts all of it and a limit stops the
/// reading. The file that is mapped itself is not held: it may be of any size.
struct FoldIndex {
  /// Bytes that all folds of one input may take by default: 10 million short rows.
  static let defaultMemoryLimit = 1 << 30

  private struct Entry {
    var offset: Int
    var line: Int32
    var length: Int32
    /// The next row of the same key, or -1.
    var next: Int32
  }

  private var text: [UInt8] = []
  private var entries: [Entry] = []
  private var chains: [String: (first: Int32, last: Int32)] = [:]
  private var used: Set<Int32> = []
  private var keyBytes = 0

  var count: Int { entries.count }
  var memoryBytes: Int { text.capacity + entries.capacity * MemoryLayout<Entry>.stride + chains.count * 60 + keyBytes }

  /// Adds a row behind the others of its key.
  mutating func add(_ row: JSONObject, key: String, line: Int) {
    var writer = JSONWriter()
    swap(&writer.bytes, &text)
    let offset = writer.bytes.count
    writer.object(row)
    swap(&writer.bytes, &text)
    let place = Int32(clamping: entries.count)
    entries.append(
      Entry(offset: offset, line: Int32(clamping: line), length: Int32(clamping: text.count - offset), next: -1))
    if let chain = chains[key] {
      entries[Int(chain.last)].next = place
      chains[key] = (chain.first, place)
    } else {
      chains[key] = (place, place)
      keyBytes += key.utf8.count
    }
  }

  /// The rows of a key, in the order of their file. They count as used from now on.
  mutating func rows(for key: String) -> [JSONObject] {
    guard let chain = chains[key] else { return [] }
    used.insert(chain.first)
    return rows(from: chain.first).map(\.row)
  }

  private func rows(from first: Int32) -> [(line: Int, row: JSONObject)] {
    var rows: [(Int, JSONObject)] = []
    var reader = JSONReader()
    var place = first
    while place >= 0 {
      let entry = entries[Int(place)]
      var offset = entry.offset
      let value = text.withUnsafeBytes { bytes in try? reader.readValue(in: bytes, at: &offset) }
      if let object = value?.objectValue { rows.append((Int(entry.line), object)) }
      place = entry.next
    }
    return rows
  }

  /// Rows whose key no record asked for, in the order of their file.
  func unusedRows() -> [(key: String, line: Int, row: JSONObject)] {
    chains.filter { !used.contains($0.value.first) }
      .flatMap { key, chain in rows(from: chain.first).map { (key, $0.line, $0.row) } }
      .sorted { $0.1 < $1.1 }
  }
}
