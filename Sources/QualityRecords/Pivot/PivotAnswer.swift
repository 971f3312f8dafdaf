import JSONText
import QueryLanguage
import SearchEngine

/// What a table of counts is asked for.
public struct PivotOptions: Hashable, Sendable {
  /// `kind`, a field, or a date with a span: `date:year`, `date:quarter`, `date:month`, `date:day`.
  public var rows: String
  public var columns: String
  /// The records that are counted, by its query and kinds.
  public var search: SearchOptions

  public init(rows: String, columns: String, query: String = "*") {
    self.rows = rows
    self.columns = columns
    search = SearchOptions(query)
  }

  static func grouping(_ text: String) throws(QualityError) -> PivotRequest.Grouping {
    if text == "kind" { return .kind }
    guard let colon = text.lastIndex(of: ":") else { return .values(text) }
    let span = String(text[text.index(after: colon)...])
    guard let grain = DateGrain(rawValue: span) else {
      throw QualityError(
        "usage", "dates are not counted by '\(span)'",
        hint: "spans are: \(DateGrain.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return .dates(String(text[..<colon]), grain)
  }
}

/// Counts of records by two fields. A record with several values of a field counts in each of their cells, so that cells may
/// sum to more than there are records: the counts of rows, of columns and the total are of records.
public struct PivotAnswer: Answer {
  public static var schemaName: String { "pivot" }

  public struct Side: Sendable {
    public var field: String
    /// A name of nil: records without a value.
    public var values: [PivotResult.Group]
  }

  public var query: String
  public var canonical: String
  public var total: Int
  public var commit: UInt64
  public var rows: Side
  public var columns: Side
  /// By row, then by column.
  public var cells: [[Int]]
  public var notes: [SearchAnswer.Note]
  public var isPartial: Bool
  public var receipt: String

  public var exitCode: QualityError.ExitCode { isPartial ? .partial : total == 0 ? .nothingFound : .done }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("query", query)
    writer.member("canonical", canonical)
    writer.member("total", total)
    writer.member("commit", commit)
    write("rows", rows, to: &writer)
    write("columns", columns, to: &writer)
    writer.name("cells")
    writer.beginArray()
    for row in cells {
      writer.beginArray()
      for count in row { writer.int(count) }
      writer.endArray()
    }
    writer.endArray()
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
    writer.member("partial", isPartial)
    writer.member("receipt", receipt)
    writer.endObject()
  }

  private func write(_ name: String, _ side: Side, to writer: inout JSONWriter) {
    writer.name(name)
    writer.beginObject()
    writer.member("field", side.field)
    writer.name("values")
    writer.beginArray()
    for group in side.values {
      writer.beginObject()
      writer.member("value", orNull: group.name)
      writer.member("count", group.count)
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
  }

  /// What stands for records without a value: dates say what that means.
  public static func name(_ group: PivotResult.Group, of field: String) -> String {
    group.name ?? (field.contains(":") ? "(undated)" : "(none)")
  }

  /// The table as CSV: the names of the columns above, those of the rows in front, counts in between.
  public func csv(guardsFormulas: Bool = true) -> [UInt8] {
    var writer = CSVWriter(guardsFormulas: guardsFormulas)
    writer.row([rows.field] + columns.values.map { Self.name($0, of: columns.field) })
    for (row, counts) in zip(rows.values, cells) {
      writer.row([Self.name(row, of: rows.field)] + counts.map(String.init))
    }
    return writer.bytes
  }
}

extension QualityIndex {
  /// Counts the records that answer a query by two fields.
  ///
  /// - Throws: the query's errors; `bad-field-use` for fields that records cannot be counted by; what reading throws.
  /// - Cost: that of the search, some 10 ns a match, and of many values the table itself.
  public func pivot(_ options: PivotOptions) throws(QualityError) -> PivotAnswer {
    let search = options.search
    try search.check()
    let parsed = try parse(search)
    var request = try request(search, parsed)
    request.limit = 0
    request.relaxes = false
    request.pivot = PivotRequest(
      rows: try PivotOptions.grouping(options.rows), columns: try PivotOptions.grouping(options.columns))
    let asked = request
    let result = try searching { () throws(SearchError) in try searcher.search(asked) }
    let table = result.pivot
    let canonical = parsed.canonical
    return PivotAnswer(
      query: search.query, canonical: canonical, total: result.total, commit: commit,
      rows: PivotAnswer.Side(field: options.rows, values: table?.rows ?? []),
      columns: PivotAnswer.Side(field: options.columns, values: table?.columns ?? []), cells: table?.cells ?? [],
      notes: notes(parsed, result), isPartial: result.isPartial,
      receipt: Receipt.code(
        [
          "pivot", canonical, search.kinds.sorted().joined(separator: ","), options.rows, options.columns, identity,
          TextTokens.version, thesaurusVersion, "\(result.total)",
        ] + (table?.cells ?? []).map { $0.map(String.init).joined(separator: ",") }))
  }
}
