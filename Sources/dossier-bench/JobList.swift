import QualityRecords

/// The jobs that ``BenchJobs`` measures, over the generated collection. A new one is a line here.
enum JobList {
  struct Job: Sendable {
    let name: String
    /// Answers with a word on how much was found.
    let run: @Sendable (QualityIndex) throws -> String

    init(_ name: String, _ run: @escaping @Sendable (QualityIndex) throws -> String) {
      self.name = name
      self.run = run
    }
  }

  static let jobs: [Job] =
    [
      enterprises("enterprises toys", "product:toys"),
      enterprises("enterprises toys for export", "product:toys export:yes"),
      enterprises("enterprises toys in one province", "product:toys province:Guangdong"),
      enterprises("enterprises of two words", "formaldehyde furniture"),
      enterprises("enterprises of one word", "lead"),
      enterprises("enterprises in Chinese", "甲醛 家具"),
      enterprises("enterprises by violations", "product:toys severity:>=serious", sort: "violations"),
      enterprises("enterprises by severity", "product:furniture date:2007", sort: "severity"),
      enterprises("enterprises by recency", "product:furniture date:2007-Q2", sort: "recency"),
      enterprises("enterprises by name", "kind:enterprise product:toys", sort: "name"),
      enterprises("enterprises, three passages each", "lead paint", per: 3),
      enterprises(
        "enterprises without re-examination",
        "kind:enterprise product:toys NOT has(inspection: since:2007-03 type:re-examination)"),
      enterprises("enterprises, all of them", "*"),
      pivot("pivot category by province", "category", "province", "kind:inspection product:toys"),
      pivot("pivot province by quarter", "province", "date:quarter", "severity:>=serious"),
      coverage("coverage, all targets, counts") { $0.missing = 0 },
      coverage("coverage, all targets, first five missing") { $0.missing = 5 },
      coverage("coverage, all targets, all missing") { _ in },
      coverage("coverage by province") { ($0.by, $0.missing) = ("province", 5) },
      coverage("coverage by category") { ($0.by, $0.missing) = ("category", 5) },
      coverage("coverage as of a day") { ($0.asOf, $0.missing) = ("2007-06", 5) },
    ] + asked + histories

  static func enterprises(_ name: String, _ query: String, sort: String = "score", per: Int = 1) -> Job {
    Job(name) { index in
      var options = EnterpriseOptions(query)
      options.sort = sort
      options.per = per
      let answer = try index.enterprises(options)
      return "\(answer.search.total) enterprises, \(answer.records) records"
    }
  }

  private static func coverage(
    _ name: String, _ change: @escaping @Sendable (inout CoverageOptions) -> Void
  ) -> Job {
    Job(name) { index in
      var options = CoverageOptions()
      change(&options)
      let targets = try index.coverage(options).targets
      return targets.map { "\($0.count.done)/\($0.count.population)" }.joined(separator: " ")
    }
  }

  private static func pivot(_ name: String, _ rows: String, _ columns: String, _ query: String) -> Job {
    Job(name) { index in
      let answer = try index.pivot(PivotOptions(rows: rows, columns: columns, query: query))
      return "\(answer.total) records"
    }
  }
}
