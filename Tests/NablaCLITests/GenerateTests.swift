import Foundation
import NablaCLI
import Testing

/// What is made from the rows of commands and options holds every row, and can be loaded.
@Suite struct GenerateTests {
  @Test(arguments: ["man", "bash", "zsh", "fish"])
  func everyCommandAndOptionIsThere(kind: String) {
    let text = nabla(["generate", kind]).answers
    for command in Command.all { #expect(text.contains(command.name), "\(kind): \(command.name)") }
    for option in Option.all {
      let name = kind == "man" ? option.name.replacing("-", with: "\\-") : option.name
      let shown = kind == "man" ? "\\-\\-" + name : kind == "fish" ? "-l " + name : "--" + name
      #expect(text.contains(shown), "\(kind): \(option.name)")
    }
  }

  @Test func everyOptionIsInTheHelpOfItsCommands() {
    for command in Command.all {
      let text = nabla(["help", command.name]).answers
      for option in Option.all where command.accepts(option) {
        #expect(text.contains("--" + option.name), "\(command.name): \(option.name)")
      }
    }
  }

  /// Loads a script in its shell where that is installed, and asks for the completions of `nabla minimize --me`.
  @Test(arguments: [
    ("bash", "source \"$0\"; COMP_WORDS=(nabla minimize --me); COMP_CWORD=2; _nabla; echo ${COMPREPLY[@]}"),
    (
      "zsh",
      "autoload -Uz compinit && compinit -D -u; source \"$0\"; whence -w _nabla >/dev/null; which _nabla | grep -o -e --method | head -1"
    ),
    ("fish", "source $argv[1]; complete -C 'nabla minimize --me' | string split -f1 \\t"),
  ])
  func shellsLoadTheirCompletions(shell: String, script: String) throws {
    let places = ["/bin/", "/usr/bin/", "/usr/local/bin/"].map { $0 + shell }
    guard let program = places.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
      print("skipped: \(shell) is not installed")
      return
    }
    let file = FileManager.default.temporaryDirectory.appending(
      path: "nabla-\(UInt64.random(in: 0 ... .max)).\(shell)")
    try Data(nabla(["generate", shell]).answers.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = shell == "zsh" ? ["-f", "-c", script, file.path] : ["-c", script, file.path]
    // Into a file: reading a pipe is interrupted when some other test's process ends.
    let printed = file.appendingPathExtension("txt")
    _ = FileManager.default.createFile(atPath: printed.path, contents: nil)
    defer { try? FileManager.default.removeItem(at: printed) }
    let handle = try FileHandle(forWritingTo: printed)
    process.standardOutput = handle
    try process.run()
    process.waitUntilExit()
    try handle.close()
    let text = try String(contentsOf: printed, encoding: .utf8)
    #expect(process.terminationStatus == 0)
    #expect(text.split(whereSeparator: \.isWhitespace).contains("--method"))
  }

  @Test func whatCannotBeGeneratedIsSaid() {
    #expect(nabla(["generate", "powershell"]).exit == 2)
    #expect(nabla(["generate"]).remarks.contains("one of man, bash, zsh, fish"))
  }

  @Test func aFileIsWrittenWholeOrNotAtAll() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "nabla-\(UInt64.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "nabla.1").path
    #expect(nabla(["generate", "man", "-o", file]).exit == 0)
    #expect(try String(contentsOfFile: file, encoding: .utf8) == nabla(["generate", "man"]).answers)
    #expect(nabla(["generate", "bash", "-o", file]).exit == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["nabla.1"])
    let refused = nabla(["generate", "man", "-o", folder.path])
    #expect(refused.exit == 2)
    #expect(refused.remarks.contains("it is a directory"))
    #expect(
      nabla(["generate", "man", "-o", folder.path + "/no/such"]).remarks.contains("there is no folder"))
  }
}
