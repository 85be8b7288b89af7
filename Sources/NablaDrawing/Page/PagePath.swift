import NablaBasics

extension Page {
  /// A path as it was recorded, and how the page walks from another start.
  package struct Path: Sendable {
    package var title: String
    /// Who walks from another start.
    package var walker: Walker
    /// The settings of the method by their names: `rate`.
    package var settings: [String: Double]
    /// Exactly so many steps from another start; nil until the gradient has vanished.
    package var steps: Int?
    /// The most steps where their number is not given.
    package var limit: Int
    /// The number of its colour.
    package var ink: Int
    package var k: [Int]
    package var x: [[Double]]
    package var f: [Double]
    package var norm: [Double]
    /// What the legend and the description of the picture call the recorded path.
    package var legend = ""

    package init(
      title: String, walker: Walker, settings: [String: Double], steps: Int?, limit: Int, ink: Int, k: [Int],
      x: [[Double]], f: [Double], norm: [Double]
    ) {
      self.title = title
      self.walker = walker
      self.settings = settings
      self.steps = steps
      self.limit = limit
      self.ink = ink
      self.k = k
      self.x = x
      self.f = f
      self.norm = norm
    }
  }

  /// Who walks from a start, or at a rate, that is not the recorded one.
  package enum Walker: Hashable, Sendable {
    /// The method itself, which the page's script takes the same steps by: `gd`.
    case same(String)
    /// The script's own Newton's method, in place of one that it does not have.
    case newton
    /// The script's descent by backtracking, in place of a method for many variables.
    case backtracking
    /// Nobody: the path is shown from its own start only.
    case nobody

    /// The methods of which the script knows the steps.
    private static let known: Set<String> = [
      "gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "backtracking",
    ]
    /// From more variables than this, differences for a Hessian take too long under the finger.
    private static let mostForNewton = 20

    /// The walker for a method of the command; several methods on one page are compared, and none stands for another.
    package init(method: String?, isAlone: Bool, variables: Int) {
      guard let method else {
        self = .nobody
        return
      }
      if Self.known.contains(method) {
        self = .same(method)
      } else if variables <= Self.mostForNewton, isAlone || method == "newton" {
        self = .newton
      } else {
        self = isAlone ? .backtracking : .nobody
      }
    }

    /// What the script calls the method.
    var key: String? {
      switch self {
      case .same(let method): method
      case .newton: "newton"
      case .backtracking: "backtracking"
      case .nobody: nil
      }
    }

    /// What a learner calls a method that stands for another.
    func title(upwards: Bool) -> String? {
      switch self {
      case .same, .nobody: nil
      case .newton: "damped Newton’s method"
      case .backtracking: "gradient \(upwards ? "ascent" : "descent") with backtracking"
      }
    }
  }

  /// What walks from another start, in words.
  var walkSentence: String {
    let same = paths.filter { if case .same = $0.walker { true } else { false } }
    let rates = Set(same.compactMap { $0.settings["rate"] })
    let from = "From another start" + (rates.isEmpty ? " " : " or at another rate ")
    var sentences: [String] = []
    if paths.count == 1, !same.isEmpty { sentences.append(from + "the same method walks.") }
    if paths.count > 1, let first = same.first {
      let titles = same.map(\.title).joined(separator: ", ")
      sentences.append(from + "there are walks by \(titles), as in the command.")
      if rates.count > 1 { sentences.append("The rate is that of \(first.title); the others go with it.") }
    }
    for path in paths {
      guard let title = path.walker.title(upwards: isMaximum) else { continue }
      let details =
        path.walker == .newton
        ? " (second derivatives from differences of the gradient; along the gradient where that fails)" : ""
      sentences.append(
        "From another start this page walks by a \(title) of its own\(details), not by the command’s "
          + "\(path.title).")
    }
    let absent = paths.filter { $0.walker == .nobody }.map(\.title).joined(separator: ", ")
    if !absent.isEmpty { sentences.append("Only from the recorded start there is a path by \(absent).") }
    return sentences.joined(separator: " ")
  }
}

extension Page.Path {
  /// What the script is told of the path.
  func model(upwards: Bool) -> String {
    var settings = settings
    if walker == .backtracking { settings["reach"] = 0.1 }
    return JSON.object([
      ("title", JSON.text(title)), ("method", walker.key.map(JSON.text) ?? "null"),
      ("by", walker.title(upwards: upwards).map(JSON.text) ?? "null"), ("legend", JSON.text(legend)),
      ("settings", JSON.object(settings.sorted { $0.key < $1.key }.map { ($0.key, JSON.exact($0.value)) })),
      ("steps", steps.map { String($0) } ?? "null"), ("limit", String(limit)), ("ink", String(ink)),
      ("k", JSON.list(k.map { String($0) })), ("f", JSON.list(f.map(JSON.shown))),
      ("x", JSON.list(x.map { JSON.list($0.map(JSON.number)) })), ("norm", JSON.list(norm.map(JSON.shown))),
    ])
  }
}
