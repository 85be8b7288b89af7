import FoundationEssentials
import NablaBasics
import NablaCLI
import Testing

struct RunTests {
  @Test(
    "The exit tells answered from no and from not understood",
    arguments: [
      (["x^2"], 0), (["eval", "ln x", "--at", "-1"], 1), (["eval", "ln x", "--at", "1"], 0), (["x +"], 2),
      (["--nonsense"], 2), ([], 2), (["help"], 0), (["--version"], 0),
      (["minimize", "x^3", "--from", "-1"], 1),
      (["minimize", "x^2", "--from", "1"], 0), (["minimize", "x^2", "--from", "1", "--max", "0"], 1),
      (["minimize", "x^2", "--from", "1", "--steps", "1"], 0), (["eval", "1/x", "--at", "0"], 1),
      (["grad", "ln x", "--at", "-1", "--json"], 1), (["1/2x", "--strict"], 2),
    ] as [([String], Int32)])
  func exits(arguments: [String], exit: Int32) {
    let said = nabla(arguments)
    #expect(said.exit == exit, "\(said.everything)")
  }

  @Test(
    "Options that would do nothing are refused",
    arguments: [
      ("--global --within -1..1 --from 3", "--from and --global do not go together"),
      ("--global --within -1..1 --method gd", "--method and --global do not go together"),
      ("--global --within -1..1 --trace", "--trace and --global do not go together"),
      ("--starts 3 --trace", "--trace and --starts do not go together"),
    ])
  func optionsThatDoNothing(options: String, sentence: String) {
    let said = nabla(["minimize", "x^2"] + options.split(separator: " ").map(String.init))
    #expect(said.exit == 2)
    #expect(said.remarks.contains(sentence), "\(said.everything)")
  }

  @Test("Steps that are done are no minimum")
  func startsOfFewSteps() {
    let said = nabla([
      "minimize", "(x-1)^4", "--starts", "3", "--steps", "2", "--method", "gd", "--rate", "0.001",
    ])
    #expect(said.exit == 1)
    #expect(said.answers.contains("no start led to a minimum"), "\(said.answers)")
    #expect(nabla(["minimize", "x^2", "--starts", "3", "--within=-1e308..1e308"]).exit == 0)
  }

  @Test("Places of a global minimum are shown to the digits that their boxes tell")
  func placesOfAllSizes() {
    let far = nabla(["minimize", "|x - 1e300|", "--within", "0..1e301", "--global"])
    #expect(far.answers.contains("at x = 1e300"), "\(far.answers)")
    let near = nabla(["minimize", "(1e20x-1e6)^2", "--within", "0..1", "--global"])
    #expect(near.answers.contains("at x = 1e−14"), "\(near.answers)")
  }

  @Test("A reason names the formula's own variable")
  func ownVariable() {
    let said = nabla(["minimize", "-r^2"])
    #expect(said.everything.contains("near r ") && !said.everything.contains("near x "), "\(said.everything)")
  }

  @Test(
    "A small box is searched beside the walk, also where no walk ends at its least value",
    arguments: [
      ("-20exp(-0.2sqrt((x^2 + y^2)/2)) - exp((cos(2pi x) + cos(2pi y))/2) + 20 + e", "-32..32"),
      ("2ceil(x)", "-3..-2"),
    ])
  func smallBox(formula: String, box: String) {
    let said = nabla(["minimize", formula, "--within=\(box)"])
    #expect(said.exit == 0 && said.everything.contains("global minimum"), "\(said.everything)")
  }

  @Test("A walk that cannot leave a corner of the domain begins inside")
  func cornerOfDomain() {
    let said = nabla(["maximize", "K^0.3*L^0.6 - 0.1K - 0.2L"])
    #expect(said.exit == 0 && said.everything.contains("59049"), "\(said.everything)")
  }

  @Test("Answers go to one stream; notes, hints and errors to the other")
  func streams() {
    let noted = nabla(["1/2x"])
    #expect(noted.remarks.hasPrefix("note: "))
    #expect(noted.answers.hasPrefix("f(x) = "))
    let quiet = nabla(["1/2x", "-q"])
    #expect(quiet.remarks.isEmpty)
    #expect(quiet.answers == noted.answers)
    let wrong = nabla(["x +", "-q"])
    #expect(wrong.answers.isEmpty)
    #expect(wrong.remarks.hasPrefix("error: "))
  }

  @Test("A full disk is told, and is no success")
  func fullDisk() {
    let said = nabla(["x^2"], failing: .refused("no space left on the device"))
    #expect(said.exit == 2)
    #expect(said.remarks == "error: the answer could not be written: no space left on the device\n")
  }

  @Test("A reader that has gone ends the run quietly")
  func closedPipe() {
    let said = nabla(["x^2"], failing: .closed)
    #expect(said.exit == 141)
    #expect(said.remarks.isEmpty)
    let endless = String(repeating: "{\"formula\": \"x\"}\n", count: 1000)
    #expect(nabla(["eval", "--json-lines"], input: endless, failing: .closed).exit == 141)
  }

  @Test("Ctrl-C ends a descent with the best point so far, and the run with 130")
  func interrupted() {
    let cancellation = Cancellation()
    cancellation.cancel()
    let said = nabla(["minimize", "x^2", "--from", "3"], cancellation: cancellation)
    #expect(said.exit == 130)
    #expect(said.answers.contains("interrupted"))
    #expect(said.answers.contains("x = 3"))
    #expect(nabla(["eval", "--json-lines"], input: "{}\n", cancellation: cancellation).exit == 130)
  }

  @Test("Colours change nothing but colours")
  func colours() {
    for arguments in [["x^2 + y"], ["eval", "x y", "--at", "1,2"], ["hessian", "x^2"], ["help"]] {
      let plain = nabla(arguments + ["--color", "never"]).answers
      let coloured = nabla(arguments + ["--color", "always"]).answers
      #expect(coloured != plain)
      #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
    }
    let onTerminal = {
      nabla(["x^2"], environment: ["TERM": "xterm", "NO_COLOR": $0], onTerminal: true).answers
    }
    #expect(onTerminal("") != nabla(["x^2"]).answers)
    #expect(onTerminal("1") == nabla(["x^2"]).answers)
  }

  @Test("The plain format is ASCII, whatever is said")
  func plainIsASCII() {
    let lines: [[String]] = [
      ["3x^2 + 8xy - 3y^5"], ["eval", "ln(x) + y", "--at", "-1,2"], ["eval", "sin x", "--at", "1"],
      ["hessian", "x^2 y + y^3", "--at", "1,1"], ["1/2x"], ["help"], ["minimize", "x^3", "--from", "1"],
      ["minimize", "x^2", "--from", "1", "--rate", "1"], ["functions"], ["functions", "ln"], ["methods"],
      ["help", "minimize"], ["help", "grad"], ["sum(i, 1, 99, (x[i+1] - x[i])^2)"], ["x +"], ["--jsn"],
    ]
    for line in lines {
      let said = nabla(line, environment: ["LC_ALL": "C"]).everything
      let odd = said.unicodeScalars.filter { !$0.isASCII }
      #expect(odd.isEmpty, "\(line): \(said)")
    }
  }

  @Test("A formula comes from standard input, too")
  func standardInput() {
    #expect(nabla(["-"], input: "x^2\n").answers == nabla(["x^2"]).answers)
    #expect(nabla(["-"], input: "x^2").answers == nabla(["x^2"]).answers)
    let bad = nabla(["-"], bytes: [0x78, 0x0A, 0x2B, 0xFF])
    #expect(bad.exit == 2)
    #expect(bad.remarks == "error: standard input is no UTF-8 text: see byte 2 of line 2\n")
    var limits = Limits.standard
    limits.sourceLength = 10
    let long = nabla(["-"], input: "x + x + x + x", limits: limits)
    #expect(long.remarks == "error: standard input is longer than 10 bytes\n")
    #expect(long.exit == 2)
  }

  @Test("Ranges without names are those of the variables in order")
  func rangesInOrder() {
    for rest in [[], ["--starts", "5"], ["--method", "newton", "--from", "0.5,0.5"]] {
      let said = nabla(["maximize", "x y", "--within", "0..1,0..2"] + rest).answers
      #expect(said.contains("(1, 2)") && said.contains("f = 2"), "\(rest): \(said)")
    }
    #expect(nabla(["minimize", "(x-3)^2+(y-1)^2", "--within", "0..2,0..5"]).answers.contains("(2, 1)"))
    #expect(nabla(["minimize", "(x-3)^2+(y-1)^2", "--within", "x=2..2"]).answers.contains("(2, 1)"))
    #expect(nabla(["minimize", "x y z", "--within", "0..2,0..5"]).exit == 2)
  }

  @Test("Limits are set by name, and each is told where it is reached")
  func limits() {
    let reached: [(formula: String, limit: String, word: String)] = [
      ("x + x + x", "length=5", "longer than 5"), ("sin(((x)))", "nesting=2", "nested"),
      ("sin(x) + (x + 1)^3", "work=10", "work"), ("x[1] + sum(i, 1, 50, x[i])", "variables=2", "2 variables"),
      ("(x + 1)^3 + sin x", "size=3", "over 3 parts"), ("sum(i, 1, 50, x[i^2])", "terms=10", "over 10 terms"),
      ("prod(i, 1, 50, x[i])", "terms=10", "--limits calls terms"),
      ("12345678901234567890 x", "digits=5", "over 5 digits"),
    ]
    for (formula, limit, word) in reached {
      let said = nabla([formula, "--limits", limit])
      #expect(said.exit == 2, "\(limit)")
      #expect(said.everything.contains(word), "\(limit): \(said.everything)")
      #expect(nabla([formula]).exit == 0)
    }
    // What no option changes is not called a limit.
    let squares = (1...51).map { "x_\($0)^2" }.joined(separator: "+")
    #expect(
      nabla(["critical", squares]).everything
        == "error: too much for one answer: critical points in more than 50 variables\n")
    let cut = nabla(["sin(x) + (x + 1)^3", "--limits", "printed=8"])
    #expect(cut.exit == 1)
    #expect(cut.answers.contains("over 8 characters, not printed"))
    for wrong in ["work", "wrk=1", "work=x", "work=0", "nesting=1000", "work=1.5", ""] {
      #expect(nabla(["x", "--limits", wrong]).exit == 2, "\(wrong)")
    }
    #expect(nabla(["x", "--limits", "length=1e4,work=1000000"]).exit == 0)
  }

  @Test("A formula comes from a file, too")
  func file() throws {
    let path = FileManager.default.temporaryDirectory.appending(
      path: "nabla-\(UInt64.random(in: 0 ... .max)).txt")
    try Data("# a comment\nf(x) = x^2\n".utf8).write(to: path)
    defer { try? FileManager.default.removeItem(at: path) }
    #expect(nabla(["@" + path.path]).answers == nabla(["f(x) = x^2"]).answers)
    #expect(nabla(["@" + path.path + ".not"]).remarks.contains("there is no such file"))
    #expect(nabla(["@/"]).remarks.contains("it is a directory"))
  }

  @Test("A row of requests gets a row of answers, in order, the bad ones too")
  func streaming() {
    let said = nabla(
      ["eval", "--json-lines"],
      input: """
        {"id": 1, "formula": "x^2", "variables": ["x"], "points": [[3]]}

        {"id": 2, "formula": "x +"}
        not JSON
        {"id": 3, "formula": "x y", "variables": ["y", "x"], "points": [[2, 5], [0, 0]]}
        """)
    let lines = said.answers.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(said.pieces.count == 4, "each answer is sent by itself")
    #expect(lines[0].contains("\"id\":1") && lines[0].contains("\"gradient\":[[6]]"))
    #expect(lines[1].contains("\"id\":2") && lines[1].contains("\"error\""))
    #expect(lines[2].contains("\"error\""))
    #expect(lines[3].contains("\"gradient\":[[5,2],[0,0]]") && lines[3].contains("\"value\":[10,0]"))
    #expect(said.exit == 0)
    #expect(said.remarks.isEmpty)
  }

  @Test("Every JSON carries its schema and is one line")
  func schema() {
    let lines: [[String]] = [
      ["x^2", "--json"], ["x +", "--json"], ["eval", "x", "--at", "1", "--json"], ["hessian", "x", "--json"],
      ["minimize", "x^2", "--from", "1", "--json"], ["methods", "--json"], ["functions", "--json"],
      ["functions", "sin", "--json"], ["eval", "1/x", "--at", "0", "--json"],
      ["minimize", "ln x", "--from", "-1", "--json"],
    ]
    for line in lines {
      let said = nabla(line)
      #expect(said.answers.contains("\"schema\":\"nabla."), "\(line): \(said.everything)")
      #expect(said.answers.split(separator: "\n").count == 1, "\(line)")
    }
  }
}

struct PointReaderTests {
  @Test(
    "Commas split outside brackets, names stand before the equals sign",
    arguments: [
      ("1,2", "1|2"), ("x=1, y = pi/2", "x:1|y:pi/2"), ("max(1, 2),3", "max(1, 2)|3"), ("(1, 2)", "1|2"),
      ("⟨1, 2⟩", "1|2"), ("(1),(2)", "(1)|(2)"), ("-8", "-8"), ("", ""), ("1,,2", "1||2"),
      ("x_{1}=2", "x_{1}:2"),
      ("x=max(y=1,2)", "x:max(y=1,2)"), ("1=2", "1=2"),
    ])
  func splits(text: String, parts: String) {
    let read = PointReader.parts(text).map { ($0.name.map { $0 + ":" } ?? "") + $0.value }
    #expect(read.joined(separator: "|") == parts)
  }
}
