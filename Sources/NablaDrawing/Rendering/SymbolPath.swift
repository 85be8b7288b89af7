import NablaBasics

/// The outlines of the signs at points, as SVG paths.
enum SymbolPath {
  static func text(_ symbol: Symbol, at point: Point) -> String {
    switch symbol {
    case .dot: circle(point, 3.4)
    case .speck: SVGNumber.path([point]) + "h0"
    case .ring: circle(point, 5)
    case .star: polygon(point, star(7.5, 3.2))
    case .minimum: polygon(point, [(-5.5, -4), (5.5, -4), (0, 5.5)])
    case .maximum: polygon(point, [(-5.5, 4), (5.5, 4), (0, -5.5)])
    case .saddle: lines(point, [(-4.2, -4.2), (4.2, 4.2)]) + lines(point, [(-4.2, 4.2), (4.2, -4.2)])
    case .diamond: polygon(point, [(-5, 0), (0, -6), (5, 0), (0, 6)])
    }
  }

  private static func circle(_ centre: Point, _ radius: Double) -> String {
    let (x, y) = (SVGNumber.hundredths(centre.x - radius), SVGNumber.hundredths(centre.y))
    let (r, d) = (SVGNumber.text(radius), SVGNumber.text(2 * radius))
    return "M\(SVGNumber.pair(x, y))a\(r) \(r) 0 1 0 \(d) 0a\(r) \(r) 0 1 0-\(d) 0z"
  }

  private static func polygon(_ centre: Point, _ corners: [(Double, Double)]) -> String {
    SVGNumber.path(corners.map { Point(centre.x + $0.0, centre.y + $0.1) }, isClosed: true)
  }

  private static func lines(_ centre: Point, _ corners: [(Double, Double)]) -> String {
    SVGNumber.path(corners.map { Point(centre.x + $0.0, centre.y + $0.1) })
  }

  private static func star(_ outer: Double, _ inner: Double) -> [(Double, Double)] {
    (0..<10).map { corner in
      let angle = Double(corner) * Double.pi / 5 - Double.pi / 2
      let radius = corner % 2 == 0 ? outer : inner
      return (radius * Libm.cos(angle), radius * Libm.sin(angle))
    }
  }
}
