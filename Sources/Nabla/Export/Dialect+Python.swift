extension Dialect {
  /// Python with NumPy; a point may hold arrays, one for each variable, and is then many points at once.
  public static let python: Dialect = .init(
    name: "python", title: "Python", aliases: ["py", "numpy"], fileExtension: "py",
    functions: [
      "sqrt": "np.sqrt($0)", "cbrt": "np.cbrt($0)", "exp": "np.exp($0)", "ln": "np.log($0)",
      "log10": "np.log10($0)", "log2": "np.log2($0)", "log1p": "np.log1p($0)", "expm1": "np.expm1($0)",
      "sin": "np.sin($0)", "cos": "np.cos($0)", "tan": "np.tan($0)", "arcsin": "np.arcsin($0)",
      "arccos": "np.arccos($0)", "arctan": "np.arctan($0)", "sinh": "np.sinh($0)", "cosh": "np.cosh($0)",
      "tanh": "np.tanh($0)", "asinh": "np.arcsinh($0)", "acosh": "np.arccosh($0)", "atanh": "np.arctanh($0)",
      "abs": "np.abs($0)", "sign": "np.sign($0)", "floor": "np.floor($0)", "ceil": "np.ceil($0)",
      "min": "np.minimum($0, $1)", "max": "np.maximum($0, $1)", "hypot": "np.hypot($0, $1)",
      "atan2": "np.arctan2($0, $1)", "erf": "erf($0)", "erfc": "erfc($0)", "gamma": "gamma($0)",
      "lnGamma": "lgamma($0)", "psi": "psi($0)",
    ],
    helpers: [
      "erf(": "from math import erf as erf_of\nerf = np.vectorize(erf_of, otypes=[float])",
      "erfc(": "from math import erfc as erfc_of\nerfc = np.vectorize(erfc_of, otypes=[float])",
      "gamma(": "from math import gamma as gamma_of\ngamma = np.vectorize(gamma_of, otypes=[float])",
      "lgamma(": "from math import lgamma as lgamma_of\nlgamma = np.vectorize(lgamma_of, otypes=[float])",
      "psi(": Digamma.code { statement in
        switch statement {
        case .open: ["def psi_of(x):", "    \"\"\"The digamma function.\"\"\"", "    total = 0.0"]
        case .pole: ["    if x <= 0 and x == np.floor(x):", "        return np.nan"]
        case .reflection:
          [
            "    if x < 0:", "        total = -np.pi / np.tan(np.pi * (x - np.floor(x)))",
            "        x = 1.0 - x",
          ]
        case .recurrence: ["    while x < 12:", "        total -= 1.0 / x", "        x += 1.0"]
        case .series(let tail):
          [
            "    s = 1.0 / (x * x)", "    tail = \(tail)", "    return total + np.log(x) - 0.5 / x - tail",
            "",
            "", "psi = np.vectorize(psi_of, otypes=[float])",
          ]
        }
      },
    ],
    powers: (
      "np.power($0, $1)", "np.copysign(np.power(np.abs($0), $1), $0)", "np.power(np.abs($0), $1)"
    ),
    number: { $0.allSatisfy(\.isNumber) ? $0 + ".0" : $0 },
    constants: [(.pi, "np.pi"), (2.718281828459045, "np.e"), (.infinity, "np.inf"), (.nan, "np.nan")],
    choice: ("np.where($0, $1, $2)", .atom), truth: "np.where($0, 1.0, 0.0)",
    logic: ("==", "!=", "&", "|", "np.logical_not"),
    reserved: [
      "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
      "del",
      "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda",
      "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield", "np", "math",
      "erf",
      "erfc", "gamma", "lgamma", "psi", "range", "float",
    ],
    layout: .init(
      function: { name, part in
        switch part {
        case .value: name
        case .gradient: name + "_gradient"
        case .hessian: name + "_hessian"
        }
      },
      preamble: ["import numpy as np"],
      comment: { _ in [] },
      open: { head in
        let arguments = [head.point] + head.parameters
        return [
          "@np.errstate(all=\"ignore\")", "def \(head.function)(\(arguments.joined(separator: ", "))):",
        ]
      },
      close: (nil, nil), indent: "    ",
      prologue: { head, comment in
        let quotes = "\"\"\""
        let text =
          comment.count == 1
          ? [quotes + comment[0] + quotes] : [quotes + comment[0], ""] + comment.dropFirst() + [quotes]
        return text + ["\(head.point) = np.asarray(\(head.point), dtype=float)"]
      }, gap: 2,
      constant: { "\($0) = \($1)" }, begin: { "\($0) = \($1)" }, grow: { "\($0) = \($0) \($1) (\($2))" },
      loop: { "for \($0) in range(\($1), \($2 + 1)):" }, indexValue: { "float(\($0))" },
      zeros: { name, count, _ in "\(name) = [0.0] * \(count)" },
      assign: { "\($0)[\($1)] = \($2)" },
      result: { head, value, entries in
        guard head.part != .value else { return ["return \(value ?? "")"] }
        let list =
          entries.map { Layout.joined("\(head.array) = ", Layout.list($0, "[", "]", indent: "    "), "") }
          ?? []
        let array = "np.stack(np.broadcast_arrays(*\(head.array), \(head.point)[0])[:-1])"
        if let value { return list + ["return \(value), \(array)"] }
        let shape = "\(head.array).reshape(\(head.count), \(head.count), *\(head.array).shape[1:])"
        return list + ["\(head.array) = \(array)", "return \(shape)"]
      }))
}
