import Nabla
import NablaBasics

/// Ranges of variables or of parameters, as an option gives them.
struct BoxReader {
  let invocation: Invocation
  /// The names as they are typed.
  let names: [String]
  /// What they are the names of.
  var noun = "variable"
  /// Whether a range may be one number.
  var allowsPoint = false
  /// What to say where a name is none of them.
  let namesInWords: String
  /// The place of a name, however it is spelt.
  let place: (String) -> Int?

  /// The box, one range a name; nil where the option is not given.
  ///
  ///     --within x=-2..2,y=0..pi     each variable its own; others are free
  ///     --within -2..2,0..1          in order
  ///     --within -5..5               the same for all
  ///
  /// An end may be left out: `y=0..` has no upper end.
  func box(of option: Option) throws(Failure) -> [ClosedRange<Double>]? {
    guard let given = invocation.arguments.value(option) else { return nil }
    func refuse(_ sentence: String, fix: String? = nil) -> Failure {
      .usage(UsageError(.badPoint(sentence), at: given.argument, fix: fix))
    }
    let parts = invocation.parts(given.text)
    let free = -Double.infinity...Double.infinity
    var box = [ClosedRange<Double>?](repeating: nil, count: names.count)
    for (order, part) in parts.enumerated() {
      guard let dots = part.value.firstRange(of: "..") else {
        throw refuse("\(invocation.glyphs.quoted(part.value)) is no range", fix: "such as -2..2")
      }
      let low = String(part.value[..<dots.lowerBound])
      var high = String(part.value[dots.upperBound...])
      // Three dots are two, unless the third belongs to a decimal: 0...5 is 0 to 5.
      if high.first == "." { high.removeFirst() }
      let (a, b) = (try end(low, given) ?? -.infinity, try end(high, given) ?? .infinity)
      guard a < b || allowsPoint && a == b else { throw refuse("the range \(part.value) is empty") }
      if let name = part.name {
        guard let place = self.place(name) else {
          let near = closest(to: name, among: names)
          throw refuse(
            "there is no \(noun) \(invocation.glyphs.quoted(name))",
            fix: near.map { "did you mean \($0)?" } ?? namesInWords)
        }
        guard box[place] == nil else { throw refuse("\(name) is given twice") }
        box[place] = a...b
      } else if parts.count == 1 {
        return names.map { _ in a...b }
      } else {
        guard parts.count == names.count else {
          throw refuse(
            "there are \(counted(parts.count, "range")) for \(counted(names.count, noun))",
            fix: namesInWords)
        }
        box[order] = a...b
      }
    }
    return box.map { $0 ?? free }
  }

  /// An end of a range, a formula of constants; nil where there is none.
  private func end(_ text: String, _ given: Arguments.Given) throws(Failure) -> Double? {
    if text.allSatisfy(\.isWhitespace) { return nil }
    return try invocation.constant(text, at: given.argument).value
  }
}

extension Subject {
  /// The box that an option gives, one range a variable; nil where the option is not given.
  func box(of option: Option, allowsPoint: Bool = false) throws(Failure) -> [ClosedRange<Double>]? {
    try BoxReader(
      invocation: invocation, names: plainNames, allowsPoint: allowsPoint, namesInWords: variablesInWords
    ) {
      place(ofVariable: $0)
    }.box(of: option)
  }
}
