extension Dialect {
  /// C as of 1999, with math.h.
  public static let c: Dialect = .init(
    name: "c", title: "C", fileExtension: "c",
    functions: [
      "sqrt": "sqrt($0)", "cbrt": "cbrt($0)", "exp": "exp($0)", "ln": "log($0)", "log10": "log10($0)",
      "log2": "log2($0)", "log1p": "log1p($0)", "expm1": "expm1($0)", "sin": "sin($0)", "cos": "cos($0)",
      "tan": "tan($0)", "arcsin": "asin($0)", "arccos": "acos($0)", "arctan": "atan($0)", "sinh": "sinh($0)",
      "cosh": "cosh($0)", "tanh": "tanh($0)", "asinh": "asinh($0)", "acosh": "acosh($0)",
      "atanh": "atanh($0)",
      "abs": "fabs($0)", "sign": "nabla_sign($0)", "floor": "floor($0)", "ceil": "ceil($0)",
      "round": "round($0)",
      "min": "fmin($0, $1)", "max": "fmax($0, $1)", "hypot": "hypot($0, $1)", "atan2": "atan2($0, $1)",
      "erf": "erf($0)", "erfc": "erfc($0)", "gamma": "tgamma($0)", "lnGamma": "lgamma($0)",
      "psi": "nabla_psi($0)",
    ],
    helpers: [
      "nabla_sign": "static double nabla_sign(double x) { return (x > 0.0) - (x < 0.0); }",
      "nabla_psi": Digamma.code { statement in
        switch statement {
        case .open:
          ["/* The digamma function. */", "static double nabla_psi(double x) {", "  double sum = 0.0;"]
        case .pole: ["  if (x <= 0.0 && x == floor(x)) return NAN;"]
        case .reflection(let pi):
          ["  if (x < 0.0) {", "    sum = -\(pi) / tan(\(pi) * (x - floor(x)));", "    x = 1.0 - x;", "  }"]
        case .recurrence: ["  for (; x < 12.0; x += 1.0) sum -= 1.0 / x;"]
        case .series(let tail):
          ["  double s = 1.0 / (x * x);", "  return sum + log(x) - 0.5 / x - \(tail);", "}"]
        }
      },
    ],
    powers: ("pow($0, $1)", "copysign(pow(fabs($0), $1), $0)", "pow(fabs($0), $1)"),
    number: { $0.allSatisfy(\.isNumber) ? $0 + ".0" : $0 },
    constants: [(.infinity, "INFINITY"), (.nan, "NAN")],
    choice: ("$0 ? $1 : $2", .choice), truth: "($0 ? 1.0 : 0.0)",
    reserved: [
      "auto", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum",
      "extern",
      "float", "for", "goto", "if", "inline", "int", "long", "register", "restrict", "return", "short",
      "signed",
      "sizeof", "static", "struct", "switch", "typedef", "union", "unsigned", "void", "volatile", "while",
      "main",
      "exp", "log", "pow", "sin", "cos", "tan", "floor", "ceil", "round", "gamma", "erf", "y0", "y1", "yn",
      "j0",
      "j1", "jn", "sqrt", "abs",
    ],
    layout: .init(
      function: { name, part in
        switch part {
        case .value: name
        case .gradient: name + "_gradient"
        case .hessian: name + "_hessian"
        }
      },
      preamble: ["#include <math.h>"],
      comment: { lines in
        lines.count == 1
          ? ["/* \(lines[0]) */"]
          : ["/* \(lines[0])"] + lines.dropFirst().dropLast().map { "   " + $0 } + [
            "   \(lines[lines.count - 1]) */"
          ]
      },
      open: { head in
        let size = max(1, head.count)
        var arguments = ["const double \(head.point)[\(size)]"] + head.parameters.map { "double \($0)" }
        switch head.part {
        case .value: break
        case .gradient: arguments.append("double \(head.array)[\(size)]")
        case .hessian: arguments.append("double \(head.array)[\(size * size)]")
        }
        let type = head.part == .hessian ? "void" : "double"
        return ["\(type) \(head.function)(\(arguments.joined(separator: ", "))) {"]
      },
      close: ("}", "}"),
      constant: { "const double \($0) = \($1);" }, begin: { "double \($0) = \($1);" },
      grow: { "\($0) \($1)= \($2);" },
      loop: { "for (int \($0) = \($1); \($0) <= \($2); \($0)++) {" }, indexValue: { "(double)\($0)" },
      zeros: nil, assign: { "\($0)[\($1)] = \($2);" },
      result: { _, value, _ in value.map { ["return \($0);"] } ?? [] },
      ignore: { "(void)\($0);" }))
}
