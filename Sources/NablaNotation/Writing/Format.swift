import NablaBasics

/// A mathematical output format: one row of decisions on how a form is spelled.
///
///     form.text(.plain)     // "3x^2 + 8x*y"
///     form.text(.unicode)   // "3x² + 8xy"
///
/// The printer decides where brackets and product signs are needed; a format only says what things look like.
package struct Format: Sendable {
  /// How two operands stand to each other.
  package enum Layout: Sendable {
    /// On one line with a sign between; operands get brackets where they need them.
    case inline(String)
    /// In a frame that keeps them apart by itself: what stands before, between and after.
    case framed(String, String, String)
  }

  /// What a piece of text is to a format that marks pieces, such as MathML.
  package enum Token: Sendable { case number, name, function, sign, prefix, open, close, separator }

  /// The name on the command line.
  package var name: String
  /// What stands in front of something negative.
  package var minus: String
  /// The sign of an explicit product.
  package var times: String
  /// Whether blanks stand around signs and after commas.
  package var isSpaced = true
  /// How numerator and denominator stand.
  package var fraction: Layout
  /// How numerator and denominator stand within an exponent or a bound.
  package var raisedFraction: Layout?
  /// Whether a number in front of a fraction over a number stands by itself: (2/3)x for 2x/3.
  package var splitsFractions = false
  /// Which numbers such as 2.5e-7 are products such as 2.5·10⁻⁷: all, or those that read back so.
  package var powersOfTen: PowersOfTen?
  /// How base and exponent stand where there is no raised text.
  package var exponent: Layout
  /// What raises an exponent of one digit, where that needs no frame.
  package var shortRaise: String?
  /// The exponent in raised characters, nil where it has none.
  package var raised: @Sendable (String) -> String? = { _ in nil }
  /// Text in lowered characters, nil where it has none.
  package var lowered: @Sendable (String) -> String? = { _ in nil }
  /// The spelling of a name, and whether letters may follow it without a sign.
  package var spell: @Sendable (Name) -> Spelling
  /// Euler's number.
  package var eulersNumber = Spelling("e", .letter)
  /// π.
  package var pi: Spelling
  /// One character for a fraction in front of a factor: ½.
  package var smallFraction: @Sendable (_ numerator: String, _ denominator: String) -> String? = { _, _ in nil
  }
  /// The root sign: what opens it and what closes it; nil writes a function's name.
  package var root: @Sendable (_ index: Int) -> Root?
  /// A function's name as shown.
  package var functionName: @Sendable (String) -> String
  /// Whether an exponent may stand on a function's name: sin²(x).
  package var raisesFunctionNames: Bool
  /// The brackets of absolute value, floor and ceiling; nil writes the function's name.
  package var enclosure: @Sendable (Form.Enclosure) -> (open: String, close: String)?
  /// A bracket around something taller than a line; nil where all brackets are alike.
  package var tall: (@Sendable (_ bracket: String, _ isOpening: Bool) -> String)?
  /// The sign of a relation.
  package var relation: @Sendable (Form.Relation) -> String
  /// Σ or Π; nil writes sum(i, 1, 10, ...).
  package var fold: @Sendable (Form.Repetition.Kind) -> String?
  /// What stands around Σ and Π and their bounds where they have a frame: before the sign, before the lower bound,
  /// between the two, and after.
  package var bounds: (before: String, open: String, between: String, close: String)?
  /// What lowers an index: what stands before the family, between the two, and after.
  package var lowering: (before: String, open: String, close: String)?
  /// How values stand under conditions.
  package var conditions: Conditions
  /// The words between conditions.
  package var words: (not: String, and: String, or: String) = ("not ", " and ", " or ")
  /// The brackets of a vector.
  package var vector: (open: String, close: String)
  /// The marks of a partial derivative, a derivative and a gradient.
  package var marks: (partial: String, prime: String, nabla: String)
  /// A name with so many primes where they are more than marks behind it.
  package var primes: (@Sendable (_ name: String, _ order: Int) -> String)?
  /// What is left out.
  package var ellipsis: String
  /// What stands between factors side by side that nothing else separates.
  package var besides = ""
  /// What keeps factors apart that would read as one word.
  package var apart = " "
  /// What stands between a function's name and its argument in brackets, and without them.
  package var applies: (bracketed: String, bare: String) = ("", " ")
  /// Whether a letter behind a command such as `\\pi` needs a blank.
  package var endsCommands = false
  /// The text of a piece with what the format puts around it.
  package var wrap: @Sendable (String, Token) -> String = { text, _ in text }

  /// A name's text and what may stand directly beside it.
  package struct Spelling: Sendable {
    package enum Kind: Hashable, Sendable {
      /// One letter; letters beside it form a run.
      case letter
      /// One letter with something lowered behind it: x₁.
      case subscripted
      /// Several characters that need a sign on both sides.
      case word
    }
    package var text: String
    package var kind: Kind

    package init(_ text: String, _ kind: Kind, endsInDigit: Bool? = nil) {
      (self.text, self.kind) = (text, kind)
      self.endsInDigit =
        endsInDigit ?? text.unicodeScalars.last.map { (0x2080...0x2089).contains($0.value) } ?? false
    }

    /// Whether a digit is lowered last: letters that are lowered need a sign before the name.
    var endsInDigit: Bool
  }

  /// The ways of writing values under conditions.
  package enum Conditions: Sendable {
    /// `{x > 0: x; −x}`
    case braces
    /// `if(x > 0, x, -x)`
    case calls
    /// One line a case: what opens all, what stands between a value and its condition, between cases, in place of
    /// the last condition with what leads to it, and what closes all.
    case rows(open: String, between: String, next: String, otherwise: String, close: String)

    /// Whether every condition stands beside its value, one that is missing too.
    var allowsGaps: Bool { if case .calls = self { false } else { true } }
  }

  /// A root sign.
  package struct Root: Sendable {
    package var open: String
    /// What closes it; nil for a bare sign whose radicand needs brackets.
    package var close: String?
  }
}

extension Format {
  /// Which numbers with an exponent are written as a product with a power of ten.
  package enum PowersOfTen: Hashable, Sendable {
    case all
    /// Those of which the product is read as the same decimal.
    case readable
  }
}

extension Format {
  /// All formats that a formula can be printed in.
  package static let all: [Format] = [.unicode, .plain, .latex, .mathML]

  /// A name with primes, from the fourth on their number in brackets: f⁽⁴⁾.
  func primed(_ name: String, _ order: Int) -> String {
    if let primes { return primes(name, order) }
    guard order > 3 else { return name + String(repeating: marks.prime, count: order) }
    switch exponent {
    case .inline(let caret):
      return name + (raised(String(order)).map { "⁽" + $0 + "⁾" } ?? caret + "(\(order))")
    case .framed(let before, let between, let after):
      return before + name + between + "(\(order))" + after
    }
  }

  /// The format of that name.
  package static func named(_ name: String) -> Format? { all.first { $0.name == name } }

  /// The same format without blanks.
  package var withoutSpaces: Format {
    var format = self
    format.isSpaced = false
    return format
  }
}

extension Form {
  /// The formula in a format.
  ///
  ///     Form.fraction(.variable("x"), .integer(2)).styled(.plain).plain   // "x/2"
  ///
  /// Throws `tooLarge("printedLength")` as soon as the text gets longer than the limit.
  package func styled(_ format: Format, limits: Limits = .standard) throws(Budget.Overrun) -> Styled {
    var printer = Printer(format, limit: limits.printedLength)
    return try printer.print(self)
  }

  /// The formula in a format without roles; `…` where it would be longer than the limits allow.
  package func text(_ format: Format, limits: Limits = .standard) -> String {
    (try? styled(format, limits: limits).plain) ?? "…"
  }
}
