import Nabla
import NablaAlgebra
import NablaBasics
import NablaNotation

/// Text → tree → print → parse: whatever is typed is read or refused with a place in the text, and what is printed of it
/// reads back to the same expression.
public enum ReadingLaw {
  static let formats: [Format] = [.plain, .unicode, .latex]

  /// What is wrong with a text; nil where the law holds.
  public static func trouble(with text: String, limits: Limits = fuzzing) -> String? {
    var options = ReadingOptions()
    options.limits = limits
    let reading: Reading
    do {
      reading = try Reading.read(text, options: options)
    } catch {
      return trouble(with: error.diagnostics, SourceText(text), isError: true)
    }
    if let trouble = trouble(with: reading.diagnostics, reading.source, isError: false) { return trouble }
    do {
      try reading.expression.checkInvariants()
    } catch {
      return "invariant: \(error)"
    }
    return printing(reading, limits)
  }

  /// Smaller than the standard, so that a thousand texts take a second.
  public static let fuzzing: Limits = {
    var limits = Limits.standard
    limits.expandedTerms = 2_000
    limits.work = 2_000_000
    limits.expressionSize = 20_000
    limits.printedLength = 20_000
    return limits
  }()

  static func trouble(
    with diagnostics: [Diagnostic], _ source: SourceText, isError: Bool
  ) -> String? {
    if isError, !diagnostics.contains(where: { $0.severity == .error }) { return "refused without an error" }
    for diagnostic in diagnostics {
      if diagnostic.message.isEmpty { return "a diagnostic without a sentence: \(diagnostic.id)" }
      for span in [diagnostic.span] + diagnostic.fixes.map(\.span)
      where span.start < 0 || span.end > source.count || span.start > span.end {
        return "\(diagnostic.id) stands at \(span.start)..<\(span.end) of \(source.count)"
      }
    }
    return Diagnostic.render(diagnostics, in: source).plain.isEmpty && !diagnostics.isEmpty
      ? "diagnostics render to nothing" : nil
  }

  private static func printing(_ reading: Reading, _ limits: Limits) -> String? {
    let expression = reading.expression
    guard canBeTyped(expression, limits) else { return nil }
    var options = ReadingOptions()
    options.limits = limits
    let names = expression.freeVariables
    let echo = Form(reading.syntax, declared: names)
    for format in formats {
      for (what, form) in [("the expression", Form(expression, variables: names)), ("the echo", echo)] {
        // Where d or dx is a variable, d/dx is a fraction.
        if what == "the echo", differentiates(reading.source.text),
          reading.variables.contains(where: { $0.name.utf8.first == UInt8(ascii: "d") })
        {
          continue
        }
        if what == "the echo", reading.source.text.contains("=") || reading.source.text.contains("\n") {
          continue
        }
        guard let printed = try? form.styled(format, limits: limits).plain else { continue }
        // The echo may name variables that no longer count once it is differentiated.
        options.variables = (what == "the echo" ? reading.variables : names).map(\.name)
        do {
          let again = try Reading.read(printed, options: options)
          let isSame =
            same(again.expression, expression)
            || (what == "the echo" && differentiates(reading.source.text)
              && agree(again.expression, expression))
          if !isSame {
            let shown = Form(again.expression, variables: names).text(.plain, limits: limits)
            return "\(format.name): \(what) prints \(printed) and reads \(shown)"
          }
        } catch {
          if error.diagnostics.contains(where: { isLimit($0) }) { continue }
          return
            "\(format.name): \(what) prints \(printed), which is refused: \(error.diagnostics.map(\.message))"
        }
      }
    }
    return nil
  }

  private static func isLimit(_ diagnostic: Diagnostic) -> Bool {
    ["limit", "too"].contains { diagnostic.id.contains($0) }
  }

  /// Whether a text can stand for it: approximations and equations cannot be typed, and indices have names of their own.
  private static func canBeTyped(_ expression: Expr, _ limits: Limits) -> Bool {
    if expression.size > 2_000 { return false }
    if case .call(let function, _) = expression.shape, function.name == "==" { return false }
    return expression.families.isEmpty
      && expression.distinctSubexpressions().allSatisfy { part in
        switch part.shape {
        case .number(let number): number.isExact && (number.isZero || number.double.isNormal)
        case .variable(let variable): !variable.isIndex && variable.member == nil
        case .fold, .element: false
        default: true
        }
      }
  }

  /// Equal but for decimals that are shown as the whole numbers or the powers of ten they are, and two cube roots.
  private static func same(_ first: Expr, _ second: Expr) -> Bool {
    first == second || fractions(first) == fractions(second)
  }

  private static func differentiates(_ text: String) -> Bool {
    ["/d", "∂", "{d"].contains { text.contains($0) }
  }

  /// Equal values wherever both have one: 0.001 and 10⁻³ may have derivatives of other shapes.
  private static func agree(_ first: Expr, _ second: Expr) -> Bool {
    let variables = Array(Set(first.freeVariables).union(second.freeVariables))
    var random = SplitMix64(start: 1)
    return (0..<8).allSatisfy { _ in
      let point = variables.map { _ in Double.random(in: -3..<3, using: &random) }
      guard let one = try? Formula(first, variables: variables).value(at: point), one.isFinite,
        let other = try? Formula(second, variables: variables).value(at: point), other.isFinite
      else { return true }
      return abs(one - other) <= 1e-6 * max(1, abs(one))
    }
  }

  private static func fractions(_ expression: Expr) -> Expr {
    expression.rebuilt { part in
      // \sqrt[3]{x} is read as cbrt(x), root(x, 3) as a power.
      if case .call(.cbrt, let arguments) = part.shape {
        return .power(arguments[0], .number(Number(Rational(1, over: 3) ?? 1)))
      }
      guard case .number(let number) = part.shape, number.isDecimal, let value = number.rational else {
        return nil
      }
      return .number(Number(value))
    }
  }
}
