extension Dialect {
  /// Julia without packages; outside the domain its own functions throw.
  public static let julia: Dialect = .init(
    name: "julia", title: "Julia", aliases: ["jl"], fileExtension: "jl",
    functions: [
      "sqrt": "sqrt($0)", "cbrt": "cbrt($0)", "exp": "exp($0)", "ln": "log($0)", "log10": "log10($0)",
      "log2": "log2($0)", "log1p": "log1p($0)", "expm1": "expm1($0)", "sin": "sin($0)", "cos": "cos($0)",
      "tan": "tan($0)", "cot": "cot($0)", "sec": "sec($0)", "csc": "csc($0)", "arcsin": "asin($0)",
      "arccos": "acos($0)", "arctan": "atan($0)", "sinh": "sinh($0)", "cosh": "cosh($0)", "tanh": "tanh($0)",
      "coth": "coth($0)", "sech": "sech($0)", "csch": "csch($0)", "asinh": "asinh($0)", "acosh": "acosh($0)",
      "atanh": "atanh($0)", "abs": "abs($0)", "sign": "sign($0)", "floor": "floor($0)", "ceil": "ceil($0)",
      "min": "min($0, $1)", "max": "max($0, $1)", "mod": "mod($0, $1)", "clamp": "clamp($0, $1, $2)",
      "hypot": "hypot($0, $1)", "atan2": "atan($0, $1)",
    ],
    powers: ("$0^$1", "copysign(abs($0)^$1, $0)", "abs($0)^$1"),
    number: { $0.allSatisfy(\.isNumber) ? $0 + ".0" : $0 },
    constants: [(.infinity, "Inf"), (.nan, "NaN")],
    choice: ("$0 ? $1 : $2", .choice), truth: "($0 ? 1.0 : 0.0)",
    reserved: [
      "baremodule", "begin", "break", "catch", "const", "continue", "do", "else", "elseif", "end", "export",
      "false", "finally", "for", "function", "global", "if", "import", "in", "isa", "let", "local", "macro",
      "module", "quote", "return", "struct", "true", "try", "using", "where", "while", "exp", "log", "sin",
      "cos",
      "tan", "abs", "min", "max", "sqrt",
    ],
    layout: .init(
      function: { name, part in
        switch part {
        case .value: name
        case .gradient: name + "_gradient"
        case .hessian: name + "_hessian"
        }
      },
      comment: { lines in ["\"\"\""] + lines.map { $0.replacing("$", with: "\\$") } + ["\"\"\""] },
      open: { head in
        ["function \(head.function)(\(([head.point] + head.parameters).joined(separator: ", ")))"]
      },
      close: ("end", "end"), base: 1,
      constant: { "\($0) = \($1)" }, begin: { "\($0) = \($1)" }, grow: { "\($0) \($1)= \($2)" },
      loop: { "for \($0) in \($1):\($2)" }, indexValue: { "float(\($0))" },
      zeros: { name, count, _ in "\(name) = zeros(\(count))" },
      assign: { "\($0)[\($1)] = \($2)" },
      result: { head, value, entries in
        guard head.part != .value else { return ["return \(value ?? "")"] }
        let list = entries.map { Layout.list($0, "[", "]") } ?? [head.array]
        if let value { return Layout.joined("return \(value), ", list, "") }
        return Layout.joined("return reshape(", list, ", \(head.count), \(head.count))")
      }))
}
