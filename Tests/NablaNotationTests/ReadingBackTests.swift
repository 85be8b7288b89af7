import Foundation
import NablaAlgebra
import NablaBasics
import Testing

@testable import NablaNotation

/// The law of the two rooms: what is printed reads back to the same expression without a note, and so does its echo.
///
/// `NABLA_LONG=100000 NABLA_START=7 swift test --filter ReadingBackTests` tries that many in each format, from that
/// start, which is printed.
@Suite struct ReadingBackTests {
  /// The fixed start of the random expressions, and how many there are for each format.
  static let start = UInt64(number("NABLA_START") ?? 20_251)
  static let count = number("NABLA_LONG") ?? 2_000
  static let formats: [Format] = [.plain, .unicode, .plain.withoutSpaces, .latex]

  private static func number(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }

  private static let options: ReadingOptions = {
    var options = ReadingOptions()
    options.variables = RandomExpr.variables.map(\.name)
    return options
  }()

  /// What goes wrong with an expression in a format; nil where it reads back.
  static func failure(_ expr: Expr, _ format: Format) -> String? {
    let text = Form(expr, variables: RandomExpr.variables).text(format)
    do {
      let reading = try Reading.read(text, options: options)
      guard same(reading.expression, expr, format) else { return "\(text)   reads   \(shown(reading))" }
      if let note = reading.diagnostics.first(where: { !isInevitable($0) }) {
        return "\(text)   is noted: \(note.message)"
      }
      let echo = Form(reading.syntax, declared: RandomExpr.variables).text(format)
      let again = try Reading.read(echo, options: options)
      return same(again.expression, expr, format)
        ? nil : "\(text)   echoes as   \(echo)   reads   \(shown(again))"
    } catch {
      return "\(text)   \(error.diagnostics.map(\.message))"
    }
  }

  /// Whether two expressions are the same, where a decimal that has become whole, 0.5·2, is the integer it is shown as;
  /// in LaTeX a power of ten is a power, not a decimal.
  private static func same(_ first: Expr, _ second: Expr, _ format: Format) -> Bool {
    if first == second || whole(first) == whole(second) { return true }
    return format.name == "latex" && fractions(first) == fractions(second)
  }

  private static func fractions(_ expr: Expr) -> Expr {
    expr.rebuilt { part in
      guard case .number(let number) = part.shape, let value = number.rational else { return nil }
      return .number(Number(value))
    }
  }

  private static func whole(_ expr: Expr) -> Expr {
    expr.rebuilt { part in
      guard case .number(let number) = part.shape, number.isDecimal, number.isInteger else { return nil }
      return number.numerator.map { .number(Number($0)) }
    }
  }

  /// Some notes cannot be avoided: a Greek letter's name that is a function, gamma(x); pi where p and i are
  /// variables; powers of ten, 2.5e-7; the logarithm of a number, log(3, x); without blanks, a comma: max(1,100);
  /// a root over a slash, √3/2; a number of degrees in radians, sin 10.
  private static func isInevitable(_ note: Diagnostic) -> Bool {
    switch note.kind {
    case .greekFunction, .exponentOrEuler, .baseComesSecond, .commaBetweenDigits, .bareRoot, .radians: true
    case .knownName(let name, _): name == "pi"
    default: false
    }
  }

  private static func shown(_ reading: Reading) -> String {
    Form(reading.expression, variables: RandomExpr.variables).text(.plain)
  }

  /// Whether a text can stand for it: not for approximations, equations, and not for what is beyond the reader's
  /// limits.
  static func canBeTyped(_ expr: Expr) -> Bool {
    if beginsWithEquation(expr) { return false }
    return expr.size < 300
      && expr.distinctSubexpressions().allSatisfy { part in
        guard case .number(let number) = part.shape else { return true }
        // No whole number of more than 1,000 digits is read.
        return number.isExact && number.rational.map { $0.description.utf8.count <= 1_000 } ?? true
      }
  }

  /// Whether the text is a definition where the left side is a name: f = 2, f = 2 and x > 1.
  private static func beginsWithEquation(_ expr: Expr) -> Bool {
    guard case .call(let function, let parts) = expr.shape else { return false }
    return function.name == "==" || (["and", "or"].contains(function.name) && beginsWithEquation(parts[0]))
  }

  @Test(arguments: formats.indices) func `what is printed reads back to the same expression`(_ place: Int) {
    let format = Self.formats[place]
    var random = RandomExpr(start: Self.start)
    var tried = 0
    var failures = 0
    while tried < Self.count, failures < 20 {
      let expr = random.next(depth: 1 + tried % 5)
      guard Self.canBeTyped(expr) else { continue }
      tried += 1
      guard Self.failure(expr, format) != nil else { continue }
      failures += 1
      let smallest = expr.shrunk { Self.canBeTyped($0) && Self.failure($0, format) != nil }
      Issue.record("start \(Self.start), \(format.name): \(Self.failure(smallest, format) ?? "")")
    }
    if Self.count > 2_000 {
      print("start \(Self.start), \(format.name): \(tried) expressions, \(failures) failures")
    }
    #expect(tried == Self.count)
  }
}
