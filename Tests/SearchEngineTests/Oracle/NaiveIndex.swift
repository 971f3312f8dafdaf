import JSONText
import QueryLanguage
import Records
import TextAnalysis

@testable import SearchEngine

/// The obviously right index: every record is looked at for every query, words are arrays of strings. Shares the analysis of
/// text with the engine, and nothing of its index, plan, matching or scoring.
struct NaiveIndex {
  struct Word: Hashable {
    var term: [UInt8]
    var stem: [UInt8]
    var position: Int
  }

  /// What a word of a query stands for: the entries it takes, told apart by `key`.
  struct Form {
    var key: String
    var takes: (Word) -> Bool
  }

  /// One value of a field.
  struct Value {
    var field: FieldDefinition
    var raw: String
    var words: [Word]
  }

  struct Document {
    var record: Record
    var values: [Value]
    var length: Double
  }

  var schemas: [Schema]
  /// In the engine's document order.
  var documents: [Document] = []
  var k1 = 2.0
  var b = 0.6
  /// Filled while searching: no record is added after the first search.
  private let statistics = NaiveStatistics()

  init(schemas: [Schema]) { self.schemas = schemas }

  mutating func add(_ record: Record) {
    guard let schema = schemas.first(where: { $0.kind == record.kind }) else { return }
    var values: [Value] = []
    var length = 0
    for field in schema.fields {
      for raw in Self.texts(record.body[field.name]) {
        let isOnLine = field.weight > 0 && field.type != .number && field.type != .date && field.type != .boolean
        let words = field.weight > 0 ? Self.words(raw) : []
        length += field.weight * ((words.map(\.position).max() ?? -1) + 1)
        values.append(Value(field: field, raw: raw, words: isOnLine || field.weight > 0 ? words : []))
      }
    }
    documents.append(Document(record: record, values: values, length: Double(length)))
  }

  static func texts(_ value: JSONValue?) -> [String] {
    switch value {
    case .string(let text)?: [text]
    case .number(let text)?: [text]
    case .bool(let flag)?: [flag ? "true" : "false"]
    case .array(let values)?: values.flatMap { texts($0) }
    default: []
    }
  }

  static func words(_ text: String, mode: AnalysisMode = .index) -> [Word] {
    let buffer = TokenBuffer()
    Analyzer().analyze(text, mode: mode, into: buffer)
    var position = -1
    return (0..<buffer.count).map { index in
      position += Int(buffer.tokens[index].positionStep)
      let term = Array(buffer.term(buffer.tokens[index]))
      return Word(term: term, stem: mode == .index ? stem(term) : term, position: position)
    }
  }

  static func stem(_ term: [UInt8]) -> [UInt8] {
    guard term.allSatisfy({ $0 >= 0x61 && $0 <= 0x7a }) else { return term }
    return Array(Porter2().stem(String(decoding: term, as: UTF8.self)).utf8)
  }

  // MARK: Searching

  /// Ids and scores of all matches, best first, ties in document order.
  func search(_ query: QuerySyntax) -> [(id: String, score: Double)] {
    var found: [(id: String, score: Double, order: Int)] = []
    for (order, document) in documents.enumerated() {
      let (matches, score) = evaluate(query, document, fields: nil, boost: 1)
      if matches { found.append((document.record.id, score, order)) }
    }
    found.sort { $0.score != $1.score ? $0.score > $1.score : $0.order < $1.order }
    return found.map { ($0.id, $0.score) }
  }

  private func evaluate(
    _ query: QuerySyntax, _ document: Document, fields: Set<String>?, boost: Double
  ) -> (Bool, Double) {
    func all(_ nodes: [QuerySyntax]) -> (Bool, Double) {
      var score = 0.0
      for node in nodes {
        let (matches, part) = evaluate(node, document, fields: fields, boost: boost)
        if !matches { return (false, 0) }
        score += part
      }
      return (true, score)
    }
    func any(_ nodes: [QuerySyntax]) -> (Bool, Double) {
      let parts = nodes.map { evaluate($0, document, fields: fields, boost: boost) }
      return (parts.contains { $0.0 }, parts.reduce(0) { $0 + ($1.0 ? $1.1 : 0) })
    }
    switch query.kind {
    case .empty: return (false, 0)
    case .everything: return (true, 0)
    case .flat(let nodes), .and(let nodes): return all(nodes)
    case .or(let nodes): return any(nodes)
    case .not(let node), .excluded(let node):
      return (!evaluate(node, document, fields: fields, boost: boost).0, 0)
    case .required(let node): return evaluate(node, document, fields: fields, boost: boost)
    case .boost(let node, let factor): return evaluate(node, document, fields: fields, boost: boost * factor)
    case .word(let text):
      let terms = Self.words(text, mode: .query)
      return phrase(terms.map { Self.forms(of: $0) }, terms, document, fields, boost)
    case .exact(let text), .phrase(let text):
      let terms = Self.words(text, mode: .query)
      return phrase(
        terms.map { word in Form(key: "=\(word.term)") { $0.term == word.term } }, terms, document, fields, boost)
    case .prefix(let text):
      let terms = Self.words(text, mode: .query)
      return phrase(
        terms.map { word in Form(key: "*\(word.term)") { $0.term.starts(with: word.term) } }, terms, document, fields,
        boost)
    case .field(let name, let node): return field(name.text, node, document, boost)
    case .range(let name, let lower, let upper):
      return (
        document.values.contains { value in
          guard value.field.name == name.text else { return false }
          return Self.lies(value, lower, upper)
        }, 0
      )
    case .date(let span):
      return (
        document.values.contains { value in
          guard value.field.name == "date", let interval = (try? PartialDate(parsing: value.raw))?.interval else {
            return false
          }
          func number(_ day: QueryDate.Day) -> Int32 {
            CalendarDay.number(year: day.year, month: day.month, day: day.day)
          }
          return (span.firstDay.map { interval.first >= number($0) } ?? true)
            && (span.lastDay.map { interval.last <= number($0) } ?? true)
        }, 0
      )
    default: return (false, 0)
    }
  }

  private func field(_ name: String, _ node: QuerySyntax, _ document: Document, _ boost: Double) -> (Bool, Double) {
    guard let definition = document.values.first(where: { $0.field.name == name })?.field else { return (false, 0) }
    switch (definition.type, node.kind) {
    case (.keyword, .word(let text)):
      return (document.values.contains { $0.field.name == name && $0.raw.lowercased() == text.lowercased() }, 0)
    case (_, .everything): return (true, 0)
    default: return evaluate(node, document, fields: [name], boost: boost)
    }
  }

  private static func lies(_ value: Value, _ lower: QuerySyntax.Bound?, _ upper: QuerySyntax.Bound?) -> Bool {
    guard let number = Double(value.raw) else { return false }
    if let lower, let bound = Double(lower.value), number < bound || (number == bound && !lower.isInclusive) {
      return false
    }
    if let upper, let bound = Double(upper.value), number > bound || (number == bound && !upper.isInclusive) {
      return false
    }
    return true
  }

  private static func forms(of word: Word) -> Form {
    // One character of a run: all pairs that begin with it.
    if let first = word.term.first, first >= 0xe3, String(decoding: word.term, as: UTF8.self).count == 1 {
      return Form(key: "*\(word.term)") { $0.term.starts(with: word.term) }
    }
    let wanted = stem(word.term)
    return Form(key: "~\(word.term)") { $0.term == word.term || $0.stem == wanted }
  }

  private func phrase(
    _ forms: [Form], _ places: [Word], _ document: Document, _ fields: Set<String>?, _ boost: Double
  ) -> (Bool, Double) {
    guard !places.isEmpty else { return (false, 0) }
    let matches = document.values.contains { value in
      if let fields, !fields.contains(value.field.name) { return false }
      return value.words.contains { first in
        zip(forms, places).allSatisfy { form, place in
          value.words.contains {
            $0.position == first.position + place.position - places[0].position && form.takes($0)
          }
        }
      }
    }
    guard matches else { return (false, 0) }
    var score = 0.0
    for form in forms { score += boost * termScore(form, document) }
    return (true, score)
  }

  private func frequency(_ form: Form, _ document: Document) -> Double {
    document.values.reduce(0) { sum, value in
      sum + Double(value.field.weight * value.words.count { form.takes($0) })
    }
  }

  private func termScore(_ form: Form, _ document: Document) -> Double {
    let holding = statistics.holding(form.key) { documents.count { frequency(form, $0) > 0 } }
    let count = Double(documents.count)
    let idf = naturalLogarithm(1 + (count - Double(holding) + 0.5) / (Double(holding) + 0.5))
    let average = statistics.average(document.record.kind) {
      let ofKind = documents.filter { $0.record.kind == document.record.kind }
      return ofKind.reduce(0) { $0 + $1.length } / Double(ofKind.count)
    }
    let f = frequency(form, document)
    return idf * (k1 + 1) * f / (f + k1 * (1 - b + b * document.length / average))
  }
}

/// Counts made once for a collection that no longer changes.
final class NaiveStatistics {
  private var counts: [String: Int] = [:]
  private var averages: [String: Double] = [:]

  func holding(_ key: String, _ count: () -> Int) -> Int {
    if let known = counts[key] { return known }
    let made = count()
    counts[key] = made
    return made
  }

  func average(_ kind: String, _ average: () -> Double) -> Double {
    if let known = averages[kind] { return known }
    let made = average()
    averages[kind] = made
    return made
  }
}
