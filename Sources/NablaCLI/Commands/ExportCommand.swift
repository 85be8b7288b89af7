import Nabla
import NablaBasics

extension Command {
  static let export: Command = .init(
    name: "export", operands: "FORMULA", summary: "the value and the gradient as code",
    details: """
      What several derivatives share is computed once; real roots of negative numbers are right in every \
      language; sums over an index become loops. SQL is one SELECT over the columns of --table; with --sum it adds \
      up the rows, and the formula's variables are unknowns, bound as :a or given by --at: f(a, b) = (a x + b - \
      y)^2, or --vars a,b.
      """,
    options: [.to, .withHessian, .sum, .table, .at]
      + Option.ofFormulas.filter { $0.name != Option.digits.name },
    examples: [
      "export 'f(x, y) = 3x^2 + 8xy - 3y^5' --to c", "export 'x^(1/3) ln(x^2 + y)' --to python --hessian",
      "export 'f(a, b) = (a x + b - y)^2' --to sql --sum --table points",
    ]
  ) { invocation throws(Failure) in
    let arguments = invocation.arguments
    let languages = Dialect.all.map(\.name)
    guard let given = arguments.value(.to) else {
      throw .usage(
        UsageError(
          .missing("a language", command: "export"), at: arguments.end,
          fix: "--to \(languages.joined(separator: ", --to "))"))
    }
    guard let dialect = Dialect.named(given.text) else {
      let near = closest(to: given.text, among: Dialect.all.flatMap { [$0.name] + $0.aliases })
      throw .usage(
        UsageError(
          .unknownName(given.text, what: "language"), at: given.argument,
          fix: near.map { "did you mean \($0)?" } ?? "one of \(languages.joined(separator: ", "))"))
    }
    if dialect.name != Dialect.sql.name,
      let option = [Option.sum, .table, .at].first(where: { arguments.has($0) })
    {
      throw .usage(
        UsageError(
          .notTogether(option: option.name, other: "to \(dialect.name)"),
          at: arguments.value(option)?.argument ?? arguments.end, fix: "--\(option.name) belongs to --to sql")
      )
    }
    let subject = try Subject(invocation)
    let check = try subject.checkOfCode(withHessian: arguments.has(.withHessian))
    let code = try subject.code(in: dialect)
    if invocation.isJSON {
      invocation.console.answer(
        json: ExportAnswer(
          formula: subject.plainEcho, variables: subject.plainNames, language: dialect.name, code: code,
          checked: check.map { CheckedAnswer($0) }, notes: subject.noticesOrNil))
    } else {
      for line in code.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
        invocation.console.verbatim(String(line))
      }
      if let check { subject.remark(on: check) }
    }
    return .answered
  }
}

extension Subject {
  /// The derivatives that code is made of, held against values; nil where there are none.
  fileprivate func checkOfCode(withHessian: Bool) throws(Failure) -> SelfCheck? {
    if variables.isEmpty { return nil }
    if let pieces = try familyPieces() { return try check(pieces) }
    guard variables.count <= 1_000 else { return nil }
    let partials = try partials(Array(variables.indices))
    guard withHessian, variables.count <= HessianText.most else { return try check(partials) }
    return try trusted(formula.selfCheck(hessian: try hessian(), of: partials))
  }

  fileprivate func code(in dialect: Dialect) throws(Failure) -> String {
    let arguments = invocation.arguments
    do throws(ExportError) {
      guard dialect.name == Dialect.sql.name else {
        return try formula.code(in: dialect, withHessian: arguments.has(.withHessian))
      }
    } catch { throw .formula(error.sentence) }
    if let given = arguments.value(.withHessian) {
      throw .usage(
        UsageError(.notTogether(option: Option.withHessian.name, other: "to sql"), at: given.argument))
    }
    let isSum = arguments.has(.sum)
    if isSum, formula.parameters.isEmpty, let given = arguments.value(.sum) {
      throw .usage(
        UsageError(
          .badPoint("--sum needs to know which letters are unknowns, the others being columns"),
          at: given.argument,
          fix: "such as --vars a,b"))
    }
    if !isSum, let given = arguments.value(.at) {
      throw .usage(
        UsageError(
          .badPoint("--at gives the unknowns of --sum values; here every letter is a column"),
          at: given.argument))
    }
    let point = try point(of: .at)
    do throws(ExportError) {
      return try formula.query(
        over: arguments.value(.table)?.text ?? "t", isSum: isSum, values: point?.values)
    } catch { throw .formula(error.sentence) }
  }
}

/// The answer of `export`.
struct ExportAnswer: Encodable {
  var schema = "nabla.export.1"
  var formula: String
  var variables: [String]
  var language: String
  var code: String
  var checked: CheckedAnswer?
  var notes: [NoticeAnswer]?
}
