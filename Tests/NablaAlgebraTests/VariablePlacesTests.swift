import NablaAlgebra
import Testing

@Suite struct VariablePlacesTests {
  @Test func `every variable of a long list has its place`() {
    let names = (0..<500).flatMap { ["x_\($0)", "speed\($0)", "speeds_\($0)"] }
    let variables = names.map { Variable($0) }
    let places = VariablePlaces(variables)
    #expect(places.count == variables.count)
    for (place, variable) in variables.enumerated() { #expect(places[variable] == place) }
    #expect(places[Variable("y")] == nil)
  }

  @Test func `the first place counts, a new one replaces it`() {
    var places = VariablePlaces([Variable("x"), Variable("y"), Variable("x")])
    #expect(places[Variable("x")] == 0)
    places[Variable("x")] = 7
    #expect(places[Variable("x")] == 7)
    #expect(places.count == 2)
  }
}
