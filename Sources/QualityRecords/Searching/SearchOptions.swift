import QueryLanguage
import Records
import SearchEngine

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a search asks for: the flags of the command line and the parameters of the server, under one set of names.
public struct SearchOptions: Hashable, Sendable {
  public var query: String
  /// Kinds to search; empty: all that files may hold.
  public var kinds: [String] = []
  /// Hits of a page.
  public var limit = 10
  /// `next` of an earlier answer.
  public var cursor: String?
  /// `FIELD`, `FIELD:asc` or `FIELD:desc`; nil: by score. A date or number descends unless told otherwise.
  public var sort: String?
  /// Fields to count the values of.
  public var facets: [String] = []
  /// The best hit alone for each value of this field.
  public var collapse: String?
  /// Why records may match (`exact`, `stem`, …); empty: all but `fuzzy`.
  public var rungs: [String] = []
  /// Whether Chinese names are found by their pinyin, where ``rungs`` permits it.
  public var transliterates = true
  /// One word of a flat query suffices.
  public var any = false
  /// What would be repaired is an error.
  public var strict = false
  public var explain = false
  /// `exact` or `bound`.
  public var total = "exact"
  /// Members of the record that each hit carries; empty: none.
  public var fields: [String] = []
  /// No hits, the total alone.
  public var countsOnly = false
  /// The day that `last:90d` counts from; nil: today.
  public var today: QueryDate.Day?
  /// Time after which the answer is cut; nil: none.
  public var deadline: Duration?
  /// Snippets of a hit.
  public var snippets = SnippetOptions()
  /// The ranking profile; nil: relevance alone.
  public var rank: RankProfile?
  /// Paragraphs in their context, places of the text taken as such: see ``QualityIndex/passages(_:)``.
  var isPassageView = false

  public init(_ query: String) { self.query = query }

  /// Hits of a page at most. Further ones are had page by page, by the cursor.
  public static let longestPage = 10_000
}

extension SearchOptions {
  /// Names of rungs, strongest first.
  static var rungNames: [String] { Rung.allCases.map(\.name) }

  /// What keeps an answer from being made whatever the index holds.
  func check() throws(QualityError) {
    guard (0...Self.longestPage).contains(limit) else {
      throw QualityError(
        "usage", "limit is 0 to \(Self.longestPage), not \(limit)", hint: "go on by the cursor of the answer")
    }
    for rung in rungs where !Self.rungNames.contains(rung) {
      throw QualityError(
        "usage", "there is no rung '\(rung)'", hint: "rungs are: \(Self.rungNames.joined(separator: ", "))")
    }
    guard total == "exact" || total == "bound" else {
      throw QualityError("usage", "total is 'exact' or 'bound', not '\(total)'")
    }
    for kind in kinds where kind != Schema.passage.kind && Schema.recordKind(kind) == nil {
      throw QualityError(
        "unknown-kind", "there is no kind '\(kind)'",
        hint: "kinds are: \(Schema.recordKinds.map(\.kind).joined(separator: ", "))")
    }
  }

  func parsedSort() throws(QualityError) -> SearchSort? {
    guard let sort else { return nil }
    guard let colon = sort.lastIndex(of: ":") else { return SearchSort(field: sort) }
    let field = String(sort[..<colon])
    switch sort[sort.index(after: colon)...] {
    case "asc": return SearchSort(field: field, isDescending: false)
    case "desc": return SearchSort(field: field)
    case let other:
      throw QualityError("usage", "expected 'asc' or 'desc' behind the colon, found '\(other)'", hint: "\(field):asc")
    }
  }

  /// Why records may match.
  var chosenRungs: Set<Rung> {
    let chosen = rungs.isEmpty ? SearchRequest.usualRungs : Set(Rung.allCases.filter { rungs.contains($0.name) })
    return transliterates ? chosen : chosen.subtracting([.pinyin])
  }
}

extension SearchOptions {
  /// Milliseconds that a search may be given: an hour, and no less than one.
  public static let timeouts = 1...3_600_000
}

extension QueryDate.Day {
  /// The day that it is here.
  public static var today: QueryDate.Day? {
    var now = time(nil)
    var parts = tm()
    guard localtime_r(&now, &parts) != nil else { return nil }
    return QueryDate.Day(year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))
  }
}

extension QuerySyntax {
  /// The intervals of days that a record's own date was asked to be in.
  var askedDays: [DayInterval] {
    switch kind {
    case .date(let span): return [span.interval].compactMap { $0 }
    case .range(let name, let lower, let upper):
      guard name.text.lowercased() == "date" else { return [] }
      let from = lower.flatMap { try? PartialDate(parsing: $0.value) }?.interval
      let to = upper.flatMap { try? PartialDate(parsing: $0.value) }?.interval
      let first = from.map { lower?.isInclusive == true ? $0.first : $0.last + 1 } ?? Int32.min
      let last = to.map { upper?.isInclusive == true ? $0.last : $0.first - 1 } ?? Int32.max
      return first <= last ? [DayInterval(first: first, last: last)] : []
    case .field(let name, let node):
      guard name.text.lowercased() == "date", case .word(let text) = node.kind else { return [] }
      return [(try? PartialDate(parsing: text))?.interval].compactMap { $0 }
    case .not, .excluded, .has, .by: return []
    default: return children.flatMap(\.askedDays)
    }
  }
}

extension DateSpan {
  /// From the first to the last of its days; an open end is far away.
  fileprivate var interval: DayInterval? {
    func number(_ day: QueryDate.Day) -> Int32 { CalendarDay.number(year: day.year, month: day.month, day: day.day) }
    let first = firstDay.map(number) ?? Int32.min
    let last = lastDay.map(number) ?? Int32.max
    return first <= last ? DayInterval(first: first, last: last) : nil
  }
}
