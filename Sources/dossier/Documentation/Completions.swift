/// Completions for a shell, from the table of commands.
struct Completions {
  enum Shell: String, CaseIterable, Sendable { case bash, zsh, fish }

  let commands: [Command]

  func text(for shell: Shell) -> String {
    switch shell {
    case .bash: bash()
    case .zsh: zsh()
    case .fish: fish()
    }
  }

  // MARK: bash

  private func bash() -> String {
    var text = """
      # dossier completions for bash: source <(dossier completions bash)
      _dossier() {
        local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" command="" word
        for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
          case "$word" in
            -*) ;;
            \(commands.map(\.name).joined(separator: "|"))) command="$word"; break ;;
          esac
        done
        case "$command:$previous" in

      """
    for command in commands {
      for flag in command.flags where flag.placeholder != nil {
        text += "    \(command.name):\(flag.spelling)) \(bashValues(flag.value)); return ;;\n"
      }
    }
    text += """
        esac
        case "$command" in
          "") COMPREPLY=($(compgen -W "\(commands.map(\.name).joined(separator: " ")) --help --version" -- "$current")) ;;

      """
    for command in commands {
      let flags = command.flags.map(\.spelling).joined(separator: " ")
      text += "    \(command.name))\n      if [[ \"$current\" == -* ]]; then\n"
      text += "        COMPREPLY=($(compgen -W \"\(flags)\" -- \"$current\"))\n"
      if let values = bashWords(command.words.kind) { text += "      else\n        \(values)\n" }
      text += "      fi ;;\n"
    }
    return text + "  esac\n}\ncomplete -F _dossier dossier\n"
  }

  private func bashValues(_ value: Flag.Value) -> String {
    switch value {
    case .none, .text, .integer: "COMPREPLY=()"
    case .choice(let words), .list(_, let words):
      words.isEmpty ? "COMPREPLY=()" : "COMPREPLY=($(compgen -W \"\(words.joined(separator: " "))\" -- \"$current\"))"
    case .file: "COMPREPLY=($(compgen -f -- \"$current\"))"
    case .folder: "COMPREPLY=($(compgen -d -- \"$current\"))"
    }
  }

  private func bashWords(_ kind: Command.Words.Kind) -> String? {
    switch kind {
    case .none, .text: nil
    case .paths: bashValues(.file(""))
    case .choice(let words): bashValues(.choice(words))
    case .commands: bashValues(.choice(commands.map(\.name)))
    }
  }

  // MARK: zsh

  private func zsh() -> String {
    var text = "#compdef dossier\n# dossier completions for zsh: dossier completions zsh > \"${fpath[1]}/_dossier\"\n"
    text += "_dossier() {\n  local context state state_descr line\n  typeset -A opt_args\n"
    text +=
      "  _arguments -C '(- *)--help[show help]' '(- *)--version[show the release]' '1: :->command' '*:: :->words'\n"
    text += "  case $state in\n    command)\n      local -a commands=(\n"
    for command in commands { text += "        '\(command.name):\(zshText(command.summary))'\n" }
    text += "      )\n      _describe command commands ;;\n    words)\n      case $words[1] in\n"
    for command in commands {
      text += "        \(command.name))\n          _arguments -s"
      for flag in command.flags {
        let repeated = flag.repeats ? "*" : ""
        text += " \\\n            '\(repeated)\(flag.spelling)"
        text += flag.placeholder == nil ? "" : "="
        text += "[\(zshText(flag.summary))]\(zshValue(flag.value))'"
      }
      if let words = zshWords(command.words) { text += " \\\n            '\(words)'" }
      text += " ;;\n"
    }
    return text + "      esac ;;\n  esac\n}\n_dossier \"$@\"\n"
  }

  private func zshValue(_ value: Flag.Value) -> String {
    switch value {
    case .none: ""
    case .text(let name), .integer(let name, _): ":\(zshText(name)):"
    case .choice(let words): ":value:(\(words.joined(separator: " ")))"
    case .list(let name, let words):
      words.isEmpty ? ":\(zshText(name)):" : ":\(zshText(name)):_values -s , \(name) \(words.joined(separator: " "))"
    case .file(let name): ":\(zshText(name)):_files"
    case .folder(let name): ":\(zshText(name)):_files -/"
    }
  }

  private func zshWords(_ words: Command.Words) -> String? {
    switch words.kind {
    case .none, .text: nil
    case .paths: "*:path:_files"
    case .choice(let choices): "1:word:(\(choices.joined(separator: " ")))"
    case .commands: "1:command:(\(commands.map(\.name).joined(separator: " ")))"
    }
  }

  private func zshText(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "'": result += "'\\''"
      case "[", "]", ":", "\\": result += "\\\(character)"
      default: result.append(character)
      }
    }
    return result
  }

  // MARK: fish

  private func fish() -> String {
    var text = "# dossier completions for fish: dossier completions fish > ~/.config/fish/completions/dossier.fish\n"
    text += "complete -c dossier -f\n"
    text += "complete -c dossier -n __fish_use_subcommand -l help -d 'show help'\n"
    text += "complete -c dossier -n __fish_use_subcommand -l version -d 'show the release'\n"
    for command in commands {
      let condition = "-n '__fish_seen_subcommand_from \(command.name)'"
      text += "complete -c dossier -n __fish_use_subcommand -a \(command.name) -d '\(fishText(command.summary))'\n"
      for flag in command.flags {
        text += "complete -c dossier \(condition) -l \(flag.name)\(fishValue(flag.value))"
        text += " -d '\(fishText(flag.summary))'\n"
      }
      switch command.words.kind {
      case .none, .text: break
      case .paths: text += "complete -c dossier \(condition) -F\n"
      case .choice(let words): text += "complete -c dossier \(condition) -a '\(words.joined(separator: " "))'\n"
      case .commands:
        text += "complete -c dossier \(condition) -a '\(commands.map(\.name).joined(separator: " "))'\n"
      }
    }
    return text
  }

  private func fishValue(_ value: Flag.Value) -> String {
    switch value {
    case .none: ""
    case .text, .integer: " -x"
    case .choice(let words): " -x -a '\(words.joined(separator: " "))'"
    case .list(_, let words): words.isEmpty ? " -x" : " -x -a '\(words.joined(separator: " "))'"
    case .file: " -r -F"
    case .folder: " -x -a '(__fish_complete_directories)'"
    }
  }

  private func fishText(_ text: String) -> String {
    text.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
  }
}
