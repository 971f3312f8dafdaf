import QualityRecords
import Testing

@testable import dossier

@Suite struct ArgumentParserTests {
  private let parser = ArgumentParser(commands: CommandTable.commands)

  private func parsed(_ words: String...) throws -> ParsedArguments {
    guard case .run(let parsed) = try parser.parse(words) else { throw Fixture.Failure(text: "not run") }
    return parsed
  }

  private func failure(_ words: String...) -> QualityError? {
    do throws(QualityError) {
      _ = try parser.parse(words)
      return nil
    } catch { return error }
  }

  @Test func queriesKeepTheirSigns() throws {
    #expect(try parsed("search", "lead", "-coating", "+toys").line == "lead -coating +toys")
    #expect(try parsed("search", "--limit", "3", "a", "--", "--limit", "b").line == "a --limit b")
    #expect(try parsed("index", "-").words == ["-"])
  }

  @Test func repeatedAndListedFlags() throws {
    let arguments = try parsed("search", "x", "--index", "a", "--index=b", "--facet", "kind, province", "--facet=date")
    #expect(arguments.texts(CommonFlags.index) == ["a", "b"])
    #expect(arguments.list(Command.SearchFlags.facet) == ["kind", "province", "date"])
  }

  @Test func commonFlagsMayStandFirst() throws {
    let arguments = try parsed("--index", "a", "--json", "search", "x")
    #expect(arguments.texts(CommonFlags.index) == ["a"])
    #expect(arguments.has(CommonFlags.json))
    #expect(arguments.words == ["x"])
  }

  @Test func mistakesAreNamed() {
    #expect(failure("serch", "x")?.hint == "did you mean 'dossier search'?")
    #expect(failure("search", "x", "--limt", "3")?.hint == "did you mean '--limit'?")
    #expect(failure("search", "x", "--limit", "many")?.message.contains("whole number") == true)
    #expect(failure("search", "x", "--limit", "-1")?.message.contains("from 0 to") == true)
    #expect(failure("search", "x", "--limit")?.message == "--limit needs a value")
    #expect(failure("search", "x", "--limit", "--json")?.message == "--limit needs a value")
    #expect(failure("search", "x", "--limit", "1", "--limit", "2")?.message == "--limit is given twice")
    #expect(failure("search", "x", "--json=yes")?.message == "--json takes no value")
    #expect(failure("search", "x", "--kind", "inspecton")?.hint == "did you mean 'inspection'?")
    #expect(failure("search", "x", "--total", "exakt")?.hint == "did you mean 'exact'?")
    #expect(failure("passages")?.message == "passages needs QUERY…")
    #expect(failure("stats", "x")?.message == "stats does not know what to do with 'x'")
    #expect(failure("stats", "-v")?.message == "there is no flag '-v'")
    #expect(failure("completions", "bsh")?.hint == "did you mean 'bash'?")
    #expect(failure("--jsn", "search", "x")?.hint == "did you mean '--json'?")
    #expect(failure("search", "x", "--index=")?.message == "--index needs a DIR that is not empty")
  }

  @Test func helpWinsOverMissingWords() throws {
    guard case .help(let command?) = try parser.parse(["search", "--help"]) else {
      Issue.record("no help")
      return
    }
    #expect(command.name == "search")
  }

  @Test func nearestWords() {
    let words = ["search", "show", "stats", "merge", "completions"]
    #expect(NearestWord.find("sarch", among: words) == "search")
    #expect(NearestWord.find("hsow", among: words) == "show")
    #expect(NearestWord.find("comp", among: words) == "completions")
    #expect(NearestWord.find("zzz", among: words) == nil)
    #expect(NearestWord.find("", among: words) == nil)
    #expect(NearestWord.find(String(repeating: "a", count: 100_000), among: words) == nil)
    #expect(NearestWord.distance(Array("kitten".unicodeScalars), Array("sitting".unicodeScalars)) == 3)
  }

  @Test func shellWords() {
    #expect(ShellWord.quoted("formaldehyde") == "formaldehyde")
    #expect(ShellWord.quoted("甲醛") == "甲醛")
    #expect(ShellWord.quoted("it's") == "'it'\\''s'")
    #expect(ShellWord.quoted("a b") == "'a b'")
    #expect(ShellWord.quoted("$HOME") == "'$HOME'")
    #expect(ShellWord.quoted("") == "''")
  }
}
