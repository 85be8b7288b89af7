import Nabla
import NablaBasics
import NablaDescent
import NablaNotation

/// What a command line says of a fit: the model, the data and the options.
struct FitInput {
  let invocation: Invocation

  private var arguments: Arguments { invocation.arguments }
  private var glyphs: Glyphs { invocation.glyphs }

  /// The model and the data.
  func operands() throws(Failure) -> (model: String, data: String) {
    let values = arguments.values
    if let loss = arguments.value(.minimizing) {
      guard let data = values.first else {
        throw .usage(UsageError(.missing("data", command: "fit"), at: arguments.end, fix: "such as data.csv"))
      }
      try invocation.allow(values: 1, fix: "with --minimize there is no model, only data")
      return (loss.text, data.text)
    }
    guard let model = values.first else {
      throw .usage(
        UsageError(
          .missing("a model and data", command: "fit"), at: arguments.end,
          fix: "such as 'y = a x + b' data.csv"))
    }
    guard values.count > 1 else {
      if !model.text.contains("="), isReadable(model.text) {
        throw .usage(
          UsageError(
            .missing("a model", command: "fit"), at: arguments.end,
            fix: "an equation of its columns, such as 'y = a x + b'"))
      }
      throw .usage(
        UsageError(
          .missing("data", command: "fit"), at: arguments.end, fix: "a file of comma-separated values, or -"))
    }
    try invocation.allow(values: 2, fix: "a model with spaces stands in quotes")
    // The data first and then the model can only be meant as that.
    if !model.text.contains("="), values[1].text.contains("="), isReadable(model.text) {
      return (values[1].text, model.text)
    }
    guard model.text.hasPrefix("@") else { return (model.text, values[1].text) }
    do {
      let text = try FormulaText.read(
        model.text, input: invocation.input, limits: invocation.limits, glyphs: glyphs)
      return (text, values[1].text)
    } catch { throw .text(error) }
  }

  /// Whether a text names data that are there.
  private func isReadable(_ path: String) -> Bool {
    if path == "-" { return true }
    guard let descriptor = try? System.open(path) else { return false }
    System.close(descriptor)
    return true
  }

  func model(_ text: String, _ header: [String]) throws(Failure) -> FitModel {
    var options = invocation.readingOptionsOfValues
    options.declaredNames = try declaredNames()
    for (name, given) in try named(.lets) {
      options.parameters[name] = try invocation.constant(given.text, at: given.argument).expression
    }
    do throws(FitError) {
      let model = try FitModel(text, columns: header, isLoss: arguments.has(.minimizing), options: options)
      if !model.notes.isEmpty, !invocation.isJSON {
        invocation.console.remark(
          glyphs.worded(diagnostics: Diagnostic.render(model.notes, in: model.source)))
      }
      return model
    } catch { throw Failure(error) }
  }

  // MARK: Options

  func options(_ model: FitModel) throws(Failure) -> FitOptions {
    var options = FitOptions()
    for (name, given) in try named(.from, orders: model.parameters.map { model.shown($0) }) {
      options.start[name] = try invocation.constant(given.text, at: given.argument).value
    }
    for (name, given) in try named(.fix) {
      options.fixed[name] = try invocation.constant(given.text, at: given.argument).value
    }
    try readBounds(into: &options, model)
    if let given = arguments.value(.loss) { options.loss = FitLoss(rawValue: given.text) ?? .squares }
    if let given = arguments.value(.threshold) {
      guard options.loss.isRobust else {
        throw .usage(
          UsageError(
            .badPoint("the loss \(options.loss.rawValue) has no threshold"), at: given.argument,
            fix: "it belongs to huber, soft-l1 and cauchy"))
      }
      options.threshold = try invocation.positive(given, for: .threshold)
    }
    if arguments.has(.minimizing), let given = arguments.value(.loss) {
      throw .usage(UsageError(.notTogether(option: "minimize", other: "loss"), at: given.argument))
    }
    options.maximumIterations = arguments.integer(.max)
    if let weights = arguments.value(.weights) {
      if let sigma = arguments.value(.sigma) {
        throw .usage(UsageError(.notTogether(option: "weights", other: "sigma"), at: sigma.argument))
      }
      options.weights = .weights(weights.text)
    } else if let sigma = arguments.value(.sigma) {
      options.weights = .errors(sigma.text)
    }
    return options
  }

  /// The parts of an option that gives names values; where all are without a name, those of `orders` in order.
  private func named(
    _ option: Option, orders: [String]? = nil
  ) throws(Failure) -> [(name: String, given: Arguments.Given)] {
    var result: [(name: String, given: Arguments.Given)] = []
    for given in arguments.all(option) {
      let parts = invocation.parts(given.text)
      if let orders, parts.allSatisfy({ $0.name == nil }), !parts.isEmpty {
        guard parts.count == orders.count else {
          throw .usage(
            UsageError(
              .badPoint(
                "the start has \(counted(parts.count, "value")), the model \(counted(orders.count, "parameter"))"
              ),
              at: given.argument, fix: "by name: \(orders[0])=1"))
        }
        result += zip(orders, parts).map { ($0, .init(text: $1.value, argument: given.argument)) }
        continue
      }
      for part in parts {
        guard let name = part.name, !part.value.isEmpty else {
          throw .usage(
            UsageError(.badLet("--\(option.name) gives a name a value, such as a=2"), at: given.argument))
        }
        guard !result.contains(where: { $0.name == name }) else {
          throw .usage(UsageError(.badLet("\(glyphs.quoted(name)) is given two values"), at: given.argument))
        }
        result.append((name, .init(text: part.value, argument: given.argument)))
      }
    }
    return result
  }

  /// `--within a=0..,b=-1..1`, ranges in order, or one for all parameters.
  private func readBounds(into options: inout FitOptions, _ model: FitModel) throws(Failure) {
    let names = model.parameters.map { model.shown($0) }
    let reader = BoxReader(
      invocation: invocation, names: names, noun: "parameter",
      namesInWords: "the parameters are \(names.joined(separator: ", "))", place: model.parameter)
    guard let box = try reader.box(of: .within) else { return }
    for (name, range) in zip(names, box) { options.bounds[name] = range }
  }

  /// Names of parameters that may have several letters: those of --vars, and those that get a start, a value or bounds.
  private func declaredNames() throws(Failure) -> [String] {
    var names = try invocation.names() ?? []
    for option in [Option.from, .fix, .within] {
      for given in arguments.all(option) {
        names += invocation.parts(given.text).compactMap(\.name).filter {
          $0.count > 1 && Reading.name($0) != nil
        }
      }
    }
    var seen: Set<String> = []
    return names.filter { seen.insert(Reading.canonicalName($0)).inserted }
  }
}
