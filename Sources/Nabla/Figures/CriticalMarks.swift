import NablaBasics
import NablaDrawing

/// Marks points of zero gradient and says in the legend what they are.
struct CriticalMarks {
  let points: [MarkedPoint]
  /// Whether there may be others in the picture, so that a number of them would say too much.
  var isOpen = false

  func add(
    to panel: inout Panel, _ legend: inout [Legend], at place: (MarkedPoint) -> [Double]
  ) {
    for kind in Self.order {
      let some = points.filter { $0.kind == kind }
      guard !some.isEmpty else { continue }
      let marks = some.map { point in
        let at = place(point)
        return Point(at[0], at[1])
      }
      panel.add(.marks(marks, Self.symbol(kind), .ink), to: .points)
      let text =
        some.count <= 2
        ? "\(some.count == 1 ? kind.rawValue : Self.plural(kind)) \(some.map { Self.place(place($0)) }.joined(separator: ", "))"
        : "\(isOpen ? "some" : String(some.count)) \(Self.plural(kind))"
      legend.append(Legend(.mark(Self.symbol(kind), .ink), text))
    }
  }

  /// `(1.19, −0.893)`
  static func place(_ coordinates: [Double]) -> String {
    let parts = coordinates.prefix(4).map { Axis.text($0, digits: 3) } + (coordinates.count > 4 ? ["…"] : [])
    return coordinates.count == 1 ? parts[0] : "(\(parts.joined(separator: ", ")))"
  }

  static func capitalized(_ kind: CriticalPoint.Kind) -> String {
    kind.rawValue.prefix(1).uppercased() + kind.rawValue.dropFirst()
  }

  private static let order: [CriticalPoint.Kind] = [
    .localMinimum, .localMaximum, .saddle, .inflection, .degenerate,
  ]

  private static func plural(_ kind: CriticalPoint.Kind) -> String {
    switch kind {
    case .localMinimum: "local minima"
    case .localMaximum: "local maxima"
    case .saddle: "saddles"
    case .inflection: "inflection points"
    case .degenerate: "degenerate points"
    }
  }

  static func symbol(_ kind: CriticalPoint.Kind) -> Symbol {
    switch kind {
    case .localMinimum: .minimum
    case .localMaximum: .maximum
    case .saddle: .saddle
    case .inflection, .degenerate: .diamond
    }
  }
}
