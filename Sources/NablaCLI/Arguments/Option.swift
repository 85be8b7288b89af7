import NablaNotation

/// An option of the command line: everything known about it, on one row.
///
/// The reader of arguments, `--help`, and whatever else lists options are made from these rows.
package struct Option: Sendable {
  /// What stands after the option's name.
  package enum Value: Hashable, Sendable {
    /// Nothing: a switch.
    case none
    /// Any text, named as help shows it: `POINT`.
    case text(String)
    /// One of these words.
    case choice([String])
    /// A whole number in a range.
    case integer(ClosedRange<Int>)
  }

  /// The name after the two dashes.
  package let name: String
  /// The letter after one dash, for the few options that have one.
  package var letter: Character?
  /// What stands after the name.
  package var value = Value.none
  /// One sentence for help, without a full stop.
  package let summary: String
  /// A value to show in help and in messages.
  package var example = ""
  /// Whether it may stand more than once, the values together.
  package var isRepeatable = false

  /// `--at POINT`, `--color auto|always|never`, `-h, --help`
  package var usage: String {
    let dashes = letter.map { "-\($0), --\(name)" } ?? "--\(name)"
    return valueName.map { "\(dashes) \($0)" } ?? dashes
  }

  /// The value as help names it; of more than three words the summary tells.
  package var valueName: String? {
    switch value {
    case .none: nil
    case .text(let name): name
    case .choice(let words): words.count > 3 ? name.uppercased() : words.joined(separator: "|")
    case .integer: "N"
    }
  }
}

extension Option {
  static let at: Option = .init(
    name: "at", value: .text("POINT"), summary: "the point, in order or by name: 1,2 or x=1,y=pi/2",
    example: "1,2")
  static let wrt: Option = .init(
    name: "wrt", value: .text("NAMES"), summary: "differentiate by these variables only", example: "x,y")
  static let order: Option = .init(
    name: "order", value: .integer(1...1000), summary: "the order of derivatives, or of a Taylor polynomial",
    example: "2")
  static let direction: Option = .init(
    name: "direction", value: .text("VECTOR"), summary: "the derivative along a vector", example: "3,4")
  static let jacobian: Option = .init(
    name: "jacobian", summary: "the partial derivatives of several formulas as a matrix")
  static let dependent: Option = .init(
    name: "dependent", value: .text("NAME"), summary: "the variable that depends on the others", example: "y")
  static let within: Option = .init(
    name: "within", value: .text("BOX"),
    summary: "a range for each variable, or one for all: x=-2..2,y=0..pi",
    example: "-2..2")
  static let to: Option = .init(
    name: "to", value: .text("LANGUAGE"), summary: "c, swift, python, javascript, julia or sql", example: "c")
  static let withHessian: Option = .init(name: "hessian", summary: "the second derivatives as well")
  static let sum: Option = .init(name: "sum", summary: "in SQL, the sum over all rows")
  static let table: Option = .init(
    name: "table", value: .text("NAME"), summary: "in SQL, the table; t if not given", example: "points")
  static let everything: Option = .init(
    name: "all", summary: "every derivative, however many there are")

  static let from: Option = .init(
    name: "from", value: .text("POINT"), summary: "where to start; chosen if not given", example: "1,2")
  static let method: Option = .init(
    name: "method", value: .text("NAME"), summary: "how to descend; ‘nabla methods’ lists them",
    example: "gd")
  static let rate: Option = .init(
    name: "rate", value: .text("NUMBER"), summary: "what the gradient is multiplied with in each step",
    example: "0.1")
  static let reach: Option = .init(
    name: "reach", value: .text("NUMBER"),
    summary: "how far the first step may go, as a part of the size of x", example: "0.1")
  static let momentum: Option = .init(
    name: "momentum", value: .text("NUMBER"), summary: "the part of the last step that is kept",
    example: "0.9")
  static let decay: Option = .init(
    name: "decay", value: .text("NUMBER"), summary: "what is kept of the average of squared slopes",
    example: "0.999")
  static let starts: Option = .init(
    name: "starts", value: .integer(1...100_000),
    summary: "descend from this many starts, in --within or from -10 to 10, and list the minima",
    example: "50")
  static let methods: Option = .init(
    name: "methods", value: .text("NAMES"), summary: "the methods to compare",
    example: "gd,momentum,adam,newton")
  static let steps: Option = .init(
    name: "steps", value: .integer(0...10_000_000), summary: "take exactly this many steps", example: "15")
  static let max: Option = .init(
    name: "max", value: .integer(0...10_000_000), summary: "give up after this many steps", example: "1000")
  static let tolerance: Option = .init(
    name: "tolerance", value: .text("NUMBER"),
    summary: "how near to the end to stop, as a part of the size of x; 1e-8 if not given", example: "1e-8")
  static let global: Option = .init(
    name: "global", summary: "search the whole of --within and prove what is found, for up to 4 variables")
  static let trace: Option = .init(name: "trace", summary: "a table of every iterate")
  static let plot: Option = .init(name: "plot", summary: "a picture in the terminal")

  static let vars: Option = .init(
    name: "vars", value: .text("NAMES"), summary: "the variables, in order; longer names are read whole",
    example: "x,speed", isRepeatable: true)
  static let lets: Option = .init(
    name: "let", value: .text("NAME=VALUE"), summary: "the value of a parameter", example: "a=2",
    isRepeatable: true)
  static let decimalComma: Option = .init(
    name: "decimal-comma", summary: "3,5 is a number; ‘;’ separates coordinates and arguments")
  static let strict: Option = .init(
    name: "strict", summary: "treat notes about how the input is read as errors")
  static let json: Option = .init(name: "json", summary: "the answer as JSON")
  static let jsonLines: Option = .init(
    name: "json-lines",
    summary: "a JSON request on each line of the input, an answer on each line of the output")
  static let format: Option = .init(
    name: "format", value: .choice(Format.all.map(\.name)),
    summary: "how formulas are written: unicode, plain, latex or mathml; the locale decides if not given",
    example: "latex")
  static let digits: Option = .init(
    name: "digits", value: .integer(1...17), summary: "significant digits of numbers, 6 if not given",
    example: "12")
  static let limits: Option = .init(
    name: "limits", value: .text("NAME=COUNT"),
    summary: "how much a formula may ask for: length, nesting, size, digits, terms, variables, work, printed",
    example: "length=10000,work=1e6")
  static let color: Option = .init(
    name: "color", value: .choice(ColourChoice.allCases.map(\.rawValue)),
    summary: "colours; auto heeds NO_COLOR, FORCE_COLOR and the terminal", example: "never")
  static let quiet: Option = .init(name: "quiet", letter: "q", summary: "no notes and no hints")
  static let help: Option = .init(
    name: "help", letter: "h", summary: "what a command does, its options and examples")
  static let version: Option = .init(name: "version", summary: "the version of nabla")

  /// Options that every command has.
  static let everywhere: [Option] = [color, quiet, help, version]
  /// Options of all commands that read a formula.
  static let ofFormulas: [Option] = [vars, lets, strict, decimalComma, json, format, digits, limits]

  /// All options, each once, those of commands first.
  package static let all: [Option] =
    [
      at, wrt, order, direction, jacobian, dependent, within, everything,
      to, withHessian, sum, table,
      from, method, methods, rate, reach, momentum, decay, steps, max, tolerance, starts, global,
      trace,
      plot,
      jsonLines,
    ] + ofPictures + ofFits + ofFormulas + everywhere
}
