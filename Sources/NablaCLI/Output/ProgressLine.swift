import NablaBasics

/// One line on a terminal that says how far a long descent has come, and goes when it is done.
///
///     1204 steps, f ≈ 3.98662
///
/// It shows from the second second on, at most five times a second, and only where errors go to a terminal.
struct ProgressLine {
  let invocation: Invocation
  private let clock = ContinuousClock()
  private let began: ContinuousClock.Instant
  private var last: ContinuousClock.Instant
  /// The cells that the line takes up.
  private var width = 0

  /// nil where nobody would see it.
  init?(_ invocation: Invocation) {
    let console = invocation.console
    guard console.errors.isTerminal, !console.isQuiet, !invocation.isJSON else { return nil }
    self.invocation = invocation
    began = clock.now
    last = began
  }

  /// Says where a descent is, if it is time to.
  mutating func say(_ iterations: Int, _ f: Double) {
    let now = clock.now
    guard now - began > .seconds(2), now - last > .milliseconds(200) else { return }
    last = now
    let line = "\(counted(iterations, "step")), f \(invocation.glyphs.approximately) \(invocation.number(f))"
    // A line that is too long would go on in the next, and stay there.
    let text = String(line.prefix(max(1, (invocation.console.errors.columns ?? 80) - Self.echo - 1)))
    let blanks = String(repeating: " ", count: max(0, width - text.count))
    width = text.count
    invocation.console.errors.write("\r" + text + blanks)
    invocation.console.errors.flush()
  }

  /// The cells of `^C`, which the terminal shows behind the line.
  private static let echo = 2

  /// Takes the line away.
  func clear() {
    guard width > 0 else { return }
    invocation.console.errors.write("\r" + String(repeating: " ", count: width + Self.echo) + "\r")
    invocation.console.errors.flush()
  }
}
