import NablaAlgebra
import NablaBasics
import NablaDescent
import NablaDrawing

/// A picture of a formula, its gradient or its descent, ready to be written as SVG, as a page or for a terminal.
///
///     let f = try Formula("x^2 + 5x + 6")
///     let path = try f.minimize(from: [-8], GradientDescent(rate: 0.1), .steps(15))
///     try f.figure(paths: [FigurePath(path)]).svg()   // "<svg …"
///
/// The same formula and options give the same bytes on every machine.
public struct Figure: Sendable {
  /// What is drawn.
  package var scene: Scene
  /// The window: one stretch a variable, and of the values for a curve.
  public let window: [ClosedRange<Double>]
  /// What the window was chosen from; nil where it was given.
  public let windowReason: String?
  /// What is to be known about the picture, in sentences.
  public let remarks: [String]
  /// The points of zero gradient that are marked.
  package let marked: [MarkedPoint]
  /// The paths that are drawn.
  package var paths: [FigurePath] = []
  /// The best value found, against which convergence is drawn.
  package var best: Double?
  /// Whether arrows of the gradient are drawn.
  package var hasField = false
  /// From where a surface is seen; nil for other pictures.
  package var azimuth: Double?

  package init(
    scene: Scene, window: [ClosedRange<Double>], windowReason: String?, remarks: [String] = [],
    marked: [MarkedPoint] = []
  ) {
    self.scene = scene
    self.window = window
    self.windowReason = windowReason
    self.remarks = remarks
    self.marked = marked
  }

  /// The picture as SVG 1.1, light or dark as the reader's screen prefers.
  public func svg() -> String { SVG().text(of: scene) }

  /// The picture in characters without colours: braille dots, or ASCII alone; nil rows are what suits the picture.
  public func text(columns: Int = 80, rows: Int? = nil, isASCII: Bool = false) -> String {
    TerminalRenderer(columns: columns, rows: rows, isASCII: isASCII).text(of: scene)
  }
}

/// What a picture may be told.
public struct FigureOptions: Sendable {
  /// The colours of a picture.
  public enum Theme: String, Hashable, Sendable, CaseIterable {
    /// What the reader's screen prefers.
    case auto
    /// Dark ink on a light page.
    case light
    /// Light ink on a dark page.
    case dark

    /// What the drawing calls it.
    var drawn: NablaDrawing.Theme {
      switch self {
      case .auto: .auto
      case .light: .light
      case .dark: .dark
      }
    }
  }

  /// The stretch of each variable by its place from 0, where it is given; between two different finite numbers.
  public var window: [Int: ClosedRange<Double>] = [:]
  /// The stretch of the values of a curve or a surface.
  public var values: ClosedRange<Double>?
  /// Width and height in pixels, from 40 to 20,000.
  public var size: (width: Double, height: Double)?
  /// How many contours a formula of two variables has, from 1 to 1,000; nil is about eleven at round values.
  public var levels: Int?
  /// A surface in perspective instead of contours.
  public var isSurface = false
  /// Whether gradient arrows are drawn; nil draws them where they help: without a path.
  public var hasField: Bool?
  /// Light, dark, or what the reader's screen prefers.
  public var theme = Theme.auto

  /// Ends the work early, with an error; it is looked at for every value.
  public var cancellation: Cancellation?

  /// Whether the picture stands on a page, which has a heading and turns surfaces itself.
  package var isPage = false

  /// The usual.
  public init() {}
}

extension FigureOptions {
  /// What no picture can be drawn with, in a sentence; nil where there is nothing.
  func mistake(variables count: Int) -> String? {
    if let place = window.keys.sorted().first(where: { !(0..<count).contains($0) }) {
      return "the window has a stretch for a variable at place \(place), counted from 0, and there "
        + (count == 1 ? "is 1 variable" : "are \(count) variables")
    }
    for range in window.values + [values].compactMap({ $0 }) {
      guard range.lowerBound.isFinite, range.upperBound.isFinite, range.lowerBound < range.upperBound else {
        return "the ends of a window are two different finite numbers"
      }
    }
    if let levels, !(1...1000).contains(levels) { return "contours have 1 to 1,000 levels" }
    if let size, ![size.width, size.height].allSatisfy((40...20_000).contains) {
      return "width and height are 40 to 20,000 pixels"
    }
    return nil
  }
}

/// A descent to draw.
public struct FigurePath: Sendable {
  /// What the legend calls it.
  public var name: String
  /// The iterates.
  public var points: [Trace.Point]
  /// What was looked for.
  public var sense: Objective.Sense
  /// The method's name in `Methods.all`, by which a page runs it again; nil where a page should not.
  public var method: String?
  /// The settings of the method by their names; those that are not given are the usual ones.
  public var settings: [String: Double]
  /// The box that the descent kept within.
  public var bounds: Bounds?
  /// The number of steps that was asked for, and the most iterations where they ended the descent.
  package let steps: Int?
  package let limit: Int?

  /// The iterates that a trace kept, under the method's name where no other is given.
  public init(
    _ trace: Trace, name: String? = nil, method: String? = nil, settings: [String: Double] = [:],
    bounds: Bounds? = nil
  ) {
    self.name = name ?? trace.method
    self.method = method
    let usual = method.flatMap(Methods.named)?.settings.map { ($0.name, $0.standard) } ?? []
    self.settings = Dictionary(uniqueKeysWithValues: usual).merging(settings) { $1 }
    self.bounds = bounds
    steps = if case .requestedSteps(let count) = trace.stop { count } else { nil }
    limit = if case .iterationLimit(let count) = trace.stop { count } else { nil }
    points = trace.points
    sense = trace.sense
  }
}

/// Why there is no picture.
public enum FigureError: NablaError, Hashable {
  /// The formula has no values.
  case formula(FormulaError)
  /// There is nothing to see, in a sentence.
  case nothingToDraw(String)

  /// What is wrong, in a sentence.
  public var sentence: String {
    switch self {
    case .formula(let error): error.sentence
    case .nothingToDraw(let sentence): sentence
    }
  }
}

/// A marked point of zero gradient.
package struct MarkedPoint: Sendable {
  package let coordinates: [Double]
  package let value: Double
  package let kind: CriticalPoint.Kind

  /// The same with 0 for a value that is rounding's own beside the values of the picture.
  func tidied(among size: Double) -> MarkedPoint {
    value.magnitude < 1e-13 * size ? MarkedPoint(coordinates: coordinates, value: 0, kind: kind) : self
  }
}

extension Formula {
  /// The picture that suits the formula: a curve for one variable, contours or a surface for two, f and |∇f| against
  /// the iteration for more.
  ///
  /// Throws a sentence where there is nothing to see: no variables, parameters without values, no point in the window at
  /// which the formula is defined; where the options cannot be met, as by a window for a variable that it does not have;
  /// and `.overrun(.cancelled)` where the options' cancellation was called for.
  public func figure(
    _ options: FigureOptions = FigureOptions(), paths: [FigurePath] = []
  ) throws(FigureError) -> Figure {
    if let sentence = options.mistake(variables: variables.count) { throw .nothingToDraw(sentence) }
    let function: FigureFunction
    do { function = FigureFunction(try compiled(), cancellation: options.cancellation) } catch {
      throw .formula(error)
    }
    var figure: Figure
    do throws(FigureError) { figure = try self.figure(of: function, options, paths) } catch {
      throw function.isCancelled ? .formula(.overrun(.cancelled)) : error
    }
    // What a cancelled formula leaves is no picture.
    if function.isCancelled { throw .formula(.overrun(.cancelled)) }
    figure.paths = paths
    figure.scene.hasTitle = !options.isPage
    return figure
  }

  private func figure(
    of function: FigureFunction, _ options: FigureOptions, _ paths: [FigurePath]
  ) throws(FigureError) -> Figure {
    switch variables.count {
    case 0:
      let constant = text(of: expression)
      throw .nothingToDraw(
        "\(constant) has no variable to draw it against; f(x) = \(constant) has one")
    case 1: return try CurveFigure(formula: self, function: function, options: options, paths: paths).figure()
    case 2:
      return try PlaneFigure(formula: self, function: function, options: options, paths: paths).figure()
    default:
      guard !paths.isEmpty else {
        throw .nothingToDraw(
          "\(variables.count) variables are too many for a curve, contours or a surface"
        )
      }
      return ConvergenceFigure(formula: self, options: options, paths: paths).figure()
    }
  }
}
