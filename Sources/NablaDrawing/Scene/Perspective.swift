import NablaBasics

/// A view from outside on a box around the origin: places in the box become places in the picture.
///
/// The box reaches from −1 to 1 in the two directions of the floor and from −height to height upwards; the eye looks at
/// its middle from an azimuth and an elevation, both in radians.
package struct Perspective: Hashable, Sendable {
  package var azimuth: Double
  package var elevation: Double
  package var height: Double
  /// From the middle of the box.
  package var distance = 6.5

  package init(azimuth: Double, elevation: Double = 0.5, height: Double = 0.62) {
    self.azimuth = azimuth
    self.elevation = elevation
    self.height = height
  }

  /// A place in the box.
  package struct Place: Hashable, Sendable {
    package var u: Double
    package var v: Double
    package var w: Double

    package init(_ u: Double, _ v: Double, _ w: Double) {
      self.u = u
      self.v = v
      self.w = w
    }
  }

  /// How far behind the middle of the floor a point of it lies.
  package func depth(_ u: Double, _ v: Double) -> Double { u * Libm.sin(azimuth) + v * Libm.cos(azimuth) }

  /// Where a place is seen.
  package func seen(_ place: Place) -> Point {
    let across = place.u * Libm.cos(azimuth) - place.v * Libm.sin(azimuth)
    let along = depth(place.u, place.v)
    let away = along * Libm.cos(elevation) - place.w * Libm.sin(elevation)
    let scale = distance / (distance + away)
    return Point(
      across * scale, (place.w * Libm.cos(elevation) + along * Libm.sin(elevation)) * scale)
  }

  /// The distance on the floor from below the eye, by which a surface over the floor is drawn from back to front.
  package func remoteness(_ u: Double, _ v: Double) -> Double {
    let reach = distance * Libm.cos(elevation)
    return Libm.hypot(u + reach * Libm.sin(azimuth), v + reach * Libm.cos(azimuth))
  }

  /// How much light a face with two edges gets that falls from above and the left.
  package func light(_ a: Place, _ b: Place, _ c: Place) -> Double {
    let (p, q) = ((b.u - a.u, b.v - a.v, b.w - a.w), (c.u - a.u, c.v - a.v, c.w - a.w))
    var normal = (p.1 * q.2 - p.2 * q.1, p.2 * q.0 - p.0 * q.2, p.0 * q.1 - p.1 * q.0)
    if normal.2 < 0 { normal = (-normal.0, -normal.1, -normal.2) }
    let length = Libm.hypot(Libm.hypot(normal.0, normal.1), normal.2)
    guard length > 0 else { return 0.5 }
    let side = azimuth + 2.4
    let lamp = (-0.55 * Libm.cos(side), 0.55 * Libm.sin(side), 0.84)
    let cosine = (normal.0 * lamp.0 + normal.1 * lamp.1 + normal.2 * lamp.2) / length
    return max(0, min(1, 0.32 + 0.42 * cosine))
  }
}
