import Nabla
import NablaBasics
import NablaNotation

/// Whatever is typed gets an answer, its gradient, or a diagnostic with a place in the text.
public enum AnswerLaw {
  /// What is wrong with the answer to a text; nil where there is one, or a diagnostic.
  public static func trouble(with text: String, limits: Limits = ReadingLaw.fuzzing) -> String? {
    let formula: Formula
    do {
      formula = try Formula(text, limits: limits)
    } catch {
      return ReadingLaw.trouble(with: error.diagnostics, SourceText(text), isError: true)
    }
    if let trouble = ReadingLaw.trouble(with: formula.notes, SourceText(text), isError: false) {
      return trouble
    }
    do {
      let partials = try formula.partialDerivatives(by: Array(formula.variables.prefix(20)))
      let isSilent = partials.contains { formula.text(of: $0.expression).isEmpty }
      return isSilent ? "a derivative is printed as nothing" : nil
    } catch {
      return error.sentence.isEmpty ? "refused without a sentence" : nil
    }
  }

  /// The beginnings of a text, and the text with one character left out, doubled, or another in its place.
  public static func neighbours(of text: String, start: UInt64, every step: Int = 1) -> [String] {
    var random = SplitMix64(start: start)
    let characters = Array(text.unicodeScalars)
    var result: [String] = []
    for place in stride(from: 0, through: characters.count, by: step) {
      result.append(string(Array(characters[..<place])))
      guard place < characters.count else { continue }
      var without = characters
      without.remove(at: place)
      var doubled = characters
      doubled.insert(characters[place], at: place)
      var changed = characters
      let words = Mutations.dictionary
      let stranger = Array(words[Int(random.next() % UInt64(words.count))].unicodeScalars)[0]
      changed[place] = stranger
      var added = characters
      added.insert(stranger, at: place)
      result += [without, doubled, changed, added].map(string)
    }
    return result
  }

  private static func string(_ scalars: [Unicode.Scalar]) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
