extension Option {
  static let output: Option = .init(
    name: "output", letter: "o", value: .text("FILE"),
    summary: "write to this file, whole or not at all; a picture as .svg, .html or .txt by its name",
    example: "f.svg")
  static let window: Option = .init(
    name: "window", value: .text("RANGES"),
    summary: "the part that is drawn, in order or by name; chosen from the formula if not given",
    example: "x=-3..3,y=-2..2")
  static let size: Option = .init(
    name: "size", value: .text("SIZE"), summary: "width and height: pixels in files, cells in a terminal",
    example: "800x600")
  static let surface: Option = .init(
    name: "surface", summary: "the surface of a formula of two variables in perspective")
  static let field: Option = .init(
    name: "field", summary: "the gradient as arrows; of one variable, the derivative as a curve")
  static let levels: Option = .init(
    name: "levels", value: .integer(1...40), summary: "how many contours", example: "20")
  static let theme: Option = .init(
    name: "theme", value: .choice(["auto", "light", "dark"]),
    summary: "colours of files; auto follows the reader's screen", example: "dark")
  static let ascii: Option = .init(name: "ascii", summary: "draw with ASCII characters alone")

  /// The options of a picture beside another answer.
  static let ofPictures: [Option] = [output, window, size, surface, field, levels, theme, ascii]
}
