import Foundation
import NablaBasics
import NablaDrawing
import Testing

@testable import Nabla

/// What the windows that nobody gave must show, and cancelled pictures.
@Suite struct WindowTests {
  @Test(
    "The window of a curve shows these places, and is no more than so long",
    arguments: [
      ("x^3 - 1000x", [-31.6, -18.3, 0, 18.3, 31.6], 150.0),
      ("(x - 1e9)^2", [999_999_998, 1_000_000_002], 100),
      ("x + 1e7", [-1e7], 100), ("(x - 3)(x - 500)", [3, 251.5, 500], 1500), ("x^200", [-0.99, 0.99], 3),
      ("x^2 + 5x + 6", [-3, -2], 20), ("1/x", [-1, 1], 20), ("ln x", [0.1, 2.5], 20),
      ("e^(1000x)", [0, 0.0005], 0.01),
      ("sin x", [-3.2, 3.2], 40), ("sin(x/50)", [-78, 78], 2000), ("sqrt(x - 2000)", [2000, 2001], 12_000),
    ] as [(String, [Double], Double)])
  func curves(text: String, places: [Double], length: Double) throws {
    let window = try Formula(text).figure().window[0]
    for place in places { #expect(window.contains(place), "\(text): \(window)") }
    #expect(window.length <= length, "\(text): \(window)")
  }

  @Test(
    "The window of a curve is where it changes, not where its numbers end or are rounding's own",
    arguments: [
      ("100/(1 + 9e^(-0.3t))", [-8, 22], 60.0), ("1/(1 + exp(-x))", [-5, 5], 20),
      ("e^x/(1 + e^x)", [-5, 5], 20),
      ("ln(1 + e^x)", [-3, 3], 20), ("1/(e^x + 1)", [-5, 5], 20), ("1/x^3", [-2, 2], 20),
      ("1/x^6", [-2, 2], 20),
      ("4((1/r)^12 - (1/r)^6)", [-1.6, 1.6], 10), ("e^(1/x)", [-2, 2], 20), ("x^3/(e^x - 1)", [0, 4], 20),
      ("x/(e^x - 1)", [-3, 3], 20), ("0.0821*300/(V - 0.04) - 3.6/V^2", [0.02, 0.2], 20),
      ("erfc(x)", [-2, 2], 20),
      ("1 - tanh(x)", [-2, 2], 20), ("sqrt(x^2 + 1) - x", [-2, 2], 20),
      ("1e6/(1 + e^(-(x - 2000)/10))", [1970, 2030], 200), ("5(1 - e^(-t/20))", [-15, 15], 200),
      ("5 + arctan(x - 20)", [17, 23], 50), ("100x/(x^2 + 0.0001)", [-0.02, 0.02], 0.2),
    ] as [(String, [Double], Double)])
  func scales(text: String, places: [Double], length: Double) throws {
    try curves(text: text, places: places, length: length)
  }

  @Test(
    "The window of a polynomial shows its zeros, minima and maxima, apart from each other",
    arguments: [
      ("x^20 - 3x^2", [-1.06, -0.93, 0.93, 1.06], 3.0), ("x^5 - 1000x^3 + 2", [-31.6, 24.5, 31.6], 150),
      ("x^3 - 1e6x", [-577.4, 577.4], 3000), ("x^4 - 1e4x^2", [-99, -70.7, 70.7, 99], 500),
      ("1e12 x^3 - x", [-1e-6, 5.8e-7, 1e-6], 1e-5), ("(x - 1)(x - 2)(x - 3)(x - 4)(x - 5)", [1, 5], 7),
    ] as [(String, [Double], Double)])
  func polynomials(text: String, places: [Double], length: Double) throws {
    try curves(text: text, places: places, length: length)
  }

  @Test(
    "Walls and poles beside the extrema do not flatten them",
    arguments: ["x e^(-x)", "(x - 1)(x - 2)(x - 3)(x - 4)(x - 5)", "4((1/r)^12 - (1/r)^6)", "x^20 - 3x^2"])
  func walls(text: String) throws {
    let figure = try Formula(text).figure()
    let values = figure.marked.map(\.value) + [0]
    let height = (values.max() ?? 0) - (values.min() ?? 0)
    #expect(height > 0.08 * figure.window[1].length, "\(figure.window)")
  }

  @Test("A point of zero gradient far from zero is in the window of the plane")
  func farPoint() throws {
    let window = try Formula("(x - 1000)^2 + (y - 5)^2").figure().window
    #expect(window[0].contains(1000) && window[1].contains(5) && window[0].length < 20, "\(window)")
  }

  @Test(
    "The window of a plane shows these points, and is no more than so wide",
    arguments: [
      ("sqrt(1 - x^2 - y^2)", [-0.99, 0.99], [-0.99, 0.99], 4.0),
      ("sqrt(x - 5) + y", [5.1, 8], [-1, 1], 30),
      ("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", [-3.78, 3.58], [-3.28, 3.13], 20),
    ] as [(String, [Double], [Double], Double)])
  func planes(text: String, x: [Double], y: [Double], width: Double) throws {
    let window = try Formula(text).figure().window
    for (range, places) in zip(window, [x, y]) {
      for place in places { #expect(range.contains(place), "\(text): \(range)") }
      #expect(range.length <= width, "\(text): \(range)")
    }
  }

  @Test("The middle of what is too flat for numbers is the minimum")
  func flat() throws {
    let marked = try Formula("x^200").figure().marked
    #expect(marked.map(\.coordinates) == [[0]])
  }

  @Test("Round a path no wall beyond it hides the path")
  func walls() throws {
    let formula = try Formula("x^4 - 3x^2 + x")
    let path = FigurePath(try formula.minimize(from: [2], GradientDescent(rate: 0.13), .steps(12)))
    let figure = try formula.figure(paths: [path])
    let highest = path.points.map(\.f).max() ?? 0
    #expect(figure.window[1].upperBound < 3 * highest, "\(figure.window)")
    #expect(figure.scene.legend.map(\.text).contains("local minima (−1.3, −3.51), (1.13, −1.07)"))
    for point in path.points { #expect(figure.window[0].contains(point.x[0])) }
  }

  @Test("The page of a window far from zero begins with a path in it")
  func farPage() throws {
    let page = try Formula("(x - 1e9)^2").page()
    #expect(page.contains("\"start\":[99999999"))
  }

  @Test("The window of the plane is as large as the path, however far from zero it lies")
  func farPath() throws {
    for offset in [1e3, 1e6] {
      let formula = try Formula("(x - \(offset))^2 + (y - \(offset))^2")
      let trace = try formula.minimize(
        from: [offset + 1, offset + 2], GradientDescent(rate: 0.1), .steps(20))
      let window = try formula.figure(paths: [FigurePath(trace)]).window
      for range in window {
        #expect(range.contains(offset) && range.contains(offset + 1) && range.length < 6, "\(range)")
      }
    }
  }

  @Test("Tangents are short where iterates are crowded")
  func tangents() throws {
    let formula = try Formula("x^2 + 5x + 6")
    let path = FigurePath(try formula.minimize(from: [-8], GradientDescent(rate: 0.1), .steps(15)))
    let figure = try formula.figure(paths: [path])
    let lines = figure.scene.panels[0].items.compactMap { item -> [Point]? in
      if case .line(let points, _) = item.shape, item.layer == .tangents { points } else { nil }
    }
    #expect(lines.count == 16)
    // No two of them overlap: along a falling curve each ends before the next begins.
    for (a, b) in zip(lines, lines.dropFirst()) { #expect(a[1].x <= b[0].x) }
  }

  @Test(
    "No number of a picture stands on another, and no word is cut off",
    arguments: [
      "x^3 - 1000x", "(x - 1e9)^2", "1e7 sin x", "1e-9 x^2", "(x - 1e6)^2 + (y + 1e6)^2", "1e9 + x + y",
      "x^2 + 5x + 6", "3x^2 + 8xy - 3y^5", "100(y - x^2)^2 + (1 - x)^2", "e^(1000x)", "x^2/1e12",
    ])
  func words(text: String) throws {
    let figure = try Formula(text).figure()
    let layout = Layout(figure.scene)
    let frame = layout.frames[0]
    let labels = frame.xTicks.map { tick in
      (
        middle: frame.pixel(Point(tick.value, figure.scene.panels[0].y.low)).x,
        width: Layout.textWidth(tick.text)
      )
    }
    for (a, b) in zip(labels, labels.dropFirst()) { #expect(a.middle + a.width / 2 < b.middle - b.width / 2) }
    if let last = labels.last { #expect(last.middle + last.width / 2 <= layout.width) }
    for tick in frame.yTicks { #expect(Layout.textWidth(tick.text) < frame.left - 9, "\(tick.text)") }
    let texts = frame.xTicks.map(\.text)
    #expect(Set(texts).count == texts.count)
    #expect(Set(frame.yTicks.map(\.text)).count == frame.yTicks.count)
    for entry in layout.entries {
      #expect(
        entry.x + 28 + Layout.textWidth(entry.legend.text) <= layout.width || entry.x == layout.titleLeft)
    }
  }

  @Test(
    "A cancelled picture is an error, of whatever kind it is",
    arguments: ["x^2", "x^2 + y^2", "sin(1/x)", "sqrt(-1 - x^2)"])
  func cancelled(text: String) throws {
    var options = FigureOptions()
    let cancellation = Cancellation()
    cancellation.cancel()
    options.cancellation = cancellation
    let formula = try Formula(text)
    for isSurface in [false, true] {
      options.isSurface = isSurface
      #expect(throws: FigureError.formula(.overrun(.cancelled))) { try formula.figure(options) }
    }
  }

  @Test("Work that would take minutes ends soon after it is cancelled", arguments: ["x", "x + y"])
  func ends(text: String) throws {
    let formula = try Formula("sum(i, 1, 300000, sin(i(\(text))))")
    var options = FigureOptions()
    let cancellation = Cancellation()
    options.cancellation = cancellation
    // A thread of its own: the tests themselves may keep all others busy.
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: 0.3)
      cancellation.cancel()
    }
    let start = ContinuousClock.now
    #expect(throws: FigureError.formula(.overrun(.cancelled))) { try formula.figure(options) }
    #expect(ContinuousClock.now - start < .seconds(60))
  }
}
