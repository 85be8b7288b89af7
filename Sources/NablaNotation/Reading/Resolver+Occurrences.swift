import NablaAlgebra

/// What a line mentions, whether or not it cancels: `x - x` is a formula of x.
///
/// A name that has a value is not mentioned itself, but what that value mentions is. Members that a sum runs
/// over are kept as ranges; those of a sum that is still open wait for its bounds.
struct Occurrences {
  /// A member of a family at an open index plus a constant.
  private struct OpenMember: Hashable {
    var family: String
    var offset: Int
  }

  private(set) var names: Set<String> = []
  private(set) var members: [String: ClosedRange<Int>] = [:]
  private var open: [Variable: Set<OpenMember>] = [:]

  mutating func add(_ name: String) { names.insert(name) }

  /// `x[i + c]`, whose range its sum will say.
  mutating func add(_ family: String, at index: Index) {
    open[index.bound, default: []].insert(OpenMember(family: family, offset: index.offset))
  }

  /// The sum over an index is read: its members are known. An empty sum has none.
  mutating func close(_ index: Variable, from lower: Int, through upper: Int) {
    for member in open.removeValue(forKey: index) ?? [] where lower <= upper {
      let (first, isBelow) = lower.addingReportingOverflow(member.offset)
      let (last, isAbove) = upper.addingReportingOverflow(member.offset)
      if !isBelow, !isAbove { add(member.family, first...last) }
    }
  }

  /// The index gets numbers after all: what waited for it does not count.
  mutating func forget(_ index: Variable) { open[index] = nil }

  mutating func add(_ family: String, _ range: ClosedRange<Int>) {
    let known = members[family] ?? range
    members[family] =
      min(known.lowerBound, range.lowerBound)...max(known.upperBound, range.upperBound)
  }

  mutating func formUnion(_ other: Occurrences) {
    names.formUnion(other.names)
    for (family, range) in other.members { add(family, range) }
  }

  /// The same without the variables of the line's own list.
  func without(_ listed: Set<String>) -> Occurrences {
    var outside = self
    outside.names.subtract(listed)
    return outside
  }
}
