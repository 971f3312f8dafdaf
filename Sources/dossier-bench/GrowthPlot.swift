/// Lines over sizes as SVG: both axes by powers, each line against its own value at the smallest size, so that a line which
/// stays level does not grow.
enum GrowthPlot {
  struct Line {
    var name: String
    /// Sizes and values, above 0.
    var points: [(size: Double, value: Double)]
  }

  private static let colours = ["#1b6ca8", "#c0392b", "#2e7d32", "#8e44ad", "#b9770e"]
  private static let width = 640.0
  private static let height = 400.0
  private static let margin = 60.0

  static func svg(_ title: String, _ lines: [Line]) -> String {
    let all = lines.flatMap(\.points).filter { $0.size > 0 && $0.value > 0 }
    guard let least = all.map(\.size).min(), let most = all.map(\.size).max() else { return "" }
    let ratios = lines.flatMap { line in line.points.map { $0.value / (line.points.first?.value ?? 1) } }
    let top = max(2, ratios.max() ?? 2, most / least)
    let bottom = min(0.5, ratios.min() ?? 0.5)
    func x(_ size: Double) -> Double {
      most > least ? margin + (width - 2 * margin) * binary(size / least) / binary(most / least) : width / 2
    }
    func y(_ ratio: Double) -> Double {
      height - margin - (height - 2 * margin) * binary(ratio / bottom) / binary(top / bottom)
    }
    var svg =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(Int(width)) \(Int(height))\" font-family=\"sans-serif\" "
      + "font-size=\"12\">\n<title>\(title)</title>\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
    svg += text(width / 2, 24, title, anchor: "middle")
    for ratio in [0.5, 1, 2, 5, 10, 20, 50, 100] where ratio >= bottom && ratio <= top {
      svg += line((margin, y(ratio)), (width - margin, y(ratio)), "#ddd")
      svg += text(margin - 8, y(ratio) + 4, "×\(ratio)", anchor: "end")
    }
    for size in Set(all.map(\.size)).sorted() {
      svg += text(x(size), height - margin + 18, "\(Int(size))", anchor: "middle")
    }
    // As many times as there are records: what grows like that is no better than looking at everything.
    svg += line((x(least), y(1)), (x(most), y(most / least)), "#999", dashes: "4 4")
    for (place, own) in lines.enumerated() {
      guard let base = own.points.first?.value, base > 0 else { continue }
      let colour = colours[place % colours.count]
      let path = own.points.map { "\(rounded(x($0.size))),\(rounded(y($0.value / base)))" }.joined(separator: " ")
      svg += "<polyline points=\"\(path)\" fill=\"none\" stroke=\"\(colour)\" stroke-width=\"2\"/>\n"
      svg += text(margin + 8, 44 + 16 * Double(place), own.name, anchor: "start", colour: colour)
    }
    return svg + "</svg>\n"
  }

  /// Logarithm to the base 2 without a mathematics library: exponent, and the rest by halving.
  static func binary(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return 0 }
    var result = Double(value.exponent)
    var rest = value.significand
    var step = 0.5
    for _ in 0..<20 {
      rest *= rest
      if rest >= 2 {
        rest /= 2
        result += step
      }
      step /= 2
    }
    return result
  }

  private static func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }

  private static func line(
    _ from: (Double, Double), _ to: (Double, Double), _ colour: String, dashes: String? = nil
  ) -> String {
    "<line x1=\"\(rounded(from.0))\" y1=\"\(rounded(from.1))\" x2=\"\(rounded(to.0))\" y2=\"\(rounded(to.1))\" "
      + "stroke=\"\(colour)\"" + (dashes.map { " stroke-dasharray=\"\($0)\"" } ?? "") + "/>\n"
  }

  private static func text(
    _ x: Double, _ y: Double, _ text: String, anchor: String, colour: String = "#333"
  ) -> String {
    "<text x=\"\(rounded(x))\" y=\"\(rounded(y))\" text-anchor=\"\(anchor)\" fill=\"\(colour)\">\(text)</text>\n"
  }
}
