/// Shares and courses drawn with characters.
enum Bar {
  /// A bar of `width` columns, full as far as the share goes: by eighths of a column, or whole ones in plain ASCII. Full only
  /// when all is done, and never empty when anything is.
  static func drawn(_ part: Int, of whole: Int, width: Int, _ screen: Screen) -> String {
    guard width > 0 else { return "" }
    guard whole > 0, part > 0 else { return String(repeating: screen.isASCII ? "." : "░", count: width) }
    let part = min(part, whole)
    let steps = screen.isASCII ? 1 : 8
    let (high, low) = part.multipliedFullWidth(by: width * steps)
    var filled = part == whole ? width * steps : whole.dividingFullWidth((high, low)).quotient
    filled = max(1, part == whole ? filled : min(filled, width * steps - 1))
    if screen.isASCII { return String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled) }
    var text = String(repeating: "█", count: filled / 8)
    if filled % 8 > 0 { text += eighths[filled % 8] }
    return text + String(repeating: "░", count: width - (filled + 7) / 8)
  }

  private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

  /// A column for each number, as high as its share of the greatest possible.
  static func course(_ values: [Int], of whole: Int, _ screen: Screen) -> String {
    let signs = screen.isASCII ? ["_", ".", "-", "=", "+", "*", "%", "#"] : ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    return values.map { value in
      guard whole > 0 else { return signs[0] }
      let share = Double(max(0, min(value, whole))) / Double(whole)
      return signs[min(signs.count - 1, Int(share * Double(signs.count - 1) + 0.5))]
    }.joined()
  }
}
