import NablaAlgebra
import NablaNotation
import Testing

struct CanonicalNameTests {
  @Test(
    "Every way to type a name gives the one canonical name",
    arguments: [
      ("x", "x"), ("x1", "x_1"), ("x_1", "x_1"), ("x_{1}", "x_1"), ("x₁", "x_1"), ("x12", "x_12"),
      ("λ", "lambda"), ("lambda", "lambda"), ("speed", "speed"), ("rate2", "rate_2"), ("foo_bar", "foo_bar"),
      ("", ""), ("1x", "1x"), ("x y", "x y"), ("x\ny", "x\ny"), ("+", "+"),
    ])
  func canonical(typed: String, name: String) {
    #expect(Reading.canonicalName(typed) == name)
  }

  @Test("A list of variables and the names of values may be typed in any of these ways")
  func options() throws {
    var options = ReadingOptions()
    options.variables = ["x2", "x₁"]
    options.parameters = ["λ": 3]
    let reading = try Reading.read("lambda x_1 + x2", options: options)
    #expect(reading.variables.map(\.name) == ["x_2", "x_1"])
    #expect(reading.parameters.isEmpty)
  }
}
