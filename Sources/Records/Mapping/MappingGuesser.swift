import JSONText

/// A mapping guessed from the headers and the values of a file's first rows, for people to read and mend.
public struct MappingGuess: Sendable {
  public let kind: String
  /// The mapping file's content.
  public let json: JSONObject
  /// Source fields that nothing was found for; they are kept under their own names.
  public let unmapped: [String]
  /// What people should look at: guessed date forms, a missing id.
  public let notes: [String]
  /// Up to three rows as the mapping reads them.
  public let samples: [RecordSample]

  public enum RecordSample: Hashable, Sendable {
    case record(Record)
    case rejected(RecordProblem)
  }
}

/// Guesses mappings: names of fields in English and Chinese, and the shapes of their values.
public struct MappingGuesser: Sendable {
  /// Rows that are looked at: enough to see the shapes, few enough to be instant.
  public static let sampleSize = 200

  public init() {}

  /// Guesses from sample rows, in the order of the file.
  /// - Parameter kind: the kind where it is known; otherwise the one whose fields the headers name best.
  /// - Returns: nil when no row has any member, or when no header means anything.
  public func guess(rows: [JSONObject], kind givenKind: String? = nil) -> MappingGuess? {
    var headers: [String] = []
    var seen: Set<String> = []
    for row in rows.prefix(Self.sampleSize) {
      for name in row.names where seen.insert(name).inserted { headers.append(name) }
    }
    let candidates = Schema.recordKinds.filter { givenKind == nil || $0.kind == givenKind }
    var best: (schema: Schema, fields: [(field: String, header: String)], score: Int)?
    for schema in candidates {
      let fields = Self.assign(headers, to: schema)
      let score = fields.reduce(0) { $0 + HeaderSynonyms.weight(of: $1.field, kind: schema.kind) }
      if score > (best?.score ?? 0) { best = (schema, fields, score) }
    }
    guard let best else { return nil }
    return build(best.schema, best.fields, headers: headers, rows: Array(rows.prefix(Self.sampleSize)))
  }

  /// Each field's header: the one that comes first in the field's list of names; each header serves once.
  private static func assign(_ headers: [String], to schema: Schema) -> [(field: String, header: String)] {
    var free = headers.map { (header: $0, normal: HeaderSynonyms.normalized($0)) }
    var fields: [(String, String)] = []
    for (field, names) in HeaderSynonyms.fields(of: schema.kind) {
      for name in names {
        guard let index = free.firstIndex(where: { $0.normal == name }) else { continue }
        fields.append((field, free[index].header))
        free.remove(at: index)
        break
      }
    }
    return fields
  }

  private func build(
    _ schema: Schema, _ fields: [(field: String, header: String)], headers: [String], rows: [JSONObject]
  ) -> MappingGuess? {
    var notes: [String] = []
    var json = JSONObject()
    json.append("kind", .string(schema.kind))
    var mapped = JSONObject()
    var hasID = false
    for (field, header) in fields {
      let values = rows.compactMap { SourcePath.value(at: header, in: $0) }
      if field == "id" {
        hasID = true
        json.append("id", .string("{\(header)}"))
        continue
      }
      var source = JSONValue.string(header)
      if let index = schema.index(of: field), schema.fields[index].type == .date {
        let texts = values.compactMap { value -> String? in
          switch value {
          case .string(let text) where !text.trimmed.isEmpty: text.trimmed
          case .number(let text): text
          default: nil
          }
        }
        if texts.contains(where: { (try? PartialDate(parsing: $0)) == nil }) {
          guard let pattern = DateShape.pattern(of: texts) else {
            notes.append("\(header): \"\(texts.first ?? "")\" is no date that could be guessed; give its pattern")
            continue
          }
          source = ["from": .string(header), "pattern": .string(pattern)]
          notes.append("\(header): read as \(pattern), so \(texts[0]) is \(Self.example(texts[0], pattern))")
        }
      }
      mapped.append(field, source)
    }
    if !hasID {
      notes.append("no field looks like an id: give a template such as \"{\(headers.first ?? "field")}\"")
    }
    json.append("fields", .object(mapped))
    json.append("rest", true)
    let used = Set(fields.map(\.header))
    guard let mapping = try? Mapping(.object(json), file: "guess") else { return nil }
    return MappingGuess(
      kind: schema.kind, json: json, unmapped: headers.filter { !used.contains($0) }, notes: notes,
      samples: rows.prefix(3).map { Self.sample($0, mapping) })
  }

  private static func example(_ text: String, _ pattern: String) -> String {
    (try? DatePattern(pattern).date(in: text)).map(\.description) ?? "no date"
  }

  private static func sample(_ row: JSONObject, _ mapping: Mapping) -> MappingGuess.RecordSample {
    let mapped = mapping.apply(to: row)
    do throws(RecordProblem) {
      if let problem = mapped.problem { throw problem }
      return .record(try RecordCanonicalizer().record(from: mapped.members, kind: mapping.kind))
    } catch {
      return .rejected(error)
    }
  }
}

/// Forms of dates that sources use.
enum DateShape {
  /// In the order of preference: forms that begin with the year leave no doubt.
  static let patterns = [
    "yyyyMMdd", "yyyy/MM/dd", "yyyy/M/d", "yyyy-M-d", "yyyy.MM.dd", "yyyy.M.d", "yyyy年M月d日", "yyyy年M月", "yyyyMM",
    "yyyy-MM-dd*", "yyyy/M/d*", "ROCMMdd", "ROC/M/d", "ROC.M.d", "ROC年M月d日", "民國ROC年M月d日", "民国ROC年M月d日", "dd/MM/yyyy",
    "MM/dd/yyyy", "d/M/yyyy", "M/d/yyyy", "d.M.yyyy", "dd-MM-yyyy", "M/d/yyyy*", "d/M/yyyy*",
  ]

  /// The first form that all the texts have.
  static func pattern(of texts: [String]) -> String? {
    guard !texts.isEmpty else { return nil }
    return patterns.first { text in
      guard let pattern = try? DatePattern(text) else { return false }
      return texts.allSatisfy { (try? pattern.date(in: $0)) != nil }
    }
  }
}
