/// Numbers and dates as people read them.
enum PageNumbers {
  /// `1,284`.
  static func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    var text = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// `98.4%`; 100 % is said of nothing less.
  static func percent(_ done: Int, of population: Int) -> String {
    guard population > 0 else { return "–" }
    let thousandths = Int((Double(done) * 1_000 / Double(population)).rounded())
    let shown = done < population ? min(thousandths, 999) : thousandths
    return "\(shown / 10).\(shown % 10)%"
  }

  /// A number of a score: counts as counts, all else with three digits behind the point.
  static func measure(_ value: Double) -> String {
    guard value == value.rounded(), abs(value) < 1e12 else { return decimal(value, 3) }
    return grouped(Int(value))
  }

  /// A measure with some digits behind the point.
  static func decimal(_ value: Double, _ digits: Int = 2) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "–" }
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let whole = Int((abs(value) * scale).rounded())
    let unit = Int(scale)
    var rest = String(whole % unit)
    while rest.count < digits { rest = "0" + rest }
    return (value < 0 && whole > 0 ? "-" : "") + String(whole / unit) + (digits > 0 ? "." + rest : "")
  }
}
