import NablaBasics

/// Makes room for the words of a panel that brings its own axes: the panel is as large as they allow, every word is in
/// the picture as a whole, and none touches another.
///
/// A letter is as large in a small picture as in a large one, so that only a renderer knows how many words there is room
/// for. A word has several places, from the best on; one that finds none free is left out.
struct WordRoom {
  /// The room for the panel and its words, in pixels or dots.
  let width: Double
  let height: Double
  /// What stays free between two words in a line.
  let gap: Double
  let size: (_ word: String, _ ink: Ink) -> (width: Double, height: Double)

  /// A panel with the words that it has room for, each with one place, and what it takes with them.
  struct Furnished {
    var frame: Layout.Frame
    var width: Double
    var height: Double
  }

  /// Below this part of the size that it has without words, a panel goes without.
  private static let leastPart = 0.5

  /// The panel as large as possible; its frame is placed in the room's left upper corner.
  func furnished(_ panel: Panel) -> Furnished {
    let bare = fitted(panel.withWords { _ in nil })
    var result = fitted(panel.withWords { $0.first })
    for _ in 0..<8 {
      let before = result
      result = fitted(settled(panel, in: before.frame))
      // What is apart in a picture is so in a larger one.
      if result.frame.width >= before.frame.width { break }
    }
    return result.frame.width < Self.leastPart * bare.frame.width ? bare : result
  }

  /// The panel with each word at the first of its places in a frame that is free.
  private func settled(_ panel: Panel, in frame: Layout.Frame) -> Panel {
    var taken: [Box] = []
    return panel.withWords { word, places, anchor, ink in
      for place in places {
        let box = box(word, anchor, ink, at: frame.pixel(place))
        if taken.contains(where: { $0.touches(box, gap: gap) }) { continue }
        taken.append(box)
        return place
      }
      return nil
    }
  }

  /// The largest frame for a panel whose words have one place each.
  private func fitted(_ panel: Panel) -> Furnished {
    let (across, up) = (panel.x.high - panel.x.low, panel.y.high - panel.y.low)
    var (fits, isTooLarge) = (0.0, max(1e-9, min(width / across, height / up)))
    var result = taken(panel, scale: isTooLarge)
    if result.width <= width, result.height <= height { return result }
    for _ in 0..<40 {
      let scale = (fits + isTooLarge) / 2
      result = taken(panel, scale: scale)
      if result.width <= width, result.height <= height { fits = scale } else { isTooLarge = scale }
    }
    return taken(panel, scale: fits)
  }

  /// What a panel takes with its words at so many pixels a unit.
  private func taken(_ panel: Panel, scale: Double) -> Furnished {
    var frame = Layout.Frame(
      panel: panel, left: 0, top: 0, width: scale * (panel.x.high - panel.x.low),
      height: scale * (panel.y.high - panel.y.low))
    var all = Box(left: 0, right: frame.width, top: 0, bottom: frame.height)
    for case .text(let word, let places, let anchor, let ink) in panel.items.map(\.shape) {
      for place in places { all = all.union(box(word, anchor, ink, at: frame.pixel(place))) }
    }
    (frame.left, frame.top) = (-all.left, -all.top)
    return Furnished(frame: frame, width: all.right - all.left, height: all.bottom - all.top)
  }

  private func box(_ word: String, _ anchor: Anchor, _ ink: Ink, at point: Point) -> Box {
    let size = size(word, ink)
    let left = point.x - (anchor == .start ? 0 : anchor == .middle ? size.width / 2 : size.width)
    return Box(
      left: left, right: left + size.width, top: point.y - size.height / 2, bottom: point.y + size.height / 2)
  }
}

/// A rectangle in pixels.
private struct Box {
  var left: Double
  var right: Double
  var top: Double
  var bottom: Double

  func union(_ other: Box) -> Box {
    Box(
      left: min(left, other.left), right: max(right, other.right), top: min(top, other.top),
      bottom: max(bottom, other.bottom))
  }

  func touches(_ other: Box, gap: Double) -> Bool {
    left < other.right + gap && other.left < right + gap && top < other.bottom && other.top < bottom
  }
}

extension Panel {
  /// The panel with its words at places that are chosen among theirs, and without those that get none.
  fileprivate func withWords(_ choice: (String, [Point], Anchor, Ink) -> Point?) -> Panel {
    var panel = self
    panel.change { shape in
      guard case .text(let word, let places, let anchor, let ink) = shape else { return shape }
      return choice(word, places, anchor, ink).map { .text(word, at: [$0], anchor, ink) }
    }
    return panel
  }

  fileprivate func withWords(_ choice: ([Point]) -> Point?) -> Panel {
    withWords { _, places, _, _ in choice(places) }
  }
}
