extension Dialect {
  /// Swift with Foundation's mathematics.
  public static let swift: Dialect = .init(
    name: "swift", title: "Swift", fileExtension: "swift",
    functions: [
      "sqrt": "sqrt($0)", "cbrt": "cbrt($0)", "exp": "exp($0)", "ln": "log($0)", "log10": "log10($0)",
      "log2": "log2($0)", "log1p": "log1p($0)", "expm1": "expm1($0)", "sin": "sin($0)", "cos": "cos($0)",
      "tan": "tan($0)", "arcsin": "asin($0)", "arccos": "acos($0)", "arctan": "atan($0)", "sinh": "sinh($0)",
      "cosh": "cosh($0)", "tanh": "tanh($0)", "asinh": "asinh($0)", "acosh": "acosh($0)",
      "atanh": "atanh($0)",
      "abs": "abs($0)", "sign": "nablaSign($0)", "floor": "floor($0)", "ceil": "ceil($0)",
      "round": "round($0)",
      "min": "min($0, $1)", "max": "max($0, $1)", "hypot": "hypot($0, $1)", "atan2": "atan2($0, $1)",
      "erf": "erf($0)", "erfc": "erfc($0)", "gamma": "tgamma($0)",
      "psi": "nablaPsi($0)",
    ],
    helpers: [
      "nablaSign": "private func nablaSign(_ x: Double) -> Double { x > 0 ? 1 : x < 0 ? -1 : x }",
      "nablaPsi": Digamma.code { statement in
        switch statement {
        case .open:
          [
            "/// The digamma function.", "private func nablaPsi(_ argument: Double) -> Double {",
            "  var (x, sum) = (argument, 0.0)",
          ]
        case .pole: ["  if x <= 0, x == floor(x) { return Double.nan }"]
        case .reflection:
          ["  if x < 0 { (sum, x) = (-Double.pi / tan(Double.pi * (x - floor(x))), 1 - x) }"]
        case .recurrence: ["  while x < 12 {", "    sum -= 1 / x", "    x += 1", "  }"]
        case .series(let tail):
          [
            "  let s: Double = 1 / (x * x)", "  let tail: Double = \(tail)",
            "  return sum + log(x) - 0.5 / x - tail", "}",
          ]
        }
      },
    ],
    powers: ("pow($0, $1)", "copysign(pow(abs($0), $1), $0)", "pow(abs($0), $1)"),
    number: { digits in
      // The compiler warns of literals below every normal number.
      if let value = Double(digits), value.isSubnormal {
        return "(Double.leastNonzeroMagnitude * \(value.bitPattern))"
      }
      return digits.allSatisfy(\.isNumber) ? digits + ".0" : digits
    },
    constants: [(.pi, "Double.pi"), (.infinity, "Double.infinity"), (.nan, "Double.nan")],
    choice: ("$0 ? $1 : $2", .choice), truth: "($0 ? 1.0 : 0.0)",
    reserved: [
      "actor", "as", "associatedtype", "break", "case", "catch", "class", "continue", "default", "defer",
      "deinit",
      "do", "else", "enum", "extension", "false", "fileprivate", "for", "func", "guard", "if", "import", "in",
      "init", "inout", "internal", "is", "let", "nil", "operator", "private", "protocol", "public", "repeat",
      "rethrows", "return", "self", "static", "struct", "subscript", "super", "switch", "throw", "throws",
      "true",
      "try", "typealias", "var", "where", "while", "exp", "log", "pow", "sin", "cos", "tan", "abs", "min",
      "max",
      "floor", "ceil", "round", "sqrt", "erf", "gamma", "Double",
    ],
    // The type checker takes its time over long expressions.
    longest: 6,
    layout: .init(
      function: { name, part in
        switch part {
        case .value: name
        case .gradient: name + "Gradient"
        case .hessian: name + "Hessian"
        }
      },
      preamble: ["import Foundation"], comment: { lines in lines.map { "/// " + $0 } },
      open: { head in
        let result =
          switch head.part {
          case .value: "Double"
          case .gradient: "(value: Double, gradient: [Double])"
          case .hessian: "[[Double]]"
          }
        let arguments = ["_ \(head.point): [Double]"] + head.parameters.map { "\($0): Double" }
        return ["func \(head.function)(\(arguments.joined(separator: ", "))) -> \(result) {"]
      },
      close: ("}", "}"),
      constant: { "let \($0): Double = \($1)" }, begin: { "var \($0): Double = \($1)" },
      grow: { "\($0) \($1)= \($2)" },
      loop: { "for \($0) in \($1)...\($2) {" }, indexValue: { "Double(\($0))" },
      zeros: { name, count, _ in "var \(name) = [Double](repeating: 0, count: \(count))" },
      assign: { "\($0)[\($1)] = \($2)" },
      result: { head, value, entries in
        guard head.part != .value else { return ["return \(value ?? "")"] }
        let list =
          entries.map { entries in
            head.part == .hessian
              ? Layout.rows(entries, head.count, "[", "]") : Layout.list(entries, "[", "]")
          } ?? [head.array]
        guard let value else { return Layout.joined("return ", list, "") }
        return Layout.joined("return (\(value), ", list, ")")
      }))
}
