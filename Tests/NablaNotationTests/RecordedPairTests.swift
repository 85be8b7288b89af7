import Foundation
import Records
import Testing

@testable import NablaNotation

/// Every kind of factor beside every other as it was recorded: where a sign or a blank stands between them, and where a
/// bracket around one of them.
///
///     NABLA_RECORD=1 swift test --filter RecordedPairTests      # after a change that is meant; then read the difference
@Suite struct RecordedPairTests {
  private static let (x, y, n): (Form, Form, Form) = (.variable("x"), .variable("y"), .variable("n"))
  private static let one: Form = .integer(1)

  private static func call(_ name: String, _ arguments: Form..., isBare: Bool = false) -> Form {
    .application(.init(name, arguments, isBare: isBare))
  }

  private static let letters: [Form] = [
    x, .variable("e"), .variable("f"), .variable("i"), .variable("x_1"), .variable("v_max"),
    .variable("speed"),
    .variable("lambda"), .pi, .eulersNumber, .element(Name("x"), index: .variable("i")),
    .element(Name("a"), index: .sum([.plus(.variable("i")), .plus(one)])),
  ]
  private static let numbers: [Form] = [
    .integer(2), .number("0.5", isApproximate: false), .number("2.5e-7", isApproximate: false), .integer(-3),
    .fraction(.integer(1), .integer(2)), .fraction(.integer(3), .integer(7)),
  ]
  private static let powers: [Form] = [
    .power(x, .integer(2)), .power(.integer(2), x), .power(.eulersNumber, x), .power(x, n),
    .power(.variable("x_1"), .integer(-1)), .power(x, .fraction(.integer(1), .integer(3))),
    .power(.sum([.plus(x), .minus(one)]), .integer(12)), .power(call("sin", x), .integer(2)),
    .power(.enclosed(.absolute, x), .integer(3)), .power(.power(x, .integer(2)), y),
  ]
  private static let others: [Form] = [
    .sum([.plus(x), .plus(one)]), .negative(y), .fraction(x, y), .product([.implied(x), .implied(y)]),
    .product([.implied(x), .explicit(.integer(2))]), .root(index: 2, x),
    .root(index: 3, .sum([.minus(x), .plus(y)])),
    call("sin", x, isBare: true), call("ln", .product([.implied(.integer(2)), .implied(x)]), isBare: true),
    call("erf", x), call("f", x), call("atan2", y, x), call("log2", x), call("mod", x, y),
    .enclosed(.absolute, x), .enclosed(.absolute, .enclosed(.absolute, y)), .enclosed(.floor, x),
    .enclosed(.ceiling, .fraction(x, y)), .factorial(n), .factorial(.sum([.plus(n), .plus(one)])),
    .fold(.init(.sum, index: Name("i"), from: one, to: n, .power(x, .variable("i")))),
    .piecewise([.init(.comparison(x, [.init(.greater, one)]), x)], otherwise: y),
    .comparison(x, [.init(.less, y)]),
  ]

  /// What is made of two parts in turn: a fraction, a power, a product inside bars and in an exponent, three factors, a
  /// difference, a call.
  private static func whole(_ turn: Int, _ a: Form, _ b: Form) -> Form {
    let product: Form = .product([.implied(a), .implied(b)])
    switch turn % 8 {
    case 0: return .fraction(a, b)
    case 1: return .power(a, b)
    case 2: return .enclosed(.absolute, product)
    case 3: return .power(x, product)
    case 4: return .product([.implied(a), .implied(b), .implied(a)])
    case 5: return .sum([.minus(a), .minus(b)])
    case 6: return .product([.implied(a), .init(joint: .over, form: b), .implied(y)])
    default: return call("cos", product, isBare: true)
    }
  }

  private static func lines() -> [String] {
    let parts = letters + numbers + powers + others
    var lines: [String] = []
    for (i, a) in parts.enumerated() {
      for (j, b) in parts.enumerated() {
        let product: Form = .product([.implied(a), .implied(b)])
        // Marked up it takes ten times the room.
        let format: Format = (i + j) % 19 == 0 ? .mathML : [.plain, .unicode, .latex][(i + j / 8) % 3]
        let texts = [.plain, .unicode, .latex, .plain.withoutSpaces].map { (format: Format) in
          product.text(format)
        }
        lines.append(texts.joined(separator: "   ") + "   " + whole(3 * i + j, a, b).text(format))
      }
    }
    return lines
  }

  @Test func `every kind of factor beside every other`() throws {
    #expect(try Record(name: "pairs.txt").differences(from: Self.lines()) == [])
  }
}
