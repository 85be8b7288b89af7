import Foundation
import NablaBasics
import Testing

/// Options of pictures: none is passed over in silence, and Ctrl-C leaves nothing behind.
@Suite struct PictureOptionTests {
  @Test(
    arguments: [
      (["plot", "x^2", "--surface"], "--surface is for formulas of two variables, not for formulas of one"),
      (
        ["plot", "x^2", "--levels", "5"], "--levels is for formulas of two variables, not for formulas of one"
      ),
      (["plot", "x^2 + y^2", "--surface", "--levels", "5"], "--levels is for contours, not for a surface"),
      (["plot", "x^2", "--theme", "dark"], "--theme is for .svg and .html files, not for the terminal"),
      (
        ["plot", "x^2", "--ascii", "-o", "f.svg"],
        "--ascii is for the terminal and .txt files, not for .svg files"
      ),
      (
        ["minimize", "x^2 + y^2 + z^2", "--from", "1,2,3", "--plot", "--field"],
        "--field is for formulas of one or two variables, not for formulas of 3"
      ),
      (
        ["plot", "x^2", "--size", "800x600"],
        "--size is width x height in cells of a terminal, from 20x6 to 400x200, not ‘800x600’"
      ),
      (["plot", "x^2", "--size", "800x600"], "such as 80x24; with -o f.svg it is in pixels"),
      (
        ["plot", "x^2", "--size", "80x24", "-o", "f.svg"],
        "such as 800x600; without -o, or for a .txt file, it is in cells"
      ),
      (["plot", "x^2", "--size", "80"], "such as 80x24\n"),
    ] as [([String], String)])
  func refused(arguments: [String], sentence: String) {
    let said = nabla(arguments)
    #expect(said.exit == 2)
    #expect(said.remarks.contains(sentence), "\(said.everything)")
    #expect(!FileManager.default.fileExists(atPath: "f.svg"))
  }

  @Test("One range without a name is the window of all variables")
  func oneRange() throws {
    let file = FileManager.default.temporaryDirectory.appending(
      path: "nabla-\(UInt64.random(in: 0 ... .max)).svg")
    defer { try? FileManager.default.removeItem(at: file) }
    let said = nabla(["plot", "x^2 + y^4", "--window", "-3..3", "-o", file.path])
    #expect(said.exit == 0)
    let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    #expect(text.contains("for x from −3 to 3 and y from −3 to 3"))
  }

  @Test("An interrupted plot says nothing more, leaves no file and ends with 130")
  func interrupted() {
    let cancellation = Cancellation()
    cancellation.cancel()
    let file = FileManager.default.temporaryDirectory.appending(
      path: "nabla-\(UInt64.random(in: 0 ... .max)).svg")
    let said = nabla(["plot", "x^2 + y^2", "-o", file.path], cancellation: cancellation)
    #expect(said.exit == 130)
    #expect(!said.everything.contains("wrote"))
    #expect(!FileManager.default.fileExists(atPath: file.path))
    let shown = nabla(["plot", "x^2"], cancellation: cancellation)
    #expect(shown.exit == 130)
    #expect(!shown.answers.contains("│"))
  }

  @Test("The window that is told tells its ends apart")
  func window() {
    let said = nabla(["plot", "(x - 1e9)^2"])
    #expect(said.remarks.contains("x=999999990..1000000010"), "\(said.remarks)")
    #expect(said.answers.contains("x − 10⁹"))
  }

  @Test(
    "No line of a picture is longer than the terminal",
    arguments: ["x^2", "(x - 1e9)^2", "3x^2 + 8xy - 3y^5", "1e-9 x"])
  func width(text: String) {
    for columns in ["40", "80"] {
      let said = nabla(["plot", text, "--size", "\(columns)x20"])
      let lines = said.answers.split(separator: "\n").dropFirst(2)
      #expect(lines.allSatisfy { $0.count <= Int(columns) ?? 0 }, "\(said.answers)")
    }
  }
}
