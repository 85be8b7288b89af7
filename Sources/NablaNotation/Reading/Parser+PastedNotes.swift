/// What is said about what pages and programs write around formulas: transposes, numbers of equations, endings of numbers.
extension Parser {
  // MARK: w^T x

  /// The power of an operand whose exponent is T alone, which is how the transpose of a vector is written.
  func transposed(_ node: Int32) -> Int32? {
    guard case .power(.caret) = builder.kind(node), case let base = builder.child(node, 0),
      isVariable(base) || builder.kind(base) == .group(.round)
    else { return nil }
    var exponent = builder.child(node, 1)
    if case .group(.curly) = builder.kind(exponent) { exponent = builder.child(exponent, 0) }
    guard builder.kind(exponent) == .variable("T"), !names.isDeclared("T") else { return nil }
    return node
  }

  func noteTransposed(_ power: Int32, _ place: Int) {
    let whole = builder.span(power)
    note(
      .transposed(sourceText(of: whole), reading: builder.reading(power)),
      builder.span(builder.child(power, 1)),
      hint: "all variables are numbers: for vectors, write x_1 y_1 + x_2 y_2 or a sum over i")
  }

  // MARK: x^2 + 3x   (2.1)

  /// At the end of a line: a number in brackets behind blanks, as equations are numbered, or sources are cited.
  func noteLastNumber() {
    guard let last = pending.last, last.link == .implied, current.kind == .end || current.kind == .newline,
      case .group(let brackets) = builder.kind(last.node), brackets != .curly,
      case .number(let digits) = builder.kind(builder.child(last.node, 0)), digits.utf8.count < 8
    else { return }
    let before = builder.span(pending[pending.count - 2].node)
    let gap = Span(source.whole(before).end, builder.span(last.node).start)
    let blank = sourceText(of: gap)
    let isWide = blank.hasPrefix("  ") || blank.hasPrefix("\t") || blank.contains("quad")
    let isBehindMore = isDefinition || chains.last?.level == .sum || brackets == .square
    guard isWide || (digits.contains(".") || isBehindMore) && blank.hasPrefix(" ") else { return }
    let number = sourceText(of: builder.span(last.node))
    note(
      .numberOfEquation(number), builder.span(last.node),
      fixes: [
        fix(Span(gap.start, builder.span(last.node).end), "", "for the number of an equation, leave it out")
      ])
  }

  // MARK: ‖Ax − b‖

  /// Double bars around a product with a capital, which are the norm of a vector on most pages.
  func noteNorm(_ value: Int32, from first: Int, _ open: Token) {
    guard !isStopped, !notes.isFull, open.start < characters.count,
      open.start == open.end || ["\\|", "\\lVert", "\\Vert"].contains(text(open)),
      builder.nodes[first...].prefix(200).contains(where: { node in
        guard case .variable(let name) = node.kind, name.utf8.count == 1 else { return false }
        return name.utf8.first.map { $0 < 0x5B } ?? false
      })
    else { return }
    let whole = builder.span(value)
    note(
      .norm(sourceText(of: whole), reading: builder.reading(value)), whole,
      hint: "all variables are numbers: for vectors, write √(x_1^2 + x_2^2) or a sum over i")
  }

  // MARK: x^2 (x > 0)

  /// At the end of a line: a condition in brackets behind a blank is a factor.
  func noteLastCondition() {
    guard let last = pending.last, last.link == .implied, current.kind == .end || current.kind == .newline,
      builder.kind(last.node) == .group(.round),
      builder.kind(builder.child(last.node, 0)) == .comparison,
      case let place = builder.span(last.node), place.start > 0,
      sourceText(of: Span(place.start - 1, place.start)) == " "
    else { return }
    let condition = sourceText(of: place)
    note(
      .multipliedBracket(condition, reading: "a factor: 1 where it holds, and 0 elsewhere"), place,
      fixes: [fix(place, "", "for the formula alone, leave it out")])
  }

  // MARK: (a) x^2

  /// At the beginning of a line: a letter in brackets before a blank, as items are lettered.
  func noteFirstLetter(_ first: Int) {
    guard !isDefinition, case let node = pending[first].node, builder.kind(node) == .group(.round),
      case .variable(let letter) = builder.kind(builder.child(node, 0)), ("a"..."h").contains(letter),
      letter.utf8.count == 1, !names.isDeclared(letter), pending[first + 1].link == .implied,
      lineBegins(at: builder.span(node).start)
    else { return }
    let item = builder.span(node)
    guard sourceText(of: Span(item.end, min(source.count, item.end + 1))) == " " else { return }
    note(
      .numberOfEquation(sourceText(of: item)), item,
      fixes: [fix(Span(item.start, item.end + 1), "", "for the letter of an item, leave it out")])
  }

  /// Whether nothing but blanks stands before a place in its line.
  private func lineBegins(at place: Int) -> Bool {
    let before = source.slice(Span(max(0, place - 80), place))
    return before.last { !$0.isWhitespace || $0.isNewline }.map(\.isNewline) ?? true
  }

  // MARK: 1.5d0, 2.0f

  /// A number with a point or an exponent: what Fortran and C put behind it is a letter here.
  func noteEnding(_ digits: String) {
    guard touchesNext, next.kind == .letters, next.end - next.start == 1, !names.isDeclared(text(next)) else {
      return
    }
    let letter = text(next)
    let after = peek(1)
    let (touches, isSigned) = (after.start == next.end, after.kind == .minus || after.kind == .plus)
    var (end, corrected) = (Int(next.end), digits)
    switch letter {
    case "f", "F":
      switch after.kind {
      case .star, .slash, .plus, .minus, .end, .newline, .rightRound, .comma: break
      default: return
      }
    case "d", "D":
      let exponent = isSigned ? peek(2) : after
      guard touches, exponent.kind == .number, exponent.start == (isSigned ? after.end : next.end),
        isDigits(exponent), !digits.contains("e")
      else { return }
      end = Int(exponent.end)
      corrected += "e" + (after.kind == .minus ? "-" : "") + text(exponent)
    default: return
    }
    let whole = characters.span(Int(current.start), end)
    note(
      .endingOfNumber(sourceText(of: characters.span(Int(current.start), Int(next.end))), letter), span(next),
      fixes: [fix(whole, corrected, "for the number, write \(corrected)")])
  }

  // MARK: x <- 3

  /// `<-`, an arrow in some languages; between blanks it is no sign of a number.
  func complainOfArrows(from start: Int) {
    for place in start + 1..<max(start + 1, pending.count) where pending[place].link == .less {
      let sign = pending[place].span
      let behind = sourceText(of: Span(sign.end, min(source.count, sign.end + 2)))
      guard behind == "- " else { continue }
      let arrow = Span(sign.start, sign.end + 1)
      complain(
        .unexpectedToken("<-"), arrow,
        fixes: [fix(arrow, "=", "for a definition, write ="), fix(arrow, "< -", "for less than, write < -")])
    }
  }

  // MARK: x^{(i)}

  /// An index in brackets above its letter, as samples, steps and layers are numbered: `x^{(k)}`, `w^{[1]}`.
  func noteRaisedIndex(_ base: Int32, _ exponent: Int32) {
    guard isVariable(base), builder.kind(exponent) == .group(.curly),
      case let inner = builder.child(exponent, 0), case .group(let brackets) = builder.kind(inner)
    else { return }
    let index: String
    switch (builder.kind(builder.child(inner, 0)), brackets) {
    case (.boundIndex(let name), .round), (.boundIndex(let name), .square): index = name
    case (.variable(let name), .round), (.variable(let name), .square):
      guard name.utf8.count == 1, !names.isDeclared(name) else { return }
      index = name
    case (.number(let digits), .square): index = digits
    default: return
    }
    let whole = builder.span(base).joined(builder.span(exponent))
    let member = sourceText(of: builder.span(base)) + "_" + index
    note(
      .raisedIndex(
        sourceText(of: whole),
        reading: builder.reading(base) + (index.isAllDigits ? NameText.raised(index) ?? "" : "^" + index)),
      builder.span(exponent), fixes: [fix(whole, member, "for the member, write \(member)")])
  }
}
