import NablaAlgebra
import NablaBasics
import NablaDescent
import NablaDrawing
import NablaNotation

extension Figure {
  /// The picture as a page in one file: the formula typeset, a slider over the steps, the start and the rate under the
  /// finger where the formula could be written in JavaScript. Without scripts, the same picture.
  public func html(of formula: Formula) -> String {
    let variables = formula.variables.count
    let kind: Page.Kind = variables == 1 ? .curve : variables == 2 ? .plane : .convergence
    let played = paths.isEmpty ? [FirstDescent(of: formula, in: window)?.path].compactMap { $0 } : paths
    var page = Page(
      kind: kind, heading: formula.mathML(formula.headingForm, formula.bodyForm),
      gradient: formula.gradientMathML,
      name: formula.shownFunctionName, variables: formula.variables.indices.map(formula.shownName),
      paths: played.enumerated().map { number, path in
        path.recorded(
          ink: played.count == 1 && kind != .convergence ? 1 : number, most: 240 / max(1, played.count),
          by: Page.Walker(method: path.method, isAlone: played.count == 1, variables: variables))
      },
      start: played.first?.points.first?.x,
      steps: max(1, min(200, played.compactMap { $0.points.last?.k }.max() ?? 60)))
    page.code = try? CodeFile([formula], names: ["value"], in: .javascript).text
    page.isMaximum = paths.first?.sense == .maximize
    page.best = best ?? 0
    page.bounds = played.first?.bounds.map { Array(zip($0.lower, $0.upper)) }
    page.hasField = hasField
    if kind == .plane {
      page.marks = marked.map { ($0.coordinates[0], $0.coordinates[1], CriticalMarks.symbol($0.kind)) }
    }
    if let azimuth {
      page.isSurface = true
      page.azimuth = azimuth
      page.floor = zip(window, formula.variables.indices).map { range, place in
        Axis(range.lowerBound, range.upperBound, label: formula.shownName(place))
      }
    }
    return HTML(page: page).text(of: scene)
  }
}

extension Formula {
  /// The picture as a page in one file; see `Figure.html(of:)`.
  ///
  ///     try Formula("x^2 + 5x + 6").page()   // "<!doctype html>…"
  public func page(
    _ options: FigureOptions = FigureOptions(), paths: [FigurePath] = []
  ) throws(FigureError) -> String {
    var options = options
    options.isPage = true
    return try figure(options, paths: paths).html(of: self)
  }
}

extension Figure {
  /// The picture of a fit as a page in one file: the model typeset, the picture, what it shows, and the parameters
  /// with their errors.
  public func html(of fit: Fit) -> String {
    let left = fit.model.left?.text(.mathML) ?? ""
    let heading =
      "<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><mrow>\(left)<mo>=</mo>"
      + "\(fit.model.right.text(.mathML))</mrow></math>"
    var page = Page(
      kind: .curve, heading: heading, gradient: "", name: "f", variables: fit.predictors, paths: [],
      start: nil, steps: 1)
    page.answer = fit.answerHTML
    return HTML(page: page).text(of: scene)
  }
}

extension FigurePath {
  /// The most steps that a page takes from another start, which is done anew with every move of a finger.
  private static let mostSteps = 1000

  /// The path as a page plays it: at most so many points.
  fileprivate func recorded(ink: Int, most: Int, by walker: Page.Walker) -> Page.Path {
    let finite = points.filter { $0.f.isFinite && $0.x.allSatisfy(\.isFinite) }
    let stride = max(1, (finite.count + most - 1) / most)
    let some = finite.enumerated().filter { $0.offset % stride == 0 || $0.offset == finite.count - 1 }.map(
      \.element)
    var path = Page.Path(
      title: name, walker: walker, settings: settings, steps: steps.map { min($0, Self.mostSteps) },
      limit: min(limit ?? Self.mostSteps, Self.mostSteps), ink: ink, k: some.map(\.k), x: some.map(\.x),
      f: some.map(\.f), norm: some.map(\.gradientNorm))
    path.legend = PathDrawing(path: self, ink: .ink).title
    return path
  }
}

extension Formula {
  /// The left side: f(x, y), the variables shortened where they are many.
  fileprivate var headingForm: Form {
    var arguments = variables.map { Form.variable($0.name) }
    if arguments.count > 6 { arguments = [arguments[0], .ellipsis, arguments[arguments.count - 1]] }
    return .label(.function(name, arguments))
  }

  fileprivate func mathML(_ left: Form, _ right: Form) -> String {
    "<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><mrow>\(left.text(.mathML))<mo>=</mo>"
      + "\(right.text(.mathML))</mrow></math>"
  }

  /// The gradient, or the derivative of a formula of one variable; nothing where it is long.
  fileprivate var gradientMathML: String {
    guard variables.count <= 6, let gradient = try? gradient() else { return "" }
    let forms = gradient.partials.map { form(of: $0.expression) }
    if variables.count == 1 {
      return mathML(.label(.prime(name, order: 1, of: [.variable(variables[0].name)])), forms[0])
    }
    let text = zip(variables, forms).map { variable, form in
      mathML(.label(.partial(name, by: [.variable(variable.name)])), form)
    }.joined()
    return text.utf8.count < 20_000 ? text : ""
  }
}
