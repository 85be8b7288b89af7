/// Where a text may be cut: not inside a LaTeX command.
///
///     \sin\pi x     the letters of π begin behind the backslash, and the text of `\pi` does not
extension SourceText {
  /// The same stretch with the whole of each command at its ends: `\pi` for `pi`, `\mathbf{w}` for `w`.
  func whole(_ span: Span) -> Span {
    let start = boundary(span.start)
    return Span(start, max(start, boundary(span.end)))
  }

  /// The place itself, or the nearest that no command stands across.
  private func boundary(_ place: Int) -> Int {
    if byte(place) == 0x7D, let open = openingBrace(before: place), command(before: open) != nil {
      return place + 1
    }
    if byte(place - 1) == 0x5C, byte(place - 2) != 0x5C { return place - 1 }
    var open = place - 1
    while byte(open) == 0x20 { open -= 1 }
    if byte(open) == 0x7B, let start = command(before: open) { return start }
    if byte(place) == 0x7B, let start = command(before: place) { return start }
    return place
  }

  /// The byte at an offset; 0 outside the text.
  private func byte(_ offset: Int) -> UInt8 {
    guard (0..<count).contains(offset) else { return 0 }
    let utf8 = text.utf8
    return utf8[utf8.index(utf8.startIndex, offsetBy: offset)]
  }

  /// The brace before letters and digits that end at a place.
  private func openingBrace(before place: Int) -> Int? {
    var at = place - 1
    while byte(at) == 0x20 || isLetter(at) || byte(at).isDigit || byte(at) >= 0x80 { at -= 1 }
    return byte(at) == 0x7B && at < place - 1 ? at : nil
  }

  /// Where the command begins whose brace opens at a place: `\mathbf{`.
  private func command(before brace: Int) -> Int? {
    var end = brace
    while byte(end - 1) == 0x20 { end -= 1 }
    var start = end
    while isLetter(start - 1) { start -= 1 }
    guard start < end, byte(start - 1) == 0x5C else { return nil }
    let utf8 = text.utf8
    let name = utf8[utf8.index(utf8.startIndex, offsetBy: start)..<utf8.index(utf8.startIndex, offsetBy: end)]
    return Commands.words.contains(String(Substring(name))) ? start - 1 : nil
  }

  private func isLetter(_ place: Int) -> Bool { (byte(place) | 0x20) &- 0x61 < 26 }
}
