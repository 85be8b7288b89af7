import Nabla
import NablaBasics
import NablaNotation

/// What a command works with: its arguments, the streams, how to print.
struct Invocation {
  let arguments: Arguments
  let console: Console
  let process: Process
  let glyphs: Glyphs
  let digits: Int

  var input: Input { process.input }
  var limits: Limits { process.limits }
  var cancellation: Cancellation { process.cancellation }

  /// Whether the answer is JSON.
  var isJSON: Bool { arguments.has(.json) || arguments.has(.jsonLines) }

  /// The format of formulas in the answer.
  var format: Format {
    arguments.value(.format).flatMap { Format.named($0.text) } ?? (glyphs == .unicode ? .unicode : .plain)
  }

  /// A number as it is printed, to the asked digits.
  func number(_ value: Double) -> String { number(value, digits: digits) }

  /// A number as it is printed.
  func number(_ value: Double, digits: Int) -> String {
    let text = NumberText.significant(
      value, digits: digits, minus: glyphs == .unicode ? .typographic : .ascii)
    return glyphs == .unicode ? text : text.replacing("∞", with: glyphs.infinity)
  }

  /// `=` where the printed digits are the number, `≈` where they are not.
  func sign(_ value: Double) -> String {
    sign([value])
  }

  /// `=` where the printed digits are the numbers, `≈` where one of them is not.
  func sign(_ values: [Double]) -> String {
    let isExact = values.allSatisfy {
      // More than 15 digits are rounding's own.
      !$0.isFinite || Double(NumberText.significant($0, digits: min(digits, 15), minus: .ascii)) == $0
    }
    return isExact ? "=" : glyphs.approximately
  }
}

/// Why a command gives no answer.
enum Failure: Error {
  /// The command line is at fault.
  case usage(UsageError)
  /// A formula could not be had: a file, standard input.
  case text(FormulaText.Trouble)
  /// The text of the formula has no reading.
  case reading(ReadingError)
  /// The formula can be read, and has no answer to the question.
  case formula(String)
  /// Letters need values, which a command line and a request give in ways of their own.
  case values(of: [String], String)
  /// The work asked for exceeds a limit.
  case overrun(Budget.Overrun)
  /// Said already; only the exit is left.
  case said(Command.Exit)
}

extension Failure {
  /// What a formula could not answer.
  init(_ error: FormulaError) {
    switch error {
    case .overrun(let overrun): self = .overrun(overrun)
    case .missingParameters(let letters):
      let names = letters.map(\.name)
      let verb = names.count == 1 ? "has no value: give it one" : "have no values: give them one"
      self = .values(of: names, "\(names.joined(separator: ", ")) \(verb)")
    case .noDerivative(let function, let variable):
      let order = function.argumentNames[function.order ?? 0]
      self = .values(
        of: [variable.name],
        "\(function.name) has no derivative by its order \(order), a whole number: give it a value")
    case .wrongCount, .negativeOrder, .infiniteBox, .repeatedVariable, .openIndex:
      self = .formula(error.sentence)
    }
  }

  /// What a person can do about letters without values.
  static func sentence(_ names: [String], _ sentence: String, isSession: Bool = false) -> String {
    let values = names.map { isSession ? "\($0) = 1" : "--let \($0)=1" }
    return "\(sentence), such as " + values.joined(separator: isSession ? ", then " : " ")
  }

  /// What a limit that was reached means for the user.
  static func sentence(_ overrun: Budget.Overrun) -> String {
    switch overrun {
    case .exhausted: "the answer to this formula is more work than the limit allows that --limits calls work"
    case .cancelled: "interrupted"
    case .tooLarge(let property):
      if let limit = NamedLimit.name(of: property) {
        "the answer to this formula is larger than the limit allows that --limits calls \(limit)"
      } else {
        "too much for one answer: \(property)"
      }
    }
  }
}
