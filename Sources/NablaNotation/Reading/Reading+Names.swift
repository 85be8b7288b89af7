extension Reading {
  /// The canonical name of what a person types for a variable.
  ///
  ///     Reading.canonicalName("x₁")   // "x_1", as of "x1" and "x_{1}"
  ///     Reading.canonicalName("λ")    // "lambda"
  ///
  /// What is no name stays as it is.
  package static func canonicalName(_ typed: String) -> String {
    let isPlain = typed.utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) }
    if isPlain { return typed }
    return parsed("\(typed) = 0").definitions.first?.name ?? typed
  }
}

extension ReadingOptions {
  /// The same with canonical names.
  var canonical: ReadingOptions {
    var options = self
    options.variables = variables?.map(Reading.canonicalName)
    options.declaredNames = declaredNames.map(Reading.canonicalName)
    options.parameters = Dictionary(
      parameters.map { (Reading.canonicalName($0.key), $0.value) }, uniquingKeysWith: { first, _ in first })
    return options
  }
}
