import NablaBasics
import NablaDrawing

/// Arrows along the gradient at the nodes of a grid, their lengths by the logarithm of its size, so that the weak ones
/// still show where they point.
struct GradientField {
  let function: FigureFunction
  let box: PlaneWindow.Box
  /// Of the picture, in pixels.
  let width: Double
  let height: Double

  var arrows: [Arrow] {
    let spacing = 38.0
    let (columns, rows) = (max(4, Int(width / spacing)), max(4, Int(height / spacing)))
    let (unitX, unitY) = (width / box[0].length, height / box[1].length)
    var found: [(centre: Point, x: Double, y: Double, size: Double)] = []
    for row in 0..<rows {
      for column in 0..<columns {
        let x = box[0].lowerBound + box[0].length * (Double(column) + 0.5) / Double(columns)
        let y = box[1].lowerBound + box[1].length * (Double(row) + 0.5) / Double(rows)
        let gradient = function.gradient(x, y)
        let size = Libm.hypot(gradient.x, gradient.y)
        let pixels = Libm.hypot(gradient.x * unitX, gradient.y * unitY)
        guard size > 0, size.isFinite, pixels > 0, pixels.isFinite else { continue }
        found.append((Point(x, y), gradient.x / pixels, gradient.y / pixels, size))
      }
    }
    let sizes = found.map(\.size).sorted()
    guard !sizes.isEmpty else { return [] }
    let (weak, strong) = (sizes[sizes.count / 20], sizes[sizes.count * 19 / 20])
    let span = Libm.log(strong / weak)
    return found.compactMap { item in
      let rank = span > 0.01 ? max(0, min(1, Libm.log(item.size / weak) / span)) : 0.6
      let half = (0.18 + 0.3 * rank) * spacing
      let tail = Point(item.centre.x - half * item.x, item.centre.y - half * item.y)
      let head = Point(item.centre.x + half * item.x, item.centre.y + half * item.y)
      // No arrow sticks out of the domain.
      let isInside = function(tail.x, tail.y).isFinite && function(head.x, head.y).isFinite
      return isInside ? Arrow(from: tail, to: head) : nil
    }
  }
}
