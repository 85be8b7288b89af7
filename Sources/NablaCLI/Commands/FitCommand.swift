import Nabla
import NablaBasics
import NablaDescent
import NablaNotation

extension Command {
  static let fit: Command = .init(
    name: "fit", operands: "MODEL DATA", summary: "the parameters that make a model fit data best",
    details: """
      The names of columns are columns, all other names are parameters. DATA is a file of comma-separated values \
      with a header, or - for standard input. Where no start is given one is looked for; linear parameters need none. \
      With --minimize there is no MODEL: the sum of a loss over all rows is made small. The methods of 'nabla \
      methods' with --trace show every step of a plain descent on the mean loss.
      """,
    options: [
      .from, .fix, .within, .weights, .sigma, .loss, .threshold, .minimizing, .method, .rate, .steps, .max,
      .batchSize,
      .randomStart, .trace, .report, .residuals, .predict, .separator, .decimalComma, .columns, .plot,
      .output, .window, .size, .theme, .ascii,
      .lets,
      .strict, .json, .format, .digits,
    ],
    examples: [
      "fit 'y = a exp(b t)' samples/growth.csv", "fit 'log(y) = p + q t' samples/growth.csv --report",
      "fit 'y = a x + b' samples/line.csv --method gd --rate 0.02 --steps 10 --trace",
    ]
  ) { invocation throws(Failure) in try FitCommand(invocation: invocation).run() }
}

/// One run of `fit`.
struct FitCommand {
  let invocation: Invocation

  private var arguments: Arguments { invocation.arguments }
  private var glyphs: Glyphs { invocation.glyphs }

  func run() throws(Failure) -> Command.Exit {
    let (text, path) = try operands()
    let reader = DataReader(invocation: invocation, path: path)
    var read: FitModel?
    let weights = [Option.weights, .sigma].compactMap { option in
      arguments.value(option).map { (text: $0.text, name: "--" + option.name) }
    }
    let table = try reader.read { header, isMissing throws(Failure) in
      let model = try self.model(text, header)
      if isMissing {
        invocation.console.note(
          glyphs.worded(
            "the first row of \(reader.name) holds numbers: the columns are \(header.joined(separator: ", "))"
          ))
      }
      read = model
      do throws(FitError) {
        var used: [Expr] = []
        for given in weights { used.append(try model.columnExpression(given.text, as: given.name)) }
        return model.usedColumns(with: used)
      } catch { throw failure(error) }
    }
    guard let model = read else { throw .formula("\(reader.name): it is empty") }
    let options = try options(model)
    if let lesson = try FitLessonCommand(invocation: invocation, model: model, table: table, options: options)
    {
      return try lesson.run()
    }
    let fit: Fit
    do throws(FitError) {
      fit = try Fit(model, to: table, options, cancellation: invocation.cancellation)
    } catch { throw failure(error) }
    return try answer(fit, table, path)
  }

  private func answer(_ fit: Fit, _ table: Table, _ path: String) throws(Failure) -> Command.Exit {
    let predictions = try predictions(of: fit)
    if let given = arguments.value(.residuals) { try writeResiduals(fit, to: given.text) }
    if invocation.isJSON {
      invocation.console.answer(json: FitAnswer(fit, path: path, predictions: predictions))
    } else {
      FitText(invocation: invocation, fit: fit, path: path).show()
    }
    if let predictions {
      try tell(predictions, of: fit)
    } else if try picture(of: fit).isWanted() {
      try picture(of: fit).deliver(page: { $0.html(of: fit) }) { options throws(FigureError) in
        try fit.figure(options)
      }
    }
    return fit.success ? .answered : fit.verdict == .interrupted ? .interrupted : .no
  }

  private func picture(of fit: Fit) -> Picture {
    let predictors = fit.predictors.count == 1 ? fit.predictors : ["x"]
    return Picture(invocation: invocation, variables: predictors, value: "y") { name in
      predictors.firstIndex(of: name)
    }
  }

  /// The model and the data.
  private func operands() throws(Failure) -> (model: String, data: String) {
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
      throw .usage(
        UsageError(
          .missing("data", command: "fit"), at: arguments.end, fix: "a file of comma-separated values, or -"))
    }
    try invocation.allow(values: 2, fix: "a model with spaces stands in quotes")
    guard model.text.hasPrefix("@") else { return (model.text, values[1].text) }
    do {
      let text = try FormulaText.read(
        model.text, input: invocation.input, limits: invocation.limits, glyphs: glyphs)
      return (text, values[1].text)
    } catch { throw .text(error) }
  }

  private func model(_ text: String, _ header: [String]) throws(Failure) -> FitModel {
    var options = invocation.readingOptionsOfValues
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
    } catch { throw failure(error) }
  }

  // MARK: Options

  private func options(_ model: FitModel) throws(Failure) -> FitOptions {
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

  /// `--within a=0..,b=-1..1`, or one range for all parameters.
  private func readBounds(into options: inout FitOptions, _ model: FitModel) throws(Failure) {
    guard let given = arguments.value(.within) else { return }
    for part in invocation.parts(given.text) {
      guard let dots = part.value.firstRange(of: "..") else {
        throw .usage(
          UsageError(
            .badPoint("\(glyphs.quoted(part.value)) is no range"), at: given.argument, fix: "such as a=0..10")
        )
      }
      var ends: [Double] = []
      for (text, free) in [
        (String(part.value[..<dots.lowerBound]), -Double.infinity),
        (String(part.value[dots.upperBound...]), Double.infinity),
      ] {
        let isFree = text.allSatisfy(\.isWhitespace)
        ends.append(isFree ? free : try invocation.constant(text, at: given.argument).value)
      }
      guard ends[0] < ends[1] else {
        throw .usage(UsageError(.badPoint("the range \(part.value) is empty"), at: given.argument))
      }
      for name in part.name.map({ [$0] }) ?? model.parameters.map({ model.shown($0) }) {
        options.bounds[name] = ends[0]...ends[1]
      }
    }
  }

  private func failure(_ error: FitError) -> Failure {
    switch error {
    case .reading(let reading): .reading(reading)
    case .overrun(.cancelled): .overrun(.cancelled)
    default: .formula(error.sentence)
    }
  }

  // MARK: Files

  private func writeResiduals(_ fit: Fit, to path: String) throws(Failure) {
    guard fit.model.response != nil else {
      throw .formula("a loss has no residuals: --residuals needs a model")
    }
    let head = ["row"] + fit.rowColumns.map(CSVText.field) + ["fitted", "residual"]
    do throws(System.Failure) {
      try System.replace(path) { write throws(System.Failure) in
        var text = head.joined(separator: ",") + "\n"
        do {
          try fit.forEachRow { row in
            let numbers = row.columns + [row.fitted, row.residual]
            text += "\(row.number)," + numbers.map { CSVText.number($0) }.joined(separator: ",") + "\n"
            if text.utf8.count > 1 << 20 {
              try write(Array(text.utf8))
              text = ""
            }
          }
        } catch let failure as System.Failure {
          throw failure
        } catch {
          throw .refused("the residuals cannot be computed")
        }
        try write(Array(text.utf8))
      }
    } catch {
      throw .formula("\(glyphs.quoted(path)) cannot be written: \(error.sentence)")
    }
  }

  /// What the model says for the rows of `--predict`.
  private func predictions(of fit: Fit) throws(Failure) -> FitPredictions? {
    guard let given = arguments.value(.predict) else { return nil }
    guard fit.model.response != nil else {
      throw .formula("a loss predicts nothing: --predict needs a model")
    }
    let wanted = fit.predictors
    let reader = DataReader(invocation: invocation, path: given.text)
    let table = try reader.read { header, _ throws(Failure) in
      var places: [Int] = []
      for name in wanted {
        guard let place = header.firstIndex(of: name) else {
          throw .formula(
            "\(reader.name) has no column \(glyphs.quoted(name)); it has \(header.joined(separator: ", "))")
        }
        places.append(place)
      }
      return places
    }
    do throws(FitError) {
      return FitPredictions(
        table: table, names: wanted, predictions: try fit.predictions(for: table), fit: fit)
    } catch { throw failure(error) }
  }

  private func tell(_ predictions: FitPredictions, of fit: Fit) throws(Failure) {
    let text = predictions.csv
    if try invocation.writeToFile(text) || invocation.isJSON { return }
    invocation.console.answer()
    for line in text.split(separator: "\n") { invocation.console.answer(String(line)) }
  }
}
