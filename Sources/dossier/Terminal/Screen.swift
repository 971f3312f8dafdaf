/// How an answer is to look: a terminal of some width, or a pipe.
struct Screen: Hashable, Sendable {
  var isTerminal: Bool
  var width: Int
  var hasColor: Bool
  var isASCII: Bool

  /// Narrower than this nothing is laid out; wider than the second nothing is easier to read.
  static let widths = 40...220

  /// Decides how a stream looks.
  ///
  /// Highlighting: `--color always|never`, else off when `NO_COLOR` is set (no-color.org) or the terminal is `dumb`, else on
  /// terminals. Width: `COLUMNS`, else what the terminal says, else 80.
  init(_ stream: OutputStream, color: String?, ascii: Bool) {
    isTerminal = stream.isTerminal
    let plain = Environment.value("NO_COLOR") != nil || Environment.value("TERM") == "dumb"
    hasColor = color == "always" || (color != "never" && isTerminal && !plain)
    let said = Environment.value("COLUMNS").flatMap { Int($0) } ?? Environment.columns(of: stream.descriptor)
    width = min(max(said ?? 80, Self.widths.lowerBound), Self.widths.upperBound)
    isASCII = ascii
  }

  init(isTerminal: Bool, width: Int, hasColor: Bool, isASCII: Bool) {
    self.isTerminal = isTerminal
    self.width = width
    self.hasColor = hasColor
    self.isASCII = isASCII
  }

  // MARK: Marks and signs

  /// ISO 6429 renditions; only those that every terminal has.
  enum Look: String {
    case bold = "1"
    case faint = "2"
    /// A mark in a snippet.
    case mark = "1;4"
    case warning = "1;33"
    case error = "1;31"
  }

  func styled(_ text: String, _ look: Look) -> String {
    hasColor && !text.isEmpty ? "\u{1B}[\(look.rawValue)m\(text)\u{1B}[0m" : text
  }

  var separator: String { isASCII ? " | " : " · " }
  var ellipsis: String { isASCII ? "..." : "…" }

  /// `▲▲△` for serious: as many full signs as the severity has steps above the least.
  func severity(_ name: String) -> String {
    let steps = ["minor", "moderate", "serious", "critical"]
    guard let step = steps.firstIndex(of: name) else { return name }
    let (full, empty) = isASCII ? ("*", "-") : ("▲", "△")
    return String(repeating: full, count: step) + String(repeating: empty, count: 3 - step) + " " + name
  }

  /// Text of a record as it may be shown: no control character reaches the terminal, line ends are spaces.
  static func shown(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09...0x0D, 0x85, 0x2028, 0x2029: result.append(" ")
      // Controls, and those that turn the direction of what follows (Trojan Source, CVE-2021-42574).
      case 0..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: result.append("\u{FFFD}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
