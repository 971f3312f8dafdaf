import JSONText

/// One JSON text as one row.
enum JSONRow {
  /// The longest text that a rejection carries along.
  static let largestRaw = 1 << 20

  /// The row, or why it is none. `line` and `column` say where the text begins in its file.
  static func result(
    of text: UnsafeBufferPointer<UInt8>, line: Int, column: Int, reader: inout JSONReader
  ) -> RowResult {
    do throws(JSONError) {
      let value = try reader.read(UnsafeRawBufferPointer(text))
      if case .object(let object) = value {
        return .row(SourceRow(members: object, line: line, column: column))
      }
      let reason = "expected an object, found \(value.typeName)"
      return .rejected(line: line, column: column, reason: reason, raw: raw(text))
    } catch {
      return .rejected(
        line: line + error.line - 1, column: error.line == 1 ? column + error.column - 1 : error.column,
        reason: error.explanation, raw: raw(text))
    }
  }

  static func raw(_ text: UnsafeBufferPointer<UInt8>) -> String? {
    text.count <= largestRaw ? String(decoding: text, as: UTF8.self) : nil
  }
}
