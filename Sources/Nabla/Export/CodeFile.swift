import NablaAlgebra
import NablaBasics
import NablaEvaluation
import NablaNotation

extension Formula {
  /// The value and the gradient as functions of a programming language, with the Hessian where it is asked for.
  ///
  ///     try Formula("x^2 y").code(in: .c)   // double f(const double point[2]), double f_gradient(...)
  ///
  /// Letters without a value become arguments. Throws where the language lacks a function of the formula.
  public func code(in dialect: Dialect, withHessian: Bool = false) throws(ExportError) -> String {
    try CodeFile([self], in: dialect, withHessian: withHessian).text
  }
}

/// The functions of some formulas as one file of a language.
package struct CodeFile {
  /// The text of the file.
  package let text: String

  /// Writes formulas; `names` are those of their functions, their own where there are none.
  package init(
    _ formulas: [Formula], names: [String]? = nil, in dialect: Dialect, withHessian: Bool = false
  ) throws(ExportError) {
    guard let layout = dialect.layout else {
      text = try QueryWriter(formulas, in: dialect).text
      return
    }
    var functions: [[String]] = []
    var templates: Set<String> = []
    for (place, formula) in formulas.enumerated() {
      var code = FormulaCode(
        formula, name: names?[place] ?? formula.name, dialect: dialect, layout: layout)
      functions.append(try code.function(.value))
      if !formula.variables.isEmpty { functions.append(try code.function(.gradient)) }
      if withHessian, !formula.variables.isEmpty { functions.append(try code.function(.hessian)) }
      templates.formUnion(code.templates)
    }
    let helpers = dialect.helpers.filter { helper in templates.contains { $0.hasPrefix(helper.key) } }
    var blocks = helpers.sorted { $0.key < $1.key }.map { [$0.value] } + functions
    if !layout.preamble.isEmpty { blocks.insert(layout.preamble, at: 0) }
    let gap = String(repeating: "\n", count: layout.gap + 1)
    text = blocks.map { $0.joined(separator: "\n") }.joined(separator: gap) + "\n"
  }
}
