import JSONText
import Records
import TextAnalysis

/// What one record may hold beside its bytes: its words are in memory until its segment is written, whatever the budget is.
public enum LargeRecord {
  /// Words of a record: 12 MB of English, four thousand pages.
  public static let maximumWords = 1 << 21
  /// Different words of a record: twice those of the largest laws. Each takes 100 to 200 bytes until its segment is written.
  public static let maximumDistinctWords = 1 << 18
  /// Records below this length cannot have so many.
  static let measuredLength = 1 << 20

  /// Why a record is too large to be indexed; nil when it is not. `length` is that of its stored form.
  /// Cost: nothing for records below a megabyte, one analysis of its texts for others.
  public static func refusal(of record: Record, length: Int) -> String? {
    guard length >= measuredLength else { return nil }
    var measure = Measure()
    for member in record.body.members where !measure.isFull { measure.add(member.value) }
    if measure.words > maximumWords { return "expected at most \(maximumWords) words, found more" }
    if measure.distinct > maximumDistinctWords {
      return "expected at most \(maximumDistinctWords) different words, found more"
    }
    return nil
  }

  private struct Measure {
    var words = 0
    var distinct = 0
    private let analyzer = Analyzer()
    private let tokens = TokenBuffer()
    /// Hashes of the words seen, by linear steps, half full at most; 0 is free, and what hashes to it is not counted.
    private var slots = [UInt32](repeating: 0, count: 2 * maximumDistinctWords)

    var isFull: Bool { words > maximumWords || distinct > maximumDistinctWords }

    mutating func add(_ value: JSONValue) {
      switch value {
      case .array(let values): for value in values where !isFull { add(value) }
      case .object(let object): for member in object.members where !isFull { add(member.value) }
      case .string(var text):
        text.withUTF8 { bytes in
          var pieces = TextPieces(bytes)
          while !isFull, let piece = pieces.next() { add(piece.bytes) }
        }
      case .number: words += 1
      case .bool, .null: break
      }
    }

    private mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
      analyzer.analyze(bytes, mode: .index, into: tokens)
      words += tokens.count
      for index in 0..<tokens.count where !isFull { note(tokens.tokens[index].hash) }
    }

    private mutating func note(_ hash: UInt32) {
      let mask = slots.count - 1
      var slot = Int(hash) & mask
      while slots[slot] != 0 {
        if slots[slot] == hash { return }
        slot = (slot + 1) & mask
      }
      guard hash != 0 else { return }
      slots[slot] = hash
      distinct += 1
    }
  }
}
