import NablaAlgebra
import NablaBasics

/// Names of a list that stand in the formula only with subscripts: `f(x) = x_1^2 + x_2^2` is a function of x₁ and x₂.
extension Resolver {
  /// The list of a line with the members in the place of such names.
  func spread(_ list: [String]) -> [Variable] {
    var families: [(family: Family, members: ClosedRange<Int>)]?
    let listed = Subscripted(list)
    let mentioned = Subscripted(occurrences.variables.names)
    return list.flatMap { name -> [Variable] in
      if occurrences.mentions(name) || !listed.names(of: name).isEmpty { return [Variable(name)] }
      let known = families ?? occurrences.families
      families = known
      var members = NameSet()
      for (family, range) in known where family.name == name && range.lowerBound >= 0 {
        guard range.upperBound - range.lowerBound < limits.variables else { continue }
        for number in range { members.insert("\(name)_\(number)") }
      }
      for other in mentioned.names(of: name) { members.insert(other) }
      return members.isEmpty ? [Variable(name)] : members.names.map { Variable($0) }.sorted()
    }
  }

  /// What is said of them.
  func notes(on definition: Definition, _ variables: [Variable], _ source: SourceText) -> [Diagnostic] {
    guard options.variables == nil, let list = definition.parameters, list != variables.map(\.name) else {
      return []
    }
    let names = variables.map(\.name)
    let (all, listed, subscripted) = (NameSet(names), NameSet(list), Subscripted(names))
    return list.filter { !all.contains($0) }.map { name in
      let members = subscripted.names(of: name).filter { !listed.contains($0) }.map(NameText.shown)
      let shown = members.count > 3 ? [members[0], "…", members[members.count - 1]] : members
      return Diagnostic(
        .membersOfName(NameText.shown(name), members: shown.joined(separator: ", ")), definition.nameSpan,
        fixes: fixes(definition, names, source))
    }
  }

  /// The list written out, where it is short.
  private func fixes(_ definition: Definition, _ names: [String], _ source: SourceText) -> [Diagnostic.Fix] {
    let start = definition.nameSpan.end
    let head = source.slice(Span(start, definition.body.span.start))
    guard names.count <= 8, head.first == "(", let close = head.firstIndex(of: ")") else { return [] }
    let list = "(" + names.joined(separator: ", ") + ")"
    return [
      Diagnostic.Fix(
        span: Span(start, start + head[...close].utf8.count), replacement: list,
        label: "to say so, write \(source.slice(definition.nameSpan))\(list)")
    ]
  }
}

/// Names by what stands in front of an underscore in them: x₁ and x₂ by x.
private struct Subscripted {
  private var byHead = NameTable<[String]>()

  init(_ names: [String]) {
    for name in names {
      for bar in name.indices where name[bar] == "_" {
        let head = String(name[..<bar])
        byHead[head] = (byHead[head] ?? []) + [name]
      }
    }
  }

  func names(of head: String) -> [String] { byHead[head] ?? [] }
}
