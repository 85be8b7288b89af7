import NablaBasics

/// A point of a picture, in data units.
package struct Point: Hashable, Sendable {
  package var x: Double
  package var y: Double

  package init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }

  /// Whether both coordinates are numbers.
  package var isFinite: Bool { x.isFinite && y.isFinite }
}

/// What is to be drawn, in data units; renderers decide what it looks like.
///
///     var panel = Panel(x: Axis(-8, 3, label: "x"), y: Axis(0, 30, label: "f(x)"))
///     panel.add(.line([Point(-8, 30), Point(3, 0)], Stroke(.series(0))), to: .curve)
///     SVG().bytes(of: Scene(title: "f", panels: [panel]))
///
/// Undefined stretches are gaps between lines; a point that is not finite is left out.
package struct Scene: Sendable {
  /// The line above the picture.
  package var title: String
  /// What a person who cannot see it should know.
  package var description: String
  /// The panels, one below the other.
  package var panels: [Panel]
  /// What the signs mean.
  package var legend: [Legend]
  /// Width and height of the whole in pixels; nil leaves them to the panels.
  package var size: (width: Double, height: Double)?
  /// Whether the title is drawn; a page has a heading of its own.
  package var hasTitle = true
  /// Whether it is drawn for a light or a dark page.
  package var theme = Theme.auto

  package init(
    title: String, description: String = "", panels: [Panel], legend: [Legend] = [],
    size: (width: Double, height: Double)? = nil
  ) {
    self.title = title
    self.description = description
    self.panels = panels
    self.legend = legend
    self.size = size
  }
}

/// Light, dark, or what the reader's screen prefers.
package enum Theme: String, CaseIterable, Sendable {
  case auto, light, dark
}

/// A pair of axes and what is drawn between them.
package struct Panel: Sendable {
  package var x: Axis
  package var y: Axis
  /// Whether a unit is as long upwards as sideways.
  package var isEqual = false
  /// Whether axes, ticks and grid are drawn; a picture in perspective brings its own.
  package var hasAxes = true
  /// Whether the grid is drawn: not below filled contours.
  package var hasGrid = true
  /// The height over the width of the drawing area where nothing else decides it.
  package var aspect = 0.6
  /// The height over the width of the drawing area.
  package var shape: Double {
    guard isEqual else { return aspect }
    let ratio = (y.high / 2 - y.low / 2) / (x.high / 2 - x.low / 2)
    return ratio.isNaN ? aspect : max(0.01, min(100, ratio))
  }
  /// The colours of the bands, where there are any.
  package var colourBar: ColourBar?
  /// The items, from the back to the front.
  package private(set) var items: [Item] = []

  package init(x: Axis, y: Axis) {
    self.x = x
    self.y = y
  }

  /// Puts a shape in front of the others.
  package mutating func add(_ shape: Shape, to layer: Layer) {
    items.append(Item(shape: shape, layer: layer))
  }

  /// Puts other shapes in place of some, or none.
  package mutating func change(_ body: (Shape) -> Shape?) {
    items = items.compactMap { item in body(item.shape).map { Item(shape: $0, layer: item.layer) } }
  }
}

/// What an item belongs to.
package enum Layer: String, Sendable {
  case bands, contours, outside, bounds, field, mesh, band, curve, tangents, path, way, points, notes
}

/// A shape in its layer.
package struct Item: Sendable {
  package var shape: Shape
  package var layer: Layer
}

/// What can be drawn.
package enum Shape: Sendable {
  /// Straight pieces from point to point.
  case line([Point], Stroke)
  /// Closed loops, filled where an odd number of them is around.
  case area([[Point]], Ink)
  /// A polygon that hides what lies behind it, with a thin edge; or only its inside, its edge or some of its sides.
  case face([Point], fill: Ink, part: FacePart = .whole)
  /// A sign at each point.
  case marks([Point], Symbol, Ink)
  /// Arrows from tails to heads.
  case arrows([Arrow], Ink)
  /// A word at the first of its places where it touches no word before it, or nowhere.
  case text(String, at: [Point], Anchor, Ink)

  package var isText: Bool { if case .text = self { true } else { false } }
}

/// What is drawn of a face.
package enum FacePart: Hashable, Sendable {
  case whole, inside, edge
  /// The sides from point to point, not closed.
  case side

  package var hasInside: Bool { self == .whole || self == .inside }
}

/// An arrow.
package struct Arrow: Hashable, Sendable {
  package var tail: Point
  package var head: Point

  package init(from tail: Point, to head: Point) {
    self.tail = tail
    self.head = head
  }
}

/// How a line is drawn.
package struct Stroke: Hashable, Sendable {
  package var ink: Ink
  /// In pixels.
  package var width: Double
  package var isDashed: Bool
  /// Whether a rim in the colour of the page keeps it apart from what lies below.
  package var hasRim: Bool

  /// A line; it is dashed by itself where its colour is in use by another series.
  package init(_ ink: Ink, width: Double = 1.5, isDashed: Bool? = nil, hasRim: Bool = false) {
    self.ink = ink
    self.width = width
    self.isDashed = isDashed ?? ink.isSecondUse
    self.hasRim = hasRim
  }
}

/// The sign at a point.
package enum Symbol: String, Hashable, Sendable {
  /// A filled dot: an iterate.
  case dot
  /// A small dot without a rim: one of many.
  case speck
  /// An open circle: where a path starts.
  case ring
  /// Where a path ends.
  case star
  /// A triangle that stands on its tip: a minimum.
  case minimum
  /// A triangle that stands on its side: a maximum.
  case maximum
  /// A cross: a saddle.
  case saddle
  /// A diamond: a point of zero gradient of another kind.
  case diamond
}

/// On which side of its point a word stands.
package enum Anchor: String, Hashable, Sendable {
  case start, middle, end
}

/// A line of the legend: a sign and what it means.
package struct Legend: Hashable, Sendable {
  /// The sign.
  package enum Sign: Hashable, Sendable {
    case line(Stroke)
    case mark(Symbol, Ink)
    case arrow(Ink)
    case path(Ink)
    /// A translucent area.
    case band(Ink)
  }

  package var sign: Sign
  package var text: String

  package init(_ sign: Sign, _ text: String) {
    self.sign = sign
    self.text = text
  }
}

/// The colours of bands and the values between them.
package struct ColourBar: Hashable, Sendable {
  package var label: String
  /// The values at which one band ends and the next begins.
  package var levels: [Double]
  /// One colour more than there are levels.
  package var inks: [Ink]

  package init(label: String, levels: [Double], inks: [Ink]) {
    self.label = label
    self.levels = levels
    self.inks = inks
  }
}
