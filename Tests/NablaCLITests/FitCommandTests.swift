import FoundationEssentials
import NablaCLI
import Testing

/// `fit` with data on standard input, files that it writes, and data that cannot be fitted.
@Suite struct FitCommandTests {
  private static let line = "t,y\n0,1.1\n1,2.9\n2,5.2\n3,6.8\n"

  private func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "nabla-fit-\(UInt64.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  @Test func dataOnStandardInput() {
    let said = nabla(["fit", "y = a t + b", "-"], input: Self.line)
    #expect(said.exit == 0)
    #expect(said.answers.contains("y = at + b     4 rows, columns t, y     parameters a, b\n"))
    #expect(said.answers.contains("  a = 1.94 ± "))
  }

  struct Trouble: CustomTestStringConvertible, Sendable {
    var what: String
    var data: String
    var model = "y = a t + b"
    var sentence: String
    var testDescription: String { what }
  }

  static let troubles: [Trouble] = [
    .init(what: "empty", data: "", sentence: "standard input: it is empty"),
    .init(
      what: "header only", data: "t,y\n", sentence: "standard input: there is no row below the header t, y"),
    .init(
      what: "header only, no end", data: "t,y",
      sentence: "standard input: there is no row below the header t, y"),
    .init(
      what: "one column", data: "y\n1\n2\n", model: "y = a",
      sentence: ""),
    .init(
      what: "text", data: "t,y\n0,1\n1,x\n",
      sentence: "standard input: row 2 (line 3), column y: ‘x’ is no number"),
    .init(
      what: "ragged", data: "t,y\n0,1\n1\n",
      sentence: "standard input: row 2 (line 3) has 1 field, the header 2"),
    .init(
      what: "1e400", data: "t,y\n0,1\n1,1e400\n",
      sentence:
        "standard input: row 2 (line 3), column y: ‘1e400’ is beyond every number that can be computed with"),
    .init(what: "too few", data: "t,y\n0,1\n", sentence: "1 row cannot determine 2 parameters"),
    .init(
      what: "no parameters", data: Self.line, model: "y = t",
      sentence: "the model has no parameters: every name in it is one of the columns t, y"),
    .init(
      what: "no column on the right side", data: "time (s),y\n0,1\n1,3\n2,5\n", model: "y = a exp(-b t) + c",
      sentence:
        "no name on the right side is a column: a, b, c, t are parameters, and the columns are time_s, y"),
    .init(
      what: "a column outside the domain", data: "t,y\n1,1\n0,3\n2,5\n", model: "y = a ln(t) + b",
      sentence: "the model has no value in row 2: ln t needs t > 0; here t = 0"),
    .init(
      what: "a column outside the domain, with a search", data: "t,y\n1,1\n0,3\n2,5\n",
      model: "y = a exp(b/t)", sentence: "the model has no value in row 2: 1/t needs t ≠ 0; here t = 0"),
    .init(
      what: "all skipped", data: "t,y\nNA,1\n1,\n",
      sentence: "not one row can be used: all 2 were skipped, the first because t is missing"),
    .init(
      what: "binary", data: "t\0,y\n1,2\n", sentence: "standard input: the header (line 1) is no UTF-8 text"),
  ]

  @Test(arguments: troubles)
  func badInput(trouble: Trouble) {
    let said = nabla(["fit", trouble.model, "-"], input: trouble.data)
    if trouble.sentence.isEmpty {
      #expect(said.exit == 0, "\(said.everything)")
    } else {
      #expect(said.exit == 2)
      #expect(said.everything == "error: \(trouble.sentence)\n")
      let json = nabla(["fit", trouble.model, "-", "--json"], input: trouble.data)
      #expect(json.exit == 2)
      #expect(json.answers.hasPrefix("{\"error\":{\"id\":\"formula\""))
    }
  }

  @Test func rowsThatAreSkippedAreNamed() {
    let said = nabla(["fit", "y = a t + b", "-"], input: Self.line + "4,NA\n5,NaN\n6,12.9\n")
    #expect(said.exit == 0)
    #expect(
      said.remarks
        == "note: 2 rows skipped: row 5 (line 6): y is missing; row 6 (line 7): y is NaN, no finite number\n")
  }

  @Test func constantColumnsAreTold() {
    let said = nabla(["fit", "y = a t + b", "-"], input: "t,y\n1,2\n1,3\n1,4\n")
    #expect(said.exit == 1)
    #expect(said.answers.contains("✗ the data do not tell a, b apart: other values fit as well\n"))
    let flat = nabla(["fit", "y = a t + b", "-"], input: "t,y\n1,2\n2,2\n3,2\n")
    #expect(flat.exit == 0)
    #expect(!flat.answers.contains("R²"))
  }

  @Test("Names of several letters come from --vars, --from, --fix and --within")
  func longNames() {
    for names in [["--vars", "rate"], ["--from", "rate=1"], ["--within", "rate=0..9"]] {
      let said = nabla(["fit", "y = rate t + b", "-"] + names, input: Self.line)
      #expect(said.exit == 0)
      #expect(said.remarks.isEmpty, "\(said.remarks)")
      #expect(said.answers.contains("rate = 1.94 "))
    }
  }

  @Test("A value that occurs on one side only is no stranger; one that occurs on neither is")
  func valuesOfOneSide() {
    let said = nabla(["fit", "y = a t + b", "-", "--let", "b=1"], input: Self.line)
    #expect(said.remarks.isEmpty, "\(said.remarks)")
    let idle = nabla(["fit", "y = a t + b", "-", "--let", "q=1"], input: Self.line)
    #expect(idle.remarks.hasPrefix("note: ‘q’ is given a value that nothing uses\n"))
  }

  @Test("Bounds of parameters are read like those of variables")
  func bounds() {
    let ordered = nabla(["fit", "y = a t + b", "-", "--within", "0..1,0..2"], input: Self.line)
    #expect(ordered.answers.contains("a = 1 at bound\n"))
    let dots = nabla(["fit", "y = a t + b", "-", "--within", "a=0...1"], input: Self.line)
    #expect(dots.answers.contains("a = 1  "))
    for (text, sentence) in [
      ("c=0..1", "there is no parameter ‘c’"), ("a=0..1,a=2..3", "a is given twice"),
      ("a=1..0", "the range 1..0 is empty"), ("a=1", "‘1’ is no range"),
    ] {
      let said = nabla(["fit", "y = a t + b", "-", "--within", text], input: Self.line)
      #expect(said.exit == 2)
      #expect(said.remarks.hasPrefix("error: \(sentence)\n"), "\(said.remarks)")
    }
  }

  @Test("Parameters that run away are shown so, and nothing is said of other minima")
  func separatedClasses() {
    let said = nabla(
      ["fit", "y = a t + b", "-", "--loss", "logistic"], input: "t,y\n-2,0\n-1,0\n1,1\n2,1\n")
    #expect(said.exit == 1)
    #expect(said.answers.contains("✗ the infimum is at infinity: the classes are separated"))
    #expect(said.answers.contains(" → ∞\n"))
    #expect(said.remarks.isEmpty, "\(said.remarks)")
  }

  @Test func residualsAndPredictionsAreWrittenWhole() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let residuals = folder.appending(path: "r.csv").path
    let predictions = folder.appending(path: "p.csv").path
    let new = folder.appending(path: "new.csv")
    try Data("z,t\n9,10\n9,20\n".utf8).write(to: new)
    let said = nabla(
      ["fit", "y = a t + b", "-", "--residuals", residuals, "--predict", new.path, "-o", predictions],
      input: Self.line)
    #expect(said.exit == 0, "\(said.everything)")
    let rows = try String(contentsOfFile: residuals, encoding: .utf8).split(separator: "\n")
    #expect(rows.count == 5)
    #expect(rows[0] == "row,t,y,fitted,residual")
    #expect(rows[1].hasPrefix("1,0,1.1,1.0"))
    let ahead = try String(contentsOfFile: predictions, encoding: .utf8).split(separator: "\n")
    #expect(ahead[0] == "t,prediction,standard_error,lower,upper")
    #expect(ahead[1].hasPrefix("10,20.4"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
        "new.csv", "p.csv", "r.csv",
      ])
  }

  @Test func aFileThatCannotBeWrittenIsTold() {
    let said = nabla(["fit", "y = a t + b", "-", "--residuals", "/nowhere/at/all.csv"], input: Self.line)
    #expect(said.exit == 2)
    #expect(said.remarks.hasPrefix("error: ‘/nowhere/at/all.csv’ cannot be written"))
  }

  @Test func aColumnThatThePredictionNeedsIsNamed() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let new = folder.appending(path: "new.csv")
    try Data("u\n10\n".utf8).write(to: new)
    let said = nabla(["fit", "y = a t + b", "-", "--predict", new.path], input: Self.line)
    #expect(said.exit == 2)
    #expect(said.remarks.hasSuffix("has no column ‘t’; it has u\n"))
  }

  @Test func aClosedPipeEndsQuietly() {
    let said = nabla(["fit", "y = a t + b", "-"], input: Self.line, failing: .closed)
    #expect(said.exit == 141)
    #expect(said.remarks.isEmpty)
  }

  @Test func columnsWithoutAHeader() {
    let said = nabla(["fit", "c2 = a c1 + b", "-"], input: "0,1\n1,3\n2,5.5\n")
    #expect(said.exit == 0)
    #expect(
      said.remarks.hasPrefix(
        "note: standard input has no header, as its first row holds numbers: the columns are c1, c2; --columns names them\n"
      ))
    let named = nabla(["fit", "y = a t + b", "-", "--columns", "t,y"], input: "0,1\n1,3\n2,5.5\n")
    #expect(named.exit == 0)
    #expect(named.remarks.isEmpty)
  }

  @Test func decimalCommas() {
    let said = nabla(
      ["fit", "y = a t + b", "-", "--decimal-comma"], input: "t;y\n0;1,0\n1;3,0\n2;5,5\n")
    #expect(said.exit == 0)
    #expect(said.answers.contains("a = 2.25"))
  }

  @Test("The numbers of JSON are those of the text, and what has no value is null")
  func json() throws {
    let said = nabla(["fit", "y = a t + b", "-", "--json"], input: "t,y\n0,1\n1,3\n")
    #expect(said.exit == 0)
    #expect(said.answers.contains("\"standard_error\":null"))
    #expect(said.answers.contains("\"status\":\"as many rows as parameters: no errors can be told\""))
    #expect(said.answers.contains("\"schema\":\"nabla.fit.1\""))
  }

  @Test func methodsToLearnWith() {
    let said = nabla(
      ["fit", "y = a t + b", "-", "--method", "gd", "--rate", "0.1", "--steps", "2", "--trace"],
      input: Self.line)
    #expect(said.exit == 0)
    #expect(said.answers.contains("   k            a            b    mean loss      |∇loss|\n"))
    let sgd = nabla(
      [
        "fit", "y = a t + b", "-", "--method", "sgd", "--batch-size", "2", "--steps", "4", "--random-start",
        "3", "--trace",
      ],
      input: Self.line)
    #expect(sgd.answers.contains("stochastic gradient descent, rate 0.01, 2 rows a step, random start 3\n"))
    #expect(sgd.exit == 0)
  }

  @Test("A row without numbers has a prediction without numbers, so that rows stay where they are")
  func predictionsKeepTheirRows() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "new.csv").path
    try Data("t\nNA\n1\n\"\"\n3\n".utf8).write(to: URL(filePath: path))
    let said = nabla(["fit", "y = a t + b", "-", "--predict", path], input: Self.line)
    let lines = said.answers.split(separator: "\n", omittingEmptySubsequences: false)
    let first = try #require(lines.firstIndex { $0.hasPrefix("t,prediction") })
    #expect(lines[first + 1] == ",,,," && lines[first + 3] == ",,,,")
    #expect(
      lines[first + 2].hasPrefix("1,3.03") && lines[first + 4].hasPrefix("3,6.91"), "\(lines[first...])")
    #expect(said.remarks.contains("in the data to predict for, 2 rows skipped"))
  }

  @Test("Residuals go to standard output where their file is called -")
  func residualsBelow() {
    let said = nabla(["fit", "y = a t + b", "-", "--residuals", "-"], input: Self.line)
    #expect(said.answers.contains("\nrow,t,y,fitted,residual\n1,0,1.1,"))
    #expect(nabla(["fit", "y = a t + b", "-", "--residuals", "-", "--json"], input: Self.line).exit == 2)
  }

  @Test("A column that is called like a constant is said to be read as the column")
  func columnCalledLikeAConstant() {
    let said = nabla(["fit", "y = a e + b", "-"], input: "e,y\n0,1\n1,3\n2,4\n")
    #expect(said.remarks.contains("‘e’ is the column of this name here, and not the constant"))
  }

  @Test("The powers of years are called too alike, with what helps")
  func powersOfYears() {
    let rows = (1990...2020).map { "\($0),\(Double(($0 * 7919) % 101) / 50)" }.joined(separator: "\n")
    let said = nabla(
      ["fit", "y = a + b*year + c*year^2 + d*year^3 + p*year^4 + q*year^5 + r*year^6", "-"],
      input: "year,y\n" + rows + "\n")
    #expect(said.remarks.contains("write (year - 2005) for it"))
  }
}
