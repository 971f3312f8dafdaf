/// What a code in a text is.
enum StandardCode {
  /// Letters that codes of standards begin with: Chinese national and trade standards, then those of other bodies.
  private static let bodies: Set<String> = [
    "gb", "gbt", "gbz", "gjb", "db", "qb", "fz", "hj", "hg", "jb", "jc", "ly", "qc", "sn", "yy", "nb", "jg", "cj",
    "cns",
    "iso", "iec", "en", "din", "bs", "jis", "astm", "ansi", "ul", "cen", "itu", "ieee", "afnor", "nf", "gost",
  ]

  /// `standard`, `code` for licences and batches, nil for what is a number or a date.
  static func kind(of code: String, written: String) -> String? {
    let letters = written.lowercased().folded.prefix { $0.isLetter || $0 == "/" || $0 == " " }.filter(\.isLetter)
    guard !letters.isEmpty, written.contains(where: \.isNumber) else { return nil }
    return bodies.contains(String(letters)) ? "standard" : "code"
  }
}

extension String {
  /// Full-width letters and marks as plain ones.
  fileprivate var folded: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.map { scalar in
          scalar.value == 0x3000
            ? " "
            : (0xFF01...0xFF5E).contains(scalar.value)
              ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
        }))
  }
}
