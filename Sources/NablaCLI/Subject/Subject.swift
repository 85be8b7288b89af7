import Nabla
import NablaAlgebra
import NablaBasics
import NablaNotation

/// The formula that a run is about, with everything that commands print or compute from it.
struct Subject {
  /// A point: the numbers, and how each is printed.
  struct Point {
    var values: [Double]
    var texts: [String]
    /// The coordinates as typed.
    var exact: [Expr]
  }

  let invocation: Invocation
  let formula: Formula
  /// What was noted about how the input was read.
  let notices: [NoticeAnswer]

  /// The name as it is printed.
  var name: String { Form.variable(formula.name).text(format) }
  var variables: [Variable] { formula.variables }
  var expression: Expr { formula.expression }
  var limits: Limits { invocation.limits }

  /// The format of lines of text; blocks of equations have the format of the invocation.
  var format: Format { invocation.glyphs == .unicode ? .unicode : .plain }

  /// A formula in the chosen format.
  func text(_ expression: Expr) -> String { text(expression, format) }
  /// A formula in the plain format.
  func plainText(_ expression: Expr) -> String { text(expression, .plain) }

  /// A form in the chosen format.
  func text(_ form: Form) -> String { text(form, format) }

  /// A step of a derivation in the chosen format, or in the plain one, its terms in a teacher's order.
  func text(_ expression: Expr, of derivation: Derivation, isPlain: Bool = false) -> String {
    if expression.size / 2 > limits.printedLength { return tooLong }
    let form = formula.form(of: expression, termOrder: derivation.termOrder)
    return text(form, isPlain ? .plain : format)
  }

  private func text(_ expression: Expr, _ format: Format) -> String {
    // At least every other node is a number or a name: the text of so many would be cut off.
    expression.size / 2 > limits.printedLength ? tooLong : text(formula.form(of: expression), format)
  }

  private func text(_ form: Form, _ format: Format) -> String {
    (try? form.styled(format, limits: limits).plain) ?? tooLong
  }

  private var tooLong: String {
    invocation.console.output.isCutOff = true
    return "\(invocation.glyphs.ellipsis) (over \(limits.printedLength) characters, not printed)"
  }

  /// A variable as it is printed.
  func shownName(_ place: Int) -> String { Form.variable(variables[place].name).text(format) }
  /// A variable as programs write it.
  func plainName(_ place: Int) -> String { Form.variable(variables[place].name).text(.plain) }
  /// The variables as they are printed.
  var names: [String] { variables.indices.map(shownName) }
  /// The variables as programs write them.
  var plainNames: [String] { variables.indices.map(plainName) }
  /// The point whose coordinates are all 0.
  var origin: Point {
    Point(
      values: variables.map { _ in 0 }, texts: variables.map { _ in "0" }, exact: variables.map { _ in .zero }
    )
  }

  /// `f(x, y) = 3x² + 8xy − 3y⁵`
  var echo: Styled { echo(format) }
  /// The same in the plain format.
  var plainEcho: String { echo(.plain).plain }

  /// The left side of the echo: `f(x, y)`.
  var heading: Form {
    let isShort = variables.count > PointText.most || isFamily
    let ends = isShort ? [variables[0], variables[variables.count - 1]] : variables
    var arguments = ends.map { Form.variable($0.name) }
    if isShort { arguments.insert(.ellipsis, at: 1) }
    return arguments.isEmpty ? .variable(formula.name) : .label(.function(formula.name, arguments))
  }

  private func echo(_ format: Format) -> Styled {
    let line = equation(format)
    guard let given = given(format) else { return line }
    return line + Styled("      " + given, .hint)
  }

  /// The echo without the values that the formula uses.
  private func equation(_ format: Format) -> Styled {
    let body = (try? formula.bodyForm.styled(format, limits: limits)) ?? Styled(invocation.glyphs.ellipsis)
    return Styled(heading.text(format)) + Styled(" = ", .operator) + body
  }

  /// `√3/2 ≈ 0.866025`, the value of a formula without variables: exactly where that is short, and in digits.
  func value(_ value: Double, besides shown: String = "") -> Styled {
    let exact = text(expression)
    let digits = invocation.number(value)
    var line = Styled()
    if DisplayWidth.of(exact) <= Subject.widestExact, exact != shown { line.append(exact, .value) }
    if exact != digits {
      line.append(line.runs.isEmpty ? "" : " ")
      line.append(
        (isTooSmall(value) ? invocation.glyphs.approximately : invocation.sign(value)) + " ", .operator)
      line.append(digits, .value)
    }
    return line
  }

  /// Whether the formula is a number that is not 0, though its nearest `Double` is: 10⁻⁴⁰⁰.
  private func isTooSmall(_ value: Double) -> Bool {
    guard value == 0, case .number(let number) = expression.shape else { return false }
    return !number.isZero
  }

  /// `f = sin(π/3) = √3/2 ≈ 0.866025`
  func echo(withValue value: Double) -> Styled {
    let equation = equation(format)
    let body = equation.plain.dropFirst(heading.text(format).count + 3)
    let value = self.value(value, besides: String(body))
    let line: Styled
    if value.runs.isEmpty || equation.plain.hasSuffix("= " + value.plain) {
      line = equation
    } else {
      let isSigned = value.plain.hasPrefix("=") || value.plain.hasPrefix(invocation.glyphs.approximately)
      line = equation + Styled(isSigned ? " " : " = ", .operator) + value
    }
    guard let given = given(format) else { return line }
    return line + Styled("      " + given, .hint)
  }

  /// Whether the variables are the members of one family, so many that they are not worth listing.
  private var isFamily: Bool {
    variables.count > 5 && expression.families.contains { $0.members.count == variables.count }
  }

  /// `x > 0`, nil where the formula is defined everywhere.
  func domain(_ format: Format) -> String? {
    if formula.hasNoValues { return "no real " + (variables.count == 1 ? shownName(0) : "point") }
    let conditions = formula.domain.map { formula.form(of: $0).text(format, limits: limits) }
    return conditions.isEmpty ? nil : conditions.joined(separator: ", ")
  }

  /// `with a = 3`, the values of parameters and of earlier lines that the formula uses; nil where there are none.
  private func given(_ format: Format) -> String? {
    guard let values = formula.reading?.values else { return nil }
    return given(values, format)
  }

  /// The same of values that are numbers, apart from one name: why `x^2` is 9.
  func givenValues(without name: String? = nil) -> String? {
    given(
      (formula.reading?.values ?? []).filter { $0.name != name && $0.value.freeVariables.isEmpty }, format)
  }

  private func given(_ values: [(name: String, value: Expr)], _ format: Format) -> String? {
    if values.isEmpty { return nil }
    let shown = values.prefix(Subject.mostValues).map { name, value in
      let text = formula.form(of: value).text(format, limits: limits)
      let isLong = DisplayWidth.of(text) > Subject.widestValue
      return Form.variable(name).text(format) + " = " + (isLong ? format.ellipsis : text)
    }
    let rest = values.count > Subject.mostValues ? [format.ellipsis] : []
    return "with " + (shown + rest).joined(separator: ", ")
  }

  /// The most values, and the widest, that stand beside the echo.
  private static let mostValues = 8
  private static let widestValue = 40
  /// The widest exact value that is shown.
  private static let widestExact = 60

  /// The echo with the domain: `f(x) = ½x² + ln x      for x > 0`.
  ///
  /// Of a derivative, d/dx(x³), its value stands behind it.
  var echoWithDomain: Styled {
    if formula.reading?.isDerivative == true, let simple = try? formula.simplified().expression {
      let line = equation(format) + Styled(" = ", .operator) + Styled(text(simple))
      return given(format).map { line + Styled("      " + $0, .hint) } ?? line
    }
    guard let domain = domain(format) else { return echo }
    return echo + Styled("      for " + domain, .hint)
  }

  /// `x = −8` for one variable, `(1, 2)` for several.
  func place(_ point: Point) -> String {
    let text = PointText(glyphs: invocation.glyphs)
    return variables.count == 1 ? "\(shownName(0)) = \(point.texts[0])" : text.tuple(point.texts)
  }

  /// Says that nothing is left to differentiate by; letters that have values are told.
  func refuseWithoutVariables(_ purpose: String = "to differentiate by", advice: String = "") -> Failure {
    let given = (formula.reading?.values ?? []).prefix(Subject.mostValues).map { name, value in
      "\(Form.variable(name).text(format)) is \(text(value))"
    }
    let reason = given.isEmpty ? "" : ": " + given.joined(separator: ", ")
    let first = invocation.process.isSession ? formula.reading?.values.first?.name : nil
    let forget = first.map { "; :forget \(Form.variable($0).text(.plain)) makes it a letter again" } ?? ""
    return refuse("there is no variable \(purpose)\(reason)\(forget)\(advice)")
  }

  /// Says an error about the formula as a whole.
  func refuse(_ sentence: String) -> Failure { .formula(sentence) }
}
