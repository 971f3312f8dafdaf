/// The command line of the generator: what was typed, and what to do.
struct GeneratorCommand {
  /// What is wrong with the command line.
  struct UsageError: Error, CustomStringConvertible {
    let description: String
  }

  static let usage = """
    usage: generate-records --kind enterprise|inspection|directive --count N [--seed S] [--enterprises N] [--out FILE]
           generate-records collection --enterprises N --inspections M --directives D [--seed S] --out DIR
           generate-records seeds --out DIR        the bulk of the sample collection
           generate-records check DIR              consistency of a collection; exit 1 when something is wrong

    """

  private var options: [String: String] = [:]
  private var words: [String] = []

  init(_ arguments: some Sequence<String>) throws(UsageError) {
    var waiting: String?
    for argument in arguments {
      if let name = waiting {
        options[name] = argument
        waiting = nil
      } else if argument.hasPrefix("--") {
        waiting = String(argument.dropFirst(2))
      } else {
        words.append(argument)
      }
    }
    if let waiting { throw UsageError(description: "--\(waiting) needs a value") }
  }

  private func number(_ name: String, otherwise: Int? = nil) throws(UsageError) -> Int {
    guard let text = options[name] else {
      if let otherwise { return otherwise }
      throw UsageError(description: "--\(name) is missing")
    }
    guard let value = Int(text), value >= 0 else {
      throw UsageError(description: "--\(name) needs a number from 0, not \(text)")
    }
    return value
  }

  private func folder() throws(UsageError) -> String {
    guard let folder = options["out"] else { throw UsageError(description: "--out is missing") }
    return folder
  }

  /// Does what was asked and returns the exit code.
  func run() throws -> Int32 {
    let seed = UInt64(try number("seed", otherwise: 2007))
    switch words.first {
    case "collection":
      try CollectionWriter(seed: seed).writeCollection(
        enterprises: max(1, try number("enterprises")), inspections: try number("inspections"),
        directives: try number("directives"), to: try folder())
    case "seeds": try SeedWriter().write(to: try folder())
    case "check":
      guard words.count == 2 else { throw UsageError(description: "check needs a folder") }
      let report = CollectionCheck(folder: words[1]).run()
      print(report.text, terminator: "")
      return report.isGood ? 0 : 1
    case nil: try writeKind(CollectionWriter(seed: seed))
    case let word?: throw UsageError(description: "what is \(word)?")
    }
    return 0
  }

  private func writeKind(_ writer: CollectionWriter) throws {
    let count = try number("count")
    let path = options["out"] ?? "-"
    var truth = CoverageTruth()
    var counts = (enterprises: 0, inspections: 0, directives: 0)
    switch options["kind"] {
    case "enterprise":
      try writer.writeEnterprises(count, to: path, truth: &truth)
      counts.enterprises = count
    case "inspection":
      // One enterprise for five notes, unless told.
      let enterprises = max(1, try number("enterprises", otherwise: count / 5))
      try writer.writeInspections(count, of: enterprises, to: path, truth: &truth)
      counts.inspections = count
    case "directive":
      try writer.writeDirectives(count, to: path)
      counts.directives = count
    default: throw UsageError(description: "--kind is enterprise, inspection or directive")
    }
    try ByteOutput.toStandardError(
      truth.json(
        enterprises: counts.enterprises, inspections: counts.inspections, directives: counts.directives,
        seed: writer.seed))
  }
}
