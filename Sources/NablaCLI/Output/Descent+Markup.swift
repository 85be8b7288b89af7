import Nabla
import NablaAlgebra
import NablaBasics
import NablaNotation

extension CheckText {
  /// Each partial derivative as it should be, beside what was given.
  var block: Equations {
    var block = subject.echoed()
    for (place, component) in check.components.enumerated() {
      let given = subject.marked(component.given.bodyForm)
      let expected = subject.marked(component.expected.expression)
      let remark: (word: String, text: String) =
        switch component.verdict {
        case .right: ("as given:", given)
        case .wrong: ("not", given)
        case .undecided: ("not decided, given", given)
        }
      block.add(subject.marked(subject.partialForm(place)), .equal, expected, remark: remark)
    }
    return block
  }
}

extension DescentText {
  /// The table of iterates, where it is asked for.
  private var markedTable: [String] {
    let shown = min(subject.variables.count, 6)
    let isOne = subject.variables.count == 1
    let names = subject.variables.prefix(shown).map { Form.variable($0.name) }
    let name = subject.formula.name
    let titles: [Form] =
      [.variable("k")] + names
      + (isOne
        ? [.label(.function(name, names)), .label(.prime(name, order: 1, of: names))]
        : [.variable(name), .enclosed(.absolute, .label(.gradient(name)))])
    let decimals = max(6, subject.invocation.arguments.integer(.digits) ?? 6)
    let rows = trace.points.map { point in
      let slope = isOne ? point.gradient[0] : point.gradientNorm
      return [String(point.k)]
        + (Array(point.x.prefix(shown)) + [point.f, slope]).map { value in
          subject.invocation.marked(number: NumberText.fixed(value, decimals: decimals, minus: .ascii))
        }
    }
    return Equations.table(titles.map { subject.marked($0) }, rows, subject.invocation.format)
  }

  /// Where the descent ended, and the exact extremum where there is one.
  func showMarkup() {
    let invocation = subject.invocation
    if wantsTrace { for line in markedTable { invocation.console.answer(line) } }
    let answer = trace.answer
    let name = subject.formula.name
    let names = subject.variables.map { Form.variable($0.name) }
    let left = names.count == 1 ? names[0] : Form.point(names)
    var block = subject.echoed()
    let place = answer.x.map { invocation.numberForm($0) }
    block.add(
      subject.marked(left), invocation.equality(answer.x),
      subject.marked(place.count == 1 ? place[0] : .point(place)),
      remark: ("after \(counted(trace.iterations, "step"))", ""))
    block.add(subject.marked(.variable(name)), invocation.equality([answer.f]), invocation.marked(answer.f))
    let slope = names.count == 1 ? answer.gradient[0].magnitude : answer.gradientNorm
    let label: Form = names.count == 1 ? .label(.prime(name, order: 1, of: [])) : .label(.gradient(name))
    block.add(
      subject.marked(.enclosed(.absolute, label)), invocation.equality([slope]), invocation.marked(slope))
    if let quadratic = subject.formula.quadratic, quadratic.curvature.isNegative == (trace.sense == .maximize)
    {
      let what = trace.sense == .minimize ? "the exact minimum" : "the exact maximum"
      block.add(
        subject.marked(left), .equal, subject.marked(.number(quadratic.stationaryPoint)), remark: (what, ""))
      block.add(subject.marked(.variable(name)), .equal, subject.marked(.number(quadratic.stationaryValue)))
    }
    invocation.answer(block)
  }
}
