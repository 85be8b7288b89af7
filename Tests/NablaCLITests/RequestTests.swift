import NablaCLI
import Testing

/// Requests of `--json-lines` by the letter, and what options say about names and values.
@Suite struct RequestTests {
  static let rows: [(line: String, command: [String], says: String)] = [
    (#"{"id":12345678901234567890123,"formula":"x"}"#, ["eval"], #""id":12345678901234567890123,"#),
    (#"{"id":null,"formula":"x"}"#, ["eval"], #""id":null,"#),
    (#"{"formula":"x"}"#, ["eval"], #""formula":"f(x) = x","schema""#),
    (#"{"id":[1.0, {"a":"\u00e9\"b"}],"formula":"x"}"#, ["eval"], #""id":[1.0, {"a":"\u00e9\"b"}],"#),
    (#"{"id":1e999,"formula":"x"}"#, ["eval"], #""id":1e999,"#),
    (#"{"formula":"x","points":[[1e999]],"id":"a"}"#, ["eval"], "1e999 is too large for a number (byte 27"),
    (#"{"formula":"x","points":[[1e999]],"id":"a"}"#, ["eval"], #""id":"a""#),
    (#"{"formula":"x","points":[[1e-400]]}"#, ["eval"], "1e-400 is too small for a number"),
    (#"{"formula":"x","points":[[0e-400]]}"#, ["eval"], #""value":[0]"#),
    (#"{"formula":"x",}"#, ["eval"], "a comma stands before the closing brace"),
    (#"{"formula":"x","points":[[1,]]}"#, ["eval"], "a comma stands before the closing bracket"),
    (#"{"formula":"x","formula":"y","id":1}"#, ["eval"], #"\"formula\" stands twice"#),
    (#"{"formula":"x","varaibles":["x"]}"#, ["eval"], #"did you mean \"variables\"?"#),
    (#"{"formula":"x","varaibles":["x"]}"#, ["eval", "--strict"], #""error":{"fixes""#),
    (#"{"formula":"x","variables":["x","x"]}"#, ["eval"], #""id":"named-twice""#),
    (#"{"formula":"x_1","variables":["x1","x_1"]}"#, ["eval"], #""id":"named-twice""#),
    (#"{"formula":"x","variables":["x y"]}"#, ["eval"], #""id":"not-a-name""#),
    (#"{"formula":"x","variables":["2"]}"#, ["eval"], #""id":"not-a-name""#),
    (#"{"formula":"x","variables":["x",""]}"#, ["eval"], #""id":"not-a-name""#),
    (#"{"formula":"x","parameters":{"q":1}}"#, ["eval"], #""id":"unused-value""#),
    (#"{"formula":"\frac{1}{x}"}"#, ["eval"], #""id":"lost-backslash""#),
    (#"{"formula":"\sin x"}"#, ["eval"], "no such escape"),
    ("{'formula':'x'}", ["eval"], "a key in double quotes is missing"),
    (#"{"formula":"x","points":[[None]]}"#, ["eval"], "None is no JSON: write null"),
    (#"{"formula":"x","points":[[NaN]]}"#, ["eval"], "NaN is no JSON number"),
    (#"{"formula":"x","points":[[01]]}"#, ["eval"], "a number begins with a needless 0"),
    (#"{"formula":"x" "points":[]}"#, ["eval"], "a comma or } is missing"),
    (#"{"formula":"x"} x"#, ["eval"], "something follows the closing brace"),
    (#"{"formula":"x"#, ["eval"], "a text is never closed"),
    (#"{"formula":"\ud800"}"#, ["eval"], "half of a surrogate pair"),
    ("[1]", ["eval"], "the line is no JSON object"),
    (
      #"{"formula":"-(x-1)^2","start":[0.5],"sense":"max","method":"nwton"}"#, ["minimize"],
      #""id":"request.method""#
    ),
    (
      #"{"formula":"-(x-1)^2","start":[0.5],"sense":"max"}"#, ["minimize"],
      #""verdict":"global maximum""#
    ),
    (#"{"formula":"x^2","start":[1],"sense":"mx"}"#, ["minimize"], #""id":"request.sense""#),
    (#"{"formula":"x^2","start":[1],"steps":1e1}"#, ["minimize"], #""schema":"nabla.descent.1""#),
    (#"{"formula":"x^2","start":[1],"steps":"5"}"#, ["minimize"], #"\"steps\" has the wrong type"#),
    (#"{"formula":"x","points":[[1],["a"]]}"#, ["eval"], #"\"points[1][0]\" has the wrong type"#),
    (#"{"start":[1]}"#, ["minimize"], #"the request has no \"formula\""#),
    (
      #"{"formula":"x^2","start":[1],"method":"gd"}"#, ["minimize", "--rate", "0.1"],
      "--rate of the command line"
    ),
  ]

  @Test(arguments: rows.indices) func `a request is answered or refused by the letter`(_ place: Int) {
    let row = Self.rows[place]
    let said = nabla(row.command + ["--json-lines"], input: row.line + "\n")
    #expect(said.answers.contains(row.says), "\(row.line) → \(said.answers)")
    #expect(said.answers.split(separator: "\n").count == 1)
  }

  static let refused: [(arguments: [String], says: String)] = [
    (["eval", "--json-lines", "--at", "1"], "each request has its own \"points\""),
    (["eval", "--json-lines", "--vars", "x"], "each request has its own \"variables\""),
    (["grad", "--json-lines", "--let", "a=1"], "each request has its own \"parameters\""),
    (["minimize", "--json-lines", "--from", "1"], "each request has its own \"start\""),
    (["eval", "--json-lines", "--digits", "3"], "--digits and --json-lines do not go together"),
    (["x", "--vars", "x,x"], "‘x’ is named twice"),
    (["x", "--vars", "x1,x_1"], "‘x1’ and ‘x_1’ are one variable"),
    (["x", "--vars", "x y"], "‘x y’ is no name of a variable"),
    (["x", "--vars", "2"], "‘2’ is no name of a variable"),
    (["x", "--vars", "x=2"], "‘x=2’ is no name of a variable"),
    (["x", "--vars", "x,,y"], "a name is missing"),
    (["a x", "--let", "a=1", "--let", "a=2"], "‘a’ is given two values"),
    (["a_1 x", "--let", "a1=1,a_1=2"], "‘a_1’ is given two values"),
    (["eval", "x", "--at", "1e-400"], "‘1e-400’ is too small for a number"),
    (["evl", "x"], "did you mean eval?"),
    (["gra", "x^2"], "did you mean grad?"),
    (["evaluate", "x^2", "--at", "1"], "did you mean eval?"),
    (["differentiate", "x^2"], "did you mean grad?"),
    (["minimize x^2+1"], "write nabla minimize x^2+1"),
    (["@(x) x^2"], "leave @(…) out of a formula"),
  ]

  @Test(arguments: refused.indices) func `an option that would be ignored is refused`(_ place: Int) {
    let row = Self.refused[place]
    let said = nabla(row.arguments, input: #"{"formula":"x"}"# + "\n")
    #expect(said.remarks.contains(row.says), "\(row.arguments) → \(said.everything)")
    #expect(said.exit == 2)
  }

  static let told: [(arguments: [String], says: [String])] = [
    (
      ["eval", "a x", "--let", "a=2", "--let", "q=3", "--at", "1"],
      ["‘q’ is given a value that nothing uses"]
    ),
    (["eval", "b x", "--let", "b=-1/3", "--at", "1"], ["with b = −1/3"]),
    (["eval", "b x", "--let", "b=-1/3", "--at", "1", "--format", "plain"], ["with b = -1/3"]),
    (["a = 2\na x^2"], ["with a = 2"]),
    (["a = 2\ng(t) = a t\ng(x)"], ["with a = 2"]),
    (["b = 3x\nb^2"], ["with b = 3x"]),
    (["0x + 1"], ["f′(x) = 0"]),
    (["eval", "0x + 1", "--at", "2"], ["f  = 1"]),
    (["eval", "3,5x", "--decimal-comma", "--at", "1,5"], ["f  = 5.25"]),
    (["eval", "x y", "--decimal-comma", "--at", "1,5;2"], ["f   = 3"]),
    (["eval", "a max(x; 1,5)", "--decimal-comma", "--let", "a=0,5", "--at", "0"], ["f  = 0.75"]),
    (["eval", "10^400*x", "--at", "1"], ["10000000…0000 (401 digits) is too large for a number"]),
    (["eval", "ln 0 + x", "--at", "1"], ["ln 0 has no value: ln u needs u > 0"]),
    (["x^-1/2", "--format", "plain"], ["'x^-1/2' is read as (x^(-1))/2"]),
    (["√2x", "--format", "plain"], ["'√2x' is read as (sqrt 2)*x", "write sqrt(2x)"]),
    (["rate2"], ["--vars rate2"]),
    (["foo_bar"], ["--vars foo_bar"]),
    (["Δxt"], ["--vars Δxt"]),
    (["atan2x"], ["write atan(2x), or atan2(y, x)"]),
    (["x⁻²⁺"], ["something is missing after ‘⁺’"]),
    (["x^2\n+ 3x"], ["this line goes on with the formula of the line above"]),
    (["g_ = 3\nx + g_"], ["f(x) = x + g_      with g_ = 3"]),
  ]

  @Test(arguments: told.indices) func `what was typed and what was meant is told`(_ place: Int) {
    let row = Self.told[place]
    let said = nabla(row.arguments)
    for text in row.says { #expect(said.everything.contains(text), "\(row.arguments) → \(said.everything)") }
  }
}
