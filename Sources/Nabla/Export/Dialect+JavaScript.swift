extension Dialect {
  /// JavaScript as browsers and Node have it.
  public static let javascript: Dialect = .init(
    name: "javascript", title: "JavaScript", aliases: ["js"], fileExtension: "js",
    functions: [
      "sqrt": "Math.sqrt($0)", "cbrt": "Math.cbrt($0)", "exp": "Math.exp($0)", "ln": "Math.log($0)",
      "log10": "Math.log10($0)", "log2": "Math.log2($0)", "log1p": "Math.log1p($0)",
      "expm1": "Math.expm1($0)",
      "sin": "Math.sin($0)", "cos": "Math.cos($0)", "tan": "Math.tan($0)", "arcsin": "Math.asin($0)",
      "arccos": "Math.acos($0)", "arctan": "Math.atan($0)", "sinh": "Math.sinh($0)", "cosh": "Math.cosh($0)",
      "tanh": "Math.tanh($0)", "asinh": "Math.asinh($0)", "acosh": "Math.acosh($0)",
      "atanh": "Math.atanh($0)",
      "abs": "Math.abs($0)", "sign": "Math.sign($0)", "floor": "Math.floor($0)", "ceil": "Math.ceil($0)",
      "min": "Math.min($0, $1)", "max": "Math.max($0, $1)", "hypot": "Math.hypot($0, $1)",
      "atan2": "Math.atan2($0, $1)",
    ],
    helpers: [
      "oddPower": "const oddPower = (x, p) => (x < 0 ? -1 : 1) * Math.pow(Math.abs(x), p);"
    ],
    powers: ("Math.pow($0, $1)", "oddPower($0, $1)", "Math.pow(Math.abs($0), $1)"),
    constants: [(.pi, "Math.PI"), (2.718281828459045, "Math.E"), (.infinity, "Infinity"), (.nan, "NaN")],
    choice: ("$0 ? $1 : $2", .choice), truth: "($0 ? 1 : 0)", logic: ("===", "!==", "&&", "||", "!"),
    reserved: [
      "await", "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do",
      "else", "enum", "export", "extends", "false", "finally", "for", "function", "if", "import", "in",
      "instanceof", "let", "new", "null", "return", "static", "super", "switch", "this", "throw", "true",
      "try",
      "typeof", "var", "void", "while", "with", "yield", "Math", "Infinity", "NaN", "arguments", "eval",
    ],
    layout: .init(
      function: { name, part in
        switch part {
        case .value: name
        case .gradient: name + "Gradient"
        case .hessian: name + "Hessian"
        }
      },
      comment: { lines in
        lines.count == 1 ? ["/** \(lines[0]) */"] : ["/**"] + lines.map { " * " + $0 } + [" */"]
      },
      open: { head in
        ["function \(head.function)(\(([head.point] + head.parameters).joined(separator: ", "))) {"]
      },
      close: ("}", "}"),
      constant: { "const \($0) = \($1);" }, begin: { "let \($0) = \($1);" }, grow: { "\($0) \($1)= \($2);" },
      loop: { "for (let \($0) = \($1); \($0) <= \($2); \($0)++) {" }, indexValue: { $0 },
      zeros: { name, count, _ in "const \(name) = new Array(\(count)).fill(0);" },
      assign: { "\($0)[\($1)] = \($2);" },
      result: { head, value, entries in
        let list =
          entries.map { entries in
            head.part == .hessian
              ? Layout.rows(entries, head.count, "[", "]") : Layout.list(entries, "[", "]")
          } ?? [head.array]
        guard head.part != .value else { return ["return \(value ?? "");"] }
        guard let value else { return Layout.joined("return ", list, ";") }
        if entries == nil { return ["return { value: \(value), gradient: \(head.array) };"] }
        return ["return {", "  value: \(value),"] + Layout.joined("  gradient: ", list, ",") + ["};"]
      }))
}

extension Dialect.Layout {
  /// A list on one line where it is short, an entry a line otherwise.
  static func list(
    _ entries: [String], _ open: String, _ close: String, indent: String = "  "
  ) -> [String] {
    let line = open + entries.joined(separator: ", ") + close
    if line.utf8.count <= 80 { return [line] }
    return [open] + entries.map { "\(indent)\($0)," } + [close]
  }

  /// A square matrix, a row a line.
  static func rows(_ entries: [String], _ count: Int, _ open: String, _ close: String) -> [String] {
    guard count > 0 else { return [open + close] }
    let rows = stride(from: 0, to: entries.count, by: count).flatMap { start in
      let row = list(Array(entries[start..<start + count]), open, close)
      return joined("  ", row.map { $0 }, ",")
    }
    return [open] + rows + [close]
  }

  /// A text before the first and behind the last of some lines; the lines between are moved in as far.
  static func joined(_ before: String, _ lines: [String], _ after: String) -> [String] {
    guard var first = lines.first, var last = lines.last else { return [before + after] }
    if lines.count == 1 { return [before + first + after] }
    let indent = String(before.prefix { $0 == " " })
    first = before + first
    last = indent + last + after
    return [first] + lines.dropFirst().dropLast().map { indent + $0 } + [last]
  }
}
