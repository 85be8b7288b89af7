import NablaAlgebra
import NablaBasics

/// An expression as a function of numbers: its value and its gradient at a point.
///
///     let f = try CompiledFunction(x.squared + 3 * y, variables: [Variable("x"), Variable("y")])
///     f([2, 1])            // 7
///     f.gradient(at: [2, 1])   // [4, 3]
///
/// Where the formula has no value the result is NaN or infinite; `nonFinitePart` says which part and why. Calls may
/// run on several threads at once.
public struct CompiledFunction: Sendable {
  /// What a compiled function is made of, in one box: a copy costs one reference.
  final class Storage: Sendable {
    /// The second derivatives, made when first asked for.
    final class Second: Sendable {
      let hessian: CompiledHessian

      init(_ hessian: CompiledHessian) { self.hessian = hessian }
    }

    let variables: [Variable]
    let expression: Expr
    let limits: Limits
    let compiled: Compiled
    let second = Once<Second>()
    /// The program for intervals, made when first asked for.
    let enclosing = Once<Compiled>()

    init(
      _ expression: Expr, _ variables: [Variable], _ parameters: [Variable]?, _ limits: Limits
    ) throws(CompilationError) {
      self.variables = variables
      self.expression = expression
      self.limits = limits
      compiled = try Storage.compiled(expression, variables, limits, parameters: parameters)
    }

    /// The program of an expression and its reverse sweep.
    static func compiled(
      _ expression: Expr, _ variables: [Variable], _ limits: Limits, parameters: [Variable]? = nil,
      foldsConstants: Bool = true
    ) throws(CompilationError) -> Compiled {
      var compiler = try Compiler(variables: variables, limits: limits)
      compiler.stableUse = foldsConstants ? .values : .bounds
      let scope = Scope(foldsConstants: foldsConstants, size: expression.size)
      // A few coordinates in their order are loaded as they stand.
      if variables.count <= 8 { for place in variables.indices { _ = scope.input(.variable(place)) } }
      let value = try compiler.value(of: expression, in: scope)
      let valueCount = scope.instructions.count
      let adjoints = try ReverseSweep.adjoints(
        of: value, seed: scope.constant(1), in: scope, with: &compiler)
      let wanted = parameters.map { Set($0) }
      let partials = scope.inputs.enumerated().compactMap { place, input -> (position: Int, value: Value)? in
        guard place < adjoints.count, case .variable(let position) = input, let adjoint = adjoints[place],
          wanted?.contains(variables[position]) ?? true
        else { return nil }
        return (position, adjoint)
      }
      return try Compiled(
        scope, outputs: [value], partials: partials, fixed: wanted ?? [], valueCount: valueCount,
        compiler: compiler)
    }
  }

  let storage: Storage

  /// The variables in the order of a point's coordinates.
  public var variables: [Variable] { storage.variables }
  /// The expression.
  public var expression: Expr { storage.expression }
  var limits: Limits { storage.limits }
  private var compiled: Compiled { storage.compiled }

  /// Compiles an expression whose variables are among those given.
  public init(
    _ expression: Expr, variables: [Variable], limits: Limits = .standard
  ) throws(CompilationError) {
    storage = try Storage(expression, variables, nil, limits)
  }

  /// The same for rows of data, in all of which the parameters are the same, with the partial derivatives by these alone;
  /// the others count as zero.
  init(
    _ expression: Expr, variables: [Variable], parameters: [Variable], limits: Limits
  ) throws(CompilationError) {
    storage = try Storage(expression, variables, parameters, limits)
  }

  /// The value at a point, which must have one coordinate a variable.
  public func callAsFunction(_ x: [Double]) -> Double {
    checkCount(x)
    return x.withPointer { point in compiled.withValues { $0.value(at: point) } }
  }

  /// The value; the gradient goes into `gradient`, which gets the right count. Where there is no value there is no
  /// gradient.
  public func valueAndGradient(at x: [Double], into gradient: inout [Double]) -> Double {
    checkCount(x)
    if gradient.count != x.count { gradient = Array(repeating: 0, count: x.count) }
    return gradient.withMutablePointer { slopes in
      x.withPointer { point in
        compiled.withValuesAndPartials { $0.value(at: point, gradient: slopes, count: x.count) }
      }
    }
  }

  /// The value; the gradient goes into memory of the caller's, one place a variable.
  ///
  ///     var memory = [0.0, 0]
  ///     var slopes = memory.mutableSpan
  ///     f.valueAndGradient(at: [2.0, 1].span, into: &slopes)   // 7; memory is [4, 3]
  ///
  /// Nothing is allocated and no reference counted.
  public func valueAndGradient(at x: Span<Double>, into gradient: inout MutableSpan<Double>) -> Double {
    let count = variables.count
    precondition(x.count == count && gradient.count == count, "\(count) coordinates and slopes expected")
    return x.withUnsafeBufferPointer { point in
      gradient.withUnsafeMutableBufferPointer { slopes in
        guard let point = point.baseAddress, let slopes = slopes.baseAddress else {
          return compiled.constantValue
        }
        return compiled.withValuesAndPartials { $0.value(at: point, gradient: slopes, count: count) }
      }
    }
  }

  /// The gradient at a point.
  public func gradient(at x: [Double]) -> [Double] {
    var gradient: [Double] = []
    _ = valueAndGradient(at: x, into: &gradient)
    return gradient
  }

  /// The operations that give value and gradient; those of a sum or product over an index count for one term.
  public var operations: Int { compiled.program.operations }

  private func checkCount(_ x: [Double]) {
    precondition(x.count == variables.count, "\(variables.count) coordinates expected, \(x.count) given")
  }
}

/// Several expressions as one function: what they share is computed once.
///
///     let f = try CompiledFunctions([x + y, x * y], variables: [Variable("x"), Variable("y")])
///     f([2, 3])   // [5, 6]
public struct CompiledFunctions: Sendable {
  /// The variables in the order of a point's coordinates.
  public let variables: [Variable]
  private let compiled: Compiled

  /// Compiles expressions whose variables are among those given; where digits are to be kept, as ln(1 + eˣ) has them at
  /// −40, by forms that keep them.
  public init(
    _ expressions: [Expr], variables: [Variable], limits: Limits = .standard, keepsDigits: Bool = false
  ) throws(CompilationError) {
    self.variables = variables
    var compiler = try Compiler(variables: variables, limits: limits)
    if keepsDigits { compiler.stableUse = .secondDerivatives }
    let scope = Scope()
    var outputs: [Value] = []
    for expression in expressions { outputs.append(try compiler.value(of: expression, in: scope)) }
    compiled = try Compiled(
      scope, outputs: outputs, valueCount: scope.instructions.count, compiler: compiler)
  }

  /// The values at a point, in the order of the expressions.
  public func callAsFunction(_ x: [Double]) -> [Double] {
    precondition(x.count == variables.count, "\(variables.count) coordinates expected, \(x.count) given")
    return x.withPointer { point in compiled.withValues { $0.outputs(at: point) } }
  }

  /// The operations that give the values; those of a sum or product over an index count for one term.
  public var operations: Int { compiled.program.operations }

  /// The operations that give the values, those of a sum or product over an index for each of its terms.
  package var work: Double { compiled.program.work }
}
