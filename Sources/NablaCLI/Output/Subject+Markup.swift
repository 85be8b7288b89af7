import NablaAlgebra
import NablaBasics
import NablaNotation

/// Answers for documents: the same facts as the lines for a terminal, as blocks of equations.
extension Subject {
  private var markup: Format { invocation.format }

  /// The text of a form in the chosen format; the ellipsis where it is too long.
  func marked(_ form: Form) -> String {
    (try? form.styled(markup, limits: limits).plain) ?? markup.ellipsis
  }

  /// The text of an expression in the chosen format.
  func marked(_ expression: Expr) -> String { marked(formula.form(of: expression)) }

  /// The name alone, as `f` or f with a mark: f′, ∇f.
  private var shownName: Form { .variable(formula.name) }

  /// f(1, 2), f′(1), ∇f(1, 2)
  private func atPoint(_ mark: String, _ point: Point) -> String {
    var coordinates = point.exact.map { Form($0) }
    if coordinates.count > PointText.most {
      coordinates = coordinates.prefix(3) + [.ellipsis] + coordinates.suffix(1)
    }
    return mark + marked(.point(coordinates))
  }

  /// `for x > 0`
  func remark(_ conditions: [Expr]) -> (word: String, text: String)? {
    if conditions.isEmpty { return nil }
    let comma = markup.name == Format.mathML.name ? "<mo>,</mo>" : ",\\ "
    return ("for", conditions.map { marked($0) }.joined(separator: comma))
  }

  /// The block with the echo in it.
  func echoed() -> Equations {
    var block = Equations(markup)
    block.add(marked(heading), .equal, marked(formula.bodyForm), remark: remark(formula.domain))
    return block
  }

  /// The left side of a partial derivative.
  func partialForm(_ place: Int) -> Form {
    let variable: Form = .variable(variables[place].name)
    return variables.count == 1
      ? .label(.prime(formula.name, order: 1, of: [variable]))
      : .label(.partial(formula.name, by: [variable]))
  }

  /// The gradient, and its values where a point is given.
  func gradientBlock(at point: Point?, wanted: [Int]) throws(Failure) -> Equations {
    var block = echoed()
    if point == nil, !invocation.arguments.has(.wrt), let rows = try familyBlock() {
      block.rows += rows
      return block
    }
    var values: (f: Double, gradient: [Double])?
    if let point { values = try self.values(at: point) }
    let (partials, check) = try checkedPartials(wanted)
    remark(on: check)
    for (place, partial) in zip(wanted, partials) {
      var row = Equations.Row(
        left: marked(partialForm(place)), right: [(.equal, marked(partial.expression))],
        remark: remark(partial.conditions))
      if let value = values?.gradient[place], point != nil {
        row.right.append((invocation.equality([value]), invocation.marked(value)))
      }
      block.rows.append(row)
    }
    if variables.count > 1, wanted == Array(variables.indices) {
      let nabla = marked(.label(.gradient(formula.name)))
      if let point, let values {
        block.add(
          atPoint(nabla, point), invocation.equality(values.gradient), invocation.vector(values.gradient))
      } else if wanted.count <= PointText.most {
        block.add(nabla, .equal, marked(.vector(partials.map { formula.form(of: $0.expression) })))
      }
    }
    if point == nil { block.rows += specialRemarks().map { .init(sentence: marked($0)) } }
    return block
  }

  /// One row for each stretch of indexed variables on which the derivative is the same.
  private func familyBlock() throws(Failure) -> [Equations.Row]? {
    guard let pieces = try familyPieces() else { return nil }
    remark(on: try check(pieces))
    return pieces.map { piece in
      let by: Expr
      var remark: (word: String, text: String)?
      switch piece.subject {
      case .variable(let variable): by = .variable(variable)
      case .members(let family, let members):
        by = .element(family, Index(FamilyGradient.symbol))
        let index: Form = .variable(FamilyGradient.symbol.name)
        let range: Form = .comparison(
          .integer(members.lowerBound),
          [.init(.lessOrEqual, index), .init(.lessOrEqual, .integer(members.upperBound))])
        remark = ("for", marked(range))
      }
      let label: Form = .label(.partial(formula.name, by: [formula.form(of: by)]))
      return .init(left: marked(label), right: [(.equal, marked(piece.expression))], remark: remark)
    }
  }

  /// f, ∇f, |∇f| and the direction of steepest ascent at a point.
  func valuesBlock(at point: Point, f: Double, gradient: [Double]) -> Equations {
    var block = echoed()
    let name = marked(shownName)
    block.add(variables.isEmpty ? name : atPoint(name, point), invocation.equality([f]), invocation.marked(f))
    if variables.count == 1 {
      let label = marked(.label(.prime(formula.name, order: 1, of: [])))
      block.add(atPoint(label, point), invocation.equality(gradient), invocation.marked(gradient[0]))
    } else if variables.count > 1 {
      let nabla = marked(.label(.gradient(formula.name)))
      block.add(atPoint(nabla, point), invocation.equality(gradient), invocation.vector(gradient))
      let norm = gradient.reduce(0) { Libm.hypot($0, $1) }
      let length = marked(.enclosed(.absolute, .label(.gradient(formula.name))))
      block.add(length, invocation.equality([norm]), invocation.marked(norm))
      if norm > 0, norm.isFinite {
        let unit = gradient.map { $0 / norm }
        let ratio = marked(
          .fraction(.label(.gradient(formula.name)), .enclosed(.absolute, .label(.gradient(formula.name)))))
        block.add(ratio, invocation.equality(unit), invocation.vector(unit))
      }
    }
    return block
  }

  /// The second derivatives as a matrix, and their values and eigenvalues at a point.
  func hessianBlock(_ entries: [[Expr]], at point: Point?, values: [[Double]]?, eigenvalues: [Double]?)
    -> Equations
  {
    var block = echoed()
    let isOne = entries.count == 1
    let label = marked(
      isOne ? .label(.prime(formula.name, order: 2, of: [])) : .variable("H"))
    let variables = variables.map { Form.variable($0.name) }
    let left = isOne ? marked(.label(.prime(formula.name, order: 2, of: variables))) : label
    let cells = entries.map { row in row.map { marked($0) } }
    block.add(left, .equal, isOne ? cells[0][0] : Equations.matrix(cells, markup))
    guard let point, let values else { return block }
    let numbers = values.map { row in row.map { invocation.marked($0) } }
    block.add(
      atPoint(label, point), invocation.equality(values.flatMap { $0 }),
      isOne ? numbers[0][0] : Equations.matrix(numbers, markup))
    if let eigenvalues, !isOne {
      let names = eigenvalues.indices.map { Form.variable("lambda_\($0 + 1)") }
      for (name, value) in zip(names, eigenvalues) {
        block.add(marked(name), invocation.equality([value]), invocation.marked(value))
      }
    }
    return block
  }
}
