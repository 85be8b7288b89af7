import NablaAlgebra
import Testing

@testable import NablaNotation

@Suite struct FunctionNamesTests {
  @Test("The letters that names begin with are those of the names")
  func initials() {
    #expect(Set(FunctionNames.names.compactMap(\.first)) == Set(FunctionNames.initials))
    #expect(FunctionNames.names.allSatisfy { FunctionNames.known($0) != nil })
  }

  @Test(arguments: Function.all) func aRowIsKnownAsItself(row: Function) {
    let known = KnownFunction(row)
    #expect(known.name == row.name && known.arity.contains(row.arity))
    #expect(known.function === row)
  }
}
