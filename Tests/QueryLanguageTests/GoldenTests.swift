import QueryLanguage
import Testing

/// The table of golden parses.
@Suite struct GoldenTests {
  static let today = QueryDate.Day(year: 2026, month: 11, day: 22)

  @Test func theTableIsWhole() {
    #expect(GoldenParses.rows.count >= 500)
    #expect(Set(GoldenParses.rows.map(\.input)).count == GoldenParses.rows.count)
  }

  @Test func everyRowParsesAsWritten() {
    for row in GoldenParses.rows {
      do {
        let parsed = try QueryParser.parse(row.input, today: Self.today)
        let codes = parsed.repairs.map(\.code.rawValue) + parsed.notes.map { "(" + $0.code.rawValue + ")" }
        #expect(parsed.canonical == row.canonical, "\(row.input)")
        #expect(codes.joined(separator: " ") == row.codes, "\(row.input)")
      } catch {
        #expect(row.canonical == "!", "\(row.input): \(error)")
        #expect(error.code.text == row.codes, "\(row.input)")
      }
    }
  }

  @Test func canonicalTextsAreFixedPoints() throws {
    for row in GoldenParses.rows where row.canonical != "!" && !row.canonical.isEmpty {
      let parsed = try QueryParser.parse(row.canonical, strict: true)
      #expect(parsed.canonical == row.canonical)
      #expect(parsed.repairs.isEmpty)
      #expect(try QueryParser.parse(row.input, today: Self.today).syntax == parsed.syntax, "\(row.input)")
    }
  }

  @Test func strictRefusesExactlyWhatNeedsRepair() {
    for row in GoldenParses.rows where row.canonical != "!" {
      let repairs = row.codes.split(separator: " ").filter { !$0.hasPrefix("(") }
      do {
        _ = try QueryParser.parse(row.input, today: Self.today, strict: true)
        #expect(repairs.isEmpty, "\(row.input)")
      } catch {
        #expect(!repairs.isEmpty, "\(row.input): \(error)")
        guard case .needsRepair = error.code else { Issue.record("\(row.input): \(error)"); continue }
      }
    }
  }

  @Test func everyRepairAndNoteIsInTheTable() {
    let codes = Set(GoldenParses.rows.flatMap { $0.codes.split(separator: " ").map(String.init) })
    for code in QueryRepair.Code.allCases { #expect(codes.contains(code.rawValue), "\(code)") }
    for code in QueryNote.Code.allCases { #expect(codes.contains("(" + code.rawValue + ")"), "\(code)") }
  }
}
