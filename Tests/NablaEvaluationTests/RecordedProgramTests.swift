import NablaAlgebra
import NablaBasics
import Records
import Testing

@testable import NablaEvaluation

/// What formulas become before they run, as it was recorded: the steps that give the value, the value with its slopes, the
/// same for many points at once, and products of the Hessian.
///
/// Another order, a step more or a slot that is not used again shows here, where results stay what they are.
@Suite(.enabled(if: Record.hasSameBits)) struct RecordedProgramTests {
  /// Formulas of every kind, with the variables of their points.
  static let formulas: [(name: String, formula: Expr, variables: [Variable])] = {
    let chained = fold(.sum, 1...59) { x, _ in 100 * (x(1) - x(0).squared).squared + (1 - x(0)).squared }
    let typed: [Expr] = [
      x, 3, x + y, x - y, x * y * z, -x * y, x / y, 2 * x / (3 * y), x.squared, pow(x, 3), pow(x, 7),
      pow(x, -2),
      pow(x, 12), pow(x, y), pow(x, 1 / 2), pow(x, -1 / 2), pow(x, 2 / 3), pow(x, 1.5.exact), x * y + z,
      x * y - z,
      z - x * y, x * y + y * z, x * y - y * z, x * y * z + x, x * y * z - x, x - x * y * z, x * y * z + x * y,
      x * y - x * y * z, x.squared * y.squared, (x * y + z).squared, x * y / z, x / (y * z), x / y * z,
      3 * x.squared + 8 * x * y - 3 * pow(y, 5), (x.squared + y.squared).squareRoot,
      exp(-x.squared - y.squared),
      call("sin", x) * call("cos", x), call("tan", x * y), call("ln", 1 + exp(x * y)), call("ln", 1 + x),
      exp(x) - 1, 1 / (1 + exp(-x)), call("max", x, y) * call("min", y, z),
      call("if", call("<", x, y), x * z, y),
      call("abs", x) + call("floor", y) * z, call("clamp", x, y, z), call("gamma", x) * call("erf", y),
      call("cosh", x) / call("tanh", y), call("sec", x) + call("arctan", y),
      call("sinh", x * y) - call("sech", x),
      100 * (y - x.squared).squared + (1 - x).squared, (1 - call("cos", x)) / x.squared,
      x + x.squared + pow(x, 3),
    ]
    var rows = typed.map { ($0.debugText, $0, ["x", "y", "z"] as [Variable]) }
    for (place, formula) in FoldTests.folds.enumerated() {
      rows.append(("fold \(place)", formula, members(8) + ["y"]))
      rows.append(("fold \(place) written out", FoldTests.written(formula), members(8) + ["y"]))
    }
    // 3·10ᵏ stands before or behind the other factors, as it is large or small.
    let letters = members(28)
    let coefficients = (1...27).map { place in
      (3 * Libm.pow(10, Double(place - 14))).exact * .variable(letters[place - 1]) * .variable(letters[place])
    }
    rows.append(("coefficients", .sum(coefficients), letters))
    rows.append(("chain", chained, members(60)))
    rows.append(("chain written out", FoldTests.written(chained), members(60)))
    for count in [7, 8, 9, 40] {
      let letters = members(count)
      rows.append(("sum of \(count)", .sum(letters.map { .variable($0) }), letters))
      rows.append(("squares of \(count)", .sum(letters.map { Expr.variable($0).squared }), letters))
      rows.append(("differences of \(count)", .sum(letters.map { -2 * exp(.variable($0)) }) + 1, letters))
      rows.append(("product of \(count)", .product(letters.map { .variable($0) }), letters))
      let sines = (0..<count).map {
        call("sin", .variable(letters[$0]) * .variable(letters[(3 * $0) % count]))
      }
      rows.append(("sines of \(count)", .sum(sines), letters))
    }
    for start in 0..<4 {
      let letters = members(40)
      var source = ArithmeticLawTests.Source(
        random: SplitMix64(start: 3600 + UInt64(start)), variables: letters)
      rows.append(("arithmetic \(start)", .sum((0..<150).map { _ in source.product(1) }), letters))
    }
    for start in 0..<60 {
      var source = RandomFormulas(start: 4100 + UInt64(start))
      let formula = source.next(depth: 4)
      rows.append(("\(start). " + formula.debugText, formula, ["x", "y", "z"]))
    }
    return rows
  }()

  /// The steps one by one where they are few, else how many there are of each kind and a number for all together.
  private static func described(_ tape: Tape) -> String {
    let steps = (0..<tape.stepCount).map { place in
      let s = tape.steps[place]
      var text = "\(s.code)"
      if s.code == .run { text += " \(s.inner)" }
      if s.moving != 0 { text += " m\(s.moving)" }
      if s.traits != .none { text += " t\(s.traits.rawValue)" }
      return text + " " + [s.result, s.a, s.b, s.c, s.d, s.e, s.f].map { "\($0)" }.joined(separator: ",")
    }
    var text =
      "\(tape.slotCount) slots × \(tape.lanes), \(tape.constants.count) constants, to \(tape.outputs.prefix(6)): "
    if steps.count <= 6 {
      text += steps.joined(separator: "; ")
    } else {
      var counts: [String: Int] = [:]
      for place in 0..<tape.stepCount { counts["\(tape.steps[place].code)", default: 0] += 1 }
      var hash = StableHash(17)
      for step in steps { hash.combine(step) }
      text += counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
      text += " [\(hash.value % 1_000_000)]"
    }
    for loop in tape.loops {
      text += " { " + described(loop.value)
      if let sweep = loop.sweep { text += " | " + described(sweep) }
      let reads = Digest("\(loop.gathers) \(loop.captures)").text
      text += " from \(loop.value.base), \(loop.buffer) [\(reads)] }"
    }
    return text
  }

  @Test("What formulas become") func programs() throws {
    var lines: [String] = []
    for (name, formula, variables) in Self.formulas {
      let function = try CompiledFunction(formula, variables: variables)
      let compiled = function.storage.compiled
      lines.append(
        "\(name): \(compiled.program.instructions.count) instructions, \(compiled.valueCount) for the value")
      lines.append("  value " + compiled.withValues { Self.described($0.tape) })
      let slopes = compiled.withValuesAndPartials { Self.described($0.tape) }
      let careful = Self.described(compiled.careful.tape)
      lines.append("  slopes " + slopes)
      if careful != slopes { lines.append("  careful " + careful) }
      if let block = compiled.block(withPartials: false) {
        lines.append("  lanes " + Self.described(block.tape))
      }
      if let block = compiled.block(withPartials: true) {
        lines.append("  both " + Self.described(block.tape))
      }
      let hessian = try function.secondDerivatives()
      lines.append(
        "  Hessian of \(hessian.pattern.count) entries, bandwidth \(hessian.pattern.bandwidth), in "
          + "\(hessian.productCount) products: "
          + hessian.compiled.withValuesAndPartials { Self.described($0.tape) })
      let listing = try Listing([formula], letters: variables)
      let listed = Digest("\(listing.lines) \(listing.outputs)").text
      lines.append("  listed in \(listing.count), \(listing.lines.count) outermost [\(listed)]")
    }
    #expect(try Record(name: "programs.txt").differences(from: lines) == [])
  }

  /// For each choice of operands that are constants the order in which they then stand, and what the kernel knows of it.
  @Test("Where constants of lanes stand") func constants() throws {
    let lines = KernelTests.codes.map { code in
      let places = 0..<code.arity
      let orders = (0..<1 << code.arity).map { choice in
        var step = Step(code: code, function: 0)
        for place in places { step[operand: place] = Int32(place) }
        var layout = TapeDraft.Layout(steps: [step], slots: [], slotCount: code.arity)
        layout.keepConstants(in: Set(places.filter { choice >> $0 & 1 == 1 }))
        let kept = layout.steps[0]
        return places.map { "\(kept[operand: $0])" }.joined() + "t\(kept.traits.rawValue)"
      }
      return "\(code): " + orders.joined(separator: " ")
    }
    #expect(try Record(name: "lane-constants.txt").differences(from: lines) == [])
  }
}
