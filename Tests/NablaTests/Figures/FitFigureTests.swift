import NablaBasics
import NablaDrawing
import Testing

@testable import Nabla

/// Pictures of fits: the data, the curve, its band, the residuals.
@Suite struct FitFigureTests {
  private static func table(_ columns: (String, [Double])...) -> Table {
    Table(names: columns.map(\.0), columns: columns.map(\.1))
  }

  private static func line(_ noise: Double = 0.2) throws -> Fit {
    let x = (0..<20).map(Double.init)
    let y = x.enumerated().map { 3 + 2 * $1 + noise * ($0 % 2 == 0 ? 1 : -1) }
    return try Fit("y = a + b x", to: table(("x", x), ("y", y)))
  }

  private static func lines(_ panel: Panel, _ layer: Layer) -> [[Point]] {
    panel.items.compactMap { item in
      if case .line(let points, _) = item.shape, item.layer == layer { points } else { nil }
    }
  }

  private static func dots(_ panel: Panel) -> [Point] {
    panel.items.flatMap { item -> [Point] in
      if case .marks(let points, _, _) = item.shape { points } else { [] }
    }
  }

  @Test("The curve is the model's, the dots are the data, and below stand the residuals")
  func curve() throws {
    let figure = try Self.line().figure()
    #expect(figure.scene.panels.count == 2)
    let (panel, below) = (figure.scene.panels[0], figure.scene.panels[1])
    let curve = try #require(Self.lines(panel, .curve).first)
    for point in curve { #expect((point.y - 3 - 2 * point.x).magnitude < 0.1) }
    #expect(Self.dots(panel).count == 20)
    #expect(Self.dots(panel)[4] == Point(4, 11.2))
    #expect(Self.dots(below).count == 20)
    for (place, dot) in Self.dots(below).enumerated() {
      #expect((dot.y.magnitude - 0.2).magnitude < 0.05)
      #expect((dot.y > 0) == (place % 2 == 0))
    }
    #expect(below.x.label == "x")
    #expect(below.y.low == -below.y.high)
    #expect(figure.scene.description.contains("20 rows of data against x"))
    #expect(figure.scene.description.contains("a = 3.0"))
  }

  @Test(
    "The band is that of the mean: narrowest in the middle of the data, as wide as t times its standard error"
  )
  func band() throws {
    let fit = try Self.line()
    let figure = try fit.figure()
    let loops = figure.scene.panels[0].items.compactMap { item -> [Point]? in
      if case .area(let loops, _) = item.shape, item.layer == .band { loops[0] } else { nil }
    }
    let loop = try #require(loops.first)
    let half = loop.count / 2
    let widths = (0..<half).map { (x: loop[$0].x, width: loop[$0].y - loop[loop.count - 1 - $0].y) }
    let narrowest = try #require(widths.min { $0.width < $1.width })
    #expect((narrowest.x - 9.5).magnitude < 0.2)
    // s·√(1/n + (x − x̄)²/Sxx) with s from 18 degrees of freedom, whose 97.5 % quantile is 2.100922.
    let s = fit.statistics.residualSD
    for (x, width) in widths {
      let error = s * (1 / 20.0 + (x - 9.5) * (x - 9.5) / 665).squareRoot()
      #expect((width - 2 * 2.100922 * error).magnitude < 1e-4 * width, "\(x)")
    }
    #expect(figure.scene.legend.map(\.text) == ["data, 20 rows", "fit", "95 % band of its mean"])
    // A terminal draws no band, and speaks of none.
    #expect(!figure.text().contains("band") && figure.text().contains("fit"))
  }

  @Test("Of several columns, what was observed stands against what the model says")
  func severalColumns() throws {
    let u = (0..<30).map { Double($0 % 5) }
    let v = (0..<30).map { Double($0 / 5) }
    let y = zip(u, v).map { 1 + 2 * $0 - $1 }
    let fit = try Fit("y = a + b u + c v", to: Self.table(("u", u), ("v", v), ("y", y)))
    let figure = try fit.figure()
    let panel = figure.scene.panels[0]
    for dot in Self.dots(panel) { #expect((dot.x - dot.y).magnitude < 1e-6) }
    let line = try #require(Self.lines(panel, .curve).first)
    #expect(line.allSatisfy { $0.x == $0.y })
    #expect(figure.scene.legend.map(\.text) == ["data, 30 rows", "observed = fitted"])
    #expect(figure.scene.panels[1].x.label == "fitted y")
  }

  @Test("A window, values and a page are kept to")
  func options() throws {
    let fit = try Self.line()
    var options = FigureOptions()
    options.window = [0: -5...50]
    options.values = 0...10
    options.theme = .dark
    let figure = try fit.figure(options)
    #expect(figure.window == [-5...50, 0...10])
    #expect(figure.scene.theme == .dark)
    #expect(figure.scene.panels[1].x.low == -5)
    let page = figure.html(of: fit)
    #expect(page.contains("<math") && page.utf8.count < 100_000)
  }

  @Test("One row, level data and data without noise draw as well")
  func edges() throws {
    let level = try Fit("y = a", to: Self.table(("x", [1, 2, 3]), ("y", [5, 5, 5])))
    let panel = try level.figure().scene.panels[0]
    #expect(panel.y.low < 5 && panel.y.high > 5)
    let exact = try Self.line(0).figure()
    #expect(exact.scene.panels[1].y.high > 0)
    #expect(SVG().text(of: exact.scene).contains("</svg>"))
  }

  @Test("Of very many rows some are drawn, and a remark says so; a loss has no curve")
  func many() throws {
    let x = (0..<7000).map { Double($0) / 100 }
    let fit = try Fit(
      "y = a x", to: Self.table(("x", x), ("y", x.map { 2 * $0 + ($0 * 7).rounded() * 1e-3 })))
    let figure = try fit.figure()
    let count = Self.dots(figure.scene.panels[0]).count
    #expect(count <= 3000 && count > 1500)
    #expect(figure.remarks == ["\(count) of 7000 rows are drawn"])
  }

  @Test("Both axes are called as the data call them, or both as the model does")
  func namesOfAxes() throws {
    let x = (1...9).map(Double.init)
    let table = Self.table(("Time (s)", x), ("Temp °C", x.map { 90 / $0 }))
    let bare = try Fit("Temp_C = a/Time_s + b", to: table).figure().scene.panels
    #expect([bare[0].y.label, bare[1].x.label] == ["Temp °C", "Time (s)"])
    let changed = try Fit("1/Temp_C = a Time_s + b", to: table).figure().scene.panels
    #expect([changed[0].y.label, changed[1].x.label] == ["1/Temp_C", "Time_s"])
  }

  @Test("The dots of many rows are small and lie behind the curve and its band, those of few in front")
  func crowds() throws {
    let layers = { (count: Int) throws -> [Layer] in
      let x = (0..<count).map { Double($0) / 100 }
      let table = Self.table(("x", x), ("y", x.map { 2 * $0 + Double(Int($0 * 7) % 3) }))
      return try Fit("y = a x", to: table).figure().scene.panels[0].items.map(\.layer)
    }
    #expect(try layers(2000) == [.points, .band, .curve])
    #expect(try layers(50) == [.band, .curve, .points])
  }

  @Test("The values that are shown are those of the window")
  func valuesOfWindow() throws {
    var options = FigureOptions()
    options.window = [0: 0...5]
    let figure = try Self.line().figure(options)
    #expect(figure.window[1].upperBound < 15 && figure.window[1].lowerBound < 3.2)
    #expect(Self.dots(figure.scene.panels[0]).count == 6)
  }

  @Test("A wave that turns a hundred times has its own turns in the picture")
  func fastWave() throws {
    let x = (0..<400).map { Double($0) / 4 }
    let y = x.enumerated().map { Libm.sin(8.6 * $1) + ($0 % 2 == 0 ? 0.05 : -0.05) }
    var options = FitOptions()
    options.start = ["a": 1, "b": 8.6]
    let figure = try Fit("y = a sin(b x)", to: Self.table(("x", x), ("y", y)), options).figure()
    let curve = Self.lines(figure.scene.panels[0], .curve).flatMap { $0 }
    let turns = zip(zip(curve, curve.dropFirst()), curve.dropFirst(2)).count { ends, next in
      (ends.1.y - ends.0.y) * (next.y - ends.1.y) < 0
    }
    #expect(turns >= 270 && turns <= 320, "\(turns)")
    #expect(curve.allSatisfy { ($0.y - Libm.sin(8.6 * $0.x)).magnitude < 0.2 })
  }

  @Test("All data stand in the window, however few of them are large")
  func allData() throws {
    let x = (0..<40).map { Double($0) }
    let y = x.map { $0 == 20 ? 37.0 : $0 == 21 ? 12 : 0.001 * $0 }
    let figure = try Fit("y = a + b x", to: Self.table(("x", x), ("y", y))).figure()
    #expect(figure.scene.panels[0].y.high >= 37 && figure.scene.panels[0].y.low <= 0)
  }

  @Test("A fitted curve is broken at its pole, and a branch that no data lie on is not drawn")
  func poles() throws {
    let x: [Double] = [-3, -2, -1, 0, 0.5, 1, 1.3, 1.8, 2, 2.5, 3, 4, 5, 6]
    let y = x.enumerated().map { 2 / ($1 - 1.5) + ($0 % 2 == 0 ? 0.01 : -0.01) }
    var options = FitOptions()
    options.start = ["a": 1, "b": 1.4]
    let both = try Fit("y = a/(x - b)", to: Self.table(("x", x), ("y", y)), options)
    let pole = try #require(both["b"]?.estimate)
    let lines = Self.lines(try both.figure().scene.panels[0], .curve)
    #expect(lines.count == 2)
    for line in lines { #expect(line.allSatisfy { $0.x <= pole } || line.allSatisfy { $0.x >= pole }) }
    let s: [Double] = [0.1, 0.2, 0.3, 0.5, 0.8, 1, 1.5, 2, 3, 4, 5, 6]
    let v = s.enumerated().map { 10 * $1 / (0.3 + $1) + ($0 % 2 == 0 ? 0.1 : -0.1) }
    let mm = try Fit("v = a S/(K + S)", to: Self.table(("S", s), ("v", v))).figure()
    #expect(mm.scene.panels[0].y.high < 11.5)
    #expect(Self.lines(mm.scene.panels[0], .curve).count == 1)
  }

  @Test("A fitted curve reaches the end of its domain")
  func endOfDomain() throws {
    let x: [Double] = [0.1, 0.5, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    let y = x.enumerated().map { 3 * $1.squareRoot() + ($0 % 2 == 0 ? 0.1 : -0.1) }
    let panel = try Fit("y = a sqrt(x)", to: Self.table(("x", x), ("y", y))).figure().scene.panels[0]
    let curve = try #require(Self.lines(panel, .curve).first)
    #expect(curve[0].x.magnitude < 1e-6 && curve[0].y.magnitude < 1e-2)
    #expect(panel.y.low <= 0)
  }

  @Test("Errors that were given stand at the data and at their residuals")
  func errorBars() throws {
    let x = (0..<8).map(Double.init)
    let y = x.enumerated().map { 1 + 2 * $1 + ($0 % 2 == 0 ? 0.2 : -0.2) }
    let table = Self.table(("x", x), ("y", y), ("s", x.map { 0.3 + 0.1 * $0 }))
    var options = FitOptions()
    options.weights = .errors("s")
    let scene = try Fit("y = a + b x", to: table, options).figure().scene
    for panel in scene.panels {
      let bars = Self.lines(panel, .points)
      #expect(bars.count == 8)
      for (place, bar) in bars.enumerated() {
        #expect(bar[0].x == x[place] && bar[1].x == x[place])
        #expect((bar[1].y - bar[0].y - 2 * (0.3 + 0.1 * x[place])).magnitude < 1e-12)
        #expect(panel.y.low < bar[0].y && panel.y.high > bar[1].y)
      }
    }
    #expect(scene.legend[0].text == "data, 8 rows, ± their errors")
  }

  @Test("A page has the parameters with their errors below the picture")
  func tableOfParameters() throws {
    var options = FitOptions()
    options.fixed = ["a": 3]
    let x = (0..<20).map(Double.init)
    let y = x.enumerated().map { 3 + 2 * $1 + ($0 % 2 == 0 ? 0.2 : -0.2) }
    let fit = try Fit("y = a + b x", to: Self.table(("x", x), ("y", y)), options)
    let page = try fit.figure().html(of: fit)
    #expect(page.contains("<td>a</td><td>3</td><td>fixed</td>"))
    #expect(page.contains("<td>b</td><td>1.99") && page.contains("<td>± 0.00"))
    #expect(page.contains("19 degrees of freedom") && page.contains("95 % interval"))
  }

  @Test("A word with digits stays as it was typed, and large numbers are powers of ten")
  func titles() throws {
    let year = (0..<9).map { 1960 + 5 * Double($0) }
    let table = Self.table(("year", year), ("co2", year.map { 1e6 + 2 * ($0 - 1960) }))
    let fit = try Fit("co2 = 1e6a + b (year - 1960)", to: table)
    #expect(try fit.figure().scene.title == "co2 = 10⁶·a + b(year − 1960)")
    #expect(fit.model.text(.unicode).hasPrefix("co2 = "))
    #expect(try Formula("1e12x^3").figure().scene.title == "f(x) = 10¹²·x³")
  }
}
