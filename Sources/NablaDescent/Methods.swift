import NablaBasics

/// The list of descent methods; options, help and comparisons are made from it.
///
///     try Methods.named("gd")?.make(["rate": 0.1]).title   // "gradient descent, rate 0.1"
public enum Methods {
  /// One number that a method can be given.
  public struct Setting: Hashable, Sendable {
    /// The option's name: `rate`.
    public let name: String
    /// What it is when nobody says.
    public let standard: Double
    /// What it means, in one sentence.
    public let summary: String
    /// The values allowed, exclusive at both ends.
    public let range: Range<Double>
  }

  /// The settings of one method, all present and in range.
  struct Settings: Sendable {
    fileprivate var values: [String: Double] = [:]

    /// A setting by its name.
    subscript(name: String) -> Double { values[name] ?? .nan }
  }

  /// A setting that a method does not know or a value it cannot have.
  public enum SettingError: NablaError, Hashable {
    /// The method has no such setting.
    case unknown(setting: String, method: String, known: [String])
    /// The value lies outside the range.
    case outOfRange(setting: String, value: Double, above: Double, below: Double)

    /// What is wrong, as a sentence without a full stop.
    public var sentence: String {
      switch self {
      case .unknown(let setting, let method, let known):
        "\(method) has no setting ‘\(setting)’: it has "
          + (known.isEmpty ? "none" : known.joined(separator: ", "))
      case .outOfRange(let setting, let value, let above, let below):
        "\(setting) lies above \(NumberText.shortest(above))"
          + (below.isFinite ? " and below \(NumberText.shortest(below))" : "")
          + ", not at \(NumberText.shortest(value))"
      }
    }
  }

  /// Everything known about one method.
  public struct Row: Sendable {
    /// The name on the command line: `gd`.
    public let name: String
    /// Other names it answers to.
    public let aliases: [String]
    /// What it does, in one sentence.
    public let summary: String
    /// The numbers it can be given.
    public let settings: [Setting]
    /// The method for settings that are all present and in range.
    let build: @Sendable (_ settings: Settings) -> any Method

    /// The method with some settings given and the others as usual.
    public func make(_ given: [String: Double] = [:]) throws(SettingError) -> any Method {
      var complete = Settings()
      for setting in settings {
        let value = given[setting.name] ?? setting.standard
        let isAllowed = value > setting.range.lowerBound && value < setting.range.upperBound
        guard isAllowed else {
          throw .outOfRange(
            setting: setting.name, value: value, above: setting.range.lowerBound,
            below: setting.range.upperBound)
        }
        complete.values[setting.name] = value
      }
      for name in given.keys.sorted() where complete.values[name] == nil {
        throw .unknown(setting: name, method: self.name, known: settings.map(\.name))
      }
      return build(complete)
    }
  }

  /// All methods, in the order of the help.
  public static let all: [Row] =
    [
      Automatic.row, TrustRegionNewton.row, TrustRegionNewton.levenbergMarquardt, SparseNewton.row,
      ProjectedNewton.row, BFGS.row, LimitedMemoryBFGS.row, ConjugateGradients.row, NelderMead.row,
      GradientDescent.row,
      BacktrackingDescent.row, Momentum.row, Momentum.nesterov,
    ] + AdaptiveRates.rows

  /// Whether a method keeps within bounds.
  public static func keepsBounds(_ name: String) -> Bool {
    guard let row = named(name) else { return false }
    let keepers = [
      Automatic.row, TrustRegionNewton.row, TrustRegionNewton.levenbergMarquardt, ProjectedNewton.row,
    ]
    return keepers.contains { $0.name == row.name }
  }

  /// The method with this name or alias.
  public static func named(_ name: String) -> Row? {
    all.first { $0.name == name || $0.aliases.contains(name) }
  }
}
