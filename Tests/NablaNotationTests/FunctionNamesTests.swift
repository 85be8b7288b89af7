import Testing

@testable import NablaNotation

@Suite struct FunctionNamesTests {
  @Test("The letters that names begin with are those of the names")
  func initials() {
    #expect(Set(FunctionNames.names.compactMap(\.first)) == Set(FunctionNames.initials))
    #expect(FunctionNames.names.allSatisfy { FunctionNames.known($0) != nil })
  }
}
