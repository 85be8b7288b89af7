import Nabla
import NablaAlgebra
import NablaBasics
import NablaNotation

extension Command {
  static let derivationSteps: Command = .init(
    name: "steps", operands: "FORMULA", summary: "the derivation, one rule a line",
    details: """
      For each partial derivative: the rules of differentiation by name, each with what it is applied to, then \
      the simplifications. d/dx(u) is what is still to be differentiated.
      """,
    options: [.wrt] + Option.ofFormulas,
    examples: ["steps 'x e^x'", "steps 'f(x, y) = 3x^2 + 8xy - 3y^5' --wrt x", "steps 'arctan(1/x)'"]
  ) { invocation throws(Failure) in
    let subject = try Subject(invocation)
    guard !subject.variables.isEmpty else { throw subject.refuseWithoutVariables() }
    let wanted = try subject.wanted()
    guard wanted.count <= PointText.most else {
      throw subject.refuse("\(wanted.count) derivations are too many to read: choose some with --wrt")
    }
    var derivations: [(place: Int, derivation: Derivation)] = []
    for place in wanted {
      do throws(FormulaError) {
        derivations.append((place, try subject.formula.derivation(by: subject.variables[place])))
      } catch {
        throw Failure(error)
      }
    }
    let text = StepsText(subject: subject, derivations: derivations)
    invocation.tell(text)
    return .answered
  }
}

/// Derivations as a person reads them.
struct StepsText: ThreefoldText {
  let subject: Subject
  let derivations: [(place: Int, derivation: Derivation)]

  private var console: Console { subject.invocation.console }

  func show() {
    console.answer(subject.echoWithDomain)
    for (place, derivation) in derivations {
      console.answer()
      var grid = Grid(columns: [.left, .left, .left], gap: 1)
      let label = subject.partialLabel(place)
      grid.add([
        Styled(label, .keyword),
        Styled("= ", .operator) + Styled(subject.text(derivation.start, of: derivation)),
      ])
      for step in derivation.steps {
        grid.add([
          Styled(), Styled("= ", .operator) + Styled(subject.text(step.whole, of: derivation)),
          Styled("    ") + Styled(step.rule, .hint) + remark(step, derivation),
        ])
      }
      for line in grid.lines { console.answer(line) }
      let conditions = subject.formula.conditions(of: derivation)
      if !conditions.isEmpty {
        console.answer()
        console.answer(Styled("for " + conditions.map(subject.text).joined(separator: ", "), .hint))
      }
    }
    let remarks = subject.specialRemarks()
    if !remarks.isEmpty { console.answer() }
    for remark in remarks { console.answer(subject.line(remark)) }
  }

  /// What a rule of differentiation is applied to, where that is not the whole, and what it takes along.
  private func remark(_ step: Derivation.Step, _ derivation: Derivation) -> Styled {
    guard step.kind == .differentiation else { return Styled() }
    let text = subject.text(step.subject, of: derivation)
    let isWhole = step.subject == derivation.expression || DisplayWidth.of(text) > 30
    return Styled((isWhole ? "" : ": " + text) + takenAlong(by: step, derivation), .hint)
  }

  /// `; 8xy gives 8y, −3y⁵ is constant`: what the sum rule does at once, where that is short.
  private func takenAlong(by step: Derivation.Step, _ derivation: Derivation) -> String {
    let terms = derivation.termsTakenAlong(by: step)
    let parts = terms.map { term, rate in
      let text = subject.text(term, of: derivation)
      return rate == .zero ? "\(text) is constant" : "\(text) gives \(subject.text(rate, of: derivation))"
    }
    let all = parts.joined(separator: ", ")
    return parts.isEmpty || DisplayWidth.of(all) > 40 ? "" : "; " + all
  }

  var block: Equations {
    var block = subject.echoed()
    for (place, derivation) in derivations {
      block.add(subject.marked(subject.partialForm(place)), .equal, subject.marked(derivation.start))
      for step in derivation.steps {
        let whole = subject.formula.form(of: step.whole, termOrder: derivation.termOrder)
        block.add("", .equal, subject.marked(whole))
      }
    }
    return block
  }

  var answer: StepsAnswer {
    StepsAnswer(
      formula: subject.plainEcho, variables: subject.plainNames,
      derivations: derivations.map { place, derivation in
        let conditions = subject.formula.conditions(of: derivation)
        return .init(
          by: subject.plainName(place),
          steps: derivation.steps.map { step in
            .init(
              kind: step.kind.rawValue, rule: step.rule,
              of: subject.text(step.subject, of: derivation, isPlain: true),
              gives: subject.text(step.outcome, of: derivation, isPlain: true),
              whole: subject.text(step.whole, of: derivation, isPlain: true))
          },
          derivative: subject.plainText(derivation.result),
          conditions: conditions.isEmpty ? nil : conditions.map(subject.plainText))
      }, notes: subject.noticesOrNil)
  }
}

/// The answer of `steps`.
struct StepsAnswer: Encodable {
  struct Step: Encodable {
    /// `differentiation` or `simplification`.
    var kind: String
    var rule: String
    /// What the rule is applied to, and what it makes of it, in the plain format.
    var of: String
    var gives: String
    /// The whole after the step.
    var whole: String
  }

  struct Derivation: Encodable {
    var by: String
    var steps: [Step]
    var derivative: String
    var conditions: [String]?
  }

  var schema = "nabla.steps.1"
  var formula: String
  var variables: [String]
  var derivations: [Derivation]
  var notes: [NoticeAnswer]?
}
