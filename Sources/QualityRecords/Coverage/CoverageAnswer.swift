import JSONText

/// How far each target is reached, and who is missing.
public struct CoverageAnswer: Answer, Sendable {
  /// Done of a population, and those missing.
  public struct Count: Hashable, Sendable {
    public var population: Int
    public var done: Int
    /// Ids, `id#productN` for products; in byte order of ids, as many as were asked for.
    public var missing: [String]

    public init(population: Int, done: Int, missing: [String]) {
      self.population = population
      self.done = done
      self.missing = missing
    }

    public var missingCount: Int { population - done }

    /// In parts of a hundred; nil where there is nobody.
    public var percent: Double? { population == 0 ? nil : Double(done) * 100 / Double(population) }
  }

  public struct Group: Hashable, Sendable {
    /// Nil: those without a value.
    public var value: String?
    public var count: Count
  }

  /// What was done by the end of a day.
  public struct Point: Hashable, Sendable {
    public var date: String
    public var done: Int
  }

  public struct Target: Sendable {
    public var definition: CoverageTarget
    public var count: Count
    /// Those not done whose dates leave it open.
    public var possible: Int
    /// Those whose dates leave open whether they belong to the population; not counted in it.
    public var possiblePopulation: Int
    public var groups: [Group]?
    /// By quarter, up to the day asked for.
    public var series: [Point]?
  }

  public var targets: [Target]
  /// The field of the groups.
  public var by: String?
  public var asOf: String?
  public var commit: UInt64
  public var notes: [SearchAnswer.Note]
  public var receipt: String

  public static var schemaName: String { "coverage" }
  public var exitCode: QualityError.ExitCode { targets.isEmpty ? .nothingFound : .done }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.name("targets")
    writer.beginArray()
    for target in targets { write(target, to: &writer) }
    writer.endArray()
    writer.member("by", orNull: by)
    writer.member("asOf", orNull: asOf)
    writer.member("commit", commit)
    writer.name("notes")
    writer.beginArray()
    for note in notes {
      writer.beginObject()
      writer.member("code", note.code)
      writer.member("message", note.message)
      writer.member("at", note.at)
      writer.member("hint", note.hint)
      writer.endObject()
    }
    writer.endArray()
    writer.member("receipt", receipt)
    writer.endObject()
  }

  private func write(_ target: Target, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("number", target.definition.number)
    writer.member("name", target.definition.name())
    writer.name("names")
    writer.beginObject()
    for name in target.definition.names { writer.member(name.language, name.text) }
    writer.endObject()
    writer.member("grain", target.definition.grainName)
    Self.write(target.count, to: &writer)
    writer.member("possible", target.possible)
    writer.member("possiblePopulation", target.possiblePopulation)
    if let groups = target.groups {
      writer.name("groups")
      writer.beginArray()
      for group in groups {
        writer.beginObject()
        writer.member("value", orNull: group.value)
        Self.write(group.count, to: &writer)
        writer.endObject()
      }
      writer.endArray()
    }
    if let series = target.series {
      writer.name("series")
      writer.beginArray()
      for point in series {
        writer.beginObject()
        writer.member("date", point.date)
        writer.member("done", point.done)
        writer.endObject()
      }
      writer.endArray()
    }
    writer.endObject()
  }

  private static func write(_ count: Count, to writer: inout JSONWriter) {
    writer.member("population", count.population)
    writer.member("done", count.done)
    writer.name("percent")
    if let percent = count.percent {
      let rounded = (percent * 100).rounded() / 100
      writer.double(count.missingCount > 0 ? min(rounded, 99.99) : rounded)
    } else {
      writer.null()
    }
    writer.member("missing", count.missing)
  }
}
