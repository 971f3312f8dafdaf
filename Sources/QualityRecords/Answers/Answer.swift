import JSONText

/// What a job answers with. One encoder for all faces: the command line's `--json` and the bodies of the server are its
/// bytes, the same for the same request and commit.
public protocol Answer: Sendable {
  /// The name of the JSON Schema that the bytes obey (``AnswerSchemas``).
  static var schemaName: String { get }
  var exitCode: QualityError.ExitCode { get }
  func write(to writer: inout JSONWriter)
}

extension Answer {
  /// One JSON object, without a line end.
  public func json(isPretty: Bool = false) -> [UInt8] {
    var writer = JSONWriter(isPretty: isPretty)
    write(to: &writer)
    return writer.bytes
  }
}

extension JSONWriter {
  /// A score or another measure, rounded to four decimals: enough to tell hits apart, and no digits that mean nothing.
  mutating func member(_ name: String, rounded value: Double) {
    member(name, (value * 10_000).rounded() / 10_000)
  }

  /// A score or a part of one, rounded to nine decimals: the parts of an explanation add up to the score to well below
  /// a millionth, however many there are.
  mutating func member(_ name: String, score value: Double) {
    member(name, (value * 1_000_000_000).rounded() / 1_000_000_000)
  }

  mutating func member(_ name: String, _ range: Range<Int>?) {
    self.name(name)
    guard let range else { return null() }
    beginArray()
    int(range.lowerBound)
    int(range.upperBound)
    endArray()
  }

  mutating func member(_ name: String, _ values: [String]) {
    self.name(name)
    beginArray()
    for value in values { string(value) }
    endArray()
  }
}
