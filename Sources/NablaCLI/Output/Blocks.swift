import NablaBasics

/// Blocks of lines side by side, each with a line that the others' lines meet.
///
///     beside([(["⎡ 1 ⎤", "⎣ 2 ⎦"], 1), (["   at 3"], 0)])   // ["⎡ 1 ⎤", "⎣ 2 ⎦   at 3"]
package func beside(_ blocks: [(lines: [String], row: Int)]) -> [String] {
  let above = blocks.map(\.row).max() ?? 0
  let below = blocks.map { $0.lines.count - $0.row }.max() ?? 0
  var result = [String](repeating: "", count: above + below)
  for block in blocks {
    let width = block.lines.reduce(0) { max($0, DisplayWidth.of($1)) }
    for line in result.indices {
      let index = line - (above - block.row)
      let text = block.lines.indices.contains(index) ? block.lines[index] : ""
      result[line] += text + String(repeating: " ", count: width - DisplayWidth.of(text))
    }
  }
  return result.map { line in
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }
}
