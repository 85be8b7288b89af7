import NablaBasics

/// What a colour stands for; a theme says which one it is.
package enum Ink: Hashable, Sendable {
  /// Text and axes.
  case ink
  /// Remarks and tick marks.
  case muted
  /// The grid.
  case faint
  /// The page.
  case page
  /// One of six colours that also the colour-blind tell apart.
  case series(Int)
  /// A colour of the map, from 0 to 1.
  case map(Double)
  /// A colour of the map under a light that falls from the side, from 0 (dark) to 1.
  case shaded(Double, light: Double)

  /// Whether another series has the same colour: the seventh has that of the first.
  var isSecondUse: Bool {
    if case .series(let number) = self { number / ColourMap.series.count % 2 == 1 } else { false }
  }
}

/// Red, green and blue, 0 to 255 each.
package struct Colour: Hashable, Sendable {
  package var red: Int
  package var green: Int
  package var blue: Int

  package init(_ red: Int, _ green: Int, _ blue: Int) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// `#rrggbb`
  package var text: String {
    let digits = Array("0123456789abcdef")
    var text = "#"
    for part in [red, green, blue] {
      let byte = max(0, min(255, part))
      text.append(digits[byte >> 4])
      text.append(digits[byte & 15])
    }
    return text
  }

  /// A part of the way to another colour.
  package func mixed(with other: Colour, _ part: Double) -> Colour {
    let mix = { (a: Int, b: Int) in Int((Double(a) + (Double(b) - Double(a)) * part).rounded()) }
    return Colour(mix(red, other.red), mix(green, other.green), mix(blue, other.blue))
  }

  /// The number of the nearest colour among the 256 of a terminal: its cube of 6·6·6 colours.
  package var terminalNumber: Int {
    let step = { (part: Int) -> Int in part < 48 ? 0 : part < 115 ? 1 : min(5, (part - 35) / 40) }
    return 16 + 36 * step(red) + 6 * step(green) + step(blue)
  }
}

/// Colours that grow evenly lighter: viridis (Smith and van der Walt 2015), sampled at 17 places.
package enum ColourMap {
  private static let anchors: [Colour] = [
    .init(68, 1, 84), .init(72, 24, 106), .init(71, 45, 123), .init(66, 64, 134), .init(59, 82, 139),
    .init(51, 99, 141), .init(44, 114, 142), .init(38, 130, 142), .init(33, 145, 140), .init(31, 160, 136),
    .init(40, 174, 128), .init(63, 188, 115), .init(94, 201, 98), .init(132, 212, 75), .init(173, 220, 48),
    .init(216, 226, 25), .init(253, 231, 37),
  ]

  /// The colour at a place from 0 to 1.
  package static func colour(at place: Double) -> Colour {
    let last = anchors.count - 1
    let scaled = max(0, min(1, place.isNaN ? 0 : place)) * Double(last)
    let index = min(last - 1, Int(scaled))
    return anchors[index].mixed(with: anchors[index + 1], scaled - Double(index))
  }

  /// Six colours that the colour-blind tell apart (Okabe and Ito 2008), the two that stand out most first.
  package static let series: [Colour] = [
    .init(0, 114, 178), .init(213, 94, 0), .init(0, 158, 115), .init(204, 121, 167), .init(230, 159, 0),
    .init(86, 180, 233),
  ]
}

/// The colours of a theme.
package struct Palette: Sendable {
  package var ink: Colour
  package var muted: Colour
  package var faint: Colour
  package var page: Colour
  /// The six colours of lines, made lighter for dark pages.
  package var series: [Colour]

  package static let light = Palette(
    ink: .init(27, 31, 36), muted: .init(91, 99, 110), faint: .init(227, 230, 234),
    page: .init(255, 255, 255), series: ColourMap.series)

  package static let dark = Palette(
    ink: .init(230, 232, 236), muted: .init(154, 163, 174), faint: .init(46, 52, 60), page: .init(18, 21, 26),
    series: [
      .init(77, 171, 226), .init(255, 138, 61), .init(46, 196, 155), .init(224, 150, 192),
      .init(240, 180, 60),
      .init(130, 205, 245),
    ])

  /// The colour that an ink has in this theme.
  package func colour(of ink: Ink) -> Colour {
    switch ink {
    case .ink: self.ink
    case .muted: muted
    case .faint: faint
    case .page: page
    case .series(let number): series[((number % series.count) + series.count) % series.count]
    case .map(let place): ColourMap.colour(at: place)
    case .shaded(let place, let light): Palette.shaded(ColourMap.colour(at: place), light)
    }
  }

  private static func shaded(_ colour: Colour, _ light: Double) -> Colour {
    let strength = max(-1, min(1, 2 * light - 1))
    return strength < 0
      ? colour.mixed(with: .init(10, 8, 30), -0.45 * strength)
      : colour.mixed(with: .init(255, 255, 255), 0.35 * strength)
  }
}
