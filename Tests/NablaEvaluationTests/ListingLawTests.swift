import NablaAlgebra
import NablaBasics
import Testing

@testable import NablaEvaluation

/// What a listing says, done line by line.
private struct ListingRun {
  let point: [Double]
  private var steps: [Int: Double] = [:]
  private var indices: [Int: Int] = [:]
  /// Steps that were needed before they were computed.
  private(set) var missing: [Int] = []

  init(_ listing: Listing, at point: [Double]) {
    self.point = point
    run(listing.lines)
  }

  mutating func value(_ operand: Listing.Operand) -> Double {
    switch operand {
    case .number(let number): return number
    case .letter(let place): return point[place]
    case .element(let loop, let shift): return indices[loop].map { point[$0 + shift] } ?? .nan
    case .index(let loop): return indices[loop].map { Double($0) } ?? .nan
    case .step(let number):
      if steps[number] == nil { missing.append(number) }
      return steps[number] ?? .nan
    }
  }

  private mutating func run(_ lines: [Listing.Line]) {
    for line in lines {
      switch line {
      case .step(let number, let operation, let operands):
        var values: [Double] = []
        for operand in operands { values.append(value(operand)) }
        steps[number] = Self.value(operation, values)
      case .fold(let loop, let totals):
        var results = totals.map { $0.kind == .sum ? 0.0 : 1 }
        for index in loop.range {
          indices[loop.number] = index
          run(loop.body)
          for (place, total) in totals.enumerated() {
            let term = value(total.value)
            if total.kind == .sum { results[place] += term } else { results[place] *= term }
          }
        }
        for (total, result) in zip(totals, results) { steps[total.number] = result }
      case .map: break
      }
    }
  }

  private static func value(_ operation: Listing.Operation, _ v: [Double]) -> Double {
    switch operation {
    case .add: return v[0] + v[1]
    case .subtract: return v[0] - v[1]
    case .multiply: return v[0] * v[1]
    case .divide: return v[0] / v[1]
    case .negate: return -v[0]
    case .power: return Libm.pow(v[0], v[1])
    case .oddPower: return (v[0] < 0 ? -1 : 1) * Libm.pow(v[0].magnitude, v[1])
    case .evenPower: return Libm.pow(v[0].magnitude, v[1])
    case .select: return v[0] != 0 ? v[1] : v[2]
    case .call(let name):
      switch Function.all.first(where: { $0.name == name && $0.arity == v.count })?.value {
      case .unary(let f): return f(v[0])
      case .binary(let f): return f(v[0], v[1])
      case .ternary(let f): return f(v[0], v[1], v[2])
      case nil:
        return name == "sqrt"
          ? v[0].squareRoot() : name == "exp" ? Libm.exp(v[0]) : name == "cbrt" ? Libm.cbrt(v[0]) : .nan
      }
    }
  }
}

@Suite struct ListingLawTests {
  private static let letters = members(8) + ["y"]

  private static func folds(_ lines: [Listing.Line]) -> Int {
    lines.reduce(0) { count, line in if case .fold = line { count + 1 } else { count } }
  }

  @Test("A listing done line by line gives what the program gives", arguments: 0..<20)
  func lineByLine(start: Int) throws {
    var folds = RandomFolds(start: 9000 + UInt64(start))
    for number in 0..<Environment.runs(15) {
      let formulas = [folds.next(), folds.next(), folds.next()]
      let function = try CompiledFunctions(formulas, variables: Self.letters)
      let listing = try Listing(formulas, letters: Self.letters)
      for _ in 0..<3 {
        let point = folds.point()
        var run = ListingRun(listing, at: point)
        for (place, (output, expected)) in zip(listing.outputs, function(point)).enumerated() {
          guard expected.isFinite else { continue }
          let level = try CompiledFunction(formulas[place], variables: Self.letters).roundingLevel(at: point)
            .value
          let found = run.value(output)
          #expect(
            (found - expected).magnitude <= 4 * level + 8 * expected.ulp || !level.isFinite,
            "start \(start), number \(number): \(formulas[place].debugText) at \(point): \(found), not \(expected)"
          )
        }
        #expect(run.missing.isEmpty, "start \(start), number \(number): \(formulas)")
      }
    }
  }

  /// Steps have the numbers from 0 on, those of what a loop adds up behind those inside of it.
  @Test func numbersOfSteps() throws {
    func numbers(_ lines: [Listing.Line]) -> [Int] {
      lines.flatMap { line -> [Int] in
        switch line {
        case .step(let number, _, _): [number]
        case .fold(let loop, let totals): numbers(loop.body) + totals.map(\.number)
        case .map: []
        }
      }
    }
    for formula in [x * y + exp(x), fold(.sum, 1...5) { x, _ in call("sin", x(0)) * exp(y) } + y] {
      let found = numbers(try Listing([formula], letters: ["x"] + Self.letters).lines)
      #expect(found.count > 2 && found == Array(0..<found.count), "\(found)")
    }
  }

  /// Loops over the same range are one where nothing they need is computed in between.
  @Test func joinedLoops() throws {
    let (a, b) = (
      fold(.sum, 1...5) { x, _ in x(0) * exp(y) }, fold(.sum, 1...5) { x, _ in call("sin", x(0)) * exp(y) }
    )
    #expect(Self.folds(try Listing([a, b], letters: Self.letters).lines) == 1)
    let other = fold(.sum, 1...6) { x, _ in call("sin", x(0)) * exp(y) }
    #expect(Self.folds(try Listing([a, other], letters: Self.letters).lines) == 2)
    let after = fold(.sum, 1...5) { x, _ in call("cos", x(0) * a) }
    let listing = try Listing([a, after], letters: Self.letters)
    #expect(Self.folds(listing.lines) == 2)
    var run = ListingRun(listing, at: [1, 2, 3, 4, 5, 6, 7, 8, 0.5])
    let values = listing.outputs.map { run.value($0) }
    #expect(run.missing.isEmpty && agree(values[0], 15 * Libm.exp(0.5), within: 1e-14))
  }
}
