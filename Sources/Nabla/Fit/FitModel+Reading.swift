import NablaAlgebra
import NablaBasics
import NablaNotation

extension FitModel {
  /// Reads one side, or another expression of the columns.
  static func read(
    _ text: String, _ source: SourceText, _ options: ReadingOptions, _ header: [String], _ names: [String]
  ) throws(FitError) -> Reading {
    let spelt = header.indices.first {
      header[$0].contains { !$0.isLetter && !$0.isNumber } && text.contains(header[$0])
    }
    let other = spelt.flatMap { Reading.name(header[$0]) == names[$0] ? nil : $0 }
    do {
      let reading = try Reading.read(text, options: options)
      guard let other, !reading.expression.freeVariables.contains(Variable(names[other])) else {
        return reading
      }
    } catch {
      guard other != nil else { throw .reading(ReadingError(source: source, diagnostics: error.diagnostics)) }
    }
    throw .columnIsWritten(header[other ?? 0], name: names[other ?? 0])
  }

  /// The columns as a model writes them: as in the header where that is a name.
  static func written(_ header: [String], _ names: [String]) -> [String] {
    zip(header, names).map { Reading.name($0) == $1 ? $0 : $1 }
  }

  /// What a model without a left side wants: a column that it does not use, and an equals sign.
  static func noLeftSide(
    _ text: String, _ source: SourceText, _ options: ReadingOptions, _ header: [String], _ names: [String]
  ) throws(FitError) -> FitError {
    for other in ["~", "=="] where text.contains(other) {
      return .noLeftSide(
        suggestion: "write = in place of \(other), as in \(text.replacing(other, with: "="))")
    }
    let used = try read(text, source, options, header, names).expression.freeVariables
    let columns = written(header, names)
    let unused = names.indices.filter { !used.contains(Variable(names[$0])) }.map { columns[$0] }
    if unused.count == 1 { return .noLeftSide(suggestion: "write \(unused[0]) = \(text)") }
    if let example = unused.first(where: { $0 == "y" }) ?? unused.last {
      return .noLeftSide(
        suggestion: "write \(example) = \(text), or another of \(unused.joined(separator: ", "))")
    }
    return .noLeftSide(suggestion: "write it before the model, as in y = a x")
  }

  /// The notes of both sides; that a value does not occur counts only where it occurs on neither.
  static func joined(_ left: [Diagnostic], _ right: [Diagnostic]) -> [Diagnostic] {
    func isIdle(_ note: Diagnostic) -> Bool { if case .unusedValue = note.kind { true } else { false } }
    let idleLeft = Set(left.filter(isIdle).map(\.kind))
    return left.filter { !isIdle($0) } + right.filter { !isIdle($0) || idleLeft.contains($0.kind) }
  }

  /// The sides of the last line's `=`, each with blanks in place of the other, so that places stay what they are;
  /// lines above the last are definitions that both may use.
  static func sides(of text: String) -> (left: String?, right: String) {
    let bytes = Array(text.utf8)
    var end = bytes.count
    while end > 0, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D || bytes[end - 1] == 0x20 { end -= 1 }
    let lineStart = (bytes[..<end].lastIndex { $0 == 0x0A || $0 == 0x0D }).map { $0 + 1 } ?? 0
    var depth = 0
    for place in lineStart..<end {
      let byte = bytes[place]
      if "([{".utf8.contains(byte) { depth += 1 }
      if ")]}".utf8.contains(byte) { depth -= 1 }
      guard byte == UInt8(ascii: "="), depth == 0 else { continue }
      let before = place > lineStart ? bytes[place - 1] : 0
      let after = place + 1 < end ? bytes[place + 1] : 0
      if "<>!=".utf8.contains(before) || after == byte { continue }
      let leftEnd = before == UInt8(ascii: ":") ? place - 1 : place
      var left = bytes
      var right = bytes
      for blank in leftEnd..<end { left[blank] = 0x20 }
      for blank in lineStart...place { right[blank] = 0x20 }
      return (String(decoding: left, as: UTF8.self), String(decoding: right, as: UTF8.self))
    }
    return (nil, text)
  }

  /// The column in `y(t)`, which names what it depends on rather than a product.
  static func columnWithList(_ text: String, _ names: [String], _ options: ReadingOptions) -> String? {
    guard let definition = Reading.parsed(text + "= 0").definitions.last, let name = definition.name,
      let list = definition.parameters, names.contains(name)
    else { return nil }
    return list.isEmpty ? nil : name
  }

  /// How names with digits are spelt in the text, by their canonical names.
  static func spellings(in text: String) -> [String: String] {
    var spellings: [String: String] = [:]
    var word = ""
    func end() {
      if word.contains(where: \.isNumber), word.first?.isLetter == true {
        let name = Reading.canonicalName(word)
        if spellings[name] == nil { spellings[name] = word }
      }
      word = ""
    }
    for character in text {
      if character.isASCII, character.isLetter || character.isNumber || character == "_" {
        word.append(character)
      } else {
        end()
      }
    }
    end()
    return spellings
  }
}

extension Expr {
  /// The expression with its sums over members of families written out, so that a[k] for k from 0 to 3 are a₀ … a₃.
  func withMembers(limits: Limits) -> Expr {
    rebuilt { part in
      guard case .fold(let fold) = part.shape, fold.count <= limits.expandedTerms,
        fold.body.distinctSubexpressions().contains(where: {
          if case .element = $0.shape { true } else { false }
        })
      else { return nil }
      let terms = (fold.lower...fold.upper).map { fold.term(at: $0) }
      return fold.kind == .sum ? .sum(terms) : .product(terms)
    }
  }
}
