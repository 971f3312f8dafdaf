import JSONText
import Records
import SearchEngine

/// Checks a list of enterprises: every row comes back, in order, with who it is, how sure that is, and what is known.
///
/// A reviewed list may be given back: rows with the verdict `accept` keep their enterprise, with new figures; `reject` puts
/// the next candidate forward and never that one again.
public struct MatchJob {
  /// The columns of the list, in order.
  public let columns: [String]
  public let encoding: TextEncoding
  public let separator: String
  public let hasMark: Bool
  /// The first rows as they came.
  public private(set) var sample: [TableReader.Row] = []

  private let index: QualityIndex
  private let options: MatchOptions
  private var table: TableReader
  private let resolver: EnterpriseResolver
  private let namePlace: Int
  private let licencePlace: Int?
  /// Where each own column stands in the list, where it does.
  private let ownPlaces: [MatchColumn: Int]
  private let outputColumns: [String]

  /// Rows shown when what was detected is to be judged.
  private static let sampleLength = 3

  /// Opens the list and looks at its header; nothing is written yet.
  ///
  /// - Throws: `usage` when a column is missing, with those that are there; what reading the file throws.
  public init(
    _ options: MatchOptions, path: String, source: any ByteSource, index: QualityIndex
  ) throws(QualityError) {
    self.index = index
    self.options = options
    resolver = EnterpriseResolver(index)
    do throws(RecordError) {
      table = try TableReader(path: path, source: source, encoding: options.encoding)
      while sample.count < Self.sampleLength, let row = try table.next() { sample.append(row) }
    } catch { throw QualityError(error) }
    columns = table.columns
    encoding = table.encoding
    separator = table.separator
    hasMark = table.hasMark
    namePlace = try Self.place(of: options.nameColumn, in: table.columns, path: path)
    var licencePlace: Int?
    if let column = options.licenceColumn { licencePlace = try Self.place(of: column, in: table.columns, path: path) }
    self.licencePlace = licencePlace
    var own: [MatchColumn: Int] = [:]
    for column in MatchColumn.allCases { own[column] = table.columns.firstIndex(of: column.rawValue) }
    ownPlaces = own
    outputColumns = table.columns + MatchColumn.allCases.filter { own[$0] == nil }.map(\.rawValue)
  }

  private static func place(of column: String, in columns: [String], path: String) throws(QualityError) -> Int {
    let wanted = column.trimmedWhitespace
    let place =
      columns.firstIndex(of: wanted) ?? columns.firstIndex { $0.lowercased() == wanted.lowercased() }
    guard let place else {
      throw QualityError(
        "no-such-column", "\(path) has no column '\(column)'",
        hint: columns.isEmpty ? "the file is empty" : "its columns are: \(columns.joined(separator: ", "))")
    }
    return place
  }

  /// Reads the list to its end.
  ///
  /// - Parameter write: takes pieces of the CSV; false ends the job.
  /// - Parameter progress: hears how many rows are done, now and then.
  /// - Cost: some 10 µs a row and candidate; memory is that of a row.
  public mutating func run(
    progress: (Int) -> Void = { _ in }, _ write: ([UInt8]) throws(QualityError) -> Bool
  ) throws(QualityError) -> MatchAnswer {
    var answer = MatchAnswer(
      encoding: encoding.rawValue, separator: separator, columns: columns, commit: index.commit)
    var counts: [String: Int] = [:]
    var csv = CSVWriter(guardsFormulas: !options.isRaw)
    csv.row(outputColumns)
    var waiting = sample[...]
    while true {
      let row: TableReader.Row
      if let first = waiting.popFirst() {
        row = first
      } else {
        do throws(RecordError) {
          guard let next = try table.next() else { break }
          row = next
        } catch { throw QualityError(error) }
      }
      answer.rows += 1
      var cells: [String]
      let rung: String
      switch row {
      case .fields(let fields, _):
        cells = fields + Array(repeating: "", count: outputColumns.count - fields.count)
        rung = try resolve(&cells, &answer)
      case .malformed(let raw, let reason, let line):
        answer.malformed += 1
        cells = Array(repeating: "", count: outputColumns.count)
        cells[0] = raw ?? ""
        rung = "none"
        set(.rung, rung, &cells)
        set(.note, "line \(line): \(reason)", &cells)
      }
      counts[rung, default: 0] += 1
      csv.row(cells)
      if csv.bytes.count >= 64 << 10, try !write(csv.take()) { break }
      if answer.rows % 256 == 0 { progress(answer.rows) }
    }
    _ = try write(csv.take())
    let order = Rung.allCases.map(\.name) + ["none"]
    answer.byRung = order.compactMap { rung in counts[rung].map { (rung, $0) } }
    return answer
  }

  // MARK: One row

  private func place(_ column: MatchColumn) -> Int {
    ownPlaces[column] ?? outputColumns.firstIndex(of: column.rawValue) ?? 0
  }

  private func set(_ column: MatchColumn, _ text: String, _ cells: inout [String]) { cells[place(column)] = text }

  private func resolve(_ cells: inout [String], _ answer: inout MatchAnswer) throws(QualityError) -> String {
    let name = Self.unguarded(cells[namePlace])
    let licence = licencePlace.map { Self.unguarded(cells[$0]) } ?? ""
    let verdict = cells[place(.verdict)].trimmedWhitespace.lowercased()
    let known = cells[place(.id)].trimmedWhitespace
    var rejected = cells[place(.rejected)].split(separator: " ").map(String.init)
    if verdict == "accept", !known.isEmpty {
      answer.accepted += 1
      return try keep(known, &cells)
    }
    if verdict == "reject" {
      answer.rejected += 1
      if !known.isEmpty, !rejected.contains(known) { rejected.append(known) }
    }
    let candidates = try resolver.candidates(name: name, licence: licence).filter { !rejected.contains($0.id) }
    for column in MatchColumn.allCases where column != .verdict { set(column, "", &cells) }
    set(.rejected, rejected.joined(separator: " "), &cells)
    // A verdict is on a candidate: the next one is still to be judged.
    if verdict == "reject", !candidates.isEmpty { set(.verdict, "", &cells) }
    guard let best = candidates.first, best.isMatch else {
      set(.rung, "none", &cells)
      set(.hits, "0", &cells)
      if !candidates.isEmpty {
        set(.others, candidates.map(\.id).joined(separator: " "), &cells)
        set(.note, "like these, not sure", &cells)
      }
      return "none"
    }
    set(.rung, best.rung, &cells)
    set(.confidence, Self.twoDecimals(best.confidence), &cells)
    set(.note, best.note, &cells)
    set(.others, candidates.dropFirst().map(\.id).joined(separator: " "), &cells)
    try setFigures(best.id, &cells)
    return best.rung
  }

  /// A row that a reviewer has accepted: its enterprise stays, whatever the name would find now.
  private func keep(_ id: String, _ cells: inout [String]) throws(QualityError) -> String {
    let rung = cells[place(.rung)].trimmedWhitespace
    set(.confidence, "1.00", &cells)
    let isThere = try setFigures(id, &cells)
    set(.note, isThere ? "accepted" : "accepted; no enterprise has this id now", &cells)
    return Rung.allCases.contains { $0.name == rung } ? rung : "exact"
  }

  @discardableResult
  private func setFigures(_ id: String, _ cells: inout [String]) throws(QualityError) -> Bool {
    set(.id, id, &cells)
    let kind = Schema.enterprise.kind
    let searcher = index.searcher
    guard let number = try index.searching({ () throws(SearchError) in try searcher.hubNumber(id: id, of: kind) })
    else {
      set(.hits, "0", &cells)
      return false
    }
    let figures = try index.searching { () throws(SearchError) in
      try searcher.hubFigures([number], of: kind, EnterpriseOptions.measures)
    }
    let record = try index.searching { () throws(SearchError) in try searcher.hubRecord(number, of: kind) }
    set(.name, record["name"]?.stringValue ?? "", &cells)
    set(.hits, String(figures.first?.records ?? 0), &cells)
    set(.lastViolation, figures.first?.latestWithItems.flatMap { HubFigures.text($0) } ?? "", &cells)
    return true
  }

  /// Without the apostrophe that keeps a spreadsheet from reading a formula.
  private static func unguarded(_ cell: String) -> String {
    guard cell.hasPrefix("'"), CSVWriter.isFormula(String(cell.dropFirst())) else { return cell }
    return String(cell.dropFirst())
  }

  private static func twoDecimals(_ value: Double) -> String {
    let hundredths = Int((min(max(value, 0), 1) * 100).rounded())
    return hundredths == 100 ? "1.00" : "0." + (hundredths < 10 ? "0" : "") + String(hundredths)
  }
}
