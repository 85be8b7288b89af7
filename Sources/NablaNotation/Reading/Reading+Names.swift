extension Reading {
  /// The canonical name of what a person types for a variable.
  ///
  ///     Reading.canonicalName("x₁")   // "x_1", as of "x1" and "x_{1}"
  ///     Reading.canonicalName("λ")    // "lambda"
  ///
  /// What is no name stays as it is.
  package static func canonicalName(_ typed: String) -> String {
    name(typed) ?? typed
  }

  /// The canonical name, or nil where the text is no name, or more than one.
  ///
  ///     Reading.name("x_{1}")   // "x_1"
  ///     Reading.name("x y")     // nil
  package static func name(_ typed: String) -> String? {
    let isPlain = !typed.isEmpty && typed.utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) }
    if isPlain || isCanonical(typed) { return typed }
    let isWithoutSigns = !typed.unicodeScalars.contains { "=:#\n\r".unicodeScalars.contains($0) }
    guard isWithoutSigns, let head = parsed("\(typed) = 0").definitions.first, head.parameters == nil else {
      return nil
    }
    return head.name
  }

  /// Whether the text is a letter or word with a subscript that only braces hold together where it is typed: x_1i.
  private static func isCanonical(_ typed: String) -> Bool {
    let parts = typed.split(separator: "_", omittingEmptySubsequences: false)
    return parts.count > 1
      && parts.enumerated().allSatisfy { place, part in
        !part.isEmpty
          && part.unicodeScalars.allSatisfy {
            CharacterClass.isLetter($0.value) && Greek.name(of: $0.value) == nil
              || (place > 0 && $0.isASCII && CharacterClass.isDigit($0.value))
          }
      }
  }

  /// Refuses names that are none, and a name that stands twice.
  static func checkNames(_ typed: [String], in source: SourceText) throws(ReadingError) {
    var seen: Set<String> = []
    for text in typed {
      let kind: Diagnostic.Kind
      if let name = name(text) {
        if seen.insert(name).inserted { continue }
        kind = .namedTwice(text)
      } else {
        kind = .notAName(text)
      }
      throw ReadingError(
        source: source,
        diagnostics: [Diagnostic(kind, Span(0, 0), hint: "the list of variables holds names, such as x, x_1")]
      )
    }
  }
}

extension ReadingOptions {
  /// The names of the parameters that have values, in order.
  var valuedNames: [String] { parameters.isEmpty ? [] : parameters.keys.sorted() }

  /// The same with canonical names.
  var canonical: ReadingOptions {
    var options = self
    options.variables = variables?.map(Reading.canonicalName)
    options.declaredNames = declaredNames.map(Reading.canonicalName)
    for name in valuedNames {
      let canonical = Reading.canonicalName(name)
      guard canonical != name else { continue }
      if options.parameters[canonical] == nil { options.parameters[canonical] = parameters[name] }
      options.parameters[name] = nil
    }
    return options
  }
}
