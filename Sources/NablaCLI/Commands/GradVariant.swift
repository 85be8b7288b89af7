import Nabla
import NablaAlgebra
import NablaBasics
import NablaNotation

/// What `grad` prints apart from the gradient: the derivatives of an order, along a direction, of several formulas.
enum GradVariant {
  case order(Int)
  case direction
  case jacobian

  /// The variant that options ask for; nil for the gradient itself. Two at once do not go together.
  init?(_ arguments: Arguments) throws(Failure) {
    let options = [Option.order, .direction, .jacobian].filter { arguments.has($0) }
    if options.count > 1, let other = arguments.value(options[1]) {
      throw .usage(
        UsageError(.notTogether(option: options[0].name, other: options[1].name), at: other.argument))
    }
    guard let option = options.first else { return nil }
    if arguments.has(.jsonLines), let given = arguments.value(option) {
      throw .usage(
        UsageError(.notTogether(option: Option.jsonLines.name, other: option.name), at: given.argument))
    }
    if let order = arguments.integer(.order) {
      if order == 1 { return nil }
      self = .order(order)
    } else {
      self = arguments.has(.direction) ? .direction : .jacobian
    }
  }

  func run(_ invocation: Invocation) throws(Failure) -> Command.Exit {
    switch self {
    case .order(let order): try DerivativesText(invocation, order: order).run()
    case .direction: try DirectionText(invocation).run()
    case .jacobian: try JacobianText(invocation).run()
    }
  }
}

/// All partial derivatives of one order.
///
///      ∂²f/∂x² = 6xy²
///     ∂²f/∂x∂y = 6x²y
struct DerivativesText {
  private let subject: Subject
  private let order: Int
  private let point: Subject.Point?
  private let derivatives: [MixedDerivative]
  private let check: SelfCheck

  init(_ invocation: Invocation, order: Int) throws(Failure) {
    subject = try Subject(invocation)
    self.order = order
    guard !subject.variables.isEmpty else { throw subject.refuseWithoutVariables() }
    point = try subject.point(of: .at)
    let wanted = try subject.wanted().map { [subject] in subject.variables[$0] }
    do {
      derivatives = try subject.expression.derivatives(by: wanted, order: order, limits: subject.limits)
    } catch { throw .overrun(error) }
    check = try subject.trusted(subject.formula.selfCheck(derivatives, order: order))
  }

  private var invocation: Invocation { subject.invocation }

  private var values: [Double]? {
    point.map { point in derivatives.map { subject.value(of: $0.expression, at: point) } }
  }

  /// Why a derivative has no value at the point.
  private var reason: String? {
    guard let point, let values else { return nil }
    if let trouble = subject.status(at: point) { return trouble }
    guard let place = values.firstIndex(where: { !$0.isFinite }) else { return nil }
    return "\(label(derivatives[place])) is not a finite number at \(subject.place(point))"
  }

  private func label(_ derivative: MixedDerivative) -> String {
    let by = derivative.variables.map { Form.variable($0.name) }
    let name = subject.formula.name
    return subject.text(
      subject.variables.count == 1
        ? Form.label(.prime(name, order: order, of: Array(by.prefix(1)))) : .label(.partial(name, by: by)))
  }

  func run() throws(Failure) -> Command.Exit {
    let (values, reason) = (values, reason)
    if invocation.isJSON {
      invocation.console.answer(json: answer(values, reason))
      return reason == nil ? .answered : .no
    }
    if invocation.format.isMarkup, reason == nil {
      invocation.answer(subject.block(of: derivatives, values: values))
      return .answered
    }
    var first = point == nil ? subject.echoWithDomain : subject.echo
    if let point { first.append("   at " + subject.place(point)) }
    invocation.console.answer(first)
    if let reason {
      invocation.console.answer(Styled(invocation.glyphs.cross + " ", .error) + Styled(reason))
      return .no
    }
    invocation.console.answer()
    let isShort = derivatives.count > 2 * PointText.most && !invocation.arguments.has(.everything)
    let shown = derivatives.enumerated().filter { !isShort || $0.element.expression != .zero }
    let text = GradientText(
      glyphs: invocation.glyphs,
      rows: shown.prefix(isShort ? 2 * PointText.most : .max).map { place, derivative in
        .init(
          label: label(derivative), formula: subject.text(derivative.expression),
          value: values.map { "\(invocation.sign($0[place])) \(invocation.number($0[place]))" })
      }, gradient: nil)
    for line in text.lines { invocation.console.answer(line) }
    if let point,
      let kinks = subject.kinkSentence(at: point.values) ?? subject.slopeKinkSentence(at: point.values)
    {
      invocation.console.answer()
      invocation.console.answer(kinks)
    }
    subject.remark(on: check)
    if isShort {
      let more =
        shown.count > 2 * PointText.most
        ? "\(shown.count) are not 0, the first stand here" : "all others are 0"
      invocation.console.hint("\(derivatives.count) derivatives in all, \(more): --all shows them")
    }
    return .answered
  }

  private func answer(_ values: [Double]?, _ reason: String?) -> DerivativesAnswer {
    DerivativesAnswer(
      formula: subject.plainEcho, variables: subject.plainNames, order: order,
      derivatives: derivatives.enumerated().map { place, derivative in
        .init(
          by: derivative.variables.map { subject.plainText(.variable($0)) },
          derivative: subject.plainText(derivative.expression), value: values.map { JSONNumber($0[place]) })
      },
      checked: CheckedAnswer(check),
      point: point.map { JSONNumber.list($0.values) }, status: reason.map(Glyphs.plain.worded),
      notes: subject.noticesOrNil)
  }
}

/// The derivative in a direction.
///
///         u = ⟨3/5, 4/5⟩
///        ∇f = ⟨2xy, x²⟩
///     ∇f·u = 2x(3y + 2x)/5
struct DirectionText {
  private let subject: Subject
  private let point: Subject.Point?
  private let direction: Subject.Point
  private let derivative: DirectionalDerivative

  init(_ invocation: Invocation) throws(Failure) {
    subject = try Subject(invocation)
    guard !subject.variables.isEmpty else { throw subject.refuseWithoutVariables() }
    guard let given = invocation.arguments.value(.direction),
      let direction = try subject.point(of: .direction, called: "direction")
    else { throw subject.missingPoint(.direction) }
    self.direction = direction
    point = try subject.point(of: .at)
    do {
      derivative = try subject.formula.derivative(along: direction.exact)
    } catch {
      if case .overrun(let overrun) = error { throw .overrun(overrun) }
      throw .usage(UsageError(.badPoint(error.sentence), at: given.argument))
    }
  }

  private var invocation: Invocation { subject.invocation }

  private var value: Double? { point.map { subject.value(of: derivative.expression, at: $0) } }

  private var reason: String? {
    guard let point, let value else { return nil }
    if let trouble = subject.status(at: point) { return trouble }
    return value.isFinite ? nil : "the derivative is not a finite number at \(subject.place(point))"
  }

  func run() throws(Failure) -> Command.Exit {
    let reason = reason
    let (partials, check) = try subject.checkedPartials(Array(subject.variables.indices))
    if invocation.isJSON {
      invocation.console.answer(
        json: DirectionAnswer(
          formula: subject.plainEcho, variables: subject.plainNames,
          direction: derivative.direction.map(subject.plainText),
          unit: derivative.unit.map(subject.plainText),
          derivative: subject.plainText(derivative.expression), checked: CheckedAnswer(check),
          point: point.map { JSONNumber.list($0.values) },
          value: value.map { JSONNumber($0) }, status: reason.map(Glyphs.plain.worded),
          notes: subject.noticesOrNil))
      return reason == nil ? .answered : .no
    }
    subject.remark(on: check)
    if invocation.format.isMarkup, reason == nil {
      invocation.answer(
        subject.block(of: derivative, gradient: partials.map(\.expression), value: value))
      return .answered
    }
    var first = point == nil ? subject.echoWithDomain : subject.echo
    if let point { first.append("   at " + subject.place(point)) }
    let (glyphs, texts) = (invocation.glyphs, PointText(glyphs: invocation.glyphs))
    first.append("   along " + texts.vector(direction.texts))
    invocation.console.answer(first)
    if let reason {
      invocation.console.answer(Styled(glyphs.cross + " ", .error) + Styled(reason))
      return .no
    }
    invocation.console.answer()
    let gradient = partials.map { subject.text($0.expression) }
    let nabla = glyphs.nabla + subject.name
    let product = glyphs == .unicode ? "\(nabla)·u" : "\(nabla) . u"
    var rows: [GradientText.Row] = [
      .init(label: "u", formula: texts.vector(derivative.unit.map(subject.text))),
      .init(label: nabla, formula: texts.vector(gradient)),
      .init(label: product, formula: subject.text(derivative.expression)),
    ]
    if let value { rows[2].value = "\(invocation.sign(value)) \(invocation.number(value))" }
    for line in GradientText(glyphs: glyphs, rows: rows, gradient: nil).lines {
      invocation.console.answer(line)
    }
    if let kinks = point.flatMap({ subject.kinkSentence(at: $0.values) }) {
      invocation.console.answer()
      invocation.console.answer(kinks)
    }
    return .answered
  }
}
