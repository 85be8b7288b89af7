import NablaAlgebra
import NablaBasics
import Synchronization
import Testing

@testable import NablaNotation

/// Every kind of nesting takes its own path down: up to the limit it is read on a small stack, beyond it is refused.
struct NestingTests {
  /// One level of text around `%`, and how many levels of the limit it takes.
  struct Layer: Sendable, CustomTestStringConvertible {
    var text: String
    var levels = 1
    /// What stands before all layers, and inside them.
    var head = ""
    var inner = "x"
    var testDescription: String { text }

    func repeated(_ count: Int) -> String {
      let halves = text.split(separator: "%", omittingEmptySubsequences: false).map(String.init)
      return head + String(repeating: halves[0], count: count) + inner
        + String(repeating: halves.count > 1 ? halves[1] : "", count: count)
    }
  }

  static let layers: [Layer] = [
    Layer(text: "(%)"), Layer(text: "[%]"), Layer(text: "{%}"), Layer(text: "|%|"), Layer(text: "|1+%|"),
    Layer(text: "⌊%⌋"), Layer(text: "⌈%⌉"), Layer(text: "2*(%+1)"), Layer(text: "-(%)"),
    Layer(text: "(%)!"), Layer(text: "1/(1+%)"), Layer(text: "not (%)"), Layer(text: "x and (%)"),
    Layer(text: "sin(%)"), Layer(text: "sinh(1+2*%)"), Layer(text: "max(x,%)"), Layer(text: "if(x>0,%,1)"),
    Layer(text: "sin %"), Layer(text: "sin -%"), Layer(text: "ln sin(%)", levels: 2),
    Layer(text: "sin^2(%)"), Layer(text: "sin² %"), Layer(text: "sin^(%)x", levels: 2),
    Layer(text: "log_2(%)"), Layer(text: "log_2 %"), Layer(text: "√%"), Layer(text: "∛%"),
    Layer(text: "√(%)", levels: 2), Layer(text: "√|%|", levels: 2), Layer(text: "e^%"),
    Layer(text: "e^-%"), Layer(text: "e^{%}", levels: 2), Layer(text: "x^(%)", levels: 2),
    Layer(text: "2^-(%)!", levels: 2), Layer(text: "x**%"), Layer(text: "{x>0:%;1}"),
    Layer(text: "{x>%:1;2}"), Layer(text: "{x>0:1;%}"),
    Layer(text: "\\frac{%}{2}"), Layer(text: "\\frac{1}{1+%}"), Layer(text: "\\sqrt{%}"),
    Layer(text: "\\sqrt%", inner: " x"),
    Layer(text: "\\sqrt[3]{1+%}"), Layer(text: "\\begin{cases}%&x>0\\\\1\\end{cases}"),
    Layer(text: "d/dx(%)", levels: 2, inner: "y"), Layer(text: "\\frac{d}{dx}%", inner: "y"),
    Layer(text: "\\sum_{i=1}^{%}1", levels: 2, inner: "2"),
    Layer(text: "f(%)", head: "f(x) = x + 1\n"), Layer(text: "f %", head: "f(x) = x + 1\n"),
    Layer(text: "x[%]", head: "sum(i, 1, 2, ", inner: "1"),
    Layer(text: "2x[1+%]", head: "sum(i, 1, 2, ", inner: "1"),
  ]

  /// The ids of the errors of a text that is read on a small stack.
  private func errors(_ text: String) -> [String] {
    let found = Mutex<[String]>([])
    onSmallStack {
      do throws(ReadingError) {
        _ = try Reading.read(text)
      } catch {
        let ids = error.diagnostics.filter { $0.severity == .error }.map(\.id)
        found.withLock { $0 = ids }
      }
    }
    return found.withLock { $0 }
  }

  @Test(arguments: layers)
  func upToTheLimit(_ layer: Layer) {
    let isOpen = layer.head.hasPrefix("sum")
    let count = (Limits.standard.nesting - (isOpen ? 1 : 0)) / layer.levels
    let text = layer.repeated(count) + (isOpen ? ")" : "")
    #expect(errors(text) == (isOpen ? ["index-not-integer"] : []))
  }

  @Test(arguments: layers)
  func beyondTheLimit(_ layer: Layer) {
    let isOpen = layer.head.hasPrefix("sum")
    let least = Limits.standard.nesting / layer.levels + 1
    for count in [least, 100_000] {
      #expect(errors(layer.repeated(count) + (isOpen ? ")" : "")) == ["nested-too-deep"], "\(count)")
    }
  }

  /// Names of indices: runs of letters that nothing else is called.
  private static func index(_ number: Int) -> String {
    "q"
      + String(number, radix: 16).map { "bcdfghjklmnprstv".map(String.init)[$0.hexDigitValue ?? 0] }.joined()
  }

  @Test(arguments: ["2sum(%,1,1,", "prod(%,1,1,", "1+sum(%=1..1,", "2\\sum_{%=1}^1 "])
  func sumsInSums(_ layer: String) {
    let halves = layer.split(separator: "%").map(String.init)
    for count in [Limits.standard.nesting, 5000] {
      var text = ""
      for number in 0..<count { text += halves[0] + Self.index(number) + halves[1] }
      text += "x" + (layer.hasSuffix(",") ? String(repeating: ")", count: count) : "")
      #expect(errors(text) == (count > Limits.standard.nesting ? ["nested-too-deep"] : []), "\(count)")
    }
  }

  @Test func anExpressionMayBeFourTimesAsDeepAsItsText() {
    let typed = String(repeating: "sin(1+2/(1-", count: 125) + "x" + String(repeating: "))", count: 125)
    #expect(errors(typed) == [])
    var lines = "a_0 = x\n"
    for step in 1...Limits.standard.expressionDepth - 1 { lines += "a_\(step) = sin(a_\(step - 1))\n" }
    #expect(errors(lines) == [])
    let step = Limits.standard.expressionDepth
    lines += "a_\(step) = sin(a_\(step - 1))"
    #expect(errors(lines) == ["nested-too-deep"])
  }
}
