/// Angles that look like degrees and are read in radians.
extension Parser {
  /// `sin 45`, `cos(180 - x)`: whole numbers as degrees have them, alone or as a term.
  func noteRadians(_ node: Int32) {
    guard builder.count(node) == 1, mayBeDegrees(builder.child(node, 0)), !notes.isFull, !isStopped,
      case .call(.known(let function), _) = builder.kind(node),
      Self.functionsOfAngles.contains(function.name)
    else { return }
    let argument = unsigned(builder.child(node, 0))
    var found: Int32?
    if builder.kind(argument) == .sum {
      found = builder.parts(of: argument).lazy.map { self.unsigned($0.node) }.first {
        self.degrees($0).map { $0.isMultiple(of: 15) && (30...360).contains($0) } == true
      }
    } else if let count = degrees(argument), count >= 10, count.isMultiple(of: 5) {
      found = argument
    }
    guard let found, notes.isNew(sourceText(of: builder.span(node)), .call) else { return }
    let place = builder.span(found)
    let written = sourceText(of: place) + "°"
    note(
      .radians(sourceText(of: builder.span(node))), place,
      fixes: [fix(place, written, "for degrees, write \(written)")])
  }

  /// Whether a node is a number, a sum or either with a sign: most arguments are none, and are asked nothing else.
  private func mayBeDegrees(_ node: Int32) -> Bool {
    switch builder.kind(node) {
    case .number, .sum, .negative: true
    default: false
    }
  }

  /// A term without the sign in front of it.
  private func unsigned(_ node: Int32) -> Int32 {
    if case .negative = builder.kind(node) { builder.child(node, 0) } else { node }
  }

  /// The value of a whole number.
  private func degrees(_ node: Int32) -> Int? {
    if case .number(let digits) = builder.kind(node), digits.utf8.count < 5 { Int(digits) } else { nil }
  }

  private static let functionsOfAngles: Set<String> = ["sin", "cos", "tan", "cot", "sec", "csc"]
}
