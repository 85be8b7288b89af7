import Nabla
import NablaBasics

/// A formula with its point: what is measured.
struct Workload {
  let name: String
  let formula: String
  let variables: [String]?
  /// The point, or a point that is repeated over the coordinates of a family.
  let point: [Double]

  init(_ name: String, _ formula: String, variables: [String]? = nil, at point: [Double]) {
    self.name = name
    self.formula = formula
    self.variables = variables
    self.point = point
  }

  static let poly = Workload("poly", "3*x^2 + 8*x*y - 3*y^5", at: [1.2, 0.7])
  static let trans = Workload(
    "trans", "exp(-x^2 - y^2)*sin(3*x)*cos(2*y) + ln(1 + x^2 + y^2)", at: [0.3, 0.4])

  /// The chained Rosenbrock function, typed as a sum.
  static func rosenbrock(_ count: Int) -> Workload {
    let name = "rosen\(count)"
    let formula = "sum(i, 1, \(count - 1), 100(x[i+1] - x[i]^2)^2 + (1 - x[i])^2)"
    return Workload(name, formula, at: (0..<count).map { 1 + Double($0 % 7 - 3) / 10 })
  }

  /// The same written out term by term.
  static func writtenRosenbrock(_ count: Int) -> Workload {
    let terms = (1..<count).map { "100(x_\($0 + 1) - x_\($0)^2)^2 + (1 - x_\($0))^2" }
    return Workload(
      "rosen\(count), written out", terms.joined(separator: " + "), at: rosenbrock(count).point)
  }

  /// The same with a weight of its own before each term, so that no two partial derivatives are alike.
  static func weightedRosenbrock(_ count: Int) -> Workload {
    let terms = (1..<count).map { "\($0)(x_\($0 + 1) - x_\($0)^2)^2 + (1 - x_\($0))^2" }
    return Workload(
      "rosen\(count), weighted", terms.joined(separator: " + "), at: rosenbrock(count).point)
  }

  /// A sum of terms of five kinds in two variables.
  static func mixedSum(_ count: Int) -> Workload {
    let terms = (1...count).map { k in
      switch k % 5 {
      case 0: "\(k) x^\(k % 50 + 1) y"
      case 1: "sin(\(k) x)/\(k)"
      case 2: "y e^(-\(k) x)"
      case 3: "ln(\(k) + x^2)"
      default: "1/(x + \(k))"
      }
    }
    return Workload("mixed sum of \(count)", terms.joined(separator: " + "), at: [0.3, 0.4])
  }

  static func product(_ count: Int) -> Workload {
    Workload(
      "x_1*...*x_\(count)", (1...count).map { "x_\($0)" }.joined(separator: "*"),
      at: (0..<count).map { 1 + Double($0 % 7 - 3) / 100 })
  }

  static func nestedSine(_ depth: Int) -> Workload {
    let formula = String(repeating: "sin(", count: depth) + "x" + String(repeating: ")", count: depth)
    return Workload("sin nested \(depth)", formula, at: [1.3])
  }

  /// One row of a logistic loss, ln(1 + e^(−t(w₀ + w₁a + w₂b + w₃c))).
  static let logistic = Workload(
    "logistic", "ln(1 + exp(-t*(u + v*a + w*b + z*c)))",
    variables: ["t", "a", "b", "c", "u", "v", "w", "z"], at: [1, 0.3, -0.2, 0.5, 0.1, 0.2, 0.3, 0.4])

  /// Twenty formulas of Feynman's lectures (AI Feynman, Udrescu and Tegmark 2020, MIT).
  static let physics: [Workload] = [
    Workload(
      "I.11.19", "a*b + c*d + g*h", variables: ["a", "c", "g", "b", "d", "h"],
      at: [4.3, 3.5, 3.7, 4.4, 2.8, 4.3]),
    Workload("I.12.4", "q*r/(4*pi*k*r^3)", variables: ["q", "k", "r"], at: [1.5, 1.1, 1.9]),
    Workload(
      "I.12.11", "q*(E + B*v*sin(a))", variables: ["q", "E", "B", "v", "a"], at: [3, 4.3, 2.9, 1.1, 3.5]),
    Workload("I.15.1", "m*v/sqrt(1 - v^2/c^2)", variables: ["m", "v", "c"], at: [4.2, 1.7, 6.4]),
    Workload("I.18.12", "r*F*sin(a)", variables: ["r", "F", "a"], at: [1.1, 3.1, 4.7]),
    Workload(
      "I.24.6", "1/2*m*(w^2 + u^2)*1/2*x^2", variables: ["m", "w", "u", "x"], at: [2.3, 2.1, 1.7, 1.6]),
    Workload("I.32.5", "q^2*a^2/(6*pi*k*c^3)", variables: ["q", "a", "k", "c"], at: [3, 2, 1.3, 3.3]),
    Workload(
      "I.32.17", "1/2*k*c*E^2*(8*pi*r^2/3)*(w^4/(w^2 - u^2)^2)", variables: ["k", "c", "E", "r", "w", "u"],
      at: [1.4, 2, 2, 1.6, 1.25, 4.7]),
    Workload("I.34.1", "w/(1 - v/c)", variables: ["c", "v", "w"], at: [8.2, 1.6, 2.2]),
    Workload("I.34.14", "(1 + v/c)/sqrt(1 - v^2/c^2)*w", variables: ["c", "v", "w"], at: [6.3, 1.7, 2.2]),
    Workload("I.37.4", "a + b + 2*sqrt(a*b)*cos(d)", variables: ["a", "b", "d"], at: [2, 1.9, 4.7]),
    Workload(
      "I.38.12", "4*pi*k*(h/(2*pi))^2/(m*q^2)", variables: ["m", "q", "h", "k"], at: [4.7, 1.5, 5, 4.5]),
    Workload("I.43.16", "u*q*V/d", variables: ["u", "q", "V", "d"], at: [4.4, 4.9, 4.2, 4.3]),
    Workload(
      "II.6.11", "1/(4*pi*k)*p*cos(a)/r^2", variables: ["k", "p", "a", "r"], at: [2.2, 2.4, 1.2, 2.6]),
    Workload(
      "II.11.3", "q*E/(m*(u^2 - w^2))", variables: ["q", "E", "m", "u", "w"], at: [1.8, 2.2, 1.9, 3.7, 1.3]),
    Workload(
      "III.4.33", "h/(2*pi)*w/(exp(h/(2*pi)*w/(k*T)) - 1)", variables: ["h", "w", "k", "T"],
      at: [2.2, 1.6, 1.1, 3.4]),
    Workload(
      "III.10.19", "m*sqrt(a^2 + b^2 + c^2)", variables: ["m", "a", "b", "c"], at: [2.3, 3.8, 3.3, 2.6]),
    Workload(
      "bonus.1", "(Y*Z*a*h*c/(4*E*sin(t/2)^2))^2", variables: ["Y", "Z", "a", "h", "c", "E", "t"],
      at: [1.5, 1.3, 1.9, 1.8, 1.2, 1.4, 1.2]),
    Workload(
      "bonus.10", "sqrt(1 - v^2/c^2)*w/(1 + v/c*cos(t))", variables: ["c", "v", "w", "t"],
      at: [19.5, 2.2, 2.5, 1.1]),
    Workload(
      "bonus.16", "1/(2*m)*(p^2 + m^2*w^2*x^2*(1 + a*x/y))", variables: ["m", "w", "p", "y", "x", "a"],
      at: [1.3, 4.2, 4, 4.1, 4.5, 3]),
  ]

  /// Whether it is one of the twenty.
  var isPhysics: Bool { name.contains(".") }

  /// So many points beside the given one, a column a variable; the logistic loss's first column holds classes.
  func columns(_ count: Int) -> [[Double]] {
    point.enumerated().map { place, value in
      (0..<count).map { row in
        if name == "logistic" {
          return place == 0 ? (row % 3 == 0 ? -1 : 1) : value + (place < 4 ? Double(row % 1000) * 1e-3 : 0)
        }
        return value + Double(row) * 1e-7
      }
    }
  }

  /// The workloads that peers can be asked as text, a JSON object each.
  static var described: [String] {
    ([poly, trans] + physics + [logistic]).map { workload in
      let names = workload.variables ?? ["x", "y"]
      let letters = names.map { "\"\($0)\"" }.joined(separator: ", ")
      return
        "{\"name\": \"\(workload.name)\", \"variables\": [\(letters)], \"formula\": \"\(workload.formula)\", \"point\": \(workload.point)}"
    }
  }

  /// The formula, read.
  func read() throws -> Formula {
    var limits = Limits.standard
    limits.sourceLength = 10_000_000
    return try Formula(formula, variables: variables, limits: limits)
  }
}
