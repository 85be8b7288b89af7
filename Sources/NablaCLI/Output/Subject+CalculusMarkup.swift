import Nabla
import NablaAlgebra
import NablaBasics
import NablaNotation

/// The answers of a calculus course for documents.
extension Subject {
  private var isMathML: Bool { invocation.format.name == Format.mathML.name }

  /// f(x) = …, T₃(x) = …
  func block(of polynomial: TaylorPolynomial) -> Equations {
    var block = echoed()
    let label: Form = .label(.function("T_\(polynomial.order)", variables.map { .variable($0.name) }))
    block.add(marked(label), .equal, marked(formula.form(of: polynomial)))
    return block
  }

  /// f(x) = …, y = 9 + 6(x − 3) = 6x − 9, the normal line or vector.
  func block(
    of tangent: Tangent, left: Form, normal: (left: Form, right: Form)?
  ) -> Equations {
    var block = echoed()
    let written = marked(formula.form(of: tangent))
    block.add(marked(left), .equal, written)
    let expanded = marked(tangent.expression)
    if expanded != written { block.rows[block.rows.count - 1].right.append((.equal, expanded)) }
    if let (left, right) = normal { block.add(marked(left), .equal, marked(right)) }
    return block
  }

  /// All derivatives of one order, with their values at a point.
  func block(of derivatives: [MixedDerivative], values: [Double]?) -> Equations {
    var block = echoed()
    for (place, derivative) in derivatives.enumerated() {
      let by = derivative.variables.map { Form.variable($0.name) }
      let label: Form =
        variables.count == 1
        ? .label(.prime(formula.name, order: by.count, of: Array(by.prefix(1))))
        : .label(.partial(formula.name, by: by))
      block.add(marked(label), .equal, marked(derivative.expression))
      if let value = values?[place] {
        block.rows[block.rows.count - 1].right.append(
          (invocation.equality([value]), invocation.marked(value)))
      }
    }
    return block
  }

  /// u, ∇f and ∇f·u.
  func block(of derivative: DirectionalDerivative, gradient: [Expr], value: Double?) -> Equations {
    var block = echoed()
    let nabla: Form = .label(.gradient(formula.name))
    block.add(
      marked(.variable("u")), .equal, marked(.vector(derivative.unit.map { formula.form(of: $0) })))
    block.add(marked(nabla), .equal, marked(.vector(gradient.map { formula.form(of: $0) })))
    let dot = isMathML ? "<mo>·</mo>" : " \\cdot "
    block.add(marked(nabla) + dot + marked(.variable("u")), .equal, marked(derivative.expression))
    if let value {
      block.rows[block.rows.count - 1].right.append((invocation.equality([value]), invocation.marked(value)))
    }
    return block
  }

  /// The Jacobian of several formulas in this one's letters, and its determinant.
  func block(
    of jacobian: Jacobian, named names: [String], bodies: [Form], determinant: Expr?, values: [[Double]]?
  ) -> Equations {
    var block = Equations(invocation.format)
    let letters = variables.map { Form.variable($0.name) }
    for (name, body) in zip(names, bodies) {
      block.add(marked(.label(.function(name, letters))), .equal, marked(body))
    }
    let cells = jacobian.rows.map { row in row.map { marked($0) } }
    block.add(marked(.variable("J")), .equal, Equations.matrix(cells, invocation.format))
    if let values {
      let numbers = values.map { row in row.map { invocation.marked($0) } }
      block.rows[block.rows.count - 1].right.append(
        (invocation.equality(values.flatMap { $0 }), Equations.matrix(numbers, invocation.format)))
    }
    if let determinant {
      let label = isMathML ? "<mi>det</mi><mi>J</mi>" : "\\det J"
      block.add(label, .equal, marked(determinant))
    }
    return block
  }

  /// dy/dx, or ∂z/∂x where there are several, and the second ones.
  func block(
    of rows: [ImplicitDerivative], mixed: [ImplicitMixedDerivative] = [], equation: Form,
    value: (Expr) -> Double?
  ) -> Equations {
    var block = Equations(invocation.format)
    // An equation has its own sign of equality.
    if case .comparison(let left, let rest) = equation, rest.count == 1 {
      block.add(marked(left), .equal, marked(rest[0].form))
    } else {
      block.add(marked(equation), .equal, marked(Form.integer(0)))
    }
    for row in rows {
      let orders = [(1, row.first)] + (row.second.map { [(2, $0)] } ?? [])
      for (order, expression) in orders {
        block.add(differential(row, order, isPartial: rows.count > 1), .equal, marked(expression))
        if let number = value(expression) {
          block.rows[block.rows.count - 1].right.append(
            (invocation.equality([number]), invocation.marked(number)))
        }
      }
    }
    for row in mixed {
      let by = [row.first, row.second].map { Form.variable($0.name) }
      block.add(marked(.label(.partial(row.dependent.name, by: by))), .equal, marked(row.rate))
      if let number = value(row.rate) {
        block.rows[block.rows.count - 1].right.append(
          (invocation.equality([number]), invocation.marked(number)))
      }
    }
    return block
  }

  /// dy/dx and d²y/dx².
  private func differential(_ row: ImplicitDerivative, _ order: Int, isPartial: Bool) -> String {
    let (y, x) = (marked(.variable(row.dependent)), marked(.variable(row.independent)))
    if isMathML {
      let d = isPartial ? "<mo>∂</mo>" : "<mi>d</mi>"
      let raised = { (base: String) in
        order == 1 ? base : "<msup><mrow>\(base)</mrow><mn>\(order)</mn></msup>"
      }
      return "<mfrac><mrow>\(raised(d))\(y)</mrow><mrow>\(d)\(raised(x))</mrow></mfrac>"
    }
    let d = isPartial ? "\\partial " : "d"
    let power = order == 1 ? "" : "^{\(order)}"
    let above = isPartial ? "\\partial\(power) \(y)" : "d\(power)\(y)"
    return "\\frac{\(above)}{\(d)\(x)\(power)}"
  }

  /// Each critical point with its kind and its value.
  func block(of points: [CriticalPoint]) -> Equations {
    var block = echoed()
    let letters = variables.map { Form.variable($0.name) }
    let left = letters.count == 1 ? letters[0] : Form.point(letters)
    for point in points {
      let value = marked(.variable(formula.name))
      let isExact = point.exact != nil && point.value.exact != nil
      let sign: Equations.Sign = isExact ? .equal : invocation.equality([point.value.decimal])
      let number =
        isExact ? point.value.exact.map { marked($0) } ?? "" : invocation.marked(point.value.decimal)
      let remark = "\(value) \(sign.text(invocation.format)) \(number)"
      let kind = point.kind.rawValue + ","
      if let exact = point.exact {
        let forms = exact.map { formula.form(of: $0) }
        block.add(
          marked(left), .equal, marked(forms.count == 1 ? forms[0] : .point(forms)), remark: (kind, remark))
      } else {
        let numbers = point.coordinates.map { invocation.marked($0) }
        let comma = isMathML ? "<mo>,</mo>" : ", "
        let (open, close) = isMathML ? ("<mo>(</mo>", "<mo>)</mo>") : ("(", ")")
        let text = numbers.count == 1 ? numbers[0] : open + numbers.joined(separator: comma) + close
        block.add(marked(left), invocation.equality(point.coordinates), text, remark: (kind, remark))
      }
    }
    return block
  }
}
