/// A node as a note shows it, with every product and bracket written: `(1/2)·x²`.
extension SyntaxBuilder {
  /// How tight the outermost operator of a text is.
  enum Tightness: Int, Comparable {
    case condition, sum, product, power, atom

    static func < (left: Tightness, right: Tightness) -> Bool { left.rawValue < right.rawValue }
  }

  /// The most nodes deep that a reading goes; what lies deeper, and long lists, are three dots.
  private static let deepest = 8
  private static let mostParts = 8

  /// The text of a node, in brackets where its operator is looser than `least`.
  func reading(_ node: Int32, _ least: Tightness = .condition, depth: Int = 0) -> String {
    if depth > Self.deepest { return "…" }
    let (text, tightness) = readingAndTightness(node, depth + 1)
    return tightness < least ? "(" + text + ")" : text
  }

  private func readingAndTightness(_ node: Int32, _ depth: Int) -> (String, Tightness) {
    switch kind(node) {
    case .number(let digits): return (digits, .atom)
    case .vulgar(let numerator, let denominator): return ("\(numerator)/\(denominator)", .product)
    case .constant(let name): return (name == "pi" ? "π" : name, .atom)
    case .variable(let name), .boundIndex(let name): return (NameText.shown(name), .atom)
    case .element(let name):
      return ("\(NameText.shown(name))[\(reading(child(node, 0), depth: depth))]", .atom)
    case .sum: return (sum(node, depth), .sum)
    case .product: return (product(parts(of: node), depth), .product)
    case .negative: return ("−" + reading(child(node, 0), .product, depth: depth), .sum)
    case .power: return (power(node, depth), .power)
    case .factorial: return (reading(child(node, 0), .atom, depth: depth) + "!", .atom)
    case .call(let callee, _): return (callee.name + "(" + list(node, depth) + ")", .atom)
    case .root where count(node) == 1: return ("√" + reading(child(node, 0), .atom, depth: depth), .atom)
    case .root: return ("root(" + list(node, depth) + ")", .atom)
    case .fraction:
      let numerator = reading(child(node, 0), .power, depth: depth)
      return (numerator + "/" + reading(child(node, 1), .power, depth: depth), .product)
    case .absolute: return ("|" + reading(child(node, 0), depth: depth) + "|", .atom)
    case .group: return readingAndTightness(child(node, 0), depth)
    case .fold(let fold, let index):
      return ((fold == .sum ? "sum(" : "prod(") + index + ", " + list(node, depth) + ")", .atom)
    case .comparison: return (comparison(node, depth), .condition)
    case .not: return ("not " + reading(child(node, 0), .sum, depth: depth), .condition)
    case .and: return (joined(node, " and ", depth), .condition)
    case .or: return (joined(node, " or ", depth), .condition)
    case .piecewise: return (piecewise(node, depth), .atom)
    case .degrees: return (reading(child(node, 0), .atom, depth: depth) + "°", .atom)
    case .derivative(let names): return (derivative(node, names, depth), .product)
    case .missing: return ("…", .atom)
    }
  }

  /// `d/dx (x²)`, `∂²/∂x∂y (x·y)`
  private func derivative(_ node: Int32, _ names: [String], _ depth: Int) -> String {
    let isMixed = Set(names).count > 1
    let sign = isMixed ? "∂" : "d"
    let order = names.count == 1 ? "" : NameText.raised(String(names.count)) ?? ""
    let shown = names.map(NameText.shown)
    let below = isMixed ? shown.map { sign + $0 }.joined() : sign + shown[0] + order
    return sign + order + "/" + below + " (" + reading(child(node, 0), depth: depth) + ")"
  }

  private func comparison(_ node: Int32, _ depth: Int) -> String {
    var text = ""
    for part in parts(of: node).prefix(Self.mostParts) {
      switch part.link {
      case .less: text += " < "
      case .lessOrEqual: text += " ≤ "
      case .greater: text += " > "
      case .greaterOrEqual: text += " ≥ "
      case .equal: text += " = "
      case .notEqual: text += " ≠ "
      case .first, .plus, .minus, .implied, .times, .over: break
      }
      text += reading(part.node, .sum, depth: depth)
    }
    return text
  }

  /// Conditions in brackets, joined by a word.
  private func joined(_ node: Int32, _ word: String, _ depth: Int) -> String {
    parts(of: node).prefix(Self.mostParts).map { reading($0.node, .sum, depth: depth) }.joined(
      separator: word)
  }

  private func piecewise(_ node: Int32, _ depth: Int) -> String {
    var text = "{"
    for (place, part) in parts(of: node).prefix(Self.mostParts).enumerated() {
      text += place == 0 ? "" : place % 2 == 1 ? ": " : "; "
      text += reading(part.node, depth: depth)
    }
    return text + "}"
  }

  func parts(of node: Int32) -> ArraySlice<SyntaxTree.Part> {
    let first = Int(nodes[Int(node)].first)
    return parts[first..<first + count(node)]
  }

  private func list(_ node: Int32, _ depth: Int) -> String {
    let shown = parts(of: node).prefix(Self.mostParts).map { reading($0.node, depth: depth) }
    return (count(node) > Self.mostParts ? shown + ["…"] : shown).joined(separator: ", ")
  }

  private func sum(_ node: Int32, _ depth: Int) -> String {
    var text = ""
    for part in parts(of: node).prefix(Self.mostParts) {
      if text.isEmpty {
        text += part.link == .minus ? "−" : ""
      } else {
        text += part.link == .minus ? " − " : " + "
      }
      text += reading(part.node, .product, depth: depth)
    }
    return count(node) > Self.mostParts ? text + " + …" : text
  }

  /// Factors with every product written; a fraction in front of a product stands in brackets.
  func product(_ parts: ArraySlice<SyntaxTree.Part>, _ depth: Int = 0) -> String {
    var text = ""
    var isQuotient = false
    for part in parts.prefix(Self.mostParts) {
      let operand = reading(part.node, .power, depth: depth)
      if text.isEmpty {
        text = operand
      } else if part.link == .over {
        text = (isQuotient ? "(" + text + ")" : text) + "/" + operand
        isQuotient = true
      } else {
        text = (isQuotient ? "(" + text + ")" : text) + "·" + operand
        isQuotient = false
      }
    }
    return parts.count > Self.mostParts ? text + "·…" : text
  }

  private func power(_ node: Int32, _ depth: Int) -> String {
    let base = reading(child(node, 0), .atom, depth: depth)
    let exponent = reading(child(node, 1), depth: depth)
    let plain = exponent.replacingMinus
    if let raised = NameText.raised(plain), plain.utf8.count < 4 { return base + raised }
    let isAtom = readingAndTightness(child(node, 1), depth).1 == .atom
    return base + "^" + (isAtom ? exponent : "(" + exponent + ")")
  }
}

extension String {
  /// The text with a typographic minus as `-`.
  fileprivate var replacingMinus: String { String(map { $0 == "−" ? "-" : $0 }) }
}
