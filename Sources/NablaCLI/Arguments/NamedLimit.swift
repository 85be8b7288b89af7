import NablaBasics

/// The limits that `--limits` sets, by the names it has for them.
enum NamedLimit: String, CaseIterable {
  case length, nesting, size, digits, terms, variables, work, printed

  /// The limit, by its name in `Limits`.
  private var row: (property: String, place: WritableKeyPath<Limits, Int>) {
    switch self {
    case .length: ("sourceLength", \.sourceLength)
    case .nesting: ("nesting", \.nesting)
    case .size: ("expressionSize", \.expressionSize)
    case .digits: ("exactDigits", \.exactDigits)
    case .terms: ("expandedTerms", \.expandedTerms)
    case .variables: ("variables", \.variables)
    case .work: ("work", \.work)
    case .printed: ("printedLength", \.printedLength)
    }
  }

  /// What `--limits` calls the limit of that name in `Limits`.
  static func name(of property: String) -> String? {
    allCases.first { $0.row.property == property }?.rawValue
  }

  /// What it may be: deeper nesting than usual could exceed the stack.
  private var range: ClosedRange<Int> {
    self == .nesting ? 1...Limits.standard.nesting : 1...1_000_000_000_000
  }

  /// The limits as `--limits NAME=COUNT,…` changes them.
  static func read(_ given: Arguments.Given, changing limits: Limits) throws(UsageError) -> Limits {
    var limits = limits
    for part in PointReader.parts(given.text) {
      guard let name = part.name, let limit = NamedLimit(rawValue: name) else {
        let names = allCases.map(\.rawValue)
        let fix = part.name.flatMap { closest(to: $0, among: names) }.map { "did you mean \($0)?" }
        throw UsageError(
          .unknownName(part.name ?? part.value, what: "limit"), at: given.argument,
          fix: fix ?? "there are \(names.joined(separator: ", "))")
      }
      guard let count = wholeNumber(part.value), limit.range.contains(count) else {
        throw UsageError(
          .notAWholeNumber(part.value, option: "limits \(name)", limit.range), at: given.argument)
      }
      limits[keyPath: limit.row.place] = count
    }
    return limits
  }

  /// `1000000` and `1e6`.
  private static func wholeNumber(_ text: String) -> Int? {
    Int(text) ?? Double(text).flatMap { Int(exactly: $0) }
  }
}
