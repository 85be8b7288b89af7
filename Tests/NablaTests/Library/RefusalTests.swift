import Nabla
import Testing

/// What cannot be meant is refused in words, or stops at once with a message, and never somewhere inside.
@Suite struct RefusalTests {
  @Test func boxesThatGoOnForEver() throws {
    let f = try Formula("x^2 + y^2")
    #expect(throws: FormulaError.infiniteBox(Variable("y"))) {
      try f.globalMinimum(within: [-1...1, -Double.infinity...Double.infinity])
    }
    let huge = try f.globalMinimum(within: [-1e308...1e308, -1e308...1e308])
    #expect(huge.value.lower <= 0)
    let far = try Formula("x").globalMinimum(within: [1e308...1.7e308])
    #expect(far.value.upper >= 1e308)
  }

  @Test func windowsAndSizes() throws {
    var options = FigureOptions()
    options.window = [7: 0...1]
    #expect(throws: FigureError.self) { try Formula("x y").figure(options) }
    #expect(throws: FigureError.self) { try Formula("x^2").figure(options) }
    options.window = [0: 0...Double.infinity]
    #expect(throws: FigureError.self) { try Formula("x^2").figure(options) }
    options.window = [0: 1...1]
    #expect(throws: FigureError.self) { try Formula("x^2").figure(options) }
    options.window = [1: 1...2]
    let line = try Fit("y = a x", to: Table(["x": [1, 2, 3], "y": [2, 4, 7]]))
    #expect(throws: FigureError.self) { try line.figure(options) }
    options.window = [:]
    for levels in [-1, 0, Int.max] {
      options.levels = levels
      #expect(throws: FigureError.self) { try Formula("x y").figure(options) }
    }
    options.levels = nil
    for (width, height) in [(-5.0, 0.0), (.nan, 100), (100, 1e9)] {
      options.size = (width, height)
      #expect(throws: FigureError.self) { try Formula("x^2").figure(options) }
    }
    options.size = (40, 40)
    _ = try Formula("x^2").figure(options).svg()
    _ = try Formula("x y").figure(options).svg()
  }

  @Test func columnsThatAreNotThere() throws {
    var reader = CSVReader()
    try reader.push(Array("t,y\n0,1\n".utf8))
    #expect(throws: CSVError.noColumn(at: 5, columns: 2)) { try reader.use([5]) }
    #expect(throws: CSVError.noColumn(at: -1, columns: 2)) { try reader.use([-1]) }
    try reader.use([1])
    #expect(try reader.finish().names == ["y"])
  }

  @Test func countsThatDoNotFit() async {
    await #expect(processExitsWith: .failure) { _ = Table(names: ["x"], columns: [[1], [2]]) }
    await #expect(processExitsWith: .failure) { _ = Table(["x": [1], "x": [2]]) }
    await #expect(processExitsWith: .failure) { _ = Table(["x": [1], "y": [2, 3]]) }
    await #expect(processExitsWith: .failure) { _ = Bounds([0...1]).nearest(to: [1, 2]) }
    await #expect(processExitsWith: .failure) { _ = Bounds(lower: [1], upper: [0]) }
    await #expect(processExitsWith: .failure) { _ = try Formula("x^2").compiled()([1, 2]) }
    await #expect(processExitsWith: .failure) { _ = try Formula("x^2").selfCheck([1, 2, 3], at: [1]) }
    await #expect(processExitsWith: .failure) {
      _ = Formula(Expr("x"), variables: [Variable("x"), Variable("x")])
    }
    await #expect(processExitsWith: .failure) {
      var bowl = Objective { x in x[0] * x[0] }
      bowl.bounds = Bounds([0...1, 0...1])
      _ = Minimizer().minimize(bowl, from: [1])
    }
    await #expect(processExitsWith: .failure) {
      _ = MultiStart(Minimizer(), starts: 2).run(
        Objective { x in x[0] * x[0] }, within: Bounds([0...1, 0...1]), from: [1])
    }
  }

  @Test func variablesOfThemselves() throws {
    let circle = try ImplicitEquation("x^2 + y^2 = 1")
    let (x, y) = (Variable("x"), Variable("y"))
    #expect(throws: ImplicitError.oneVariable(y)) { try circle.derivative(of: y, by: y) }
    #expect(throws: ImplicitError.oneVariable(y)) { try circle.mixedDerivatives(of: y, by: [x, y]) }
    #expect(try circle.derivative(of: y, by: x).first.description == "−x/y")
  }

  @Test func ordersBelowZero() throws {
    let f = try Formula("x^2")
    #expect(throws: ExpansionError.negativeOrder(-1)) { try f.taylor(about: [0], order: -1) }
    #expect(throws: FormulaError.negativeOrder(-1)) { try f.derivatives(order: -1) }
    #expect(try f.derivatives(order: 0).map(\.expression) == [f.expression])
  }
}
