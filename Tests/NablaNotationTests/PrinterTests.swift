import NablaBasics
import Testing

@testable import NablaNotation

/// Brackets, signs and limits of printed forms.
@Suite struct PrinterTests {
  static let x: Form = .variable("x")
  static let y: Form = .variable("y")

  static func product(_ factors: Form...) -> Form { .product(factors.map { .implied($0) }) }
  static func call(_ name: String, _ argument: Form) -> Form { .application(.init(name, [argument])) }

  /// From the fourth prime on their number stands in brackets.
  @Test func `primes of every order`() {
    let texts = (0...5).map { order in
      Format.all.map { Form.label(.prime("f", order: order, of: [])).text($0) }.joined(separator: "  ")
    }
    #expect(
      texts == [
        "f  f  f  <mi>f</mi>",
        "f′  f'  f'  <msup><mi>f</mi><mo>′</mo></msup>",
        "f′′  f''  f''  <msup><mi>f</mi><mo>′′</mo></msup>",
        "f′′′  f'''  f'''  <msup><mi>f</mi><mo>′′′</mo></msup>",
        "f⁽⁴⁾  f^(4)  f^{(4)}  <msup><mi>f</mi><mrow><mo>(</mo><mn>4</mn><mo>)</mo></mrow></msup>",
        "f⁽⁵⁾  f^(5)  f^{(5)}  <msup><mi>f</mi><mrow><mo>(</mo><mn>5</mn><mo>)</mo></mrow></msup>",
      ])
  }

  /// Brackets are as tall as what stands in them, which is looked for among the first 200 parts.
  @Test func `very long parts count as tall`() {
    let wholes: [(name: String, make: ([Form]) -> Form)] = [
      ("sum", { .sum($0.map { .plus($0) }) }), ("product", { .product($0.map { .explicit($0) }) }),
      ("comparison", { .comparison($0[0], $0.dropFirst().map { .init(.less, $0) }) }),
      ("and", { .and($0) }), ("or", { .or($0) }), ("call", { .application(.init("f", $0)) }),
      ("nested", { $0.dropFirst().reduce($0[0]) { .sum([.plus($1), .minus(.negative($0))]) } }),
    ]
    for (name, make) in wholes {
      let least = (60...300).first { count in
        let inner = make((0..<count).map { _ in Self.x })
        return Form.enclosed(.floor, inner).text(.latex).contains(#"\left"#)
      }
      // 67 nested letters are in 200 parts, as 199 side by side are.
      #expect(least == (name == "nested" ? 68 : 200), "\(name)")
    }
  }

  static let rows: [(Form, unicode: String, plain: String)] = [
    (.power(.negative(.integer(2)), x), "(−2)ˣ", "(-2)^x"),
    (.integer(-2), "−2", "-2"),
    (.power(.power(x, .integer(2)), .integer(3)), "(x²)³", "(x^2)^3"),
    (.power(x, .power(y, .integer(2))), "x^(y²)", "x^(y^2)"),
    (product(.power(x, .number("1e21", isApproximate: false)), y), "x^(1e21)y", "x^(1e21)y"),
    (.power(x, .negative(.integer(1))), "x⁻¹", "x^(-1)"),
    (.power(x, .sum([.plus(.variable("n")), .minus(.integer(1))])), "xⁿ⁻¹", "x^(n - 1)"),
    (.power(.root(index: 2, x), .integer(2)), "(√x)²", "sqrt(x)^2"),
    (.sum([.plus(x), .plus(.negative(y))]), "x + (−y)", "x + (-y)"),
    (.sum([.minus(x), .minus(.sum([.plus(x), .plus(y)]))]), "−x − (x + y)", "-x - (x + y)"),
    (product(.integer(2), .integer(3)), "2·3", "2*3"),
    (product(x, .integer(3)), "x·3", "x*3"),
    (product(.fraction(.integer(1), .integer(2)), .power(x, .integer(2))), "½x²", "(1/2)x^2"),
    (product(.fraction(.integer(3), .integer(7)), x), "(3/7)x", "(3/7)x"),
    (.fraction(.fraction(x, y), .fraction(y, x)), "(x/y)/(y/x)", "(x/y)/(y/x)"),
    (
      .product([.implied(x), .init(joint: .over, form: y), .init(joint: .over, form: x), .implied(y)]),
      "x/y/x·y", "x/y/x*y"
    ),
    (.fraction(.root(index: 2, x), .integer(2)), "√x/2", "sqrt(x)/2"),
    (.fraction(.integer(2), .root(index: 2, x)), "2/√x", "2/sqrt(x)"),
    (product(.integer(2), .enclosed(.absolute, x), y), "2|x|·y", "2|x|*y"),
    (.enclosed(.floor, .fraction(x, .integer(2))), "⌊x/2⌋", "floor(x/2)"),
    (.factorial(.sum([.plus(x), .plus(.integer(1))])), "(x + 1)!", "(x + 1)!"),
    (product(.factorial(x), y), "x!·y", "x!*y"),
    (.application(.init("ln", [x], isBare: true)), "ln x", "ln x"),
    (product(.application(.init("ln", [x], isBare: true)), y), "ln(x)y", "ln(x)y"),
    (.fraction(.application(.init("sin", [x], isBare: true)), .integer(2)), "sin(x)/2", "sin(x)/2"),
    (.power(call("sin", x), .integer(2)), "sin²(x)", "sin(x)^2"),
    (.power(call("atan2", x), .integer(2)), "atan2(x)²", "atan2(x)^2"),
    (call("log2", x), "log₂(x)", "log2(x)"),
    (call("log3", x), "log₃(x)", "log_3(x)"),
    (call("log1p", x), "log1p(x)", "log1p(x)"),
    (
      .comparison(.integer(0), [.init(.less, x), .init(.lessOrEqual, .integer(1))]), "0 < x ≤ 1", "0 < x <= 1"
    ),
    (product(.comparison(x, [.init(.greater, .integer(0))]), x), "(x > 0)x", "(x > 0)x"),
    (.not(.and([x, .or([x, y])])), "not (x and (x or y))", "not (x and (x or y))"),
    (
      .piecewise([.init(.comparison(x, [.init(.greater, .integer(0))]), x)], otherwise: .negative(x)),
      "{x > 0: x; −x}", "if(x > 0, x, -x)"
    ),
    (
      .fold(.init(.sum, index: Name("i"), from: .integer(1), to: .integer(999), .sum([.plus(x), .plus(y)]))),
      "Σᵢ₌₁⁹⁹⁹ (x + y)", "sum(i, 1, 999, x + y)"
    ),
    (.element(Name("x"), index: .sum([.plus(.variable("i")), .plus(.integer(1))])), "xᵢ₊₁", "x[i + 1]"),
    (.variable("x_1000"), "x₁₀₀₀", "x_1000"),
    (.variable("rho_c_0"), "ρ_c_0", "rho_c_0"),
    (.variable("v_max"), "vₘₐₓ", "v_max"),
    (.point([.integer(1), .negative(.integer(1))]), "(1, −1)", "(1, -1)"),
    (.vector([product(.integer(6), x), y]), "⟨6x, y⟩", "<6x, y>"),
    (.label(.partial("f", by: [.variable("x_1")])), "∂f/∂x₁", "df/dx_1"),
    (.label(.partial("f", by: [x, y])), "∂²f/∂x∂y", "d^2f/dx dy"),
    (.label(.partial("f", by: [x, x])), "∂²f/∂x²", "d^2f/dx^2"),
    (.label(.prime("f", order: 1, of: [x])), "f′(x)", "f'(x)"),
    (.label(.gradient("f")), "∇f", "grad f"),
    (
      .label(.function("f", [.variable("x_1"), .ellipsis, .variable("x_9")])), "f(x₁, …, x₉)",
      "f(x_1, ..., x_9)"
    ),
  ]

  @Test(arguments: rows.indices) func `forms are spelled`(_ place: Int) {
    let row = Self.rows[place]
    #expect(row.0.text(.unicode) == row.unicode)
    #expect(row.0.text(.plain) == row.plain)
  }

  static let latex: [(Form, String)] = [
    (product(.integer(3), .power(x, .integer(2))), "3x^2"),
    (.power(x, .integer(10)), "x^{10}"),
    (.variable("x_0"), "x_0"), (.variable("x_9"), "x_9"), (.variable("x_10"), "x_{10}"),
    (.power(.eulersNumber, .negative(.fraction(.power(x, .integer(2)), .integer(2)))), "e^{-x^2/2}"),
    (.fraction(product(.integer(2), x), .integer(3)), #"\frac{2}{3}x"#),
    (.fraction(product(.integer(3), .pi), .integer(4)), #"\frac{3\pi}{4}"#),
    (.fraction(.sum([.plus(x), .plus(.integer(1))]), y), #"\frac{x + 1}{y}"#),
    (.power(.fraction(x, y), .integer(2)), #"\left(\frac{x}{y}\right)^2"#),
    (.power(.sum([.plus(x), .plus(y)]), .integer(2)), "(x + y)^2"),
    (product(.integer(2), .pi, .variable("r")), #"2\pi r"#),
    (.root(index: 3, .sum([.plus(x), .plus(y)])), #"\sqrt[3]{x + y}"#),
    (.application(.init("root", [x, .integer(7)])), #"\sqrt[7]{x}"#),
    (.application(.init("root", [x, .integer(2)])), #"\sqrt{x}"#),
    (.fraction(product(.integer(3)), .integer(4)), #"\frac{3}{4}"#),
    (product(x, .application(.init("sin", [x], isBare: true))), #"x \sin x"#),
    (.power(call("sin", x), .integer(2)), #"\sin^2(x)"#),
    (call("erf", x), #"\operatorname{erf}(x)"#),
    (call("log10", x), #"\log_{10}(x)"#),
    (.application(.init("log", [x, y])), #"\log_{y}(x)"#),
    (call("gamma", x), #"\Gamma(x)"#),
    (.enclosed(.absolute, .fraction(x, .integer(2))), #"\left|\frac{x}{2}\right|"#),
    (.enclosed(.floor, x), #"\lfloor x \rfloor"#),
    (product(.variable("x_10"), .variable("v_max")), #"x_{10} \cdot v_{\mathrm{max}}"#),
    (product(.variable("lambda"), .variable("speed")), #"\lambda \cdot \mathrm{speed}"#),
    (.variable("rho_c_0"), #"\rho_{c,0}"#),
    (product(.number("2.5e-7", isApproximate: false), x), #"2.5 \cdot 10^{-7}x"#),
    (product(.number("2.5e-07", isApproximate: false), x), #"2.5 \cdot 10^{-7}x"#),
    (product(.number("1e+010", isApproximate: false), x), #"10^{10}x"#),
    (product(.number("3e00", isApproximate: false), x), #"3 \cdot 10^{0}x"#),
    (
      .piecewise([.init(.comparison(x, [.init(.greaterOrEqual, .integer(0))]), x)], otherwise: .negative(x)),
      #"\begin{cases} x & \text{if } x \ge 0 \\ -x & \text{otherwise} \end{cases}"#
    ),
    (
      .fold(
        .init(
          .sum, index: Name("i"), from: .integer(1), to: .variable("n"),
          .power(.element(Name("x"), index: .sum([.plus(.variable("i")), .plus(.integer(1))])), .integer(2)))),
      #"\sum_{i=1}^{n} x_{i+1}^2"#
    ),
    (.vector([product(.integer(6), x), y]), #"\langle 6x, y \rangle"#),
    (.label(.partial("f", by: [.variable("x_1")])), #"\frac{\partial f}{\partial x_1}"#),
    (.label(.partial("f", by: [x, y])), #"\frac{\partial^2 f}{\partial x \partial y}"#),
    (.label(.partial("f", by: [x, x])), #"\frac{\partial^2 f}{\partial x^2}"#),
    (.label(.prime("f", order: 2, of: [x])), "f''(x)"),
    (.label(.gradient("f")), #"\nabla f"#),
  ]

  /// The search for something tall sees two hundred parts; where there are more, brackets are tall all the same.
  @Test func `brackets around very many parts are tall`() {
    let few = Form.sum((0..<150).map { _ in .plus(Self.x) })
    let many = Form.sum((0..<250).map { _ in .plus(Self.x) })
    let nested = (0..<60).reduce(Self.x) { form, _ in
      .sum([.plus(form), .plus(Self.y), .minus(Self.x), .plus(Self.y)])
    }
    for (form, isTall) in [(few, false), (many, true), (nested, true)] {
      let text = Form.power(form, .integer(2)).text(.latex)
      #expect(text.hasPrefix(#"\left("#) == isTall && text.hasSuffix(isTall ? #"\right)^2"# : ")^2"))
    }
    let fraction = Form.fraction(Self.x, Self.y)
    #expect(
      Form.power(.sum([.plus(Self.x), .plus(fraction)]), .integer(2)).text(.latex).hasPrefix(#"\left("#))
  }

  @Test(arguments: latex.indices) func `LaTeX is spelled as it is typed`(_ place: Int) {
    #expect(Self.latex[place].0.text(.latex) == Self.latex[place].1)
  }

  static let mathML: [(Form, String)] = [
    (.power(x, .integer(2)), "<msup><mrow><mi>x</mi></mrow><mrow><mn>2</mn></mrow></msup>"),
    (.variable("x_1"), "<msub><mi>x</mi><mn>1</mn></msub>"),
    (product(.integer(2), x), "<mn>2</mn><mo>\u{2062}</mo><mi>x</mi>"),
    (.fraction(x, y), "<mfrac><mrow><mi>x</mi></mrow><mrow><mi>y</mi></mrow></mfrac>"),
    (
      .comparison(x, [.init(.less, y)]), "<mi>x</mi><mo>&lt;</mo><mi>y</mi>"
    ),
    (
      .sum([.minus(x), .plus(.root(index: 2, y))]),
      "<mo form=\"prefix\">−</mo><mi>x</mi><mo>+</mo><msqrt><mi>y</mi></msqrt>"
    ),
    (
      product(
        .application(.init("sin", [x], isBare: true)), .application(.init("cos", [y], isBare: true))),
      "<mi>sin</mi><mo>\u{2061}</mo><mspace width=\"0.167em\"/><mi>x</mi><mo>\u{2062}</mo>"
        + "<mspace width=\"0.167em\"/><mi>cos</mi><mo>\u{2061}</mo><mspace width=\"0.167em\"/><mi>y</mi>"
    ),
  ]

  @Test(arguments: mathML.indices) func `MathML is marked up`(_ place: Int) {
    #expect(Self.mathML[place].0.text(.mathML) == Self.mathML[place].1)
  }

  @Test func `no blanks where none are wanted`() {
    let form: Form = .sum([.plus(Self.product(.integer(2), .eulersNumber)), .plus(.integer(1))])
    #expect(form.text(.plain.withoutSpaces) == "2*e+1")
    #expect(form.text(.plain) == "2e + 1")
  }

  @Test func `runs carry roles`() throws {
    let styled = try Form.sum([.plus(Self.call("sin", Self.x)), .minus(.integer(2))]).styled(.unicode)
    #expect(styled.runs.map(\.role) == [.function, .text, .variable, .text, .operator, .value])
  }

  @Test func `a hundred thousand terms are one loop`() throws {
    let terms = (1...100_000).map { Form.Term(isNegative: $0 % 2 == 0, form: .variable("x_\($0)")) }
    var limits = Limits.standard
    limits.printedLength = 10_000_000
    let text = try Form.sum(terms).styled(.plain, limits: limits).plain
    #expect(text.hasPrefix("x_1 - x_2 + x_3"))
    #expect(text.hasSuffix("- x_100000"))
  }

  @Test func `shared parts are not written out without end`() {
    var form = Self.x
    for _ in 0..<60 { form = .sum([.plus(form), .plus(.power(form, .integer(2)))]) }
    #expect(throws: Budget.Overrun.tooLarge("printedLength")) { try form.styled(.plain) }
    #expect(form.text(.plain) == "…")
  }

  @Test func `a long sum stops at the limit`() {
    var limits = Limits.standard
    limits.printedLength = 20
    let form: Form = .sum(Array(repeating: .plus(Self.x), count: 1000))
    #expect(throws: Budget.Overrun.tooLarge("printedLength")) { try form.styled(.plain, limits: limits) }
  }
}
