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
    entries.reserve(variables.count)
    for (place, variable) in variables.enumerated() { enter(variable, at: place, replaces: false) }
  }

  /// How many variables there are.
  package var count: Int { variables.count }

  /// The place of a variable; nil where it has none.
  package subscript(_ variable: Variable) -> Int? {
    get {
      entries.place(of: VariablePlaces.hash(of: variable), near: variable.near) { variables[$0] == variable }
        .map { places[$0] }
    }
    set { if let newValue { enter(variable, at: newValue, replaces: true) } }
  }

  private mutating func enter(_ variable: Variable, at place: Int, replaces: Bool) {
    let known = entries.place(
      of: VariablePlaces.hash(of: variable), near: variable.near, orInsert: variables.count,
      where: { variables[$0] == variable }, number: { variables[$0].near })
    if let known {
      if replaces { places[known] = place }
      return
    }
    variables.append(variable)
    places.append(place)
  }

  private static func hash(of variable: Variable) -> UInt64 {
    var hash = StableHash()
    variable.combine(into: &hash)
    return hash.value
  }
}
