import Records
import TextAnalysis

/// The forms in which whole values are indexed and looked up: one place, so that both sides agree.
enum FoldedValue {
  /// A value of a name, keyword, ordered or boolean field: folded as words are, white space at the ends dropped.
  static func bytes(_ value: String) -> [UInt8] {
    let folded = Folding.folded(value)
    let trimmed = folded.drop { $0 == 0x20 }
    let end = trimmed.lastIndex { $0 != 0x20 }.map { $0 + 1 } ?? trimmed.endIndex
    return Array(cut(trimmed[..<end], TermKey.maximumLength - 3))
  }

  /// The beginning of a value that columns hold: facets and sort keys beyond this length serve nobody.
  static func columnValue(_ value: String) -> [UInt8] { Array(cut(Array(value.utf8)[...], maximumColumnValue)) }

  private static let maximumColumnValue = 1024

  /// At most `length` bytes of a UTF-8 text, cut between two characters.
  private static func cut(_ text: ArraySlice<UInt8>, _ length: Int) -> ArraySlice<UInt8> {
    guard text.count > length else { return text }
    var end = text.startIndex + length
    // Bytes 10xxxxxx go on with a character that began before.
    while end > text.startIndex, text[end] & 0xc0 == 0x80 { end -= 1 }
    return text[..<end]
  }

  /// The normal forms of a value of a code field: the whole code, and the code without its year where it has one.
  static func codes(_ value: String) -> [[UInt8]] {
    let forms = CodeForm.normalForms(of: value).map {
      Array(cut(Array($0.utf8)[...], TermKey.maximumLength - 3))
    }
    return forms.isEmpty ? [bytes(value)] : forms
  }

  /// The days of a date, counted from 1970-01-01. A date without a year may be in any: it overlaps every interval and is
  /// contained in none.
  static func days(_ value: String) -> (lower: Int64, upper: Int64) {
    guard let date = try? PartialDate(parsing: value), let interval = date.interval else {
      return (Int64(Int32.min), Int64(Int32.max))
    }
    return (Int64(interval.first), Int64(interval.last))
  }

  /// A number as an integer of the same order: the bits of a positive double rise with it, those of a negative fall.
  static func sortable(_ number: Double) -> Int64 {
    let bits = Int64(bitPattern: (number == 0 ? 0 : number).bitPattern)
    return bits >= 0 ? bits : bits ^ Int64.max
  }

  /// The number of ``sortable(_:)``.
  static func number(_ sortable: Int64) -> Double {
    Double(bitPattern: UInt64(bitPattern: sortable >= 0 ? sortable : sortable ^ Int64.max))
  }
}
