import NablaAlgebra
import NablaBasics
import NablaEvaluation

/// The steps of a listing as expressions: operators, brackets, templates.
extension CodeWriter {
  /// An output as text.
  mutating func text(of operand: Listing.Operand) -> String { asNumber(piece(of: operand)).text }

  private mutating func piece(of operand: Listing.Operand) -> Piece {
    switch operand {
    case .number(let value): return number(value)
    case .letter(let place):
      usedLetters.insert(place)
      return Piece(text: names.letters[place])
    case .element(let loop, let shift):
      usesPoint = true
      let place = place(loop, shift: shift, base: dialect.layout?.base ?? 0)
      return Piece(text: "\(names.point)[\(place)]")
    case .index(let loop):
      return Piece(text: dialect.layout?.indexValue(loopNames[loop] ?? "i") ?? "")
    case .step(let number): return pieces[number] ?? Piece(text: "")
    }
  }

  /// `i + 3`, the place of an element.
  func place(_ loop: Int, shift: Int, base: Int) -> String {
    let (name, shift) = (loopNames[loop] ?? "i", shift + base)
    return shift == 0 ? name : shift > 0 ? "\(name) + \(shift)" : "\(name) - \(-shift)"
  }

  private mutating func number(_ value: Double) -> Piece {
    if value < 0 {
      let positive = number(-value)
      return Piece(text: "-" + positive.text, level: .sign)
    }
    if let named = dialect.constants.first(where: { $0.value == value || ($0.value.isNaN && value.isNaN) }) {
      return Piece(text: named.name)
    }
    if !value.isFinite {
      error = error ?? .noNumber(value.isNaN ? "NaN" : "infinity", language: dialect.title)
    }
    return Piece(text: dialect.number(NumberText.shortest(value)))
  }

  mutating func piece(_ operation: Listing.Operation, _ operands: [Listing.Operand]) -> Piece {
    let parts = operands.map { piece(of: $0) }
    let weight = parts.reduce(1) { $0 + $1.weight }
    var result: Piece
    switch operation {
    case .add: result = infix("+", parts, .sum)
    case .subtract: result = infix("-", parts, .sum)
    case .multiply:
      // A coefficient stands in front.
      if case .number = operands[1], !operands[0].isNumber {
        let left = bracketed(asNumber(parts[0]), above: .sum)
        result = Piece(text: "\(parts[1].text) * \(left)", level: .product)
      } else {
        result = infix("*", parts, .product)
      }
    case .divide: result = infix("/", parts, .product)
    case .negate: result = Piece(text: "-" + bracketed(asNumber(parts[0]), above: .product), level: .sign)
    case .power, .oddPower, .evenPower:
      let powers = dialect.powers
      let form = operation == .power ? powers.plain : operation == .oddPower ? powers.odd : powers.even
      result = template(form, parts)
      // Where powers have a sign of their own, one is no base of another without brackets.
      if !form.hasSuffix(")") { result.level = .sign }
    case .select:
      let branches = parts.dropFirst().map {
        Piece(text: bracketed(asNumber($0), above: .choice), level: .or)
      }
      let (form, level) = dialect.choice
      result = template(form, [asCondition(parts[0])] + branches)
      result.level = level
    case .call(let name): result = call(name, parts)
    }
    result.weight = weight
    return result
  }

  /// Whether a function is written with the signs of conditions.
  static func isLogical(_ name: String) -> Bool {
    ["<", "<=", ">", ">=", "==", "!=", "and", "or", "not", "if"].contains(name)
  }

  private mutating func call(_ name: String, _ parts: [Piece]) -> Piece {
    let logic = dialect.logic
    switch name {
    case "<", "<=", ">", ">=": return comparison(name, parts)
    case "==": return comparison(logic.equal, parts)
    case "!=": return comparison(logic.notEqual, parts)
    case "and", "or":
      let level: Dialect.Level = name == "and" ? .and : .or
      let sides = parts.map { "(\(asCondition($0).text))" }
      let sign = name == "and" ? logic.and : logic.or
      return Piece(text: "\(sides[0]) \(sign) \(sides[1])", level: level, isCondition: true)
    case "not":
      return Piece(text: "\(logic.not)(\(asCondition(parts[0]).text))", level: .comparison, isCondition: true)
    default:
      guard let form = dialect.functions[name] else {
        error = error ?? .noFunction(name, language: dialect.title)
        return Piece(text: name)
      }
      return template(form, parts)
    }
  }

  private func comparison(_ sign: String, _ parts: [Piece]) -> Piece {
    let sides = parts.map { bracketed(asNumber($0), above: .comparison) }
    return Piece(text: "\(sides[0]) \(sign) \(sides[1])", level: .comparison, isCondition: true)
  }

  /// A left operand may bind as loosely as the operator, a right one must bind more tightly; sums and products of
  /// numbers are not regrouped.
  private func infix(_ sign: String, _ parts: [Piece], _ level: Dialect.Level) -> Piece {
    let left = asNumber(parts[0])
    let right = bracketed(asNumber(parts[1]), above: level)
    let shown = left.level < level ? "(\(left.text))" : left.text
    return Piece(text: "\(shown) \(sign) \(right)", level: level)
  }

  private func bracketed(_ piece: Piece, above level: Dialect.Level) -> String {
    piece.level > level ? piece.text : "(\(piece.text))"
  }

  /// Operands between brackets or commas stand as they are; beside a sign they are kept together.
  private mutating func template(_ form: String, _ parts: [Piece]) -> Piece {
    templates.insert(form)
    var text = ""
    var rest = form[...]
    while let mark = rest.firstIndex(of: "$") {
      text += rest[..<mark]
      let after = rest.index(after: mark)
      guard after < rest.endIndex, let place = rest[after].wholeNumberValue, place < parts.count else {
        break
      }
      let part =
        parts[place].isCondition && form != dialect.choice.template ? asNumber(parts[place]) : parts[place]
      rest = rest[rest.index(after: after)...]
      let isEnclosed =
        (text.hasSuffix("(") || text.hasSuffix(", ")) && (rest.hasPrefix(")") || rest.hasPrefix(","))
      text +=
        isEnclosed || part.level == .atom || form == dialect.choice.template ? part.text : "(\(part.text))"
    }
    return Piece(text: text + rest, level: .atom)
  }

  func asNumber(_ piece: Piece) -> Piece {
    guard piece.isCondition else { return piece }
    return Piece(text: dialect.truth.replacing("$0", with: piece.text), weight: piece.weight + 1)
  }

  private func asCondition(_ piece: Piece) -> Piece {
    if piece.isCondition { return piece }
    let text = "\(bracketed(piece, above: .comparison)) \(dialect.logic.notEqual) \(dialect.number("0"))"
    return Piece(text: text, level: .comparison, weight: piece.weight, isCondition: true)
  }
}

extension Listing.Operand {
  fileprivate var isNumber: Bool { if case .number = self { true } else { false } }
}
