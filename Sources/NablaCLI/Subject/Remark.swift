import Nabla
import NablaAlgebra
import NablaNotation

/// A sentence of words, formulas and numbers, for a terminal or for a document.
struct Remark {
  /// A piece of it.
  enum Part {
    /// Words, with the blanks around them.
    case words(String)
    case formula(Form)
    /// A number to the asked digits.
    case number(Double)
    /// The sign of an equation whose right side is rounded.
    case approximately
  }

  var parts: [Part]

  init(_ parts: [Part] = []) { self.parts = parts }

  mutating func add(_ more: Part...) {
    for part in more {
      if case .words(let next) = part, case .words(let last)? = parts.last {
        parts[parts.count - 1] = .words(last + next)
      } else {
        parts.append(part)
      }
    }
  }
}

extension Subject {
  /// A remark as a line of text.
  func line(_ remark: Remark) -> String {
    let parts = remark.parts.map { part in
      switch part {
      case .words(let words): words
      case .formula(let form): text(form)
      case .number(let value): invocation.number(value)
      case .approximately: " \(invocation.glyphs.approximately) "
      }
    }
    return invocation.glyphs.worded(parts.joined())
  }

  /// A remark as a row of a block of equations.
  func marked(_ remark: Remark) -> String {
    let isMathML = invocation.format.name == Format.mathML.name
    let parts = remark.parts.map { part in
      switch part {
      case .words(let words): isMathML ? "<mtext>\(words)</mtext>" : "\\text{\(words)}"
      case .formula(let form): marked(form)
      case .number(let value): invocation.marked(value)
      case .approximately: Equations.Sign.approximately.between(invocation.format)
      }
    }
    return parts.joined(separator: isMathML ? "" : " ")
  }
}
