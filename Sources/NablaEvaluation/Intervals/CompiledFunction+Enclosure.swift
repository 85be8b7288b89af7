import NablaBasics

extension CompiledFunction {
  /// All values that the formula has on a box, and maybe more; rounding never loses one.
  ///
  ///     try Formula("x^2").compiled().enclosure(of: [Interval(-1, 2)])   // 0 … 4
  ///
  /// Empty where the formula has no value on the box.
  public func enclosure(of box: [Interval]) -> Interval {
    check(box)
    return GenericExecutor.run(enclosing, at: box, partials: nil).values[0]
  }

  /// All values and all partial derivatives on a box.
  ///
  /// Where the gradient is not continuous on the box, neither is its enclosure: `Interval.isContinuous`.
  public func gradientEnclosure(of box: [Interval]) -> (value: Interval, gradient: [Interval]) {
    check(box)
    let (values, gradient) = GenericExecutor.run(enclosing, at: box, partials: enclosing.partials)
    return (values[0], gradient)
  }

  /// The program whose constants are not worked out beforehand, as that would round them.
  private var enclosing: Compiled {
    storage.enclosing.get {
      let program = try? Storage.compiled(expression, variables, limits, foldsConstants: false)
      return program ?? storage.compiled
    }
  }

  private func check(_ box: [Interval]) {
    precondition(box.count == variables.count, "\(variables.count) intervals expected, \(box.count) given")
  }
}

extension CompiledHessian {
  /// All second derivatives on a box, n·n entries row after row.
  public func enclosure(of box: [Interval]) -> [Interval] {
    let size = variables.count
    precondition(box.count == size, "\(size) intervals expected, \(box.count) given")
    var rows: [[Interval]] = []
    for column in 0..<size {
      var both = box + Array(repeating: Interval(0), count: size)
      both[size + column] = Interval(1)
      rows.append(products(at: both))
    }
    // The matrix is symmetric, so that each entry is known twice.
    var result: [Interval] = []
    for row in 0..<size {
      for column in 0..<size { result.append(rows[row][column].intersection(rows[column][row])) }
    }
    return result
  }
}
