import NablaBasics
import NablaDescent

extension Subject {
  /// The box of `--within`: `x=-3..3,y=0..`, or one range for all variables; nil where the option is not given.
  func bounds() throws(Failure) -> Bounds? {
    guard let given = invocation.arguments.value(.within) else { return nil }
    var lower = variables.map { _ in -Double.infinity }
    var upper = variables.map { _ in Double.infinity }
    for part in invocation.parts(given.text) {
      let ends = try range(part.value, at: given.argument)
      let places: [Int]
      if let name = part.name {
        guard let place = variables.indices.first(where: { shownName($0) == name || plainName($0) == name })
        else {
          throw .usage(
            UsageError(
              .badPoint("there is no variable \(name)"), at: given.argument,
              fix: "the variables are \(plainNames.prefix(8).joined(separator: ", "))"))
        }
        places = [place]
      } else {
        places = Array(variables.indices)
      }
      for place in places { (lower[place], upper[place]) = ends }
    }
    return Bounds(lower: lower, upper: upper)
  }

  private func range(_ text: String, at argument: Int) throws(Failure) -> (Double, Double) {
    guard let dots = text.firstRange(of: "..") else {
      throw .usage(
        UsageError(
          .badPoint("\(invocation.glyphs.quoted(text)) is no range"), at: argument, fix: "such as x=-3..3"))
    }
    var ends: [Double] = []
    for (text, free) in [
      (String(text[..<dots.lowerBound]), -Double.infinity),
      (String(text[dots.upperBound...]), Double.infinity),
    ] {
      let isFree = text.allSatisfy(\.isWhitespace)
      ends.append(isFree ? free : try invocation.constant(text, at: argument).value)
    }
    guard ends[0] <= ends[1] else {
      throw .usage(UsageError(.badPoint("the range \(text) is empty"), at: argument))
    }
    return (ends[0], ends[1])
  }
}
