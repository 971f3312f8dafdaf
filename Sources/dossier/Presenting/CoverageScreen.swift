import QualityRecords

/// How far each target is reached: a bar and figures on a terminal, lines with tabs in a pipe, rows of CSV.
///
///     1  Producers of the five priority categories have a quality file
///        ███████████████████████████▊░   216 of 225   96.0%   missing 9
///        dossier show 3505-0512
struct CoverageScreen {
  let screen: Screen
  /// `en` or `zh`: whose names of the targets are shown.
  let language: String

  private static let narrowBar = 24
  private static let wideBar = 60
  private static let wide = 120

  func text(_ answer: CoverageAnswer) -> String {
    guard screen.isTerminal else { return plain(answer) }
    var text = ""
    if let asOf = answer.asOf { text += "As of \(asOf)\n\n" }
    for (index, target) in answer.targets.enumerated() {
      if index > 0 { text += "\n" }
      text += block(target)
    }
    return text
  }

  /// Percent with one digit; 100.0% is said of nothing less.
  static func percent(_ count: CoverageAnswer.Count) -> String {
    guard let percent = count.percent else { return "-" }
    let rounded = (percent * 10).rounded() / 10
    return Numbers.decimal(count.missingCount > 0 ? min(rounded, 99.9) : rounded, 1) + "%"
  }

  // MARK: Terminal

  private var barWidth: Int { screen.width >= Self.wide ? Self.wideBar : Self.narrowBar }

  private func block(_ target: CoverageAnswer.Target) -> String {
    let head = String(target.definition.number).leftPadded(2) + "  "
    let indent = String(repeating: " ", count: head.count)
    let room = screen.width - head.count
    var lines: [String] = []
    for (index, line) in MarkedText(target.definition.name(language)).wrapped(room).enumerated() {
      lines.append((index == 0 ? head : indent) + line.drawn(screen, .bold))
    }
    lines.append(
      indent + Bar.drawn(target.count.done, of: target.count.population, width: barWidth, screen)
        + figures(target.count))
    if let series = target.series, series.count > 1, let first = series.first, let last = series.last {
      let course = Bar.course(series.map(\.done), of: target.count.population, screen)
      lines.append(indent + "\(first.date) \(course) \(last.date)")
    }
    if target.possible > 0 { lines.append(indent + "possibly done, by dates that are not exact: \(target.possible)") }
    if target.possiblePopulation > 0 {
      lines.append(indent + "possibly counted, by dates that are not exact: \(target.possiblePopulation)")
    }
    if let groups = target.groups {
      lines += groupLines(groups).map { indent + $0 }
    } else {
      lines += missingLines(target.count).map { indent + $0 }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func figures(_ count: CoverageAnswer.Count) -> String {
    var text = "  \(Numbers.grouped(count.done)) of \(Numbers.grouped(count.population))  \(Self.percent(count))"
    if count.missingCount > 0 { text += "  missing \(Numbers.grouped(count.missingCount))" }
    return text
  }

  private func missingLines(_ count: CoverageAnswer.Count) -> [String] {
    var lines = count.missing.map { "dossier show \(ShellWord.quoted(Self.recordID($0)))" + Self.productNote($0) }
    let more = count.missingCount - count.missing.count
    if more > 0, !lines.isEmpty { lines.append("and \(Numbers.grouped(more)) more: --missing all") }
    return lines.map { screen.styled(MarkedText($0).cut(screen.width - 4, screen).drawn(screen), .faint) }
  }

  /// The record that an id of a product belongs to.
  static func recordID(_ id: String) -> String {
    id.firstRange(of: "#product").map { String(id[..<$0.lowerBound]) } ?? id
  }

  private static func productNote(_ id: String) -> String {
    id.firstRange(of: "#product").map { "  (product \(id[$0.upperBound...]))" } ?? ""
  }

  /// A line a group: what decides stands in columns, and the command that shows the first missing behind them.
  private func groupLines(_ groups: [CoverageAnswer.Group]) -> [String] {
    let names = groups.map { $0.value.map(Screen.shown) ?? "(none)" }
    let nameWidth = min(names.map { DisplayWidth.columns(of: $0) }.max() ?? 0, screen.width / 4)
    let shares = groups.map { "\(Numbers.grouped($0.count.done))/\(Numbers.grouped($0.count.population))" }
    let shareWidth = shares.map(\.count).max() ?? 0
    return zip(groups, zip(names, shares)).map { group, texts in
      var line = MarkedText(texts.0).cut(nameWidth, screen).drawn(screen).padded(nameWidth)
      line += "  " + Bar.drawn(group.count.done, of: group.count.population, width: barWidth / 3, screen)
      line += "  " + texts.1.leftPadded(shareWidth) + "  " + Self.percent(group.count).leftPadded(6)
      if group.count.missingCount > 0 {
        line += "  missing \(Numbers.grouped(group.count.missingCount))"
        if let first = group.count.missing.first { line += ": dossier show \(ShellWord.quoted(Self.recordID(first)))" }
      }
      return MarkedText(line).cut(screen.width - 4, screen).drawn(screen)
    }
  }

  // MARK: Pipe

  /// `target`, number, name, group (- for the whole), done, population, percent; then `missing`, number, group, id.
  private func plain(_ answer: CoverageAnswer) -> String {
    var text = ""
    func add(_ values: [String]) { text += values.map(Screen.shown).joined(separator: "\t") + "\n" }
    for target in answer.targets {
      let number = String(target.definition.number)
      func addCount(_ group: String, _ count: CoverageAnswer.Count) {
        let percent = count.percent == nil ? "-" : String(Self.percent(count).dropLast())
        add([
          "target", number, target.definition.name(language), group, String(count.done), String(count.population),
          percent,
        ])
        for id in count.missing { add(["missing", number, group, id]) }
      }
      addCount("-", target.count)
      for group in target.groups ?? [] { addCount(group.value ?? "(none)", group.count) }
      for point in target.series ?? [] { add(["series", number, point.date, String(point.done)]) }
    }
    return text
  }

  // MARK: CSV

  /// A row for each target and each group; with points of a series, for each of these.
  func csv(_ answer: CoverageAnswer) -> String {
    var writer = CSVWriter()
    writer.row([
      "number", "name", "grain", answer.by ?? "group", "date", "population", "done", "percent", "missing", "possible",
    ])
    for target in answer.targets {
      let definition = target.definition
      func add(_ group: String, _ date: String, _ population: Int, _ done: Int, _ possible: String) {
        let count = CoverageAnswer.Count(population: population, done: done, missing: [])
        let percent = count.percent == nil ? "" : String(Self.percent(count).dropLast())
        writer.row([
          String(definition.number), definition.name(language), definition.grainName, group, date, String(population),
          String(done), percent, String(population - done), possible,
        ])
      }
      let asOf = answer.asOf ?? ""
      add("", asOf, target.count.population, target.count.done, String(target.possible))
      for group in target.groups ?? [] {
        add(group.value ?? "(none)", asOf, group.count.population, group.count.done, "")
      }
      for point in target.series?.dropLast() ?? [] { add("", point.date, target.count.population, point.done, "") }
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
