import Records

// Counts by two groupings.
extension Searcher {
  /// Refuses groupings that the kinds searched do not have.
  func checkPivot(_ pivot: PivotRequest, _ kinds: [Schema]) throws(SearchError) {
    for side in [pivot.rows, pivot.columns] {
      switch side {
      case .kind: continue
      case .values(let name):
        let fields = Self.groupingFields(name, kinds)
        let fits =
          !fields.isEmpty
          && fields.allSatisfy { field in
            switch field.type {
            case .keyword, .name, .code, .ordered, .boolean: true
            case .date, .number, .text: false
            }
          }
        guard fits else { throw Self.unfitGrouping(name, kinds, isDate: fields.contains { $0.type == .date }) }
      case .dates(let name, let grain):
        let isDate = kinds.contains { schema in
          schema.index(of: name).map { schema.fields[$0].type == .date } ?? false
        }
        guard isDate else {
          throw SearchError(
            .badFieldUse, "'\(name)' is no date that could be counted by \(grain.rawValue)",
            hint: "dates are: \(Self.names(kinds) { $0 == .date })")
        }
      }
    }
  }

  /// The fields of a name: of its full name where any kind has one, else those that the name finds in a query.
  private static func groupingFields(_ name: String, _ kinds: [Schema]) -> [FieldDefinition] {
    let exact = kinds.compactMap { schema in schema.index(of: name).map { schema.fields[$0] } }
    if !exact.isEmpty { return exact }
    return kinds.flatMap { schema in
      QueryPlanner.fields(named: name, in: schema).map { schema.fields[$0] }
    }.filter { $0.group != name }
  }

  private static func unfitGrouping(_ name: String, _ kinds: [Schema], isDate: Bool) -> SearchError {
    if isDate {
      return SearchError(
        .badFieldUse, "'\(name)' is a date: it is counted by a span",
        hint: DateGrain.allCases.map { "\(name):\($0.rawValue)" }.joined(separator: ", "))
    }
    let fields = names(kinds) { type in
      switch type {
      case .keyword, .name, .code, .ordered, .boolean: true
      case .date, .number, .text: false
      }
    }
    return SearchError(.badFieldUse, "records cannot be counted by '\(name)'", hint: "fields are: kind, \(fields)")
  }

  private static func names(_ kinds: [Schema], _ fits: (FieldType) -> Bool) -> String {
    Set(kinds.flatMap { schema in schema.fields.filter { fits($0.type) }.map(\.name) }).sorted().joined(separator: ", ")
  }

  func pivotCollector(
    _ pivot: PivotRequest, _ segments: [SegmentContext]
  ) throws(IndexError) -> PivotCollector {
    func groups(_ side: PivotRequest.Grouping) throws(IndexError) -> RecordGroups {
      switch side {
      case .kind: try recordGroups(.kind, segments)
      case .values(let name): try recordGroups(.values(name), segments)
      case .dates(let name, let grain): try recordGroups(.dates(name, grain), segments)
      }
    }
    return PivotCollector(rows: try groups(pivot.rows), columns: try groups(pivot.columns))
  }

  func pivotResult(_ collector: PivotCollector) -> PivotResult {
    let sums = collector.sums()
    let rows = Self.ordered(collector.rows, sums.rows)
    let columns = Self.ordered(collector.columns, sums.columns)
    func group(_ groups: RecordGroups, _ number: UInt32?, _ counts: [UInt32?: Int]) -> PivotResult.Group {
      PivotResult.Group(name: number.map { groups.names[Int($0)] }, count: counts[number] ?? 0)
    }
    return PivotResult(
      rows: rows.map { group(collector.rows, $0, sums.rows) },
      columns: columns.map { group(collector.columns, $0, sums.columns) },
      cells: rows.map { row in
        columns.map { sums.cells[PivotCollector.Cell(row: row, column: $0)] ?? 0 }
      })
  }

  private static func ordered(_ groups: RecordGroups, _ counts: [UInt32?: Int]) -> [UInt32?] {
    counts.keys.sorted { left, right in
      guard let left else { return false }
      guard let right else { return true }
      let (a, b) = (counts[left] ?? 0, counts[right] ?? 0)
      // Groups are numbered in byte order, or in an order of their own.
      return groups.isOrdered || a == b ? left < right : a > b
    }
  }
}
