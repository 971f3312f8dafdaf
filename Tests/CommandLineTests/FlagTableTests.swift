import Foundation
import Testing

@testable import dossier

@Suite struct FlagTableTests {
  let commands = CommandTable.commands

  @Test func everyFlagIsInHelpManAndCompletions() throws {
    let screen = Screen(isTerminal: false, width: 80, hasColor: false, isASCII: false)
    let manual = ManualPage(commands: commands).text()
    let completions = Completions(commands: commands)
    let bash = completions.text(for: .bash)
    let zsh = completions.text(for: .zsh)
    let fish = completions.text(for: .fish)
    for command in commands {
      let help = HelpText(screen: screen).page(command)
      let fishLines = fish.split(separator: "\n").filter { $0.contains("from \(command.name)'") }
      let zshPart = try #require(zsh.range(of: "        \(command.name))\n")).upperBound
      let zshEnd = try #require(zsh.range(of: " ;;\n", range: zshPart..<zsh.endIndex)).lowerBound
      let zshSection = zsh[zshPart..<zshEnd]
      let bashFlags = try #require(bash.range(of: "    \(command.name))\n      if")).upperBound
      let bashSection = bash[bashFlags...].split(separator: "\n").prefix(2).joined()
      for flag in command.flags {
        #expect(help.contains("  \(flag.usage)"), "\(command.name) \(flag.name) is not in the help")
        #expect(manual.contains("\\fB\(flag.spelling.replacing("-", with: "\\-"))\\fR"), "\(flag.name): man")
        #expect(bashSection.contains("\(flag.spelling)"), "\(command.name) \(flag.name): bash")
        #expect(zshSection.contains("\(flag.spelling)"), "\(command.name) \(flag.name): zsh")
        #expect(fishLines.contains { $0.contains(" -l \(flag.name) ") }, "\(command.name) \(flag.name): fish")
      }
    }
  }

  @Test func everyFlagIsTakenByTheParser() throws {
    let parser = ArgumentParser(commands: commands)
    for command in commands {
      for flag in command.flags where flag != CommonFlags.help {
        let value: String =
          switch flag.value {
          case .none: ""
          case .choice(let words): words[0]
          case .list(_, let words): words.first ?? "field"
          case .integer(_, let range): String(range.lowerBound)
          default: "x"
          }
        var words = Array(repeating: "word", count: command.words.count.lowerBound)
        if case .choice(let choices) = command.words.kind { words = [choices[0]] }
        let both = value.isEmpty ? [[flag.spelling]] : [[flag.spelling, value], ["\(flag.spelling)=\(value)"]]
        for spelling in both {
          guard case .run(let parsed) = try parser.parse([command.name] + words + spelling) else {
            Issue.record("\(command.name) \(spelling)")
            continue
          }
          #expect(parsed.text(flag) == value)
        }
      }
    }
  }

  @Test func namesAreUsedOnce() {
    #expect(Set(commands.map(\.name)).count == commands.count)
    for command in commands {
      #expect(Set(command.flags.map(\.name)).count == command.flags.count, "\(command.name)")
      #expect(!command.examples.isEmpty)
      for example in command.examples { #expect(example.line.contains("dossier \(command.name)")) }
    }
  }

  @Test func everyExampleIsParsed() throws {
    let parser = ArgumentParser(commands: commands)
    for command in commands {
      for example in command.examples where !example.line.contains("(") {
        // What stands before and behind the command in a pipe or redirection is another program's.
        let line = example.line.split(separator: "|").first { $0.contains("dossier ") } ?? ""
        let plain = line.prefix { $0 != ">" }.replacing("'", with: "")
        let words = plain.split(separator: " ").map(String.init)
        #expect(throws: Never.self) { _ = try parser.parse(Array(words.dropFirst())) }
      }
    }
  }
}
