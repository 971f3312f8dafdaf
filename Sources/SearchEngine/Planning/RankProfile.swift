/// A named way to rank beside relevance: newer records and graver cases come first. Its text is for people to edit:
///
///     # Cases that matter now.
///     recency 1 half-life 2y
///     severity 2
///
/// One factor a line, its weight behind it; `#` begins a remark. The score of a record is its relevance times
///
///     1 + recency · h / (h + age) + severity · grade / highest grade
///
/// where `h` is the half-life and `age` the days from the record's date to the newest date among the records searched (not
/// to today: the same commit gives the same order for ever), and `grade` the place of its gravest value of an ordered field
/// among that field's values, counted from 0. A record without a date, or one of unknown year, has no recency; one without a
/// grade no severity. The parts of the formula are sums and quotients alone, so that a score has the same bits everywhere.
public struct RankProfile: Sendable, Hashable {
  /// As the answer calls it.
  public var name: String
  /// What a record of the newest day gains, in times of its relevance.
  public var recency = 0.0
  /// Days after which half of that is left.
  public var halfLife = 730.0
  /// What a record of the highest grade gains.
  public var severity = 0.0

  /// Greatest weight of a factor: beyond it, relevance no longer counts.
  public static let weights = 0.0...100.0
  /// Days that a half-life may be: a day to a hundred years.
  public static let halfLives = 1.0...36_525.0
  /// Longest text of a profile, in bytes.
  public static let longestText = 4_096

  public init(name: String) { self.name = name }

  /// Profiles that need no file: `recent` for news, `history` for cases. `relevance` is none at all: a factor of 1.
  public static let builtIn: [RankProfile] = {
    let relevance = RankProfile(name: "relevance")
    var recent = RankProfile(name: "recent")
    recent.recency = 1
    recent.halfLife = 365
    var history = RankProfile(name: "history")
    history.recency = 1
    history.severity = 2
    return [relevance, recent, history]
  }()

  /// Reads the text of a profile. Throws ``RankProfileError`` with the line.
  public init(name: String, parsing text: String) throws(RankProfileError) {
    self.init(name: name)
    guard text.utf8.count <= Self.longestText else {
      throw RankProfileError(line: 1, message: "expected at most \(Self.longestText) bytes, found \(text.utf8.count)")
    }
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace).map(String.init)
      guard let first = words.first else { continue }
      func refused(_ message: String) -> RankProfileError { RankProfileError(line: index + 1, message: message) }
      guard words.count >= 2, let weight = Double(words[1]), Self.weights.contains(weight) else {
        throw refused("expected a factor and its weight from 0 to 100, such as 'recency 1'")
      }
      switch first {
      case "severity" where words.count == 2: severity = weight
      case "recency" where words.count == 2: recency = weight
      case "recency" where words.count == 4 && words[2] == "half-life":
        guard let days = Self.days(words[3]), Self.halfLives.contains(days) else {
          throw refused("expected a half-life of 1d to 100y, found '\(words[3].prefix(20))'")
        }
        recency = weight
        halfLife = days
      default: throw refused("expected 'recency W', 'recency W half-life 2y' or 'severity W'")
      }
    }
  }

  /// `90d`, `6m`, `2y` in days.
  private static func days(_ text: String) -> Double? {
    guard let unit = text.last, let count = Double(text.dropLast()), count.isFinite else { return nil }
    switch unit {
    case "d": return count
    case "m": return count * 30.4375
    case "y": return count * 365.25
    default: return nil
    }
  }

  /// Whether it changes no score.
  var isNeutral: Bool { recency == 0 && severity == 0 }

  /// All that decides an order, as numbers.
  public var numbers: [Double] { [recency, halfLife, severity] }
}

/// What is wrong with the text of a profile.
public struct RankProfileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Counted from 1.
  public let line: Int
  public let message: String

  public var description: String { "line \(line): \(message)" }
}
