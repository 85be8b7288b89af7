import NablaAlgebra
import NablaBasics
import Testing

@testable import NablaNotation

/// MathML is well-formed XML of the elements of MathML Core, each with as many children as it takes.
@Suite struct MarkupTests {
  static let start: UInt64 = 4_711
  static let count = 2_000

  @Test func `random formulas are well-formed`() throws {
    var random = RandomExpr(start: Self.start)
    for round in 0..<Self.count {
      let expr = random.next(depth: 1 + round % 5)
      guard expr.size < 300 else { continue }
      let text = Form(expr, variables: RandomExpr.variables).text(.mathML)
      #expect(
        Markup.trouble(in: "<math>\(text)</math>") == nil,
        "start \(Self.start): \(Markup.trouble(in: "<math>\(text)</math>") ?? "") in \(text)")
    }
  }

  static let forms: [Form] = [
    .label(.partial("f", by: [.variable("x_1"), .variable("x_1"), .variable("y")])),
    .label(.prime("g_2", order: 3, of: [.variable("x")])), .label(.gradient("f")),
    .label(.function("f", [.variable("x"), .ellipsis, .variable("z")])),
    .vector([.integer(-1), .ellipsis]), .point([.variable("rho_c_0"), .pi]),
    .piecewise([.init(.variable("p"), .variable("x"))], otherwise: nil),
    .not(.and([.variable("x"), .or([.variable("y"), .variable("z")])])),
    .fold(.init(.product, index: Name("i"), from: .integer(1), to: .variable("n"), .variable("x"))),
    .element(Name("x"), index: .sum([.plus(.variable("i")), .minus(.integer(1))])),
    .power(.application(.init("sin", [.variable("x")])), .integer(2)),
  ]

  @Test(arguments: forms.indices) func `every kind of form is well-formed`(_ place: Int) {
    let text = "<math>\(Self.forms[place].text(.mathML))</math>"
    #expect(Markup.trouble(in: text) == nil, "\(text)")
  }

  @Test func `the check finds what is wrong`() {
    for text in [
      "<math><mi>x</math>", "<math><mi>a<b</mi></math>", "<math><mfrac><mi>x</mi></mfrac></math>",
      "<math><mi>x & y</mi></math>", "<math>x</math>", "<math><blink></blink></math>",
      "<math><mo a=b></mo></math>",
      "<math></math><math></math>",
    ] {
      #expect(Markup.trouble(in: text) != nil, "\(text)")
    }
  }
}

/// A small reader of XML that knows how many children the elements of MathML Core take.
enum Markup {
  private static let anyNumber: Set<String> = [
    "math", "mrow", "msqrt", "mtable", "mtr", "mtd", "mi", "mn", "mo", "mtext", "mspace",
  ]
  private static let exactly: [String: Int] = [
    "mfrac": 2, "msup": 2, "msub": 2, "mroot": 2, "munderover": 3, "msubsup": 3,
  ]
  private static let leaves: Set<String> = ["mi", "mn", "mo", "mtext"]

  /// What is wrong with a text; nil where nothing is.
  static func trouble(in text: String) -> String? {
    var open: [(name: String, children: Int)] = []
    var hasEnded = false
    var rest = text[...]
    while let character = rest.first {
      if hasEnded { return "something stands behind the end" }
      guard character == "<" else {
        guard let last = open.last, leaves.contains(last.name) else {
          return "text outside an element: \(rest.prefix(20))"
        }
        if character == ">" { return "a bare >" }
        if character == "&", !["&lt;", "&gt;", "&amp;"].contains(where: { rest.hasPrefix($0) }) {
          return "a bare &"
        }
        rest.removeFirst()
        continue
      }
      guard let end = rest.firstIndex(of: ">") else { return "a tag without an end" }
      let tag = rest[rest.index(after: rest.startIndex)..<end]
      rest = rest[rest.index(after: end)...]
      if tag.first == "/" {
        guard let last = open.popLast(), last.name == tag.dropFirst() else {
          return "</\(tag) closes another"
        }
        if let count = exactly[last.name], count != last.children {
          return "<\(last.name)> has \(last.children) children"
        }
        hasEnded = open.isEmpty
        continue
      }
      // A tag that ends itself has no children.
      let isWhole = tag.last == "/"
      let words = (isWhole ? tag.dropLast() : tag).split(separator: " ")
      let name = words.first.map(String.init) ?? ""
      guard anyNumber.contains(name) || exactly[name] != nil else { return "<\(name)> is no element" }
      for attribute in words.dropFirst() {
        let sides = attribute.split(separator: "=", omittingEmptySubsequences: false)
        guard sides.count == 2, sides[1].count > 1, sides[1].first == "\"", sides[1].last == "\"" else {
          return "the attribute \(attribute)"
        }
      }
      if let last = open.indices.last {
        if leaves.contains(open[last].name) { return "<\(name)> in <\(open[last].name)>" }
        open[last].children += 1
      }
      if isWhole, exactly[name] != nil || open.isEmpty { return "<\(name)/> has nothing in it" }
      if !isWhole { open.append((name, 0)) }
    }
    return hasEnded ? nil : "an element without an end"
  }
}
