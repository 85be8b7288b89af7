import NablaBasics

/// Operations on rows of numbers, eight at a time; a row may be read and written up to the next multiple of eight.
enum Kernels {
  /// So many numbers or more, in whole vectors.
  @inline(__always)
  static func whole(_ count: Int) -> Int { (count + 7) & ~7 }

  /// Lets the last number of a row stand in what is left of its last vector.
  @inline(__always)
  static func fillUp(_ row: UnsafeMutablePointer<Double>, _ count: Int) {
    for place in count..<whole(count) { row[place] = row[count - 1] }
  }

  @inline(__always)
  private static func each(
    _ result: UnsafeMutablePointer<Double>, _ count: Int, _ ending: inout Ending, _ value: (Int) -> Lanes
  ) {
    var place = 0
    while place < count {
      UnsafeMutableRawPointer(result + place).storeBytes(of: ending.taking(value(place)), as: Lanes.self)
      place &+= 8
    }
  }

  /// One operation of arithmetic, comparison or choice on rows; false where the code is none of these.
  @inline(__always) @discardableResult
  static func arithmetic(
    _ code: StepCode, _ result: UnsafeMutablePointer<Double>, _ a: Operand, _ b: Operand, _ c: Operand,
    _ d: Operand, _ e: Operand, _ f: Operand, _ count: Int, _ ending: inout Ending
  ) -> Bool {
    switch code {
    case .add: each(result, count, &ending) { a[$0] + b[$0] }
    case .subtract: each(result, count, &ending) { a[$0] - b[$0] }
    case .multiply: each(result, count, &ending) { a[$0] * b[$0] }
    case .divide: each(result, count, &ending) { quotient(a[$0], b[$0]) }
    case .negate: each(result, count, &ending) { negated(a[$0]) }
    case .multiplyAdd: each(result, count, &ending) { a[$0] * b[$0] + c[$0] }
    case .multiplySubtract: each(result, count, &ending) { a[$0] * b[$0] - c[$0] }
    case .subtractMultiple: each(result, count, &ending) { c[$0] - a[$0] * b[$0] }
    case .productSum: each(result, count, &ending) { a[$0] * b[$0] + c[$0] * d[$0] }
    case .productDifference: each(result, count, &ending) { a[$0] * b[$0] - c[$0] * d[$0] }
    case .product3: each(result, count, &ending) { (a[$0] * b[$0]) * c[$0] }
    case .product4: each(result, count, &ending) { ((a[$0] * b[$0]) * c[$0]) * d[$0] }
    case .productOfProducts: each(result, count, &ending) { (a[$0] * b[$0]) * (c[$0] * d[$0]) }
    case .squaredProduct:
      each(result, count, &ending) { place in
        let product = a[place] * b[place]
        return product * product
      }
    case .product3Add: each(result, count, &ending) { (a[$0] * b[$0]) * c[$0] + d[$0] }
    case .product3Subtract: each(result, count, &ending) { (a[$0] * b[$0]) * c[$0] - d[$0] }
    case .subtractProduct3: each(result, count, &ending) { d[$0] - (a[$0] * b[$0]) * c[$0] }
    case .product3AddProduct: each(result, count, &ending) { (a[$0] * b[$0]) * c[$0] + d[$0] * e[$0] }
    case .product3SubtractProduct: each(result, count, &ending) { (a[$0] * b[$0]) * c[$0] - d[$0] * e[$0] }
    case .productSubtractProduct3: each(result, count, &ending) { d[$0] * e[$0] - (a[$0] * b[$0]) * c[$0] }
    case .product3Sum: each(result, count, &ending) { (a[$0] * b[$0]) * c[$0] + (d[$0] * e[$0]) * f[$0] }
    case .product3Difference:
      each(result, count, &ending) { (a[$0] * b[$0]) * c[$0] - (d[$0] * e[$0]) * f[$0] }
    case .negatedProduct: each(result, count, &ending) { negated(a[$0] * b[$0]) }
    case .negatedProduct3: each(result, count, &ending) { negated((a[$0] * b[$0]) * c[$0]) }
    case .ratio: each(result, count, &ending) { a[$0] / b[$0] }
    case .negatedRatio: each(result, count, &ending) { negated(a[$0] / b[$0]) }
    case .productRatio: each(result, count, &ending) { (a[$0] * b[$0]) / c[$0] }
    case .ratioOfProduct: each(result, count, &ending) { a[$0] / (b[$0] * c[$0]) }
    case .ratioTimes: each(result, count, &ending) { (a[$0] / b[$0]) * c[$0] }
    case .weigh: each(result, count, &ending) { weigh(a[$0], b[$0]) }
    case .share: each(result, count, &ending) { share(a[$0], b[$0]) }
    case .select: each(result, count, &ending) { select(a[$0], b[$0], c[$0]) }
    case .squareRoot: each(result, count, &ending) { squareRoot(a[$0]) }
    case .absolute: each(result, count, &ending) { VectorMath.magnitude(a[$0]) }
    case .minimum:
      each(result, count, &ending) { place in
        let (x, y) = (a[place], b[place])
        return marked(y.replacing(with: x, where: x .<= y), x, y)
      }
    case .maximum:
      each(result, count, &ending) { place in
        let (x, y) = (a[place], b[place])
        return marked(y.replacing(with: x, where: x .>= y), x, y)
      }
    case .sign:
      each(result, count, &ending) { place in
        let x = a[place]
        let size = Lanes(repeating: 0).replacing(with: 1, where: x .> 0).replacing(with: -1, where: x .< 0)
        return size.replacing(with: x, where: x .!= x)
      }
    case .less: each(result, count, &ending) { compared(a[$0], b[$0], a[$0] .< b[$0]) }
    case .lessOrEqual: each(result, count, &ending) { compared(a[$0], b[$0], a[$0] .<= b[$0]) }
    case .greater: each(result, count, &ending) { compared(a[$0], b[$0], a[$0] .> b[$0]) }
    case .greaterOrEqual: each(result, count, &ending) { compared(a[$0], b[$0], a[$0] .>= b[$0]) }
    case .equal: each(result, count, &ending) { compared(a[$0], b[$0], a[$0] .== b[$0]) }
    case .notEqual: each(result, count, &ending) { compared(a[$0], b[$0], a[$0] .!= b[$0]) }
    default: return false
    }
    return true
  }

  /// −a; Swift's own takes a off 0, which makes −0 of no zero.
  @inline(__always)
  private static func negated(_ a: Lanes) -> Lanes {
    VectorMath.lanes(VectorMath.bits(a) ^ 0x8000_0000_0000_0000)
  }

  /// √a by way of √|a|: of numbers that may be negative the compiler takes roots one by one, for the sake of errno.
  @inline(__always)
  private static func squareRoot(_ a: Lanes) -> Lanes {
    VectorMath.sign(of: a, on: VectorMath.magnitude(a).squareRoot()).replacing(with: .nan, where: a .< 0)
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
    var settling = Ending(settles: true)
    each(result, count, &settling) { Lanes(at: row + $0) }
    return settling.isFinite
  }

  /// Whether there is something in a row that is not a number; two vectors are looked at by one comparison.
  static func hasNaN(_ row: UnsafePointer<Double>, _ count: Int) -> Bool {
    var found = VectorMath.Mask(repeating: false)
    var place = 0
    while place &+ 16 <= count {
      let (x, y) = (Lanes(at: row + place), Lanes(at: row + place + 8))
      found .|= (x .!= x) .| (y .!= y)
      place &+= 16
    }
    if place < count {
      let x = Lanes(at: row + place)
      found .|= x .!= x
    }
    return any(found)
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
