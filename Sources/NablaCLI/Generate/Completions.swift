/// The completions of bash, zsh and fish, made from the rows of `Command` and `Option`.
enum Completions {
  /// A shell that completes words.
  enum Shell: String, CaseIterable {
    case bash, zsh, fish
  }

  /// The script that a shell loads.
  static func text(for shell: Shell) -> String {
    switch shell {
    case .bash: bash
    case .zsh: zsh
    case .fish: fish
    }
  }

  private static func options(of command: Command) -> [Option] { command.options + Option.everywhere }

  private static func dashes(_ option: Option) -> [String] {
    ["--" + option.name] + (option.letter.map { ["-\($0)"] } ?? [])
  }

  /// A text between single quotes of a shell.
  private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }

  // MARK: bash

  private static var bash: String {
    var lines = [
      "# bash completion of nabla; made by: nabla generate bash",
      "_nabla() {",
      "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=grad place",
      "  for ((place = 1; place < COMP_CWORD; place++)); do",
      "    case ${COMP_WORDS[place]} in",
      "      \(Command.all.map(\.name).joined(separator: "|"))) command=${COMP_WORDS[place]}; break ;;",
      "    esac",
      "  done",
      "  COMPREPLY=()",
      "  case $before in",
    ]
    for option in Option.all {
      switch option.value {
      case .none: continue
      case .choice(let words):
        lines.append(
          "    \(dashes(option).joined(separator: "|"))) "
            + "COMPREPLY=($(compgen -W \(quoted(words.joined(separator: " "))) -- \"$word\")); return ;;")
      case .text("FILE"):
        lines.append(
          "    \(dashes(option).joined(separator: "|"))) COMPREPLY=($(compgen -f -- \"$word\")); return ;;")
      case .text, .integer: lines.append("    \(dashes(option).joined(separator: "|"))) return ;;")
      }
    }
    lines += ["  esac", "  case $word in", "    -*)", "      case $command in"]
    for command in Command.all {
      let words = options(of: command).flatMap(dashes).joined(separator: " ")
      lines.append("        \(command.name)) COMPREPLY=($(compgen -W \(quoted(words)) -- \"$word\")) ;;")
    }
    lines += [
      "      esac ;;",
      "    *)",
      "      if ((COMP_CWORD == 1)); then",
      "        COMPREPLY=($(compgen -W \(quoted(Command.all.map(\.name).joined(separator: " "))) -- \"$word\"))",
      "      elif [[ $command == help ]]; then",
      "        COMPREPLY=($(compgen -W \(quoted(Command.all.map(\.name).joined(separator: " "))) -- \"$word\"))",
      "      else",
      "        COMPREPLY=($(compgen -f -- \"$word\"))",
      "      fi ;;",
      "  esac",
      "}",
      "complete -F _nabla nabla",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: zsh

  /// `'--at[the point]:POINT:'` for `_arguments`.
  private static func zshSpecification(_ option: Option) -> [String] {
    let summary = zshEscaped(option.summary)
    let action: String =
      switch option.value {
      case .none: ""
      case .choice(let words): ":\(option.name):(\(words.joined(separator: " ")))"
      case .text("FILE"): ":file:_files"
      case .text(let name): ":\(zshEscaped(name)):"
      case .integer: ":number:"
      }
    return dashes(option).map { quoted("\(option.isRepeatable ? "*" : "")\($0)[\(summary)]\(action)") }
  }

  private static func zshEscaped(_ text: String) -> String {
    var result = ""
    for character in text {
      if "[]:\\".contains(character) { result += "\\" }
      result.append(character)
    }
    return result
  }

  private static var zsh: String {
    var lines = [
      "#compdef nabla", "# zsh completion of nabla; made by: nabla generate zsh", "_nabla() {",
      "  local command=${words[2]}", "  local -a commands", "  commands=(",
    ]
    for command in Command.all {
      lines.append("    \(quoted(command.name + ":" + zshEscaped(command.summary)))")
    }
    lines += [
      "  )", "  if ((CURRENT == 2)) && [[ ${words[2]} != -* ]]; then", "    _describe command commands",
      "    _files",
      "    return", "  fi", "  case $command in",
    ]
    for command in Command.all {
      let specifications = options(of: command).flatMap(zshSpecification).joined(separator: " \\\n        ")
      let operand =
        command.name == "help"
        ? "'*:command:(\(Command.all.map(\.name).joined(separator: " ")))'" : "'*:formula:_files'"
      lines += [
        "    \(command.name))", "      _arguments -s \\\n        \(specifications) \\\n        \(operand)",
        "      ;;",
      ]
    }
    let specifications = options(of: .grad).flatMap(zshSpecification).joined(separator: " \\\n        ")
    lines += [
      "    *)", "      _arguments -s \\\n        \(specifications) \\\n        '*:formula:_files'",
      "      ;;", "  esac", "}",
      "if [[ $funcstack[1] == _nabla ]]; then _nabla \"$@\"; else compdef _nabla nabla; fi",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: fish

  private static var fish: String {
    let names = Command.all.map(\.name).joined(separator: " ")
    var lines = [
      "# fish completion of nabla; made by: nabla generate fish",
      "set -l nabla_commands \(names)",
    ]
    for command in Command.all {
      lines.append(
        "complete -c nabla -n \"not __fish_seen_subcommand_from $nabla_commands\" -a \(command.name) "
          + "-d \(fishQuoted(command.summary))")
    }
    for option in Option.all {
      let owners = Command.all.filter { $0.accepts(option) }.map(\.name)
      var conditions = ["__fish_seen_subcommand_from \(owners.joined(separator: " "))"]
      if owners.contains("grad") { conditions.append("not __fish_seen_subcommand_from $nabla_commands") }
      let letter = option.letter.map { " -s \($0)" } ?? ""
      let value: String =
        switch option.value {
        case .none: ""
        case .choice(let words): " -x -a \(fishQuoted(words.joined(separator: " ")))"
        case .text("FILE"): " -r -F"
        case .text, .integer: " -x"
        }
      lines.append(
        "complete -c nabla -n \"\(conditions.joined(separator: "; or "))\" -l \(option.name)\(letter)\(value) "
          + "-d \(fishQuoted(option.summary))")
    }
    lines.append("complete -c nabla -n \"__fish_seen_subcommand_from help\" -x -a \"$nabla_commands\"")
    return lines.joined(separator: "\n") + "\n"
  }

  private static func fishQuoted(_ text: String) -> String {
    "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }
}
