import Foundation
import NablaAlgebra
import NablaBasics
import Testing

@testable import Nabla

/// The code of fifty formulas and of some by lot, run where the language is on the machine, against the formulas' own
/// values.
@Suite(.serialized) struct ExportTests {
  static let formulas: [String] = [
    "3x^2 + 8xy - 3y^5", "x^3 - 3x", "(x - y)^2/(1 + x^2)", "sin(x y) + cos(x - y)", "x e^(-x^2 - y^2)",
    "ln(x^2 + y^2 + 1)", "sqrt(x^2 + y^2 + 1)", "x^(1/3) + y", "x^(2/3) y", "x^(5/3) - x^(1/5)",
    "cbrt(x) sin(y)",
    "|x - y| + |x|", "max(x, y) + min(x, y^2)", "if(x > y, x^2, y^3)", "if(x > 0 and y < 1, x y, x - y)",
    "if(x > 0 or not (y > 0), x, y^2)", "x^y + y^x", "2^x + x^3", "x^(-2) + 1/y", "tan(x/3) + sec(x/4)",
    "arctan(x) + arcsin(x/10) + arccos(y/10)", "sinh(x) cosh(y) + tanh(x y)", "asinh(x) + acosh(2 + x^2)",
    "atanh(x/10) + coth(2 + y^2)", "atan2(y, x)", "hypot(x, y)", "sigmoid(x) + softplus(y) + relu(x - y)",
    "log10(x^2 + 1) + log2(y^2 + 1)", "log(x^2 + 2, 3 + y^2)", "e^x - 1 + ln(1 + x^2)",
    "sign(x) y + floor(x) x",
    "ceil(x) + round(3x) y", "mod(x, 3) + clamp(y, -1, 1)", "pi x^2 + e y", "0.1x + 0.2y + 1/3",
    "((x + 1)(y + 2)/(x - 7))^3", "sin(sin(sin(x))) + cos(cos(y))", "1/(1 + e^(-3x)) * (1 - 1/(1 + e^(-3x)))",
    "sum(i, 1, 10, (a x^i - i)^2)/1000", "sum(i, 1, 9, 100(x[i+1] - x[i]^2)^2 + (1 - x[i])^2)",
    "prod(i, 1, 4, x[i]^2 + 1)", "f(x_1, x_2, x_3, x_10, y) = prod(i, 1, 2, x[i] x[i+1] - y)",
    "sum(i, 1, 5, sum(j, 1, 3, (x[i] - j)^2))",
    "sum(i, 1, 6, x[i])^2 + sum(i, 1, 6, i x[i]^2)",
    "x_1^2 + x_2 x_3 - x_10", "(x + y)^8 - (x - y)^7", "x^15 y^3/1000", "lambda^2 + rho lambda",
    "-(x - (y - (x - y)))", "x/y/(x/(y + 4))", "(x^2 + y - 11)^2 + (x + y^2 - 7)^2", "csc(x + 5) cot(y + 5)",
    "sqrt(|x|) sqrt(|y| + 1)", "x", "t1 + point + value",
  ]
  /// Those that not every language has.
  static let special: [String] = [
    "erf(x) + erfc(y)", "gamma(x^2 + 1) y", "y x!/(1 + x^2)", "gamma(x/7 - 2.3)",
  ]

  @Test("C, without a warning", arguments: Source.allCases)
  func c(_ source: Source) throws {
    guard let cc = Self.tool("cc", "gcc", "clang") else { return print("skipped: no C compiler") }
    let cases = try Self.cases(source, .c, hasSpecial: true)
    let curved = try Self.cases(Array(Self.formulas.prefix(12)), withHessian: true)
    var text = try Self.code(cases, .c) + "\n#include <stdio.h>\n\nint main(void) {\n"
    for one in cases {
      let n = one.formula.variables.count
      for point in one.points {
        text += "  { double p[\(n)] = \(Self.literal(point, "{", "}")), g[\(n)]; "
        text += "printf(\"%.17g\\n\", \(one.name)_gradient(p, g)); "
        text +=
          "if (fabs(\(one.name)(p) - \(one.name)_gradient(p, g)) > \(one.slack)) printf(\"two values of \(one.name)\\n\"); "
        text += "for (int i = 0; i < \(n); i++) printf(\"%.17g\\n\", g[i]); }\n"
      }
    }
    text += "  return 0;\n}\n"
    var second = try Self.code(curved, .c, withHessian: true) + "\n#include <stdio.h>\n\nint main(void) {\n"
    for one in curved {
      let n = one.formula.variables.count
      for point in one.points {
        second += "  { double p[\(n)] = \(Self.literal(point, "{", "}")), g[\(n)], h[\(n * n)]; "
        second += "printf(\"%.17g\\n\", \(one.name)_gradient(p, g)); \(one.name)_hessian(p, h); "
        second += "for (int i = 0; i < \(n); i++) printf(\"%.17g\\n\", g[i]); "
        second += "for (int i = 0; i < \(n * n); i++) printf(\"%.17g\\n\", h[i]); }\n"
      }
    }
    second += "  return 0;\n}\n"
    try Self.inFolder { folder in
      for (source, cases) in [(text, cases), (second, curved)] {
        try Data(source.utf8).write(to: folder.appending(path: "main.c"))
        let flags = ["-std=c99", "-O1", "-Wall", "-Wextra", "-Werror", "main.c", "-o", "main", "-lm"]
        let built = try Self.run(cc, flags, in: folder)
        try #require(built.status == 0, "\(built.text)")
        try Self.compare(try Self.run(folder.appending(path: "main").path, [], in: folder).text, cases)
      }
    }
  }

  @Test("Swift, without a warning", arguments: Source.allCases)
  func swift(_ source: Source) throws {
    guard let swiftc = Self.tool("swiftc") else { return print("skipped: no swiftc") }
    let cases = try Self.cases(source, .swift, hasSpecial: true)
    var text = try Self.code(cases, .swift) + "\nfunc show(_ result: (value: Double, gradient: [Double])) {\n"
    text += "  print(result.value)\n  for slope in result.gradient { print(slope) }\n}\n\n"
    for one in cases {
      for point in one.points { text += "show(\(one.name)Gradient(\(Self.literal(point, "[", "]"))))\n" }
      text += "if !\(one.name)(\(Self.literal(one.points[0], "[", "]"))).isFinite { print(\"no value\") }\n"
    }
    try Self.inFolder { folder in
      try Data(text.utf8).write(to: folder.appending(path: "main.swift"))
      let built = try Self.run(
        swiftc, ["-Onone", "-warnings-as-errors", "main.swift", "-o", "main"], in: folder)
      try #require(built.status == 0, "\(built.text)")
      try Self.compare(try Self.run(folder.appending(path: "main").path, [], in: folder).text, cases)
    }
  }

  @Test("JavaScript", arguments: Source.allCases)
  func javascript(_ source: Source) throws {
    guard let node = Self.tool("node") else { return print("skipped: no node") }
    let cases = try Self.cases(source, .javascript)
    var text = try Self.code(cases, .javascript, withHessian: source == .table)
    for one in cases {
      for point in one.points {
        let p = Self.literal(point, "[", "]")
        text +=
          "{ const r = \(one.name)Gradient(\(p)); console.log(r.value); r.gradient.forEach(g => console.log(g)); "
        text +=
          "if (Math.abs(\(one.name)(\(p)) - r.value) > \(one.slack)) console.log(\"two values of \(one.name)\"); }\n"
      }
    }
    try Self.inFolder { folder in
      try Data(("\"use strict\";\n" + text).utf8).write(to: folder.appending(path: "main.js"))
      try Self.compare(try Self.run(node, ["main.js"], in: folder).text, cases)
    }
    for text in Self.special.prefix(1) {
      #expect(throws: ExportError.self) { try Formula(text).code(in: .javascript) }
    }
  }

  @Test("Python with NumPy, at one point and at many", arguments: Source.allCases)
  func python(_ source: Source) throws {
    guard let python = Self.tool("python3") else { return print("skipped: no python3") }
    let cases = try Self.cases(source, .python, hasSpecial: true)
    var text = try Self.code(cases, .python) + "\n\n"
    for one in cases {
      let points = one.points.map { Self.literal($0, "[", "]") }.joined(separator: ", ")
      text += "points = [\(points)]\n"
      text += "value, gradient = \(one.name)_gradient(np.transpose(points))\n"
      text += "assert np.allclose(value, \(one.name)(np.transpose(points)), rtol=0, atol=\(one.slack))\n"
      text += "for i, point in enumerate(points):\n"
      text += "    alone, slopes = \(one.name)_gradient(point)\n"
      text += "    assert np.allclose(slopes, gradient[:, i], rtol=1e-13, atol=\(one.slack))\n"
      text += "    print(float(alone))\n    for slope in slopes:\n        print(float(slope))\n"
    }
    try Self.inFolder { folder in
      let probe = try Self.run(python, ["-c", "import numpy"], in: folder)
      guard probe.status == 0 else { return print("skipped: Python has no NumPy") }
      try Data(text.utf8).write(to: folder.appending(path: "main.py"))
      let said = try Self.run(python, ["-W", "error", "main.py"], in: folder)
      try #require(said.status == 0, "\(said.text.suffix(2000))")
      try Self.compare(said.text, cases)
    }
  }

  @Test("SQL, over the columns of a table", arguments: Source.allCases)
  func sql(_ source: Source) throws {
    guard let python = Self.tool("python3") else { return print("skipped: no python3") }
    let cases = try Self.cases(source, .sql)
    var text = "import sqlite3\n\ndata = sqlite3.connect(':memory:')\n"
    for one in cases {
      let columns = one.formula.variables.map { "\"\($0.name)\"" }.joined(separator: ", ")
      let marks = one.formula.variables.map { _ in "?" }.joined(separator: ", ")
      let points = one.points.map { Self.literal($0, "[", "]") }.joined(separator: ", ")
      text += "data.execute('CREATE TABLE \(one.name) (\(columns))')\n"
      text += "data.executemany('INSERT INTO \(one.name) VALUES (\(marks))', [\(points)])\n"
      text += "for row in data.execute(\"\"\"\n\(try one.formula.query(over: one.name))\"\"\"):\n"
      text += "    print(*row, sep='\\n')\n"
    }
    try Self.inFolder { folder in
      let probe = try Self.run(
        python, ["-c", "import sqlite3; sqlite3.connect(':memory:').execute('SELECT LN(2)')"], in: folder)
      guard probe.status == 0 else { return print("skipped: Python has no SQLite with mathematics") }
      try Data(text.utf8).write(to: folder.appending(path: "main.py"))
      let said = try Self.run(python, ["main.py"], in: folder)
      try #require(said.status == 0, "\(said.text.suffix(2000))")
      try Self.compare(said.text, cases)
    }
  }

  /// The sample's statement is the one that is exported, and its descent ends at the line of least squares.
  @Test func aLossDescendsInTheDatabase() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let sample = root.appending(path: "samples/descend_in_sqlite.py")
    let text = try String(contentsOf: sample, encoding: .utf8)
    let loss = try Formula("f(a, b) = (a x + b - y)^2")
    #expect(text.contains(try loss.query(over: "points", isSum: true)))
    guard let python = Self.tool("python3") else { return print("skipped: no python3") }
    let said = try Self.run(python, [sample.path], in: root)
    #expect(said.text.hasSuffix("a = 2.03, b = 0.97\n"), "\(said.text)")
  }

  /// Formulas whose second derivatives are held against their own, in every language that can run here.
  static let curved: [String] =
    Array(formulas.prefix(12)) + [
      "x^y + y^x", "tan(x/3) + sec(x/4)", "sum(i, 1, 4, 100(x[i+1] - x[i]^2)^2)", "hypot(x, y)",
      "x^2 a + x a^3",
    ]

  @Test("Second derivatives in Swift, JavaScript and Python")
  func hessians() throws {
    let cases = try Self.cases(Self.curved, withHessian: true)
    let programs: [(name: String, file: String, dialect: Dialect, text: (Case, String) -> String)] = [
      (
        "swiftc", "main.swift", .swift,
        { one, p in
          "do { let r = \(one.name)Gradient(\(p)); print(r.value); r.gradient.forEach { print($0) }\n"
            + "\(one.name)Hessian(\(p)).forEach { $0.forEach { print($0) } } }\n"
        }
      ),
      (
        "node", "main.js", .javascript,
        { one, p in
          "{ const r = \(one.name)Gradient(\(p)); console.log(r.value); r.gradient.forEach(g => console.log(g));\n"
            + "\(one.name)Hessian(\(p)).forEach(row => row.forEach(h => console.log(h))); }\n"
        }
      ),
      (
        "python3", "main.py", .python,
        { one, p in
          "value, slopes = \(one.name)_gradient(\(p))\nprint(float(value))\n"
            + "for number in [*slopes, *\(one.name)_hessian(\(p)).flatten()]:\n    print(float(number))\n"
        }
      ),
    ]
    var skipped: [String] = []
    for program in programs {
      guard let tool = Self.tool(program.name) else {
        skipped.append(program.name)
        continue
      }
      var text = try Self.code(cases, program.dialect, withHessian: true) + "\n\n"
      for one in cases {
        for point in one.points { text += program.text(one, Self.literal(point, "[", "]")) }
      }
      try Self.inFolder { folder in
        if program.name == "python3", try Self.run(tool, ["-c", "import numpy"], in: folder).status != 0 {
          return skipped.append("NumPy")
        }
        try Data(text.utf8).write(to: folder.appending(path: program.file))
        guard program.name == "swiftc" else {
          let flags = program.name == "python3" ? ["-W", "error"] : []
          return try Self.compare(try Self.run(tool, flags + [program.file], in: folder).text, cases)
        }
        let built = try Self.run(
          tool, ["-Onone", "-warnings-as-errors", program.file, "-o", "main"], in: folder)
        try #require(built.status == 0, "\(built.text)")
        try Self.compare(try Self.run(folder.appending(path: "main").path, [], in: folder).text, cases)
      }
    }
    print("Hessians: \(programs.count - skipped.count) languages, \(skipped.count) skipped \(skipped)")
  }

  /// What is missing is named together with what was typed.
  @Test(
    arguments: [
      (
        "gamma(x)", Dialect.c, true,
        "the second derivative of gamma needs polygamma, which has no counterpart in C"
      ),
      ("x!", .javascript, false, "factorial needs gamma, which has no counterpart in JavaScript"),
      ("gamma(x)", .javascript, false, "gamma has no counterpart in JavaScript"),
      ("psi(x)", .c, false, "the derivative of psi needs polygamma, which has no counterpart in C"),
    ] as [(String, Dialect, Bool, String)])
  func errorsNameWhatWasTyped(_ formula: String, _ language: Dialect, _ withHessian: Bool, _ sentence: String)
    throws
  {
    do {
      _ = try Formula(formula).code(in: language, withHessian: withHessian)
      Issue.record("\(formula) has code")
    } catch {
      #expect((error as? ExportError)?.sentence == sentence)
    }
  }

  static let refused: [(formula: String, language: Dialect)] = [
    ("erf(x)", .javascript), ("erf(x)", .sql), ("polygamma(2, x)", .c), ("sum(i, 1, 600, x[i]^2)", .sql),
    ("gamma(x)", .sql),
  ]

  @Test("What a language lacks is said", arguments: refused)
  func refuses(formula: String, language: Dialect) {
    #expect(throws: ExportError.self) { try Formula(formula).code(in: language) }
  }

  @Test("Names without a letter that a language knows are numbered, a table's with blanks is quoted")
  func names() throws {
    let code = try Formula("f(é, ü) = é^2 ü").code(in: .swift)
    #expect(code.contains("let v1: Double") && code.contains("let v2: Double"), "\(code)")
    let query = try Formula("x^2").query(over: "my \"own\" table")
    #expect(query.contains("FROM \"my \"\"own\"\" table\""), "\(query)")
    #expect(try Formula("x^2").query(over: "data.points").contains("FROM data.points\n"))
  }

  @Test func aHessianHasAtMostFiftyVariables() throws {
    let formula = try Formula("sum(i, 1, 60, x[i]^2)")
    #expect(throws: ExportError.self) { try formula.code(in: .c, withHessian: true) }
    #expect(try formula.code(in: .c).contains("for (int"))
  }
}
