extension Printer {
  /// Whether a function may take it without brackets: a factor, or numbers and names side by side.
  ///
  /// A product sign would end the argument: `cos πx`, but `cos(pi*x)`.
  func isBareArgument(_ form: Form) -> Bool {
    switch form {
    case .number: return shaped(form, isRaised: false) == form
    case .name, .eulersNumber, .pi, .element, .enclosed(.absolute, _): return true
    case .root(_, let radicand): if case .name = radicand { return true } else { return false }
    case .product(let factors):
      let areNames = factors.allSatisfy { factor in
        switch factor.form {
        case .number, .name, .pi: factor.joint == .implied
        default: false
        }
      }
      return areNames
        && !pieces(ofProduct: factors, at: Place(minimum: .product)).contains { piece in
          if case .text(_, .operator, _) = piece { true } else { false }
        }
    default: return false
    }
  }
}
