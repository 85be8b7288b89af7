import NablaDescent
import Testing

/// Iterates of gradient descent at a fixed rate; source: the article's demonstration and exact recurrences
/// (computed with exact rationals, rounded to the nearest `Double`).
struct RecordedDescent: Sendable, CustomTestStringConvertible {
  struct Point: Sendable {
    let k: Int
    let x: [Double]
    let f: Double
  }
  let formula: String
  let objective: Objective
  let start: [Double]
  let rate: Double
  let steps: Int
  let points: [Point]

  var testDescription: String { "\(formula), rate \(rate), \(steps) steps" }

  static let all: [RecordedDescent] = [
    .init(
      formula: "x^2 + 5x + 6", objective: Functions.parabola, start: [-8], rate: 0.1, steps: 15,
      points: [
        .init(k: 0, x: [-8.0], f: 30.0),
        .init(k: 1, x: [-6.9], f: 19.11),
        .init(k: 2, x: [-6.02], f: 12.1404),
        .init(k: 15, x: [-2.693514046488576], f: -0.21255231381161724),
      ]),
    .init(
      formula: "x^2 + 5x + 6", objective: Functions.parabola, start: [-8], rate: 0.1, steps: 100,
      points: [
        .init(k: 0, x: [-8.0], f: 30.0),
        .init(k: 1, x: [-6.9], f: 19.11),
        .init(k: 2, x: [-6.02], f: 12.1404),
        .init(k: 100, x: [-2.5000000011203696], f: -0.25),
      ]),
    .init(
      formula: "3x^2 + 8xy - 3y^5", objective: Functions.quintic, start: [1, -1], rate: 0.01, steps: 200,
      points: [
        .init(k: 0, x: [1.0, -1.0], f: -2.0),
        .init(k: 1, x: [1.02, -0.93], f: -2.3805348921),
        .init(k: 2, x: [1.0332, -0.8993921985], f: -2.4660130405645755),
        .init(k: 200, x: [1.1900793091941226, -0.8925723182494758], f: -2.5494213656597107),
      ]),
    .init(
      formula: "100(y - x^2)^2 + (1 - x)^2", objective: Functions.rosenbrock, start: [-1.2, 1], rate: 0.001,
      steps: 1000,
      points: [
        .init(k: 0, x: [-1.2, 1.0], f: 24.2),
        .init(k: 1, x: [-0.9844, 1.088], f: 5.35291158000896),
        .init(k: 2, x: [-1.0272715665664, 1.064208672], f: 4.117789857067973),
        .init(k: 1000, x: [0.3272627747528454, 0.10401280036956455], f: 0.4535290248276839),
      ]),
    .init(
      formula: "x^2 - y^2", objective: Functions.saddle, start: [1, 0], rate: 0.1, steps: 50,
      points: [
        .init(k: 0, x: [1.0, 0.0], f: 1.0),
        .init(k: 1, x: [0.8, 0.0], f: 0.64),
        .init(k: 2, x: [0.64, 0.0], f: 0.4096),
        .init(k: 50, x: [1.4272476927059599e-05, 0.0], f: 2.037035976334486e-10),
      ]),
  ]
}
