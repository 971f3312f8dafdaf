import JSONText
import QueryLanguage
import Records

/// One target: who it speaks of, and which of these are done.
public struct CoverageTarget: Hashable, Sendable {
  /// What is counted.
  public enum Grain: Hashable, Sendable {
    /// The records of a kind.
    case records(String)
    /// The products of enterprises.
    case products

    /// `enterprise`, `product`, `inspection` (or `note`), `directive`.
    init?(_ name: String) {
      switch name {
      case "product": self = .products
      case "note": self = .records(Schema.inspection.kind)
      default:
        guard Schema.recordKind(name) != nil else { return nil }
        self = .records(name)
      }
    }

    /// The kind whose records are asked.
    var kind: String {
      switch self {
      case .records(let kind): kind
      case .products: Schema.enterprise.kind
      }
    }

    /// The list whose items are counted; nil: the records are.
    var list: String? { self == .products ? "products" : nil }
  }

  public var number: Int
  /// By language (`en`, `zh`), in the order of the file.
  public var names: [(language: String, text: String)]
  public var grain: Grain
  /// As the file spells it.
  public var grainName: String
  public var population: String
  public var done: String

  /// The name in a language, else in English, else the first.
  public func name(_ language: String = "en") -> String {
    (names.first { $0.language == language } ?? names.first { $0.language == "en" } ?? names.first)?.text ?? ""
  }

  public static func == (left: CoverageTarget, right: CoverageTarget) -> Bool {
    left.number == right.number && left.names.elementsEqual(right.names, by: ==) && left.grain == right.grain
      && left.grainName == right.grainName && left.population == right.population && left.done == right.done
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(number)
    hasher.combine(population)
    hasher.combine(done)
  }
}

extension CoverageTarget {
  /// Targets of one file at most: more than anybody reads.
  static let mostTargets = 1_000

  /// Reads `{"targets":[{"number","name","grain","population","done"},…]}`; a name is a text, or one text a language.
  ///
  /// - Throws: `bad-targets` with the place in the file, or in the query of which target.
  public static func read(_ text: String) throws(QualityError) -> [CoverageTarget] {
    let file: JSONValue
    do throws(JSONError) { file = try JSONValue(parsing: text) } catch {
      throw bad("line \(error.line), column \(error.column)", error.explanation)
    }
    guard let rows = file["targets"]?.arrayValue else {
      throw bad("targets", "expected a list of targets, found \(file["targets"]?.typeName ?? "none")")
    }
    guard rows.count <= mostTargets else {
      throw bad("targets", "expected at most \(mostTargets), found \(rows.count)")
    }
    var targets: [CoverageTarget] = []
    for (index, row) in rows.enumerated() {
      let target = try read(row, at: "targets[\(index)]")
      guard !targets.contains(where: { $0.number == target.number }) else {
        throw bad("targets[\(index)].number", "\(target.number) is the number of an earlier target")
      }
      targets.append(target)
    }
    return targets
  }

  private static func read(_ row: JSONValue, at place: String) throws(QualityError) -> CoverageTarget {
    guard row.objectValue != nil else { throw bad(place, "expected an object, found \(row.typeName)") }
    func text(_ name: String) throws(QualityError) -> String {
      guard let value = row[name], let text = value.stringValue, !text.isEmpty else {
        throw bad("\(place).\(name)", "expected a text, found \(row[name]?.typeName ?? "none")")
      }
      return text
    }
    guard let number = row["number"]?.intValue, number > 0 else {
      throw bad("\(place).number", "expected a whole number from 1, found \(row["number"]?.typeName ?? "none")")
    }
    var names: [(language: String, text: String)] = []
    if let members = row["name"]?.objectValue?.members {
      for member in members {
        guard let name = member.value.stringValue else {
          throw bad("\(place).name.\(member.name)", "expected a text, found \(member.value.typeName)")
        }
        names.append((member.name, name))
      }
    } else {
      names.append(("en", try text("name")))
    }
    guard !names.isEmpty else { throw bad("\(place).name", "expected a text for a language, found none") }
    let grainName = try text("grain")
    guard let grain = Grain(grainName) else {
      throw bad(
        "\(place).grain", "expected enterprise, product, inspection, note or directive, found '\(grainName)'")
    }
    let target = CoverageTarget(
      number: number, names: names, grain: grain, grainName: grainName, population: try text("population"),
      done: try text("done"))
    _ = try target.syntax(.population)
    _ = try target.syntax(.done)
    return target
  }

  enum Part: String { case population, done }

  /// A query of the target, parsed strictly: what would be repaired in a search is an error in a file.
  func syntax(_ part: Part) throws(QualityError) -> QuerySyntax {
    let text = part == .population ? population : done
    do throws(QuerySyntaxError) {
      return try QueryParser.parse(text, today: .today, strict: true).syntax
    } catch {
      throw failed(part, error.message, error.range, error.hint)
    }
  }

  /// An error in one of the queries, with the target and the place in the query.
  func failed(_ part: Part, _ message: String, _ range: Range<Int>?, _ hint: String) -> QualityError {
    let place = range.map { " at \($0.lowerBound) to \($0.upperBound)" } ?? ""
    return QualityError(
      "bad-targets", "target \(number), \(part.rawValue)\(place): \(message)",
      hint: hint.isEmpty ? "the query is: \(part == .population ? population : done)" : hint)
  }

  private static func bad(_ place: String, _ message: String) -> QualityError {
    QualityError(
      "bad-targets", "targets file, \(place): \(message)", hint: "mend the file and index the collection again")
  }
}
