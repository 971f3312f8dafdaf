import Foundation
import JSONText
import Testing

@testable import dossier

/// The time that an answer may take: every command that asks the index ends when it is up.
@Suite struct DeadlineTests {
  /// Words that each such command can be asked with.
  private static let words: [String: [String]] = [
    "search": ["formaldehyde"], "enterprises": ["furniture"], "pivot": ["province", "kind"],
    "history": ["E1"], "trace": ["wardrobe"], "duties": [], "passages": ["furniture"], "cite": ["D1#p1"],
    "quote-check": ["Furniture makers keep a quality file."], "refs": ["D1#p1"], "show": ["N1"], "coverage": [],
    "verify": ["R-0000-0000-0000-0000", "lead"], "why-not": ["N1", "lead"], "suggest": ["hong"],
    "thesaurus": ["furniture"], "run": ["kept"], "watch": ["kept"], "diff": ["kept"],
  ]

  /// A millisecond is nearly always up before an answer is made: the answer is called partial, or is an error that says why. A
  /// quiet machine makes some of these small answers in time: they are asked again.
  @Test func everyAnswerEndsWhenItsTimeIsUp() throws {
    let workspace = try Fixture.workspace()
    let state = ["--state", "state"]
    #expect(try workspace.run(["save", "kept", "formaldehyde"] + state).code == 0)
    for command in CommandTable.commands where command.flags.contains(CommonFlags.timeout) {
      let words = try #require(Self.words[command.name], "\(command.name) has a time limit and no words here")
      let flags = command.group == .saved ? state : []
      let whole = try workspace.run([command.name] + words + flags + ["--json"])
      #expect([0, 1, 10].contains(whole.code), "\(command.name): \(whole.code) \(whole.errors)")
      var cut = try workspace.run([command.name] + words + flags + ["--json", "--timeout", "1"])
      for _ in 0..<50 where cut.code == whole.code {
        cut = try workspace.run([command.name] + words + flags + ["--json", "--timeout", "1"])
      }
      #expect(cut.code == 3, "\(command.name): \(cut.code) \(cut.output) \(cut.errors)")
      let answer = try JSONValue(parsing: cut.output)
      #expect(
        answer["partial"] == .bool(true) || answer["error"]?["code"]?.stringValue == "deadline",
        "\(command.name): \(cut.output)")
    }
  }

  /// Drawing the query under each of a thousand notes took longer than the search.
  @Test func ofManyNotesTheFirstAreSaid() throws {
    let workspace = try Fixture.workspace()
    let words = Array(repeating: "furniture", count: 40)
    let answer = try JSONValue(parsing: workspace.run(["search"] + words + ["--json"]).output)
    let notes = try #require(answer["notes"]?.arrayValue).count
    #expect(notes > 12)
    let run = try workspace.run(["search"] + words)
    #expect(run.errors.split(separator: "\n").count { $0.hasPrefix("note: ") } <= 14, "\(run.errors)")
    #expect(run.errors.contains("note: \(notes - 12) more notes"), "\(run.errors)")
  }

  @Test func commandsOfAnswersHaveATimeLimit() {
    // `match` reads a file of any length, and `serve` has limits of its own.
    for command in CommandTable.commands where command.group == .answers && !["match", "serve"].contains(command.name) {
      #expect(command.flags.contains(CommonFlags.timeout), "\(command.name)")
    }
  }

  /// Fault 16: `enterprises` had no deadline; a thousand patterns took it as long as it liked.
  @Test func aHostileQueryOfEnterprisesIsCut() throws {
    let workspace = try Fixture.workspace()
    var records = ""
    for number in 0..<300 {
      records += "{\"kind\":\"inspection\",\"id\":\"M\(number)\",\"enterprise\":\"E1\",\"text\":\""
      for word in 0..<40 { records += "w\(number * 40 + word) a\(word)b " }
      records += "\"}\n"
    }
    try workspace.write("more.jsonl", records)
    #expect(try workspace.run("index", "more.jsonl").code == 0)
    let query = Array(repeating: "a*b OR w?1* OR *1 OR", count: 60).joined(separator: " ") + " last"
    let clock = ContinuousClock.now
    let run = try workspace.run("enterprises", query, "--json", "--timeout", "50")
    let elapsed = ContinuousClock.now - clock
    #expect([2, 3].contains(run.code), "\(run.code) \(run.errors)")
    // A debug build under a sanitizer on a busy machine opens and parses within this, whatever the query is.
    #expect(elapsed < .seconds(20), "\(elapsed)")
  }
}
