import NablaAlgebra
import NablaBasics

/// The second derivatives of a formula at a point: times a vector, as a matrix, or only where they are not zero.
///
///     let f = try CompiledFunction(x.squared * y, variables: [Variable("x"), Variable("y")])
///     let hessian = try f.secondDerivatives()
///     hessian.times([1, 0], at: [3, 5])   // [10, 6]
///     hessian.dense(at: [3, 5])           // [10, 6, 6, 0]
///
/// Not numbers where the formula has no value. Calls may run on several threads at once.
public struct CompiledHessian: Sendable {
  /// The variables in the order of a point's coordinates.
  public let variables: [Variable]
  /// Where entries may be other than zero.
  public let pattern: HessianPattern
  let colouring: HessianColouring
  let compiled: Compiled

  /// The program for intervals, whose constants are not worked out beforehand; made when first asked for.
  let enclosing = Once<Compiled>()
  let expression: Expr
  let limits: Limits

  /// The operations of a product with a vector, those of a sum over an index for each of its terms.
  package var work: Double { compiled.program.work }

  init(_ expression: Expr, _ variables: [Variable], _ limits: Limits) throws(CompilationError) {
    self.variables = variables
    self.expression = expression
    self.limits = limits
    var pattern: HessianPattern?
    compiled = try CompiledHessian.program(expression, variables, limits, foldsConstants: true, &pattern)
    self.pattern = pattern ?? HessianPattern(size: variables.count, pairs: [])
    colouring = HessianColouring(self.pattern)
  }

  /// A program whose outputs are the value and the entries of H·v, for a point with the direction v behind it.
  static func program(
    _ expression: Expr, _ variables: [Variable], _ limits: Limits, foldsConstants: Bool,
    _ pattern: inout HessianPattern?
  ) throws(CompilationError) -> Compiled {
    var compiler = try Compiler(variables: variables, limits: limits)
    compiler.writesOutProducts = true
    compiler.stableUse = foldsConstants ? .secondDerivatives : .bounds
    let scope = Scope(foldsConstants: foldsConstants)
    let value = try compiler.value(of: expression, in: scope)
    if foldsConstants {
      pattern = try Interactions.pattern(of: value, in: scope, positions: compiler.positions, limits: limits)
    }
    var products: [(position: Int, value: Value)] = []
    if let tangent = try ForwardSweep.tangent(of: value, in: scope, with: &compiler) {
      let adjoints = try ReverseSweep.adjoints(
        of: tangent, seed: scope.constant(1), in: scope, with: &compiler)
      for (place, input) in scope.inputs.enumerated() where place < adjoints.count {
        guard case .variable(let position) = input, let adjoint = adjoints[place] else { continue }
        products.append((position, adjoint))
      }
    }
    return try Compiled(
      scope, outputs: [value], partials: products, valueCount: scope.instructions.count, compiler: compiler)
  }

  /// How many products H·v a whole Hessian takes.
  public var productCount: Int { colouring.colours.count }

  /// H·v at a point.
  public func times(_ v: [Double], at x: [Double]) -> [Double] {
    var result: [Double] = []
    times(v, at: x, into: &result)
    return result
  }

  /// H·v at a point; the result gets the right count.
  public func times(_ v: [Double], at x: [Double], into result: inout [Double]) {
    check(x.count)
    check(v.count)
    if result.count != x.count { result = Array(repeating: 0, count: x.count) }
    multiply(x + v, &result)
  }

  /// H·v for a point with the direction behind it.
  private func multiply(_ both: [Double], _ result: inout [Double]) {
    let count = result.count
    result.withMutablePointer { result in
      both.withPointer { point in
        _ = compiled.withValuesAndPartials { $0.value(at: point, gradient: result, count: count) }
      }
    }
  }

  /// H·v on numbers of another kind, for a point with the direction behind it.
  func products<Number: ProgramNumber>(at both: [Number]) -> [Number] {
    let program = enclosing.get {
      var pattern: HessianPattern?
      let program = try? CompiledHessian.program(
        expression, variables, limits, foldsConstants: false, &pattern)
      return program ?? compiled
    }
    let gradient = GenericExecutor.run(program, at: both, partials: program.partials).gradient
    return Array(gradient.prefix(variables.count))
  }

  /// The entries of the pattern at a point, in its order.
  public func values(at x: [Double]) -> [Double] {
    var result: [Double] = []
    values(at: x, into: &result)
    return result
  }

  /// The entries of the pattern at a point; the result gets the right count.
  public func values(at x: [Double], into result: inout [Double]) {
    check(x.count)
    if result.count != pattern.count { result = Array(repeating: 0, count: pattern.count) }
    let size = variables.count
    var both = x + [Double](repeating: 0, count: size)
    var columns: [[Double]] = []
    var product = [Double](repeating: 0, count: size)
    for colour in colouring.colours {
      for place in colour { both[size + place] = 1 }
      multiply(both, &product)
      for place in colour { both[size + place] = 0 }
      columns.append(product)
    }
    for (place, source) in colouring.sources.enumerated() {
      result[place] = columns[source.colour][source.row]
    }
  }

  /// All n·n entries at a point, row after row.
  public func dense(at x: [Double]) -> [Double] {
    let size = variables.count
    let values = values(at: x)
    var result = [Double](repeating: values.first?.isNaN == true ? .nan : 0, count: size * size)
    for row in 0..<size {
      for place in pattern.rowStarts[row]..<pattern.rowStarts[row + 1] {
        let column = pattern.columns[place]
        result[row * size + column] = values[place]
        result[column * size + row] = values[place]
      }
    }
    return result
  }

  /// The operations of one product, those of a loop for one of its terms.
  var operations: Int { compiled.program.operations }

  private func check(_ count: Int) {
    precondition(count == variables.count, "\(variables.count) coordinates expected, \(count) given")
  }
}

extension CompiledFunction {
  /// The second derivatives as closures of their own: compile once, ask often.
  public func secondDerivatives() throws(CompilationError) -> CompiledHessian {
    if let known = storage.second.value { return known.hessian }
    let hessian = try CompiledHessian(expression, variables, limits)
    return storage.second.get { CompiledFunction.Storage.Second(hessian) }.hessian
  }

  /// The Hessian at a point, n·n entries row after row.
  ///
  ///     try Formula("x y").compiled().hessian(at: [1, 2])   // [0, 1, 1, 0]
  public func hessian(at x: [Double]) throws(CompilationError) -> [Double] {
    try secondDerivatives().dense(at: x)
  }

  /// The Hessian at a point where it may be other than zero.
  public func sparseHessian(
    at x: [Double]
  ) throws(CompilationError) -> (pattern: HessianPattern, values: [Double]) {
    let hessian = try secondDerivatives()
    return (hessian.pattern, hessian.values(at: x))
  }

  /// The Hessian at a point times a vector, for a few times the work of a gradient.
  public func hessianTimes(_ v: [Double], at x: [Double]) throws(CompilationError) -> [Double] {
    try secondDerivatives().times(v, at: x)
  }
}
