import NablaBasics
import NablaDrawing

/// The box around a surface: its floor and its two far walls with their grids, and the ticks along three edges.
struct SurfaceAxes {
  let view: Perspective
  let box: PlaneWindow.Box
  let z: ClosedRange<Double>
  let names: [String]

  /// The corners of the box.
  var corners: [Perspective.Place] {
    [-1.0, 1].flatMap { u in [-1.0, 1].flatMap { v in [-1.0, 1].map { .init(u, v, $0 * view.height) } } }
  }

  /// The part of the picture that the box takes, with the signs on its edges and without its words.
  var reach: (x: ClosedRange<Double>, y: ClosedRange<Double>) {
    let places = corners.map(view.seen)
    let margin = 0.04
    let (xs, ys) = (places.map(\.x), places.map(\.y))
    return (
      ((xs.min() ?? -1) - margin)...((xs.max() ?? 1) + margin),
      ((ys.min() ?? -1) - margin)...((ys.max() ?? 1) + margin)
    )
  }

  /// The far sides of the floor: there the walls stand.
  private var farU: Double { Libm.sin(view.azimuth) > 0 ? 1 : -1 }
  private var farV: Double { Libm.cos(view.azimuth) > 0 ? 1 : -1 }

  private func line(_ a: Perspective.Place, _ b: Perspective.Place, _ ink: Ink) -> Shape {
    .line([view.seen(a), view.seen(b)], Stroke(ink, width: 1))
  }

  private func unit(_ value: Double, _ range: ClosedRange<Double>) -> Double {
    2 * (value - range.lowerBound) / range.length - 1
  }

  /// The axes of the box, the heights' last.
  private var axes: [Axis] {
    zip([box[0], box[1], z], names).map { Axis($0.lowerBound, $0.upperBound, label: $1) }
  }

  private func caption(_ axis: Int) -> String { axes[axis].caption(about: 5) }

  var shapes: [Shape] {
    let low = -view.height
    let high = view.height
    var shapes: [Shape] = []
    let ticks = axes.map { axis in
      axis.ticks(about: 5).filter { $0.value >= axis.low && $0.value <= axis.high }
    }
    // Each tick's line runs over the floor and up the wall, that of a value around both walls.
    for tick in ticks[0] {
      let u = unit(tick.value, box[0])
      shapes.append(line(.init(u, -farV, low), .init(u, farV, low), .faint))
      shapes.append(line(.init(u, farV, low), .init(u, farV, high), .faint))
    }
    for tick in ticks[1] {
      let v = unit(tick.value, box[1])
      shapes.append(line(.init(-farU, v, low), .init(farU, v, low), .faint))
      shapes.append(line(.init(farU, v, low), .init(farU, v, high), .faint))
    }
    for tick in ticks[2] {
      let w = view.height * unit(tick.value, z)
      shapes.append(line(.init(-farU, farV, w), .init(farU, farV, w), .faint))
      shapes.append(line(.init(farU, -farV, w), .init(farU, farV, w), .faint))
    }
    let outline: [(Perspective.Place, Perspective.Place)] = [
      (.init(-1, -farV, low), .init(1, -farV, low)), (.init(-farU, -1, low), .init(-farU, 1, low)),
      (.init(-1, farV, low), .init(1, farV, low)), (.init(farU, -1, low), .init(farU, 1, low)),
      (.init(farU, farV, low), .init(farU, farV, high)),
    ]
    shapes += outline.map { line($0, $1, .muted) }
    return shapes + heightTicks(ticks[2]) + floorTicks(ticks[0], along: 0) + floorTicks(ticks[1], along: 1)
  }

  /// The ticks along a near edge of the floor, and the axis's name.
  private func floorTicks(_ ticks: [Axis.Tick], along axis: Int) -> [Shape] {
    let low = -view.height
    let place = { (along: Double, out: Double) -> Point in
      axis == 0
        ? view.seen(.init(along, -farV * out, low)) : view.seen(.init(-farU * out, along, low))
    }
    let isRight = place(0, 1).x > 0
    let anchor: Anchor = isRight ? .start : .end
    var shapes: [Shape] = []
    for tick in ticks {
      let along = unit(tick.value, box[axis])
      shapes.append(.line([place(along, 1), place(along, 1.035)], Stroke(.muted, width: 1)))
      shapes.append(.text(tick.text, at: [1.09, 1.2].map { place(along, $0) }, anchor, .muted))
    }
    // The name stands farther out the longer the numbers are.
    let name = stride(from: 1.3, through: 2.5, by: 0.1).map { place(0, $0) }
    return shapes + [.text(caption(axis), at: name, .middle, .ink)]
  }

  /// The ticks along the upright edge that is seen farthest to the left.
  private func heightTicks(_ ticks: [Axis.Tick]) -> [Shape] {
    let edges = [(-farU, farV), (farU, -farV)]
    let edge =
      view.seen(.init(edges[0].0, edges[0].1, 0)).x < view.seen(.init(edges[1].0, edges[1].1, 0)).x
      ? edges[0] : edges[1]
    let place = { (w: Double, shift: Double) -> Point in
      let at = view.seen(.init(edge.0, edge.1, w))
      return Point(at.x - shift, at.y)
    }
    var shapes: [Shape] = [
      .line([place(-view.height, 0), place(view.height, 0)], Stroke(.muted, width: 1))
    ]
    for tick in ticks {
      let w = view.height * unit(tick.value, z)
      shapes.append(.line([place(w, 0), place(w, 0.03)], Stroke(.muted, width: 1)))
      shapes.append(.text(tick.text, at: [place(w, 0.05)], .end, .muted))
    }
    let top = place(view.height, 0.03)
    let name = stride(from: 0.08, through: 0.4, by: 0.04).map { Point(top.x, top.y + $0) }
    return shapes + [.text(caption(2), at: name, .middle, .ink)]
  }
}
