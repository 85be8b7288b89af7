import NablaBasics

/// Operations on rows of numbers, eight at a time; a row may be read and written up to the next multiple of eight.
enum Kernels {
  /// A row of operands, or one number that stands for a row.
  struct Row {
    let start: UnsafePointer<Double>
    let isFixed: Bool

    @inline(__always)
    init(_ start: UnsafePointer<Double>, isFixed: Bool = false) {
      self.start = start
      self.isFixed = isFixed
    }

    @inline(__always)
    subscript(place: Int) -> Lanes {
      if isFixed { return Lanes(repeating: start[0]) }
      return Lanes(at: start + place)
    }
  }

  @inline(__always)
  private static func each(
    _ result: UnsafeMutablePointer<Double>, _ count: Int, _ value: (Int) -> Lanes
  ) {
    var place = 0
    while place < count {
      UnsafeMutableRawPointer(result + place).storeBytes(of: value(place), as: Lanes.self)
      place &+= 8
    }
  }

  /// One operation of arithmetic, comparison or choice on rows; false where the code is none of these.
  @inline(__always)
  static func arithmetic(
    _ code: StepCode, _ result: UnsafeMutablePointer<Double>, _ a: Row, _ b: Row, _ c: Row, _ d: Row,
    _ e: Row, _ f: Row, _ count: Int
  ) -> Bool {
    switch code {
    case .add: each(result, count) { a[$0] + b[$0] }
    case .subtract: each(result, count) { a[$0] - b[$0] }
    case .multiply: each(result, count) { a[$0] * b[$0] }
    case .divide: each(result, count) { quotient(a[$0], b[$0]) }
    case .negate: each(result, count) { negated(a[$0]) }
    case .multiplyAdd: each(result, count) { a[$0] * b[$0] + c[$0] }
    case .multiplySubtract: each(result, count) { a[$0] * b[$0] - c[$0] }
    case .subtractMultiple: each(result, count) { c[$0] - a[$0] * b[$0] }
    case .productSum: each(result, count) { a[$0] * b[$0] + c[$0] * d[$0] }
    case .productDifference: each(result, count) { a[$0] * b[$0] - c[$0] * d[$0] }
    case .product3: each(result, count) { (a[$0] * b[$0]) * c[$0] }
    case .product4: each(result, count) { ((a[$0] * b[$0]) * c[$0]) * d[$0] }
    case .productOfProducts: each(result, count) { (a[$0] * b[$0]) * (c[$0] * d[$0]) }
    case .product3Add: each(result, count) { (a[$0] * b[$0]) * c[$0] + d[$0] }
    case .product3Subtract: each(result, count) { (a[$0] * b[$0]) * c[$0] - d[$0] }
    case .subtractProduct3: each(result, count) { d[$0] - (a[$0] * b[$0]) * c[$0] }
    case .product3AddProduct: each(result, count) { (a[$0] * b[$0]) * c[$0] + d[$0] * e[$0] }
    case .product3SubtractProduct: each(result, count) { (a[$0] * b[$0]) * c[$0] - d[$0] * e[$0] }
    case .productSubtractProduct3: each(result, count) { d[$0] * e[$0] - (a[$0] * b[$0]) * c[$0] }
    case .product3Sum: each(result, count) { (a[$0] * b[$0]) * c[$0] + (d[$0] * e[$0]) * f[$0] }
    case .product3Difference: each(result, count) { (a[$0] * b[$0]) * c[$0] - (d[$0] * e[$0]) * f[$0] }
    case .negatedProduct: each(result, count) { negated(a[$0] * b[$0]) }
    case .negatedProduct3: each(result, count) { negated((a[$0] * b[$0]) * c[$0]) }
    case .ratio: each(result, count) { a[$0] / b[$0] }
    case .negatedRatio: each(result, count) { negated(a[$0] / b[$0]) }
    case .productRatio: each(result, count) { (a[$0] * b[$0]) / c[$0] }
    case .ratioOfProduct: each(result, count) { a[$0] / (b[$0] * c[$0]) }
    case .halfRatio: each(result, count) { a[$0] / (b[$0] + b[$0]) }
    case .ratioTimes: each(result, count) { (a[$0] / b[$0]) * c[$0] }
    case .weigh: each(result, count) { weigh(a[$0], b[$0]) }
    case .share: each(result, count) { share(a[$0], b[$0]) }
    case .select: each(result, count) { select(a[$0], b[$0], c[$0]) }
    case .squareRoot: each(result, count) { a[$0].squareRoot() }
    case .absolute: each(result, count) { VectorMath.magnitude(a[$0]) }
    case .minimum:
      each(result, count) { place in
        let (x, y) = (a[place], b[place])
        return marked(y.replacing(with: x, where: x .<= y), x, y)
      }
    case .maximum:
      each(result, count) { place in
        let (x, y) = (a[place], b[place])
        return marked(y.replacing(with: x, where: x .>= y), x, y)
      }
    case .sign:
      each(result, count) { place in
        let x = a[place]
        let size = Lanes(repeating: 0).replacing(with: 1, where: x .> 0).replacing(with: -1, where: x .< 0)
        return size.replacing(with: x, where: x .!= x)
      }
    case .less: each(result, count) { compared(a[$0], b[$0], a[$0] .< b[$0]) }
    case .lessOrEqual: each(result, count) { compared(a[$0], b[$0], a[$0] .<= b[$0]) }
    case .greater: each(result, count) { compared(a[$0], b[$0], a[$0] .> b[$0]) }
    case .greaterOrEqual: each(result, count) { compared(a[$0], b[$0], a[$0] .>= b[$0]) }
    case .equal: each(result, count) { compared(a[$0], b[$0], a[$0] .== b[$0]) }
    case .notEqual: each(result, count) { compared(a[$0], b[$0], a[$0] .!= b[$0]) }
    default: return false
    }
    return true
  }

  /// −a; Swift's own takes a off 0, which makes −0 of no zero.
  @inline(__always)
  private static func negated(_ a: Lanes) -> Lanes {
    VectorMath.lanes(VectorMath.bits(a) ^ 0x8000_0000_0000_0000)
  }

  /// a/b, nothing over 0.
  @inline(__always)
  private static func quotient(_ a: Lanes, _ b: Lanes) -> Lanes {
    (a / b).replacing(with: .nan, where: b .== 0)
  }

  @inline(__always)
  private static func weigh(_ a: Lanes, _ b: Lanes) -> Lanes { (a * b).replacing(with: 0, where: a .== 0) }

  @inline(__always)
  private static func share(_ a: Lanes, _ b: Lanes) -> Lanes { (a / b).replacing(with: 0, where: a .== 0) }

  @inline(__always)
  private static func select(_ test: Lanes, _ yes: Lanes, _ no: Lanes) -> Lanes {
    yes.replacing(with: no, where: test .== 0).replacing(with: .nan, where: test .!= test)
  }

  /// The result, not a number where an operand is none.
  @inline(__always)
  private static func marked(_ result: Lanes, _ a: Lanes, _ b: Lanes) -> Lanes {
    result.replacing(with: .nan, where: (a .!= a) .| (b .!= b))
  }

  @inline(__always)
  private static func compared(_ a: Lanes, _ b: Lanes, _ holds: SIMDMask<SIMD8<Int64>>) -> Lanes {
    marked(Lanes(repeating: 0).replacing(with: 1, where: holds), a, b)
  }

  /// Copies a row, zeros as positive ones, onto itself or another; says whether all its numbers are finite.
  static func settle(
    _ row: UnsafePointer<Double>, onto result: UnsafeMutablePointer<Double>, _ count: Int
  ) -> Bool {
    var nothing = Lanes(repeating: 0)
    var place = 0
    while place < count {
      let x = Lanes(at: row + place) + 0
      UnsafeMutableRawPointer(result + place).storeBytes(of: x, as: Lanes.self)
      nothing += x * 0
      place &+= 8
    }
    return nothing.sum() == 0
  }

  /// Whether all numbers of a row are finite.
  static func isFinite(_ row: UnsafePointer<Double>, _ count: Int) -> Bool {
    var nothing = Lanes(repeating: 0)
    var place = 0
    while place < count {
      nothing += Lanes(at: row + place) * 0
      place &+= 8
    }
    return nothing.sum() == 0
  }

  /// The sum of the first numbers of a row, in eight partial sums.
  static func sum(_ row: UnsafePointer<Double>, _ count: Int) -> Double {
    var total = Lanes(repeating: 0)
    var place = 0
    while place &+ 8 <= count {
      total += Lanes(at: row + place)
      place &+= 8
    }
    var sum =
      ((total[0] + total[1]) + (total[2] + total[3])) + ((total[4] + total[5]) + (total[6] + total[7]))
    while place < count {
      sum += row[place]
      place &+= 1
    }
    return sum
  }

  /// Adds a row to another one.
  static func accumulate(_ row: UnsafePointer<Double>, onto sums: UnsafeMutablePointer<Double>, _ count: Int)
  {
    for place in 0..<count { sums[place] += row[place] }
  }
}
