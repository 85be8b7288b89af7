import NablaBasics

/// The places of variables in a list.
///
///     VariablePlaces([x, y])[y]   // 1
package struct VariablePlaces: Sendable {
  private var entries = HashedPlaces()
  private var variables: [Variable] = []
  private var places: [Int] = []

  /// No variables.
  package init() {}

  /// The places in a list, that of the first where one stands twice.
  package init(_ variables: [Variable]) {
    for (place, variable) in variables.enumerated() where self[variable] == nil { self[variable] = place }
  }

  /// How many variables there are.
  package var count: Int { variables.count }

  /// The place of a variable; nil where it has none.
  package subscript(_ variable: Variable) -> Int? {
    get { entry(of: variable).map { places[$0] } }
    set {
      guard let newValue else { return }
      if let entry = entry(of: variable) {
        places[entry] = newValue
      } else {
        entries.insert(variables.count, hash: VariablePlaces.hash(of: variable), near: variable.near) {
          variables[$0].near
        }
        variables.append(variable)
        places.append(newValue)
      }
    }
  }

  private func entry(of variable: Variable) -> Int? {
    entries.place(of: VariablePlaces.hash(of: variable), near: variable.near) { variables[$0] == variable }
  }

  private static func hash(of variable: Variable) -> UInt64 {
    var hash = StableHash()
    variable.combine(into: &hash)
    return hash.value
  }
}
