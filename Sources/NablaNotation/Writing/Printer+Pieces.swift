import NablaBasics

/// The pieces that texts are made of.
extension Printer {
  func number(_ digits: String) -> Piece { .text(digits, .value, .number) }
  func sign(_ text: String) -> Piece { .text(text, .operator, .sign) }
  func open(_ text: String) -> Piece { .text(text, .text, .open) }
  func close(_ text: String) -> Piece { .text(text, .text, .close) }
  func word(_ text: String) -> Piece { .text(text, .keyword, .sign) }
  /// A minus in front of something.
  var minus: Piece { .text(format.minus, .operator, .prefix) }
  func spacedSign(_ text: String, _ place: Place) -> Piece { sign(isSpaced(at: place) ? " \(text) " : text) }
  /// Whether blanks stand around signs: not in exponents that have a frame.
  func isSpaced(at place: Place) -> Bool {
    format.isSpaced && !(place.isRaised && format.raisedFraction != nil)
  }
  var comma: Piece { .text(format.isSpaced ? ", " : ",", .text, .separator) }

  /// Forms at one kind of place with a separator between them.
  func list(_ forms: [Form], _ place: Place, separator: Piece) -> [Piece] {
    var result: [Piece] = []
    for (position, form) in forms.enumerated() {
      if position > 0 { result.append(separator) }
      result.append(.form(form, place))
    }
    return result
  }
}
