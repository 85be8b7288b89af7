import NablaBasics
import NablaDrawing
import Testing

@testable import Nabla

/// Pictures of formulas by what is in them: where the curve runs, what the window shows, what cannot be drawn.
@Suite struct FigureTests {
  private static func curve(_ text: String, _ options: FigureOptions = FigureOptions()) throws -> (
    figure: Figure, pieces: [[Point]]
  ) {
    let figure = try Formula(text).figure(options)
    let pieces = figure.scene.panels[0].items.compactMap { item -> [Point]? in
      if case .line(let points, _) = item.shape, item.layer == .curve { points } else { nil }
    }
    return (figure, pieces)
  }

  /// The longest way upwards that a piece goes within a two-thousandth of the window: what would be seen as a wall.
  private static func wall(_ figure: Figure, _ pieces: [[Point]]) -> Double {
    let (x, y) = (figure.window[0], figure.window[1])
    var highest = 0.0
    for piece in pieces {
      for (a, b) in zip(piece, piece.dropFirst()) where b.x - a.x < 5e-4 * x.length {
        let inside = { (value: Double) in max(y.lowerBound, min(y.upperBound, value)) }
        highest = max(highest, (inside(b.y) - inside(a.y)).magnitude / y.length)
      }
    }
    return highest
  }

  @Test(
    "At a pole or a jump the curve is broken, on both sides of it",
    arguments: [
      ("1/x", 0.0), ("tan x", Double.pi / 2), ("1/(x - 2)^3", 2), ("sign(x)", 0), ("floor(x)", 1),
      ("1/(x^2 - 1)", 1), ("arctan(1/x)", 0), ("exp(1/x)", 0), ("x^2/(x - 1)", 1),
    ])
  func breaks(text: String, place: Double) throws {
    var options = FigureOptions()
    options.window = [0: -3...3]
    let (figure, pieces) = try Self.curve(text, options)
    #expect(pieces.count > 1, "\(text)")
    let crossing = pieces.filter { ($0.first?.x ?? 0) < place - 1e-6 && ($0.last?.x ?? 0) > place + 1e-6 }
    #expect(crossing.isEmpty, "\(text)")
    #expect(Self.wall(figure, pieces) < 0.6, "\(text)")
  }

  @Test(
    "What is steep but whole stays whole",
    arguments: [
      "tanh(1000x)", "arctan(10000x)", "x^200", "exp(1000x)", "|x|", "sqrt(|x|)", "cbrt(x)", "sin x/x",
    ])
  func stays(text: String) throws {
    var options = FigureOptions()
    options.window = [0: -1...1]
    let (_, pieces) = try Self.curve(text, options)
    // A gap of no width, as at 0 of sin x/x, is none.
    let gaps = zip(pieces, pieces.dropFirst()).map { ($1.first?.x ?? 0) - ($0.last?.x ?? 0) }
    #expect(gaps.allSatisfy { $0 < 1e-9 }, "\(text)")
  }

  @Test("A curve goes up to the end of its domain")
  func domainEnds() throws {
    var options = FigureOptions()
    options.window = [0: -2...2]
    let half = try Self.curve("sqrt(1 - x^2)", options).pieces
    #expect(half.count == 1)
    #expect(((half[0].first?.x ?? 0) + 1).magnitude < 1e-12)
    #expect(((half[0].last?.x ?? 0) - 1).magnitude < 1e-12)
    let ln = try Self.curve("ln x", options)
    #expect((ln.pieces[0].first?.x ?? 1) < 1e-6)
    #expect(try Self.curve("1/sqrt(x (1 - x))", options).pieces.count == 1)
  }

  struct Window: Sendable {
    let text: String
    /// What the window must hold, and how long it may be.
    let holds: [Double]
    let longest: Double
  }

  static let windows: [Window] = [
    Window(text: "x^2 + 5x + 6", holds: [-3, -2.5, -2], longest: 12),
    Window(text: "(x - 100)^2", holds: [100], longest: 300),
    Window(text: "sin(50x)", holds: [0], longest: 4),
    Window(text: "sin(1/x)", holds: [-0.6, 0.6], longest: 4),
    Window(text: "x^200", holds: [-0.95, 0.95], longest: 4),
    Window(text: "e^(1000x)", holds: [0], longest: 0.1),
    Window(text: "exp(-(x - 3)^2 * 10^4)", holds: [3], longest: 2),
    Window(text: "ln x", holds: [0.1, 1], longest: 20),
    Window(text: "sqrt(1 - x^2)", holds: [-1, 1], longest: 2.6),
    Window(text: "arcsin(x/1000)", holds: [0], longest: 3000),
    Window(text: "x^3 - 3x", holds: [-1.7, 1.7], longest: 10),
    Window(text: "e^x", holds: [0, 1], longest: 22),
    Window(text: "f(x) = 3", holds: [0], longest: 22),
  ]

  @Test("The window shows what there is to see", arguments: windows)
  func window(row: Window) throws {
    let figure = try Self.curve(row.text).figure
    for place in row.holds { #expect(figure.window[0].contains(place), "\(row.text) \(figure.window[0])") }
    #expect(figure.window[0].length <= row.longest, "\(row.text) \(figure.window[0])")
    #expect(figure.windowReason != nil)
  }

  @Test("Values at a pole do not flatten the rest")
  func poles() throws {
    for text in ["1/x", "tan x", "1/(x - 1)^2", "1/x^9"] {
      let y = try Self.curve(text).figure.window[1]
      #expect(y.length < 100, "\(text) \(y)")
    }
  }

  @Test(
    "What cannot be drawn is told in a sentence",
    arguments: [
      ("5", "5 has no variable to draw it against; f(x) = 5 has one"),
      ("sqrt(-1 - x^2)", "no value at any x"),
      ("ln(-x^2 - y^2 - 1)", "no value at any point"), ("x + y + z", "3 variables are too many"),
    ])
  func refused(text: String, sentence: String) throws {
    let formula = try Formula(text)
    do throws(FigureError) {
      _ = try formula.figure()
      Issue.record("\(text) was drawn")
    } catch { #expect(error.sentence.contains(sentence), "\(error.sentence)") }
    let root = try Formula("sqrt(-x)")
    do throws(FigureError) {
      var options = FigureOptions()
      options.window = [0: 1...2]
      _ = try root.figure(options)
      Issue.record("it was drawn")
    } catch { #expect(error.sentence.contains("has no value for any x from 1 to 2")) }
  }

  @Test(
    "Valleys show: each level parts the picture",
    arguments: [
      "(1 - x)^2 + 100(y - x^2)^2", "(x^2 + y - 11)^2 + (x + y^2 - 7)^2", "3x^2 + 8xy - 3y^5", "x y",
      "exp(x + y)", "1/(x^2 + y^2)", "sin x cos y", "x^8 + y^8",
    ])
  func levels(text: String) throws {
    let figure = try Formula(text).figure()
    let bar = try #require(figure.scene.panels[0].colourBar)
    #expect(bar.levels.count >= 4, "\(text): \(bar.levels)")
    #expect(bar.levels == bar.levels.sorted())
    let formula = try Formula(text).compiled()
    var bands = [Int](repeating: 0, count: bar.levels.count + 1)
    let (x, y) = (figure.window[0], figure.window[1])
    for row in 0..<60 {
      for column in 0..<60 {
        let value = formula([
          x.lowerBound + x.length * (Double(column) + 0.5) / 60,
          y.lowerBound + y.length * (Double(row) + 0.5) / 60,
        ])
        bands[bar.levels.count { $0 <= value }] += 1
      }
    }
    #expect((bands.max() ?? 0) < 2000, "\(text): \(bar.levels) \(bands)")
  }

  @Test("Arrows point along the gradient and stay in the domain")
  func arrows() throws {
    for text in ["3x^2 + 8xy - 3y^5", "sqrt(1 - x^2 - y^2)", "ln x + y^2"] {
      let formula = try Formula(text)
      let function = try formula.compiled()
      let items = try formula.figure().scene.panels[0].items
      var count = 0
      for case .arrows(let arrows, _) in items.map(\.shape) {
        for arrow in arrows {
          let middle = [(arrow.tail.x + arrow.head.x) / 2, (arrow.tail.y + arrow.head.y) / 2]
          let gradient = function.gradient(at: middle)
          let along =
            gradient[0] * (arrow.head.x - arrow.tail.x) + gradient[1] * (arrow.head.y - arrow.tail.y)
          #expect(along > 0, "\(text) \(middle)")
          #expect(function([arrow.head.x, arrow.head.y]).isFinite)
          count += 1
        }
      }
      #expect(count > 20, "\(text)")
    }
  }

  @Test("A path is in the picture, and the same picture has the same bytes")
  func path() throws {
    let formula = try Formula("x^2 + 5x + 6")
    let trace = try formula.minimize(from: [-8], GradientDescent(rate: 0.1), .steps(15))
    let figure = try formula.figure(paths: [FigurePath(trace)])
    #expect(figure.window[0].contains(-8) && figure.window[0].contains(-2.5))
    let tangents = figure.scene.panels[0].items.filter { $0.layer == .tangents }
    #expect(tangents.count == 16)
    #expect(figure.svg() == (try formula.figure(paths: [FigurePath(trace)]).svg()))
    #expect(figure.scene.description.contains("from −8 to −2.69"))
    let away = try formula.minimize(from: [-8], GradientDescent(rate: 1.2), .steps(60))
    let window = try formula.figure(paths: [FigurePath(away)]).window
    #expect(window[0].length < 1e4, "a path that runs away does not decide the window: \(window)")
  }

  @Test("Many variables are drawn by their descent")
  func convergence() throws {
    let formula = try Formula("sum(i, 1, 9, 100(x[i+1] - x[i]^2)^2 + (1 - x[i])^2)")
    let trace = try formula.minimize(from: Array(repeating: 0, count: 10), BacktrackingDescent(), .steps(50))
    let figure = try formula.figure(paths: [FigurePath(trace)])
    #expect(figure.scene.panels.count == 2)
    #expect(figure.scene.panels.allSatisfy { $0.y.scale == .log })
    #expect(figure.svg().contains("f − f*"))
  }

  @Test("The last step of a convergence stands at the lower end of the scale, and iterations are whole")
  func lastStep() throws {
    let formula = try Formula("(x - 1)^2 + (y - 2)^2 + (z - 3)^2")
    let trace = try formula.minimize(from: [0, 0, 0], GradientDescent(rate: 0.5), .steps(2))
    let panel = try formula.figure(paths: [FigurePath(trace)]).scene.panels[0]
    let zeros = panel.items.compactMap { item -> [Point]? in
      if case .marks(let points, .minimum, _) = item.shape { points } else { nil }
    }
    #expect(zeros.joined().contains { $0.y == panel.y.low })
    #expect(panel.x.ticks(about: 8).allSatisfy { $0.value == $0.value.rounded() })
  }

  @Test("A jump with a value in its middle is no wall", arguments: [0.0...4.0, -0.22...4.62, -3...5])
  func jump(window: ClosedRange<Double>) throws {
    var options = FigureOptions()
    options.window = [0: window]
    let items = try Formula("sign(x - 2.05)").figure(options).scene.panels[0].items
    for item in items where item.layer == .curve {
      guard case .line(let points, _) = item.shape else { continue }
      #expect(points.allSatisfy { $0.x <= 2.05 } || points.allSatisfy { $0.x >= 2.05 })
    }
  }

  @Test("A page has its legend beside the picture, and keeps it with what is walked")
  func legendOfPage() throws {
    let formula = try Formula("x^2 + 5x + 6")
    let trace = try formula.minimize(from: [-8], GradientDescent(rate: 0.1), .steps(15))
    let page = try formula.page(paths: [FigurePath(trace, method: "gd", settings: ["rate": 0.1])])
    #expect(page.contains("<span>gradient descent, rate 0.1, 15 steps</span>"))
    #expect(page.contains("\"legend\":\"gradient descent, rate 0.1, 15 steps\""))
    #expect(page.contains("@media print") && page.contains("@media(max-width"))
    #expect(!page.contains("min-width:32rem"))
  }

  @Test("A page is one small file without a word about the network")
  func page() throws {
    for text in [
      "x^2 + 5x + 6", "(1 - x)^2 + 100(y - x^2)^2", "erf(x)", "ln(x) </script>", "sqrt(1 - x^2 - y^2)",
      "f(x, y) = 3", "f(x) = 3",
    ] {
      guard let formula = try? Formula(text) else { continue }
      let page = try formula.page()
      #expect(page.utf8.count < 100_000, "\(text)")
      #expect(!page.replacing("http://www.w3.org/", with: "").contains("://"))
      #expect(page.contains("<math"))
      #expect(page.split(separator: "<script").count == page.split(separator: "</script>").count)
      #expect(page == (try formula.page()))
    }
  }

  private static func marks(_ text: String, _ symbol: Symbol, in x: ClosedRange<Double>) throws -> [[Double]]
  {
    var options = FigureOptions()
    options.window = [0: x]
    return try Formula(text).figure(options).scene.panels[0].items.flatMap { item -> [[Double]] in
      guard case .marks(let points, symbol, _) = item.shape else { return [] }
      return points.map { [$0.x, ($0.y * 1e4).rounded() / 1e4] }
    }
  }

  @Test(
    "Holes and the open ends of jumps are circles, values of their own are dots",
    arguments: [
      ("(x^2 - 4)/(x - 2)", [[2, 4]], []), ("{x != 0: x + 1; 5}", [[0, 1]], [[0, 5]]),
      ("floor(x/3)", [[-3, -2], [0, -1], [3, 0]], [[-3, -1], [0, 0], [3, 1]]),
      ("{x < 1: x; x > 1: 2x}", [[1, 1], [1, 2]], []), ("sign(x)", [[0, -1], [0, 1]], [[0, 0]]),
      ("(1 - cos x)/x^2", [[0, 0.5]], []), ("sin(x - pi/2)/(x - pi/2)", [[Double.pi / 2, 1]], []),
      ("1/x", [], []), ("tan x", [], []), ("|x|", [], []), ("tanh(1e6x)", [], []), ("arctan(1e9x)", [], []),
      ("x ln x", [[0, 0]], []), ("sqrt(x)/sqrt(x)", [[0, 1]], []), ("e^(1/x)", [[0, 0]], []),
      ("1/ln(x)", [[0, 0]], []), ("gamma(x - 8)", [], []), ("floor(20x)/20", [], []), ("floor(3x)", [], []),
      ("1/sqrt(x)", [], []),
      ("x^(1/3)", [], []), ("ln x", [], []), ("sqrt x", [], []), ("x^2", [], []), ("mod(x, 1/20)", [], []),
    ] as [(String, [[Double]], [[Double]])])
  func gaps(text: String, holes: [[Double]], dots: [[Double]]) throws {
    #expect(try Self.marks(text, .ring, in: -4.5...4) == holes)
    #expect(try Self.marks(text, .dot, in: -4.5...4) == dots)
  }

  @Test("Jumps have circles at all places or at none: those at short numbers alone would seem to be others")
  func patterns() throws {
    for text in ["floor(10x)/10", "floor(2x)", "floor(3x)/3"] {
      #expect(try Self.marks(text, .ring, in: 0...10) == [], "\(text)")
    }
    #expect(try Self.marks("floor(x)", .ring, in: 0...10).count == 9)
  }

  @Test("The window shows the slope beside the curve, where it is not much steeper than that is high")
  func slopeIsSeen() throws {
    var options = FigureOptions()
    (options.window, options.hasField) = ([0: -3...3], true)
    let parabola = try Formula("x^2").figure(options).window[1]
    #expect(parabola.contains(-6) && parabola.contains(9) && parabola.length < 17)
    let steep = try Formula("sin(100x)").figure(options).window[1]
    #expect(steep.length < 8)
    options.hasField = false
    #expect(try !Formula("x^2").figure(options).window[1].contains(-1))
    (options.hasField, options.values) = (true, 0...4)
    #expect(try Formula("x^2").figure(options).window[1] == 0...4)
  }

  @Test("Corners are marked as extrema, poles, jumps and holes are not")
  func corners() throws {
    #expect(try Self.marks("|x^2 - 1|", .minimum, in: -3...3) == [[-1, 0], [1, 0]])
    #expect(try Self.marks("||x| - 1|", .maximum, in: -3...3) == [[0, 1]])
    #expect(try Self.marks("sqrt(|x|)", .minimum, in: -3...3) == [[0, 0]])
    for text in ["1/x^2", "floor(x) - |x|/9", "{x != 0: -|x|; 3}", "sin(x)/x"] {
      #expect(try Self.marks(text, .maximum, in: -2.3...2.4) == [], "\(text)")
    }
  }

  @Test("The values that the description names include those of the marked points")
  func describedValues() throws {
    let text = try Formula("(1 - x)^2 + 100(y - x^2)^2").figure().scene.description
    #expect(text.contains("values from 0 to"), "\(text)")
    #expect(text.contains("value 0."), "\(text)")
    let curve = try Formula("x^2 + 5x + 6").figure().scene.description
    #expect(curve.contains("values from −0.25 to 8.75"), "\(curve)")
  }

  @Test(
    "As many extrema are marked as there are in a window",
    arguments: [("sin(x) + 0.1", 8), ("sin(theta)^2", 15), ("sin x", 8)])
  func extrema(text: String, count: Int) throws {
    #expect(try Formula(text).figure().marked.count == count)
  }
}
