import JSONText
import QualityRecords

/// How far each target is reached: bars with their numbers, by province, over time, and those missing.
struct CoveragePage {
  let context: PageContext

  init(_ context: PageContext) { self.context = context }

  /// Missing ones that a page lists of one target; the others are in the CSV.
  private static let listed = 200

  func reply() throws(QualityError) -> Page.Reply {
    var options = CoverageOptions()
    let chosen = context.visit.values("target").compactMap(Int.init)
    options.targets = chosen
    options.by = context.value("by")
    options.asOf = context.value("asOf")
    options.missing = chosen.isEmpty ? 0 : Self.listed
    if context.value("format") == "csv" {
      options.missing = nil
      return .csv(name: "coverage.csv", Self.csv(try context.index.coverage(options), context.language))
    }
    // Small multiples by province stand beside one target; its course over time beside all of them.
    if !chosen.isEmpty, options.by == nil { options.by = "province" }
    let answer = try splitting(options)
    var timed = options
    timed.by = nil
    timed.missing = 0
    if timed.asOf == nil { timed.asOf = try lastYear() }
    let course = timed.asOf == nil ? nil : try context.index.coverage(timed)
    return .html(
      status: 200,
      CoverageView(
        context: context, answer: answer, course: course, chosen: chosen, names: try names(answer)
      ).document())
  }

  /// The end of the year of the newest note: evidence is no younger. Nil where no note is dated.
  private func lastYear() throws(QualityError) -> String? {
    var options = SearchOptions("*")
    options.kinds = ["inspection"]
    options.sort = "date:desc"
    options.limit = 5
    do throws(QualityError) {
      // A slip of the pen may be dated far ahead.
      return try context.index.search(options).hits.compactMap(\.date).first { $0.prefix(4) < "2100" }
        .map { $0.prefix(4) + "-12-31" }
    } catch {
      guard error.exitCode == .usage else { throw error }
      return nil
    }
  }

  /// The names of enterprises that are listed as missing.
  private func names(_ answer: CoverageAnswer) throws(QualityError) -> [String: String] {
    var names: [String: String] = [:]
    for target in answer.targets where target.definition.grainName != "inspection" {
      for id in target.count.missing {
        let enterprise = PageContext.passage(id).directive
        guard names[enterprise] == nil else { continue }
        do throws(QualityError) {
          guard case .record(_, _, let record) = try context.index.show("enterprise/" + enterprise) else { continue }
          names[enterprise] = record["name"]?.stringValue
        } catch {
          guard error.exitCode == .usage else { throw error }
        }
      }
    }
    return names
  }

  /// A target that cannot be split is shown whole.
  private func splitting(_ options: CoverageOptions) throws(QualityError) -> CoverageAnswer {
    do throws(QualityError) { return try context.index.coverage(options) } catch {
      guard error.code == "unknown-field", context.value("by") == nil else { throw error }
      var whole = options
      whole.by = nil
      return try context.index.coverage(whole)
    }
  }

  static func csv(_ answer: CoverageAnswer, _ language: PageLanguage) -> [UInt8] {
    var writer = CSVWriter()
    writer.row(["number", "name", "grain", answer.by ?? "group", "population", "done", "percent", "missing"])
    for target in answer.targets {
      func add(_ group: String, _ count: CoverageAnswer.Count) {
        let percent = PageNumbers.percent(count.done, of: count.population)
        writer.row([
          String(target.definition.number), target.definition.name(language.rawValue), target.definition.grainName,
          group, String(count.population), String(count.done), percent.hasSuffix("%") ? String(percent.dropLast()) : "",
          count.missing.joined(separator: " "),
        ])
      }
      add("", target.count)
      for group in target.groups ?? [] { add(group.value ?? "(none)", group.count) }
    }
    return CSVWriter.byteOrderMark + writer.bytes
  }
}
