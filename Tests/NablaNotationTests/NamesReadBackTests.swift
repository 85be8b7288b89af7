import NablaAlgebra
import NablaBasics
import Testing

@testable import NablaNotation

/// Whatever can be a name is printed in a form that reads back as the same name.
@Suite struct NamesReadBackTests {
  static let names: [(typed: String, canonical: String)] = [
    ("\\operatorname{e2}", "e_2"), ("\\mathrm{i0}", "i_0"), ("\\text{r1}", "r_1"),
    ("\\mathrm{foo12}", "foo_12"),
    ("\\mathrm{a1b}", "a_1b"), ("x_{1i}", "x_1i"), ("x_{é1}", "x_é1"), ("x_{\\mathrm{2x}}", "x_2x"),
    ("+notᵢ", "not_i"), ("+and_2", "and_2"), ("v_{max}", "v_max"),
    ("\\lambda_{1a}", "lambda_1a"), ("e₂", "e_2"),
  ]

  @Test(arguments: names.indices) func `a name reads back`(_ place: Int) throws {
    let (typed, canonical) = Self.names[place]
    let reading = try Reading.read(typed)
    #expect(reading.variables.map(\.name) == [canonical])
    for format in [Format.plain, .unicode, .latex] {
      let text = Form(reading.expression).text(format)
      #expect(try Reading.read(text).variables.map(\.name) == [canonical], "\(format.name): \(text)")
      var options = ReadingOptions()
      options.variables = [canonical]
      #expect(try Reading.read(text, options: options).expression == reading.expression, "\(text)")
    }
  }

  @Test func `a blank is no name`() throws {
    #expect(try Reading.read("log_{ᵢ }x").variables.map(\.name) == ["i", "x"])
    for text in ["x_()", "x_{}", "x_", "x_( )", "log_{ }x"] { _ = Reading.parsed(text) }
    #expect(
      (try? Reading.read("\\operatorname{r1e-9}"))?.variables.contains { $0.name.contains("-") } != true)
  }

  @Test(arguments: [
    ("d/dx.2x", "d/dx (0.2·x)"), ("d/dx1e8", "d/dx 100000000"), ("d/dx_1 x_1", "d/dx₁ x₁"),
    ("d/dx2 x2", "d/dx₂ x₂"),
  ]) func `a decimal is no subscript`(_ text: String, _ meaning: String) throws {
    let variable = text.contains("_1") ? "x_1" : text.contains("x2") ? "x_2" : "x"
    guard case .derivative(let names) = try Reading.read(text).syntax.kind else {
      Issue.record("\(text)")
      return
    }
    #expect(names == [variable], "\(meaning)")
  }

  /// Products of letters beside a word that they would spell.
  @Test(arguments: [
    (["a", "b", "ab"], "ab + a b^2", "ab + a·b²"), (["q", "r", "s", "sqr"], "sqr + s q r", "sqr + s·q·r"),
    (["a", "b", "ab_1"], "ab_1 + a b_1", "ab_1 + a·b₁"), (["a", "b", "c"], "a b c", "abc"),
  ]) func `letters never fall together into a declared word`(
    _ names: [String], _ text: String, _ shown: String
  ) throws {
    var options = ReadingOptions()
    options.variables = names
    options.declaredNames = names
    let reading = try Reading.read(text, options: options)
    for form in [Form(reading.syntax, declared: reading.variables)] {
      #expect(form.text(.unicode) == shown)
    }
    let printed = Form(reading.expression, variables: reading.variables).text(.plain)
    options.variables = reading.variables.map(\.name)
    #expect(try Reading.read(printed, options: options).expression == reading.expression, "\(printed)")
  }

  /// What is printed of derivatives draws no note when it is typed again, but where a Greek letter is a function.
  @Test(arguments: ["lnGamma(x)", "log(2, x)", "log(2, x + 1)", "x!", "log(x, b)", "lg(x)"])
  func `an answer is typed again without a note`(_ text: String) throws {
    var options = ReadingOptions()
    options.declaredNames = ["g", "h", "b", "x"]
    let expression = try Reading.read(text, options: options).expression
    let rate = try expression.derivative(by: Variable("x"))
    for value in [expression, rate] {
      for format in [Format.plain, .unicode] {
        let printed = Form(value).text(format)
        #expect(try Reading.read(printed).diagnostics.allSatisfy { $0.id == "greek-function" }, "\(printed)")
      }
    }
  }

  @Test func `a word or a function's letter before a bracket gets a sign`() {
    let sum: Form = .sum([.plus(.variable("x")), .plus(.integer(1))])
    for (name, shown) in [("g", "g·(x + 1)"), ("a", "a(x + 1)"), ("speed", "speed·(x + 1)")] {
      #expect(Form.product([.implied(.variable(name)), .implied(sum)]).text(.unicode) == shown)
      let power: Form = .power(.eulersNumber, .variable(name))
      let text = Form.product([.implied(power), .implied(sum)]).text(.plain)
      #expect(text == (name == "a" ? "e^a(x + 1)" : "e^\(name)*(x + 1)"))
    }
  }

  @Test(arguments: [
    ("1.000,5x", ["1000.5"]), ("1,000.5x", ["1000.5"]), ("x + 1.234.567,25", ["1234567.25"]),
    ("3,5x", ["3.5"]), ("0,125x", ["0.125"]), ("1,000x", ["1000"]),
  ]) func `a comma beside a point is told with the number it means`(_ text: String, _ meant: [String]) {
    let said = Reading.parsed(text).diagnostics.filter { $0.severity == .error }
    #expect(said.first?.fixes.map(\.replacement) == meant || said.first?.id == "bad-number", "\(said)")
  }

  @Test func `a word is noted whole, with its subscript`() throws {
    let notes = try Reading.read("learning_rate * grad").diagnostics
    #expect(notes.first?.message == "‘learning_rate’ is read as one variable")
    #expect(notes.first?.hint == "to say so, declare it with --vars learning_rate")
    #expect(notes.first?.span == Span(0, 13))
  }

  @Test(arguments: [
    ("5.", "5"), ("1.^x", "1"), ("1.0^x", "1.0"), ("lnGamma(1.0)", "0"), ("sin(0.0)", "0"),
    ("lg(0.001)", "-3"),
    ("lg(1e-30)", "-30"), ("lg(0.2)", "lg(0.2)"), ("0 x e^x/e^(ln y)", "0 e^(-ln y)"), ("sqrt(x^4)", "x^2"),
    ("(x^6)^(1/3)", "x^2"), ("(x^4)^(-1/2)", "x^(-2)"),
  ]) func `decimals that are whole count as integers, and zeros keep the domain`(
    _ text: String, _ same: String
  ) throws {
    #expect(try Reading.read(text).expression == Reading.read(same).expression)
  }
}
