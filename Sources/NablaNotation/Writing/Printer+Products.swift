import NablaAlgebra
import NablaBasics

/// Products: which factors may stand side by side without a sign and still be read as factors.
extension Printer {
  /// What a factor begins with; letters and constants by their names in ASCII.
  private enum Head: Equatable {
    case digit, letter(String), subscripted(String), subscriptedByWord, constant(String), exponential, word
    /// A function by its name: sin, ln, erf.
    case named
    /// What is written like a function: sqrt(…), sum(…), f(…).
    case function
    case bracket, bar, root
    /// A fraction in a frame.
    case frame
  }

  /// What a factor ends with.
  private enum Tail: Equatable {
    case digit, letter(String), subscripted, constant(String), word, bracket, bar, mark, glyph, divisor
    /// A function's argument without brackets.
    case bareCall
    /// A caret or a raised exponent without brackets; whether a name may follow it.
    case exponent(allowsName: Bool)
  }

  /// What stands between two factors.
  private enum Gap { case none, blank, sign }

  func pieces(ofProduct typed: [Form.Factor], at place: Place) -> [Piece] {
    let factors = flattened(typed, isRaised: place.isRaised)
    let bareCalls = bareCalls(in: factors, at: place)
    var result: [Piece] = []
    result.reserveCapacity(2 * factors.count)
    var tail: Tail?
    var run = LetterRun()
    for (position, factor) in factors.enumerated() {
      let isLast = position == factors.count - 1
      let next = isLast ? nil : factors[position + 1]
      var inner = Place(
        minimum: .power, isInBars: place.isInBars, isRaised: place.isRaised,
        isFollowed: !isLast || place.isFollowed)
      inner.takesBareCall = bareCalls.contains(position)
      inner.isOverSlash = isLast ? place.isOverSlash : next?.joint == .over
      let form = factor.form
      if position == 0, next?.joint != .over, let glyph = smallFraction(form) {
        result.append(number(glyph))
        tail = .glyph
        continue
      }
      if case .fraction = form, position == 0, next?.joint == .explicit { inner.minimum = .product }
      if isLast, !inner.isFollowed, form.takesWhatFollows { inner.minimum = .product }
      if factor.joint == .over {
        result += [slash, .form(form, inner)]
        (tail, run) = (.divisor, LetterRun())
        continue
      }
      let isBracketed = binding(of: form, isRaised: place.isRaised) < inner.minimum
      let head = isBracketed ? .bracket : head(of: form, at: inner)
      let isExplicit = factor.joint == .explicit && tail != .glyph
      if let before = tail {
        switch isExplicit ? .sign : gap(between: before, head, run, inner) {
        case .none: if !format.besides.isEmpty { result.append(.raw(format.besides)) }
        case .blank: result.append(.raw(format.apart))
        case .sign:
          result.append(sign(format.times))
          run = LetterRun()
        }
      }
      result.append(.form(form, inner))
      let end = isBracketed ? .bracket : self.tail(of: form, at: inner)
      if case .letter(let text) = head {
        run.append(text, isConstant: false)
      } else if case .constant(let text) = head {
        run.append(text, isConstant: true)
      } else {
        run = LetterRun()
      }
      switch end {
      case .letter, .constant: break
      default: run = LetterRun()
      }
      tail = end
    }
    return result
  }

  private var slash: Piece {
    if case .inline(let slash) = format.fraction { sign(slash) } else { sign("/") }
  }

  /// The glyph of a fraction of small integers that stands in front.
  private func smallFraction(_ form: Form) -> String? {
    guard case .fraction(.number(let upper, _), .number(let lower, _)) = form else { return nil }
    return format.smallFraction(upper, lower)
  }

  /// The places of functions that may stand without brackets: nothing or another function follows them.
  private func bareCalls(in factors: [Form.Factor], at place: Place) -> Set<Int> {
    var result: Set<Int> = []
    var isFree = !place.isFollowed
    for position in factors.indices.reversed() {
      let factor = factors[position]
      let isLast = position == factors.count - 1
      let isBare = isFree && isBareCall(factor.form) && (isLast || factor.joint != .over)
      if isBare { result.insert(position) }
      let isName = isFunction(factor.form) || (isLast && isFree && factor.form.takesWhatFollows)
      isFree = factor.joint == .implied && (isBare || (isName && !isBareCall(factor.form)))
      if !isFree { break }
    }
    return result
  }

  /// Whether it begins with a function's name, at which the argument of the one before it ends.
  private func isFunction(_ form: Form) -> Bool {
    switch form {
    case .application(let call): !LetterRun.isInfix(call.function) && !call.isDerivative
    case .power(let base, _): binding(of: base, isRaised: false) >= .postfix && isFunction(base)
    default: false
    }
  }

  /// Whether it is a function that needs no brackets where nothing follows.
  private func isBareCall(_ form: Form) -> Bool {
    guard case .application(let call) = form, call.isBare, call.arguments.count == 1 else { return false }
    return isBareArgument(call.arguments[0])
  }

  private func gap(between tail: Tail, _ head: Head, _ run: LetterRun, _ place: Place) -> Gap {
    switch (tail, head) {
    case (.bareCall, _): return .blank
    case (.word, .named), (.mark, .named), (.bar, .named), (.divisor, .named): return .sign
    case (_, .named) where format.isSpaced: return .blank
    default: return needsSign(between: tail, head, run, place) ? .sign : .none
    }
  }

  private func needsSign(between tail: Tail, _ head: Head, _ run: LetterRun, _ place: Place) -> Bool {
    switch (tail, head) {
    case (.digit, .frame): true
    case (_, .digit), (_, .word), (.word, _), (.mark, _), (.bar, _), (.divisor, _), (.bareCall, _): true
    case (.digit, .bar), (.glyph, .bar): place.isInBars
    case (_, .bar): true
    // `2e` would begin a number such as 2e+1 where no blanks are printed.
    case (.digit, .constant(let text)): text == "e" && !isSpaced(at: place)
    case (.digit, .letter(let text)): (text == "e" || text == "E") && !isSpaced(at: place)
    case (.digit, _), (.glyph, _): false
    case (.letter, .subscriptedByWord), (.subscripted, .subscriptedByWord), (.constant, .subscriptedByWord):
      true
    case (.constant("e"), _): true
    case (.constant, .letter(let text)), (.letter, .letter(let text)): !run.mayGrow(by: text)
    case (.letter(let text), .bracket): run.count > 2 || LetterRun.isRead(asFunction: text)
    case (.bracket, .named), (.bracket, .function), (.bracket, .exponential): false
    case (_, .named), (_, .function), (_, .exponential), (_, .constant): true
    // Three letters with something below the last are one name: atx₁.
    case (.letter, .subscripted) where run.count > 1: true
    case (.exponent(let allowsName), .letter), (.exponent(let allowsName), .subscripted): !allowsName
    case (.exponent(let allowsName), .subscriptedByWord): !allowsName
    case (.subscripted, .letter): false
    case (_, .subscripted(let text)): !run.mayGrow(by: text)
    case (.bracket, .letter), (.bracket, .subscriptedByWord): false
    case (_, .bracket), (_, .root), (_, .frame): false
    }
  }

  private func head(of form: Form, at place: Place) -> Head {
    switch form {
    case .number: .digit
    case .name(let name): head(of: name)
    case .eulersNumber: .constant("e")
    case .pi: .constant("pi")
    case .power(let base, _):
      if case .eulersNumber = base {
        .exponential
      } else if binding(of: base, isRaised: place.isRaised) < .postfix || isOpenRoot(base) {
        .bracket
      } else {
        head(of: base, at: place)
      }
    case .root(let index, _): format.root(index) == nil ? .function : .root
    case .application(let call):
      LetterRun.isInfix(call.function) ? .word : isNamed(call.function) ? .named : .function
    case .fold: .function
    case .enclosed(let enclosure, _):
      if format.enclosure(enclosure) == nil || (enclosure == .absolute && place.isInBars) {
        .function
      } else {
        enclosure == .absolute ? .bar : .bracket
      }
    case .factorial(let inner):
      binding(of: inner, isRaised: place.isRaised) < .atom ? .bracket : head(of: inner, at: place)
    case .element(let name, let index): isLowered(name, index) ? .subscripted(name.stem) : .word
    case .piecewise(_, let otherwise):
      format.conditions.allowsGaps || otherwise == nil ? .bracket : .function
    case .fraction: isFramed(isRaised: place.isRaised) ? .frame : .bracket
    case .negative, .sum, .product, .comparison, .not, .and, .or, .point, .vector, .label, .ellipsis: .bracket
    }
  }

  /// Whether a blank sets a function apart: a word, but not f.
  private func isNamed(_ function: String) -> Bool {
    function.utf8.count > 1 && !function.utf8.contains(UInt8(ascii: "/"))
  }

  private func head(of name: Name) -> Head {
    let spelling = format.spell(name)
    return switch spelling.kind {
    case .letter: .letter(name.stem)
    case .subscripted: spelling.endsInDigit ? .subscripted(name.stem) : .subscriptedByWord
    case .word: .word
    }
  }

  private func tail(of form: Form, at place: Place) -> Tail {
    switch form {
    case .number: .digit
    case .name(let name):
      switch format.spell(name).kind {
      case .letter: .letter(name.stem)
      case .subscripted: .subscripted
      case .word: .word
      }
    case .eulersNumber: .constant("e")
    case .pi: format.pi.kind == .letter ? .constant("pi") : .word
    case .power(let base, let exponent): tail(ofPower: base, exponent)
    case .application: place.takesBareCall && isBareCall(form) ? .bareCall : .bracket
    case .root, .fold, .piecewise: .bracket
    case .enclosed(let enclosure, _):
      enclosure == .absolute && format.enclosure(enclosure) != nil && !place.isInBars ? .bar : .bracket
    case .factorial: .mark
    case .element(let name, let index): isLowered(name, index) ? .subscripted : .mark
    case .fraction: isFramed(isRaised: place.isRaised) ? .bracket : .word
    case .negative, .sum, .product, .comparison, .not, .and, .or, .point, .vector, .label, .ellipsis: .bracket
    }
  }

  private func tail(ofPower base: Form, _ exponent: Form) -> Tail {
    if case .framed = format.exponent { return .exponent(allowsName: true) }
    if onFunctionName(base, exponent) != nil { return .bracket }
    let isLiteral: Bool =
      switch base {
      case .number, .eulersNumber, .pi: true
      default: false
      }
    if raisedExponent(exponent) == nil, !isBareExponent(exponent) { return .bracket }
    if case .number(let digits, _) = exponent, digits.utf8.allSatisfy({ $0 != UInt8(ascii: ".") }) {
      return .exponent(allowsName: !isLiteral)
    }
    if case .name(let name) = exponent,
      format.spell(name).kind == .word || LetterRun.isRead(asFunction: name.canonical)
    {
      return .word
    }
    return .exponent(allowsName: false)
  }
}

/// Letters that stand side by side as factors, and whether one more may join them.
///
/// A run that holds a known name would be read as that name: x·i as ξ, l·n as ln; and a constant is found in a run of
/// at most three letters only.
private struct LetterRun {
  private var letters: [String] = []
  private var holdsConstant = false

  mutating func append(_ letter: String, isConstant: Bool) {
    letters.append(letter)
    holdsConstant = holdsConstant || isConstant
  }

  /// The number of letters.
  var count: Int { letters.count }

  func mayGrow(by letter: String) -> Bool {
    if holdsConstant, letters.count >= 3 { return false }
    if letters.contains(letter) { return false }
    var name = letter
    for before in letters.reversed().prefix(LetterRun.longestName) {
      name = before + name
      if LetterRun.isKnown(name) { return false }
    }
    return true
  }

  /// Whether the name is also said between two operands, where only an error reads it.
  static func isInfix(_ function: String) -> Bool { function == "mod" }

  private static let longestName = 12

  /// Whether a letter before a bracket would be a function, or the name of one that is not defined.
  static func isRead(asFunction name: String) -> Bool { ["f", "g", "h"].contains(name) || isKnown(name) }

  /// Whether the reader knows a name that is none of the formula's own.
  static func isKnown(_ name: String) -> Bool {
    keywords.contains(name) || Glyphs.greek(name) != nil || FunctionNames.known(name) != nil
  }

  private static let keywords: [String] = [
    "pi", "and", "or", "not", "if", "mod", "sum", "prod", "where", "for", "else", "otherwise", "ans", "grad",
  ]
}
