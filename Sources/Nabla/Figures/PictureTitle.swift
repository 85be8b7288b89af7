import NablaNotation

extension Format {
  /// One line above a picture, which nobody reads back: every large number is a product with a power of ten.
  static let picture = {
    var format = Format.unicode
    format.powersOfTen = .all
    return format
  }()
}

extension Formula {
  /// The formula as the title of a picture: `f(x) = 10¹²·x³` for 1e12x^3.
  var pictureTitle: String {
    let left = Form.label(.function(name, variables.map { .name(Name($0.name)) })).text(.picture)
    return "\(left) = \(bodyForm.text(.picture))"
  }

  /// The same, with its variables shortened where they are many.
  var shortTitle: String {
    guard variables.count > 6 else { return pictureTitle }
    let ends = "\(shownName(0)), …, \(shownName(variables.count - 1))"
    return "\(shownFunctionName)(\(ends)) = \(bodyForm.text(.picture))"
  }
}
