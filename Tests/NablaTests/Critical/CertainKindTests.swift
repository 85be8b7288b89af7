import Nabla
import NablaAlgebra
import Testing

/// What is said of critical points is certain: kinds along families, cusps at irrational places, zeros that are none.
@Suite struct CertainKindTests {
  @Test(
    "A family has a kind only where all of it is of that kind",
    arguments: [
      ("x^2 (y^2-4)", nil), ("x^2 (y^2+4)", .localMinimum), ("x^2 (100-y)", nil),
      ("x^2 + y^2 + k x y", nil), ("x^2 + y^2 + k^2 y^2", .localMinimum), ("x^2 + (z-3) y^2", nil),
      ("(x-y)^2 (x-3)", nil), ("(y-x^2)^2 (y-5)", nil), ("x^2 e^y", .localMinimum),
      ("-x^2 (y^4+1) - z^2", .localMaximum), ("(x-y)^4", .localMinimum), ("y^2 sin(x)", nil),
      ("x^2 - y^2 + 0z", .saddle), ("x^2 - (z^2+1) y^2", .saddle),
    ] as [(String, CriticalPoint.Kind?)])
  func families(text: String, kind: CriticalPoint.Kind?) throws {
    let families = try Formula(text).criticalPoints().families
    #expect(families.map(\.kind) == [kind], "\(families)")
  }

  @Test(
    "Cusps where numbers only come near to",
    arguments: [
      ("(x^2-2)^(2/3)", 2), ("(x^4-2)^(2/3)", 2), ("root((x^2-2)^2, 3)", 2), ("(x^3-3x)^(2/3)", 3),
      ("(x^2-x-1)^(2/3)", 2), ("x (x^2-2)^(2/3)", 2),
    ])
  func cusps(text: String, count: Int) throws {
    let found = try Formula(text).criticalPoints().points.filter(\.isCusp)
    #expect(found.count == count && found.allSatisfy { $0.exact != nil && $0.value.decimal == 0 }, "\(found)")
  }

  @Test func verticalTangentsAtIrrationalPlaces() throws {
    #expect(try Formula("(x^2-2)^(1/3)").criticalPoints().withoutSlope.count == 2)
    #expect(try Formula("root(x^3-3x, 3)").criticalPoints().withoutSlope.count == 3)
    #expect(try Formula("|x|").criticalPoints().points.allSatisfy { $0.isKink && !$0.isCusp })
  }

  @Test(
    "Lines and curves without a gradient",
    arguments: [
      ("(x^2+y^2-1)^(2/3)", .localMinimum), ("|x+y|", .localMinimum), ("3 - |x^2+y^2-1|", .localMaximum),
      ("|x y|", .localMinimum), ("|x| y", nil),
    ] as [(String, CriticalPoint.Kind?)])
  func ridges(text: String, kind: CriticalPoint.Kind?) throws {
    let found = try Formula(text).criticalPoints()
    #expect(found.ridges.map(\.kind) == [kind] && found.families.isEmpty && found.curves.isEmpty)
  }

  @Test func theEdgeOfADomainIsNoRidge() throws {
    let found = try Formula("sqrt(1-x^2-y^2)").criticalPoints()
    #expect(found.ridges.isEmpty && found.openSeams.isEmpty)
  }

  @Test(
    "A gradient that underflows is not zero",
    arguments: [
      ("e^(-(x^2+y^2-1)^2)", 1), ("e^(-(x^2+y^2-4)^2)", 1), ("e^(-100x^2) + e^(-100(x-1)^2)", 3),
      ("sin(x) e^(-x^4)", 4), ("sigmoid(10x)", 0),
    ])
  func underflow(text: String, count: Int) throws {
    let found = try Formula(text).criticalPoints()
    #expect(found.points.count == count && found.flat == nil, "\(found.points)")
  }

  @Test(
    "The edges of a level stretch are extrema",
    arguments: [
      ("max(0, x)", [.localMinimum]), ("|x| + |x-1|", [.localMinimum, .localMinimum]),
      ("clamp(x, 0, 1)", [.localMinimum, .localMaximum]), ("if(x < 0, 1 - x, 1 - x^6)", []),
      ("min(x^2, 4)", [.localMaximum, .localMaximum]),
    ] as [(String, [CriticalPoint.Kind])])
  func plateaus(text: String, kinds: [CriticalPoint.Kind]) throws {
    let found = try Formula(text).criticalPoints()
    #expect(found.points.filter(\.isKink).map(\.kind) == kinds)
    #expect(found.withoutSlope.isEmpty == !kinds.isEmpty)
  }

  @Test(
    "Points on a curve of critical points are not listed one by one",
    arguments: ["sqrt(x^2+y^2) - x", "sqrt((x-1)^2+(y-2)^2) + sqrt(x^2+y^2)"])
  func strewn(text: String) throws {
    let found = try Formula(text).criticalPoints()
    #expect(!found.strewn.isEmpty && found.points.allSatisfy(\.isKink), "\(found.points)")
  }

  @Test func oddFunctionsVanishWhereTheirArgumentsDo() throws {
    let found = try Formula("sech(x^2+y^2)").criticalPoints()
    #expect(found.points.map(\.kind) == [.localMaximum] && found.evidence == .complete)
  }
}
