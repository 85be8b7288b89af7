import NablaBasics
import Testing

@Suite struct NumberTextTests {
  @Test(arguments: [
    (233.04080, 6, "233.041"), (0, 6, "0"), (-0.0, 6, "0"), (-77, 6, "-77"), (1e-7, 6, "1e-7"),
    (-0.09440414, 6, "-0.0944041"), (999999.5, 6, "1e6"), (1e22, 3, "1e22"), (0.15, 1, "0.2"),
    (123456789, 6, "1.23457e8"), (-2.504e31, 3, "-2.5e31"), (0.0001, 6, "0.0001"),
    (0.00001234, 6, "1.234e-5"), (9.99999999, 3, "10"), (100000, 6, "100000"),
  ])
  func significant(value: Double, digits: Int, text: String) {
    #expect(NumberText.significant(value, digits: digits, minus: .ascii) == text)
  }

  @Test(arguments: [
    (-8.0, 6, "-8.000000"), (-0.2125523138, 6, "-0.212552"), (0.0000004, 6, "0.000000"),
    (-0.0000004, 6, "0.000000"), (0.9999999, 6, "1.000000"), (30, 0, "30"), (0.05, 1, "0.1"),
    (1e300, 2, "1e300"),
  ])
  func fixed(value: Double, decimals: Int, text: String) {
    #expect(NumberText.fixed(value, decimals: decimals, minus: .ascii) == text)
  }

  @Test func shortestReadsBack() {
    var random = SplitMix64(start: 1)
    for _ in 0..<2000 {
      let value = Double(bitPattern: random.next())
      if value.isFinite { #expect(Double(NumberText.shortest(value)) == value) }
    }
  }

  @Test func notFinite() {
    #expect(NumberText.significant(.nan) == "undefined")
    #expect(NumberText.significant(-.infinity) == "−∞")
  }

  @Test func typographicMinus() { #expect(NumberText.significant(-1e-9) == "−1e−9") }
}
