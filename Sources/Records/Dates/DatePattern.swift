/// How a source writes its dates: parts in any order, with literal text between them.
///
/// Parts: `yyyy` (four digits), `MM` and `dd` (two digits), `M` and `d` (one or two), `ROC` (the Minguo year, one to
/// three digits: year 1 is 1912). A `*` at the end takes whatever follows (a time of day). Everything else is literal.
/// A pattern needs a year, a year and a month, all three, or a month and a day.
public struct DatePattern: Hashable, Sendable {
  private enum Part: Hashable, Sendable {
    case year, month, shortMonth, day, shortDay, minguoYear, rest
    case literal(Character)
  }

  /// As it was written.
  public let text: String
  private let parts: [Part]

  /// - Throws: `DateError` when the pattern names no combination of parts that is a date.
  public init(_ text: String) throws(DateError) {
    self.text = text
    var parts: [Part] = []
    var rest = Substring(text)
    let names: [(String, Part)] = [
      ("yyyy", .year), ("ROC", .minguoYear), ("MM", .month), ("dd", .day), ("M", .shortMonth), ("d", .shortDay),
    ]
    while let character = rest.first {
      if let (name, part) = names.first(where: { rest.hasPrefix($0.0) }) {
        parts.append(part)
        rest.removeFirst(name.count)
      } else {
        parts.append(character == "*" && rest.count == 1 ? .rest : .literal(character))
        rest.removeFirst()
      }
    }
    let years = parts.count { $0 == .year || $0 == .minguoYear }
    let months = parts.count { $0 == .month || $0 == .shortMonth }
    let days = parts.count { $0 == .day || $0 == .shortDay }
    guard years <= 1, months <= 1, days <= 1, years + months > 0, days <= months, years > 0 || days > 0,
      text.utf8.count <= 100
    else {
      throw DateError(
        "\"\(text)\" is no date pattern: expected yyyy or ROC, MM or M, dd or d, each at most once, as in yyyy/MM/dd")
    }
    self.parts = parts
  }

  /// The date that a text of this form says.
  /// - Throws: `DateError` when the text has another form or names a day that does not exist.
  public func date(in text: String) throws(DateError) -> PartialDate {
    guard text.utf8.count <= 200, let fields = Self.match(parts[...], Array(text)[...]) else {
      throw DateError("\"\(text.prefix(60))\" is not of the form \(self.text)")
    }
    return try PartialDate(year: fields.year, month: fields.month, day: fields.day)
  }

  private struct Fields {
    var year: Int?
    var month: Int?
    var day: Int?
  }

  /// Tries the longest digits first; at most 3 · 2 · 2 ways.
  private static func match(_ parts: ArraySlice<Part>, _ text: ArraySlice<Character>) -> Fields? {
    guard let part = parts.first else { return text.isEmpty ? Fields() : nil }
    let following = parts.dropFirst()
    func digits(_ lengths: [Int], _ store: (inout Fields, Int) -> Void) -> Fields? {
      for length in lengths where text.count >= length {
        let run = text.prefix(length)
        guard run.allSatisfy({ $0.isASCII && $0.isWholeNumber }), let number = Int(String(run)) else { continue }
        if var fields = match(following, text.dropFirst(length)) {
          store(&fields, number)
          return fields
        }
      }
      return nil
    }
    switch part {
    case .year: return digits([4]) { $0.year = $1 }
    // The Republic's first year is 1912.
    case .minguoYear: return digits([3, 2, 1]) { $0.year = $1 + 1_911 }
    case .month: return digits([2]) { $0.month = $1 }
    case .shortMonth: return digits([2, 1]) { $0.month = $1 }
    case .day: return digits([2]) { $0.day = $1 }
    case .shortDay: return digits([2, 1]) { $0.day = $1 }
    case .literal(let character): return text.first == character ? match(following, text.dropFirst()) : nil
    case .rest: return Fields()
    }
  }
}
