import JSONText
import Records

/// What a reader gave for some bytes.
struct Reading {
  var rows: [SourceRow] = []
  var rejects: [(line: Int, column: Int, reason: String, raw: String?)] = []
  var encoding: TextEncoding?
  var format: FileFormat?

  init(
    _ bytes: [UInt8], path: String = "file", format: FileFormat? = nil, kind: String? = nil, piece: Int = Int.max
  ) throws {
    var reader = try openRows(path: path, source: Pieces(bytes, piece: piece), format: format, kind: kind)
    while let result = try reader.next() {
      switch result {
      case .row(let row): rows.append(row)
      case .rejected(let line, let column, let reason, let raw): rejects.append((line, column, reason, raw))
      }
    }
    encoding = (reader as? any DetectingReader)?.detectedEncoding
    self.format = (reader as? any DetectingReader)?.detectedFormat
  }

  init(
    _ text: String, path: String = "file", format: FileFormat? = nil, kind: String? = nil, piece: Int = Int.max
  ) throws {
    try self.init(Array(text.utf8), path: path, format: format, kind: kind, piece: piece)
  }

  /// Members of a row as text: strings as they are.
  func value(_ name: String, row: Int = 0) -> String? {
    rows.indices.contains(row) ? rows[row].members[name]?.stringValue : nil
  }

  func list(_ name: String, row: Int = 0) -> [String] {
    guard rows.indices.contains(row) else { return [] }
    return rows[row].members[name]?.arrayValue?.compactMap(\.stringValue) ?? []
  }
}

/// Bytes in pieces of a given size, as a pipe gives them.
struct Pieces: ByteSource {
  let bytes: [UInt8]
  let piece: Int
  var position = 0

  init(_ bytes: [UInt8], piece: Int) {
    self.bytes = bytes
    self.piece = max(1, piece)
  }

  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(RecordError) -> Int {
    let count = min(buffer.count, piece, bytes.count - position)
    for index in 0..<count { buffer[index] = bytes[position + index] }
    position += count
    return count
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers for the same seed everywhere.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
