/// The operator words of the language and of its neighbours, recognised from one token as typed.
enum QueryOperator: Equatable {
  case and
  case or
  case not
  /// Distance nil: none was given, or more digits than any distance has.
  case near(distance: Int?, ordered: Bool)
  case same(QuerySyntax.TextUnit)

  /// How the operator was spelled.
  enum Spelling { case own, otherTool, fullWidth }

  /// Longest token that can be an operator, in characters: `ONEAR/` and ten digits.
  static let longest = 16

  /// Recognises an operator; the token is what stands between delimiters.
  static func recognise(_ token: some Sequence<Unicode.Scalar>) -> (QueryOperator, Spelling)? {
    // Most tokens are words: their first letter tells.
    guard let first = token.first(where: { _ in true }) else { return nil }
    switch QueryCharacters.plain(first) {
    case "A", "O", "N", "&", "|", "/", "w", "W", "p", "P", "n", "o": break
    default: return nil
    }
    var text = ""
    var isFullWidth = false
    for scalar in token {
      let plain = QueryCharacters.plain(scalar)
      isFullWidth = isFullWidth || plain != scalar
      text.unicodeScalars.append(plain)
    }
    guard let (found, spelling) = recognise(plain: text) else { return nil }
    return (found, spelling == .own && isFullWidth ? .fullWidth : spelling)
  }

  private static func recognise(plain text: String) -> (QueryOperator, Spelling)? {
    switch text {
    case "AND": return (.and, .own)
    case "OR": return (.or, .own)
    case "NOT": return (.not, .own)
    case "&&": return (.and, .otherTool)
    case "||", "|": return (.or, .otherTool)
    case "/s", "/S", "w/s", "W/s", "W/S": return (.same(.sentence), .otherTool)
    case "/p", "/P", "w/p", "W/p", "W/P": return (.same(.paragraph), .otherTool)
    case "NEAR": return (.near(distance: nil, ordered: false), .own)
    case "ONEAR": return (.near(distance: nil, ordered: true), .own)
    default: break
    }
    for form in nearForms where text.hasPrefix(form.prefix) {
      let digits = text.unicodeScalars.dropFirst(form.prefix.unicodeScalars.count)
      guard !digits.isEmpty, digits.allSatisfy(QueryCharacters.isDigit) else { continue }
      let distance = digits.count <= 6 ? Int(String(String.UnicodeScalarView(digits))) : nil
      return (.near(distance: distance, ordered: form.ordered), form.spelling)
    }
    return nil
  }

  /// Own forms first; then EUR-Lex (`NEAR10`), Westlaw (`w/5`, `/5`, `pre/5`) and older bibliographic hosts (`ADJ5`).
  private static let nearForms: [(prefix: String, ordered: Bool, spelling: Spelling)] = [
    ("NEAR/", false, .own), ("ONEAR/", true, .own),
    ("NEAR", false, .otherTool), ("ONEAR", true, .otherTool),
    ("near/", false, .otherTool), ("onear/", true, .otherTool),
    ("w/", false, .otherTool), ("W/", false, .otherTool), ("/", false, .otherTool),
    ("pre/", true, .otherTool), ("PRE/", true, .otherTool), ("ADJ", true, .otherTool), ("ADJ/", true, .otherTool),
  ]

  /// Whether it joins two terms more tightly than any clause: NEAR, ONEAR and the `/s` and `/p` of other tools.
  var isBetweenTerms: Bool {
    switch self {
    case .near, .same: return true
    case .and, .or, .not: return false
    }
  }

  /// The canonical spelling.
  var text: String {
    switch self {
    case .and: return "AND"
    case .or: return "OR"
    case .not: return "NOT"
    case .near(let distance, let ordered):
      return (ordered ? "ONEAR/" : "NEAR/") + String(distance ?? QueryLimits.defaultNearDistance)
    case .same(let unit): return "SAME " + unit.rawValue
    }
  }
}
