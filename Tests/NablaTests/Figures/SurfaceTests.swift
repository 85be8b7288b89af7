import NablaBasics
import NablaDrawing
import Testing

@testable import Nabla

/// Surfaces: what is cut where, what is hidden behind what, what stands beside it.
@Suite struct SurfaceTests {
  /// From the side and from very far: what is level is seen as a line.
  private static let fromTheSide: Perspective = {
    var view = Perspective(azimuth: 0.3, elevation: 0, height: 1)
    view.distance = 1e7
    return view
  }()

  private static func mesh(
    _ text: String, z: ClosedRange<Double>, view: Perspective = fromTheSide, isSmall: Bool = false
  ) throws -> SurfaceMesh {
    SurfaceMesh(
      function: FigureFunction(try Formula(text, variables: ["x", "y"]).compiled()),
      box: [-2.6...2.6, -2...2], z: z,
      view: view, isSmall: isSmall)
  }

  private static func faces(_ mesh: SurfaceMesh) -> [[Point]] {
    mesh.cells.flatMap { cell in
      cell.shapes.compactMap { shape in
        if case .face(let points, _, let part) = shape, part.hasInside { points } else { nil }
      }
    }
  }

  private static func area(_ points: [Point]) -> Double {
    zip(points, points.dropFirst() + points.prefix(1)).reduce(0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y }
      .magnitude / 2
  }

  @Test(
    "Steps have no ramps between them: every face of a function of steps is level", arguments: [false, true])
  func steps(isSmall: Bool) throws {
    for (text, z) in [("floor(x)", -3.0...2.0), ("floor(x) + floor(y)", -5...3), ("sign(x - y/3)", -1...1)] {
      let faces = Self.faces(try Self.mesh(text, z: z, isSmall: isSmall))
      #expect(faces.count > 200)
      for face in faces {
        let heights = face.map(\.y)
        #expect((heights.max() ?? 0) - (heights.min() ?? 0) < 1e-4, "\(text)")
      }
    }
  }

  @Test("The steps of a function cover the whole floor, up to the lines between them")
  func nothingIsLost() throws {
    var fromAbove = Perspective(azimuth: 0, elevation: Double.pi / 2, height: 1)
    fromAbove.distance = 1e7
    for (text, z) in [("floor(x) + y", -5.0...4.0), ("x^2 + y^2", 0...12), ("floor(x) + floor(y)", -5...3)] {
      let faces = Self.faces(try Self.mesh(text, z: z, view: fromAbove))
      let area = faces.reduce(0) { $0 + Self.area($1) }
      #expect((area - 4).magnitude < 0.03, "\(text): \(area)")
    }
  }

  @Test("At a pole the surface leaves the picture on both sides, without a wall from one to the other")
  func poles() throws {
    // Seen along y, faces of 1/x lie on its curve.
    var along = Perspective(azimuth: 0, elevation: 0, height: 1)
    along.distance = 1e7
    for face in Self.faces(try Self.mesh("1/x", z: -5...5, view: along)) {
      let (left, right) = (face.map(\.x).min() ?? 0, face.map(\.x).max() ?? 0)
      #expect(left > -1e-6 || right < 1e-6)
    }
  }

  @Test(
    "No face reaches from one side of a pole to the other, also where the pole runs through corners of the grid",
    arguments: [false, true])
  func sides(isSmall: Bool) throws {
    var fromAbove = Perspective(azimuth: 0, elevation: Double.pi / 2, height: 1)
    fromAbove.distance = 1e7
    for text in ["1/(x - y)", "1/(x y)", "1/x", "tan(x + y)", "1/(x^2 - y)"] {
      let function = FigureFunction(try Formula(text, variables: ["x", "y"]).compiled())
      let seen = try [fromAbove, Self.fromTheSide].map { view in
        Self.faces(try Self.mesh(text, z: -5...5, view: view, isSmall: isSmall))
      }
      let (floors, walls) = (seen[0], seen[1])
      #expect(floors.count > 100 && floors.count == walls.count)
      for (place, height) in zip(floors.joined(), walls.joined()) {
        let value = function(place.x * 2.6, place.y * 2)
        // Above the floor's middle where the values are positive, below it where they are not.
        #expect(!value.isFinite || (value > 0 ? height.y > -0.05 : height.y < 0.05), "\(text) at \(place)")
      }
    }
  }

  @Test("No arrow points across a pole", arguments: ["1/(x - y)", "tan(x + y)"])
  func arrowsAtPoles(text: String) throws {
    let z = -10.0...10.0
    let box: PlaneWindow.Box = [-2.6...2.6, -2.0...2.0]
    let formula = try Formula(text)
    let figure = try formula.figure(
      Self.options { ($0.window, $0.values) = ([0: box[0], 1: box[1]], z) })
    let drawn = figure.scene.panels[0].items.count { if case .arrows = $0.shape { true } else { false } }
    let function = FigureFunction(try formula.compiled())
    let field = GradientField(function: function, box: box, width: 460, height: 460).arrows.filter { arrow in
      [arrow.tail, arrow.head].allSatisfy { z.padded(0.01).contains(function($0.x, $0.y)) }
    }
    // Both functions rise along every arrow, but for the pole.
    let whole = field.filter { function($0.tail.x, $0.tail.y) < function($0.head.x, $0.head.y) }
    #expect(whole.count < field.count)
    #expect(drawn == whole.count)
  }

  @Test("The surface ends where its domain ends")
  func domain() throws {
    var fromAbove = Perspective(azimuth: 0, elevation: Double.pi / 2, height: 1)
    fromAbove.distance = 1e7
    let faces = Self.faces(try Self.mesh("sqrt(1 - x^2 - y^2)", z: 0...1, view: fromAbove))
    // The unit disc on a floor of 5.2 by 4, which is seen as 2 by 2.
    let area = faces.reduce(0) { $0 + Self.area($1) }
    #expect((area - Double.pi * 4 / (5.2 * 4)).magnitude < 0.01, "\(area)")
  }

  @Test("Steep faces change their colours with the height")
  func strips() throws {
    let mesh = try Self.mesh("1/(x^2 + y^2)", z: 0...2.5)
    var inks: Set<Double> = []
    for cell in mesh.cells {
      for case .face(let points, .shaded(let place, _), .inside) in cell.shapes {
        let middle = points.map(\.y).reduce(0, +) / Double(points.count)
        // From −1 to 1 upwards.
        #expect(((middle + 1) / 2 - place).magnitude < 0.06)
        inks.insert((place * 100).rounded())
      }
    }
    #expect(inks.count > 15)
  }

  private static func options(_ change: (inout FigureOptions) -> Void = { _ in }) -> FigureOptions {
    var options = FigureOptions()
    options.isSurface = true
    change(&options)
    return options
  }

  private static func texts(_ figure: Figure) -> [String] {
    figure.scene.panels[0].items.compactMap {
      if case .text(let text, _, _, _) = $0.shape { text } else { nil }
    }
  }

  @Test("Names, ticks, arrows, marks and paths stand in the picture of a surface")
  func parts() throws {
    let formula = try Formula("f(x, y) = 3x^2 + 8xy - 3y^5")
    let figure = try formula.figure(Self.options())
    let texts = Self.texts(figure)
    for name in ["x", "y", "f", "0", "20"] { #expect(texts.contains(name), "\(name)") }
    #expect(figure.scene.legend.map(\.text).contains("saddle (0, 0)"))
    let arrows = figure.scene.panels[0].items.count { if case .arrows = $0.shape { true } else { false } }
    #expect(arrows > 40)
    let path = FigurePath(try formula.minimize(from: [1, -0.5]))
    let walked = try formula.figure(Self.options(), paths: [path])
    let items = walked.scene.panels[0].items.map(\.shape)
    #expect(!items.contains { if case .arrows = $0 { true } else { false } })
    #expect(items.contains { if case .marks(_, .ring, _) = $0 { true } else { false } })
    #expect(items.contains { if case .marks(_, .star, _) = $0 { true } else { false } })
    #expect(items.contains { if case .line(_, let stroke) = $0 { stroke.ink == .series(1) } else { false } })
  }

  @Test("What lies behind is drawn first")
  func order() throws {
    let formula = try Formula("x^2 + y^2")
    let figure = try formula.figure(Self.options { $0.hasField = false })
    let faces = figure.scene.panels[0].items.compactMap { item -> [Point]? in
      if case .face(let points, _, let part) = item.shape, part.hasInside { points } else { nil }
    }
    // The bowl's far rim is higher in the picture than its near one, and comes first.
    let height = { (faces: ArraySlice<[Point]>) in
      faces.reduce(0) { $0 + $1.map(\.y).reduce(0, +) / Double($1.count) } / Double(faces.count)
    }
    #expect(height(faces.prefix(60)) > height(faces.suffix(60)))
  }

  @Test("Given values cut the surface, and a level surface is drawn")
  func values() throws {
    let cut = try Formula("x^2 + y^2").figure(Self.options { $0.values = 0...1 })
    #expect(Self.texts(cut).contains("1.0"))
    #expect(!Self.texts(cut).contains("2"))
    let level = try Formula("f(x, y) = 3").figure(Self.options())
    #expect(level.remarks.contains { $0.contains("everywhere") })
    #expect(level.scene.panels[0].items.contains { $0.layer == .mesh })
  }

  @Test(
    "No word of a surface's picture lies outside it",
    arguments: ["3x^2 + 8xy - 3y^5", "1e8 x^2 + y", "floor(x) + y"])
  func words(text: String) throws {
    let figure = try Formula(text).figure(Self.options())
    let frame = Layout(figure.scene).frames[0]
    for case .text(let text, let places, let anchor, _) in frame.panel.items.map(\.shape) {
      let at = try #require(places.first)
      let width = Layout.textWidth(text)
      let left = frame.pixel(at).x - (anchor == .start ? 0 : anchor == .middle ? width / 2 : width)
      #expect(left > 0 && left + width < Layout(figure.scene).width, "\(text)")
      #expect(frame.pixel(at).y > 8 && frame.pixel(at).y < Layout(figure.scene).height, "\(text)")
    }
  }

  @Test(
    "No word touches another, in pictures of every size",
    arguments: ["ln(x) + ln(y)", "3x^2 + 8xy - 3y^5", "1e8 x^2 + y", "x^2 - y^2"])
  func crowdedWords(text: String) throws {
    for size in [nil, (width: 300.0, height: 220.0), (width: 200, height: 200)] {
      let figure = try Formula(text).figure(Self.options { $0.size = size })
      let frame = Layout(figure.scene).frames[0]
      let boxes = frame.panel.items.compactMap {
        item -> (text: String, left: Double, right: Double, y: Double)? in
        guard case .text(let text, let places, let anchor, _) = item.shape else { return nil }
        let (width, at) = (Layout.textWidth(text), frame.pixel(places[0]))
        let left = at.x - (anchor == .start ? 0 : anchor == .middle ? width / 2 : width)
        return (text, left, left + width, at.y)
      }
      if size == nil { #expect(boxes.count > 12) }
      for (number, one) in boxes.enumerated() {
        for other in boxes.dropFirst(number + 1) where (one.y - other.y).magnitude < 11 {
          #expect(one.right < other.left || other.right < one.left, "\(one.text) and \(other.text)")
        }
      }
    }
  }

  @Test("A long name of an axis stands beside its numbers, not over them")
  func longNames() throws {
    let figure = try Formula("x^2 + y^2").figure(
      Self.options { $0.window = [0: 1_000_000...1_000_001, 1: -1e-6...1e-6] })
    let frame = Layout(figure.scene).frames[0]
    let texts = frame.panel.items.compactMap { item -> String? in
      if case .text(let text, _, _, _) = item.shape { text } else { nil }
    }
    for text in ["x − 10⁶", "y / 10⁻⁶", "(f − 10¹²) / 10⁶", "0.6"] { #expect(texts.contains(text)) }
  }

  @Test(
    "Numbers along a surface stand in a terminal as a whole or not at all",
    arguments: ["x^2 - y^2", "e^(x+y)", "x^2 + y^2"])
  func terminal(text: String) throws {
    let figure = try Formula(text).figure(Self.options())
    let known = Set(Self.texts(figure))
    for (columns, rows) in [(80, 24), (100, 30), (80, 14), (60, 20), (30, 10)] {
      let lines = figure.text(columns: columns, rows: rows).split(
        separator: "\n", omittingEmptySubsequences: false)
      let picture = lines.prefix { !$0.contains("∇f") }
      let words = picture.flatMap { $0.split { !($0.isLetter || $0.isNumber || $0 == "−" || $0 == ".") } }
      for word in words { #expect(known.contains(String(word)), "\(word) in \(columns)x\(rows)") }
      if columns >= 80, rows >= 24 {
        let shown = words.map(String.init)
        #expect(Set(shown).isSuperset(of: ["x", "y", "f"]))
        #expect(shown.count > 13, "\(shown)")
      }
    }
  }
}
