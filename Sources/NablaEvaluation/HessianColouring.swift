/// Columns of a symmetric matrix that one product H·v tells apart, and where each entry is read.
///
/// Columns of one colour share no row (Curtis, Powell and Reid 1974). A variable that meets very many others gets a
/// colour of its own, and its row is read from its column by symmetry, so that it forces nobody apart: an arrowhead
/// matrix takes two products instead of n.
struct HessianColouring {
  /// The columns of each colour.
  let colours: [[Int]]
  /// For each entry of the pattern the colour and the row at which its value stands.
  let sources: [(colour: Int, row: Int)]

  init(_ pattern: HessianPattern) {
    let size = pattern.size
    var neighbours: [[Int32]] = (0..<size).map { [Int32($0)] }
    for row in 0..<size {
      for column in pattern[row: row] where column != row {
        neighbours[row].append(Int32(column))
        neighbours[column].append(Int32(row))
      }
    }
    let average = 2 * pattern.count / max(1, size)
    var isHub = neighbours.map { $0.count > 3 * average + 8 }
    if HessianColouring.costsMoreThanItSaves(neighbours, isHub) { isHub = isHub.map { _ in true } }
    var colour = [Int](repeating: -1, count: size)
    var colours: [[Int]] = []
    for vertex in 0..<size where isHub[vertex] {
      colour[vertex] = colours.count
      colours.append([vertex])
    }
    let firstShared = colours.count
    // The vertex for which a colour was last found to be taken.
    var takenFor = [Int](repeating: -1, count: size + 1)
    for vertex in 0..<size where !isHub[vertex] {
      for row in neighbours[vertex] where !isHub[Int(row)] {
        for other in neighbours[Int(row)] {
          let used = colour[Int(other)]
          if used >= firstShared { takenFor[used] = vertex }
        }
      }
      var choice = firstShared
      while choice < colours.count, takenFor[choice] == vertex { choice += 1 }
      if choice == colours.count { colours.append([]) }
      colours[choice].append(vertex)
      colour[vertex] = choice
    }
    var sources: [(colour: Int, row: Int)] = []
    sources.reserveCapacity(pattern.count)
    for row in 0..<size {
      for column in pattern[row: row] {
        sources.append(isHub[row] ? (colour[row], column) : (colour[column], row))
      }
    }
    self.colours = colours
    self.sources = sources
  }

  /// Whether the search for common colours is long and they save little: where a variable meets more than a sixteenth of
  /// the others, there are at least as many colours as that, and of hundreds of variables each gets its own.
  private static func costsMoreThanItSaves(_ neighbours: [[Int32]], _ isHub: [Bool]) -> Bool {
    var (steps, fewest) = (0, 0)
    for (vertex, others) in neighbours.enumerated() where !isHub[vertex] {
      steps += others.count * others.count
      fewest = max(fewest, others.count)
    }
    return steps > 100_000_000 && 16 * fewest > neighbours.count
  }
}
