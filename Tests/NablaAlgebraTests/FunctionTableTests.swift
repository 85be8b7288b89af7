import NablaBasics
import Testing

@testable import NablaAlgebra

/// What holds for every row of the function table.
@Suite struct FunctionTableTests {
  static let start: UInt64 = 11
  static let edges: [Double] = [
    -.infinity, -1e17, -1000, -8, -3.5, -3, -2, -1.5, -1, -0.5, -0.3678, -0.25, 0, 0.25, 0.5, 1, 1.5, 2, 3,
    3.5,
    10, 150, 1e17, .infinity,
  ]

  @Test func namesAreUniqueForEachArity() {
    var seen: Set<String> = []
    for row in Function.all {
      for name in [row.name] + row.aliases {
        #expect(seen.insert("\(name)/\(row.arity)").inserted, "\(name) stands for two rows")
        // The reader takes a single letter for a variable without a look at the table.
        #expect(name.utf8.count > 1 || !name.allSatisfy(\.isLetter), "\(name) is a letter")
        #expect(Function.named(name, arity: row.arity) === row)
      }
    }
    #expect(Function.named("asin") === Function.arcsin)
    #expect(Function.named("log") === Function.ln)
    #expect(Function.named("log", arity: 2) === Function.log)
    #expect(Function.named("sinn") == nil)
    #expect(Function.named("sin", arity: 2) == nil)
  }

  @Test(arguments: Function.all.map(\.summary))
  func everyRowSaysWhatItIs(summary: String) {
    #expect(summary.count > 8 && summary.hasSuffix("."))
  }

  @Test func everyRowHasAnExample() {
    for row in Function.all {
      #expect(!row.example.result.isEmpty)
      let names = [row.name, row == .factorial ? "!" : row.name]
      #expect(names.contains { row.example.formula.contains($0) }, "\(row.name): \(row.example.formula)")
    }
  }

  /// f(−x) = ±f(x), in numbers and in expressions.
  @Test(arguments: Function.all.filter { $0.parity != .none }.map(\.name))
  func parity(name: String) throws {
    let row = try #require(Function.named(name, arity: 1))
    let factor: Double = row.parity == .odd ? -1 : 1
    var random = SplitMix64(start: Self.start)
    for _ in 0..<100 {
      let x = row.sample(argument: 0, using: &random)
      #expect(row.apply([-x]) == factor * row.apply([x]), "\(name)(\(-x)); start \(Self.start)")
    }
    let x = Expr("x")
    let call = Expr.call(row, [x])
    #expect(Expr.call(row, [-x]) == (row.parity == .odd ? -call : call))
  }

  /// A row without parity has none.
  @Test func noParityIsForgotten() {
    for row in Function.all where row.parity == .none && row.arity == 1 && row != .not {
      let points = [0.3, 0.9, 1.7, 2.6].filter { row.apply([$0]).isFinite && row.apply([-$0]).isFinite }
      let isOdd = points.allSatisfy { row.apply([-$0]) == -row.apply([$0]) }
      let isEven = points.allSatisfy { row.apply([-$0]) == row.apply([$0]) }
      #expect(points.isEmpty || !isOdd && !isEven, "\(row.name)")
    }
  }

  /// The value is nan exactly where a condition does not hold.
  @Test(arguments: Function.all.map { [$0.name, "\($0.arity)"] })
  func domainSaysWhereTheValueIsNan(row: [String]) throws {
    let function = try #require(Function.named(row[0], arity: Int(row[1])))
    var random = SplitMix64(start: Self.start)
    let points = Self.edges + (0..<200).map { _ in Double.random(in: -9..<9, using: &random) }
    for x in points {
      var arguments = [x]
      for _ in 1..<max(2, function.arity) { arguments.append(points.randomElement(using: &random) ?? 0) }
      arguments.removeLast(arguments.count - function.arity)
      // Infinite arguments may have no value beyond the conditions (sin ∞), and a root of a negative number
      // exists for odd degrees only.
      if arguments.contains(where: \.isInfinite) { continue }
      if function == .root, arguments[0] < 0 { continue }
      let holds = function.domain.allSatisfy { $0.holds(arguments[$0.argument]) }
      #expect(function.apply(arguments).isNaN == !holds, "\(function.name) at \(arguments)")
    }
  }

  @Test func rangesHold() {
    var random = SplitMix64(start: Self.start)
    for row in Function.all where row.range != .any {
      for _ in 0..<200 {
        let value = row.apply((0..<row.arity).map { row.sample(argument: $0, using: &random) })
        if value.isNaN { continue }
        #expect(row.range == .positive ? value > 0 : value >= 0, "\(row.name) is \(value)")
      }
    }
  }

  @Test(arguments: DomainCondition.Kind.allCases)
  func conditionsRead(kind: DomainCondition.Kind) {
    let condition = DomainCondition(kind)
    #expect(condition.text("x").contains("x "))
    #expect(!condition.holds(.nan))
    #expect(condition.holds(2) || condition.holds(0.5))
  }

  @Test func everyRowStandsOnce() {
    #expect(Function.all.count == Set(Function.all.map { ObjectIdentifier($0) }).count)
    #expect(Function.all.count >= 68)
  }
}
