import NablaAlgebra
import NablaBasics

/// The parts of an expression that have a form already, each with what is known of it.
struct ShownParts {
  private var places = HashedPlaces()
  private var parts: [Expr] = []
  private var forms: [Form] = []
  private var facts: [TermFacts] = []

  /// The form of a part.
  func form(of part: Expr) -> Form? { place(of: part).map { forms[$0] } }

  /// What is known of a part.
  func facts(of part: Expr) -> TermFacts? { place(of: part).map { facts[$0] } }

  /// Adds a part that is new.
  mutating func add(_ part: Expr, _ form: Form, _ facts: TermFacts) {
    places.insert(parts.count, hash: part.stableHash)
    parts.append(part)
    forms.append(form)
    self.facts.append(facts)
  }

  private func place(of part: Expr) -> Int? { places.place(of: part.stableHash) { parts[$0] == part } }
}
