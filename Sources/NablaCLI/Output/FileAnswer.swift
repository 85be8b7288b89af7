import NablaBasics

extension Invocation {
  /// Writes an answer to the file of `-o`, whole or not at all; false where no file is named.
  func writeToFile(_ text: String) throws(Failure) -> Bool {
    guard let given = arguments.value(.output) else { return false }
    do throws(System.Failure) {
      try System.replace(given.text, with: Array(text.utf8))
    } catch {
      throw .formula("\(glyphs.quoted(given.text)) cannot be written: \(error.sentence)")
    }
    return true
  }
}
