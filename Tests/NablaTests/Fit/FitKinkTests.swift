import NablaAlgebra
import NablaBasics
import NablaDescent
import Testing

@testable import Nabla

/// Losses whose slopes jump, where Newton's method has no next step.
@Suite struct FitKinkTests {
  @Test("The middle number has the least sum of distances, which is proved")
  func median() throws {
    let fit = try Fit(
      try FitModel("|y - a|", columns: ["y"], isLoss: true), to: Table(["y": [1, 2, 3, 4, 100]]))
    #expect(fit.verdict == .globalMinimum && fit.isAtKink)
    #expect(fit["a"]?.estimate == 3)
    #expect(fit.loss == 101)
    #expect(fit["a"]?.standardError.isNaN == true && fit.degreesOfFreedom == 4)
  }

  @Test("A line of least distances passes through two of the points, and beats every other such line")
  func lineOfLeastDistances() throws {
    let x: [Double] = [0, 1, 2, 3, 4, 5, 6, 7]
    let y = [1.2, 2.7, 5.1, 7.4, 8.8, 40, 13.1, 14.8]
    let model = try FitModel("|y - a x - b|", columns: ["x", "y"], isLoss: true)
    let fit = try Fit(model, to: Table(["x": x, "y": y]))
    var least = Double.infinity
    for i in x.indices {
      for j in 0..<i {
        let a = (y[i] - y[j]) / (x[i] - x[j])
        let b = y[i] - a * x[i]
        least = min(least, zip(x, y).reduce(0) { $0 + ($1.1 - a * $1.0 - b).magnitude })
      }
    }
    #expect(fit.verdict == .globalMinimum)
    #expect((fit.loss - least).magnitude <= 1e-12 * least, "\(fit.loss), not \(least)")
  }

  @Test("A hinge loss of separated classes is 0 at parameters that exist")
  func hinge() throws {
    let model = try FitModel("max(0, 1 - t (w x + b))", columns: ["t", "x"], isLoss: true)
    let table = Table(["x": [0.5, 1, 1.5, 1.9, 2.2, 2.7, 3, 3.5], "t": [-1, -1, -1, -1, 1, 1, 1, 1]])
    let fit = try Fit(model, to: table)
    #expect(fit.loss == 0)
    #expect(fit.ray == nil && fit.verdict != .infimumAtInfinity, "\(fit.verdict)")
  }

  @Test("A hinge loss with a penalty has its minimum at a kink, by its optimality conditions")
  func penalizedHinge() throws {
    let model = try FitModel("max(0, 1 - t (w x + b)) + w^2/100", columns: ["t", "x"], isLoss: true)
    let (x, t): ([Double], [Double]) = ([0.5, 1, 1.5, 2.6, 2.2, 2.7, 3, 3.5], [-1, -1, -1, -1, 1, 1, 1, 1])
    let fit = try Fit(model, to: Table(["x": x, "t": t]))
    #expect(fit.success, "\(fit.verdict): \(fit.reason)")
    let (w, b) = (try #require(fit["w"]).estimate, try #require(fit["b"]).estimate)
    let loss = { (w: Double, b: Double) in
      zip(x, t).reduce(0) { $0 + max(0, 1 - $1.1 * (w * $1.0 + b)) + w * w / 100 }
    }
    for turn in 0..<64 {
      let angle = Double(turn) * .pi / 32
      for length in [1e-4, 1e-2, 1] {
        #expect(loss(w + length * Libm.cos(angle), b + length * Libm.sin(angle)) >= fit.loss * (1 - 1e-9))
      }
    }
  }

  @Test("A curve of least distances ends at a minimum though its loss is not convex")
  func curve() throws {
    let x = (0..<12).map { Double($0) / 3 }
    let y = x.enumerated().map { 2 * Libm.exp(-0.7 * $1) + ($0 % 3 == 0 ? 0.05 : -0.02) }
    let model = try FitModel("|y - a exp(b x)|", columns: ["x", "y"], isLoss: true)
    let fit = try Fit(model, to: Table(["x": x, "y": y]))
    #expect(fit.success && fit.isAtKink, "\(fit.verdict): \(fit.reason)")
    let loss = { (a: Double, b: Double) in
      zip(x, y).reduce(0) { $0 + ($1.1 - a * Libm.exp(b * $1.0)).magnitude }
    }
    let (a, b) = (try #require(fit["a"]).estimate, try #require(fit["b"]).estimate)
    for (da, db) in [(1e-3, 0.0), (-1e-3, 0), (0, 1e-3), (0, -1e-3), (1e-3, 1e-3), (-1e-3, -1e-3)] {
      #expect(loss(a + da, b + db) > fit.loss)
    }
  }

  @Test("Columns are constants of either sign where the curvature of a loss is asked")
  func convexityInParameters() throws {
    let loss = try FitModel("max(0, 1 - t (w x + b))", columns: ["t", "x"], isLoss: true).expression
    let mask = ["w", "b"].reduce(UInt64(0)) { $0 | 1 << Expr.bit(of: Variable($1)) }
    #expect(loss.convexity(in: mask).isConvex)
    #expect(!loss.convexity.isConvex)
    // A weight may be below 0.
    let weighted = try FitModel("t |w x + b|", columns: ["t", "x"], isLoss: true).expression
    #expect(!weighted.convexity(in: mask).isConvex)
  }
}
