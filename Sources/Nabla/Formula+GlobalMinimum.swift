import NablaAlgebra
import NablaBasics
import NablaDescent
import NablaEvaluation

extension Formula {
  /// Encloses the least value in a box, and every point that reaches it, by a proof.
  ///
  ///     let f = try Formula("(x^2 - 1)^2")
  ///     let found = try f.globalMinimum(within: [-3...3])
  ///     found.places.count   // 2, around −1 and 1
  ///
  /// Meant for up to four variables. With `sense` `.maximize` the answer is about −f. Throws where the box does not fit the
  /// variables, one of its sides is infinite, or parameters have no value.
  public func globalMinimum(
    within box: [ClosedRange<Double>], _ search: BranchAndBound = BranchAndBound(),
    sense: Objective.Sense = .minimize, cancellation: Cancellation = Cancellation()
  ) throws(FormulaError) -> GlobalMinimum {
    try globalMinimum(within: box, search, sense: sense, guesses: nil, cancellation: cancellation)
  }

  /// The same with points whose values are known to be low; where none are given, the ends of a few descents.
  func globalMinimum(
    within box: [ClosedRange<Double>], _ search: BranchAndBound, sense: Objective.Sense,
    guesses: [[Double]]?, cancellation: Cancellation
  ) throws(FormulaError) -> GlobalMinimum {
    guard box.count == variables.count else {
      throw .wrongCount(expected: variables.count, given: box.count)
    }
    for (variable, range) in zip(variables, box) {
      guard range.lowerBound.isFinite, range.upperBound.isFinite else { throw .infiniteBox(variable) }
    }
    guard parameters.isEmpty else { throw .missingParameters(parameters) }
    let function: CompiledFunction
    let second: CompiledHessian
    do {
      let subject = sense == .minimize ? expression : -expression
      function = try CompiledFunction(subject, variables: variables, limits: limits)
      second = try function.secondDerivatives()
    } catch { throw FormulaError(error) }
    let enclosures = BoxFunction(
      value: { function.enclosure(of: $0) }, gradient: { function.gradientEnclosure(of: $0) },
      hessian: { second.enclosure(of: $0) }, cost: Int(min(1e9, second.work / Self.operationsOfABox)))
    var starts = guesses ?? []
    if guesses == nil { starts = try self.guesses(in: box, sense, cancellation) }
    return search.minimize(
      enclosures, in: box.map { Interval($0.lowerBound, $0.upperBound) }, guesses: starts,
      cancellation: cancellation)
  }

  /// What a box of a short formula takes, in operations.
  private static let operationsOfABox = 200.0

  /// Ends of a few descents in the box: low values found early drop many boxes at once.
  private func guesses(
    in box: [ClosedRange<Double>], _ sense: Objective.Sense, _ cancellation: Cancellation
  ) throws(FormulaError) -> [[Double]] {
    let objective = try objective(sense)
    var random = SplitMix64(start: 2026)
    var starts = [box.map { $0.lowerBound / 2 + $0.upperBound / 2 }]
    for _ in 0..<8 { starts.append(box.map { random.number(in: $0) }) }
    let minimizer = Minimizer(Automatic(), StopCriteria(maximumIterations: 200), recording: .atMost(2))
    return starts.map { minimizer.minimize(objective, from: $0, cancellation: cancellation).x }
  }
}
