import NablaBasics
import NablaDrawing

/// The two streams of a run: answers on one, notes, hints and errors on the other, in the order they are said.
///
/// What waits on one stream is sent before the other one speaks, so that they read in order on a terminal.
struct Console {
  let output: Output
  let errors: Output
  var paintOutput = Painter(isColoured: false)
  var paintErrors = Painter(isColoured: false)
  /// Whether notes and hints are left out (`-q`).
  var isQuiet = false
  /// How notes, hints and errors are worded.
  var glyphs = Glyphs.unicode

  /// A line of the answer; on a terminal it is broken at blanks where it is longer than the terminal is wide.
  func answer(_ line: Styled) {
    errors.flush()
    write(line, to: output, paintOutput)
  }

  /// A line that somebody may copy as it stands, such as code: never broken.
  func verbatim(_ line: String) {
    errors.flush()
    output.write(paintOutput.paint(Styled(line)) + "\n")
  }

  private func write(_ text: Styled, to stream: Output, _ painter: Painter) {
    guard stream.isTerminal, let columns = stream.columns else {
      return stream.write(painter.paint(text) + "\n")
    }
    for line in text.wrapped(to: columns) { stream.write(painter.paint(line) + "\n") }
  }

  /// The cells of a line that a remark may fill.
  var remarkColumns: Int? { errors.isTerminal ? errors.columns : nil }

  /// A line of a picture.
  func answer(_ cells: [TerminalCell]) {
    errors.flush()
    output.write(paintOutput.paint(cells) + "\n")
  }

  /// A line of the answer without roles.
  func answer(_ line: String = "") { answer(Styled(line)) }

  /// Something to know about how the input was read, or how to do better.
  func remark(_ line: Styled) {
    if !isQuiet { complain(line) }
  }

  /// `hint: …`
  func hint(_ sentence: String) {
    remark(Styled("hint: ", .hint) + Styled(sentence))
  }

  /// `note: …`
  func note(_ sentence: String) {
    remark(Styled("note: ", .note) + Styled(sentence))
  }

  /// What went wrong; said even when quiet.
  func complain(_ line: Styled) {
    output.flush()
    write(line, to: errors, paintErrors)
    errors.flush()
  }

  /// `error: …`
  func error(_ sentence: String) {
    complain(Styled("error: ", .error) + Styled(sentence))
  }
}
