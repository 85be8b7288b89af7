/// Functions without brackets.
extension Parser {
  /// `bareArgument = [ "-" ] power { bareFactor }`, put into `pending`.
  func bareArgument(_ piece: Int) {
    let sign = current.start
    let isNegative = startBareArgument(piece)
    let first = pending.count
    let isNumber = current.kind == .number
    append(power())
    if isNumber, current.kind == .leftRound { complainOfNumberBeforeBracket(pieces[piece]) }
    while continuesBareArgument() { bareFactor() }
    finishBareArgument(first, isNegative, Int(sign))
  }

  /// Takes the sign and looks at what follows; whether there is a minus.
  func startBareArgument(_ piece: Int) -> Bool {
    let isPlus = current.kind == .plus && current.isSpaced && touchesNext
    let isNegative = (current.kind == .minus || isPlus) && signs()
    if isWord("of"), next.isSpaced, next.startsOperand {
      let name = characters.text(pieces[piece].start, pieces[piece].end)
      fail(.wordBetween("of"), span(current), hint: "write \(name)(…)")
      return false
    }
    if current.kind == .letters { readRun() }
    checkArgument(pieces[piece])
    return isNegative
  }

  /// One more factor of an argument without brackets.
  func bareFactor() {
    if current.kind == .number { complainOfNumber() }
    let place = span(current).start
    let value = power()
    pending.append(SyntaxTree.Part(node: value, link: .implied, span: Span(place, place)))
  }

  /// Makes one node of the factors from `first` on.
  func finishBareArgument(_ first: Int, _ isNegative: Bool, _ start: Int) {
    if pending.count > first + 1 {
      noteProduct(from: first)
      append(builder.node(.product, &pending, from: first))
    }
    guard isNegative else { return }
    let value = pending.removeLast().node
    append(builder.unary(.negative, characters.span(start, start + 1).joined(builder.span(value)), value))
  }

  /// Whether the next token is one more factor of an argument without brackets.
  func continuesBareArgument() -> Bool {
    if pending.last.map({ isApplication($0.node) }) ?? false { return false }
    if current.kind == .letters {
      if startsDerivative() { return false }
      if isWord("and") || isWord("or") || isWord("mod") || startsPoint() { return false }
      readRun()
    }
    switch current.kind {
    case .piece: return !pieces[Int(current.piece)].isFunction
    case .number, .vulgar, .root, .cubeRoot, .fourthRoot, .leftFloor, .leftCeiling, .radical: return true
    case .fraction: return !startsDerivative()
    case .bar: return openBars == 0
    default: return false
    }
  }

  /// Whether the node is a function's value: an argument that begins with one ends there.
  func isApplication(_ node: Int32) -> Bool {
    var node = node
    while true {
      switch builder.kind(node) {
      case .call(_, .bare), .call(_, .bracketed), .power(.onFunction), .fold: return true
      case .power, .factorial: node = builder.child(node, 0)
      default: return false
      }
    }
  }

  /// Says what is missing where no argument begins, or the function takes several.
  func checkArgument(_ piece: Names.Piece) {
    switch current.kind {
    case .number, .brokenNumber, .vulgar, .piece, .leftCurly, .root, .cubeRoot, .fourthRoot, .leftFloor,
      .leftCeiling, .bar, .command, .fraction, .radical, .bigSum, .bigProduct:
      break
    case .leftRound where lastKind == .minus: break
    default:
      let primes = piece.name.utf8.count { $0 == UInt8(ascii: "'") }
      let name = characters.text(piece.start, piece.end) + String(repeating: "′", count: primes)
      if current.kind == .end || current.kind == .newline { isIncomplete = true }
      if current.kind == .leftSquare { return complainOfSquare(name) }
      return fail(
        .functionNeedsArgument(name), characters.span(piece.start, piece.end), hint: "write \(name)(…)")
    }
    guard let least = arity(of: piece), least > 1 else { return }
    let name = characters.text(piece.start, piece.end)
    fail(
      .needsBrackets(name), characters.span(piece.start, piece.end),
      hint: name == "if" ? "write if(x > 0, x^2, -x) or {x > 0: x^2; -x}" : "write \(name)(…, …)")
  }

  /// `sin[x]`
  func complainOfSquare(_ name: String) {
    let open = current
    let end = closingSquare(of: open)
    let content = characters.text(Int(open.end), max(Int(open.end), (end ?? 1) - 1))
    let whole = characters.span(Int(open.start), end ?? Int(open.end))
    fail(.notIndexed(name), whole, fixes: [fix(whole, "(\(content))", "write \(name)(\(content))")])
  }

  /// The least number of arguments of the function of a piece.
  func arity(of piece: Names.Piece) -> Int? {
    guard case .function(let callee) = piece.kind else { return nil }
    switch callee {
    case .known(let function): return function.arity.lowerBound
    case .defined(let name): return names.arity(of: name)
    }
  }

  /// `sin 2(x+1)`: sin(2)·(x+1) or sin(2(x+1))?
  func complainOfNumberBeforeBracket(_ piece: Names.Piece) {
    let whole = characters.span(piece.start, lastEnd)
    let name = characters.text(piece.start, piece.end)
    let number = text(Token(.number, piece.end, lastEnd)).filter { $0 != " " }
    if number == "-1", let inverse = FunctionNames.inverse(of: name)?.name {
      return complain(
        .numberBeforeBracket(name + number + "(…)"), whole,
        fixes: [
          fix(whole, inverse, "for the inverse, write \(inverse)(…)"),
          fix(whole, "\(name)(-1)", "for a product, \(name)(-1)·(…)"),
        ])
    }
    let fixes =
      FunctionNames.known(name + number) == nil
      ? "write \(name)(\(number)(…)), or \(name)(\(number))·(…)"
      : "write \(name)_\(number)(…), or \(name)(\(number)(…))"
    complain(.numberBeforeBracket(name + " " + number + "(…)"), whole, hint: fixes)
  }
}
