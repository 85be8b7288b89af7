import FoundationEssentials
import Nabla
import Testing

/// What the lines of a document print.
private final class Said {
  var lines: [String] = []

  func print(_ items: [Any]) { lines.append(items.map { "\($0)" }.joined(separator: " ")) }
}

/// The lines of README.md, to the letter.
private func readme(_ said: Said) throws {
  func print(_ items: Any...) { said.print(items) }
  // README.md
  let f = try Formula("f(x, y) = 3x^2 + 8xy - 3y^5")
  print(try f.gradient())  // ⟨6x + 8y, 8x − 15y⁴⟩
  print(try f(1, 2))  // -77.0
  print(try f.gradient(at: [1, 2]))  // [22.0, -232.0]
  let path = try f.minimize(from: [1, -1])
  print(path.certificate.verdict.rawValue, path.x)  // strict local minimum [1.19…, -0.89…]
  let x = Expr("x")
  print(Formula(try exp(-x.squared).derivative(by: Variable("x"))))  // f(x) = −2x·e^(−x²)
  let bowl = Objective { x in
    (x[0] - 1) * (x[0] - 1) + x[1] * x[1]
  } gradient: { x in
    [2 * (x[0] - 1), 2 * x[1]]
  }
  let descent = Minimizer().minimize(bowl, from: [5, 3])
  print(descent.certificate.verdict.rawValue, descent.x)  // strict local minimum [1.0, 8.8…e-16]
  // end
}

/// The lines of GettingStarted.md, to the letter.
private func gettingStarted(_ said: Said) throws {
  func print(_ items: Any...) { said.print(items) }
  // Sources/Nabla/Nabla.docc/GettingStarted.md
  let f = try Formula("ln x + y")
  print(try f(1, 2))  // 2.0
  print(try f.gradient(at: [1, 2]))  // [1.0, 1.0]
  // end
}

/// The lines of Nabla.md, to the letter.
private func frontPage(_ said: Said) throws {
  func print(_ items: Any...) { said.print(items) }
  // Sources/Nabla/Nabla.docc/Nabla.md
  let f = try Formula("f(x, y) = 3x^2 + 8xy - 3y^5")
  print(try f.gradient())  // ⟨6x + 8y, 8x − 15y⁴⟩
  print(try f.gradient(at: [1, 2]))  // [22.0, -232.0]
  // end
}

/// The lines of UsingNablaFromSwift.md, to the letter.
private func usingNabla(_ said: Said) throws {
  func print(_ items: Any...) { said.print(items) }
  // Sources/Nabla/Nabla.docc/UsingNablaFromSwift.md
  let f = try Formula("f(x, y) = 3x^2 + 8xy - 3y^5")
  let gradient = try f.gradient()
  print(gradient[Variable("y")])  // 8x − 15y⁴
  print(gradient.text(as: .latex))  // \langle 6x + 8y, 8x - 15y^4 \rangle
  print(try f(1, 2), try f.gradient(at: [1, 2]))  // -77.0 [22.0, -232.0]
  print(try f.hessian(at: [1, -1]))  // [[6.0, 8.0], [8.0, 60.0]]
  let x = Expr("x")
  var bumps: Expr = 0
  for place in 1...2 { bumps += exp(-pow(x - Expr(place), 2)) }
  let g = Formula(bumps / 2 + 0.1 * sin(x), name: "g")
  print(g)  // g(x) = 0.1 sin x + (e^(−(x − 2)²) + e^(−(x − 1)²))/2
  print(try g.gradient())  // ⟨0.1 cos x − (x − 2)e^(−(x − 2)²) − (x − 1)e^(−(x − 1)²)⟩
  let compiled = try f.compiled()
  print(compiled.values(columns: [[0, 1, 2], [1, 1, 1]]))  // [-3.0, 8.0, 25.0]
  let curvature = try compiled.secondDerivatives()
  print(curvature.times([1, 0], at: [1, -1]))  // [6.0, 8.0]
  let cancellation = Cancellation()
  let path = try f.minimize(from: [1, -0.5], within: [-2...2, -0.5...1], cancellation: cancellation)
  print(path.certificate.verdict.rawValue, path.x)  // on a bound [0.66666666666666…, -0.5]
  let whole = try f.globalMinimum(within: [-2...2, -1...1], cancellation: cancellation)
  print(whole.places.count, whole.value.lower)  // 1 -8.3333333333333…
  let valley = Objective { x in (x[0] - 1) * (x[0] - 1) + 4 * x[1] * x[1] }
  let found = Minimizer(NelderMead()).minimize(valley, from: [3, 2])
  print(found.certificate.verdict.rawValue)  // strict local minimum
  var reader = CSVReader()
  try reader.push(Array("t,y\n0,2.03\n1,3.31\n2,5.42\n3,9.10\n".utf8))
  let growth = try reader.finish()
  let fit = try Fit("y = a exp(b t)", to: growth)
  print(fit.success, fit.parameters.map(\.estimate))  // true [1.990261…, 0.505908…]
  var options = FigureOptions()
  options.window = [0: -2...2, 1: -2...2]
  options.theme = .dark
  let svg = try f.figure(options, paths: [FigurePath(path)]).svg()
  print(svg.prefix(4))  // <svg
  do { print(try Formula("3x^2 + sinn(x)")) } catch { print(error.sentence) }  // unknown function ‘sinn’
  do { print(try f(1)) } catch { print(error) }  // 2 values expected, one for each variable, 1 given
  // end
}

/// The library's lines in the documents: they are compiled above, and print what stands behind them.
@Suite struct DocumentedLinesTests {
  private struct Document: CustomTestStringConvertible {
    let path: String
    let run: @Sendable (Said) throws -> Void
    var testDescription: String { path }
  }

  private static let documents: [Document] = [
    Document(path: "README.md", run: readme),
    Document(path: "Sources/Nabla/Nabla.docc/GettingStarted.md", run: gettingStarted),
    Document(path: "Sources/Nabla/Nabla.docc/Nabla.md", run: frontPage),
    Document(path: "Sources/Nabla/Nabla.docc/UsingNablaFromSwift.md", run: usingNabla),
  ]

  private static let here = URL(filePath: #filePath)

  private static func text(of path: String) throws -> String {
    let root = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The lines of a text without blanks that only line up.
  private static func tidied(_ text: some StringProtocol) -> [String] {
    text.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
      .filter { !$0.isEmpty && !$0.hasPrefix("import ") }
  }

  /// The lines of Swift in a document.
  private static func lines(of path: String) throws -> [String] {
    try text(of: path).split(separator: "```swift").dropFirst()
      .flatMap { tidied($0.split(separator: "```").first ?? "") }
  }

  @Test(arguments: documents) private func linesAreTheSame(_ document: Document) throws {
    let source = try Self.tidied(String(contentsOf: Self.here, encoding: .utf8))
    let first = try #require(source.firstIndex(of: "// " + document.path))
    let last = try #require(source[first...].firstIndex(of: "// end"))
    #expect(try Self.lines(of: document.path) == Array(source[(first + 1)..<last]))
  }

  @Test(arguments: documents) private func linesPrintWhatTheySay(_ document: Document) throws {
    let promised = try Self.lines(of: document.path).compactMap { line -> Substring? in
      guard line.contains("print("), let mark = line.ranges(of: " // ").last else { return nil }
      return line[mark.upperBound...]
    }
    let said = Said()
    try document.run(said)
    #expect(said.lines.count == promised.count)
    for (line, promise) in zip(said.lines, promised) {
      #expect(Self.agrees(line, promise), "\(line) is not \(promise)")
    }
  }

  /// Whether a line is what was promised, where … stands for any text.
  private static func agrees(_ line: String, _ promise: Substring) -> Bool {
    var rest = line[...]
    let parts = promise.split(separator: "…", omittingEmptySubsequences: false)
    guard rest.hasPrefix(parts[0]), rest.hasSuffix(parts[parts.count - 1]) else { return false }
    if parts.count == 1 { return line == promise }
    for part in parts where !part.isEmpty {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return true
  }
}
