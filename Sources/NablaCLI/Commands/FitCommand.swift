import Nabla
import NablaBasics
import NablaDescent
import NablaNotation

extension Command {
  static let fit: Command = .init(
    name: "fit", operands: "MODEL DATA", summary: "the parameters that make a model fit data best",
    details: """
      MODEL is an equation: a name in it that the header of DATA has is that column, and every other name is a \
      parameter, which the fit finds. A parameter may be a word, as in 'y = slope*x + intercept'; where letters side \
      by side would be a product, --vars names it. DATA is a file of comma-separated values, or - for standard input; \
      --columns names the columns where there is no header. Where no --from is given a start is looked for; parameters \
      that enter linearly need none. With --minimize there is no MODEL: the sum of a loss over all rows is made small. The methods of 'nabla \
      methods' with --trace show every step of a plain descent on the mean loss.
      """,
    options: [
      .from, .fix, .within, .weights, .sigma, .loss, .threshold, .minimizing, .method, .rate, .steps, .max,
      .batchSize,
      .randomStart, .trace, .report, .residuals, .predict, .separator, .decimalComma, .columns, .plot,
      .output, .window, .size, .theme, .ascii,
      .vars, .lets,
      .strict, .json, .format, .digits, .limits,
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
    let input = FitInput(invocation: invocation)
    let (text, path) = try input.operands()
    let reader = DataReader(invocation: invocation, path: path)
    var read: FitModel?
    let weights = [Option.weights, .sigma].compactMap { option in
      arguments.value(option).map { (text: $0.text, name: "--" + option.name) }
    }
    let table = try reader.read { header, isMissing throws(Failure) in
      if isMissing {
        invocation.console.note(
          glyphs.worded(
            "\(reader.name) has no header, as its first row holds numbers: the columns are "
              + "\(header.joined(separator: ", ")); --columns names them"))
      }
      let model = try input.model(text, header)
      read = model
      do throws(FitError) {
        var used: [Expr] = []
        for given in weights { used.append(try model.columnExpression(given.text, as: given.name)) }
        return model.usedColumns(with: used)
      } catch { throw Failure(error) }
    }
    guard let model = read else { throw .formula("\(reader.name): it is empty") }
    let options = try input.options(model)
    if let lesson = try FitLessonCommand(invocation: invocation, model: model, table: table, options: options)
    {
      if let option = [Option.output, .plot, .residuals, .predict, .report].first(where: { arguments.has($0) }
      ) {
        throw .usage(
          UsageError(
            .otherMethod(option: option.name, method: arguments.value(.method)?.text ?? "gd"),
            at: arguments.value(option)?.argument ?? arguments.end,
            fix: "the usual fit has it: leave out --method, --rate and --steps"))
      }
      return try lesson.run()
    }
    let fit: Fit
    do throws(FitError) {
      fit = try Fit(model, to: table, options, cancellation: invocation.cancellation)
    } catch { throw Failure(error) }
    return try answer(fit, table, path)
  }

  private func answer(_ fit: Fit, _ table: Table, _ path: String) throws(Failure) -> Command.Exit {
    let predictions = try predictions(of: fit)
    if let given = arguments.value(.residuals) { try writeResiduals(fit, to: given) }
    if invocation.isJSON {
      invocation.console.answer(json: FitAnswer(fit, path: path, predictions: predictions))
    } else {
      FitText(invocation: invocation, fit: fit, path: path).show()
      try showResiduals(fit)
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
}

extension Failure {
  /// A model that cannot be read or fitted.
  init(_ error: FitError) {
    switch error {
    case .reading(let reading): self = .reading(reading)
    case .overrun(.cancelled): self = .overrun(.cancelled)
    case .noStart: self = .formula(error.sentence + ", with --from")
    default: self = .formula(error.sentence)
    }
  }
}
