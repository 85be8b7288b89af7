import NablaAlgebra
import NablaBasics
import NablaEvaluation

/// Writes the steps of a listing as statements of a language: what is used once stands where it is used, what is used
/// twice gets a name.
struct CodeWriter {
  /// A piece of an expression: its text, how tightly it binds, how many operations it holds.
  struct Piece {
    var text: String
    var level = Dialect.Level.atom
    var weight = 0
    var isCondition = false
  }

  /// What names the steps and letters have.
  struct Names {
    let letters: [String]
    var point = "point"
    /// A letter at its place of the point, or by its own name.
    var step: @Sendable (Int) -> String = { "t\($0 + 1)" }
  }

  let dialect: Dialect
  let names: Names
  /// The letters that statements looked at.
  var usedLetters: Set<Int> = []
  var usesPoint = false
  /// The functions and powers that were written, for their definitions.
  var templates: Set<String> = []
  var error: ExportError?
  var pieces: [Int: Piece] = [:]
  private var uses: [Int: Int] = [:]
  private var blocks: [Int: Int] = [:]
  private var isShared: Set<Int> = []
  private var results: Set<Int> = []
  private var namedSteps = 0
  var loopNames: [Int: String] = [:]

  init(dialect: Dialect, names: Names, listing: Listing) {
    (self.dialect, self.names) = (dialect, names)
    look(listing.lines, block: -1)
    for output in listing.outputs { use(output, in: -1, isResult: true) }
  }

  /// Counts where each step is used; one that is used in another loop than its own must have a name.
  private mutating func look(_ lines: [Listing.Line], block: Int) {
    for line in lines {
      switch line {
      case .step(let number, _, let operands):
        blocks[number] = block
        for operand in operands { use(operand, in: block) }
      case .fold(let loop, let totals):
        for total in totals { blocks[total.number] = block }
        look(loop.body, block: loop.number)
        for total in totals { use(total.value, in: loop.number, isResult: true) }
      case .map(let loop, _, let value):
        look(loop.body, block: loop.number)
        use(value, in: loop.number, isResult: true)
      }
    }
  }

  private mutating func use(_ operand: Listing.Operand, in block: Int, isResult: Bool = false) {
    guard case .step(let number) = operand else { return }
    if isResult { results.insert(number) }
    uses[number, default: 0] += 1
    if blocks[number] != block { isShared.insert(number) }
  }

  /// The statements of some lines; `fill` writes an output at a place, which is a text.
  mutating func statements(
    _ lines: [Listing.Line], _ layout: Dialect.Layout, indent: String,
    fill: (_ place: String, _ value: String) -> String
  ) -> [String] {
    var result: [String] = []
    for line in lines {
      switch line {
      case .step(let number, let operation, let operands):
        if let (name, text) = define(number, operation, operands) {
          result.append(indent + layout.constant(name, text))
        }
      case .fold(let loop, let totals):
        let grown = totals.map { ($0, nextName()) }
        for (total, name) in grown {
          result.append(indent + layout.begin(name, dialect.number(total.kind == .sum ? "0" : "1")))
        }
        result += body(of: loop, layout, indent) { writer in
          grown.map { total, name in
            layout.grow(name, total.kind == .sum ? "+" : "*", writer.text(of: total.value))
          }
        }
        for (total, name) in grown { pieces[total.number] = Piece(text: name) }
      case .map(let loop, let shift, let value):
        result += body(of: loop, layout, indent) { writer in
          [fill(writer.place(loop.number, shift: shift, base: layout.base), writer.text(of: value))]
        }
      }
    }
    return result
  }

  /// The name and the text of a step that has one; nil where it stands in what uses it.
  mutating func define(
    _ number: Int, _ operation: Listing.Operation, _ operands: [Listing.Operand]
  ) -> (name: String, text: String)? {
    let piece = piece(operation, operands)
    if isInline(number, operation, piece) {
      pieces[number] = piece
      return nil
    }
    let name = nextName()
    pieces[number] = Piece(text: name)
    return (name, asNumber(piece).text)
  }

  private mutating func body(
    of loop: Listing.Loop, _ layout: Dialect.Layout, _ indent: String, last: (inout CodeWriter) -> [String]
  ) -> [String] {
    let index = indexName(loop)
    let inside = indent + layout.indent
    loopNames[loop.number] = index
    var lines = [indent + layout.loop(index, loop.range.lowerBound, loop.range.upperBound)]
    lines += statements(loop.body, layout, indent: inside) { _, value in value }
    lines += last(&self).map { inside + $0 }
    if let close = layout.close.loop { lines.append(indent + close) }
    loopNames[loop.number] = nil
    return lines
  }

  /// The name of an index, changed where a letter or another index has it.
  private func indexName(_ loop: Listing.Loop) -> String {
    let taken = Set(names.letters).union(dialect.reserved).union(loopNames.values).union([names.point])
    var name = loop.index
    while taken.contains(name) { name += "_" }
    return name
  }

  private mutating func nextName() -> String {
    namedSteps += 1
    return names.step(namedSteps - 1)
  }

  private func isInline(_ number: Int, _ operation: Listing.Operation, _ piece: Piece) -> Bool {
    if piece.weight <= dialect.cheap { return true }
    let isResult = results.contains(number)
    let isLong =
      piece.weight > (isResult ? 2 : 1) * dialect.longest || piece.text.utf8.count > (isResult ? 90 : 60)
    if isShared.contains(number) || isLong { return false }
    return uses[number] == 1 || (operation == .negate && piece.weight == 1)
  }
}
