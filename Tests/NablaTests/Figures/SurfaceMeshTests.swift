import NablaBasics
import NablaDrawing
import Testing

@testable import Nabla

/// The faces of smooth surfaces: without gaps between them, and as near to the surface as the picture shows.
@Suite struct SurfaceMeshTests {
  private static let box: PlaneWindow.Box = [-2.6...2.6, -2...2]

  private static func mesh(_ text: String, z: ClosedRange<Double>, _ view: Perspective) throws -> SurfaceMesh
  {
    SurfaceMesh(
      function: FigureFunction(try Formula(text, variables: ["x", "y"]).compiled()), box: box, z: z,
      view: view, isSmall: false)
  }

  /// A point of the surface: its place on the floor and its height as a part of the values shown.
  private struct Vertex: Hashable {
    var x: Double
    var y: Double
    var height: Double
  }

  /// The corners of all shapes that are drawn over each cell, found by looking from above and from the side.
  private static func cells(
    _ text: String, z: ClosedRange<Double>, _ isWanted: (FacePart) -> Bool
  ) throws -> [[[Vertex]]] {
    var above = Perspective(azimuth: 0, elevation: Double.pi / 2, height: 1)
    var beside = Perspective(azimuth: 0, elevation: 0, height: 1)
    (above.distance, beside.distance) = (1e7, 1e7)
    let seen = try [above, beside].map { view in
      try mesh(text, z: z, view).cells.map { cell in
        cell.shapes.compactMap { shape in
          if case .face(let points, _, let part) = shape, isWanted(part) { points } else { nil }
        }
      }
    }
    return zip(seen[0], seen[1]).map { cell in
      zip(cell.0, cell.1).map { face in
        zip(face.0, face.1).map { Vertex(x: 2.6 * $0.x, y: 2 * $0.y, height: ($1.y + 1) / 2) }
      }
    }
  }

  @Test("What one face has on a line of the grid, the face beside it has too: no gap opens between them")
  func gaps() throws {
    let (text, z) = ("sin(x y)", -1.0...1.0)
    #expect(try Self.mesh(text, z: z, Perspective(azimuth: 0)).parts == 1)
    var counts: [Vertex: Int] = [:]
    for cell in try Self.cells(text, z: z, { $0 != .inside }) {
      let rounded = cell.joined().map { vertex in
        let round = { (value: Double) in (value * 1e5).rounded() }
        return Vertex(x: round(vertex.x), y: round(vertex.y), height: round(vertex.height))
      }
      for vertex in Set(rounded) { counts[vertex, default: 0] += 1 }
    }
    #expect(counts.count > 31 * 31 + 100)
    for (vertex, count) in counts where vertex.x.magnitude < 2.599e5 && vertex.y.magnitude < 1.999e5 {
      #expect(count > 1, "\(vertex)")
    }
  }

  @Test("A ridge across the cells is straight: every face lies on the surface")
  func ridge() throws {
    let formula = try Formula("-abs(x + 1.3 y)", variables: ["x", "y"]).compiled()
    let cells = try Self.cells("-abs(x + 1.3 y)", z: -5.2...0) { $0.hasInside }
    for face in cells.joined() {
      let count = Double(face.count)
      let (x, y) = (face.reduce(0) { $0 + $1.x } / count, face.reduce(0) { $0 + $1.y } / count)
      let height = face.reduce(0) { $0 + $1.height } / count
      #expect((5.2 * height - 5.2 - formula([x, y])).magnitude < 1e-3, "at \(x), \(y)")
    }
  }

  @Test("Cells are cut in parts where the function bends much, not where it jumps or ends")
  func parts() throws {
    let rows: [(text: String, z: ClosedRange<Double>, parts: ClosedRange<Int>)] = [
      ("x^2 - y^2", -4...7, 1...1), ("3x^2 + 8xy - 3y^5", -100...100, 1...1), ("floor(x) + y", -5...4, 1...1),
      ("floor(x y)", -6...6, 1...1), ("1/(x - y)", -5...5, 1...1), ("sin(2 x y)", -1...1, 2...2),
      ("sin(5 x y)", -1...1, 3...3),
    ]
    for row in rows {
      let parts = try Self.mesh(row.text, z: row.z, Perspective(azimuth: 0)).parts
      #expect(row.parts.contains(parts), "\(row.text): \(parts)")
    }
  }

  @Test("However many parts a cell has, the lines on the surface are those of the grid")
  func lines() throws {
    for text in ["sin(5 x y)", "sin(x y)"] {
      let sides = try Self.cells(text, z: -1...1) { $0 == .side }.joined()
      #expect(sides.count > 400)
      for side in sides {
        for (a, b) in zip(side, side.dropFirst()) {
          let isAlong = [(a.x / 2.6, b.x / 2.6), (a.y / 2, b.y / 2)].contains { from, to in
            let line = (from + 1) * 15
            return (from - to).magnitude < 1e-6 && (line - line.rounded()).magnitude < 1e-4
          }
          #expect(isAlong, "\(text): from \(a) to \(b)")
        }
      }
    }
  }
}
