import NablaAlgebra
import NablaBasics

/// How a programming language writes formulas: one row a language, each in a file of its own.
///
///     let f = try Formula("f(x, y) = 3x^2 + 8xy - 3y^5")
///     try f.code(in: .javascript)   // two functions, f and fGradient
///
/// A template holds `$0`, `$1`, `$2` where operands stand.
public struct Dialect: Sendable {
  /// The word on the command line.
  public let name: String
  /// The name in sentences.
  public let title: String
  /// Other words for it.
  public var aliases: [String] = []
  /// What file names end in, without the dot.
  public let fileExtension: String

  /// The functions of the table that the language has, by their names, as templates.
  let functions: [String: String]
  /// Definitions that templates ask for, by the name they use; written in front where one is used.
  var helpers: [String: String] = [:]
  /// xʸ, |x|ʸ with the sign of x, and |x|ʸ.
  let powers: (plain: String, odd: String, even: String)
  /// A number by its digits.
  var number: @Sendable (_ digits: String) -> String = { $0 }
  /// Numbers with names, among them infinity and what is not a number.
  var constants: [(value: Double, name: String)] = []
  /// The value where a condition holds and where not, how tightly it binds.
  let choice: (template: String, level: Level)
  /// 1 where a condition holds, else 0.
  let truth: String
  /// The signs of conditions.
  var logic: (equal: String, notEqual: String, and: String, or: String, not: String) = (
    "==", "!=", "&&", "||", "!"
  )
  /// Words that no letter may be called.
  let reserved: Set<String>
  /// The most operations of one written expression; longer ones are taken apart.
  var longest = 30
  /// What has so few operations is written again rather than named.
  var cheap = 0
  /// How functions are laid out; nil for a language of queries.
  let layout: Layout?

  /// How tightly an operator binds, from the loosest to what needs no brackets.
  enum Level: Int, Comparable, Sendable {
    case choice, or, and, comparison, sum, product, sign, atom

    static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
  }

  /// What an exported function computes.
  enum Part: Hashable, Sendable, CaseIterable { case value, gradient, hessian }

  /// How statements and functions are written.
  struct Layout: Sendable {
    /// The name of a part: `f_gradient`, `fGradient`.
    let function: @Sendable (_ name: String, _ part: Part) -> String
    /// The lines in front of everything.
    var preamble: [String] = []
    /// The comment of a function.
    let comment: @Sendable (_ lines: [String]) -> [String]
    /// The line that opens a function.
    let open: @Sendable (_ head: Head) -> [String]
    /// What ends a function, a loop.
    let close: (function: String?, loop: String?)
    /// How far statements are moved in.
    var indent = "  "
    /// Lines before the statements, the comment among them where the language has it there.
    var prologue: @Sendable (_ head: Head, _ comment: [String]) -> [String] = { _, _ in [] }
    /// The lines between functions.
    var gap = 1
    /// The first index of an array.
    var base = 0
    /// A value that gets a name; a sum or product that begins, and what is added or multiplied to it.
    let constant: @Sendable (_ name: String, _ value: String) -> String
    let begin: @Sendable (_ name: String, _ value: String) -> String
    let grow: @Sendable (_ name: String, _ sign: String, _ value: String) -> String
    /// A loop over whole numbers, both ends included.
    let loop: @Sendable (_ index: String, _ low: Int, _ high: Int) -> String
    /// The index of a loop as a number.
    let indexValue: @Sendable (_ index: String) -> String
    /// An array of zeros to be filled; nil where the caller brings it.
    let zeros: (@Sendable (_ name: String, _ count: Int, _ part: Part) -> String)?
    /// One entry of the array, whose place is a text.
    let assign: @Sendable (_ name: String, _ place: String, _ value: String) -> String
    /// The lines that give the result: of the value alone, or with the array.
    let result: @Sendable (_ head: Head, _ value: String?, _ entries: [String]?) -> [String]
    /// What says that an argument is not looked at, where the language wants to know.
    var ignore: (@Sendable (_ name: String) -> String)?
  }

  /// The first line of a function.
  struct Head: Sendable {
    let part: Part
    let function: String
    let point: String
    let array: String
    /// The number of variables.
    let count: Int
    /// Letters that are no variables and get arguments of their own.
    let parameters: [String]
  }

  /// Every language, in the order of help.
  public static let all: [Dialect] = [.c, .swift, .python, .javascript, .julia, .sql]

  /// The language of a name.
  public static func named(_ name: String) -> Dialect? {
    let name = name.lowercased()
    return all.first { $0.name == name || $0.aliases.contains(name) }
  }
}
