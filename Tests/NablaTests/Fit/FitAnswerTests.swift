import NablaBasics
import NablaDescent
import Testing

@testable import Nabla

/// What a fit says of new rows, of known errors and of members of families.
@Suite struct FitAnswerTests {
  private static let line = Table([
    "t": [0, 1, 2, 3, 4], "y": [1.1, 2.9, 5.2, 6.8, 9.1], "s": [0.1, 0.2, 0.1, 0.2, 0.1],
  ])

  @Test("Where the errors of the data are known, Akaike's criterion is χ² and two for each parameter")
  func criteria() throws {
    var options = FitOptions()
    options.weights = .errors("s")
    let fit = try Fit("y = a t + b", to: Self.line, options)
    #expect(fit.aic == fit.loss + 4)
    #expect(try #require(fit.bic) == fit.loss + 2 * Libm.log(5))
  }

  @Test("Where the model is beyond every number there is no error either")
  func overflow() throws {
    let fit = try Fit("y = a exp(b t)", to: Self.line)
    let predictions = try fit.predictions(for: Table(["t": [10000]]))
    #expect(!predictions[0].value.isFinite && predictions[0].standardError.isNaN)
  }

  @Test("Members of a family are parameters, and columns")
  func members() throws {
    let fit = try Fit("y = sum(k, 0, 1, a[k] t^k)", to: Self.line)
    let plain = try Fit("y = a + b t", to: Self.line)
    #expect(fit.success)
    #expect(fit.model.parameters.map { fit.model.shown($0) } == ["a_0", "a_1"])
    #expect((fit.parameters[1].estimate - plain.parameters[1].estimate).magnitude < 1e-12)
    let table = Table(["x1": [0, 1, 2, 3, 5], "x2": [1, 0, 1, 0, 3], "y": [1, 2, 5, 6, 13]])
    let columns = try Fit("y = sum(k, 1, 2, b[k] x[k]) + c", to: table)
    let written = try Fit("y = b1 x1 + b2 x2 + c", to: table)
    #expect((columns.loss - written.loss).magnitude < 1e-9)
  }

  @Test("A linear model needs no start, however far off the given one is")
  func farStart() throws {
    var options = FitOptions()
    options.start = ["a": 1e308]
    let fit = try Fit("y = a t + b", to: Self.line, options)
    #expect(fit.verdict == .globalMinimum)
    #expect((fit.parameters[0].estimate - 1.99).magnitude < 1e-9)
  }
}
