import NablaAlgebra
import NablaBasics
import Records
import Testing

@testable import NablaNotation

/// Every function in every place, and names of every kind beside one another, as they were recorded in every format.
@Suite struct RecordedNameTests {
  /// The echo, and the answer where it differs; nil for what cannot be read. Marked up it takes ten times the room.
  private static func shown(_ text: String, _ variables: [String], isMarkedUp: Bool) -> String? {
    var options = ReadingOptions()
    options.variables = variables
    guard let reading = try? Reading.read(text, options: options) else { return nil }
    let echo = Form(reading.syntax, declared: reading.variables)
    let answer = Form(reading.expression, variables: reading.variables)
    let formats: [Format] = [.plain, .unicode, .latex] + (isMarkedUp ? [.mathML] : [])
    return text + ":   "
      + formats.map { format in
        let (typed, meant) = (echo.text(format), answer.text(format))
        return typed == meant ? typed : typed + " ⇒ " + meant
      }.joined(separator: "   ")
  }

  @Test func `every function in every place`() throws {
    var lines: [String] = []
    for function in Function.all where function.name.utf8.allSatisfy({ $0 >= 48 }) {
      let call = function.name + "(" + ["x", "y", "z"].prefix(function.arity).joined(separator: ", ") + ")"
      for frame in [
        "\(call)^2", "2\(call)y", "x/\(call)", "-\(call)^(-1)", "\(call)^(1/2) + 1", "y^\(call)",
        "abs(\(call))^3",
      ] {
        if let line = Self.shown(frame, ["x", "y", "z"], isMarkedUp: frame.hasPrefix("2")) {
          lines.append(line)
        }
      }
    }
    #expect(try Record(name: "function-names.txt").differences(from: lines) == [])
  }

  @Test func `names of every kind beside one another`() throws {
    let names = [
      "x", "x_1", "x_10", "rho_c_0", "speed", "speed_1", "v_max", "lambda", "lambda_2", "e", "pi", "i",
      "Delta", "a_b",
    ]
    var lines: [String] = []
    for first in names {
      for second in names {
        for text in [
          "\(first)*\(second)", "\(first)^2*\(second)/2", "sin(\(first))*\(second) - \(second)^\(first)",
        ] {
          let isMarkedUp = !text.contains("/") && !text.contains("-")
          let letters = names.filter { $0 != "e" && $0 != "pi" }
          if let line = Self.shown(text, letters, isMarkedUp: isMarkedUp) { lines.append(line) }
        }
      }
    }
    #expect(try Record(name: "names.txt").differences(from: lines) == [])
  }

  /// Members of families, numbers and letters, in the order of the variables as declared.
  @Test func `the order of terms and factors`() throws {
    let orders = [
      ["x_1", "x_2", "x_3", "x_4", "y", "z"], ["y", "x_1", "x_2", "x_3", "x_4", "z"],
      ["z", "y", "x_4", "x_3", "x_2", "x_1"],
      ["y_2", "y_10", "x_1", "x_2", "x_3", "x_4", "y", "z"],
    ]
    let texts = [
      "sum(i, 1, 3, y x[i] + x[i]^2 + x[i+1] y^2 + z)", "sum(i, 1, 3, x[i+1] x[i] y + y x[i]^3 + x[i])",
      "x_2 x_1 + x_1^2 + y x_3 + y^2",
      "prod(i, 2, 3, x[i-1] + y + x[i] + x[i+1])", "x_4 - x_2 + x_3 + x_1", "z x_1 + a x_1 + b z + a b",
      "y_10 + y_2 + y_10 y_2",
      "a x_1^2 + b x_1 + c + x_1 sin x_2 + sin(x_2)^2 + e^(x_1) + ln x_1",
      "(a + 1) z + (b + c) y + 2 + pi + sqrt(2) + pi y",
      "x_1 + x_1 y + x_1 z + y + y z + z + x_1 y z + 1/y + z/y + x_1/y",
      "sum(i, 1, 3, x[i+1] x_1 + x[i] x_2 + x[i+1] + x_1)",
    ]
    var lines: [String] = []
    for order in orders {
      for text in texts {
        var options = ReadingOptions()
        options.variables = order
        guard let reading = try? Reading.read(text, options: options) else {
          lines.append(text + ": -")
          continue
        }
        lines.append(
          text + " in \(order): " + Form(reading.expression, variables: reading.variables).text(.unicode))
      }
    }
    // A function whose letters are variables has no exponent on its name.
    lines += ["sin(x)^2", "erf(x)^2", "gamma(x)^2"].map { text in
      var options = ReadingOptions()
      options.variables = ["x", "s", "i", "n"]
      let reading = try? Reading.read(text, options: options)
      return reading.map { Form($0.expression, variables: $0.variables).text(.unicode) } ?? "-"
    }
    #expect(try Record(name: "orders.txt").differences(from: lines) == [])
  }
}
