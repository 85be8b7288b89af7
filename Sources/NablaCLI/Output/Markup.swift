import NablaAlgebra
import NablaBasics
import NablaNotation

extension Format {
  /// Whether answers in it are markup for a document rather than lines for a terminal.
  var isMarkup: Bool { name == Format.latex.name || name == Format.mathML.name }
}

/// Equations for a document, their signs below one another: an `align*` of LaTeX, or a table of MathML.
///
///     \begin{align*}
///     f(x) &= x^2 \\
///     f'(x) &= 2x
///     \end{align*}
///
/// An answer of one equation is a block of one row.
struct Equations {
  /// What stands between two sides.
  enum Sign {
    case equal, approximately

    /// The sign with the blanks around it.
    func between(_ format: Format) -> String {
      format.name == Format.mathML.name ? text(format) : " " + text(format) + " "
    }

    func text(_ format: Format) -> String {
      switch (self, format.name) {
      case (.equal, "mathml"): "<mo>=</mo>"
      case (.approximately, "mathml"): "<mo>≈</mo>"
      case (.equal, _): "="
      case (.approximately, _): "\\approx"
      }
    }
  }

  /// A left side, one or more right sides, and what is said behind them: `for` and a condition; or a sentence.
  struct Row {
    var left = ""
    var right: [(sign: Sign, text: String)] = []
    var remark: (word: String, text: String)?
    var sentence: String?
  }

  let format: Format
  var rows: [Row] = []

  init(_ format: Format) { self.format = format }

  mutating func add(
    _ left: String, _ sign: Sign = .equal, _ right: String, remark: (word: String, text: String)? = nil
  ) {
    rows.append(Row(left: left, right: [(sign, right)], remark: remark))
  }

  /// The block, line by line.
  var lines: [String] {
    if rows.isEmpty { return [] }
    return format.name == Format.mathML.name ? mathML : latex
  }

  private var latex: [String] {
    let body = rows.enumerated().map { place, row in
      var line = row.left + " &"
      for (number, side) in row.right.enumerated() {
        line += (number > 0 ? " " : "") + side.sign.text(format) + " " + side.text
      }
      if let remark = row.remark {
        line += " \\quad \\text{\(remark.word)\(remark.text.isEmpty ? "" : " ")}"
        if !remark.text.isEmpty { line += " " + remark.text }
      }
      if let sentence = row.sentence { line += " " + sentence }
      return place < rows.count - 1 ? line + " \\\\" : line
    }
    return ["\\begin{align*}"] + body + ["\\end{align*}"]
  }

  private var mathML: [String] {
    let body = rows.map { row in
      var right = ""
      for side in row.right { right += side.sign.text(format) + side.text }
      if let sentence = row.sentence { right += sentence }
      if let remark = row.remark {
        right += "<mspace width=\"1em\"/><mtext>\(remark.word) </mtext>" + remark.text
      }
      return "<mtr><mtd style=\"text-align: right\">\(row.left)</mtd>"
        + "<mtd style=\"text-align: left\">\(right)</mtd></mtr>"
    }
    return [
      "<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\">",
      "<mtable displaystyle=\"true\">",
    ]
      + body + ["</mtable>", "</math>"]
  }

  /// A matrix of formulas between round brackets.
  static func matrix(_ entries: [[String]], _ format: Format) -> String {
    if format.name == Format.mathML.name {
      let rows = entries.map { row in
        "<mtr>" + row.map { "<mtd>\($0)</mtd>" }.joined() + "</mtr>"
      }
      return "<mrow><mo>(</mo><mtable>\(rows.joined())</mtable><mo>)</mo></mrow>"
    }
    let rows = entries.map { $0.joined(separator: " & ") }
    return "\\begin{pmatrix} " + rows.joined(separator: " \\\\ ") + " \\end{pmatrix}"
  }

  /// A table of numbers with a line below its titles.
  static func table(_ titles: [String], _ entries: [[String]], _ format: Format) -> [String] {
    if format.name == Format.mathML.name {
      func row(_ cells: [String], _ style: String) -> String {
        "<mtr>" + cells.map { "<mtd style=\"text-align: right\(style)\">\($0)</mtd>" }.joined() + "</mtr>"
      }
      return ["<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\">", "<mtable>"]
        + [row(titles, "; border-bottom: 1px solid")] + entries.map { row($0, "") } + [
          "</mtable>", "</math>",
        ]
    }
    return ["\\[", "\\begin{array}{\(String(repeating: "r", count: titles.count))}"]
      + [titles.joined(separator: " & ") + " \\\\ \\hline"]
      + entries.enumerated().map { place, row in
        row.joined(separator: " & ") + (place < entries.count - 1 ? " \\\\" : "")
      } + ["\\end{array}", "\\]"]
  }
}

extension Invocation {
  /// Prints a block of equations.
  func answer(_ equations: Equations) {
    for line in equations.lines { console.verbatim(line) }
  }

  /// A number to the asked digits, in markup.
  func marked(_ value: Double) -> String { marked(number: number(value)) }

  /// A number to the asked digits.
  func numberForm(_ value: Double) -> Form {
    var digits = number(value).replacing("e−", with: "e-")
    let isNegative = digits.hasPrefix("−") || digits.hasPrefix("-")
    if isNegative { digits.removeFirst() }
    let form: Form = .number(digits, isApproximate: false)
    return isNegative ? .negative(form) : form
  }

  /// A number that is printed already, in markup.
  func marked(number text: String) -> String {
    var digits = text
    let isNegative = digits.hasPrefix("−") || digits.hasPrefix("-")
    if isNegative { digits.removeFirst() }
    let isMathML = format.name == Format.mathML.name
    guard digits.utf8.first?.isDigit ?? false else {
      let name = digits.hasPrefix("∞") || digits.hasPrefix("inf") ? (isMathML ? "<mi>∞</mi>" : "\\infty") : ""
      let minus = isMathML ? "<mo form=\"prefix\">−</mo>" : "-"
      let other = isMathML ? "<mtext>\(digits)</mtext>" : "\\text{\(digits)}"
      return (isNegative ? minus : "") + (name.isEmpty ? other : name)
    }
    let form: Form = .number(digits.replacing("e−", with: "e-"), isApproximate: false)
    return (isNegative ? Form.negative(form) : form).text(format)
  }

  /// Whether the printed digits are the numbers.
  func equality(_ values: [Double]) -> Equations.Sign { sign(values) == "=" ? .equal : .approximately }

  /// Numbers as a vector.
  func vector(_ values: [Double]) -> String {
    let (open, close) = format.vector
    let parts = PointText(glyphs: glyphs).shown(values.map { marked($0) }).map {
      $0 == glyphs.ellipsis ? format.ellipsis : $0
    }
    if format.name == Format.mathML.name {
      return "<mrow><mo>\(open)</mo>" + parts.joined(separator: "<mo>,</mo>") + "<mo>\(close)</mo></mrow>"
    }
    return open + parts.joined(separator: ", ") + close
  }
}
