import NablaAlgebra
import NablaBasics

/// What a line mentions, whether or not it cancels: `x - x` is a formula of x.
///
/// A name that has a value is not mentioned itself, but what that value mentions is. Members that a sum runs
/// over are kept as ranges; those of a sum that is still open wait for its bounds.
struct Occurrences {
  /// The members of a family from one number through another.
  private struct Members {
    var first: Int
    var last: Int
  }

  /// A member of a family at an open index plus a constant.
  private struct OpenMember {
    var family: String
    var offset: Int
  }

  /// The variables by their names.
  private(set) var variables = NameTable<Expr>()
  private var ranges = NameTable<Members>()
  /// By the name of the index, then by a text that tells them apart.
  private var open = NameTable<NameTable<OpenMember>>()

  /// The lines above whose values the line asks for, by their places: what they mention is mentioned, and kept with them.
  private(set) var lines: Set<Int> = []

  /// The families with the members that are mentioned, in alphabetical order.
  var families: [(family: Family, members: ClosedRange<Int>)] {
    if ranges.isEmpty { return [] }
    return ranges.names.sorted().compactMap { name in
      ranges[name].map { (family: Family(name), members: $0.first...$0.last) }
    }
  }

  /// Adds a name; its variable, which is one node however often it stands there.
  mutating func variable(_ name: String) -> Expr {
    variables.value(of: name) { .variable(Variable(name)) }
  }

  /// Adds a line above, for all that it mentions.
  mutating func add(line: Int) { lines.insert(line) }

  func mentions(_ name: String) -> Bool { variables[name] != nil }

  /// `x[i + c]`, whose range its sum will say.
  mutating func add(_ family: String, at index: Index) {
    var members = open[index.bound.name] ?? NameTable()
    open[index.bound.name] = nil
    members["\(family) \(index.offset)"] = OpenMember(family: family, offset: index.offset)
    open[index.bound.name] = members
  }

  /// The sum over an index is read: its members are known. An empty sum has none.
  mutating func close(_ index: Variable, from lower: Int, through upper: Int) {
    let members = open[index.name] ?? NameTable()
    open[index.name] = nil
    for name in members.names where lower <= upper {
      guard let member = members[name] else { continue }
      let (first, isBelow) = lower.addingReportingOverflow(member.offset)
      let (last, isAbove) = upper.addingReportingOverflow(member.offset)
      if !isBelow, !isAbove { add(member.family, first...last) }
    }
  }

  /// The index gets numbers after all: what waited for it does not count.
  mutating func forget(_ index: Variable) { open[index.name] = nil }

  mutating func add(_ family: String, _ range: ClosedRange<Int>) {
    let known = ranges[family] ?? Members(first: range.lowerBound, last: range.upperBound)
    ranges[family] = Members(
      first: min(known.first, range.lowerBound), last: max(known.last, range.upperBound))
  }

  private mutating func formUnion(_ other: Occurrences) {
    for name in other.variables.names { _ = variable(name) }
    for (family, range) in other.families { add(family.name, range) }
  }

  /// The same with all that the lines mention which are only named here, and those that they name.
  func gathered(from all: [Occurrences]) -> Occurrences {
    if lines.isEmpty { return self }
    var whole = self
    whole.lines = []
    var (waiting, seen) = (lines.sorted(), lines)
    while let line = waiting.popLast() {
      whole.formUnion(all[line])
      for other in all[line].lines.sorted() where seen.insert(other).inserted { waiting.append(other) }
    }
    return whole
  }

  /// The same without the variables of the line's own list.
  func without(_ listed: NameSet) -> Occurrences {
    var outside = self
    outside.variables = NameTable()
    for name in variables.names where !listed.contains(name) { _ = outside.variable(name) }
    return outside
  }
}
