import NablaAlgebra
import NablaBasics

/// What a reader has to know apart from the text.
///
///     var options = ReadingOptions()
///     options.variables = ["speed", "t"]
public struct ReadingOptions: Sendable {
  /// The variables in order; nil: those of the definition's list, or all letters in natural alphabetical order.
  public var variables: [String]?
  /// Further names that are to be read whole, such as the columns of a table.
  public var declaredNames: [String] = []
  /// Values of parameters by name.
  public var parameters: [String: Expr] = [:]
  /// Whether a reading that needs a note is refused.
  public var isStrict = false
  /// Whether `3,5` is a number and `;` separates arguments.
  public var readsDecimalCommas = false
  /// Whether `x^2 + y^2 = 1` is read, as the difference of its sides.
  public var readsEquations = false
  /// Whether a parameter with a value may be missing without a note: the values may be for several formulas.
  public var allowsUnusedValues = false
  /// How much one text may ask for.
  public var limits = Limits.standard

  /// The defaults.
  public init() {}
}

/// A text as it was understood; the last of its definitions is its subject.
///
///     let reading = try Reading.read("f(x, y) = 3x^2 + 8xy")
///     reading.variables   // [x, y]
public struct Reading: Sendable {
  /// The name left of `=`, where there is one.
  public let name: String?
  /// What is differentiated by, in order.
  public let variables: [Variable]
  /// Letters of the formula outside the list of variables, in natural order.
  public let parameters: [Variable]
  /// The formula as meant, with earlier definitions and the values of parameters put in.
  public let expression: Expr
  /// The formula as typed.
  package let syntax: Syntax
  /// For each sum of the formula whose terms stayed apart, its terms in the order they were typed in.
  package let typedOrder: TypedOrder
  /// Which letters stood before which in its products.
  package let letterOrder: LetterOrder
  /// Whether the whole formula is a derivative: d/dx(x³), f″(x).
  package var isDerivative: Bool {
    switch syntax.kind {
    case .derivative: true
    case .call(.defined(let name), _): name.contains("'")
    default: false
    }
  }
  /// Indexed variables and the members that sums over an index touch; these are among the variables.
  public let families: [(family: Family, members: ClosedRange<Int>)]
  /// Whether the text gives a list of variables after the name: `f(x, y) = ...`.
  public let hasList: Bool
  /// The values that the last line uses, by name, in the order of use: those of parameters and of earlier lines.
  public let values: [(name: String, value: Expr)]
  /// The text.
  public let source: SourceText
  /// What there is to say about the reading.
  public let diagnostics: [Diagnostic]
  /// The names that lines above the last one define.
  package let earlierNames: NameSet

  /// Reads a text of one or more lines.
  ///
  ///     try Reading.read("g(t) = t^2\ng(3x)").expression   // 9x²
  ///
  /// Throws what is wrong with the text; with `isStrict`, notes as well.
  public static func read(
    _ text: String, options: ReadingOptions = ReadingOptions()
  ) throws(ReadingError) -> Reading {
    let source = SourceText(text)
    try checkNames(options.variables ?? [], in: source)
    let options = options.canonical
    let parsed = try parse(source, options)
    var resolver = Resolver(options: options)
    var subject: (definition: Definition, value: Expr)?
    do {
      for definition in parsed.definitions { subject = (definition, try resolver.define(definition)) }
    } catch {
      throw ReadingError(source: source, diagnostics: [error])
    }
    guard let subject else {
      throw ReadingError(source: source, diagnostics: [Diagnostic(.emptyFormula, Span(0, 0))])
    }
    let reading: Reading
    do {
      reading = try resolver.reading(of: subject.definition, subject.value, source, parsed.diagnostics)
    } catch {
      throw ReadingError(source: source, diagnostics: [error])
    }
    if options.isStrict, !reading.diagnostics.isEmpty {
      throw ReadingError(source: source, diagnostics: reading.diagnostics.map(\.asError))
    }
    return reading
  }

  /// Reads a formula of constants, such as the coordinate `pi/2` of a point.
  ///
  ///     try Reading.constant("2/4")   // 1/2
  ///
  /// Throws where it holds a variable that `options.parameters` gives no value.
  public static func constant(
    _ text: String, options: ReadingOptions = ReadingOptions()
  ) throws(ReadingError) -> Expr {
    let reading = try read(text, options: options)
    guard let first = (reading.variables + reading.parameters).min() else { return reading.expression }
    let said = Diagnostic(.notConstant(NameText.shown(first.name)), reading.syntax.span)
    throw ReadingError(source: reading.source, diagnostics: [said])
  }

  /// What the parser makes of a text, for completion, colours and the question whether a line goes on.
  package static func parsed(_ text: String, options: ReadingOptions = ReadingOptions()) -> Parsed {
    parsed(SourceText(text), options)
  }

  /// Whether a formula goes on in the line below it, as in a text of these two lines; `defined` are the names of the
  /// lines above.
  ///
  ///     Reading.goesOn("f(x, y) = x^2", in: "  - 4xy", defined: [])   // true
  package static func goesOn(_ line: String, in below: String, defined: [String]) -> Bool {
    var options = ParsingOptions()
    options.definedAbove = Set(defined)
    let first = below.split(whereSeparator: \.isNewline).first ?? ""
    let parser = Parser(SourceText(line + "\n" + first), names: Names(), options: options)
    return !parser.tokens.contains { $0.kind == .newline }
  }

  private static func parsed(_ source: SourceText, _ options: ReadingOptions) -> Parsed {
    var names = Names()
    for name in (options.variables ?? []) + options.declaredNames + options.valuedNames {
      names.declare(variable: name)
    }
    var parsing = ParsingOptions()
    parsing.limits = options.limits
    parsing.readsDecimalCommas = options.readsDecimalCommas
    parsing.readsEquations = options.readsEquations
    parsing.valued = NameSet(options.valuedNames)
    return Parser.parse(source, names: names, options: parsing)
  }

  private static func parse(_ source: SourceText, _ options: ReadingOptions) throws(ReadingError) -> Parsed {
    let parsed = parsed(source, options)
    let isRefused = parsed.hasErrors || (options.isStrict && !parsed.diagnostics.isEmpty)
    guard isRefused else { return parsed }
    // A definition that is refused takes no name away.
    let kept = parsed.diagnostics.filter {
      if case .redefined = $0.kind { options.isStrict } else { true }
    }
    let said = options.isStrict ? kept.map(\.asError) : kept
    throw ReadingError(source: source, diagnostics: said)
  }
}
